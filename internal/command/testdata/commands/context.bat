@echo off
REM curl -k https://api.example.com/
set API_KEY=q7Rk2vXw9ZpL4mTn8bHc
set "DB_PASSWORD=Winter-Lake-22"
curl -k https://api.example.com/
curl -u bob:Winter-Lake-22 ^
  https://api.example.com/
curl -u "bob:%API_PASSWORD%" http://api.example.com/
if exist a.txt curl -k https://api.example.com/
curl -H "X-Api-Key: %API_KEY%" https://api.example.com/ && echo done
mysql -uroot -pWinter-Lake-22 app
curl -o a.zip https://files.example.com/a.zip
curl -u bob:%1 https://api.example.com/
REM # want hardcoded-credential:-11:13 hardcoded-credential:-10:18 tls-verify-off:-9:6 hardcoded-credential:-8:13
REM # want credential-on-command-line:-7:14 basic-auth-over-http:-7:30 tls-verify-off:-6:21 hardcoded-credential:-4:16
