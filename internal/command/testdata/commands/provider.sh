# Requests to providers of messages.

curl "https://api.infobip.com/sms/1/text/query?username=$U&password=$P&to=41793026727&text=hi"  # want credential-in-url:7
curl -X POST https://k3x9qz.api.infobip.com/sms/2/text/advanced -H "Authorization: IBBSO $(cat token)" -d '{}'  # want malformed-authorization:84
curl -X POST https://k3x9qz.api.infobip.com/sms/2/text/advanced -H "Authorization: Bearer <INFOBIP_API_KEY>" -d '{}'  # want malformed-authorization:84
curl -X POST https://k3x9qz.api.infobip.com/sms/2/text/advanced -H "Authorization: App App {apiKey}" -d '{}'  # want malformed-authorization:84
curl -X POST https://k3x9qz.api.infobip.com/sms/2/text/advanced -H "Authorization: {apiKey}" -d '{}'  # want malformed-authorization:84
curl -X POST https://k3x9qz.api.inf0bip.com/sms/2/text/advanced -H "Authorization: App {apiKey}" -d '{}'  # want lookalike-host:14
curl -X POST https://infobip.com@sms-gate.net/sms/2/text/advanced -H "Authorization: App {apiKey}"  # want lookalike-host:14
curl -X POST http://k3x9qz.api.infobip.com/sms/2/text/advanced -H "Authorization: App {apiKey}" -d '{"messages":[]}'  # want credential-over-http:14
curl https://k3x9qz.api.infobip.com/auth/1/oauth2/token -d "client_id={username}&client_secret={password}"  # want password-as-client-secret:96
curl -u "$ACCOUNT_SID:$AUTH_TOKEN" "https://api.twilio.com/2010-04-01/Accounts/$ACCOUNT_SID/Messages.json" -d "To=+1" -d "Body=x"  # want account-wide-credential:37 credential-on-command-line:23
curl -u "{key}:{secret}" https://fax.api.sinch.com/v3/projects/x/faxes  # want basic-auth-discouraged:26
curl -X POST https://k3x9qz.api.infobip.com/settings/2/api-keys -H "Authorization: Basic {encoded}" -d '{"name":"x"}'  # want api-key-unrestricted:14 api-key-without-expiry:14
curl -H "Authorization: Basic OldpbnRlci1MYWtlLTIy" https://k3x9qz.api.infobip.com/sms/1/reports  # want basic-auth-discouraged:53 hardcoded-credential:25 malformed-authorization:25
curl "https://platform.clickatell.com/messages/http/send?apiKey={key}&to=1&content=x"  # want credential-in-url:7
curl -X POST https://k3x9qz.api.infobip.com/sms/2/text/advanced -H "Authorization: App {apiKey}" -d '{"messages":[]}'  # ok
curl -X POST https://k3x9qz.api.infobip.com/sms/2/text/advanced -H "Authorization: IBSSO {token}" -d '{}'  # ok
curl https://k3x9qz.api.infobip.com/auth/1/oauth2/token -d "client_id={clientId}&client_secret={clientSecret}"  # ok
curl -X POST https://k3x9qz.api.infobip.com/auth/1/session -H "Authorization: Basic {encoded}"  # ok
