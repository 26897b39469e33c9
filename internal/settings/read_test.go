package settings

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest/cost"
)

// placeCases give a text in which ‹ and › enclose the source of one value,
// the key path of that value and its decoded text.
var placeCases = append([]placeCase{
	{"plain", "a.yaml", "a:\n  b: ‹one two›  # c\n", "a.b", "one two"},
	{"plain over lines", "a.yaml", "a: ‹one\n  two\n\n  three›\nb: 1\n", "a", "one two\nthree"},
	{"after wide characters", "a.yaml", "{ü: ä, b: ‹x›}", "b", "x"},
	{"single quotes", "a.yaml", "a: '‹it''s›'\n", "a", "it's"},
	{"double quotes", "a.yaml", `a: "‹x\t\x41\u00fcé\"y›"` + "\n", "a", "x\tAüé\"y"},
	{"double quotes over lines", "a.yaml", "a: \"‹one\n  two \\\n  three›\"\n", "a", "one two three"},
	{"literal block", "a.yaml", "a: |\n  ‹one\n    two\n\n  three\n›b: 1\n", "a", "one\n  two\n\nthree\n"},
	{"stripped block", "a.yaml", "a: |-\n  ‹one\n  two›\nb: 1\n", "a", "one\ntwo"},
	{"folded block", "a.yaml", "a: >\n  ‹one\n  two\n\n  three\n›", "a", "one two\nthree\n"},
	{"indented block", "a.yaml", "a: |2\n  ‹  one\n  two\n›", "a", "  one\ntwo\n"},
	{"windows lines", "a.yaml", "a: 1\r\nb:\r\n  c: ‹x y›\r\n", "b.c", "x y"},
	{"tag and anchor", "a.yaml", "a: !!str &x ‹12›\n", "a", "12"},
	{"tag on its own line", "a.yaml", "a: !foo # why\n  ‹x›\n", "a", "x"},
	{"list", "a.yaml", "a:\n- b: 1\n- b: ‹two›\n", "a.1.b", "two"},
	{"flow", "a.yaml", "a: [x, {b: '‹y›'}]", "a.1.b", "y"},
	{"second document", "a.yaml", "a: 1\n---\nb: ‹x›\n", "b", "x"},
	{"after a broken document", "a.yaml", "a: [1\n---\nb: ‹x›\n", "b", "x"},
	{"byte order mark", "a.yaml", "\ufeffa: ‹x›\n", "a", "x"},
	{"odd end of a block", "a.yaml", "a: |\n\n  ‹2\n\n   ›", "a", "\n2\n\n \n"},
	{"alias", "a.yaml", "a: &x ‹y›\nb: *x\n", "b", "y"},
	{"merge", "a.yaml", "a: &x\n  c: ‹y›\nb:\n  <<: *x\n  d: 1\n", "b.c", "y"},
	{"line separator", "a.yaml", "a: \"x\u2028y\"\nb: ‹z›\n", "b", "z"},

	{"template", "a.yaml", "{{- if .x }}\na: {{ .y }}\n{{- end }}\nb: ‹{{ .z | quote }}-c›\n", "b", "{{ .z | quote }}-c"},
	{"template in quotes", "a.yaml", "{{/* a: \n}} */}}\nb: \"‹\\t{{ default \"x\" .z }}›\"\n", "b", "\t{{ default \"x\" .z }}"},
	{"template of a key", "a.yml.j2", "{% for x in y %}\n{{ x }}: ‹1›\n{% endfor %}\n", "{{ x }}", "1"},
	{"template", "a.json.tmpl", `{"a": {{ x | to_json }}, "b": "‹{{ "y" }}›"}`, "b", `{{ "y" }}`},
	{"template", "a.toml", "a = {{ x }}\nb = ‹{{ y }}›\n", "b", "{{ y }}"},

	{"string", "a.json", `{"a": {"b": ["‹x›"]}}`, "a.b.0", "x"},
	{"escapes", "a.json", `{"a": "‹x\"\u00e9\ud83d\ude00\/y›"}`, "a", "x\"é😀/y"},
	{"number", "a.json", `{"a": ‹-1.5e3›}`, "a", "-1.5e3"},
	{"comments", "a.jsonc", "{\n  // \"a\": 0\n  \"a\": /* b */ \"‹x›\",\n}", "a", "x"},
	{"escaped key", "a.json", `{"a\u0062": "‹x›"}`, "ab", "x"},
	{"byte order mark", "a.json", "\ufeff{\"a\": \"‹x›\"}", "a", "x"},
	{"second value", "a.json", "{\"a\": 1}\n{\"b\": \"‹x›\"}\n", "b", "x"},
	{"array on top", "a.json", `[{"a": ‹true›}]`, "0.a", "true"},

	{"basic", "a.toml", `a = "‹x›"`, "a", "x"},
	{"escapes", "a.toml", `a = "‹x\t\u00e9\"y›"`, "a", "x\té\"y"},
	{"literal", "a.toml", `a = '‹x\y›'`, "a", `x\y`},
	{"multi-line", "a.toml", "a = \"\"\"\n‹one\ntwo \\\n   three›\"\"\"", "a", "one\ntwo three"},
	{"multi-line literal", "a.toml", "a = '''\n‹one\ntwo›'''", "a", "one\ntwo"},
	{"dotted key", "a.toml", `a.b."c d" = ‹12›`, "a.b.c d", "12"},
	{"table", "a.toml", "[a.b]\nc = ‹true›", "a.b.c", "true"},
	{"array of tables", "a.toml", "[[a]]\nb = 1\n[[a]]\nb = ‹2›\n[a.c]\nd = 1", "a.1.b", "2"},
	{"table below an array of tables", "a.toml", "[[a]]\n[[a]]\n[a.c]\nd = ‹1›", "a.1.c.d", "1"},
	{"inline table", "a.toml", `a = {b = {c = "‹x›"}}`, "a.b.c", "x"},
	{"array", "a.toml", "a = [\n  'x', # y\n  '‹z›',\n]", "a.1", "z"},
	{"after a fault", "a.toml", "a = \n[b]\nc = '‹x›'", "b.c", "x"},

	{"bare", "a.env", "A=1\nB=‹x y›  # c\n", "B", "x y"},
	{"export", "a.env", "  export B = ‹x›\r\n", "B", "x"},
	{"double quotes", ".env", `B="‹x\"\n$C›" # c`, "B", "x\"\n$C"},
	{"single quotes", ".env.local", `B='‹x\n"y›'`, "B", `x\n"y`},
	{"quotes over lines", ".env", "B=\"‹x\ny›\"\nC=1", "B", "x\ny"},
	{"hash inside", ".env", "B=‹x#y›", "B", "x#y"},
	{"pieces", ".env", `B="‹x"'y'z›`, "B", "xyz"},
	{"empty", ".env", "A=‹›\nB=1", "A", ""},
	{"backslash", ".env", `B=‹C:\new›`, "B", `C:\new`},
	{"after a fault", ".env", "what is this\nB=‹x›", "B", "x"},

	{"equals", "a.properties", "a.b.c = ‹x y›  \n", "a.b.c", "x y"},
	{"colon", "a.properties", "a:‹x=y›", "a", "x=y"},
	{"blank", "a.properties", "a ‹x›", "a", "x"},
	{"continued", "a.properties", "a = ‹x,\\\n    y›\nb = 1", "a", "x,y"},
	{"escapes", "a.properties", `a = ‹x\u00e9\t\:y›`, "a", "xé\t:y"},
	{"escaped key", "a.properties", `a\:b = ‹x›`, "a:b", "x"},
	{"windows lines", "a.properties", "! c\r\na.b = ‹x›\r\n", "a.b", "x"},
	{"after a comment", "a.properties", "# a = 1 \\\nb = ‹x›\n", "b", "x"},
	{"attribute", "a.tf", `a = "‹x y›"`, "a", "x y"},
	{"escapes", "a.tf", `a = "‹x\t\"\u00e9$${y}›"`, "a", "x\t\"é${y}"},
	{"interpolation", "a.tf", `a = "‹x-${var.b}-y›"`, "a", "x-${b}-y"},
	{"reference", "a.tf", `a = ‹var.b›`, "a", "${b}"},
	{"block", "a.tf", "a \"b\" \"c\" {\n  d {\n    e = ‹12›\n  }\n}", "a.b.c.d.e", "12"},
	{"second block", "a.tf", "a {\n  b = 1\n}\na {\n  b = ‹2›\n}", "a.1.b", "2"},
	{"object", "a.tf", `a = { "b" = [1, { c = "‹x›" }] }`, "a.b.1.c", "x"},
	{"here-document", "a.tf", "a = <<EOT\n‹x\n  y\n›EOT\n", "a", "x\n  y\n"},
	{"default of a variable", "a.tf", "variable \"a\" {\n  default = ‹\"x\"›\n}", "variable.a", "${a:-x}"},
	{"choice", "a.tf", `a = ‹coalesce(var.b, "x")›`, "a", "${b:-x}"},
	{"encoded", "a.tf", `a = jsonencode({ b = "‹x›" })`, "a.b", "x"},
	{"Base64", "a.tf", `a = "‹Basic ${base64encode("b:c")}›"`, "a", "Basic Yjpj"},
	{"after a fault", "a.tf", "a = \nb = \"‹x›\"\n", "b", "x"},

	{"text", "a.xml", "<a>\n  <b> ‹x y› </b>\n</a>", "a.b", "x y"},
	{"attribute", "a.xml", `<a b = '1' c="‹x›"/>`, "a.c", "x"},
	{"attributes and text", "a.xml", `<a b="1">‹x›</a>`, "a.value", "x"},
	{"entities", "a.xml", `<a b="‹x&amp;&#233;&lt;y›"/>`, "a.b", "x&é<y"},
	{"character data", "a.xml", `<a><![CDATA[‹x<y›]]></a>`, "a", "x<y"},
	{"prefix", "a.xml", `<n:a xmlns:n="u"><n:b>‹x›</n:b></n:a>`, "a.b", "x"},
	{"property list", "a.plist", `<dict><key>a</key><string>‹x›</string></dict>`, "dict.a", "x"},
	{"unclosed", "a.xml", `<a><b>‹x›</b>`, "a.b", "x"},

	{"directive", "nginx.conf", "a { b ‹x›; }", "a.b", "x"},
	{"quotes", "nginx.conf", `b "‹x \"y›";`, "b", `x "y`},
	{"several words", "nginx.conf", "b ‹x  y›; # z\n", "b", "x  y"},
	{"header", "nginx.conf", "a { proxy_set_header b ‹x›; }", "a.headers.b", "x"},
	{"variable", "nginx.conf", "a ‹x${b}›;", "a", "x${b}"},

	{"line", "sshd_config", "a ‹x› # y\n", "a", "x"},
	{"assigned", "login.defs", "a = ‹x›\n", "a", "x"},
	{"quotes", "httpd.conf", "a \"‹x y›\"\n", "a", "x y"},
	{"continued", "httpd.conf", "a \\\n  ‹x›\n", "a", "x"},
	{"section in brackets", "httpd.conf", "<a b>\n  c ‹x›\n</a>\nd y\n", "a.c", "x"},
	{"section by a line", "haproxy.cfg", "frontend a\n  b ‹x›\n", "frontend.b", "x"},
	{"argument", "haproxy.cfg", "frontend a\n  b c ssl-min-ver ‹x›\n", "frontend.b.ssl-min-ver", "x"},
	{"module", "common-password", "a required pam_b.so c=‹8›\n", "a.pam_b.so.c", "8"},

	{"value and section", "a.properties", "a = 1\na.b = ‹2›", "a.b", "2"},
}, loginCases...)

