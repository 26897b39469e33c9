package shape

import (
	"encoding/base64"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/partial"
)

// Alphabets of made-up credentials.
const (
	hexLower = "0123456789abcdef"
	base36   = "abcdefghijklmnopqrstuvwxyz0123456789"
	base32   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	signs    = alphanumerics + "!@#$%^&*-_=+?"
)

// made returns n characters of an alphabet, the same in every run.
func made(alphabet string, n int) string {
	r := rand.New(rand.NewPCG(uint64(n), uint64(len(alphabet))))
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

// basic returns the value of a Basic header.
func basic(pair string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair)) }

// madeJWT returns a token with this header.
func madeJWT(header string) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(header)) + "." + enc([]byte(`{"sub":"1"}`)) + "." + made(alphanumerics, 43)
}

// madePEM returns PEM text of a kind.
func madePEM(kind, body string) string {
	return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n"
}

func madeUUID() string {
	h := made(hexLower, 32)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// forms lists for each form the texts that have it.
func forms() map[Form][]string {
	return map[Form][]string{
		Empty: {"", " ", "\n"},
		Opaque: {
			"Kettle.Drum.552", "Paprika_Goose_14", "Amber-Field-42",
			"hunter2", "letmein", "minioadmin", "Summer2024!", "openSesame", "correct-horse-battery", "tr0ub4dor&3", "s3cr3t", "test123",
			"supersecret", "topsecret", "testpassword", "rootpassword", "pa55w0rd", "P%ssw0rd", "postgres", "guest", "admin", "qwerty", "abc123",
			"open sesame", "correct horse battery", "foobar", "$ecret", `sooper\secret`, "@dm1n", "pass_1?", "šifra123", "zaporka",
			made(hexLower, 32), made(hexLower, 40), made(alphanumerics, 20), made(base36, 25), made(base32, 32), made(signs, 18),
			made(alphanumerics+"+/", 40), "AKIA" + made(base32, 16), "SG." + made(alphanumerics, 22) + "." + made(alphanumerics, 43),
			"sk" + "_live_" + made(alphanumerics, 24), "key-" + made(hexLower, 32), "gh" + "p_" + made(alphanumerics, 36),
			made(hexLower, 32) + "-" + madeUUID(), "{noop}hunter2", "0x" + made(hexLower, 64),
		},
		Placeholder: {
			"<password>", "<your-api-key>", "<PASSWORD>", "YOUR_API_KEY", "your-token", "your_password", "yourpassword", "yourpass", "yourpw", "YourSecretHere",
			"my-secret-token", "my_password", "mySecretKey", "MY_SECRET", "changeme", "CHANGEME", "change-me", "changeit", "replace_me",
			"replace-with-real-key", "example", "example-token", "AKIAIOSFODNN7" + "EXAMPLE", "placeholder", "xxx", "xxxxxxxx", "XXXX-XXXX",
			"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "sk_live_xxxxxxxx", "sk-...", "abcd…", "aaaa", "1111", "0000000000", "sasasa", "00000000-0000-0000-0000-000000000000",
			"none", "null", "nil", "undefined", "n/a", "TBD", "TODO", "unset", "password-goes-here", "token_here", "insert-token-here",
			"put-your-key-here", "enter_password", "Enter your password", "<input type=password>", "[password]", "[your key]", "PASSWORD", "TOKEN", "APIKEY", "USERNAME", "?", "-", "<>",
			madePEM("RSA PRIVATE KEY", "..."), madePEM("RSA PRIVATE KEY", made(alphanumerics, 64)+`\n.`), madePEM("PRIVATE KEY", "MIIEvQ"), madeJWT(`{"alg":"none"}`), madeJWT(`{"typ":"JWT"}`),
		},
		Reference: {
			"$PASSWORD", "${PASSWORD}", "${PASSWORD:-x}", "$(cat /run/secret)", "{{ .Values.password }}", "{{password}}", "prefix-${TOKEN}", "<%= ENV['X'] %>",
			"#{secret}", "%PASSWORD%", "{password}", ":password", "@password", "__API_KEY__", "((db-password))", "$[[ inputs.token ]]",
			"vault:secret/data/db#password", "op://vault/item/field", "arn:aws:secretsmanager:eu-west-1:1:secret:x", "env:DB_PASSWORD", "env.TOKEN",
			"os.environ[\"TOKEN\"]", "process.env.TOKEN", "os.Getenv(\"TOKEN\")", "getenv('X')", "var.db_password", "secrets.TOKEN",
			"config.password", "data.vault.password", "projects/p/secrets/s/versions/1", "file:/run/secrets/db", "!vault x", "${{ secrets.X }}",
			"AC" + strings.Repeat("0a9f3b7c", 4), "SM" + strings.Repeat("0a9f3b7c", 4),
		},
		Redacted: {
			"***", "********", "[redacted]", "[REDACTED]", "<redacted>", "REDACTED", "(sensitive value)", "••••••", "[FILTERED]", "<hidden>", "abcd****",
			"***abcd", "masked", "unused", "not used",
		},
		EnvName: {"DB_PASSWORD", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "INFOBIP_API_KEY", "MY_APP_NAME", "SMTP_PASS2", "TR31_M7_HMAC_KEY", "HTTP_PROXY"},
		Identifier: {
			"2fa_init_", "session:v2:",
			"Server-Key-2",
			"--http-password", "-username", "-p",
			"Token.Limit.30", "pfx.pass", "strfmt.Password", "m.login.password", "x-ms-authorization-auxiliary",
			"password", "Password", "token", "secret", "apiKey", "api_key", "userPassword", "user_password", "confirmPassword", "passwordField",
			"auth.password.reset", "login.form.password", "spring.datasource.password", "X-Api-Key", "X-Auth-Token", "Authorization",
			"repo:read", "read:packages", "user.read", "client_secret", "access_token", "refresh-token", "db-password", "my.app.setting", "hello_world",
			"password_reset_tokens", "http_requests_total", "reset-password", "bearer", "Basic", "opaque", "username", "session", "PasswordCredentials",
			"token_endpoint_auth_method",
		},
		PathLike: {
			"/run/secrets/db_password", "/var/lib/acme/account-2024.pem", "./password.txt", "../secrets", "~/.ssh/id_rsa", "/api/v1/login", "/users/:id/password", "secrets/db/password",
			"config/auth.yaml", "key.pem", "password.txt", `C:\secrets\db.txt`, "auth/token", "/", "docs/token.md", "github.com/k6io/k6/samples", "login.html",
			"kubernetes.io/service-account-token", "/auth/**",
		},
		URLLike: {
			"https://example.org/login", "http://localhost:8080", "postgres://db:5432/app", "postgres://app@db/app", "https://user@host.tld/x",
			"https://host.tld/x?password=hunter2", "jdbc:postgresql://db/app?user=app",
			"mailto:someone@mail.tld", "localhost:6379", "db.internal:5432", ":8080", "someone@mail.tld", "https://token.actions.githubusercontent.com",
			"data:text/plain;base64,aGVsbG8=", "//cdn.tld/x",
		},
		Sentence: {
			"invalid password", "Password is required", "the token has expired", "two\nlines", "Forgot password?",
			"Please sign in", "wrong user name or password given", "Basic auth", "token for the API", "Bearer token", "No password:",
		},
		Pattern: {
			"%s", "%s:%s", "token-%s", "{user}:{pass}", "{0}:{1}", `^[a-z]+$`, `\d{4}-\d{2}`, `(?i)password`, "pass.*", "*.internal", "secret-*",
			`{"password": "x"}`, `["a","b"]`,
		},
		Number: {
			"12345678", "123456", "1", "3.14", "-5", "10MB", "5m", "1h30m", "1.2.3", "v1.2.3", "v2", "2024-01-02", "2024-01-02T15:04:05Z", "10.0.0.1",
			"true", "false", "yes", `"yes"`, "off", "50%", "0x1f", "1.2.3-rc1", "+385 91 123 4567", "19850612",
		},
		UUID: {madeUUID(), strings.ToUpper(madeUUID())},
		HashLike: {
			"app:$2y$05$" + made(alphanumerics, 53),
			"$2a$10$" + made(alphanumerics, 53), "$6$salt$" + made(alphanumerics, 86), "$argon2id$v=19$" + made(alphanumerics, 40),
			"{SSHA}" + made(alphanumerics, 32), "*" + strings.ToUpper(made(hexLower, 40)), "sha256:" + made(hexLower, 64), "sha512-" + made(alphanumerics, 86) + "==",
			"ENC[AES256_GCM,data:abc]", "{cipher}" + made(hexLower, 40), "pbkdf2_sha256$260000$" + made(alphanumerics, 22), "md5:" + made(hexLower, 32),
			madePEM("ENCRYPTED PRIVATE KEY", made(alphanumerics, 200)), "SCRAM-SHA-256$4096:" + made(alphanumerics, 30),
			madePEM("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\n\n"+made(alphanumerics, 200)),
		},
		PublicKey: {
			madePEM("CERTIFICATE", made(alphanumerics, 200)), madePEM("PUBLIC KEY", made(alphanumerics, 200)), "ssh-rsa " + made(alphanumerics, 200),
			"ssh-ed25519 " + made(alphanumerics, 68) + " me@host", "ecdsa-sha2-nistp256 " + made(alphanumerics, 100),
		},
		JWT: {madeJWT(`{"alg":"HS256","typ":"JWT"}`), madeJWT(`{"alg":"RS256"}`)},
		PrivatePEM: {
			madePEM("PGP PRIVATE KEY BLOCK", "Version: GnuPG v1.4.10\n\n"+made(alphanumerics, 200)),
			madePEM("PRIVATE KEY", made(alphanumerics, 200)), madePEM("RSA PRIVATE KEY", made(alphanumerics, 64)),
			strings.ReplaceAll(madePEM("EC PRIVATE KEY", made(alphanumerics, 164)), "\n", `\n`),
			"key: |\n" + madePEM("OPENSSH PRIVATE KEY", made(alphanumerics, 300)),
		},
		UserInfoURL: {
			"postgres://app:" + made(base36, 12) + "@db/app", "postgres://postgres:postgres@localhost:5432/app", "amqp://guest:guest@localhost",
			"https://deploy:" + made(alphanumerics, 20) + "@git.tld/x.git", "https://" + made(alphanumerics, 40) + "@git.tld/x.git", "redis://:hunter2@cache:6379/0",
			"mongodb+srv://u1:" + made(base36, 9) + "@h1,h2/db", "jdbc:mysql://root:toor@db/app", "jdbc:postgresql://db/app?user=app&password=hunter2",
			"jdbc:sqlserver://db:1433;user=sa;password=hunter2", "root:hunter2@tcp(db:3306)/app", "root:hunter2@/app",
			"root:a:b@c@unix(/tmp/x.sock)/app", "host=db user=app password=hunter2 dbname=app", "host=db password='two words' user=app",
			"Server=db;User Id=sa;Password=hunter2;", "AccountName=x;AccountKey=" + made(alphanumerics, 86) + "==", "postgres://app:hunter2@%s:%d/app",
			"ftp://user1:hunter2@files.tld/export", "postgres://%s:%s@db/app", "postgres://app:${PW}@db/app", "postgres://user:password@host/db",
			"postgres://app:p%40ss@db/app", "Endpoint=sb://x.tld/;SharedAccessKeyName=root;SharedAccessKey=" + made(alphanumerics, 43) + "=",
		},
		BasicValue: {basic("aladdin:hunter2"), basic("admin:admin"), basic("key" + made(hexLower, 20) + ":"), strings.ToLower("BASIC") + basic("a:b")[5:]},
		SchemeValue: {
			"Bearer " + made(alphanumerics, 40), "App " + made(hexLower, 32), "IBSSO " + madeUUID(), "AccessKey " + made(alphanumerics, 25),
			"token " + made(hexLower, 40), "Bearer abc123", "Bearer " + madeJWT(`{"alg":"HS256"}`), "Basic " + made(alphanumerics, 9), "Bearer $TOKEN", "Bearer %s", "Bearer test",
		},
	}
}

func TestForm(t *testing.T) {
	for form, texts := range forms() {
		for _, text := range texts {
			if got := Of(text).Form; got != form {
				t.Errorf("Of(%q).Form = %d, want %d", text, got, form)
			}
		}
	}
}

func TestInside(t *testing.T) {
	for _, test := range []struct {
		text, scheme, user string
		inner              Form
		length             int
	}{
		{basic("aladdin:hunter2"), "basic", "aladdin", Opaque, 7},
		{basic("a:"), "basic", "", Opaque, 1},
		{basic("x:${PW}"), "basic", "x", Reference, 5},
		{basic("user:password"), "basic", "user", Identifier, 8},
		{"Bearer <token>", "bearer", "", Placeholder, 7},
		{"Bearer " + made(alphanumerics, 30), "bearer", "", Opaque, 30},
		{"App " + made(hexLower, 32), "app", "", Opaque, 32},
		{"postgres://app:hunter2@db/app", "", "app", Opaque, 7},
		{"postgres://app:p%40ss@db/app", "", "app", Opaque, 4},
		{"postgres://%s:%s@db/app", "", "", Pattern, 2},
		{"postgres://user:password@db/app", "", "user", Placeholder, 8},
		{"postgres://u:p@db/app", "", "u", Placeholder, 1},
		{"postgres://admin:admin@db/app", "", "", Opaque, 5}, // the user would say the password
		{"postgres://app:app-" + made(base36, 8) + "@db", "", "app", Opaque, 12},
		{"https://" + made(alphanumerics, 40) + ":x-oauth-basic@git.tld", "", "", Opaque, 40},
		{"root:hunter2@tcp(db:3306)/app", "", "root", Opaque, 7},
		{"host=db user=app password=hunter2", "", "app", Opaque, 7},
		{"redis://:hunter2@cache", "", "", Opaque, 7},
		{"redis://:***@cache", "", "", Redacted, 3},
	} {
		v := Of(test.text)
		if v.Scheme != test.scheme || v.User != test.user || v.Inner != test.inner || v.Length != test.length {
			t.Errorf("Of(%q) = scheme %q, user %q, inner %d, length %d; want %q, %q, %d, %d",
				test.text, v.Scheme, v.User, v.Inner, v.Length, test.scheme, test.user, test.inner, test.length)
		}
	}
}

func TestMarks(t *testing.T) {
	live := "sk" + "_live_" + made(alphanumerics, 24)
	for _, test := range []struct {
		text                            string
		wordy, run, live, local, hashed bool
	}{
		{text: "hunter", wordy: true},
		{text: "hunter2", wordy: true},
		{text: "correct-horse-battery-staple", wordy: true},
		{text: "my first pony", wordy: true},
		{text: "123456", run: true},
		{text: "1234567890", run: true},
		{text: "abcdef", wordy: true, run: true},
		{text: "abc123", run: true},
		{text: "fedcba", run: true},
		{text: "qwerty", wordy: true, run: true},
		{text: "qwertyuiop", run: true},
		{text: "deadbeefdeadbeef", wordy: true, run: true},
		{text: "121212121212ab", run: false},
		{text: "0123456789abcdef0123456789abcdef", run: true},
		{text: "postgres", wordy: true, local: true},
		{text: "minioadmin", local: true},
		{text: "secret2", wordy: true, local: true},
		{text: "foobar", wordy: true, local: true},
		{text: "Summer2024!"},
		{text: made(alphanumerics, 12)},
		{text: made(hexLower, 16)},
		{text: made(alphanumerics, 24), hashed: true},
		{text: made(hexLower, 32), hashed: true},
		{text: madeUUID(), hashed: true},
		{text: live, hashed: true, live: true},
		{text: "sk" + "_test_" + made(alphanumerics, 24), hashed: true},
		{text: "live_" + made(alphanumerics, 25), hashed: true, live: true},
		{text: "Bearer " + made(alphanumerics, 24), hashed: true},
		{text: "the-quick-brown-fox-jumps-over", wordy: true},
		{text: "live_wallpaper_setting", wordy: true},
	} {
		v := Of(test.text)
		if v.Wordy != test.wordy || v.Run != test.run || v.Live != test.live || v.LocalDefault != test.local || (v.Hash != "") != test.hashed {
			t.Errorf("Of(%q) = wordy %t, run %t, live %t, local %t, hash %q", test.text, v.Wordy, v.Run, v.Live, v.LocalDefault, v.Hash)
		}
	}
}

func TestClasses(t *testing.T) {
	for _, test := range []struct {
		text                        string
		length                      int
		lower, upper, digit, symbol bool
	}{
		{"", 0, false, false, false, false},
		{"hunter2", 7, true, false, true, false},
		{"Hunter2!", 8, true, true, true, true},
		{"ŠIFRA", 5, false, true, false, false},
		{"šifra-1", 7, true, false, true, true},
		{"密码密码", 4, false, false, false, false},
	} {
		v := Of(test.text)
		if v.Length != test.length || v.Lower != test.lower || v.Upper != test.upper || v.Digit != test.digit || v.Symbol != test.symbol {
			t.Errorf("Of(%q) = %+v", test.text, v)
		}
	}
}

func TestSafeUser(t *testing.T) {
	token := made(alphanumerics, 32)
	for _, test := range []struct{ user, secret, want string }{
		{"alice", "hunter2", "alice"},
		{"alice", "", "alice"},
		{"admin", "admin", ""},
		{"adminadmin", "admin", ""},
		{"administrator", "administrator1", ""},
		{"root", "root123", "root"},
		{token, "x", ""},
		{"al\x00ce", "hunter2", ""},
		{strings.Repeat("long ", 20), "hunter2", ""},
	} {
		if got := SafeUser(test.user, test.secret); got != test.want {
			t.Errorf("SafeUser(%q, %q) = %q, want %q", test.user, test.secret, got, test.want)
		}
	}
}

// TestMadeValues checks that what machines make is taken for nothing else.
func TestMadeValues(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const rounds = 400
	for name, alphabet := range map[string]string{
		"hex": hexLower, "base36": base36, "base62": alphanumerics, "base64": alphanumerics + "+/", "base64url": alphanumerics + "-_", "base32": base32, "signs": signs,
	} {
		for _, length := range []int{16, 24, 32, 40, 64} {
			missed, unhashed := 0, 0
			for range rounds {
				b := make([]byte, length)
				for i := range b {
					b[i] = alphabet[r.IntN(len(alphabet))]
				}
				v := Of(string(b))
				if !Credible(v, Token, false) {
					missed++
				}
				if length >= 24 && v.Hash == "" {
					unhashed++
				}
			}
			if missed > rounds/25 || unhashed > rounds/25 {
				t.Errorf("%s of %d: %d of %d are no tokens by name, %d have no hash", name, length, missed, rounds, unhashed)
			}
		}
	}
}

// FuzzOf looks for panics, and for values that hold more than they may of the text.
func FuzzOf(f *testing.F) {
	for _, texts := range forms() {
		for _, text := range texts {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := Of(text)
		// What a mask shows is before its last stars; the rest is its own.
		masked, err := strconv.Unquote(`"` + v.Masked[:strings.LastIndex(v.Masked, "***")] + `"`)
		if err != nil {
			t.Fatalf("masked form %q: %v", v.Masked, err)
		}
		if _, known := schemeWord(v.Scheme); v.Scheme != "" && !known {
			t.Errorf("unknown scheme %q", v.Scheme)
		}
		runes := []rune(text)
		for i := 0; i+leakLength <= len(runes); i++ {
			if piece := string(runes[i : i+leakLength]); strings.Contains(masked, piece) {
				t.Errorf("value shows %q", piece)
			}
		}
		for kind := None; kind <= Header; kind++ {
			if Credible(v, kind, false) && !Credible(v, kind, true) {
				t.Errorf("kind %d: credible by name and not at a sink: form %d", kind, v.Form)
			}
		}
		OfName(text)
		Words(text)
	})
}

func BenchmarkOf(b *testing.B) {
	texts := []string{"hunter2", "invalid password given", made(alphanumerics, 40), "spring.datasource.password", "https://example.org/login", basic("a:b"), "/api/v1/login"}
	for b.Loop() {
		for _, text := range texts {
			Of(text)
		}
	}
}

func TestAboutPassword(t *testing.T) {
	for _, test := range []struct {
		text               string
		repeats, holdsUser bool
		host               partial.Class
	}{
		{"hunnnter", true, false, partial.UnknownHost},
		{"hunnter", false, false, partial.UnknownHost},
		{basic("alice:alice2024"), false, true, partial.UnknownHost},
		{basic("alice@mail.tld:xAlice24"), false, true, partial.UnknownHost},
		{basic("al:algebra1"), false, false, partial.UnknownHost},
		{"postgres://app:hunter2@localhost:5432/app", false, false, partial.LoopbackHost},
		{"postgres://app:hunter2@[::1]:5432/app", false, false, partial.LoopbackHost},
		{"postgres://app:hunter2@db:5432/app", false, false, partial.ClusterHost},
		{"postgres://app:hunter2@10.0.0.7/app", false, false, partial.PrivateHost},
		{"mongodb://app:hunter2@a.host.tld,b.host.tld/app", false, false, partial.PublicHost},
		{"app:hunter2@tcp(127.0.0.1:3306)/app", false, false, partial.LoopbackHost},
		{"app:hunter2@unix(/tmp/mysql.sock)/app", false, false, partial.LoopbackHost},
		{"app:hunter2@/app", false, false, partial.LoopbackHost},
		{"host=db.host.tld user=app password=hunter2", false, false, partial.PublicHost},
		{"postgres://app:hunter2@%s/app", false, false, partial.UnknownHost},
	} {
		v := Of(test.text)
		if v.Repeats != test.repeats || v.HoldsUser != test.holdsUser || v.HostClass != test.host {
			t.Errorf("Of(%q) = repeats %t, holds user %t, host class %d", test.text, v.Repeats, v.HoldsUser, v.HostClass)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		text, scheme, user, secret string
		ok                         bool
	}{
		{basic("alice:hunter2"), "basic", "alice", "hunter2", true},
		{"Bearer abc123", "bearer", "", "abc123", true},
		{"postgres://app:hunter2@db", "", "app", "hunter2", true},
		{"hunter2", "", "", "", false},
		{strings.Repeat("x", maxText+1), "", "", "", false},
	} {
		scheme, user, secret, ok := Split(test.text)
		if scheme != test.scheme || user != test.user || secret != test.secret || ok != test.ok {
			t.Errorf("Split(%q) = %q, %q, %q, %t", test.text, scheme, user, secret, ok)
		}
	}
}
