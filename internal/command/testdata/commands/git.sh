# What is found in calls of git.

git clone https://bob:Winter-Lake-22@git.example.com/app.git  # want hardcoded-credential:23
git remote add origin https://bob:Winter-Lake-22@git.example.com/app.git  # want hardcoded-credential:35
git remote set-url origin "https://bob:$GIT_PASSWORD@git.example.com/app.git"  # want credential-on-command-line:40
git clone http://bob:Winter-Lake-22@git.example.com/app.git  # want basic-auth-over-http:11 hardcoded-credential:22
git -c http.sslVerify=false clone https://git.example.com/app.git  # want tls-verify-off:8
git config --global http.sslVerify false  # want tls-verify-off:21
git push "https://bob:$GIT_TOKEN@git.example.com/app.git"  # want credential-on-command-line:23
git config http.sslVerify false  # want tls-verify-off:12

# What is not found.

git clone https://git.example.com/app.git  # ok
git clone git@git.example.com:app.git  # ok
git -c http.sslVerify=true clone https://git.example.com/app.git  # ok
git config --global credential.helper store  # ok
git push origin main  # ok
git clone --depth 1 https://git.example.com/app.git  # ok
git clone "https://<token>@git.example.com/app.git"  # ok
git commit -m "rotate the password: see the wiki"  # ok
