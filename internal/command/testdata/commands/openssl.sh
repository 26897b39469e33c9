# What is found in calls of openssl.

openssl pkcs12 -export -in a.pem -out a.p12 -passout pass:Winter-Lake-22  # want hardcoded-credential:59
openssl rsa -in a.key -passin pass:Winter-Lake-22 -out b.key  # want hardcoded-credential:36
openssl enc -aes-256-cbc -in a -out b -pass pass:Winter-Lake-22  # want hardcoded-credential:50
openssl enc -aes-256-cbc -in a -out b -pass "pass:$ENC_PASSWORD"  # want credential-on-command-line:51
openssl genrsa -aes256 -passout pass:Winter-Lake-22 -out a.key 2048  # want hardcoded-credential:38
openssl req -x509 -newkey rsa:2048 -passout pass:Winter-Lake-22 -out a.pem  # want hardcoded-credential:50
openssl pkcs8 -topk8 -in a.key -passout "pass:$KEY_PASSWORD" -out b.key  # want credential-on-command-line:47
openssl pkcs12 -in a.p12 -passin pass:Winter-Lake-22 -nokeys  # want hardcoded-credential:39

# What is not found.

openssl rand -hex 16  # ok
openssl pkcs12 -export -in a.pem -out a.p12 -passout env:P12_PASSWORD  # ok
openssl rsa -in a.key -passin file:/run/secrets/key -out b.key  # ok
openssl enc -aes-256-cbc -in a -out b -pass stdin  # ok
openssl x509 -in a.pem -noout -dates  # ok
openssl req -x509 -nodes -newkey rsa:2048 -keyout a.key -out a.pem  # ok
openssl dgst -sha256 a  # ok
openssl genrsa -out a.key 2048  # ok
