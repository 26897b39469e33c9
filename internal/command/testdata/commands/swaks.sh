# What is found in calls of swaks.

swaks --to a@example.com --server mail.example.com -au bob -ap Winter-Lake-22  # want hardcoded-credential:64
swaks --to a@example.com --server mail.example.com --auth-user bob --auth-password Winter-Lake-22  # want hardcoded-credential:84
swaks --to a@example.com --server mail.example.com --auth-user bob --auth-password "$SMTP_PASSWORD"  # want credential-on-command-line:85
swaks -t a@example.com -s mail.example.com -au bob -ap Winter-Lake-22  # want hardcoded-credential:56
swaks --to a@example.com -s mail.example.com -a LOGIN -au bob -ap Winter-Lake-22  # want hardcoded-credential:67
swaks --server mail.example.com --auth-password=Winter-Lake-22 --auth-user=bob --to a@example.com  # want hardcoded-credential:49
swaks -ap Winter-Lake-22 -au bob -s mail.example.com -t a@example.com  # want hardcoded-credential:11
swaks -t a@example.com -s mail.example.com -p 587 -au bob -ap Winter-Lake-22  # want hardcoded-credential:63

# What is not found.

swaks --to a@example.com --server mail.example.com  # ok
swaks -t a@example.com -s mail.example.com -tls  # ok
swaks --to a@example.com --server mail.example.com --auth-user bob  # ok
swaks --to a@example.com -p 587 --server mail.example.com  # ok
swaks --help  # ok
swaks -t a@example.com -f b@example.com  # ok
swaks --to a@example.com --body hello  # ok
swaks -t a@example.com -au bob -ap "<password>"  # ok
