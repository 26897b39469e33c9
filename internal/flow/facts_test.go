package flow

import (
	"bytes"
	"encoding/gob"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

const factSource = `// Package a has a function for each kind of fact.
package a

import (
	"net/http"
	"os"
)

type Client struct{ base, user, password string }

func New(base, password string) *Client {
	return &Client{base: base, user: "ops", password: password}
}

func (c *Client) Get(path string) error {
	r, err := http.NewRequest("GET", c.base+path, nil)
	if err != nil {
		return err
	}
	r.SetBasicAuth(c.user, c.password)
	_, err = http.DefaultClient.Do(r)
	return err
}

func Env(key, fallback string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return fallback
}

func Login(r *http.Request, secret string) { r.Header.Set("Authorization", "Bearer "+secret) }

func Default() string { return "PLANTED" }

var Exported = "PLANTED"

func URL(host string) string { return "https://" + host + "/v1" }
`

// factsOf analyses one package with the source and returns its facts.
func factsOf(t testing.TB, source string) map[string]analysis.Fact {
	t.Helper()
	facts := map[string]analysis.Fact{}
	for _, of := range objectFactsOf(t, source) {
		switch of.Fact.(type) {
		case *Checks, *Stores: // beside what others tell of the same functions
		default:
			facts[of.Object.Name()] = of.Fact
		}
	}
	return facts
}

// objectFactsOf returns all facts about the objects of a package.
func objectFactsOf(t testing.TB, source string) []analysis.ObjectFact {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module facts.test/a\n\ngo 1.26\n", "a.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir, Env: append(os.Environ(), "GOWORK=off")}, ".")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var facts []analysis.ObjectFact
	for _, root := range graph.Roots {
		if res, ok := root.Result.(*Result); !ok || res.Partial {
			t.Fatalf("%s was not analysed whole", root)
		}
		for _, of := range root.AllObjectFacts() {
			if of.Object.Pkg() == root.Package.Types {
				facts = append(facts, of)
			}
		}
	}
	return facts
}

func encode(t *testing.T, fact analysis.Fact) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(fact); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFactsEncode checks that facts survive gob: the same bytes each time, and
// the same again after a round trip.
func TestFactsEncode(t *testing.T) {
	facts := factsOf(t, factSource)
	for _, name := range []string{"New", "Get", "Env", "Login", "Default", "Exported", "URL"} {
		if facts[name] == nil {
			t.Errorf("%s has no fact", name)
		}
	}
	for name, fact := range facts {
		first := encode(t, fact)
		if !bytes.Equal(first, encode(t, fact)) {
			t.Errorf("%s: two encodings differ", name)
		}
		var back analysis.Fact
		switch fact.(type) {
		case *Summary:
			back = new(Summary)
		case *Variable:
			back = new(Variable)
		default:
			t.Fatalf("%s has a fact %T", name, fact)
		}
		if err := gob.NewDecoder(bytes.NewReader(first)).Decode(back); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, encode(t, back)) {
			t.Errorf("%s: the encoding changes in a round trip", name)
		}
	}
}

// factBudget is the most bytes that the facts of the test's package may take:
// facts of every package are read again by every importer.
const factBudget = 24 << 10

// TestFactsBudget holds the size of facts.
func TestFactsBudget(t *testing.T) {
	total := 0
	for _, fact := range factsOf(t, factSource) {
		total += len(encode(t, fact))
	}
	if total > factBudget {
		t.Errorf("facts take %d bytes, the budget is %d", total, factBudget)
	}
}

// TestFactsWithhold checks that no fact carries a literal that may be a secret,
// nor a path of the machine, and that harmless texts are carried.
func TestFactsWithhold(t *testing.T) {
	secret := "Quartz" + "-Orchid-" + "7731"
	var all []byte
	for _, fact := range factsOf(t, strings.ReplaceAll(factSource, "PLANTED", secret)) {
		all = append(all, encode(t, fact)...)
	}
	for _, bad := range []string{secret, secret[:8], os.TempDir() + string(filepath.Separator)} {
		if bytes.Contains(all, []byte(bad)) {
			t.Errorf("facts hold %q", bad)
		}
	}
	for _, good := range []string{"https://", "/v1", "Authorization", "Bearer "} {
		if !bytes.Contains(all, []byte(good)) {
			t.Errorf("facts lack %q", good)
		}
	}
}

func TestHarmless(t *testing.T) {
	for _, s := range []string{"", "http://", "https://", "/v1/send", "?password=", "&to=", "POST", "X-Api-Key", "Bearer ", "8080", "86400000000000", "MAPLE_TOKEN", "https://api.maplefreight.io/v1"} {
		if !harmless(s) {
			t.Errorf("%q is withheld", s)
		}
	}
	for _, s := range []string{"orchid-quartz-77", "hunter22", "https://ops:orchid77@host/", "postgres://a:b@c/d", "Winter-Lake-42", "/path?token=orchid7731", "aGVsbG8gd29ybGQhIQ==",
		"https://hooks.host.tld/services/T0AB1CD2/x", "/bot/a1b2c3d4/send", "?k=a1b2c3d4e5=", "&a1b2c3d4e5=", "4829105738"} {
		if harmless(s) {
			t.Errorf("%q is carried by facts", s)
		}
	}
}

func TestSplitFormat(t *testing.T) {
	for _, test := range []struct {
		format string
		want   []formatPiece
	}{
		{"http://%s:%d/x", []formatPiece{{text: "http://", arg: -1}, {arg: 0, verb: 's'}, {text: ":", arg: -1}, {arg: 1, verb: 'd'}, {text: "/x", arg: -1}}},
		{"100%%", []formatPiece{{text: "100%", arg: -1}}},
		{"%.4s", []formatPiece{{arg: 0, verb: 's', cut: true}}},
		{"%[2]s%[1]s", []formatPiece{{arg: 1, verb: 's'}, {arg: 0, verb: 's'}}},
		{"%*d%s", []formatPiece{{arg: 1, verb: 'd'}, {arg: 2, verb: 's'}}},
		{"%", nil},
	} {
		got := splitFormat(test.format)
		if len(got) != len(test.want) {
			t.Errorf("%q: got %v, want %v", test.format, got, test.want)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%q: piece %d is %v, want %v", test.format, i, got[i], test.want[i])
			}
		}
	}
}

// FuzzSplitFormat checks that no format makes the splitter run away or lose text.
func FuzzSplitFormat(f *testing.F) {
	for _, s := range []string{"%s", "%[1]s%", "%+v%%", "%6.2f", "%[", "%*.*d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, format string) {
		for _, p := range splitFormat(format) {
			if p.arg < 0 && p.text == "" {
				t.Errorf("%q: an empty piece", format)
			}
		}
	})
}
