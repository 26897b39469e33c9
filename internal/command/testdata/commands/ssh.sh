# What is found in calls of ssh.

ssh -o StrictHostKeyChecking=no bob@shell.example.com  # want ssh-host-key-unchecked:8
ssh -oStrictHostKeyChecking=no bob@shell.example.com uptime  # want ssh-host-key-unchecked:7
ssh -o "StrictHostKeyChecking=no" -o UserKnownHostsFile=/dev/null bob@shell.example.com  # want ssh-host-key-unchecked:9
ssh -o StrictHostKeyChecking=off -p 2222 bob@shell.example.com  # want ssh-host-key-unchecked:8
ssh bob@shell.example.com 'curl -k https://api.example.com/'  # want tls-verify-off:33
ssh bob@shell.example.com "mysqldump --password=Winter-Lake-22 app"  # want hardcoded-credential:49
ssh-copy-id -o StrictHostKeyChecking=no bob@shell.example.com  # want ssh-host-key-unchecked:16
autossh -o StrictHostKeyChecking=no -N bob@shell.example.com  # want ssh-host-key-unchecked:12
ssh -i key -o StrictHostKeyChecking=no "$TARGET" 'sudo systemctl restart app'  # want ssh-host-key-unchecked:15

# What is not found.

ssh bob@shell.example.com  # ok
ssh -o StrictHostKeyChecking=yes bob@shell.example.com  # ok
ssh -o StrictHostKeyChecking=accept-new bob@shell.example.com  # ok
ssh -i ~/.ssh/id_ed25519 bob@shell.example.com uptime  # ok
ssh -p 2222 bob@shell.example.com  # ok
ssh bob@shell.example.com 'curl https://api.example.com/'  # ok
ssh -o BatchMode=yes "$TARGET"  # ok
ssh -L 5432:db.example.com:5432 bob@shell.example.com  # ok
