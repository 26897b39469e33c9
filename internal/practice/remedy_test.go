package practice

import (
	"testing"

	"github.com/authlint/authlint/internal/finding"
)

// TestRemedies holds which findings name what removes them: none that lies in a
// test, those of examples like all others.
func TestRemedies(t *testing.T) {
	at := func(file string, test bool) Source {
		s := source(1)
		s.At.File, s.Test = file, test
		return s
	}
	config := finding.Location{File: "main.go", Line: 9, Column: 2, EndLine: 9, EndColumn: 3}
	tests := []struct {
		name string
		o    Observation
		want string
	}{
		{"literal", &TLS{Source: at("main.go", false), Aspect: MinVersion, Version: 0x0301}, "raise-tls-floor"},
		{"literal in a test", &TLS{Source: at("main_test.go", true), Aspect: MinVersion, Version: 0x0301}, ""},
		{"literal in an example", &TLS{Source: at("examples/main.go", true), Aspect: MinVersion, Version: 0x0301}, "raise-tls-floor"},
		{"literal in the test of an example", &TLS{Source: at("examples/testdata/main.go", true), Aspect: MinVersion, Version: 0x0301}, ""},
		{"default of a server", &TLS{Source: at("main.go", false), Aspect: ServerDefault, Role: ServerSide, GoLine: "1.18"}, ""},
		{"default of a server with a configuration", &TLS{Source: at("main.go", false), Aspect: ServerDefault, Role: ServerSide, GoLine: "1.18", Config: config}, "raise-tls-floor"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := judged(t, &Judge{}, tt.o)
			got := ""
			for _, f := range found {
				for _, r := range f.Remedies {
					got += r.Name
				}
			}
			if len(found) != 1 || got != tt.want {
				t.Errorf("%d findings, remedies %q, want %q", len(found), got, tt.want)
			}
		})
	}
}
