# What is found in calls of curl.

curl -u admin:Winter-Lake-22 https://api.example.com/v1/users  # want hardcoded-credential:15
curl --user "admin:Winter-Lake-22" https://api.example.com/v1/users  # want hardcoded-credential:20
curl -sSku admin:Winter-Lake-22 https://api.example.com/  # want hardcoded-credential:18 tls-verify-off:6
curl -k https://api.example.com/health  # want tls-verify-off:6
curl --insecure https://api.example.com/health  # want tls-verify-off:6
curl -sk https://api.example.com/health  # want tls-verify-off:6
curl -u "$USER_NAME:$API_PASSWORD" http://api.example.com/v1  # want basic-auth-over-http:36 credential-on-command-line:21
curl -H 'Authorization: Basic YWRtaW46V2ludGVyLUxha2UtMjI=' https://api.example.com/  # want hardcoded-credential:25
curl -H "Authorization: Bearer $TOKEN" http://api.example.com/v1  # want credential-on-command-line:25 credential-over-http:40
curl -H "X-Api-Key: $API_KEY" http://api.example.com/v1  # want credential-on-command-line:21 credential-over-http:31
curl "https://api.example.com/v1?api_key=$API_KEY"  # want credential-in-url:7
curl -G "https://api.example.com/v1" --data-urlencode "password=$API_PASSWORD"  # want credential-in-url:10
curl "http://sms.example.com/send?to=4479&text=hello&username=bob&password=$SMS_PASSWORD"  # want credential-in-url:7
curl https://admin:Winter-Lake-22@api.example.com/  # want credential-in-url:6 hardcoded-credential:20
curl --tlsv1.0 https://old.example.com/  # want weak-tls-version:6
curl --sslv3 https://old.example.com/  # want weak-tls-version:6
curl --tls-max 1.1 https://old.example.com/  # want weak-tls-version:6
curl -u bob:Winter-Lake-22 ftp://files.example.com/report.csv  # want hardcoded-credential:13 plaintext-ftp:28
curl -T report.csv ftp://bob:Winter-Lake-22@files.example.com/  # want hardcoded-credential:30 plaintext-ftp:20
curl -H "Authorization: Basc $ENCODED" https://api.example.com/  # want credential-on-command-line:25 malformed-authorization:25
curl -H "Authorization: Basic $USER_NAME:$PASSWORD" https://api.example.com/  # want credential-on-command-line:25 malformed-authorization:25
curl -d 'username=bob&password=Winter-Lake-22' https://login.example.com/session  # want hardcoded-credential:32
curl --json '{"user":"bob","password":"Winter-Lake-22"}' https://login.example.com/session  # want hardcoded-credential:40
curl --location-trusted -u "$USER_NAME:$PASSWORD" https://api.example.com/  # want credential-across-redirect:51 credential-on-command-line:40
curl -X POST "https://api.example.com/oauth2/token" -d "client_id=$USERNAME" -d "client_secret=$PASSWORD"  # want credential-on-command-line:96 password-as-client-secret:96
curl -u "$KEY_ID:$KEY_SECRET" https://us.sms.api.sinch.com/xms/v1/plan/batches  # want basic-auth-discouraged:31 credential-on-command-line:18
PASSWORD=Winter-Lake-22; curl -u "admin:$PASSWORD" https://api.example.com/  # want hardcoded-credential:10
curl --oauth2-bearer "$TOKEN" http://api.example.com/v1  # want credential-on-command-line:23 credential-over-http:31
curl -x http://proxy.example.com:3128 -U "bob:Winter-Lake-22" https://api.example.com/  # want hardcoded-credential:47

# What is not found.

curl -u admin https://api.example.com/  # ok
curl -u admin: https://api.example.com/  # ok
curl -n https://api.example.com/  # ok
curl --netrc-file /run/secrets/netrc https://api.example.com/  # ok
curl -K /run/secrets/curl.cfg https://api.example.com/  # ok
curl -H @/run/secrets/header https://api.example.com/  # ok
curl -u {YOUR_Key_ID}:{YOUR_Key_Secret} https://api.example.com/  # ok
curl -u "<user>:<password>" https://api.example.com/  # ok
curl -H "Authorization: Bearer <token>" https://api.example.com/  # ok
curl -H 'Authorization: Bearer YOUR_TOKEN' https://api.example.com/  # ok
curl -H "Authorization: App {apiKey}" https://api.example.com/  # ok
curl -sSfL https://get.example.com/install.sh -o install.sh  # ok
curl --tlsv1.2 -sSf https://sh.example.com | sh  # ok
curl --tlsv1.3 https://api.example.com/  # ok
curl http://localhost:8080/healthz  # ok
curl http://127.0.0.1:9000/minio/health/live || true  # ok
curl ftp://mirror.example.com/pub/file.tgz -O  # ok
curl -o key.gpg https://packages.example.com/key.gpg  # ok
curl "https://api.example.com/list?page_token=$NEXT"  # ok
curl --unix-socket /var/run/docker.sock -H "X-Registry-Auth: $AUTH" http://localhost/images/json  # ok
echo "curl -k https://api.example.com/"  # ok
# curl -u admin:Winter-Lake-22 https://api.example.com/  # ok
