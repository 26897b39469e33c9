package shape

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"", ""},
		{"password", "password"},
		{"userPassword", "user password"},
		{"UserPassword", "user password"},
		{"user_password", "user password"},
		{"USER_PASSWORD", "user password"},
		{"user-password", "user password"},
		{"user.password", "user password"},
		{"user[password]", "user password"},
		{"users[0].password", "users 0 password"},
		{"APIKey", "api key"},
		{"HTTPPassword", "http password"},
		{"dbPASSWORD", "db password"},
		{"passwd2", "passwd 2"},
		{"2faSecret", "2 fa secret"},
		{"X-Api-Key", "x api key"},
		{"--api-key", "api key"},
		{"OAuthToken", "oauth token"},
		{"oauth2Token", "oauth 2 token"},
		{"GitHubToken", "github token"},
		{"PassWord", "password"},
		{"pass_phrase", "passphrase"},
		{"userName", "username"},
		{"base64Value", "base64 value"},
		{"sha256Sum", "sha256 sum"},
		{"i18nKey", "i18n key"},
		{"k8sSecret", "k8s secret"},
		{"IDs", "ids"},
		{"userIDs", "user ids"},
		{"URLsOf", "urls of"},
		{"JWTs", "jwts"},
		{"AUser", "a user"},
		{"contraseña", "contraseña"},
		{"ПарольАдмина", "пароль админа"},
		{"a", "a"},
		{"...", ""},
	} {
		if got := strings.Join(Words(test.name), " "); got != test.want {
			t.Errorf("Words(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}

// names lists for each kind the names that speak of it.
var names = map[Kind][]string{
	Password: {
		"password", "Password", "PASSWORD", "passwd", "Passwd", "passwd2", "pwd", "Pwd", "pass", "Pass", "pw", "psw", "passphrase",
		"passPhrase", "userPassword", "user_password", "dbPassword", "DB_PASSWORD", "dbPASSWORD", "dbpassword", "dbpass", "dbPass",
		"rootpw", "userpwd", "smtpPass", "SMTP_PASS", "MYSQL_ROOT_PASSWORD", "PGPASSWORD", "MYSQL_PWD", "adminPassword", "newPassword",
		"oldPassword", "currentPassword", "confirmPassword", "passwordConfirmation", "password_confirm", "passwordValue", "passwordString",
		"passwordBytes", "rawPassword", "plainPassword", "plaintextPassword", "plainTextPassword", "passwordPlainText", "defaultPassword",
		"DefaultPassword", "passwordDefault", "spring.datasource.password", "users[0].password", "auth/basic/password", "keyPassword",
		"storepass", "keystorePassword", "keystorepassword", "ftpPassword", "smppPasswd", "bindPassword", "bind_pw", "proxyPassword",
		"HTTPPassword", "base64Password", "passwordForUser", "password_of_admin", "passwordProd", "passwordAlice", "testPassword",
		"passwordMySQL", "POSTGRES_PASSWORD", "app_password", "Passwort", "senha", "contrasena", "contraseña", "lozinka", "heslo",
		"senhaNova", "senha_atual", "SenhaUsuario", "contrasenaNueva", "motDePasse", "mot_de_passe", "MotDePasse", "mdp", "altesPasswort",
		"passwortNeu", "kata_sandi", "matKhau", "user_mima", "密码", "parolaUtente", "passordDB",
		"storePassword", "getPassword", "GetPassword", "readPassword", "WithPassword", "SetPassword", "generatePassword", "signInPassword",
		"message.broker.password", "wifiPass", "expectedPassword", "wantPassword", "passwords", "passcode", "formPassword", "--password",
		"user[password]", "x.Password", "basicAuthPassword", "passwordA", "password_1",
	},
	Secret: {
		"secret", "Secret", "SECRET", "clientSecret", "client_secret", "CLIENT_SECRET", "clientsecret", "apiSecret", "api_secret",
		"apisecret", "appSecret", "sharedSecret", "signingSecret", "webhookSecret", "jwtSecret", "JWT_SECRET", "jwt.secret", "consumerSecret",
		"keySecret", "SINCH_KEY_SECRET", "secretValue", "secretString", "oauthClientSecret", "hmacSecret", "secrets", "credentials", "creds",
		"Zugangsdaten", "segredo", "secretForWebhook", "TOKEN_SECRET", "signature_secret", "authSecret", "cookieSecret", "sessionSecret", "serverSecret",
	},
	Key: {
		"apiKey", "APIKey", "api_key", "API_KEY", "apikey", "x-api-key", "X-Api-Key", "XAPIKey", "apiKeys", "secretKey", "SecretKey",
		"SECRET_KEY", "secretkey", "SECRET_KEY_BASE", "accessKey", "access_key", "AWS_SECRET_ACCESS_KEY", "secretAccessKey", "accesskey",
		"authKey", "authkey", "auth_key", "signingKey", "signing_key", "encryptionKey", "encryption_key", "hmacKey", "licenseKey",
		"license_key", "licenceKey", "masterKey", "sessionKey", "stripeKey", "STRIPE_KEY", "sendgridKey", "infobipKey", "openaiKey",
		"chaveAPI", "clave_secreta", "cleApi", "chave_de_acesso", "accountKey", "sharedKey", "apiKeyValue", "apiKeyProd", "apiKeyForTests", "deployKey", "subscriptionKey", "consumerKey", "jwtKey",
		"JwtKey", "vaultKey", "appKey", "APP_KEY", "DefaultSecretKey", "INFOBIP_API_KEY", "IB_API_KEY", "api.key", "cipherKey", "aesKey",
	},
	Token: {
		"token", "Token", "TOKEN", "authToken", "auth_token", "authtoken", "accessToken", "access_token", "accesstoken", "bearerToken",
		"refreshToken", "sessionToken", "apiToken", "API_TOKEN", "botToken", "GITHUB_TOKEN", "githubToken", "GitHubToken", "npmToken",
		"userToken", "idToken", "jwt", "JWT", "jwtToken", "bearer", "tokenValue", "tokenString", "token2", "tokenA", "TOKEN_GITHUB",
		"tokenFromEnv", "x-auth-token", "X-Auth-Token", "personalAccessToken", "slackToken", "SINCH_API_TOKEN", "tokens", "privateToken",
		"requestedToken", "deviceToken",
	},
	PrivateKey: {
		"privateKey", "PrivateKey", "private_key", "PRIVATE_KEY", "privatekey", "privKey", "privkey", "rsaKey", "sshKey", "SSH_KEY", "tlsKey",
		"rsaPrivateKey", "sslKey", "sshPrivateKey", "ed25519Key", "privateKeyPem", "signingPrivateKey",
	},
	DSN: {
		"dsn", "DSN", "databaseURL", "DATABASE_URL", "dbUrl", "db_uri", "mongoURI", "MONGODB_URI", "redisURL", "REDIS_URL", "amqpUrl",
		"connectionString", "connection_string", "connString", "connStr", "brokerUrl", "postgresURL", "sentryDSN", "spring.datasource.url",
		"ConnectionStrings.connectionString",
	},
	Header: {
		"authorization", "Authorization", "Proxy-Authorization", "proxyAuthorization", "auth", "basicAuth", "basic_auth", "HTTP_BASIC_AUTH",
		"http_auth",
	},
	None: {
		"senhaHash", "motDePasseOublie", "clave", "claveValor", "chavePrimaria", "passwortLaenge", "redefinirSenhaUrl",
		"", "x", "name", "user", "username", "login", "id", "key", "keys", "value", "default", "test", "string", "auth_method", "author",
		// The head is something else.
		"passwordName", "passwordID", "password_id", "passwordFile", "PASSWORD_FILE", "passwordPath", "passwordURL", "passwordType",
		"passwordPolicy", "passwordHash", "passwordhash", "passwordChecksum", "passwordRef", "passwordHeader", "passwordPrefix",
		"passwordSuffix", "passwordLength", "passwordLen", "passwordMinLength", "PASSWORD_MIN_LENGTH", "passwordExpiry", "passwordField",
		"passwordMessage", "passwordCount", "passwordRegex", "passwordRegexp", "passwordPrompt", "passwordLabel", "passwordEnv",
		"PASSWORD_ENV_VAR", "passwordVar", "passwordArg", "passwordFlag", "passwordColumn", "passwordEnabled", "passwordRequired",
		"passwordReset", "passwordHint", "passwordError", "passwordErr", "passwordManager", "passwordStore", "passwordProvider",
		"passwordSource", "passwordFunc", "passwordOid", "passwordAddr", "passwordKey", "passwordInput", "passwordButton",
		"passwordChanged", "passwordExpired", "passwordMismatch", "passwordTooShort", "passwordNotFound", "passwordValidator",
		"passwordStrength", "passwordLocation", "passwordParam", "passwordOption", "passwordGrant", "passwordCallback", "passwordless",
		"passwordlessLogin", "password.min_length", "password.required", "password.policy.minimum",
		"tokenType", "token_type", "tokenURL", "token_url", "tokenEndpoint", "tokenPath", "tokenFile", "tokenName", "tokenID", "token_id",
		"tokenSource", "tokenExpiry", "tokenTTL", "tokenLifetime", "tokenHash", "tokenPrefix", "tokenHeader", "tokenKey", "tokenizer",
		"tokenize", "tokenization", "tokenCount", "tokenLimit", "tokenKind", "tokenReview", "tokenIssuer", "tokenStore", "tokenBucket",
		"secretName", "secret_name", "SECRET_NAME", "secretRef", "secretKeyRef", "secretPath", "secretID", "secretType", "secretVersion",
		"secretStore", "secretsManager", "secretARN", "secretNamespace", "secretLister", "secretary", "imagePullSecret", "pullSecrets",
		"tlsSecret", "kubernetesSecret", "existingSecret", "credentialsFile", "credentialsPath", "credentialProvider", "credit", "credits",
		"apiKeyName", "apiKeyHeader", "apiKeyID", "api_key_id", "apiKeyFile", "apiKeyEnv", "apiKeyPrefix", "accessKeyID", "AWS_ACCESS_KEY_ID",
		"access_key_id", "accesskeyid", "keyName", "keyID", "keyFile", "keyPath", "keyType", "keyLength", "keyUsage", "keyring", "keyspace",
		"keyboard", "keystore", "keystorePath", "keyPrefix", "keyFunc", "keyVault",
		// Keys that open nothing.
		"publicKey", "public_key", "pubKey", "primaryKey", "primary_key", "foreignKey", "cacheKey", "sortKey", "partitionKey", "hashKey",
		"rangeKey", "rowKey", "mapKey", "dictKey", "indexKey", "uniqueKey", "contextKey", "ctxKey", "configKey", "labelKey", "annotationKey",
		"metadataKey", "headerKey", "queryKey", "formKey", "routingKey", "messageKey", "i18nKey", "translationKey", "logKey", "fieldKey",
		"attributeKey", "objectKey", "s3Key", "redisKey", "kafkaKey", "idempotencyKey", "storageKey", "groupKey", "userKey", "hotkey",
		"monkey", "donkey", "turkey", "whiskey", "publishableKey", "writeKey", "WriteKey", "sshPublicKey", "secretsKey", "keyOfPassword", "key_for_password",
		// Tokens that are marks, places or serve once.
		"csrfToken", "csrf_token", "CSRFToken", "xsrfToken", "csrf.token", "pageToken", "replyToken", "nextToken", "next_page_token", "nextPageToken",
		"continueToken", "continuationToken", "cancellationToken", "syncToken", "startToken", "endToken", "eofToken", "stringToken",
		"commentToken", "idempotencyToken", "clientRequestToken", "resetToken", "passwordResetToken", "verificationToken",
		"activationToken", "inviteToken", "captchaToken", "recaptchaToken", "maxTokens", "max_tokens", "numTokens", "promptTokens",
		"completion_tokens", "padToken", "stopToken", "cursorToken", "subtoken", "lexToken", "ATNStateTokenStart", "otpToken",
		// Passages and stages.
		"bypass", "compass", "trespass", "encompass", "passport", "passenger", "passive", "firstPass", "secondPass", "renderPass", "multipass",
		"lastPass", "onePass", "optimizationPass", "passCount", "passRate", "passed", "passThrough", "GroupWriteView",
		// Actions, switches and texts.
		"forgotPassword", "forgot_password", "resetPassword", "changePassword", "updatePassword", "validatePassword", "checkPassword",
		"hashPassword", "encryptPassword", "isPassword", "hasPassword", "requirePassword", "showPassword", "hidePassword", "skipPassword",
		"noPassword", "usePassword", "features.resetPassword", "errWrongPassword", "ErrInvalidToken", "ERRCODE_INVALID_PASSWORD", "errorPassword", "invalidPassword",
		"InvalidToken", "wrongPassword", "badToken", "missingSecret", "emptyPassword", "weakPassword", "labelPassword", "msgPassword",
		"messages.password", "labels.password", "errors.password", "i18n.en.login.password", "translations.token", "password_placeholder",
		"passwordTooltip", "sqlTableAPIKeys", "columnPassword", "minPassword", "maxPassword", "enablePassword",
		// Digests, cipher text, masks and codes that serve once.
		"encryptedPassword", "encrypted_password", "hashedPassword", "hashed_token", "maskedPassword", "redactedSecret", "saltedPassword",
		"md5Password", "sha256Secret", "bcryptPassword", "oneTimePassword", "one_time_password", "otpPassword", "password_sha256", "password_md5",
		"connection", "connectionName", "databaseName", "database", "baseURL", "url", "authType", "authProvider", "authURL", "requireAuth",
		"oauth", "authorized", "cookie", "sessionID", "nonce", "salt", "signature", "certificate", "pin", "spinner", "shopping",
	},
}

func TestOfName(t *testing.T) {
	rows := 0
	for kind, list := range names {
		for _, name := range list {
			rows++
			if got := OfName(name); got != kind {
				t.Errorf("OfName(%q) = %d, want %d (words %q)", name, got, kind, Words(name))
			}
		}
	}
	if rows < 400 {
		t.Errorf("only %d names", rows)
	}
}

func TestSplitCompound(t *testing.T) {
	for _, test := range []struct{ word, want string }{
		{"dbpassword", "db password"},
		{"apikey", "api key"},
		{"apikeyfile", "api key file"},
		{"accesskeyid", "access key id"},
		{"whateverpassword", "whatever password"},
		{"bypass", "bypass"},
		{"compass", "compass"},
		{"tokenizer", "tokenizer"},
		{"passwordless", "passwordless"},
		{"keyboard", "keyboard"},
		{"monkey", "monkey"},
		{"secretary", "secretary"},
		{"credit", "credit"},
		{strings.Repeat("key", 40), strings.Repeat("key", 40)},
	} {
		if got := splitCompound(test.word); !slices.Equal(got, strings.Fields(test.want)) {
			t.Errorf("splitCompound(%q) = %q, want %q", test.word, got, test.want)
		}
	}
}
