package flow

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// resultsOf analyses a module of the files and returns the results by package name.
func resultsOf(t testing.TB, files map[string]string) map[string]*Result {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module objects.test/m\n\ngo 1.26\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir, Env: append(os.Environ(), "GOWORK=off")}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Fatal(e)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	results := map[string]*Result{}
	for _, root := range graph.Roots {
		res, ok := root.Result.(*Result)
		if !ok || res.Partial {
			t.Fatalf("%s was not analysed whole: %v", root, res)
		}
		results[root.Package.Types.Name()] = res
	}
	return results
}

const callbackHead = `package a

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log"
	"os"

	"objects.test/m/b"
)

type (
	certs    = [][]byte
	chains   = [][]*x509.Certificate
	callback = func(certs, chains) error
	config   struct {
		insecure bool
		pin      []byte
		check    callback
	}
	holder struct{ check callback }
)

var (
	cfg    config
	seen   [][]byte
	refuse = errors.New("no")
	_      = bytes.Equal
	_      = sha256.New
	_      = fmt.Sprint
	_      = log.Println
	_      = os.Exit
	_      = b.Any
)

func any_(certs, chains) error { return nil }

func report(c certs) error { log.Printf("%x", c); return nil }

func same(c certs) error {
	if bytes.Equal(c[0], cfg.pin) {
		return nil
	}
	return refuse
}

func quiet(next callback) callback {
	return func(c certs, ch chains) error {
		if err := next(c, ch); err != nil {
			return err
		}
		return nil
	}
}

type pins map[string]bool

func (p pins) check(c certs, _ chains) error {
	for _, raw := range c {
		if !p[string(raw)] {
			return refuse
		}
	}
	return nil
}

func (p pins) pass(c certs, _ chains) error { return nil }
`

const callbackOther = `package b

import (
	"crypto/x509"
	"log"
)

func Any([][]byte, [][]*x509.Certificate) error { return nil }

func Log(prefix string) func([][]byte, [][]*x509.Certificate) error {
	return func(c [][]byte, _ [][]*x509.Certificate) error { log.Println(prefix, c); return nil }
}

func Wrap(next func([][]byte, [][]*x509.Certificate) error) func([][]byte, [][]*x509.Certificate) error {
	return func(c [][]byte, ch [][]*x509.Certificate) error { log.Println(c); return next(c, ch) }
}

func Count(c [][]byte, _ [][]*x509.Certificate) error { Seen += len(c); return nil }

var Seen int
`

