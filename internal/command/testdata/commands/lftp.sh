# What is found in calls of lftp.

lftp -u bob,Winter-Lake-22 ftp.example.com  # want hardcoded-credential:13 plaintext-ftp:28
lftp -u bob,Winter-Lake-22 -e "put report.csv; bye" ftp://ftp.example.com  # want hardcoded-credential:13 plaintext-ftp:53
lftp -u "$FTP_USER","$FTP_PASSWORD" ftp.example.com  # want credential-on-command-line:22 plaintext-ftp:37
lftp -e "mirror; quit" -u "bob,$FTP_PASSWORD" ftp.example.com  # want credential-on-command-line:32 plaintext-ftp:47
lftp ftp://bob:Winter-Lake-22@ftp.example.com  # want hardcoded-credential:16 plaintext-ftp:6
lftp -e "set ssl:verify-certificate no; ls" -u "bob,$FTP_PASSWORD" ftps://ftp.example.com  # want credential-on-command-line:53 tls-verify-off:10
lftp -c "set ssl:verify-certificate false" ftps://ftp.example.com  # want tls-verify-off:10
lftp --user=bob --password=Winter-Lake-22 ftp.example.com  # want hardcoded-credential:28 plaintext-ftp:43

# What is not found.

lftp sftp://bob@files.example.com  # ok
lftp -u bob sftp://files.example.com  # ok
lftp ftp://mirror.example.com/pub  # ok
lftp -e "set ftp:ssl-force true" -u "bob," ftp.example.com  # ok
lftp -f /run/secrets/script.lftp  # ok
lftp -c "mirror https://files.example.com/pub"  # ok
lftp -u anonymous,guest sftp://mirror.example.com  # ok
lftp bookmark  # ok
