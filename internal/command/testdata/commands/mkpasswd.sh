# What is found in calls of mkpasswd.

mkpasswd -m sha-512 Winter-Lake-22  # want hardcoded-credential:21
mkpasswd Winter-Lake-22  # want hardcoded-credential:10
mkpasswd --method=sha-512 Winter-Lake-22  # want hardcoded-credential:27
mkpasswd -m sha-512 Winter-Lake-22 abcdefgh  # want hardcoded-credential:21
usermod -p "$(mkpasswd -m sha-512 Winter-Lake-22)" deploy  # want hardcoded-credential:35
echo Winter-Lake-22 | mkpasswd -s  # want hardcoded-credential:6
mkpasswd --stdin -m sha-512 <<< Winter-Lake-22  # want hardcoded-credential:33
HASH=$(mkpasswd -m yescrypt "Winter-Lake-22")  # want hardcoded-credential:30

# What is not found.

mkpasswd -m sha-512  # ok
echo "$DEPLOY_PASSWORD" | mkpasswd -s  # ok
mkpasswd --stdin < /run/secrets/deploy  # ok
mkpasswd -m sha-512 "<password>"  # ok
mkpasswd -m help  # ok
cat /run/secrets/deploy | mkpasswd -s  # ok
echo Winter-Lake-22 | mkpasswd -m sha-512  # ok
mkpasswd -R 5000 -m sha-256  # ok
