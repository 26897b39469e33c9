package settings_test

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/settings"
	"github.com/authlint/authlint/rules"
)

// The fixtures in testdata say behind each line what is observed on it: want,
// a word for the observation and the exact source text that it is reported at,
// once for each observation. A line that is only a comment speaks of the next.
// want+1 and want-1 speak of the next and of the last. All other lines are silent. {{random n}}, {{hex n}}, {{uuid}}, {{base64 x}} and
// {{basic user password}} stand for text that the test makes up.

// fixtures returns the fixture files, placeholders filled, by their path below testdata.
func fixtures(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	root := "testdata"
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil || strings.HasPrefix(name, "fuzz") || strings.HasPrefix(name, "formats") {
			return err
		}
		data, err := os.ReadFile(path)
		out[filepath.ToSlash(name)] = fill(string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var placeholder = regexp.MustCompile(`\{\{(random|hex|uuid|base64|basic|privatekey)( [^{}]*)?\}\}`)

// fill replaces the placeholders, equal ones by equal text.
func fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		kind, rest, _ := strings.Cut(strings.Trim(found, "{}"), " ")
		n, _ := strconv.Atoi(rest)
		switch kind {
		case "hex":
			return made(found, "0123456789abcdef", n)
		case "uuid":
			h := made(found, "0123456789abcdef", 32)
			return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-a" + h[17:20] + "-" + h[20:]
		case "privatekey": // in Base64, as in a kubeconfig
			body := made(found, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 160)
			return base64.StdEncoding.EncodeToString([]byte("-----BEGIN EC PRIVATE" + " KEY-----\n" + body + "\n-----END EC PRIVATE" + " KEY-----\n"))
		case "base64":
			return base64.StdEncoding.EncodeToString([]byte(rest))
		case "basic":
			return base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(rest, " ", ":")))
		}
		return made(found, "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", n)
	})
}

// made returns n characters that depend on seed alone.
func made(seed, alphabet string, n int) string {
	h := fnv.New64a()
	h.Write([]byte(seed))
	r := rand.New(rand.NewPCG(h.Sum64(), 1))
	out := make([]byte, n)
	for i := range out {
		out[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(out)
}

var (
	wantComment = regexp.MustCompile(`(?:#|//) want([+-]\d+)? (.*)$`)
	wantItem    = regexp.MustCompile(`(\S+) "((?:[^"\\]|\\.)*)"`)
)

// wanted returns the expectations of a text as "line: what "source text"".
func wanted(text string) []string {
	var out []string
	for i, line := range strings.Split(text, "\n") {
		m := wantComment.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		at := i + 1
		if m[2] >= 0 {
			n, _ := strconv.Atoi(line[m[2]:m[3]])
			at += n
		}
		if strings.TrimSpace(line[:m[0]]) == "" && m[2] < 0 {
			at++
		}
		for _, item := range wantItem.FindAllStringSubmatch(line[m[4]:], -1) {
			out = append(out, fmt.Sprintf("%d: %s %q", at, item[1], item[2]))
		}
	}
	return out
}

// TestFixtures checks what is observed in the fixtures, and where.
func TestFixtures(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			obs, notices := settings.Observe(name, []byte(text), cat)
			for _, n := range notices {
				t.Errorf("notice: %s", n.Message)
			}
			var got []string
			for _, o := range obs {
				what, source := describe(o)
				got = append(got, fmt.Sprintf("%d: %s %q", source.At.Line, what, cut(text, source.At)))
				checkSource(t, what, source)
				if strings.Contains(source.Symbol+source.Key, "Winter") {
					t.Errorf("%s at line %d tells a secret by its symbol or key", what, source.At.Line)
				}
			}
			want := wanted(text)
			for _, w := range want {
				if !slices.Contains(got, w) {
					t.Errorf("missing   %s", w)
				}
			}
			for _, g := range got {
				if !slices.Contains(want, g) {
					t.Errorf("unwanted  %s", g)
				}
			}
			if len(want) == len(slices.Compact(slices.Sorted(slices.Values(want)))) && len(got) > len(want) && !t.Failed() {
				t.Errorf("%d observations, %d wanted: some are there twice", len(got), len(want))
			}
		})
	}
}

// checkSource checks what every observation says of its place.
func checkSource(t *testing.T, what string, s *practice.Source) {
	t.Helper()
	if s.Symbol == "" || s.Key == "" || s.At.IsZero() || s.Origin.IsZero() {
		t.Errorf("%s at line %d lacks its symbol, key or place", what, s.At.Line)
	}
	for _, at := range s.Redact {
		if at.IsZero() {
			t.Errorf("%s at line %d hides an empty place", what, s.At.Line)
		}
	}
}