// placeCase is one of placeCases.
type placeCase struct{ name, file, text, path, want string }

// TestPlaces checks the value and the exact place of settings in every format.
func TestPlaces(t *testing.T) {
	for _, tt := range placeCases {
		t.Run(tt.file+"/"+tt.name, func(t *testing.T) {
			from, to := strings.Index(tt.text, "‹"), strings.Index(tt.text, "›")-len("‹")
			text := strings.NewReplacer("‹", "", "›", "").Replace(tt.text)
			docs, _ := read(tt.file, []byte(text))
			found := find(docs, tt.path)
			if found == nil {
				t.Fatalf("no setting %s", tt.path)
			}
			if found.Text != tt.want {
				t.Errorf("text %q, want %q", found.Text, tt.want)
			}
			want := newSource(tt.file, []byte(text)).location(from, to)
			if got := found.Location(); got != want {
				t.Errorf("at %d:%d-%d:%d, want %d:%d-%d:%d", got.Line, got.Column, got.EndLine, got.EndColumn,
					want.Line, want.Column, want.EndLine, want.EndColumn)
			}
			for _, doc := range docs {
				doc.All(func(s *Setting) { checkPlaces(t, s, text) })
			}
		})
	}
}

// find returns the setting at a dotted path.
func find(docs []*Setting, path string) (found *Setting) {
	for _, doc := range docs {
		doc.All(func(s *Setting) {
			if found == nil && strings.Join(s.Path(), ".") == path && s.Kind == Scalar {
				found = s
			}
		})
	}
	return found
}

