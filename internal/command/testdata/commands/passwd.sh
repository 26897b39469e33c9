# What is found in calls of passwd.

echo "Winter-Lake-22" | passwd --stdin deploy  # want hardcoded-credential:7
echo Winter-Lake-22 | sudo passwd --stdin deploy  # want hardcoded-credential:6
passwd --stdin deploy <<< Winter-Lake-22  # want hardcoded-credential:27
echo -e "Winter-Lake-22\nWinter-Lake-22" | passwd deploy  # want hardcoded-credential:10
printf "Winter-Lake-22\nWinter-Lake-22\n" | passwd deploy  # want hardcoded-credential:9
yes Winter-Lake-22 | passwd deploy  # want hardcoded-credential:5
(echo Winter-Lake-22; echo Winter-Lake-22) | passwd deploy  # want hardcoded-credential:7
{ echo Winter-Lake-22; echo Winter-Lake-22; } | passwd deploy  # want hardcoded-credential:8

# What is not found.

echo "$DEPLOY_PASSWORD" | passwd --stdin deploy  # ok
passwd deploy  # ok
passwd -l root  # ok
passwd --delete deploy  # ok
cat /run/secrets/deploy | passwd --stdin deploy  # ok
openssl rand -hex 12 | passwd --stdin deploy  # ok
echo "<password>" | passwd --stdin deploy  # ok
passwd --expire Winter-Lake-22  # ok
