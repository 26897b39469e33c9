# What is found in calls of rabbitmqctl.

rabbitmqctl add_user shop Winter-Lake-22  # want hardcoded-credential:27
rabbitmqctl add_user "shop" "Winter-Lake-22"  # want hardcoded-credential:30
rabbitmqctl change_password shop Winter-Lake-22  # want hardcoded-credential:34
sudo rabbitmqctl add_user shop Winter-Lake-22  # want hardcoded-credential:32
docker exec queue rabbitmqctl add_user shop Winter-Lake-22  # want hardcoded-credential:45
/usr/sbin/rabbitmqctl --node=rabbit@queue add_user shop Winter-Lake-22  # want hardcoded-credential:57
rabbitmqctl authenticate_user shop Winter-Lake-22  # want hardcoded-credential:36
rabbitmqctl add_user shop "$SHOP_PASSWORD"  # want credential-on-command-line:28
rabbitmqctl add_user shop "${SHOP_PASSWORD:-Winter-Lake-22}"  # want credential-on-command-line:28 fallback-credential:45

# What is not found.

rabbitmqctl add_user shop  # ok
rabbitmqctl delete_user Winter-Lake-22  # ok
rabbitmqctl set_permissions -p / shop ".*" ".*" ".*"  # ok
rabbitmqctl add_vhost Winter-Lake-22  # ok
rabbitmqctl set_user_tags shop administrator  # ok
rabbitmqctl add_user shop "<password>"  # ok
rabbitmqctl add_user shop "$(cat /run/secrets/shop)"  # ok
rabbitmqctl list_users  # ok