// checkPlaces checks what must hold of every setting: its range lies in the
// text, and each plain character of its value lies where the source has it.
func checkPlaces(t *testing.T, s *Setting, text string) {
	t.Helper()
	if s.val.start < 0 || s.val.end < s.val.start || s.val.end > len(text) {
		t.Fatalf("range %d to %d of %v outside of %d bytes", s.val.start, s.val.end, s.Path(), len(text))
	}
	if s.key.start < 0 || s.key.end < s.key.start || s.key.end > len(text) {
		t.Fatalf("key range %d to %d of %v outside of %d bytes", s.key.start, s.key.end, s.Path(), len(text))
	}
	last := 0
	for i := range len(s.Text) {
		start, end := s.val.source(i, i+1)
		if start < last || end < start || end > len(text) {
			t.Fatalf("byte %d of %v maps to %d to %d, the one before to %d", i, s.Path(), start, end, last)
		}
		last = start
		if end == start+1 && text[start] != s.Text[i] && isNameByte(s.Text[i], false) {
			t.Errorf("byte %d of %v is %q, but %q in the source", i, s.Path(), s.Text[i], text[start])
		}
	}
}

// TestFaults checks that a malformed file yields one notice with its place, and
// that no notice quotes what it found there.
func TestFaults(t *testing.T) {
	const secret = "Winter-Lake-42"
	tests := []struct{ name, file, text, want string }{
		{"open list", "a.yaml", "a: 1\nb: [" + secret + "\n", "a.yaml:3: read in part as YAML: "},
		{"unknown alias", "a.yaml", "password: *" + secret + "\n", "a.yaml:1: read in part as YAML: an alias has no anchor"},
		{"percent", "a.yaml", "a: 1\npassword: %" + secret + "\n", "a.yaml:2: read in part as YAML: found character that cannot start any token"},
		{"tab", "a.yaml", "a:\n\tb: " + secret + "\n", "a.yaml:2: read in part as YAML: "},
		{"not UTF-8", "a.yaml", "a: 1\nb: \xff" + secret + "\n", "a.yaml:2: read in part as YAML: "},
		{"literal", "a.json", "{\n \"a\": W" + secret + "}", "a.json:2: not valid JSON: invalid"},
		{"second value", "a.json", "{\"a\": 1}\n{\"b\": 1\n" + secret + "}", "a.json:3: not valid JSON: invalid character"},
		{"after the value", "a.json", "{\"a\": 1}\n" + secret, "a.json:2: not valid JSON: invalid character after top-level value"},
		{"keyword", "a.json", "{\"a\":\n WinterLake}", "a.json:2: not valid JSON: invalid literal"},
		{"string", "a.json", "{\"password\": \"" + secret + "\x01\"}", "a.json:1: not valid JSON: invalid literal"},
		{"end", "a.json", "{\"password\": \"" + secret, "a.json:1: not valid JSON: "},
		{"bare string", "a.toml", "a = 1\npassword = " + secret, "a.toml:2: not valid TOML: "},
		{"quote", "a.toml", "password = \"x\" " + secret, "a.toml:1: not valid TOML: expected newline"},
		{"key", "a.toml", "password x = \"" + secret + "\"", "a.toml:1: not valid TOML: expected '=' after key"},
		{"end", "a.toml", "password = \"" + secret, "a.toml:1: not valid TOML: "},
		{"line", ".env", "A=1\nthe password is " + secret, ".env:2: read in part as env: neither"},
		{"quote", ".env", "PASSWORD=\"" + secret + "\nA=1", ".env:1: read in part as env: a quote is not closed"},
		{"escape", "a.properties", "a=1\npassword=\\u00" + secret, "a.properties:2: read in part as properties: four"},
	}
	for _, tt := range tests {
		t.Run(tt.file+"/"+tt.name, func(t *testing.T) {
			_, notices := read(tt.file, []byte(tt.text))
			if len(notices) != 1 {
				t.Fatalf("%d notices, want 1", len(notices))
			}
			n := notices[0]
			if n.ID != "malformed-file" || n.Level != "warning" || !strings.Contains(n.Message, tt.want) {
				t.Errorf("notice %+v, want %q", n, tt.want)
			}
			for _, part := range []string{"Winter", "Lake", "-42"} {
				if strings.Contains(n.Message, part) {
					t.Errorf("notice %q quotes the file", n.Message)
				}
			}
		})
	}
}

