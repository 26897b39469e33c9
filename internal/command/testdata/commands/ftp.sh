# What is found in calls of ftp.

ftp -u bob -p Winter-Lake-22 ftp.example.com  # want hardcoded-credential:15 plaintext-ftp:30
ftp -n ftp.example.com <<< "user bob Winter-Lake-22"  # want hardcoded-credential:38 plaintext-ftp:8
ncftpput -u bob -p "$FTP_PASSWORD" ftp.example.com /in report.csv  # want credential-on-command-line:21 plaintext-ftp:36
ncftpput -u bob -p Winter-Lake-22 ftp.example.com /in report.csv  # want hardcoded-credential:20 plaintext-ftp:35
ncftpget -u bob -p Winter-Lake-22 ftp.example.com . /out/report.csv  # want hardcoded-credential:20 plaintext-ftp:35
ftp -inv ftp.example.com <<< "user bob $FTP_PASSWORD"  # want plaintext-ftp:10
printf 'user bob x' | ftp -u bob ftp.example.com  # want plaintext-ftp:34
ftp ftp://bob:Winter-Lake-22@ftp.example.com/report.csv  # want hardcoded-credential:15 plaintext-ftp:5

# What is not found.

ftp ftp.example.com  # ok
ftp -v ftp.example.com 21  # ok
ftp -d ftp.example.com  # ok
ftp --help  # ok
ncftpget ftp://mirror.example.com/pub/file.tgz  # ok
ftp localhost  # ok
ftp "$FTP_HOST"  # ok
ftp -p mirror.example.com  # ok
