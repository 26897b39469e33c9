package settings

import (
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/rules"
)

// TestHoles checks how values are read as text known in part: {name} is a hole,
// and / stands between alternative readings.
func TestHoles(t *testing.T) {
	tests := []struct{ text, want string }{
		{"plain", "plain"},
		{"${NAME}", "{NAME}"},
		{"${NAME:-x}", "{NAME} / x"},
		{"${NAME-x}", "{NAME} / x"},
		{"${NAME:=x}", "{NAME} / x"},
		{"${NAME:?not set}", "{NAME}"},
		{"${NAME:+x}", "{NAME}"},
		{"${NAME:-}", "{NAME}"},
		{"${db.password:x}", "{db.password} / x"},
		{"${my-key}", "{my-key}"},
		{"${A:-${B:-x}}", "{A} / {B} / x"},
		{"${env:NAME}", "{NAME}"},
		{"${env:NAME:-x}", "{NAME} / x"},
		{"${localEnv:NAME:x}", "{NAME} / x"},
		{"http://${HOST:-a.example.com}:${PORT}/x", "http://{HOST}:{PORT}/x / http://a.example.com:{PORT}/x"},
		{"$NAME/x", "{NAME}/x"},
		{"$name", "{name}"},
		{"pa$word", "pa$word"},
		{"a$$B", "a$$B"},
		{"$(NAME)", "{NAME}"},
		{"%NAME%", "{NAME}"},
		{"http://%s:%d/x", "http://{…}:{…}/x"},
		{"%(name)s", "{name}"},
		{"a%20b%3D%d0", "a%20b%3D%d0"},
		{"100%", "100%"},
		{"{{ .Values.password }}", "{Values.password}"},
		{`{{ .Values.password | default "x" }}`, "{Values.password} / x"},
		{"{{ env_password | default('x', true) }}", "{env_password} / x"},
		{`{{ "Winter-Lake-42" | b64enc }}`, "{…}"},
		{"${{ secrets.TOKEN }}", "{secrets.TOKEN}"},
		{"{% if x %}y{% endif %}", "{if}y{endif}"},
		{"#{password}", "{password}"},
		{"((db.password))", "{db.password}"},
		{"<api-key>", "{api-key}"},
		{"<%= password %>", "{password}"},
		{"a < b > c", "a < b > c"},
		{"<< pipeline.parameters.token >>", "{pipeline.parameters.token}"},
		{"@db.password@", "{db.password}"},
		{"a@b.example.com, c@d.example.com", "a@b.example.com, c@d.example.com"},
		{"@a b@", "@a b@"},
		{"x{y}z", "x{y}z"},
		{"${open", "${open"},
		{"{{ open", "{{ open"},
		{"", ""},
	}
	for _, tt := range tests {
		var got []string
		for _, reading := range readHoles(tt.text, span{start: 0, end: len(tt.text)}).Alternatives {
			got = append(got, reading.Display())
			checkParts(t, tt.text, reading)
		}
		if joined := strings.Join(got, " / "); joined != tt.want {
			t.Errorf("%q reads %q, want %q", tt.text, joined, tt.want)
		}
	}
}

// checkParts checks that known text stands where its part says.
func checkParts(t *testing.T, text string, reading partial.Text) {
	t.Helper()
	for _, p := range reading {
		if p.Hole == nil && text[p.Start:p.End] != p.Text {
			t.Errorf("%q: part %q is said to be at %q", text, p.Text, text[p.Start:p.End])
		}
	}
}

func TestTLSVersion(t *testing.T) {
	tests := []struct {
		text  string
		want  uint16
		named bool
	}{
		{"TLSv1", 0x0301, true}, {"tls1.0", 0x0301, true}, {"TLSv1.1", 0x0302, true}, {"TLS_1_2", 0x0303, true}, {"TLS13", 0x0304, true},
		{"VersionTLS11", 0x0302, true}, {"TLS10", 0x0301, true}, {"tls-1.2", 0x0303, true}, {"TLSv1_1", 0x0302, true}, {"TLS 1.0", 0x0301, true},
		{"TLSv1_2016", 0x0301, true}, {"TLSv1.1_2016", 0x0302, true}, {"TLSv1.2_2021", 0x0303, true}, {"TLS1_0", 0x0301, true},
		{"ELBSecurityPolicy-TLS-1-0-2015-04", 0x0301, true}, {"ELBSecurityPolicy-TLS-1-2-2017-01", 0x0303, true},
		{"SSLv3", 0x0300, true}, {"SSL3", 0x0300, true}, {"SSLv2", 0x0200, true}, {"SSLv23", 0, true}, {"SSL_3_0", 0x0300, true},
		{"TLS", 0, true}, {"TLS_AUTO", 0, true}, {"TLS_RSA_WITH_AES_128_CBC_SHA", 0, true}, {"tlsv1x", 0, true}, {"TLSv4", 0, true},
		{"1.0", 0x0301, false}, {"1.2", 0x0303, false}, {"v1.1", 0x0302, false}, {"11", 0x0302, false}, {"0x0301", 0x0301, false},
		{"771", 0x0303, false}, {"1", 0, false}, {"2.0", 0, false}, {"", 0, false}, {"starttls", 0, false}, {"http/1.1", 0, false},
	}
	for _, tt := range tests {
		if got, named := tlsVersion(tt.text); got != tt.want || named != tt.named && tt.want != 0 {
			t.Errorf("%q is %#04x, named %v, want %#04x, %v", tt.text, got, named, tt.want, tt.named)
		}
	}
}