// TestTemplates checks that a template that is of no format even without its
// expressions is told as a note only.
func TestTemplates(t *testing.T) {
	_, notices := read("templates/secret.yaml", []byte("a: [1\n{{- if .Values.x }}\n  b: 1\n{{- end }}\n"))
	if len(notices) != 1 || notices[0].ID != "template-file" || notices[0].Level != "note" {
		t.Errorf("notices %+v, want one note", notices)
	}
}

// hostile returns texts that are made to take long or much memory.
func hostile() []struct{ name, file, text string } {
	lines := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	laughs := "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
	for i := 1; i < 30; i++ {
		laughs += fmt.Sprintf("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i, i-1, i-1, i-1, i-1, i-1, i-1)
	}
	return []struct{ name, file, text string }{
		{"brackets", "a.json", strings.Repeat("[", 100_000)},
		{"closed brackets", "a.json", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)},
		{"objects", "a.json", strings.Repeat(`{"a":`, 100_000)},
		{"one line", "a.json", `{"a":[` + strings.Repeat(`"x",`, 300_000) + `1]}`},
		{"brackets", "a.yaml", strings.Repeat("[", 100_000)},
		{"closed brackets", "a.yaml", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)},
		{"dashes", "a.yaml", strings.Repeat("- ", 100_000)},
		{"one wide line", "a.yaml", "[" + strings.Repeat("ü, ", 300_000) + "x]"},
		{"laughs", "a.yaml", laughs},
		{"cycle", "a.yaml", "a: &a\n  b: *a\n  c: [*a, *a]\n  <<: *a\n"},
		{"merge cycle", "a.yaml", "a: &a\n  b: &b {<<: *a, c: 1}\n  <<: *b\n"},
		{"faults", "a.yaml", strings.Repeat("a: b: c\n\tx: [\n", 100_000)},
		{"documents", "a.yaml", strings.Repeat("---\na: [\n", 30_000)},
		{"brackets", "a.toml", "a = " + strings.Repeat("[", 100_000)},
		{"tables", "a.toml", strings.Repeat("[a]\n=\n", 50_000)},
		{"dotted key", "a.toml", strings.Repeat("a.", 100_000) + "a = 1"},
		{"dotted key", "a.properties", strings.Repeat("a.", 100_000) + "a = 1"},
		{"keys", "a.properties", lines(100_000, "a.b%d=1\n")},
		{"backslashes", "a.properties", strings.Repeat("\\\n", 100_000)},
		{"quotes", ".env", lines(20_000, "A%d='\n")},
		{"open quotes", ".env", strings.Repeat("A=\"", 100_000)},
		{"parentheses", "a.tf", "a = " + strings.Repeat("(", 100_000)},
		{"operators", "a.tf", "a = " + strings.Repeat("!", 100_000) + "b"},
		{"conditions", "a.tf", "a = " + strings.Repeat("b ? c : ", 100_000) + "d"},
		{"blocks", "a.tf", strings.Repeat("a {\n", 100_000)},
		{"many", "a.tf", lines(100_000, "a%d = \"x\"\n")},
		{"holes", "a.tf", "a = \"" + strings.Repeat("${b}", 100_000) + "\""},
		{"elements", "a.xml", strings.Repeat("<a>", 100_000)},
		{"attributes", "a.xml", "<a " + lines(100_000, "b%d='x' ") + "/>"},
		{"entities", "a.xml", "<a>" + strings.Repeat("&amp;", 100_000) + "</a>"},
		{"blocks", "nginx.conf", strings.Repeat("a {", 100_000)},
		{"words", "nginx.conf", strings.Repeat("a ", 500_000)},
		{"quotes", "nginx.conf", strings.Repeat("a \"", 100_000)},
		{"sections", "httpd.conf", strings.Repeat("<a>\n", 100_000)},
		{"continued", "httpd.conf", strings.Repeat("a \\\n", 100_000)},
		{"arguments", "httpd.conf", "a " + strings.Repeat("b=c ", 300_000)},
		{"sections", "a.ini", lines(100_000, "[a%d]\nb=c\n")},
		{"quotes", "a.ini", "a = " + strings.Repeat("\"", 500_000)},
		{"continued", "a.service", "[a]\n" + strings.Repeat("b=\\\n", 100_000)},
		{"assignments", "a.service", "Environment=" + strings.Repeat("b=\"c ", 300_000)},
		{"quotes in assignments", "a.service", "Environment=" + strings.Repeat("'\" ", 300_000)},
		{"registries", ".npmrc", lines(100_000, "//a%d/:_authToken=b\n")},
		{"machines", ".netrc", strings.Repeat("machine a password b\n", 60_000)},
		{"macros", ".netrc", strings.Repeat("macdef ", 300_000)},
		{"quotes", ".netrc", strings.Repeat("password \"\\\"", 200_000)},
		{"colons", ".pgpass", strings.Repeat(":", 2_000_000)},
		{"backslashes", ".pgpass", strings.Repeat("\\:", 1_000_000)},
		{"users", ".htpasswd", strings.Repeat("a:b\n", 100_000)},
		{"expressions", "a.yaml", "a: [" + strings.Repeat("{{b}}", 100_000)},
		{"lines of expressions", "a.yaml", "a: [\n" + strings.Repeat("{{if}} {{end}}\n", 34_000)},
		{"open expressions", "a.json", "[" + strings.Repeat("{{ ", 300_000)},
		{"statements", "a.sql", strings.Repeat("a=b;", 900_000)},
		{"options", "a.sql", strings.Repeat("options (", 400_000)},
		{"quotes", "a.sql", strings.Repeat("'", 3_000_000)},
		{"dollars", "a.sql", strings.Repeat("$a", 2_000_000)},
		{"rows", "a.sql", "insert into a (b) values " + strings.Repeat("('c'),", 300_000)},
		{"blocks", "a.bru", strings.Repeat("a {\n", 100_000)},
		{"large", "a.yaml", strings.Repeat("# ---- \n", 6_600_000)},
		{"large", "a.json", "[" + strings.Repeat("1,", 25_000_000) + "1]"},
		{"large", "a.toml", strings.Repeat("a = 1\n", 8_000_000)},
	}
}

