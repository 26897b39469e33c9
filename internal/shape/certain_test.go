package shape

import "testing"

func TestCertain(t *testing.T) {
	for _, name := range []string{
		"password", "dbPassword", "DB_PASSWORD", "passphrase", "userPwd", "smtp_pass", "clientSecret", "API_KEY", "apiKey", "secretKey",
		"AWS_SECRET_ACCESS_KEY", "accessToken", "auth_token", "githubToken", "GITHUB_TOKEN", "jwt", "jwtToken", "Authorization",
		"privateKey", "GetPassword", "generateAPIKey", "signingKey", "refresh_token", "stripeKey", "passwd", "rootpw", "PGPASSWORD",
		"password_for_bob", "sessionToken",
	} {
		if !Certain(name) {
			t.Errorf("Certain(%q) = false", name)
		}
	}
	for _, name := range []string{
		"", "token", "Token", "tokens", "secret", "secrets", "creds", "pass", "pwd", "PWD", "accessKey", "databaseURL", "dsn", "auth",
		"basicAuth", "pageToken", "passwordFile", "tlsKey", "registrySecret", "licenseKey", "deviceToken", "getToken", "firstPass",
		"resetPassword", "csrfToken", "newToken",
	} {
		if Certain(name) {
			t.Errorf("Certain(%q) = true", name)
		}
	}
}
