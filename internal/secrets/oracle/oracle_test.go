// Package oracle compares the engine of package secrets with gitleaks' detect,
// which it must equal on every text up to 100,000 bytes. It is slow and brings
// many modules, so .ci/oracle runs it and the ordinary tests do not.
package oracle

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/viper"
	"github.com/zricethezav/gitleaks/v8/config"
	"github.com/zricethezav/gitleaks/v8/detect"
	"github.com/zricethezav/gitleaks/v8/report"
	"github.com/zricethezav/gitleaks/v8/sources"

	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/internal/secrets/secrettest"
)

// compared is what both engines say of one match.
type compared struct {
	rule                                       string
	startLine, endLine, startColumn, endColumn int
	match, secret                              string
	entropy                                    float32
	tags                                       string
}

// String returns everything but the secret itself, for failures.
func (c compared) String() string {
	return fmt.Sprintf("%s %d:%d-%d:%d, match of %d bytes, secret of %d bytes, entropy %v %s",
		c.rule, c.startLine, c.startColumn, c.endLine, c.endColumn, len(c.match), len(c.secret), c.entropy, c.tags)
}

// compare orders matches.
func compare(a, b compared) int {
	return strings.Compare(fmt.Sprint(a, a.match, a.secret), fmt.Sprint(b, b.match, b.secret))
}

// depths are the depths of decoding that are compared: none, and that of
// gitleaks' command line.
var depths = []int{0, 5}

// pair is both engines with the same rules and the same depth of decoding.
type pair struct {
	depth  int
	theirs *detect.Detector
	ours   *secrets.Engine
}

// pairs returns both engines with gitleaks' default rules, at every depth.
func pairs(t testing.TB) []pair {
	t.Helper()
	var list []pair
	detector := gitleaks(t, config.DefaultConfig)
	for _, depth := range depths {
		list = append(list, newPair(t, detector, depth, secrets.Options{NoPacks: true}))
	}
	return list
}

// newPair returns a pair; the detector may belong to other pairs as well.
func newPair(t testing.TB, detector *detect.Detector, depth int, opts secrets.Options) pair {
	t.Helper()
	opts.DecodeDepth = depth
	if depth == 0 {
		opts.DecodeDepth = -1
	}
	engine, err := secrets.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return pair{depth, detector, engine}
}

// compare has both engines look at a text and returns how much gitleaks found.
// What differs is an error.
func (p pair) compare(t testing.TB, what, path, text string) []compared {
	t.Helper()
	want, _ := p.same(t, what, path, text)
	return want
}

// same is compare, and reports whether nothing differs.
func (p pair) same(t testing.TB, what, path, text string) ([]compared, bool) {
	t.Helper()
	p.theirs.MaxDecodeDepth = p.depth
	want, got := theirs(p.theirs, path, text), ours(p.ours, path, text)
	if !slices.Equal(want, got) {
		t.Errorf("%s, depth %d:\ngitleaks alone %v\nauthlint alone %v", what, p.depth, without(want, got), without(got, want))
		return want, false
	}
	return want, true
}

// without returns what is in a but not in b.
func without(a, b []compared) []compared {
	left := slices.Clone(b)
	return slices.DeleteFunc(slices.Clone(a), func(c compared) bool {
		at := slices.Index(left, c)
		if at >= 0 {
			left = slices.Delete(left, at, at+1)
		}
		return at >= 0
	})
}

// fragmentOf returns a piece of a file for the detector.
func fragmentOf(f sources.Fragment) detect.Fragment { return detect.Fragment(f) }

