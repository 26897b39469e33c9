package general_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest/cost"
	"github.com/authlint/authlint/internal/secrets/general"
)

// secret is the value of all examples, made up.
const secret = "Kettle9Drum"

// TestPlaces looks for a value in every place that a text can hold one. What
// must be found is marked by guillemets, which are removed.
func TestPlaces(t *testing.T) {
	for name, lines := range map[string][]string{
		"a.py": {
			`DB_PASSWORD = "«`, `password = '«`, `conn = connect(user="app", password="«`, `url = "postgres://app:«@db.corp.tld/app"`,
			`config["password"] = "«`, `d = {"password": "«`, `password: str = "«`, `x = os.environ.get("API_PASSWORD", "«`, `password = os.getenv("PW") or "«`,
			`# password: «`, `auth=("app", "«`, `if password == "«`, `s = "user=app password=« host=db"`, `b = b'{"password": "«»"}'`,
		},
		"a.java": {
			`String password = "«`, `ds.setPassword("«`, `props.put("db.password", "«`, `String json = "{\"password\": \"«»\"}";`, `if (password.equals("«`, `if (user.password.trim().equals("«`,
			`char[] password = "«`, `assertEquals("«", user.getPassword());`, `.withPassword("«`,
		},
		"a.go": {
			`c := conf{User: "app", Password:   "«`, "s := `{user: app, password: «`", "s := `password = «`", `u := fmt.Sprintf("postgres://app:«@%s:%d/app", h, p)`,
			`t.Setenv("APP_PASSWORD", "«`, `os.Setenv(envPassword, "«`, `password := []byte("«`, `const password string = "«`, `if got.Password != "«`,
			`assert.Equal(t, "«", got.Password)`, `// password: «`, `var m = map[string]string{"password": "«`, `r.SetBasicAuth("app", "«`,
			`a := smtp.PlainAuth("", "app", "«", host)`,
		},
		"a.rb":   {`password: '«`, `:password => '«`, `expect(options.password).to eq('«`, `config.password = '«`, `ENV.fetch('APP_PASSWORD', '«`},
		"a.php":  {`'password' => '«`, `$this->password = '«`, `define('DB_PASSWORD', '«`, `$config['db']['password'] = '«`},
		"a.rs":   {`let password = "«`, `password: "«`, `assert_eq!(Some("«".into()), opts.password);`, `let password = String::from("«`},
		"a.js":   {"const password = `«`", `auth: { username: 'app', password: '«`, `expect(user.password).toBe('«`, `const pw = process.env.PW || '«`},
		"a.cs":   {`Password = "«`, `new NetworkCredential("app", "«`, `string s = "Server=db;User Id=app;Password=«;";`},
		"a.sql":  {`CREATE USER app IDENTIFIED BY '«`, `ALTER USER app PASSWORD '«`, `create user app with password '«`},
		"a.sh":   {`export DB_PASSWORD=«`, `PGPASSWORD=« psql`, `tool --password « --host db`, `tool --password=«`, `PASSWORD='«`},
		"a.ini":  {`password = «`, `password=«`, `db.password: «`},
		"a.xml":  {`<password>«</password>`, `<property name="password" value="«`, `<user name="app" password="«`, `<entry key="password">«</entry>`},
		"a.md":   {"The password is «.", "password: «", "    DB_PASSWORD=«", "**Password:** «", "`password`: `«"},
		"a.tf":   {`password = "«`, `master_password   = "«`},
		"a.json": {`{"password": "«`, `{"name": "DB_PASSWORD", "value": "«`},
		"a.yml":  {`password: «`, `- DB_PASSWORD=«`, `# password: «`},
	} {
		for _, line := range lines {
			head, tail, closed := strings.Cut(line, "«")
			if rest, ok := strings.CutPrefix(tail, "»"); ok {
				tail = rest
			} else if closed && strings.ContainsAny(head, "\"'`") && tail == "" {
				tail = head[strings.LastIndexAny(head, "\"'`"):][:1] + ")"
			}
			text := "first\n" + head + secret + tail + "\nlast\n"
			found := general.Find(name, []byte(text))
			if len(found) != 1 || found[0].Start != len("first\n"+head) || found[0].End != found[0].Start+len(secret) {
				t.Errorf("%s: %q: found %s", name, text, places(text, found))
			}
		}
	}
}

