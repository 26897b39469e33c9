# What is found in calls of chpasswd.

echo "deploy:Winter-Lake-22" | chpasswd  # want hardcoded-credential:14
echo deploy:Winter-Lake-22 | sudo chpasswd  # want hardcoded-credential:13
printf "%s:%s\n" deploy Winter-Lake-22 | /usr/sbin/chpasswd  # want hardcoded-credential:25
chpasswd <<< "deploy:Winter-Lake-22"  # want hardcoded-credential:22
echo -e "root:Winter-Lake-22\ndeploy:$DEPLOY_PASSWORD" | chpasswd  # want hardcoded-credential:15
echo "deploy:${DEPLOY_PASSWORD:-Winter-Lake-22}" | chpasswd  # want fallback-credential:33
chroot /mnt sh -c "echo deploy:Winter-Lake-22 | chpasswd"  # want hardcoded-credential:32
echo "deploy:Winter-Lake-22" | chroot /mnt chpasswd  # want hardcoded-credential:14
(echo root:Winter-Lake-22; echo "deploy:$DEPLOY_PASSWORD") | chpasswd  # want hardcoded-credential:12
chpasswd <<EOF
root:Winter-Lake-22
EOF
# want hardcoded-credential:-2:6
cat <<EOF | newusers
deploy:Winter-Lake-22:1000:1000::/home/deploy:/bin/sh
EOF
# want hardcoded-credential:-2:8

# What is not found.

echo "deploy:$DEPLOY_PASSWORD" | chpasswd  # ok
echo "deploy:$(cat /run/secrets/deploy)" | chpasswd  # ok
printf "%s:%s\n" deploy "$DEPLOY_PASSWORD" | chpasswd  # ok
echo "deploy:$DEPLOY_HASH" | chpasswd -e  # ok
echo "deploy:Winter-Lake-22" | chpasswd --encrypted  # ok
chpasswd < /run/secrets/accounts  # ok
echo "deploy:<password>" | chpasswd  # ok
cat /run/secrets/accounts | chpasswd  # ok
echo "deploy:Winter-Lake-22" | grep deploy  # ok
