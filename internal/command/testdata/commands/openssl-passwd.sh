# What is found in calls of openssl.

openssl passwd -6 Winter-Lake-22  # want hardcoded-credential:19
openssl passwd Winter-Lake-22  # want hardcoded-credential:16
openssl passwd -1 -salt abcdefgh Winter-Lake-22  # want hardcoded-credential:34
openssl passwd -apr1 "Winter-Lake-22"  # want hardcoded-credential:23
useradd -p "$(openssl passwd -6 Winter-Lake-22)" deploy  # want hardcoded-credential:33
echo Winter-Lake-22 | openssl passwd -6 -stdin  # want hardcoded-credential:6
openssl passwd -stdin -apr1 <<< Winter-Lake-22  # want hardcoded-credential:33
printf "deploy:%s\n" "$(openssl passwd -apr1 Winter-Lake-22)" > .htpasswd  # want hardcoded-credential:46

# What is not found.

openssl passwd -6  # ok
openssl passwd -6 -in /run/secrets/deploy  # ok
echo "$DEPLOY_PASSWORD" | openssl passwd -6 -stdin  # ok
openssl passwd -6 "<password>"  # ok
openssl passwd -6 -stdin < /run/secrets/deploy  # ok
openssl rand -hex 16  # ok
openssl version Winter-Lake-22  # ok
echo Winter-Lake-22 | openssl passwd -6  # ok