// TestCallbacks holds what is told of a callback against what it does.
func TestCallbacks(t *testing.T) {
	inline := func(body string) string { return "func(c certs, ch chains) error { " + body + " }" }
	tests := []struct{ want, expr string }{
		{"accepts", inline(`return nil`)},
		{"accepts", inline(`log.Printf("%x", c); return nil`)},
		{"accepts", inline(`fmt.Fprintln(os.Stderr, sha256.Sum256(c[0])); return nil`)},
		{"accepts", inline(`if len(c) == 0 { return refuse }; return nil`)},
		{"accepts", inline(`if cfg.insecure { log.Println("x") }; return nil`)},
		{"accepts", inline(`if cfg.insecure { return refuse }; return nil`)},
		{"accepts", inline(`for _, raw := range c { x, err := x509.ParseCertificate(raw); if err != nil { return err }; log.Println(x) }; return nil`)},
		{"accepts", inline(`return report(c)`)},
		{"accepts", inline(`if err := report(c); err != nil { return err }; return nil`)},
		{"accepts", inline(`if err := same(c); err != nil { log.Println(err) }; return nil`)},
		{"accepts", `any_`},
		{"accepts", `b.Any`},
		{"accepts", `b.Log("x")`},
		{"accepts", `b.Wrap(any_)`},
		{"accepts", `b.Wrap(b.Wrap(b.Log("y")))`},
		{"accepts", `quiet(any_)`},
		{"accepts", `quiet(b.Wrap(quiet(b.Any)))`},
		{"accepts", `pins{}.pass`},
		{"accepts", `map[string]callback{"a": any_, "b": b.Any}["a"]`},
		{"accepts", `holder{check: any_}.check`},
		{"accepts", `func(c certs, ch chains) (err error) { defer func() { log.Println(err) }(); return }`},
		{"conditional", inline(`if cfg.insecure { return nil }; return same(c)`)},
		{"conditional", inline(`if cfg.check == nil { return nil }; return cfg.check(c, ch)`)},
		{"looks", inline(`return same(c)`)},
		{"looks", inline(`return refuse`)},
		{"looks", inline(`if !bytes.Equal(c[0], cfg.pin) { return refuse }; return nil`)},
		{"looks", inline(`h := sha256.New(); h.Write(c[0]); if !bytes.Equal(h.Sum(nil), cfg.pin) { return refuse }; return nil`)},
		{"looks", inline(`x, err := x509.ParseCertificate(c[0]); if err != nil { return err }; _, err = x.Verify(x509.VerifyOptions{}); return err`)},
		{"looks", inline(`seen = append(seen, c[0]); return nil`)},
		{"looks", inline(`if !bytes.Equal(c[0], cfg.pin) { log.Fatal("wrong peer") }; return nil`)},
		{"looks", inline(`if !bytes.Equal(c[0], cfg.pin) { cfg.insecure = true }; return nil`)},
		{"looks", `func(c certs, ch chains) (err error) { if !bytes.Equal(c[0], cfg.pin) { err = refuse }; return }`},
		{"looks", `func(c certs, ch chains) (err error) { defer func() { if !bytes.Equal(c[0], cfg.pin) { err = refuse } }(); return }`},
		{"looks", `pins{}.check`},
		{"looks", `quiet(same2)`},
		{"looks", `b.Wrap(quiet(pins{}.check))`},
		{"looks", `cfg.check`},
	}
	var src strings.Builder
	src.WriteString(callbackHead + "\nfunc same2(c certs, _ chains) error { return same(c) }\n")
	for i, test := range tests {
		fmt.Fprintf(&src, "\nfunc case%d() any { return &tls.Config{VerifyPeerCertificate: %s} }\n", i, test.expr)
	}
	res := resultsOf(t, map[string]string{"a/a.go": src.String(), "b/b.go": callbackOther})["a"]
	got := map[string]string{}
	for _, o := range res.Objects {
		for _, ev := range o.All("verify-callback") {
			v, _ := ev.Arg("callback")
			switch {
			case v.AcceptsAll():
				got[o.Symbol] = "accepts"
			case v.AcceptsConditionally():
				got[o.Symbol] = "conditional"
			default:
				got[o.Symbol] = "looks"
			}
		}
	}
	for i, test := range tests {
		if g := got[fmt.Sprintf("case%d", i)]; g != test.want {
			t.Errorf("%s: got %q, want %q", test.expr, g, test.want)
		}
	}
}

// TestCallbackParts holds what a callback looks at, returns and makes.
func TestCallbackParts(t *testing.T) {
	res := resultsOf(t, map[string]string{"a/a.go": `package a

import (
	"crypto/tls"
	"errors"
	"net/http"
)

func byName() *tls.Config {
	return &tls.Config{VerifyConnection: func(s tls.ConnectionState) error {
		if s.ServerName != "gw" {
			return errors.New("no")
		}
		return nil
	}}
}

func byCert() *tls.Config {
	return &tls.Config{VerifyConnection: func(s tls.ConnectionState) error { return check(s.PeerCertificates[0].Subject.CommonName, "gw") }}
}

func check(name, want string) error {
	if name != want {
		return errors.New(want)
	}
	return nil
}

func fetches() *tls.Config {
	return &tls.Config{VerifyConnection: func(s tls.ConnectionState) error {
		_, err := http.Get("https://gw.maplefreight.io/" + s.ServerName)
		return err
	}}
}
`})["a"]
	want := map[string]struct{ looks, makes []string }{
		"byName":  {[]string{"0 ServerName"}, nil},
		"byCert":  {[]string{"0 PeerCertificates.Subject.CommonName"}, nil},
		"fetches": {[]string{"0 ServerName"}, []string{"http-request"}},
	}
	for _, o := range res.Objects {
		for _, ev := range o.All("verify-callback") {
			v, _ := ev.Arg("callback")
			for _, c := range v.Callbacks() {
				var looks []string
				for _, l := range c.Looks {
					looks = append(looks, fmt.Sprint(l.Param, " ", l.Path))
				}
				if w := want[o.Symbol]; !slices.Equal(looks, w.looks) || !slices.Equal(c.Makes, w.makes) {
					t.Errorf("%s: looks at %q, makes %q; want %q, %q", o.Symbol, looks, c.Makes, w.looks, w.makes)
				}
				if !c.LooksAt(0, strings.TrimPrefix(want[o.Symbol].looks[0], "0 ")) {
					t.Errorf("%s: LooksAt says no", o.Symbol)
				}
			}
			delete(want, o.Symbol)
		}
	}
	if len(want) > 0 {
		t.Errorf("not seen: %v", want)
	}
}
