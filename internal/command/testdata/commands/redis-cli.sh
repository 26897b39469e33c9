# What is found in calls of redis cli.

redis-cli -h cache.example.com -a Winter-Lake-22 ping  # want credential-over-plaintext:14 hardcoded-credential:35
redis-cli -h cache.example.com --pass Winter-Lake-22 ping  # want credential-over-plaintext:14 hardcoded-credential:39
redis-cli -h cache.example.com -a "$REDIS_PASSWORD" ping  # want credential-on-command-line:36 credential-over-plaintext:14
redis-cli -u redis://app:Winter-Lake-22@cache.example.com:6379/0 ping  # want credential-over-plaintext:14 hardcoded-credential:26
redis-cli -h cache.example.com --tls -a Winter-Lake-22 ping  # want hardcoded-credential:41
redis-cli -h cache.example.com --tls --insecure -a "$REDIS_PASSWORD" ping  # want credential-on-command-line:53 tls-verify-off:38
valkey-cli -h cache.example.com -a Winter-Lake-22 ping  # want credential-over-plaintext:15 hardcoded-credential:36
docker exec cache redis-cli -a Winter-Lake-22 ping  # want hardcoded-credential:32

# What is not found.

redis-cli ping  # ok
redis-cli -h cache.example.com ping  # ok
redis-cli -h cache.example.com --tls --askpass ping  # ok
REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli --tls -h cache.example.com ping  # ok
redis-cli -u rediss://cache.example.com:6379/0 ping  # ok
redis-cli -a "<password>" ping  # ok
redis-cli -n 1 get key  # ok
redis-cli -h cache.example.com --tls --cacert ca.pem ping  # ok
