package snippet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest/cost"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/snippet"
	"github.com/authlint/authlint/rules"
)

// extensions are those of the languages.
var extensions = []string{".java", ".cs", ".kt", ".rs", ".ts", ".php", ".py", ".rb"}

// TestGrades checks that test code and documentation, known by the names of
// their folders, are graded as such.
func TestGrades(t *testing.T) {
	cat := catalogue(t)
	text := []byte("import requests\nrequests.get('https://api.example.org', auth=('robot', 'Winter-Lake-42'))\n")
	for _, tt := range []struct{ name, grade string }{
		{"shop/client.py", "certain"}, {"tests/client.py", "test"}, {"examples/client.py", "test"}, {"docs/client.py", "document"},
	} {
		found := (&practice.Judge{Catalogue: cat}).Findings(snippet.Observe(embed.File(tt.name, text), cat).Observations)
		if len(found) != 1 || !slices.Contains(found[0].Grades, tt.grade) {
			t.Errorf("%s: findings %v, want one with the grade %s", tt.name, found, tt.grade)
		}
	}
}

// TestFence checks places in code that stands indented in a document.
func TestFence(t *testing.T) {
	cat := catalogue(t)
	file := embed.File("guide.md", []byte("- Send it:\n\n  ```js\n  fetch(url, {headers: {Authorization: 'Bearer \\x57inter-Lake-42'}})\n  ```\n"))
	var b embed.Builder
	line := strings.Index(string(file.Data), "fetch")
	b.Copy(file.Data, line, len(file.Data)-7)
	part := file.Inside(embed.OfTag("js"), &b)
	if !snippet.Reads(part) {
		t.Fatal("the fence is not read")
	}
	var places []string
	for _, o := range snippet.Observe(part, cat).Observations {
		if c, ok := o.(*practice.Credential); ok {
			places = append(places, fmt.Sprintf("%d:%d-%d", c.At.Line, c.At.Column, c.At.EndColumn))
		}
	}
	if want := []string{"4:48-65"}; !slices.Equal(places, want) {
		t.Errorf("credentials at %v, want %v", places, want)
	}
}

// TestSecretsStayHidden checks that no observation holds a secret of the fixtures
// in clear, also where the text is broken.
func TestSecretsStayHidden(t *testing.T) {
	cat := catalogue(t)
	for name, text := range fixtures(t) {
		for _, broken := range []string{text, strings.ReplaceAll(text, ")", ""), strings.ReplaceAll(text, "{", "")} {
			for _, o := range snippet.Observe(embed.File(name, []byte(broken)), cat).Observations {
				switch o := o.(type) {
				case *practice.Request: // known text; the reports redact it
					o.URL.Alternatives, o.Auth, o.Query, o.Form = nil, nil, nil, nil
				case *practice.Connection:
					o.Address.Alternatives = nil
				}
				if printed := fmt.Sprintf("%+v", o); strings.Contains(printed, "Lake") {
					t.Errorf("%s: an observation tells a secret", name)
				}
			}
		}
	}
}

// TestDull checks that files without the name of a library are not read, nor are
// those that machines wrote or that are no programs of these languages.
func TestDull(t *testing.T) {
	for name, text := range map[string]string{
		"a.py": "print('hello')\n", "a.java": "class A { int b = 1; }\n", "a.txt": "requests.get(url)\n", "a.min.js": "fetch('http://a')", "a.go": "package a",
	} {
		if snippet.Reads(embed.File(name, []byte(text))) {
			t.Errorf("%s is read", name)
		}
	}
	cat := catalogue(t)
	long := "fetch('http://a.example.org',{headers:{Authorization:'Bearer '+token}});"
	if out := snippet.Observe(embed.File("bundle.js", []byte(strings.Repeat(long, 200))), cat); len(out.Observations) > 0 {
		t.Error("a bundle is observed")
	}
	if out := snippet.Observe(embed.File("big.js", []byte(strings.Repeat(long+"\n", snippet.MaxSize/len(long)))), cat); len(out.Notices) != 1 {
		t.Errorf("%d notices of a file that is too big, want 1", len(out.Notices))
	}
}