// TestLooks checks that the first look lets every file pass that has a key of
// the table.
func TestLooks(t *testing.T) {
	table, err := rules.Settings()
	if err != nil {
		t.Fatal(err)
	}
	check := func(phrase string, c *rules.Context) {
		if isInteresting([]byte(phrase), "") {
			return
		}
		for word := range c.Any {
			if !isInteresting([]byte(word), "") {
				t.Errorf("a file with only %q and %q is not looked at", word, phrase)
			}
		}
		if len(c.Any) == 0 {
			t.Errorf("a file with only %q is not looked at", phrase)
		}
	}
	for phrase, keys := range table.Versions {
		for _, key := range keys {
			check(phrase, &key.Context)
		}
	}
	for phrase, keys := range table.Switches {
		for _, key := range keys {
			check(phrase, &key.Context)
		}
	}
	for phrase, keys := range table.Numbers {
		for _, key := range keys {
			check(phrase, &key.Context)
		}
	}
	for name := range table.Headers {
		check(name, &rules.Context{})
	}
	for word, protocol := range table.Sections {
		if protocol != "ftp" {
			continue // a login goes with it, and its key is looked for
		}
		check(word, &rules.Context{})
	}
}

// TestUninteresting holds files that are not worth a grammar.
func TestUninteresting(t *testing.T) {
	for name, text := range map[string]string{
		"a.yaml": "# password: see https://example.com\ngalaxy_info:\n  author: somebody\n  min_version: 2.1\n",
		"a.tf":   "/**\n * See https://example.com\n */\nmodule \"net\" {\n  source  = \"./net\"\n  version = \"1.0\"\n}\n",
		"b.yaml": "rotate: 4\nkeys: [a, b]\nallow: [10.1.2.3]\n",
		"c.yaml": "- name: read the token\n  set_fact:\n    api_token: '{{ token | trim }}'\n  when: tls_enabled\n",
		"d.yaml": "authorized: x\nsee: https://example.com\nversion: 1.1\ncert: a.pem\n",
		"e.yaml": "password:\n  type: string\n  description: The password of the account\n",
		"b.tf":   "variable \"db_password\" {\n  sensitive = true\n}\nresource \"x\" \"y\" {\n  password = var.db_password\n}\n",
	} {
		if Parses(embed.File(name, []byte(text))) {
			t.Errorf("%s is parsed:\n%s", name, text)
		}
	}
	for name, text := range map[string]string{
		"a.yaml": "api_key: hU7zLq3vXw9K\n",
		"b.yaml": "x:\n  allowed_ips: [0.0.0.0/0]\n",
		"c.yaml": "tls:\n  versions:\n  - TLSv1.1\n",
		"d.yaml": "a: b # c\nd: http://app:Winter-Lake-22@db.example.com\n",
		"e.yaml": "login:\n  lockout:\n    threshold: 50\n",
		"f.yaml": "env:\n- value: Winter-Lake-22\n  name: DB_PASSWORD\n",
		"g.yaml": "run: |\n\n  curl -k x\n",
		"h.yaml": "smtp_password:\n{{- if .Values.x }}\n  plain: Winter-Lake-22\n{{- end }}\n",
		"a.tf":   "x = { minimum_tls_version = \"1.0\" }\n",
		"b.tf":   "variable \"db_password\" {\n  default = \"Winter-Lake-22\"\n}\n",
		"a.json": "{\"token\": {\n\"lifetime\": {\n\"days\": 90\n}}}\n",
	} {
		if !Parses(embed.File(name, []byte(text))) {
			t.Errorf("%s is not parsed:\n%s", name, text)
		}
	}
}

func TestTranslations(t *testing.T) {
	table, err := rules.Settings()
	if err != nil {
		t.Fatal(err)
	}
	const prose = `{"a": "Enter your password", "b": "Log in"}`
	const values = `{"host": "db.example.com", "password": "Winter-Lake-42"}`
	tests := []struct {
		file, text string
		want       bool
	}{
		{"en.json", prose, true}, {"src/de-AT.json", prose, true}, {"app_pt_BR.json", prose, true}, {"strings.fr.json", prose, true},
		{"messages_sv.properties", "password=Winter-Lake-42", true}, {"messages.properties", "password=x-1", true},
		{"app.yaml", "en:\n  password: Your password\n", true}, {"app.json", prose, false}, {"db.json", prose, false},
		{"is.json", values, false}, {"my.json", values, false}, {"app.properties", "password=Winter-Lake-42", false},
	}
	for _, tt := range tests {
		docs, _ := read(tt.file, []byte(tt.text))
		if len(docs) != 1 {
			t.Fatalf("%s: %d documents", tt.file, len(docs))
		}
		if got := isTranslation(table, tt.file, docs[0]); got != tt.want {
			t.Errorf("%s with %q is a translation: %v, want %v", tt.file, tt.text, got, tt.want)
		}
	}
}
