# What is found in calls of wget.

wget --user=bob --password=Winter-Lake-22 https://files.example.com/report.csv  # want hardcoded-credential:28
wget --user bob --password Winter-Lake-22 https://files.example.com/report.csv  # want hardcoded-credential:28
wget --http-user=bob --http-password="$PASSWORD" http://files.example.com/report.csv  # want basic-auth-over-http:50 credential-on-command-line:39
wget --no-check-certificate https://files.example.com/report.csv  # want tls-verify-off:6
wget -q --no-check-certificate -O - https://files.example.com/report.csv  # want tls-verify-off:9
wget --header="Authorization: Bearer $TOKEN" http://files.example.com/report.csv  # want credential-on-command-line:31 credential-over-http:46
wget --header "X-Api-Key: $API_KEY" http://files.example.com/report.csv  # want credential-on-command-line:27 credential-over-http:37
wget --secure-protocol=TLSv1 https://old.example.com/  # want weak-tls-version:6
wget --secure-protocol=SSLv3 https://old.example.com/  # want weak-tls-version:6
wget "https://files.example.com/report.csv?token=$TOKEN"  # want credential-in-url:7
wget ftp://bob:Winter-Lake-22@files.example.com/report.csv  # want hardcoded-credential:16 plaintext-ftp:6
wget --post-data="user=bob&password=Winter-Lake-22" https://login.example.com/  # want hardcoded-credential:37

# What is not found.

wget https://files.example.com/report.csv  # ok
wget -qO- https://get.example.com/install.sh  # ok
wget --user=bob --ask-password https://files.example.com/report.csv  # ok
wget --secure-protocol=TLSv1_2 https://files.example.com/  # ok
wget --ca-certificate=/etc/ssl/own.pem https://files.example.com/  # ok
wget http://mirror.example.com/pub/iso/image.iso  # ok
wget ftp://mirror.example.com/pub/iso/image.iso  # ok
wget --header="Accept: application/json" http://mirror.example.com/list  # ok
wget --password="<password>" --user=bob https://files.example.com/report.csv  # ok