// TestBounds checks that deep and broken texts cost no more than others.
func TestBounds(t *testing.T) {
	cat := catalogue(t)
	const n, most = 20_000, 30
	usual := embed.File("a.py", []byte("import requests\n"+strings.Repeat("requests.get('https://a.example.org/' + name, auth=('robot', password))\n", n/10)))
	y := cost.Beside(func() { snippet.Observe(usual, cat) })
	for what, text := range map[string]string{
		"brackets":  "requests fetch( HttpClient " + strings.Repeat("(", n) + "x" + strings.Repeat(")", n),
		"open":      "requests fetch( HttpClient " + strings.Repeat("f([{", n),
		"closed":    "requests fetch( HttpClient " + strings.Repeat(")]}", n),
		"members":   "requests fetch( HttpClient a" + strings.Repeat(".b(1)", n),
		"sums":      "requests fetch( HttpClient a = 'x'" + strings.Repeat(" + 'y' + z", n),
		"strings":   "requests fetch( HttpClient " + strings.Repeat("\"${", n),
		"templates": "requests fetch( HttpClient " + strings.Repeat("`${", n),
		"comments":  "requests fetch( HttpClient " + strings.Repeat("/*", n),
		"variables": "requests fetch( HttpClient\n" + strings.Repeat("a = a + 'x' + a\n", n/4),
		"types":     "requests fetch( HttpClient " + strings.Repeat("a<", n),
		"choices":   "requests fetch( HttpClient x = " + strings.Repeat("a ? b : ", n),
		"functions": "requests fetch( HttpClient\n" + strings.Repeat("def f(a):\n x = f(a)\n", n/4),
		"spread":    "requests fetch( HttpClient\nx = {a: 1}\n" + strings.Repeat("x = {...x, ...x, b: 2}\n", n/40),
		"documents": "requests fetch( HttpClient\n" + strings.Repeat("<<<A\n<<~A\n", n),
		"regexps":   "requests fetch( HttpClient\n" + strings.Repeat("\n", 200) + "x = " + strings.Repeat("(/[", 2*n),
		"formats":   "requests fetch( HttpClient\n" + strings.Repeat("\n", 200) + strings.Repeat("f\"{x $\"{x \"${x ", 2*n),
		"members2":  "requests fetch( HttpClient\nx = {}\n" + strings.Repeat("x['a'] = {'b': x}\n", n/4),
	} {
		for _, extension := range extensions {
			file := embed.File("a"+extension, []byte(text))
			if times := y.Times(most, func() { snippet.Observe(file, cat) }); times > most {
				t.Errorf("%s in a file %s cost %.0f times what ordinary code does", what, extension, times)
			}
		}
	}
}

// FuzzObserve checks that no text makes the front end fail, or report a place
// outside of the text.
func FuzzObserve(f *testing.F) {
	for name, text := range fixtures(f) {
		kind := slices.IndexFunc(extensions, func(e string) bool { return strings.HasSuffix(name, e) })
		f.Add(max(0, kind), text)
	}
	cat, err := rules.Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, kind int, text string) {
		for _, found := range findings(cat, "a"+extensions[max(0, kind)%len(extensions)], "requests fetch( HttpClient\n"+text) {
			if found == "" {
				t.Error("a finding without place")
			}
		}
	})
}

// BenchmarkObserve measures an ordinary file of each language, and one that
// holds nothing of interest.
func BenchmarkObserve(b *testing.B) {
	cat := catalogue(b)
	all := fixtures(b)
	for _, name := range []string{"java/Basic.java", "python/basic.py", "javascript/basic.js", "php/basic.php", "ruby/basic.rb", "csharp/Basic.cs", "rust/basic.rs"} {
		text := embed.File(name, []byte(strings.Repeat(all[name]+"\n", 20)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text.Data)))
			b.ReportAllocs()
			for b.Loop() {
				snippet.Observe(text, cat)
			}
		})
	}
	code := embed.File("plain.ts", []byte("import x from 'axios';\n"+strings.Repeat("export function add(a: number, b: number): number {\n  return a + b * list.map((v) => v.size).length;\n}\n", 500)))
	b.Run("code", func(b *testing.B) {
		b.SetBytes(int64(len(code.Data)))
		for b.Loop() {
			snippet.Observe(code, cat)
		}
	})
	dull := embed.File("dull.ts", []byte(strings.Repeat("export const colour = 'blue';\n", 10_000)))
	b.Run("dull", func(b *testing.B) {
		b.SetBytes(int64(len(dull.Data)))
		for b.Loop() {
			snippet.Reads(dull)
		}
	})
}