// gitleaks returns gitleaks' detector for a configuration; each is loaded once a
// process at most, because gitleaks keeps state between loads.
func gitleaks(t testing.TB, text string) *detect.Detector {
	t.Helper()
	v := viper.New()
	v.SetConfigType("toml")
	if err := v.ReadConfig(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	var vc config.ViperConfig
	if err := v.Unmarshal(&vc); err != nil {
		t.Fatal(err)
	}
	cfg, err := vc.Translate()
	if err != nil {
		t.Fatal(err)
	}
	return detect.NewDetector(cfg)
}

// theirs returns what gitleaks finds.
func theirs(d *detect.Detector, path, text string) []compared {
	var list []compared
	for _, f := range d.Detect(detect.Fragment{Raw: text, FilePath: path, StartLine: 1}) {
		list = append(list, fromReport(f))
	}
	slices.SortFunc(list, compare)
	return list
}

func fromReport(f report.Finding) compared {
	// The entropy sums over a map there, so its last bits are by chance.
	return compared{f.RuleID, f.StartLine, f.EndLine, f.StartColumn, f.EndColumn, f.Match, f.Secret, round(f.Entropy), joinSorted(f.Tags)}
}

// joinSorted returns the tags in one order.
func joinSorted(tags []string) string { return strings.Join(slices.Sorted(slices.Values(tags)), ",") }

func round(x float32) float32 { return float32(math.Round(float64(x)*1e5) / 1e5) }

// ours returns what the engine finds, in gitleaks' terms.
func ours(e *secrets.Engine, path, text string) []compared {
	var list []compared
	for _, m := range e.Scan(path, []byte(text)) {
		if m.Allowed {
			continue
		}
		c := compared{rule: m.RuleID, match: m.Text.Reveal(), secret: m.Secret.Reveal(), entropy: round(float32(m.Entropy)), tags: joinSorted(m.Tags)}
		if m.FileOnly {
			// gitleaks gives such a finding the first line of the fragment's numbering.
			c.match = "file detected: " + path
		} else {
			c.startLine, c.endLine, c.startColumn, c.endColumn = gitleaksPlace(text, m.Start-m.Lead, m.End-m.Lead)
		}
		list = append(list, c)
	}
	slices.SortFunc(list, compare)
	return list
}

// gitleaksPlace returns lines and columns by gitleaks' way of counting: the
// column of every line but the first is one too high, since the line end before
// belongs to it, and the end is inclusive.
func gitleaksPlace(text string, start, end int) (startLine, endLine, startColumn, endColumn int) {
	lineOf := func(at int) (line, begin int) {
		line = strings.Count(text[:at], "\n")
		return line, strings.LastIndexByte(text[:at], '\n')
	}
	startLine, begin := lineOf(min(start+1, len(text)))
	if start == len(text) {
		startLine, begin = lineOf(start)
	}
	endLine, endBegin := lineOf(end)
	startColumn, endColumn = start-max(begin, 0)+1, end-max(endBegin, 0)
	if last := strings.LastIndexByte(text, '\n'); start < last && last < end {
		return startLine + 1, startLine + 1, startColumn, 0 // it looks for the end before line ends only
	}
	return startLine + 1, max(startLine, endLine) + 1, startColumn, endColumn
}

// TestRules compares texts made from the expressions of all default rules, in
// surroundings that come close to more matches.
func TestRules(t *testing.T) {
	both := pairs(t)
	detector := both[0].theirs
	random := rand.New(rand.NewPCG(7, 8))
	paths := []string{"a.go", "config/app.yaml", "main.tf", "index.php", "nuget.config", "x.bb", "node_modules/a.js", "", "store.p12"}
	found, rules := 0, map[string]bool{}
	for _, id := range detector.Config.OrderedRules {
		rule := detector.Config.Rules[id]
		if rule.Regex == nil {
			continue
		}
		for n := range 40 {
			path := paths[0]
			if rule.Path != nil {
				path = paths[n%len(paths)]
			} else if n%10 == 0 {
				path = paths[random.IntN(len(paths))]
			}
			text := surround(rule.Regex.String(), rule.Keywords, random)
			for _, p := range both {
				want := p.compare(t, fmt.Sprintf("%s, text %d", id, n), path, text)
				want = append(want, p.compare(t, fmt.Sprintf("%s, text %d with one edit", id, n), path, edited(text, random)+"\n")...)
				found += len(want)
				for _, c := range want {
					rules[c.rule] = true
				}
			}
		}
	}
	t.Logf("%d findings of %d rules", found, len(rules))
	if len(rules) < 200 {
		t.Errorf("only %d rules found anything", len(rules))
	}
}

// surround puts texts that match the expression between other text.
func surround(expression string, keywords []string, random *rand.Rand) string {
	var b strings.Builder
	for range 1 + random.IntN(3) {
		b.WriteString([]string{"", "\n", "key = ", "// ", "x\n\n", "gitleaks:allow ", "token: '", "é\"", "EXAMPLE "}[random.IntN(9)])
		b.WriteString(secrettest.Matching(expression, random))
		b.WriteString([]string{"", "\n", "'", " ", "\" # gitleaks:allow\n", ";\n", "EXAMPLE\n", "\\n"}[random.IntN(8)])
	}
	b.WriteString(" " + keywords[random.IntN(len(keywords))] + "\n")
	return b.String()
}

// TestConfigs compares configurations that use what the default rules do not.
func TestConfigs(t *testing.T) {
	const q = "[[rules]]\nid = 'q'\nregex = 'Q\\w+'\n"
	configs := []string{
		q, q + "keywords = ['key']", q + "entropy = 1.0", q + "path = 'a'", q + "secretGroup = 0\ntags = ['x', 'y']",
		"[[rules]]\nid = 'g'\nregex = '(\\w)=(\\w*)'\nsecretGroup = 2",
		"[[rules]]\nid = 'g'\nregex = '(x)?=(\\w+)'", "[[rules]]\nid = 'g'\nregex = '\\Bq(w)'", "[[rules]]\nid = 'g'\nregex = '\\n+Q\\w+\\n'",
		"[[rules]]\nid = 'g'\nregex = '(?m)^Q\\w+$'", "[[rules]]\nid = 'p'\npath = 'a'", "[[rules]]\nid = 'g'\nregex = 'Q\\s+\\w'",
		q + "[[rules.allowlists]]\nstopwords = ['AB']", q + "[[rules.allowlists]]\nregexes = ['(?i)zz', 'qAB']",
		q + "[[rules.allowlists]]\nregexTarget = 'line'\nregexes = ['^x']", q + "[[rules.allowlists]]\nregexTarget = 'match'\nregexes = ['c']",
		q + "[[rules.allowlists]]\ncondition = 'AND'\npaths = ['a']\nregexes = ['Qab']", q + "[[rules.allowlists]]\ncondition = 'AND'\ncommits = ['x']\npaths = ['a']",
		q + "[[allowlists]]\ncondition = 'AND'\npaths = ['a']\nstopwords = ['ab']", q + "[allowlist]\npaths = ['b']\nregexes = ['cd']",
		q + "[[rules]]\nid = 'generic-x'\nregex = '\\w+'", q + "[[rules]]\nid = 'generic-x'\nregex = 'a\\w*'",
		q + "required = [{id = 'r', withinLines = 1}]\n[[rules]]\nid = 'r'\nregex = 'R'\nskipReport = true",
		q + "required = [{id = 'r', withinColumns = 3}]\n[[rules]]\nid = 'r'\nregex = 'R'", q + "required = [{id = 'r'}, {id = 's'}]\n[[rules]]\nid = 'r'\nregex = 'R'\n[[rules]]\nid = 's'\nregex = 'z'",
		q + "[[allowlists]]\ntargetRules = ['q']\nregexes = ['Qcd']",
		q + "[[allowlists]]\ntargetRules = ['q']\ncondition = 'AND'\npaths = ['a']\nregexes = ['Qcd']", q + "[[allowlists]]\ncondition = 'AND'\npaths = ['a']\nregexes = ['Qcd']",
		q + "[[allowlists]]\ncondition = 'AND'\npaths = ['a']",
	}
	inputs := []string{
		"Qab\n", "x Qab y Qcd\n", "Qab key\n", "Qab \u212aEY\n", "Qab ſ K\n", "QQaa QQab\n", "\n\nQab\n\nQcd\n", "k=ab l=\n=cd\n", "aqw qw\n", "x Qab\nx Qcd\n",
		"Qab # gitleaks:allow\nQcd\n", "gitleaks:allow\nQab\n", "Q\nb gitleaks:allow\n", "R\nQab\n", "R\n\n\nQab\n", "Qab   R\n   Qab\nQab z\n", "éQab Qé\n", "\xffQab\xfe\n", "Qab",
		"a\nb UWFiIGlzIHggUWNkIGhlcmU= c\n", "x%20%51ab%20Qcd y\n", "k 7851616220516364206973206865726520616e64207468657265\n", "\\u0051ab U+0051 U+0063 U+0064 z\n",
		"UWFiIGlzIHggUWNkIGhlcmU=%51cd\n", "x\nVVdGaUlHbHpJSGdnVVdOa0lHaGxjbVU9\n", "UWFiIGlzIHggUWNkIGhlcmU= gitleaks:allow\n", "Qab\nUgpRYWIKYW5kIG1vcmU=\n", "%0A%0AQab%0A\n",
	}
	for i, text := range configs {
		detector := gitleaks(t, text)
		for _, depth := range depths {
			p := newPair(t, detector, depth, secrets.Options{Name: "c.toml", Config: []byte(text), NoPacks: true})
			for _, input := range inputs {
				for _, path := range []string{"a", "b", ""} {
					p.compare(t, fmt.Sprintf("configuration %d, path %q, text %q", i, path, input), path, input)
				}
			}
		}
	}
}
