package settings

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/authlint/authlint/internal/authtest/cost"
)

// samples hold for each reader the name of a file that it reads and a text, which
// can be put behind itself.
var samples = []struct{ reader, file, text string }{
	{"readYAML", "a.yaml", "a:\n  - b: {password: Winter-Lake-42, c: 'it''s'}\n    d: \"\\t$X\"\n    e: |\n      one\n      two\n    f: >-\n      three\n---\n"},
	{"readJSON", "a.json", "{\"a\": [{\"password\": \"Winter-Lake-42\", \"b\": \"\\u00e9\\n\"}, -1.5e3, null], // c\n \"d\": {}}\n"},
	{"readTOML", "a.toml", "[[a]]\npassword = \"Winter-Lake-42\" # b\nc = [1, 'x', {d = '''\ny'''}]\n"},
	{"readHCL", "a.tf", "resource \"a\" \"b\" {\n  password = \"Winter-Lake-42\"\n  c = <<EOT\nx\nEOT\n  d = var.e ? \"f\" : [g(1), { h = 2 }]\n}\n"},
	{"readXML", "a.xml", "<a><b c=\"Winter-Lake-42\" name='d'>x &amp; y</b><![CDATA[z]]><!-- e --></a>\n"},
	{"readProperties", "a.properties", "a.password = Winter-Lake-42 \\\n  more\nb: \\u00e9\n# c\n"},
	{"readEnv", ".env", "export PASSWORD=\"Winter-Lake-42\" # a\nB='c\nd'\nE=f${G}\n"},
	{"readSQL", "a.sql", "INSERT INTO a (b, `c`) VALUES (1, 'Winter-Lake-42'), ('x', f($q$y$q$)); -- d\n/* e */ SET x = N'z';\nCOPY a (b, c) FROM stdin;\n1\t2\n\\.\n"},
	{"readBru", "a.bru", "post {\n  url: https://a.example.com\n}\nauth:basic {\n  password: Winter-Lake-42\n}\nbody:json {\n  {\"a\": 1}\n}\nvars:secret [\n  b\n]\n"},
	{"readBlocks", "nginx.conf", "a {\n  b \"Winter-Lake-42\" ${c}; # d\n  proxy_set_header X-Api-Key e;\n}\n"},
	{"readLines", ".htaccess", "<A b>\n  Password \"Winter-Lake-42\" # c\n  SetEnv D e \\\n f=g\n</A>\nhttp-request set-header X-A b c\n"},
	{"readConf", "a.conf", "[a]\npassword = Winter-Lake-42\n# b\nc = d;\n"},
	{"readINI", "a.ini", "[a]\npassword = \"Winter-Lake-42\" ; b\nc: d\n"},
	{"readUnit", "a.service", "[Service]\nEnvironment=PASSWORD=Winter-Lake-42 \\\n 'A=b c'\nExecStart=/bin/a\n"},
	{"readNPM", ".npmrc", "//npm.example.com/:_authToken=Winter-Lake-42\na=b\n"},
	{"readNetrc", ".netrc", "machine a login b password \"Winter-Lake-42\"\nmacdef c\nd\n\ndefault login e # f\n"},
	{"readPgpass", ".pgpass", "a:5432:b:c:Winter-Lake\\:42\n# d\n"},
	{"readLDIF", "a.ldif", "dn: cn=a\nuserPassword: Winter-Lake-42\nuserPassword:: V2ludGVyLUxha2UtNDM=\nb: c\n  d\n\n# e\n"},
	{"readJasmin", "a.jcli", "user -a\nusername b\npassword Winter-Lake-42\nok\n# c\n"},
	{"readWords", "a.secrets", "a : PSK \"Winter-Lake-42\"\n# b\n"},
	{"readHtpasswd", ".htpasswd", "a:Winter-Lake-42\nb:$2y$05$abc # c\n"},
}

// readerOf returns the name of the function that reads a file.
func readerOf(file string) string {
	f := formatOf(file)
	if f == nil {
		return ""
	}
	name := runtime.FuncForPC(reflect.ValueOf(f.read).Pointer()).Name()
	return name[strings.LastIndexByte(name, '.')+1:]
}

