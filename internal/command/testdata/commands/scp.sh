# What is found in calls of scp.

scp -o StrictHostKeyChecking=no report.csv bob@files.example.com:/in/  # want ssh-host-key-unchecked:8
scp -oStrictHostKeyChecking=no report.csv bob@files.example.com:/in/  # want ssh-host-key-unchecked:7
scp -r -o StrictHostKeyChecking=no out/ "$TARGET:/in/"  # want ssh-host-key-unchecked:11
scp -P 2222 -o StrictHostKeyChecking=off report.csv bob@files.example.com:/in/  # want ssh-host-key-unchecked:16
sshpass -p Winter-Lake-22 scp report.csv bob@files.example.com:/in/  # want hardcoded-credential:12
sshpass -p "$PASSWORD" scp -o StrictHostKeyChecking=no report.csv bob@files.example.com:/in/  # want credential-on-command-line:13 ssh-host-key-unchecked:31
scp -i key.pem -o "StrictHostKeyChecking no" report.csv bob@files.example.com:  # want ssh-host-key-unchecked:20
sudo scp -o StrictHostKeyChecking=no report.csv bob@files.example.com:  # want ssh-host-key-unchecked:13

# What is not found.

scp report.csv bob@files.example.com:/in/  # ok
scp -P 2222 report.csv bob@files.example.com:/in/  # ok
scp -o StrictHostKeyChecking=yes report.csv bob@files.example.com:/in/  # ok
scp -o StrictHostKeyChecking=accept-new report.csv bob@files.example.com:/in/  # ok
scp -i ~/.ssh/id_ed25519 report.csv bob@files.example.com:/in/  # ok
scp -F ssh.conf report.csv partner:/in/  # ok
scp -o ConnectTimeout=5 report.csv "$TARGET:/in/"  # ok
scp a b  # ok
