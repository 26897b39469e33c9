# What is found in calls of rsync.

rsync -e "ssh -o StrictHostKeyChecking=no" -av out/ bob@files.example.com:/in/  # want ssh-host-key-unchecked:18
rsync -av --rsh="ssh -o StrictHostKeyChecking=no" out/ bob@files.example.com:/in/  # want ssh-host-key-unchecked:25
rsync -av --rsh "ssh -oStrictHostKeyChecking=no" out/ bob@files.example.com:/in/  # want ssh-host-key-unchecked:24
rsync -ave 'ssh -o StrictHostKeyChecking=no' out/ "$TARGET:/in/"  # want ssh-host-key-unchecked:20
rsync -e "sshpass -p Winter-Lake-22 ssh" -av out/ bob@files.example.com:/in/  # want hardcoded-credential:22
rsync -e "ssh -p 2222 -o StrictHostKeyChecking=off" -av out/ bob@files.example.com:/in/  # want ssh-host-key-unchecked:26
sudo rsync -e "ssh -o StrictHostKeyChecking=no" -av out/ bob@files.example.com:/in/  # want ssh-host-key-unchecked:23
rsync -e "ssh -i key -o StrictHostKeyChecking=no" -av out/ bob@files.example.com:/in/  # want ssh-host-key-unchecked:25

# What is not found.

rsync -av out/ bob@files.example.com:/in/  # ok
rsync -e ssh -av out/ bob@files.example.com:/in/  # ok
rsync -e "ssh -i ~/.ssh/id_ed25519" -av out/ bob@files.example.com:/in/  # ok
rsync -e "ssh -o StrictHostKeyChecking=yes" -av out/ bob@files.example.com:/in/  # ok
rsync -e "ssh -p 2222" -av out/ bob@files.example.com:/in/  # ok
rsync --password-file=/run/secrets/rsync -av out/ files.example.com::in/  # ok
rsync -av --exclude .env out/ in/  # ok
rsync -av --delete a/ b/  # ok
