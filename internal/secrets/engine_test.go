package secrets

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/authlint/authlint/internal/authtest/cost"
	"github.com/authlint/authlint/internal/secrets/secrettest"
)

func mustNew(t testing.TB, opts Options) *Engine {
	t.Helper()
	e, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// describe returns matches as "rule line:start-end", without their text.
func describe(matches []Match) string {
	var list []string
	for _, m := range matches {
		text := fmt.Sprintf("%s %d:%d-%d", m.RuleID, m.Line, m.SecretStart, m.SecretEnd)
		if m.Allowed {
			text += " allowed"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// TestRules runs small configurations on small texts. The outcome of each is
// gitleaks' own, but for the last ones, where the difference is meant.
func TestRules(t *testing.T) {
	const q = "[[rules]]\nid = 'q'\nregex = 'Q\\w+'\n"
	tests := []struct{ name, config, path, text, want string }{
		{"plain", q, "a", "x Qab y", "q 1:2-5"},
		{"keyword missing", q + "keywords = ['zz']", "a", "Qab", ""},
		{"keyword anywhere", q + "keywords = ['zz']", "a", "Qab\n\nZZ", "q 1:0-3"},
		{"Kelvin sign in a keyword", q + "keywords = ['key']", "a", "Qab \u212aEY", "q 1:0-3"},
		{"dotted capital i in a keyword", q + "keywords = ['id']", "a", "Qab İd", "q 1:0-3"},
		{"long s is none", q + "keywords = ['sid']", "a", "Qab ſid", ""},
		{"keyword beyond ASCII", q + "keywords = ['schlüssel']", "a", "Qab SCHLÜSSEL", "q 1:0-3"},
		{"first group that is not empty", "[[rules]]\nid='g'\nregex='(x)?=(\\w+)'", "a", "=ab", "g 1:1-3"},
		{"named group", "[[rules]]\nid='g'\nregex='(\\w)=(\\w+)'\nsecretGroup=2", "a", "k=ab", "g 1:2-4"},
		{"assertion that fails on the match alone", "[[rules]]\nid='g'\nregex='\\Bq(w)'", "a", "aqw", "g 1:1-3"},
		{"line ends around", "[[rules]]\nid='g'\nregex='\\n+secret\\n'", "a", "\n\nsecret\n", "g 2:2-8"},
		{"entropy at the limit", q + "entropy = 1.0", "a", "QQaa", ""},
		{"entropy above the limit", q + "entropy = 1.0", "a", "QQab", "q 1:0-4"},
		{"path", q + "path = '\\.go$'", "a.go", "Qab", "q 1:0-3"},
		{"other path", q + "path = '\\.go$'", "a.c", "Qab", ""},
		{"path alone", "[[rules]]\nid='p'\npath='\\.p12$'", "a.p12", "x", "p 1:0-0"},
		{"stopword", q + "[[rules.allowlists]]\nstopwords=['AB']", "a", "Qab Qcd", "q 1:4-7"},
		{"regex of the secret", q + "[[rules.allowlists]]\nregexes=['^Qa']", "a", "Qab Qcd", "q 1:4-7"},
		{"regex of the match", "[[rules]]\nid='g'\nregex='(\\w)=(\\w+)'\nsecretGroup=2\n[[rules.allowlists]]\nregexTarget='match'\nregexes=['k=']", "a", "k=ab l=ab", "g 1:7-9"},
		{"regex of the line", q + "[[rules.allowlists]]\nregexTarget='line'\nregexes=['no']", "a", "Qab no\nQcd", "q 2:7-10"},
		{"start of a line but the first", q + "[[rules.allowlists]]\nregexTarget='line'\nregexes=['^x']", "a", "x Qab\nx Qcd\n", "q 2:8-11"},
		{"path and regex, both", q + "[[rules.allowlists]]\ncondition='AND'\npaths=['a']\nregexes=['Qab']", "a", "Qab Qcd", "q 1:4-7"},
		{"path and regex, other path", q + "[[rules.allowlists]]\ncondition='&&'\npaths=['b']\nregexes=['Qab']", "a", "Qab", "q 1:0-3"},
		{"path or regex", q + "[[rules.allowlists]]\npaths=['a']\nregexes=['Qab']", "a", "Qab Qcd", ""},
		{"commit and path", q + "[[rules.allowlists]]\ncondition='AND'\npaths=['a']\ncommits=['abc']", "a", "Qab", "q 1:0-3"},
		{"global path", q + "[allowlist]\npaths=['a']", "a", "Qab", ""},
		{"global path and regex", q + "[[allowlists]]\ncondition='AND'\npaths=['a']\nregexes=['Qab']", "a", "Qab Qcd", "q 1:4-7"},
		{"global for one rule", q + "[[rules]]\nid='r'\nregex='Q\\w+'\n[[allowlists]]\ntargetRules=['r']\nregexes=['.']", "a", "Qab", "q 1:0-3"},
		{"flags of joined expressions", q + "[[rules.allowlists]]\nregexes=['(?i)zz', 'qAB']", "a", "Qab", ""},
		{"allowed on its line", q, "a", "Qab # gitleaks:allow\nQcd\n", "q 1:0-3 allowed, q 2:21-24"},
		{"allowed on the last line of a match", "[[rules]]\nid='g'\nregex='Q\\s+b'", "a", "Q\nb gitleaks:allow\n", "g 1:0-3 allowed"},
		{"allowed on the line before", q, "a", "gitleaks:allow\nQab\n", "q 2:15-18"},
		{"generic within another", q + "[[rules]]\nid='generic'\nregex='a\\w*'", "a", "Qab", "q 1:0-3"},
		{"generic around another", q + "[[rules]]\nid='generic'\nregex='.*'", "a", "-Qab", "generic 1:0-4, q 1:1-4"},
		{"required near", q + "required=[{id='r', withinLines=1}]\n[[rules]]\nid='r'\nregex='R'\nskipReport=true", "a", "R\nQab", "q 2:2-5"},
		{"required too far", q + "required=[{id='r', withinLines=1}]\n[[rules]]\nid='r'\nregex='R'\nskipReport=true", "a", "R\n\n\nQab", ""},
		{"required missing", q + "required=[{id='r'}]\n[[rules]]\nid='r'\nregex='R'\nskipReport=true", "a", "Qab", ""},
		{"required within columns", q + "required=[{id='r', withinColumns=3}]\n[[rules]]\nid='r'\nregex='R'", "a", "Qab   R\n   Qab\nQab\n", "r 1:6-7, q 2:11-14"},
		{"older form", q + "[rules.allowlist]\nregexes=['Qab']", "a", "Qab Qcd", "q 1:4-7"},

		// Ours alone.
		{"allowed at the top, last line without end", q, "a", "gitleaks:allow\nx\nQab", "q 3:17-20"},
		{"binary", q, "a", "Qab\x00", ""},
		{"byte order mark", q, "a", "\ufeffQab", "q 1:3-6"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := mustNew(t, Options{Name: "c.toml", Config: []byte(tt.config), NoPacks: true})
			if got := describe(e.Scan(tt.path, []byte(tt.text))); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestUTF16(t *testing.T) {
	e := mustNew(t, Options{Name: "c.toml", Config: []byte("[[rules]]\nid = 'q'\nregex = 'Q\\w+'"), NoPacks: true})
	text := "é😀 Qab\nx"
	for _, order := range []string{"little", "big"} {
		data := []byte{0xff, 0xfe}
		if order == "big" {
			data = []byte{0xfe, 0xff}
		}
		for _, unit := range utf16.Encode([]rune(text)) {
			if order == "big" {
				data = append(data, byte(unit>>8), byte(unit))
			} else {
				data = append(data, byte(unit), byte(unit>>8))
			}
		}
		data = append(data, 0) // half a unit
		// Behind the mark: é has 2 bytes, the emoji 4, the blank 2.
		if got, want := describe(e.Scan("a", data)), "q 1:10-16"; got != want {
			t.Errorf("%s endian: found %q, want %q", order, got, want)
		}
	}
}

func TestOwnConfig(t *testing.T) {
	e := mustNew(t, Options{Name: "c.toml", Config: []byte("[[rules]]\nid = 'q'\nregex = 'Q\\w+'"), NoPacks: true})
	if got := describe(e.Scan("c.toml", []byte("Qa"))); got != "" {
		t.Errorf("found %q in the configuration itself", got)
	}
}

// TestDefaultRules compiles everything of the default set and of the packs,
// which a run does only as needed.
func TestDefaultRules(t *testing.T) {
	e := mustNew(t, Options{})
	c := e.rules()
	check := func(lists []*allowlist) {
		for _, a := range lists {
			if a.paths != nil {
				a.paths.regex()
			}
			if a.regexes != nil {
				a.regexes()
			}
			if a.stopwords != nil {
				a.stopwords()
			}
		}
	}
	check(c.allowlists)
	for _, r := range c.rules {
		check(r.allowlists)
		if r.Regex != "" && r.SecretGroup > r.regex().NumSubexp() {
			t.Errorf("%s: no group %d", r.ID, r.SecretGroup)
		}
		if r.path != nil {
			r.path.regex()
		}
		for _, part := range r.Required {
			if c.byID[part.ID] == nil {
				t.Errorf("%s requires %s, which does not exist", r.ID, part.ID)
			}
		}
	}
	if ids := e.RuleIDs(); len(ids) < 222 || !slices.Contains(ids, "generic-api-key") {
		t.Errorf("%d rules", len(ids))
	}
	if _, err := parseConfig("default", []byte(defaultText()), false); err != nil {
		t.Errorf("the strict reader refuses the default rules: %v", err)
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	e := mustNew(t, Options{NoPacks: true})
	token := secrettest.Expand("ghp_{{alnum36}}")
	matches := e.Scan("a", []byte("x = '"+token+"'\n"))
	if len(matches) != 1 || matches[0].RuleID != "github-pat" {
		t.Fatalf("found %q", describe(matches))
	}
	if text := fmt.Sprintf("%v %+v %#v", matches, matches, matches); strings.Contains(text, token[8:]) {
		t.Error("a printed match shows the secret")
	}
}

// TestConcurrentScans lets several goroutines make the first scan.
func TestConcurrentScans(t *testing.T) {
	e := mustNew(t, Options{})
	text := []byte(secrettest.Expand("key = 'ghp_{{alnum36}}'\n"))
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := describe(e.Scan("a", text)); got != "github-pat 1:7-47" {
				t.Errorf("found %q", got)
			}
		})
	}
	wait.Wait()
}

// TestManyMatches pins that matches on one long line, or close to each other, do
// not cost much more than on lines of their own: gitleaks takes minutes for this.
func TestManyMatches(t *testing.T) {
	e := mustNew(t, Options{NoPacks: true})
	scan := func(after string) func() {
		var b strings.Builder
		for i := range 3000 {
			b.WriteString(secrettest.Expand(fmt.Sprintf("%d key='{{alnum24}}' ghp_{{alnum36}}", i)))
			b.WriteString(after)
		}
		text := []byte(b.String())
		return func() {
			if found := e.Scan("a.json", text); len(found) < 4500 {
				t.Errorf("%d matches", len(found))
			}
		}
	}
	const most = 10
	if times := cost.Beside(scan("\n\n\n\n\n\n\n\n")).Times(most, scan(" ")); times > most {
		t.Errorf("on one line matches cost %.1f times what they do on lines of their own", times)
	}
}

// TestNoWorkBeforeScan pins that an engine costs nothing until it is used.
func TestNoWorkBeforeScan(t *testing.T) {
	if allocs := testing.AllocsPerRun(10, func() { _ = mustNew(t, Options{}) }); allocs > 10 {
		t.Errorf("%v allocations for an engine that is not used", allocs)
	}
}

// FuzzScan feeds foreign files and looks at the places of what is found.
func FuzzScan(f *testing.F) {
	for _, template := range []string{
		"ghp_{{alnum36}}\n", "\ufeffpassword = '{{alnum20}}' # gitleaks:allow", "\xff\xfea\x00b\x00", "-----BEGIN PRIVATE KEY-----\n{{base64bytes90}}\n-----END PRIVATE KEY-----",
		"Authorization: App {{hex32}}-{{uuid}}",
	} {
		f.Add("a/b.yaml", []byte(secrettest.Expand(template)))
	}
	e := mustNew(f, Options{})
	f.Fuzz(func(t *testing.T, path string, data []byte) {
		for _, m := range e.Scan(path, data) {
			if m.FileOnly {
				continue
			}
			if m.Start < 0 || m.Start > m.SecretStart || m.SecretStart > m.SecretEnd || m.SecretEnd > m.End || m.End > len(data) {
				t.Fatalf("%s: secret %d-%d in match %d-%d of %d bytes", m.RuleID, m.SecretStart, m.SecretEnd, m.Start, m.End, len(data))
			}
			if hasMark16(data) || m.Depth > 0 {
				continue // the place holds the text as it was before it was decoded
			}
			if string(data[m.SecretStart:m.SecretEnd]) != m.Secret.Reveal() || string(data[m.Start:m.End]) != m.Text.Reveal() {
				t.Errorf("%s: the place holds another text", m.RuleID)
			}
		}
	})
}
