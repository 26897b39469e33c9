package secrets

import (
	"fmt"
	"strings"
	"testing"
)

// TestCrowdedLine pins that a generic rule gives way to others on a line with so
// many matches that they are indexed, as it does on a line with few.
func TestCrowdedLine(t *testing.T) {
	const config = acme + "[[rules]]\nid = 'generic-word'\nregex = 'word[0-9]{4}|[0-9]{4}x'\n"
	e := mustNew(t, Options{Name: "c.toml", Config: []byte(config), NoPacks: true})
	for _, many := range []int{3, 3000} {
		var b strings.Builder
		for i := range many {
			fmt.Fprintf(&b, "acme_%04dxxxxxxxx word%04d %04dx ", i, i, 9999-i)
		}
		counts := map[string]int{}
		for _, m := range e.Scan("a.txt", []byte(b.String()+"# gitleaks:allow\n")) {
			counts[m.RuleID]++
			if !m.Allowed {
				t.Fatalf("%s at %d is not allowed", m.RuleID, m.Start)
			}
		}
		if counts["acme"] != many || counts["generic-word"] != 2*many {
			t.Errorf("%d tokens: %v", many, counts)
		}
	}
}

// TestCrowdedParts pins that what a rule requires is found near among many.
func TestCrowdedParts(t *testing.T) {
	const config = acme + "required = [{id = 'part', withinLines = 1}]\n[[rules]]\nid = 'part'\nregex = 'part[0-9]'\nskipReport = true\n"
	e := mustNew(t, Options{Name: "c.toml", Config: []byte(config), NoPacks: true})
	text := strings.Repeat("acme_k3v9q2m8x1w7\npart1\n\n\nacme_k3v9q2m8x1w7\n\n\n", 5000)
	found := e.Scan("a.txt", []byte(text))
	if len(found) != 5000 {
		t.Fatalf("%d matches, want 5000", len(found))
	}
	for i, m := range found {
		if m.Line != 7*i+1 {
			t.Fatalf("match %d on line %d", i, m.Line)
		}
	}
}
