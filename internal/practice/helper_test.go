package practice

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// catalogue returns the catalogue that is built in.
func catalogue(t testing.TB) *rules.Catalogue {
	t.Helper()
	c, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at returns the place of line n.
func at(n int) finding.Location {
	return finding.Location{File: "main.go", Line: n, Column: 2, EndLine: n, EndColumn: 20}
}

// source returns a Source at line n.
func source(n int) Source { return Source{At: at(n), Symbol: "main", Key: "key"} }

// show renders findings, one a line: rule, severity, persona, grades, and what
// was absorbed.
func show(found []finding.Finding) string {
	var lines []string
	for _, f := range found {
		line := fmt.Sprintf("%s %s %s [%s]", f.Rule, f.Severity, f.Persona, strings.Join(f.Grades, " "))
		if len(f.Absorbed) > 0 {
			line += " +" + strings.Join(f.Absorbed, " +")
		}
		if len(f.Places) > 0 {
			line += fmt.Sprintf(" places %d", len(f.Places))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// judged judges and checks what holds for every finding.
func judged(t *testing.T, j *Judge, list ...Observation) []finding.Finding {
	t.Helper()
	if j.Catalogue == nil {
		j.Catalogue = catalogue(t)
	}
	found := j.Findings(list)
	for i := range found {
		checkMessage(t, &found[i])
	}
	return found
}

// checkMessage checks the house rules of messages.
func checkMessage(t *testing.T, f *finding.Finding) {
	t.Helper()
	m := f.Message
	first, _ := utf8.DecodeRuneInString(m)
	switch {
	case utf8.RuneCountInString(m) > maxMessage, strings.HasSuffix(m, "…"):
		t.Errorf("%s: message of %d characters: %s", f.Rule, utf8.RuneCountInString(m), m)
	case unicode.IsUpper(first), strings.HasSuffix(m, "."), strings.ContainsAny(m, "\n\t"), strings.Contains(m, "  "):
		t.Errorf("%s: message is no sentence of the house: %s", f.Rule, m)
	case strings.Contains(strings.ToLower(m), "retrieve"):
		t.Errorf("%s: message says retrieve: %s", f.Rule, m)
	case f.Primary.IsZero():
		t.Errorf("%s: no primary place", f.Rule)
	}
}

// text reads the notation of the tests: {name} is a hole, {!name} one that
// holds a credential, {#name} a digest, {@name} a loopback address.
func text(s string) partial.Text {
	var t partial.Text
	for s != "" {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			return append(t, partial.Part{Text: s})
		}
		if open > 0 {
			t = append(t, partial.Part{Text: s[:open]})
		}
		end := strings.IndexByte(s, '}')
		h := partial.Hole{Name: s[open+1 : end]}
		for mark, role := range map[string]partial.Role{"!": partial.Credential, "#": partial.Digest, "@": partial.Loopback, "%": partial.Random} {
			if name, ok := strings.CutPrefix(h.Name, mark); ok {
				h = partial.Hole{Role: role, Name: name}
			}
		}
		t = append(t, partial.Part{Hole: &h})
		s = s[end+1:]
	}
	return t
}

// str returns a String with these readings.
func str(readings ...string) partial.String {
	var s partial.String
	for _, r := range readings {
		s.Alternatives = append(s.Alternatives, text(r))
	}
	return s
}

// made returns n characters of an alphabet, the same in every run.
func made(alphabet string, n int) string {
	r := rand.New(rand.NewPCG(uint64(n), uint64(len(alphabet))))
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

const (
	hexDigits = "0123456789abcdef"
	alnum     = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
)

// basic returns the value of a Basic header.
func basic(pair string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair)) }

// value returns what may be told of a text.
func value(t testing.TB, s string) shape.Value { return ValueOf(catalogue(t), s) }
