# What is found in calls of openssl s_client.

openssl s_client -connect old.example.com:443 -tls1  # want weak-tls-version:47
openssl s_client -connect old.example.com:443 -tls1_1  # want weak-tls-version:47
openssl s_client -connect old.example.com:443 -ssl3  # want weak-tls-version:47
openssl s_client -tls1 -connect old.example.com:443  # want weak-tls-version:18
openssl s_client -connect old.example.com:443 -min_protocol TLSv1  # want weak-tls-version:47
openssl s_client -connect old.example.com:443 -max_protocol TLSv1.1  # want weak-tls-version:47
openssl s_client -starttls smtp -connect mail.example.com:25 -tls1  # want weak-tls-version:62
openssl s_client -servername a.example.com -connect a.example.com:443 -tls1_1  # want weak-tls-version:71

# What is not found.

openssl s_client -connect api.example.com:443  # ok
openssl s_client -connect api.example.com:443 -tls1_2  # ok
openssl s_client -connect api.example.com:443 -tls1_3  # ok
openssl s_client -connect api.example.com:443 -servername api.example.com  # ok
openssl s_client -starttls smtp -connect mail.example.com:25  # ok
openssl s_client -connect api.example.com:443 -min_protocol TLSv1.2  # ok
openssl s_client -connect api.example.com:443 -showcerts  # ok
openssl s_client -CAfile ca.pem -connect api.example.com:443  # ok
