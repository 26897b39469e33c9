# What is found in calls of htpasswd.

htpasswd -b /etc/nginx/.htpasswd admin Winter-Lake-22  # want hardcoded-credential:40
htpasswd -bc .htpasswd admin Winter-Lake-22  # want hardcoded-credential:30
htpasswd -c -b .htpasswd admin "Winter-Lake-22"  # want hardcoded-credential:33
htpasswd -nb admin Winter-Lake-22  # want hardcoded-credential:20
htpasswd -nbB admin Winter-Lake-22  # want hardcoded-credential:21
htpasswd -Bbn -C 10 admin Winter-Lake-22 > auth  # want hardcoded-credential:27
docker run --rm httpd:2.4 htpasswd -Bbn admin Winter-Lake-22  # want hardcoded-credential:47
sudo htpasswd -b -c .htpasswd admin Winter-Lake-22  # want hardcoded-credential:37
htpasswd -nb admin "$ADMIN_PASSWORD"  # want credential-on-command-line:21

# What is not found.

htpasswd -c .htpasswd admin  # ok
htpasswd -n admin  # ok
htpasswd -D .htpasswd Winter-Lake-22  # ok
htpasswd -i .htpasswd admin < /run/secrets/admin  # ok
htpasswd -nb admin "<password>"  # ok
htpasswd -v .htpasswd admin  # ok
htpasswd .htpasswd Winter-Lake-22  # ok
htpasswd -nbB admin "$(cat /run/secrets/admin)"  # ok
