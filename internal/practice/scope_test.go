package practice

import (
	"testing"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// everywhere returns the scope that every file has.
func everywhere(s Scope) func(string) *Scope { return func(string) *Scope { return &s } }

func TestScope(t *testing.T) {
	severe := func(word string) *Judge {
		s, _ := finding.ParseSeverity(word)
		return &Judge{Scope: everywhere(Scope{Severities: map[string]finding.Severity{"hardcoded-credential": s}})}
	}
	skip := everywhere(Scope{Disabled: map[string]bool{"hardcoded-credential": true}})
	credential := func(edit func(*Credential)) *Credential {
		o := &Credential{Source: Source{At: at(1), Origin: literalAt(10, 20)}, Kind: shape.Password, Value: value(t, made(alnum, 36)), Sink: true}
		edit(o)
		return o
	}
	asIs := func(*Credential) {}
	weak := func(o *Credential) { o.Value = value(t, "lake42") }
	inTest := func(o *Credential) { o.Test, o.Value = true, value(t, "Winter-Lake-42") }
	locked := func(id string) func(string) bool { return func(rule string) bool { return rule == id } }
	for _, test := range []struct {
		name  string
		judge *Judge
		o     Observation
		want  string
	}{
		{"as the rule has it", &Judge{}, credential(asIs), "hardcoded-credential high regular [certain]"},
		{"lower", severe("low"), credential(asIs), "hardcoded-credential low regular [certain]"},
		{"higher", severe("critical"), credential(asIs), "hardcoded-credential critical regular [certain]"},
		{"what a grade lowers stays lower", severe("critical"), credential(inTest), "hardcoded-credential low auditor [test]"},
		{"and goes below", severe("note"), credential(inTest), "hardcoded-credential note auditor [test]"},
		{"skipped", &Judge{Scope: skip}, credential(weak), ""},
		{"skipped, but what it takes in is locked", &Judge{Scope: skip, Locked: locked("weak-password")},
			credential(weak), "hardcoded-credential high regular [certain] +weak-password"},
		{"another one is locked", &Judge{Scope: skip, Locked: locked("slow-rotation")}, credential(weak), ""},
	} {
		if got := show(judged(t, test.judge, test.o)); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// TestScopeOfFile checks that a threshold is that of the file that was read.
func TestScopeOfFile(t *testing.T) {
	j := &Judge{Scope: func(file string) *Scope {
		if file == "old.yaml" {
			return &Scope{Thresholds: map[string]int{"password-min-length": 6}}
		}
		return &Scope{}
	}}
	policy := func(file string) Observation {
		return &Policy{Source: Source{At: finding.Location{File: file, Line: 1, Column: 1, EndLine: 1, EndColumn: 9}}, Kind: MinLength, Value: 7}
	}
	for file, want := range map[string]string{
		"new.yaml": "weak-password-policy medium regular [certain]",
		"old.yaml": "weak-password-policy note regular [near-threshold]",
	} {
		if got := show(judged(t, j, policy(file))); got != want {
			t.Errorf("%s: got %s, want %s", file, got, want)
		}
	}
}
