#!/bin/bash
# Where commands stand in scripts for the shell, and what is known of variables.

API=http://api.example.com  # want credential-over-http:5
login() {
  curl -u "$1:$2" https://api.example.com/login  # ok
}
login admin Winter-Lake-22  # want hardcoded-credential:13
OPTIONS="-k -s"  # want tls-verify-off:10
curl $OPTIONS https://api.example.com/  # ok
args=(-u admin:Winter-Lake-22)  # want hardcoded-credential:16
curl "${args[@]}" https://api.example.com/  # ok
curl -u "admin:$(cat /run/secrets/password)" https://api.example.com/  # ok
curl -H "Authorization: Basic $(echo -n admin:Winter-Lake-22 | base64)" https://api.example.com/  # want hardcoded-credential:25
FIRST_PASSWORD=${1:-Winter-Lake-22}  # want fallback-credential:21
FIRST_HOST=${1:-db.example.com}  # ok
TOKEN=${API_TOKEN:-q7Rk2vXw9ZpL4mTn}  # want fallback-credential:20
: "${DB_PASSWORD:=Winter-Lake-22}"  # want fallback-credential:19
echo "the password is $DB_PASSWORD"  # want credential-in-log:23
echo 'the password is ${DB_PASSWORD}'  # ok
{ echo "password=$DB_PASSWORD"; echo "port=1"; } > /etc/app.conf  # ok
( echo "password=$DB_PASSWORD" ) >> /etc/app.conf  # ok
printf %s "$DB_PASSWORD" | encfs /encrypted /plain --stdinpass creates=/plain/Winter-Lake-22  # ok
STATE=/var/lib/acme  # ok
acme-tiny --account-key ${STATE}/acme/account.pem --csr ${STATE}/app.csr  # ok
acme-tiny --account-key ${STATE}/acme/account-2024.pem 2>&1 > /tmp/_cert.pem  # ok
echo "$DB_PASSWORD" | docker login -u bob --password-stdin registry.example.com  # ok
echo "password=$DB_PASSWORD" > /run/app.conf  # ok
echo "in $PWD"  # ok
echo "::add-mask::$DB_PASSWORD"  # ok
curl -X POST https://api.example.com/ \
  -H "Accept: application/json" \
  -u admin:Winter-Lake-22  # want hardcoded-credential:12
curl https://api.example.com/ /
  -u admin:Winter-Lake-22  # want hardcoded-credential:12
# want broken-line-continuation:-2:31
cat > application.yml <<END
db:
  password: Winter-Lake-22  # want hardcoded-credential:13
END
ftp -n ftp.example.com <<-END
	user bob Winter-Lake-22
	END
# want hardcoded-credential:-2:11 plaintext-ftp:-3:8
bash <<'END'
curl -k https://api.example.com/  # want tls-verify-off:6
END
if [ -n "$SKIP" ]; then INSECURE=-k; fi  # want tls-verify-off:34
curl $INSECURE https://api.example.com/  # ok
sudo -u app env A=1 timeout 5 curl -k https://api.example.com/  # want tls-verify-off:36
xargs -n1 curl -k < urls  # want tls-verify-off:16
sh -c 'curl -k https://api.example.com/'  # want tls-verify-off:13
export SECRET_KEY=q7Rk2vXw9ZpL4mTn8bHc  # want hardcoded-credential:19
API_KEY=<your-key> curl https://api.example.com/  # ok
curl -H "Authorization: Bearer {{ token }}" https://api.example.com/  # ok
curl "$API/users" -H "X-Api-Key: $KEY"  # want credential-on-command-line:34
docker run -e DB_PASSWORD=Winter-Lake-22 app  # want hardcoded-credential:27
docker run -e DB_PASSWORD app  # ok
$tool --password=Winter-Lake-22 --key name  # want hardcoded-credential:18
tool --secret-key=q7Rk2vXw9ZpL4mTn8bHc --token default  # want hardcoded-credential:19
tool --password-file=/run/secrets/password --key id  # ok
heroku config:set DB_PASSWORD=Winter-Lake-22  # want hardcoded-credential:31
vault kv put secret/app password=Winter-Lake-22  # want hardcoded-credential:34
make DB_PASSWORD="$DB_PASSWORD_NEW" deploy  # want credential-on-command-line:19
grep password=Winter-Lake-22 app.log  # ok
printf 'password=%s\n' "$X"  # ok
make TOKEN_FILE=/run/secrets/token deploy  # ok
