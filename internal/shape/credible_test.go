package shape

import "testing"

func TestCredible(t *testing.T) {
	random := made(alphanumerics, 24)
	hex := made(hexLower, 32)
	everywhere := []Kind{Password, Secret, Key, Token}
	for _, test := range []struct {
		text  string
		kinds []Kind
		name  bool // credible where only the name speaks
		sink  bool // credible at a proven sink
	}{
		// What says itself that it is no credential is none anywhere.
		{"", everywhere, false, false},
		{"<password>", everywhere, false, false},
		{"YOUR_API_KEY", everywhere, false, false},
		{"changeme", everywhere, false, false},
		{"xxxxxxxx", everywhere, false, false},
		{"***", everywhere, false, false},
		{"[redacted]", everywhere, false, false},
		{"${DB_PASSWORD}", everywhere, false, false},
		{"{{ .Values.password }}", everywhere, false, false},
		{"vault:secret/db#password", everywhere, false, false},
		{"%s", everywhere, false, false},
		{"Bearer %s", everywhere, false, false},
		{"Bearer <token>", everywhere, false, false},
		{"postgres://user:${PW}@db/app", everywhere, false, false},
		{"postgres://%s:%s@db/app", everywhere, false, false},
		{"postgres://user:password@host/db", everywhere, false, false},
		{"$2a$10$" + made(alphanumerics, 53), everywhere, false, false},
		{"ssh-rsa " + made(alphanumerics, 200), everywhere, false, false},
		{`^(?i)pass[a-z]+$`, everywhere, false, false},
		{"DB_PASSWORD", everywhere, false, false},
		{"/run/secrets/db", everywhere, false, false},
		{"https://auth.host.tld/token", everywhere, false, false},
		{"what is compared to take as long as for users that exist", []Kind{Password}, false, false},
		{"granite lantern orbit meadow", []Kind{Password}, false, true},
		// The seven shapes silence a name, not a sink.
		{"user_password", everywhere, false, true},
		{"auth.password.reset", everywhere, false, true},
		{"X-Api-Key", everywhere, false, true},
		{"repo:read", everywhere, false, true},
		{"token", everywhere, false, true},
		{"password", everywhere, false, true},
		{"userPassword", everywhere, false, true},
		// Passwords are human.
		{"minioadmin", []Kind{Password}, true, true},
		{"postgres", []Kind{Password}, true, true},
		{"hunter", []Kind{Password}, true, true},
		{"letmein", []Kind{Password}, true, true},
		{"hunter2", []Kind{Password}, true, true},
		{"openSesame", []Kind{Password}, true, true},
		{"open sesame", []Kind{Password}, true, true},
		{"correct-horse-battery", []Kind{Password}, true, true},
		{"supersecret", []Kind{Password}, true, true},
		{"Summer2024!", []Kind{Password}, true, true},
		{"19850612", []Kind{Password}, true, true},
		{"abc", []Kind{Password}, false, true},
		{"12345", []Kind{Password}, false, true},
		{"123456", []Kind{Password}, false, true},
		{"qwerty", []Kind{Password}, false, true},
		{"true", []Kind{Password}, false, false},
		{"the crow flies at midnight", []Kind{Password}, false, true},
		{"invalid password", []Kind{Password}, false, true},
		// Machines make the rest.
		{random, everywhere, true, true},
		{hex, everywhere, true, true},
		{"!#@FDEW" + "REWR&*(", everywhere, true, true},
		{"Summer#2024", []Kind{Secret, Key, Token}, true, true},
		{"minioadmin", []Kind{Secret, Key, Token}, true, true},
		{"hunter", []Kind{Secret, Key, Token}, false, true},
		{"supersecret", []Kind{Secret, Key, Token}, false, true},
		{"test-token-123", []Kind{Secret, Key, Token}, false, true},
		{"secret123", []Kind{Secret, Key, Token}, false, true},
		{"abc123", []Kind{Secret, Key, Token}, false, false},
		{"123456", []Kind{Secret, Key, Token}, false, false},
		{"deadbeefdeadbeef", []Kind{Secret, Key, Token}, false, false},
		{madeUUID(), []Kind{Secret, Key, Token}, false, true},
		{"this is a signing secret", []Kind{Secret, Key}, false, true},
		{"this is a signing secret", []Kind{Token}, false, false},
		// Structures speak for themselves.
		{madeJWT(`{"alg":"HS256"}`), everywhere, true, true},
		{madeJWT(`{"alg":"none"}`), everywhere, false, false},
		{madePEM("PRIVATE KEY", made(alphanumerics, 300)), append(everywhere, PrivateKey), true, true},
		{madePEM("ENCRYPTED PRIVATE KEY", made(alphanumerics, 300)), append(everywhere, PrivateKey), false, false},
		{"postgres://app:hunter2@db/app", append(everywhere, DSN), true, true},
		{"root:hunter2@tcp(db:3306)/app", append(everywhere, DSN), true, true},
		{"postgres://db:5432/app", []Kind{DSN}, false, false},
		{"host=db user=app", []Kind{DSN}, false, false},
		{basic("alice:hunter2"), []Kind{Header, Secret}, true, true},
		{"Bearer " + random, []Kind{Header, Token}, true, true},
		{"App " + hex, []Kind{Header}, true, true},
		{"Bearer test", []Kind{Header}, false, true},
		{random, []Kind{Header}, true, true},
		{"none", []Kind{Header}, false, false},
		{"Authorization", []Kind{Header}, false, true},
		{made(base64URLDigits, 44), []Kind{PrivateKey}, true, true},
		{"/etc/ssl/key.pem", []Kind{PrivateKey}, false, false},
		{"server-key", []Kind{PrivateKey}, false, false},
	} {
		v := Of(test.text)
		for _, kind := range test.kinds {
			if got := Credible(v, kind, false); got != test.name {
				t.Errorf("Credible(%q, kind %d, by name) = %t (form %d)", test.text, kind, got, v.Form)
			}
			if got := Credible(v, kind, true); got != test.sink {
				t.Errorf("Credible(%q, kind %d, at a sink) = %t (form %d)", test.text, kind, got, v.Form)
			}
		}
	}
}

