package sarif

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/authlint/authlint/internal/finding"
)

// FuzzWrite writes findings with foreign names, texts and places: whatever a
// repository holds, the log passes the schema and shows no control character.
func FuzzWrite(f *testing.F) {
	f.Add("a b/ü%.go", "plain message", "x := 1\n", 1, 1, 1, 4)
	f.Add("../../etc/\x1b[31m", "a](1) {0} \u202e\x00", "\xff\xfe😀\r\n\ty", 2, 2, 9, -4)
	f.Add("//host/share", "", "", -1, 0, 0, 0)
	f.Add("C:\\x\\y.go", "\n\n", "a\rb\r", 1, 99, 1, 5)
	f.Fuzz(func(t *testing.T, name, message, content string, line, column, endLine, endColumn int) {
		l := finding.Location{File: name, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
		inside := l
		inside.File = "inside.go"
		finds := []finding.Finding{
			{Rule: "rule-one", Severity: finding.High, Message: message, Primary: l, Symbol: name, Places: []finding.Location{l, inside},
				Steps: []finding.Step{
					{Kind: finding.Origin, Location: finding.Location{File: name, Package: message, Line: line}, Text: message},
					{Kind: finding.Sink, Location: inside, Text: name},
				}},
			{Rule: "rule-one", Severity: finding.Low, Message: message, Primary: inside, Redact: []finding.Location{inside},
				Evidence: map[string]string{name: message}, Suppressed: &finding.Suppression{Kind: name, Reason: message, Line: line},
				Fixes: []finding.Fix{{Title: message, Safe: true, Edits: []finding.Edit{{Location: inside, NewText: content}}}}},
		}
		run := runOf(t, map[string]string{"inside.go": content}, finds...)
		run.Version = message
		run.Notices = []finding.Notice{{ID: name, Level: message, Message: content, Where: l}}
		opts := fullOptions()
		opts.Category, opts.VersionControl = message, &VersionControl{RepositoryURI: name, Branch: message}
		data, err := encode(run, opts, githubLimits)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, data); err != nil {
			t.Fatalf("the schema refuses the log: %v\n%s", err, data)
		}
		if !utf8.Valid(data) || bytes.ContainsAny(data, "\x1b\x00\u009b\u202e") {
			t.Fatalf("the log holds raw control characters: %q", data)
		}
	})
}

// BenchmarkWrite writes as many findings as GitHub takes, in 500 files.
func BenchmarkWrite(b *testing.B) {
	const files, each = 500, 50
	content := map[string]string{}
	var list []finding.Finding
	for i := range files {
		name := fmt.Sprintf("pkg%03d/client.go", i)
		var text strings.Builder
		text.WriteString("package client\n\n")
		for j := range each {
			start := text.Len()
			fmt.Fprintf(&text, "var _ = connect(\"https://api.example.com/v1\", \"svc\", \"Pelican-%d-%d\") // note %d\n", i, j, j)
			line := text.String()[start:]
			from := strings.Index(line, "\"Pelican") + 1
			to := strings.Index(line, ") //") + 1
			l := loc(name, j+3, from, to)
			list = append(list, finding.Finding{
				Rule: "rule-one", Severity: finding.High, Message: "a password of 13 characters reaches connect", Primary: l,
				Symbol: "init", Redact: []finding.Location{l}, Fingerprint: fmt.Sprintf("%016x", len(list)),
				Steps: []finding.Step{{Kind: finding.Origin, Location: l, Text: "the literal"}, {Kind: finding.Sink, Location: l, Text: "password of connect"}},
			})
		}
		content[name] = text.String()
	}
	run := runOf(b, content, list...)
	b.ReportAllocs()
	for b.Loop() {
		var n counter
		if err := Write(&n, run, Options{Rules: someRules{}}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n)/1e6, "MB/log")
	}
}