// cut returns the text at a location.
func cut(text string, at finding.Location) string {
	offset := func(line, column int) int {
		lines := strings.SplitAfter(text, "\n")
		return len(strings.Join(lines[:line-1], "")) + column - 1
	}
	return text[offset(at.Line, at.Column):offset(at.EndLine, at.EndColumn)]
}

// describe returns the word of an observation in the fixtures.
func describe(o practice.Observation) (string, *practice.Source) {
	switch o := o.(type) {
	case *practice.Credential:
		if o.Fallback {
			return "fallback(" + o.FallbackFor + ")", &o.Source
		}
		return "credential", &o.Source
	case *practice.Request:
		if len(o.Auth) > 0 {
			return "request(" + o.Auth[0].Scheme + ")", &o.Source
		}
		return "request", &o.Source
	case *practice.TLS:
		return describeTLS(o), &o.Source
	case *practice.Storage:
		return "stored(" + o.Algorithm + ")", &o.Source
	case *practice.Policy:
		return describePolicy(o), &o.Source
	case *practice.Connection:
		return describeConnection(o), &o.Source
	case *practice.Safelist:
		return []string{"safelist", "proxies"}[o.Purpose], &o.Source
	case *practice.Token:
		return fmt.Sprintf("lifetime(%s)", cmp.Or(map[bool]string{true: "endless"}[o.Endless], strings.TrimSuffix(o.Lifetime.String(), "m0s"))), &o.Source
	}
	return fmt.Sprintf("%T", o), &practice.Source{}
}

// configured marks what only configuration decides.
func configured(word string, s *practice.Source) string {
	if s.Condition == practice.Configured {
		return word + "?"
	}
	return word
}

func describeTLS(o *practice.TLS) string {
	version := fmt.Sprintf("1.%d", int(o.Version)-0x0301)
	if o.Version < 0x0301 {
		version = fmt.Sprintf("ssl%d.0", o.Version>>8)
	}
	switch o.Aspect {
	case practice.PeerUnchecked:
		return configured("unchecked", &o.Source)
	case practice.MaxVersion:
		return configured("tls-max("+version+")", &o.Source)
	}
	return configured("tls("+version+")", &o.Source)
}

func describePolicy(o *practice.Policy) string {
	word := "min-length"
	switch {
	case o.Kind == practice.MaxAttempts:
		word = "attempts"
	case o.Kind == practice.MaxAge:
		word = "max-age"
	case o.Kind == practice.MinClasses:
		word = "classes"
	case o.Kind == practice.SecondFactor:
		word = map[bool]string{false: "second-factor", true: "identity-factor"}[o.Identity]
	case o.Transfer:
		word = "transfer-length"
	}
	return configured(fmt.Sprintf("%s(%d)", word, o.Value), &o.Source)
}

func describeConnection(o *practice.Connection) string {
	switch {
	case o.HostKeyUnchecked && o.ByPassword:
		return "host-key(password)"
	case o.HostKeyUnchecked:
		return "host-key"
	case o.Anonymous && !o.Login:
		return o.Protocol + "(anonymous)"
	case o.Export:
		return o.Protocol + "(export)"
	}
	return o.Protocol
}

// TestSecretsStayHidden checks that no observation and no notice holds a secret
// of the fixtures in clear, however it is printed.
func TestSecretsStayHidden(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range fixtures(t) {
		for _, broken := range []string{text, text + "\n\t[\"", strings.ReplaceAll(text, "\"", "")} {
			obs, notices := settings.Observe(name, []byte(broken), cat)
			for _, o := range obs {
				if r, ok := o.(*practice.Request); ok {
					r.URL.Alternatives = nil // known text of a URL; the reports redact it
				}
				if c, ok := o.(*practice.Connection); ok {
					c.Address.Alternatives = nil
				}
				if printed := fmt.Sprintf("%+v", o); strings.Contains(printed, "Lake") {
					t.Errorf("%s: an observation tells a secret", name)
				}
			}
			for _, n := range notices {
				if strings.Contains(n.Message, "Lake") {
					t.Errorf("%s: a notice tells a secret", name)
				}
			}
		}
	}
}

