# What is found in calls of sftp.

sftp -o StrictHostKeyChecking=no bob@files.example.com  # want ssh-host-key-unchecked:9
sftp -oStrictHostKeyChecking=no bob@files.example.com  # want ssh-host-key-unchecked:8
sftp -o "StrictHostKeyChecking no" bob@files.example.com  # want ssh-host-key-unchecked:10
sftp -o StrictHostKeyChecking=off -P 2222 bob@files.example.com  # want ssh-host-key-unchecked:9
sftp -i key -o StrictHostKeyChecking=no -b batch bob@files.example.com  # want ssh-host-key-unchecked:16
sftp -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no "$TARGET"  # want ssh-host-key-unchecked:41
sshpass -p "$SFTP_PASSWORD" sftp -o StrictHostKeyChecking=no bob@files.example.com  # want credential-on-command-line:13 ssh-host-key-unchecked:37
sshpass -p Winter-Lake-22 sftp bob@files.example.com  # want hardcoded-credential:12

# What is not found.

sftp bob@files.example.com  # ok
sftp -o StrictHostKeyChecking=yes bob@files.example.com  # ok
sftp -o StrictHostKeyChecking=accept-new bob@files.example.com  # ok
sftp -P 2222 -i ~/.ssh/id_ed25519 bob@files.example.com  # ok
sftp -o UserKnownHostsFile=/etc/partner_hosts bob@files.example.com  # ok
sftp -b batch.txt "$TARGET"  # ok
sftp -o ConnectTimeout=5 bob@files.example.com  # ok
sftp -F /etc/ssh/partner.conf partner  # ok
