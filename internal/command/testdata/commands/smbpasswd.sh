# What is found in calls of smbpasswd.

echo Winter-Lake-22 | smbpasswd -s deploy  # want hardcoded-credential:6
(echo Winter-Lake-22; echo Winter-Lake-22) | smbpasswd -s -a deploy  # want hardcoded-credential:7
printf "Winter-Lake-22\nWinter-Lake-22\n" | smbpasswd -a -s deploy  # want hardcoded-credential:9
echo -e "Winter-Lake-22\nWinter-Lake-22" | sudo smbpasswd -s -a deploy  # want hardcoded-credential:10
smbpasswd -s -a deploy <<< $'Winter-Lake-22\nWinter-Lake-22'  # want hardcoded-credential:30
echo -ne "Winter-Lake-22\nWinter-Lake-22\n" | smbpasswd -sa deploy  # want hardcoded-credential:11
echo Winter-Lake-22 | pdbedit -a -u deploy -t  # want hardcoded-credential:6
yes Winter-Lake-22 | head -n 2 | cat | smbpasswd -s; yes Winter-Lake-22 | smbpasswd -s deploy  # want hardcoded-credential:58

# What is not found.

echo "$DEPLOY_PASSWORD" | smbpasswd -s -a deploy  # ok
smbpasswd -a deploy  # ok
smbpasswd -x deploy  # ok
cat /run/secrets/deploy | smbpasswd -s deploy  # ok
echo Winter-Lake-22 | smbpasswd deploy  # ok
pdbedit -L  # ok
smbpasswd -e Winter-Lake-22  # ok
echo "<password>" | smbpasswd -s deploy  # ok