// TestReads checks which files are read, by their names.
func TestReads(t *testing.T) {
	for _, name := range []string{
		"a.yaml", "a.YML", "dir/a.json", "a.jsonc", "a.toml", "a.properties", ".env", "x.env", ".env.local", ".env.production",
		"env.example", ".envrc", "Pipfile", "a.har", "terraform.tfstate", `dir\a.yaml`, "a.tf", "prod.tfvars", "web.config", "pom.xml", "nginx.conf", "etc/nginx/sites-enabled/default",
		"httpd.conf", ".htaccess", "haproxy.cfg", "sshd_config", ".ssh/config", "pam.d/sshd", "login.defs",
		".netrc", "~/.pgpass", ".htpasswd", ".npmrc",
		".pypirc", ".my.cnf", ".s3cfg", "home/.aws/credentials", ".docker/config.json", ".dockercfg", ".kube/config", "kubeconfig", "a.ini", "app.service",
	} {
		if !settings.Reads(name) {
			t.Errorf("%s is not read", name)
		}
	}
	for _, name := range []string{"a.go", "a.txt", "env.go", "env.ts", ".env.d.ts", "environment", "a.yaml.bak", "Makefile", "a.xsl", "config", "credentials", ""} {
		if settings.Reads(name) {
			t.Errorf("%s is read", name)
		}
	}
}

// TestClasses checks that test and documentation files are told as such.
func TestClasses(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("password: Winter-Lake-42\n")
	for _, tt := range []struct {
		name           string
		test, document bool
	}{{"config/app.yaml", false, false}, {"pkg/testdata/app.yaml", true, false}, {"docs/app.yaml", false, true}, {".env.example", true, false}} {
		obs, _ := settings.Observe(tt.name, bytes.ReplaceAll(text, []byte(": "), []byte(map[bool]string{true: "=", false: ": "}[strings.HasPrefix(tt.name, ".env")])), cat)
		if len(obs) != 1 {
			t.Errorf("%s: %d observations, want 1", tt.name, len(obs))
			continue
		}
		if _, s := describe(obs[0]); s.Test != tt.test || s.Document != tt.document {
			t.Errorf("%s: test %v, document %v", tt.name, s.Test, s.Document)
		}
	}
}

// BenchmarkObserve measures a large and ordinary file of each format.
func BenchmarkObserve(b *testing.B) {
	cat, err := rules.Default()
	if err != nil {
		b.Fatal(err)
	}
	all := fixtures(b)
	for _, name := range []string{"application.yaml", "settings.json", "app.toml", "service.env", "application.properties"} {
		text := []byte(all[name])
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				settings.Observe(name, text, cat)
			}
		})
	}
	dull := []byte(strings.Repeat("name: value\ncolour: blue\nsize: 12\n", 10_000))
	b.Run("dull.yaml", func(b *testing.B) {
		b.SetBytes(int64(len(dull)))
		for b.Loop() {
			settings.Observe("dull.yaml", dull, cat)
		}
	})
}

// TestRulePages runs the examples of the rules' pages: each bad one yields the
// rule, on its own or as part of another, and each good one nothing.
func TestRulePages(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	judge := &practice.Judge{Catalogue: cat}
	seen := 0
	for _, rule := range cat.Rules() {
		for i, example := range slices.Concat(rule.Bad, rule.Good) {
			if !settings.Reads(example.Name) || rule.Observation == "file" { // that a file is there at all
				continue
			}
			seen++
			obs, _ := settings.Observe(example.Name, []byte(example.Text), cat)
			found := judge.Findings(obs)
			bad := i < len(rule.Bad)
			named := slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Named(rule.ID) })
			if bad && !named {
				t.Errorf("%s.md:%d: the bad example %s does not yield the rule", rule.ID, example.Line, example.Name)
			}
			if !bad && len(found) > 0 {
				t.Errorf("%s.md:%d: the good example %s yields %s", rule.ID, example.Line, example.Name, found[0].Rule)
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d examples are configuration files, want 20 at least", seen)
	}
}

// FuzzObserve checks that no file makes the front end fail, or report a place
// outside of the file.
func FuzzObserve(f *testing.F) {
	names := []string{"a.yaml", "a.json", "a.toml", "a.env", "a.properties", "a.tf", "a.config", "a.conf", "haproxy.cfg",
		".netrc", ".pgpass", ".npmrc", ".htpasswd", "a.ini", "a.service", "a.sql", "a.bru", ".htaccess", "openapi.yaml", "vsftpd.conf",
	}
	cat, err := rules.Default()
	if err != nil {
		f.Fatal(err)
	}
	for name, text := range fixtures(f) {
		kind := slices.IndexFunc(names, func(n string) bool { return filepath.Ext(n) == filepath.Ext(name) })
		f.Add(kind, []byte(text))
	}
	f.Fuzz(func(t *testing.T, kind int, data []byte) {
		name := names[max(0, kind)%len(names)]
		obs, _ := settings.Observe(name, data, cat)
		for _, o := range obs {
			what, source := describe(o)
			checkSource(t, what, source)
			for _, at := range append(source.Redact, source.At) {
				if at.EndLine < at.Line || at.EndLine == at.Line && at.EndColumn < at.Column {
					t.Errorf("%s ends before it begins: %+v", what, at)
				}
				_ = cut(string(data), at) // panics outside of the text
			}
		}
	})
}
