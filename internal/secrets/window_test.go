package secrets

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/secrets/secrettest"
)

func TestProveReach(t *testing.T) {
	tests := []struct {
		expression    string
		keyword       string
		before, after int // -1: no proof
	}{
		{`key_[a-z]{4}`, "key_", 0, 8},
		{`(?i)KEY[a-z]{4}`, "key", 0, 7},
		{`(?:key|keys)=x`, "key", 0, 6},
		{`[Kk]ey`, "key", 0, 3},
		{`a?key`, "key", 1, 3},
		{`[a-z]{0,9}(?:key|tokey)é`, "key", 16, 16},
		{`[a-z]*(?:ke|to)yé`, "key toy", 0, 5},
		{`k(e)y`, "key", 0, 3},
		{`(?:ke){2}y`, "keke", 0, 5},
		{`\bkey\b$`, "key", 0, 3},
		{`key[a-z]+=é`, "key", 0, 6},
		{`(?:key|tok)`, "key", -1, -1},
		{`(?:key)?x`, "key", -1, -1},
		{`(?:key)+x`, "key", 0, 1},
		{`k.y`, "key", -1, -1},
		{`x`, "", -1, -1},
	}
	for _, tt := range tests {
		r := proveReach(tt.expression, strings.Fields(tt.keyword))
		switch {
		case r.proven != (tt.before >= 0):
			t.Errorf("%s: proven is %t", tt.expression, r.proven)
		case r.proven && (r.before.fixed != tt.before || r.after.fixed != tt.after):
			t.Errorf("%s: reach %d and %d, want %d and %d", tt.expression, r.before.fixed, r.after.fixed, tt.before, tt.after)
		}
	}
}

// TestProvenRules pins how many of the default rules need not run on whole files.
func TestProvenRules(t *testing.T) {
	engine := mustNew(t, Options{NoPacks: true})
	proven, all := 0, 0
	for _, r := range engine.rules().rules {
		if r.Regex == "" {
			continue
		}
		all++
		if r.reach().proven {
			proven++
		}
	}
	if all != 221 || proven < 215 {
		t.Errorf("%d of %d expressions are proven to hold a keyword, want 215 of 221", proven, all)
	}
}

// onWholeText returns what a rule finds when it runs on all of the text.
func onWholeText(r *rule, text []byte) []span {
	var found []span
	for _, at := range r.regex().FindAllIndex(text, -1) {
		found = append(found, span{at[0], at[1]})
	}
	return found
}

// inWindows returns what a rule finds in the windows alone.
func inWindows(c *compiled, r *rule, text []byte) (found []span, searched int) {
	for _, w := range firstPass(c, text).windows(r) {
		searched += w.end - w.start
		for _, at := range r.regex().FindAllIndex(text[w.start:w.end], -1) {
			found = append(found, span{w.start + at[0], w.start + at[1]})
		}
	}
	return found, searched
}

// firstPass returns the first pass over a text.
func firstPass(c *compiled, text []byte) *pass {
	return newPass(newScan(c, "", text), text, takeBuffers(len(c.keywords.words)))
}

// noisy puts random texts that the expression matches between random other text,
// sometimes so close that windows meet.
func noisy(expression string, random *rand.Rand) []byte {
	var b strings.Builder
	for range 1 + random.IntN(4) {
		for range random.IntN(1 << random.IntN(10)) {
			b.WriteByte(" \n\"'=:;._-abeksKEY0129xé€"[random.IntN(25)])
		}
		b.WriteString(secrettest.Matching(expression, random))
		b.WriteString([]string{"", "\n", "'", " ", "key", "ey"}[random.IntN(6)])
	}
	return []byte(b.String())
}

