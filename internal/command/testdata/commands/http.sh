# What is found in calls of http.

http -a bob:Winter-Lake-22 https://api.example.com/users  # want hardcoded-credential:13
http --auth=bob:Winter-Lake-22 https://api.example.com/users  # want hardcoded-credential:17
http -a "$USER_NAME:$PASSWORD" http://api.example.com/users  # want basic-auth-over-http:32 credential-on-command-line:21
http --verify=no https://api.example.com/users  # want tls-verify-off:6
xh --verify no https://api.example.com/users  # want tls-verify-off:4
http POST http://api.example.com/login username=bob password=Winter-Lake-22  # want credential-over-http:11 hardcoded-credential:62
http GET http://api.example.com/users Authorization:"Bearer $TOKEN"  # want credential-on-command-line:54 credential-over-http:10
https GET api.example.com/users api_key=="$API_KEY"  # want credential-in-url:11
http api.example.com/users X-Api-Key:"$API_KEY"  # want credential-on-command-line:39 credential-over-http:6
xhs GET api.example.com/users -a bob:Winter-Lake-22  # want hardcoded-credential:38
http --ssl=tls1 https://old.example.com/  # want weak-tls-version:6

# What is not found.

http https://api.example.com/users  # ok
http -a bob https://api.example.com/users  # ok
https api.example.com/users --session=bob  # ok
http :8080/users  # ok
http localhost:8080/users X-Request-Id:1  # ok
http --verify=/etc/ssl/own.pem https://api.example.com/  # ok
xh post https://api.example.com/users name=bob  # ok
http -A bearer -a "<token>" https://api.example.com/users  # ok
https api.example.com/users page==2  # ok