// TestHostileInput checks that nothing takes much longer than a long ordinary
// file, or much memory, whatever the input.
func TestHostileInput(t *testing.T) {
	const most = 30
	usual := []byte(strings.Repeat("- key: value # text\n", 100_000))
	y := cost.Beside(func() { read("a.yaml", usual) })
	for _, tt := range hostile() {
		t.Run(tt.file+"/"+tt.name, func(t *testing.T) {
			data := []byte(tt.text)
			var before, after runtime.MemStats
			var docs []*Setting
			runtime.GC()
			times := y.Times(most, func() {
				runtime.ReadMemStats(&before)
				docs, _ = read(tt.file, data)
				runtime.ReadMemStats(&after)
			})
			count := 0
			for _, doc := range docs {
				doc.All(func(*Setting) { count++ })
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 1<<30 {
				t.Errorf("%d MB allocated", used>>20)
			}
			if times > most {
				t.Errorf("costs %.0f times what an ordinary file does", times)
			}
			if count > maxMarks*3+maxAliased {
				t.Errorf("%d settings", count)
			}
			t.Logf("%d KB, %d settings, %.1f times an ordinary file, %d MB", len(data)>>10, count, times, (after.TotalAlloc-before.TotalAlloc)>>20)
		})
	}
}

// fuzzReader fuzzes one reader, seeded with the cases of the format.
func fuzzReader(f *testing.F, file string) {
	want := formatOf(file).name
	for _, tt := range placeCases {
		if formatOf(tt.file).name == want {
			f.Add([]byte(strings.NewReplacer("‹", "", "›", "").Replace(tt.text)))
		}
	}
	for _, s := range samples {
		if s.reader == readerOf(file) {
			f.Add([]byte(s.text))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, notices := read(file, data)
		for _, doc := range docs {
			doc.All(func(s *Setting) { checkPlaces(t, s, string(data)) })
		}
		for _, n := range notices {
			if n.Where.Line < 1 || n.Where.Line > bytes.Count(data, []byte("\n"))+1 {
				t.Errorf("notice at line %d", n.Where.Line)
			}
		}
	})
}

func FuzzYAML(f *testing.F)       { fuzzReader(f, "a.yaml") }
func FuzzJSON(f *testing.F)       { fuzzReader(f, "a.json") }
func FuzzTOML(f *testing.F)       { fuzzReader(f, "a.toml") }
func FuzzHCL(f *testing.F)        { fuzzReader(f, "a.tf") }
func FuzzXML(f *testing.F)        { fuzzReader(f, "a.xml") }
func FuzzBlocks(f *testing.F)     { fuzzReader(f, "nginx.conf") }
func FuzzLines(f *testing.F)      { fuzzReader(f, ".htaccess") }
func FuzzConf(f *testing.F)       { fuzzReader(f, "httpd.conf") }
func FuzzBru(f *testing.F)        { fuzzReader(f, "a.bru") }
func FuzzEnv(f *testing.F)        { fuzzReader(f, ".env") }
func FuzzProperties(f *testing.F) { fuzzReader(f, "a.properties") }