// TestWindows runs every default rule in its windows and on the whole text.
func TestWindows(t *testing.T) {
	c := mustNew(t, Options{}).rules()
	random := rand.New(rand.NewPCG(3, 4))
	total := 0
	for _, r := range c.rules {
		if r.Regex == "" {
			continue
		}
		hits := 0
		for range 25 {
			text := append(noisy(r.Regex, random), r.Keywords[random.IntN(len(r.Keywords))]...)
			want := onWholeText(r, text)
			got, _ := inWindows(c, r, text)
			if !slices.Equal(want, got) {
				t.Fatalf("%s: windows give %v, the whole text %v", r.ID, got, want)
			}
			hits += len(want)
		}
		total += hits
		if hits == 0 && regexp.MustCompile(r.Regex).NumSubexp() == 0 {
			t.Logf("%s: no text that matches was made", r.ID)
		}
	}
	if total < 5000 {
		t.Errorf("%d matches in all: the texts tell too little", total)
	}
}

// TestWindowsAreSmall pins that a rule searches little of a text in which its
// keyword is rare, also where its matches have no bound.
func TestWindowsAreSmall(t *testing.T) {
	c := mustNew(t, Options{NoPacks: true}).rules()
	text := []byte(strings.Repeat("func add(a, b int) int { return a + b }\n", 5000) + "password = 'xxxxxxxxxxxx'\n" + strings.Repeat("// more\n", 5000))
	_, searched := inWindows(c, c.byID["generic-api-key"], text)
	if searched == 0 || searched > 4000 {
		t.Errorf("searched %d of %d bytes", searched, len(text))
	}
}

// FuzzWindows feeds foreign text to every rule, in windows and as a whole.
func FuzzWindows(f *testing.F) {
	random := rand.New(rand.NewPCG(5, 6))
	c := mustNew(f, Options{}).rules()
	for _, r := range c.rules {
		if r.Regex != "" {
			f.Add(noisy(r.Regex, random))
		}
	}
	f.Add([]byte("\u212Aey = ſecret İd"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p := firstPass(c, text)
		for _, r := range c.rules {
			if r.Regex == "" || !p.hit(r) {
				continue
			}
			want := onWholeText(r, text)
			if got, _ := inWindows(c, r, text); !slices.Equal(want, got) {
				t.Errorf("%s: windows give %v, the whole text %v", r.ID, got, want)
			}
		}
	})
}

// TestFilterTellsRunes: what a filter has learned from a byte of ASCII does not
// hold for one that is a part of a rune.
func TestFilterTellsRunes(t *testing.T) {
	f := filterFor(t, `key.x`)
	for _, text := range []string{"keyax", "key\u00e9x", "key\u20acx"} {
		if !holds(f, text) {
			t.Errorf("%q is not accepted", text)
		}
	}
	if holds(f, "keyaax") {
		t.Error("two characters are accepted for one")
	}
}

// filterFor returns the filter of an expression.
func filterFor(t *testing.T, expression string) *filter {
	t.Helper()
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	return newFilter(newProgram(parsed, true))
}

// TestNameFilter: of names, those are told that only seem to end as they should.
func TestNameFilter(t *testing.T) {
	for _, expression := range []string{`\.git$`, `(?i)\.(?:png|jpe?g)$`, `(?:^|/)a(?:/.*)?$`, `(?:x|y$)z?`, `a$|b`, `(?:a$)$`, `x*$`, `(?m)a$`} {
		f, re := newFilter(nameProgram(expression)), regexp.MustCompile(expression)
		for _, name := range []string{"", ".git", ".github/a", "x/.git", "a.PNG", "a.pngs", "a", "a/b", "ab/a", "yz", "y", "xz", "ca", "cab", "xx", "a\nb"} {
			if f != nil && re.MatchString(name) && !holds(f, name) {
				t.Errorf("%s: %q is not accepted", expression, name)
			}
		}
	}
	f := newFilter(nameProgram(`\.git$`))
	if holds(f, ".github/workflows/a.yml") || !holds(f, "a/.git") {
		t.Error("the end of the name does not count")
	}
}