// parsed returns the declarations of functions in the files of this folder.
func parsed(t *testing.T, pattern string) []*ast.FuncDecl {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	var list []*ast.FuncDecl
	for _, file := range files {
		syntax, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range syntax.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				list = append(list, f)
			}
		}
	}
	return list
}

// TestEveryReader sees to it that each reader has a sample for the tests below and
// a fuzz target.
func TestEveryReader(t *testing.T) {
	fuzzed := map[string]string{}
	for _, f := range parsed(t, "*_test.go") {
		if !strings.HasPrefix(f.Name.Name, "Fuzz") {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 2 {
				return true
			}
			if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "fuzzReader" {
				if file, ok := call.Args[1].(*ast.BasicLit); ok {
					text, _ := strconv.Unquote(file.Value)
					fuzzed[readerOf(text)] = f.Name.Name
				}
			}
			return true
		})
	}
	count := 0
	for _, f := range parsed(t, "*.go") {
		results := f.Type.Results
		if !strings.HasPrefix(f.Name.Name, "read") || results == nil || len(results.List) != 2 || len(f.Type.Params.List) != 1 {
			continue
		}
		if star, ok := f.Type.Params.List[0].Type.(*ast.StarExpr); !ok || star.X.(*ast.Ident).Name != "source" {
			continue
		}
		count++
		at := slices.IndexFunc(samples, func(s struct{ reader, file, text string }) bool { return s.reader == f.Name.Name })
		switch {
		case at < 0:
			t.Errorf("%s has no sample", f.Name.Name)
		case readerOf(samples[at].file) != f.Name.Name:
			t.Errorf("%s is read by %s, not by %s", samples[at].file, readerOf(samples[at].file), f.Name.Name)
		}
		if fuzzed[f.Name.Name] == "" {
			t.Errorf("%s has no fuzz target", f.Name.Name)
		}
	}
	if count != len(samples) {
		t.Errorf("%d readers, %d samples", count, len(samples))
	}
}

// TestBroken checks that what is cut short, garbled, nested or of another format
// costs a notice at most, and that all that is read stands where it says.
func TestBroken(t *testing.T) {
	for _, s := range samples {
		t.Run(s.reader, func(t *testing.T) {
			check := func(what, text string) {
				docs, notices := read(s.file, []byte(text))
				if len(notices) > 1 {
					t.Errorf("%s: %d notices", what, len(notices))
				}
				for _, n := range notices {
					if strings.Contains(n.Message, "Lake") {
						t.Errorf("%s: a notice tells a secret", what)
					}
				}
				for _, doc := range docs {
					doc.All(func(at *Setting) { checkPlaces(t, at, text) })
				}
			}
			for i := range s.text {
				check("cut short", s.text[:i])
				check("begun late", s.text[i:])
				check("without a byte", s.text[:i]+s.text[i+1:])
				for _, b := range []string{"\x00", "\xff", "\"", "'", "{", "}", "[", "\n", "\\", "<", "$", ":", "=", "#"} {
					check("with "+strconv.Quote(b), s.text[:i]+b+s.text[i+1:])
				}
			}
			for _, other := range samples {
				check("as "+other.reader, other.text)
			}
			for _, open := range []string{"{", "[", "(", "<a>", "a {\n", "- ", "${", "{{", "/*", "$a$", "a:\n", "\"", "'", "`"} {
				check("nested "+open, strings.Repeat(open, 3000))
			}
			check("a cycle", "a: &a\n  b: *a\n  <<: *a\nc: &b [*b]\n")
		})
	}
}

// TestLinear checks that no reader takes more than in proportion to the size.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	const most, tries = 3.0, 8
	const first, last, least = 32 << 10, 1 << 20, 8 * time.Millisecond
	took := func(file string, data []byte) time.Duration {
		best := time.Hour
		for range 3 {
			best = min(best, cost.Of(func() { read(file, data) }))
		}
		return best
	}
	for _, s := range samples {
		t.Run(s.reader, func(t *testing.T) {
			once := strings.Repeat(s.text, first/len(s.text))
			for len(once) < last && took(s.file, []byte(once)) < least { // long enough to be measured
				once += once
			}
			ratio := 0.0
			for range tries {
				ratio = float64(took(s.file, []byte(once+once))) / float64(took(s.file, []byte(once)))
				if ratio <= most {
					return
				}
			}
			t.Errorf("twice the size takes %.1f times as long", ratio)
		})
	}
}
