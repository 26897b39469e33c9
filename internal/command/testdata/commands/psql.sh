# What is found in calls of psql.

psql postgres://app:Winter-Lake-22@db.example.com/app  # want hardcoded-credential:21
psql "postgresql://app:Winter-Lake-22@db.example.com:5432/app?sslmode=disable"  # want credential-over-plaintext:7 hardcoded-credential:24
psql "postgres://app:$DB_PASSWORD@db.example.com/app?sslmode=disable"  # want credential-over-plaintext:7
pg_dump postgres://app:Winter-Lake-22@db.example.com/app  # want hardcoded-credential:24
pg_dump -d "postgresql://app:Winter-Lake-22@db.example.com/app"  # want hardcoded-credential:30
PGPASSWORD=Winter-Lake-22 psql -h db.example.com -U app app  # want hardcoded-credential:12
PGPASSWORD='Winter-Lake-22' pg_dump -h db.example.com -U app app  # want hardcoded-credential:13
export PGPASSWORD=Winter-Lake-22  # want hardcoded-credential:19

# What is not found.

psql -h db.example.com -U app app  # ok
psql postgres://app@db.example.com/app  # ok
psql "postgres://app:<password>@db.example.com/app"  # ok
psql "$DATABASE_URL"  # ok
psql -W -U app app  # ok
psql -c "SELECT 1" app  # ok
PGPASSFILE=/run/secrets/pgpass psql -U app app  # ok
PGPASSWORD="$DB_PASSWORD" psql -U app app  # ok
env PGPASSWORD="`cat pwfile`" psql -U app app  # ok
env PGPASSWORD="Winter-Lake-22" psql -U app app  # want hardcoded-credential:17
pg_dump -Fc -f out.dump app  # ok
