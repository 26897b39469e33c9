package rules

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// goPractices are the practices of the providers' documents that a Go program
// can show, by the letters and numbers of the table in README.md: transport,
// Basic, keys, tokens, passwords, networks, messages, files, domains, operation.
const goPractices = "T1 T2 T3 T4 T6 T7 T8 T10 T12 B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B12 B13 K1 K3 K6 K7 K8 K9 K10 K11 K12 " +
	"J1 J2 J4 J5 J6 J7 J9 J10 J11 J12 J13 J14 P1 P2 P3 P4 P5 P7 P9 P10 P11 P13 P15 P16 P20 N1 N5 M1 M2 M3 F1 F2 D1 D2 D3 D4 S1 O1 O2 O7 O8"

// textPractices are those that configuration, commands, other languages and
// documents can show.
const textPractices = "T1 T2 T3 T4 T6 T8 T10 T11 B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B11 B12 B14 B15 K1 K2 K3 K6 K8 K9 K10 K11 K13 K14 K15 " +
	"J4 J6 J7 J9 J10 J11 J12 J14 J16 P1 P2 P3 P5 P7 P8 P9 P10 P11 P12 P13 P16 P18 P20 N1 N4 N5 M1 M2 M3 M4 M5 F1 F2 F3 D1 D2 D3 D4 S1 " +
	"O1 O2 O3 O4 O5 O8"

// TestPractices: each practice has a rule that exists or a written reason, and
// each rule has a practice.
func TestPractices(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(readme), "## What the documents warn against")
	if !ok {
		t.Fatal("README.md has no table of practices")
	}
	row := regexp.MustCompile(`(?m)^\| ([A-Z]\d+) ([^|]+) \| ([^|]+) \|$`)
	id := regexp.MustCompile("`([a-z0-9]+(?:-[a-z0-9]+)+)`")
	missing := strings.Fields(goPractices + " " + textPractices)
	named := map[string]bool{}
	for _, m := range row.FindAllStringSubmatch(table, -1) {
		missing = slices.DeleteFunc(missing, func(p string) bool { return p == m[1] })
		rules := id.FindAllStringSubmatch(m[3], -1)
		for _, r := range rules {
			named[r[1]] = true
			if _, ok := catalogue.Rule(r[1]); !ok {
				t.Errorf("practice %s names %s, which is no rule", m[1], r[1])
			}
		}
		if reason, none := strings.CutPrefix(m[3], "None"); !none && len(rules) == 0 || none && len(strings.Fields(reason)) < 4 {
			t.Errorf("practice %s has neither a rule nor a reason", m[1])
		}
	}
	if len(missing) > 0 {
		t.Errorf("README.md tells nothing of %s", strings.Join(missing, " "))
	}
	for _, r := range catalogue.Rules() {
		if !named[r.ID] {
			t.Errorf("no practice names the rule %s", r.ID)
		}
	}
}
