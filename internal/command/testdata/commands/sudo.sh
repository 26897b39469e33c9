# What is found in calls of sudo.

echo Winter-Lake-22 | sudo -S apt-get update  # want hardcoded-credential:6
echo "Winter-Lake-22" | sudo -S -u deploy id  # want hardcoded-credential:7
echo Winter-Lake-22 | sudo --stdin id  # want hardcoded-credential:6
printf "Winter-Lake-22\n" | sudo -S id  # want hardcoded-credential:9
sudo -S id <<< Winter-Lake-22  # want hardcoded-credential:16
echo Winter-Lake-22 | sudo -kS id  # want hardcoded-credential:6
yes Winter-Lake-22 | sudo -S id  # want hardcoded-credential:5
ssh bob@shell.example.com "echo Winter-Lake-22 | sudo -S id"  # want hardcoded-credential:33

# What is not found.

echo "$DEPLOY_PASSWORD" | sudo -S id  # ok
echo Winter-Lake-22 | sudo tee /etc/motd  # ok
cat /run/secrets/deploy | sudo -S id  # ok
sudo -S id < /run/secrets/deploy  # ok
echo "<password>" | sudo -S id  # ok
sudo -u deploy -p Winter-Lake-22 id  # ok
echo Winter-Lake-22 | sudo cat  # ok
sudo -n id  # ok