// TestNameAndValue reads lines as real code has them: what a stranger would
// call a credential, and what gives false alarms elsewhere.
func TestNameAndValue(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"DefaultSecretKey", "minioadmin", true},
		{"Password", "Sommer2019", true},
		{"passwd", "geheim12", true},
		{"DB_PASS", "kestrel", true},
		{"smtp.password", "x8#kQz1p", true},
		{"Passwd", "zaporka", true},
		{"clientSecret", made(base36, 24), true},
		{"apiKey", made(hexLower, 32), true},
		{"authToken", made(alphanumerics, 20), true},
		{"databaseURL", "mysql://root:kestrel@db/app", true},
		{"Authorization", basic("alice:kestrel"), true},
		{"authorization", "Bearer " + made(alphanumerics, 30), true},
		{"privateKey", madePEM("EC PRIVATE KEY", made(alphanumerics, 160)), true},
		{"LOZINKA", "tajna123", true},

		{"envPassword", "APP_DB_PASSWORD", false},
		{"PasswordLabel", "hunter2", false},
		{"passwordKey", "auth.password", false},
		{"tokenEndpoint", "https://auth.tld/token", false},
		{"tokenURL", "/oauth/token", false},
		{"TokenHeader", "X-Auth-Token", false},
		{"apiKeyHeader", "X-API-Key", false},
		{"scopeToken", "token:read", false},
		{"ATNStateTokenStart", "TOKEN_START", false},
		{"GroupWriteView", "group-write", false},
		{"bypass", "hunter2", false},
		{"passwordRegexp", `^[a-z]{8,}$`, false},
		{"password", "password", false},
		{"Password", "Password", false},
		{"password", "********", false},
		{"password", "Password must not be empty", false},
		{"secretName", "db-credentials", false},
		{"secret", "db-credentials", false},
		{"token", "token", false},
		{"token", "bearer", false},
		{"accessToken", "access_token", false},
		{"apiKey", "api-key", false},
		{"token", "<your token>", false},
		{"csrfToken", made(alphanumerics, 32), false},
		{"nextPageToken", made(alphanumerics, 32), false},
		{"publicKey", made(alphanumerics, 32), false},
		{"passwordHash", made(hexLower, 64), false},
		{"encryptedPassword", made(alphanumerics, 32), false},
		{"password", "$2b$12$" + made(alphanumerics, 53), false},
		{"secret", "/etc/app/secret.key", false},
		{"credentials", "credentials.json", false},
		{"token", "v1.2.3", false},
		{"secret", "true", false},
	} {
		kind := OfName(test.name)
		got := kind != None && Credible(Of(test.text), kind, false)
		if got != test.want {
			t.Errorf("%s = %q: credible is %t, want %t (kind %d, form %d)", test.name, test.text, got, test.want, kind, Of(test.text).Form)
		}
	}
}
