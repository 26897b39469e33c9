# What is found in calls of mysql.

mysql -uroot -pWinter-Lake-22 app  # want hardcoded-credential:16
mysql -u root --password=Winter-Lake-22 app  # want hardcoded-credential:26
mysqldump --user=backup --password=Winter-Lake-22 app  # want hardcoded-credential:36
mysqldump -ubackup -p"$DB_PASSWORD" app  # want credential-on-command-line:23
mysql -h db.example.com -uapp -pWinter-Lake-22 --ssl-mode=DISABLED app  # want credential-over-plaintext:10 hardcoded-credential:33
mysql -h db.example.com -uapp -p"$DB_PASSWORD" --skip-ssl app  # want credential-on-command-line:34 credential-over-plaintext:10
mysqladmin -uroot -pWinter-Lake-22 shutdown  # want hardcoded-credential:21
mariadb -uroot -pWinter-Lake-22 -e "SELECT 1"  # want hardcoded-credential:18
sudo mysql -uroot -pWinter-Lake-22 app  # want hardcoded-credential:21
docker exec db mysql -uroot -pWinter-Lake-22 app  # want hardcoded-credential:31

# What is not found.

mysql -u root -p app  # ok
mysql -u root app  # ok
mysql --defaults-extra-file=/run/secrets/my.cnf app  # ok
mysqldump --login-path=backup app  # ok
mysql -p"<password>" -uroot app  # ok
mysql -h db.example.com -P 3306 -u app -p  # ok
mysql -e "SELECT 1"  # ok
MYSQL_PWD=$(cat /run/secrets/db) mysql -u app app  # ok
