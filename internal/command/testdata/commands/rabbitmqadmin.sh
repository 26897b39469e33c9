# What is found in calls of rabbitmqadmin.

rabbitmqadmin -u app -p Winter-Lake-22 list queues  # want hardcoded-credential:25
rabbitmqadmin --username=app --password=Winter-Lake-22 list queues  # want hardcoded-credential:41
rabbitmqadmin -H mq.example.com -u app -p "$MQ_PASSWORD" list queues  # want credential-on-command-line:44
rabbitmqadmin -H mq.example.com -k list queues  # want tls-verify-off:33
rabbitmqadmin --ssl-insecure list queues  # want tls-verify-off:15
rabbitmqadmin -H mq.example.com -u app -p Winter-Lake-22 declare queue name=in  # want hardcoded-credential:43
rabbitmqadmin --username app --password "$MQ_PASSWORD" export out.json  # want credential-on-command-line:42
docker exec mq rabbitmqadmin -u app -p Winter-Lake-22 list queues  # want hardcoded-credential:40

# What is not found.

rabbitmqadmin list queues  # ok
rabbitmqadmin -c /run/secrets/rabbit.conf list queues  # ok
rabbitmqadmin -H mq.example.com -P 15671 list queues  # ok
rabbitmqadmin -V / list queues  # ok
rabbitmqadmin -u app list queues  # ok
rabbitmqadmin declare queue name=in  # ok
rabbitmqadmin -u app -p "<password>" list queues  # ok
rabbitmqadmin export out.json  # ok