// places lists what was found.
func places(text string, found []general.Found) string {
	var list []string
	for _, f := range found {
		list = append(list, fmt.Sprintf("%q of %q", text[f.Start:f.End], f.Name))
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// TestSilence holds what looks like a credential and is none.
func TestSilence(t *testing.T) {
	hex := strings.Repeat("0a9f3b7c", 4)
	for name, lines := range map[string][]string{
		"ids.md": {"account AC" + hex, "call `CA" + hex + "`", `"key": "SM` + hex + `"`, "token: CA" + hex, `secret = "MM` + hex + `"`, "PN" + hex, "sid=AC" + hex + "&CallSid=CA" + hex},
		"a.py": {
			`password = get_password("main")`, `password_file = "Kettle9Drum"`, `password = "changeme"`, `password = "<password>"`, `password = "${DB_PASSWORD}"`,
			`password = "%s"`, `password = "***"`, `FORM_PASSWORD = "form_password"`, `password = os.environ["DB_PASSWORD"]`, `token = tokenizer.next("first")`,
			`password = "$2b$12$` + strings.Repeat("abCD12", 9) + `"`, `public_key_token = "b03f5f7f11d50a3a"`, `cache_key = "user-Kettle9Drum"`, `password = other.password`,
			`errors = {"password": "must not be empty"}`, `primary_key = "id"`, `api_key = "your-api-key"`, `access_token_url = "https://a.tld/token"`,
		},
		"a.md": {
			"The password is required.", "password: string", "Use the token of the bot.", "- `old_password` -> `new_password`", "pass it on", "key = value",
			"https://user:password@host/path", "postgresql://[user[:password]@][host]", "Bearer token", "Basic authentication",
		},
		"a.yml":  {"  DB_PASSWORD: ${DB_PASSWORD:?missing}", "  DB_PASSWORD: ${DB_PASSWORD:+there}", "image: valkey/valkey:9@sha256:" + strings.Repeat("8e8d64b4", 8), `password: ${{ secrets.PASSWORD }}`, `secret: root-ca5`, `password: $DB_PASSWORD`, `password: {{ .Values.password }}`, `token_uri: https://a.tld/b`, `password: ""`, `password: !Join ["", [a, b]]`},
		"a.j2":   {`proxy_pass backend2;`, `    fastcgi_pass php7;`, `auth_verbose_passwords = sha1:6`},
		"a.tpl":  {`{{- $password := index .Values.users $user -}}`, `{{- $token = a2b3c4d5e6.f7a8b9c0d1 -}}`},
		"a.twig": {`payload = {password: newPw, password2: newPw2};`},
		"a.sh":   {`PASSWORD=$(cat file)`, `PASSWORD="${PASSWORD:-}"`, `echo "user= password= host="`, `tool --password --name 'Kettle9Drum'`, `read -s password`},
		"a.go": {`x := "userName%3D%7Buser%7D%26password%3D%7Bpassword%7D%26a"`, `return password, "Kettle9Drum"`, `func f(password string) string { return "Kettle9Drum" }`,
			`a := smtp.PlainAuth("", "Kettle9Drum", pw, "mail.tld")`, `a := smtp.PlainAuth("", user, os.Getenv("SMTP_PW"), "mail4.Kettle9")`},
		"a.js": {"switch (kind) {\n\tcase \"password\":\n\tcase \"Kettle9Drum\":", `case "secret": case "Kettle9Drum": break;`},
		"a.tf": {`password = random_password.main.result`, `manage_password = try(each.value.manage_password, true)`},
	} {
		for _, line := range lines {
			if found := general.Find(name, []byte(line+"\n")); len(found) > 0 {
				t.Errorf("%s: %q: found %s", name, line, places(line, found))
			}
		}
	}
}

// TestForms holds what is found for its form, whatever stands beside it.
func TestForms(t *testing.T) {
	hex := strings.Repeat("0a9f3b7c", 4)
	for _, text := range []string{
		"Authorization: Basic «YXBwOktldHRsZTlEcnVt»", "x = 'Bearer «k8Jq2Lm5Xz7Vb1Nc'»", "SK" + "«" + hex, "ftp://app:«Kettle9Drum»@files.tld",
		"https://«k8Jq2Lm5Xz7Vb1Nc4Hg9»:x-oauth-basic@git.tld/a.git",
	} {
		plain := strings.NewReplacer("«", "", "»", "").Replace(text)
		if found := general.Find("a.conf", []byte(plain)); len(found) != 1 {
			t.Errorf("%q: found %s", plain, places(plain, found))
		}
	}
}

// TestQuiet holds the files that are not searched.
func TestQuiet(t *testing.T) {
	for _, name := range []string{"web/locales/de.json", "package-lock.json", "testvectors/a.json"} {
		if !general.IsQuiet(name, nil) {
			t.Errorf("%s is searched", name)
		}
	}
	if !general.IsQuiet("a.pb.go", []byte("// Code generated by a tool. DO NOT EDIT.\n")) {
		t.Error("a generated file is searched")
	}
	if general.IsQuiet("src/a.py", []byte("password = 'x'\n")) {
		t.Error("a.py is not searched")
	}
}

// TestLinear sees to it that hostile text costs no more than its size.
func TestLinear(t *testing.T) {
	const most, size = 30, 200_000
	usual := []byte(strings.Repeat("smtp.password = 'Kettle9Drum' # of the relay\n", size/44))
	y := cost.Beside(func() { general.Find("a.py", usual) })
	for _, piece := range []string{"pass=", "password:", "a://b:", "eyJ", "\"", "'", "`", "\\`", "\"\"\"", "/*", "key(\"", "<password ", "Basic ", "\\\"password\\\":", "secret", "AC0"} {
		for _, name := range []string{"a.py", "a.js", "a.go", "a.md", "a.yml"} {
			text := []byte(strings.Repeat(piece, size/len(piece)))
			if times := y.Times(most, func() { general.Find(name, text) }); times > most {
				t.Errorf("%s: %q again and again costs %.0f times what ordinary text does", name, piece, times)
			}
		}
	}
}

// FuzzFind looks for panics and for places outside of the text.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"password = \"Kettle9Drum\"", "a://b:c@d", "Authorization: Basic YTpi", "`password: x`", "\\\"token\\\": \\\"", "AC0123", "identified by '"} {
		for _, name := range []string{"a.go", "a.py", "a.md", "a.yml"} {
			f.Add(name, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		end := 0
		for _, found := range general.Find(name, text) {
			if found.Start < end || found.End <= found.Start || found.End > len(text) {
				t.Fatalf("found %d to %d after %d in %d bytes", found.Start, found.End, end, len(text))
			}
			end = found.End
		}
	})
}
