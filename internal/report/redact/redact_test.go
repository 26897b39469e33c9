package redact

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/source"
)

// redactor returns a Redactor over files given by name and content.
func redactor(t testing.TB, files map[string]string, findings ...finding.Finding) *Redactor {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree := source.NewTree(dir)
	t.Cleanup(tree.Close)
	return New(tree, &finding.Run{Findings: findings})
}

func TestLinesThatNoFindingNames(t *testing.T) {
	tests := []struct{ file, line, want string }{
		// Go: names, keywords and operators stay, strings are proven or masked.
		{"a.go", `const apiKey = "marmotpelican" // was: marmot9`, `const apiKey = "***" // was: ***`},
		{"a.go", `req.SetBasicAuth("svc-mailer", "marmot")`, `req.SetBasicAuth("***", "***")`},
		{"a.go", `req.Header.Set("Authorization", "Basic "+enc)`, `req.Header.Set("Authorization", "Basic "+enc)`},
		{"a.go", `form.Set("password", "secret")`, `form.Set("password", "***")`},
		{"a.go", `x := r.FormValue("password")`, `x := r.FormValue("password")`},
		{"a.go", `c := Config{Password: "token", Method: "POST"}`, `c := Config{Password: "***", Method: "POST"}`},
		{"a.go", `password := []byte("password")`, `password := []byte("***")`},
		{"a.go", `key := []byte{0x12, 17, 'x'}`, `key := []byte{***, ***, ***}`},
		{"a.go", `pin := 482913`, `pin := ***`},
		{"a.go", `const minPasswordLength = 6`, `const minPasswordLength = 6`},
		{"a.go", `v := os.Getenv("SHOP_PASSWORD")`, `v := os.Getenv("SHOP_PASSWORD")`},
		{"a.go", `v := getEnv("SHOP_PASSWORD", "marmot")`, `v := getEnv("***", "***")`},
		{"a.go", `get("http://api.example.com:8080/sms/2/text?user=marmot&to=%s")`, `get("http://api.example.com:8080/sms/2/text?user=***&to=%s")`},
		{"a.go", `get("https://svc:mar/mot@example.com/x")`, `get("https://***/x")`},
		{"a.go", `get("https://svc:marmot@example.com/x")`, `get("https://***@example.com/x")`},
		{"a.go", `get("https://hooks.example.com/services/T0A1/` + "AbCdEf" + `GhIj")`, `get("https://hooks.example.com/services/***/***")`},
		{"a.go", "\tP string `json:\"password\" validate:\"min=6\" default:\"marmot\"`", "\tP string `json:\"password\" validate:\"min=6\" default:\"***\"`"},
		{"a.go", `import "github.com/acme/sdk/v2"`, `import "github.com/acme/sdk/v2"`},
		{"a.go", `log.Debugf("[%s / %s] configuration: %+v", a, b)`, `log.Debugf("[%s / %s] configuration: %+v", a, b)`},
		{"a.go", `log.Printf("user %q failed, password=secret %s\n", a, b)`, `log.Printf("user %q failed, password=*** %s\n", a, b)`},
		{"a.go", `key := fmt.Sprintf("marmot %s", a)`, `key := fmt.Sprintf("*** %s", a)`},
		{"a.go", `login("bob", "marmot")`, `login("***", "***")`},
		{"a.go", `pass, user := "marmot", "bob"`, `pass, user := "***", "***"`},
		{"a.go", `func pass() string { return "marmot" }`, `func pass() string { return "***" }`},
		{"a.go", `if x.Password == "" { open("marmot") }`, `if x.Password == "" { open("***") }`},
		// Where nothing speaks of a credential, what reads like words is shown.
		{"a.go", `x := fmt.Sprintf("marmot %s", a)`, `x := fmt.Sprintf("marmot %s", a)`},
		{"a.go", `db, err := sql.Open("mysql", source)`, `db, err := sql.Open("mysql", source)`},
		{"a.go", `open("marmot99", "Qx" + "zvbnmpl", "Winter-Lake-22", "/etc/marmots")`, `open("***", "Qx" + "***", "***", "/etc/marmots")`},
		{"a.go", `return x //nolint:gosec // make this configurable`, `return x //nolint:gosec // make this configurable`},
		{"a.go", `http.Post(url, "application/json;charset=UTF-8", body)`, `http.Post(url, "application/json;charset=UTF-8", body)`},
		{"a.go", `open(fmt.Sprintf("host=%s user=%s password=%s port=%d sslmode=disable", a))`, `open(fmt.Sprintf("host=%s user=%s password=%s port=%d sslmode=disable", a))`},
		{"a.go", `dsn := "host=localhost user=bob password=marmot sslmode=disable"`, `dsn := "host=localhost user=*** password=*** sslmode=disable"`},
		{"a.go", `tokenURL := fmt.Sprintf("%s/oauth/token?grant_type=password&secret=%s", a, b)`, `tokenURL := fmt.Sprintf("%s/oauth/token?grant_type=password&secret=%s", a, b)`},
		{"a.go", "\tP string `json:\"new_password\" binding:\"omitempty,min=6,max=128\"`", "\tP string `json:\"new_password\" binding:\"omitempty,min=6,max=128\"`"},
		{"a.go", `if key == nil { return fmt.Errorf("access key not found: %s", id) }`, `if key == nil { return fmt.Errorf("access key not found: %s", id) }`},
		{"a.go", `get(base + "?" + query + "&password=" + pass)`, `get(base + "?" + query + "&password=" + pass)`},
		{"a.js", "post(`${config.baseURL}/api/v2/send?token=${config.token}`)", "post(`${config.baseURL}/api/v2/send?token=${config.token}`)"},
		{"a.js", "post(`${config.baseURL}/api?token=marmot`, `${PASS:-marmot}`)", "post(`${config.baseURL}/api?token=***`, `***`)"},
		{"a.js", `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";`, `process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";`},
		{"a.py", `connect(sslmode="disable", verify=False)`, `connect(sslmode="disable", verify=False)`},
		{"a.go", `x := fmt.Sprintf("%6d%6f%6c %s", a)`, `x := fmt.Sprintf("*** %s", a)`},
		{"a.go", `x := fmt.Sprintf("Basic %s", "secret %s")`, `x := fmt.Sprintf("Basic %s", "secret %s")`},
		{"a.go", `password := "%s secret"`, `password := "%s ***"`},
		// Other text: keys stay, values are proven or masked.
		{"a.yaml", `  password: correct horse battery`, `  password: ***`},
		{"a.yaml", `- name: MYSQL_ROOT_PASSWORD`, `- name: MYSQL_ROOT_PASSWORD`},
		{"a.yaml", `- name: marmot_of_alps`, `- name: ***`},
		{"a.yaml", `  value: MARMOT_ALPS`, `  value: ***`},
		{"a.yaml", `  password: secret`, `  password: ***`},
		{"a.yaml", `  password: ${SHOP_PASSWORD}`, `  password: ${SHOP_PASSWORD}`},
		{"a.yaml", `  password_min_length: 6`, `  password_min_length: 6`},
		{"a.yaml", `- marmot`, `- ***`},
		{"Makefile", `SIGN_KEY := marmot`, `SIGN_KEY := ***`},
		{"a.ini", `gateway = marmot`, `gateway = ***`},
		{"a.txt", `password marmot = x`, `password *** = ***`},
		{"a.conf", `ssl_protocols TLSv1 TLSv1.1;`, `ssl_protocols TLSv1 TLSv1.1;`},
		{".env", `DATABASE_URL=postgres://bob:marmot@db/shop`, `DATABASE_URL=postgres://***@db/shop`},
		{"Dockerfile", `ENV API_KEY marmot`, `ENV API_KEY ***`},
		{"a.sh", `curl -u bob:` + `marmot -X POST https://api.example.com/sms`, `curl -u bob:*** -X POST https://api.example.com/sms`},
		{"a.sh", `curl -H "Authorization: Bearer marmot"`, `curl -H "Authorization: Bearer ***"`},
		{"a.sh", `client --password=marmot -phunter`, `client --password=***`},
		{"a.sh", `if ! ssh -o StrictHostKeyChecking=no \`, `if ! ssh -o StrictHostKeyChecking=no \`},
		{"a.sh", `KEY=$(vault read marmot) | mysql -u bob -pmarmot`, `KEY=$(***) | mysql -u ***`},
		{"a.sh", `KEY=$(vault -read marmot)`, `KEY=$(vault -read ***)`},
		{"a.txt", `marmot - a rodent`, `*** - a ***`},
		{"a.tf", `source_address_prefix = "*"`, `source_address_prefix = "*"`},
		{"a.tf", `password = "*"`, `password = "***"`},
		{"a.json", `{"secret": "marmot", "url": "https://example.com/x"}`, `{"secret": "***", "url": "https://example.com/x"}`},
		{"a.py", `post(url, auth=("bob", "marmot"))`, `post(url, auth=("***", "***"))`},
		{".netrc", `machine example.com login bob password marmot`, `*** login *** password ***`},
	}
	for _, tt := range tests {
		src := tt.line
		if strings.HasSuffix(tt.file, ".go") {
			src = "package p\n" + src + "\n"
		} else {
			src = "\n" + src + "\n"
		}
		got, ok := redactor(t, map[string]string{tt.file: src}).Line(tt.file, 2)
		if !ok || got.Text != tt.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tt.file, tt.line, got.Text, tt.want)
		}
	}
}

func TestBrokenGoIsReadAsText(t *testing.T) {
	// An odd quote turns strings into code and code into strings.
	src := "package p\nvar x = `\nvar y = \"a\"\nmarmot_of_the_alps\n"
	r := redactor(t, map[string]string{"a.go": src})
	for n := range 5 {
		if line, _ := r.Line("a.go", n+1); strings.Contains(line.Text, "marmot") {
			t.Errorf("line %d shows a word of a file that does not scan: %s", n+1, line.Text)
		}
	}
}

func TestMultiLineTokens(t *testing.T) {
	src := "package p\r\nvar x = `user: bob\r\npassword: marmot\r\n`\r\n/* old\r\n marmot */ var y = 1\r\n"
	r := redactor(t, map[string]string{"a.go": src})
	want := []string{"package p", "var x = `user: ***", "password: ***", "`", "/* ***", " *** */ var y = 1"}
	for i, w := range want {
		if line, _ := r.Line("a.go", i+1); line.Text != w {
			t.Errorf("line %d: got %q, want %q", i+1, line.Text, w)
		}
	}
}

func at(file string, line, column, endColumn int) finding.Location {
	return finding.Location{File: file, Line: line, Column: column, EndLine: line, EndColumn: endColumn}
}

func TestNamedSecretsAreMaskedWhereverTheyStand(t *testing.T) {
	src := "package p\nvar a = f(\"Pelican77\")\nvar Pelican77 = 1\n"
	f := finding.Finding{Primary: at("a.go", 2, 9, 23), Redact: []finding.Location{at("a.go", 2, 11, 22)}}
	r := redactor(t, map[string]string{"a.go": src}, f)
	for n, want := range map[int]string{2: `var a = f("***")`, 3: `var *** = 1`} {
		if line, _ := r.Line("a.go", n); line.Text != want {
			t.Errorf("line %d: got %q, want %q", n, line.Text, want)
		}
	}
	if got, _ := r.Snippet(f.Primary); got != `f("***")` {
		t.Errorf("snippet: got %q", got)
	}
}

func TestTextMasksKnownSecretsInEveryForm(t *testing.T) {
	secret := "Pel!can" + "77/x"
	files := map[string]string{
		"a.yaml": "password: " + secret + "\n",
		"b.yaml": "auth: Basic c3ZjOk1hcm1vdDk5Lg==\n", // svc:Marmot99.
		"c.yaml": "url: https://svc:Heron" + "55!@example.com\n",
		"d.yaml": "word: marmoset\n",
		"e.yaml": "word: password\n",
	}
	var findings []finding.Finding
	for file, text := range files {
		start := strings.Index(text, ": ") + 3
		findings = append(findings, finding.Finding{Redact: []finding.Location{at(file, 1, start, len(text))}})
	}
	r := redactor(t, files, findings...)
	tests := map[string]string{
		"value " + secret + " here":                       "value *** here",
		"glued" + secret + "on":                           "glued***on",
		"Basic YWRtaW46UGVsIWNhbjc3L3g= sent":             "Basic *** sent",
		"of svc: c3ZjOlBlbCFjYW43Ny94":                    "of svc: ***",
		"of ab: YWI6UGVsIWNhbjc3L3g":                      "of ab: ***",
		"query Pel%21can77%2fx":                           "query ***",
		"hex 50656c2163616e37372f78":                      "hex ***",
		"hex 50656C2163616E37372F78":                      "hex ***",
		"query Pel%21can77%2Fx":                           "query ***",
		"query %50%65%6C%21%63%61%6E%37%37%2F%78":         "query ***",
		"decoded Marmot99.":                               "decoded ***",
		"from the URL Heron55!":                           "from the URL ***",
		"the word marmoset, not marmosets":                "the word ***, not marmosets",
		"a password of 8 characters reaches SetBasicAuth": "a password of 8 characters reaches SetBasicAuth",
	}
	for in, want := range tests {
		got := r.Text(in)
		if !strings.HasSuffix(got, want) || strings.Contains(got, secret) {
			t.Errorf("Text(%q) = %q, want it to end in %q", in, got, want)
		}
	}
}

func TestSecretsOfFindingsLeftOutAreMasked(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.yaml"), []byte("name: Heron55x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	tree := source.NewTree(dir)
	defer tree.Close()
	r := New(tree, &finding.Run{Redact: []finding.Location{at("a.yaml", 1, 7, 15)}})
	if got := r.Text("it is Heron55x"); got != "it is ***" {
		t.Errorf("got %q", got)
	}
}

func TestStaleRangesMaskAndNeverPanic(t *testing.T) {
	src := "password: a\nb\n"
	for _, l := range []finding.Location{
		{File: "a.yaml", Line: 1, Column: 99, EndLine: 1, EndColumn: 120},
		{File: "a.yaml", Line: 1, Column: 3, EndLine: 99, EndColumn: 1},
		{File: "a.yaml", Line: 1, Column: 3},
		{File: "a.yaml", Line: -1, Column: -1, EndLine: -7, EndColumn: -1},
		{File: "gone.yaml", Line: 1, Column: 1, EndLine: 1, EndColumn: 9},
		{File: "../a.yaml", Line: 1, Column: 1, EndLine: 1, EndColumn: 9},
	} {
		r := redactor(t, map[string]string{"a.yaml": src}, finding.Finding{Redact: []finding.Location{l}})
		r.Line("a.yaml", 1)
		r.Snippet(l)
		r.Text("nothing to hide")
	}
}

func TestSpanFollowsMasksAndEscapes(t *testing.T) {
	line := newLine("ab\x1bcd SECRET ef", []span{{6, 12}})
	if line.Text != `ab\x1bcd *** ef` {
		t.Fatalf("got %q", line.Text)
	}
	tests := []struct {
		from, to int
		want     string
	}{
		{0, 2, "ab"}, {3, 5, "cd"}, {6, 12, "***"}, {8, 9, "***"}, {2, 3, `\x1b`}, {13, 15, "ef"}, {4, 13, "d *** "}, {99, 99, ""},
	}
	for _, tt := range tests {
		from, to := line.Span(tt.from, tt.to)
		if got := line.Text[from:to]; got != tt.want {
			t.Errorf("Span(%d, %d) = %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestAroundCutsBetweenCharacters(t *testing.T) {
	line := newLine(strings.Repeat("é", 50)+"mid"+strings.Repeat("漢", 50), nil)
	for n := range 20 {
		text, start, end := line.Around(100, 103, n)
		if !utf8.ValidString(text) || len(text) > 3*n+6 || !strings.HasPrefix("mid", text[start:end]) {
			t.Errorf("%d bytes around: %q, %q", n, text, text[start:end])
		}
	}
}

func TestPrintable(t *testing.T) {
	tests := map[string]string{
		"plain – ünïcode 漢字 😀": "plain – ünïcode 漢字 😀",
		"\x1b[31mred\x1b[0m":   `\x1b[31mred\x1b[0m`,
		"a\nb\tc\rd":           `a\nb\tc\rd`,
		"\u202egnp.exe":        `\u202egnp.exe`,
		"\u009b31m":            `\u009b31m`,
		"bad \xff byte":        `bad \xff byte`,
		"zero\u200bwidth\x00.": `zero\u200bwidth\x00.`,
	}
	for in, want := range tests {
		if got := Printable(in); got != want {
			t.Errorf("Printable(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzLine plants a secret in lines of many kinds, none of them named by a
// finding, and looks for it in what would be printed.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"marmot99", "Tr0ub4dor&3", "orchid-77-pelican", "zX9-qQ_7.w/+=", "swordfishes", "a:b@c/d?e=f#g"} {
		f.Add(s, byte(0))
	}
	templates := []string{
		"a.go:var x = %q", "a.go:f(%q) // %s", "a.go:// see %s", "a.go:var x = `%s`", "a.go:var m = map[string]string{%q: %q}",
		"a.yaml:password: %s", "a.yaml:- %s", "a.yaml:auth: Bearer %s", "a.env:TOKEN=%s", "a.sh:curl -u bob:%s http://x.example.com",
		"a.sh:curl 'https://api.example.com/?token=%s'", "a.sh:psql postgres://bob:%s@db.example.com/x", "a.json:{\"a\": %q}",
		"a.sql:CREATE USER bob IDENTIFIED BY '%s';", "a.md:The old one was %s.", "a.py:login(user=\"bob\", pw=\"%s\")",
	}
	f.Fuzz(func(t *testing.T, secret string, pick byte) {
		if !isHardToGuess(secret) {
			return
		}
		for i, template := range templates {
			file, text, _ := strings.Cut(template, ":")
			args := make([]any, strings.Count(text, "%"))
			for j := range args {
				args[j] = secret
			}
			line := fmt.Sprintf(text, args...)
			if strings.HasSuffix(file, ".go") {
				line = "package p\n" + line
			}
			r := redactor(t, map[string]string{file: line})
			for n := range strings.Count(line, "\n") + 1 {
				if out, _ := r.Line(file, n+1); strings.Contains(out.Text, secret) {
					t.Errorf("template %d shows %q: %s", i, secret, out.Text)
				}
			}
		}
	})
}

// isHardToGuess reports whether a planted text is worth hiding: visible ASCII
// without quotes, with a run of six letters and digits that mixes both, as
// machine-made and careful human passwords have.
func isHardToGuess(s string) bool {
	if len(s) > 64 || strings.ContainsAny(s, "\"'`\\ /$%{}") || isFileName(s) || strings.Count(s, ".") > 1 {
		return false // host names and file names are shown on purpose
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	for run := range strings.FieldsFuncSeq(s, func(r rune) bool { return !isWordRune(r) || r == '_' }) {
		letters := len(run) - strings.Count(strings.Map(digitToZero, run), "0")
		if letters >= 3 && letters < len(run) && len(run) >= 6 {
			return true
		}
	}
	return false
}

func digitToZero(r rune) rune {
	if r >= '0' && r <= '9' {
		return '0'
	}
	return r
}
