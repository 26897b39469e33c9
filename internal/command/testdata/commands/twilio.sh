# What is found in calls of twilio.

twilio login --auth-token Winter-Lake-22 AC-main  # want hardcoded-credential:27
twilio login --auth-token="$TWILIO_AUTH_TOKEN" main  # want credential-on-command-line:28
twilio api:core:messages:create --to +44 --auth-token Winter-Lake-22  # want hardcoded-credential:55
twilio login -u bob -p Winter-Lake-22  # want hardcoded-credential:24
twilio profiles:create --auth-token Winter-Lake-22 --profile main  # want hardcoded-credential:37
twilio login --username bob --password Winter-Lake-22  # want hardcoded-credential:40
twilio api:core:calls:create --auth-token "$TWILIO_AUTH_TOKEN" --to +44  # want credential-on-command-line:44
twilio login --account-sid AC123 --auth-token Winter-Lake-22  # want hardcoded-credential:47

# What is not found.

twilio login  # ok
twilio login --profile main  # ok
twilio api:core:messages:create --to +44 --from +45 --body hello  # ok
twilio profiles:list  # ok
twilio profiles:use main  # ok
twilio phone-numbers:list -o json  # ok
twilio login --auth-token "<token>"  # ok
twilio api:core:messages:list --limit 5  # ok
