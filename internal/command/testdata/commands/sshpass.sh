# What is found in calls of sshpass.

sshpass -p Winter-Lake-22 ssh bob@shell.example.com  # want hardcoded-credential:12
sshpass -p 'Winter-Lake-22' ssh bob@shell.example.com  # want hardcoded-credential:13
sshpass -pWinter-Lake-22 ssh bob@shell.example.com  # want hardcoded-credential:11
sshpass -p "$SSH_PASSWORD" ssh bob@shell.example.com  # want credential-on-command-line:13
sshpass -p Winter-Lake-22 ssh -p 22022 bob@shell.example.com  # want hardcoded-credential:12
sshpass -p "$SSH_PASSWORD" ssh -o StrictHostKeyChecking=no bob@shell.example.com  # want credential-on-command-line:13 ssh-host-key-unchecked:35
SSHPASS=Winter-Lake-22 sshpass -e ssh bob@shell.example.com  # want hardcoded-credential:9
sudo sshpass -p Winter-Lake-22 ssh bob@shell.example.com  # want hardcoded-credential:17

# What is not found.

sshpass -e ssh bob@shell.example.com  # ok
sshpass -f /run/secrets/ssh ssh bob@shell.example.com  # ok
sshpass -d 3 ssh bob@shell.example.com  # ok
sshpass -e ssh -p 22022 bob@shell.example.com  # ok
sshpass -p "<password>" ssh bob@shell.example.com  # ok
sshpass -f /run/secrets/ssh scp -P 22022 a bob@files.example.com:  # ok
sshpass -V  # ok
SSHPASS="$SSH_PASSWORD" sshpass -e ssh bob@shell.example.com  # ok
