# What is found in calls of sqlcmd.

sqlcmd -S db.example.com -U sa -P Winter-Lake-22  # want hardcoded-credential:35
sqlcmd -S db.example.com -U sa -P Winter-Lake-22 -Q "SELECT 1"  # want hardcoded-credential:35
sqlcmd -S db.example.com -U sa -P "$SA_PASSWORD" -i setup.sql  # want credential-on-command-line:36
sqlcmd -S db.example.com -C -U sa -P "$SA_PASSWORD"  # want credential-on-command-line:39 tls-verify-off:26
/opt/mssql-tools/bin/sqlcmd -S db.example.com -U sa -P Winter-Lake-22  # want hardcoded-credential:56
bcp app.dbo.users out users.csv -S db.example.com -U sa -P Winter-Lake-22  # want hardcoded-credential:60
docker exec db /opt/mssql-tools/bin/sqlcmd -U sa -P Winter-Lake-22  # want hardcoded-credential:53
isql -S db.example.com -U sa -P Winter-Lake-22  # want hardcoded-credential:33

# What is not found.

sqlcmd -S db.example.com -E  # ok
sqlcmd -S db.example.com -U sa  # ok
sqlcmd -S db.example.com -G  # ok
SQLCMDPASSWORD="$SA_PASSWORD" sqlcmd -S db.example.com -U sa  # ok
sqlcmd -S db.example.com -U sa -P "<password>"  # ok
sqlcmd -Q "SELECT 1"  # ok
bcp app.dbo.users out users.csv -S db.example.com -T  # ok
sqlcmd -i setup.sql -o out.txt  # ok
