# What is found in calls of mongosh.

mongosh "mongodb://app:Winter-Lake-22@db.example.com/app"  # want credential-over-plaintext:10 hardcoded-credential:24
mongosh --host db.example.com -u app -p Winter-Lake-22  # want hardcoded-credential:41
mongosh --username app --password Winter-Lake-22 --host db.example.com  # want hardcoded-credential:35
mongodump --uri "mongodb://app:Winter-Lake-22@db.example.com/app"  # want credential-over-plaintext:18 hardcoded-credential:32
mongodump --uri="mongodb+srv://app:Winter-Lake-22@db.example.com/app"  # want hardcoded-credential:36
mongo --tlsAllowInvalidCertificates --host db.example.com  # want tls-verify-off:7
mongosh --tls --tlsInsecure "mongodb://db.example.com/app"  # want tls-verify-off:15
mongorestore -u app -p "$DB_PASSWORD" dump/  # want credential-on-command-line:25

# What is not found.

mongosh "mongodb://db.example.com/app"  # ok
mongosh --host db.example.com -u app -p  # ok
mongosh "$MONGO_URL"  # ok
mongodump --uri "mongodb+srv://app:<password>@db.example.com/app"  # ok
mongosh --eval 'db.stats()'  # ok
mongoexport --collection users --out users.json  # ok
mongosh "mongodb+srv://db.example.com/app" --username app  # ok
mongorestore --config=/run/secrets/mongo.yml dump/  # ok
