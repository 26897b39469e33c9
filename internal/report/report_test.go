package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// someRules is a catalogue of one page, so that reports in tests do not change
// with the pages.
type someRules struct{}

func (someRules) Rule(id string) (*rules.Rule, bool) {
	return &rules.Rule{ID: id, Title: "Some rule", CWE: []int{798}, Fix: "Rotate it first, OAuth 2.0 or not. Then more.\n\nAnd more."}, id == "some-rule"
}

func (someRules) SecretRule(id string) *rules.Rule { return &rules.Rule{ID: id, Title: "Pattern"} }

func (someRules) Provider(id string) (*rules.Provider, bool) {
	return &rules.Provider{ID: id, KeyScheme: "App", Schemes: []string{"app", "basic"}, BasicAdvice: "a key", Hosts: []string{"sms.example"}}, id == "sms-co"
}

func (someRules) PageURL(id string) string { return "https://example.com/" + id + ".md" }

func runOf(t testing.TB, files map[string]string, findings ...finding.Finding) *finding.Run {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return &finding.Run{Root: dir, Version: "v0.1.2", Findings: findings, Stats: finding.Stats{Files: len(files)}}
}

func loc(file string, line, column, endColumn int) finding.Location {
	return finding.Location{File: file, Line: line, Column: column, EndLine: line, EndColumn: endColumn}
}

// secret is what no report may show.
const secret = "pelican" + "-77"

// fullRun has findings of every kind.
func fullRun(t testing.TB) *finding.Run {
	files := map[string]string{
		"go.mod":       "module example.com/shop\n",
		"main.go":      "package main\n\nfunc main() {\n\tmail.Send(\"svc\", \"" + secret + "\") // not " + secret + "\n}\n",
		"mail/mail.go": "package mail\n\nfunc Send(user, password string) {\n\tlogin(user, password)\n}\n",
		"app.yaml":     "mail:\n  password: " + secret + "\n  url: http://mail.example.com/send\n",
	}
	run := runOf(t, files,
		finding.Finding{Rule: "some-pattern", Severity: finding.Note, Message: "looks like a key", Primary: loc("app.yaml", 2, 13, 23), Redact: []finding.Location{loc("app.yaml", 2, 13, 23)}},
		finding.Finding{Rule: "some-rule", Severity: finding.Low, Message: "credentials go over plain http", Primary: loc("app.yaml", 3, 8, 36)},
		finding.Finding{
			Rule: "some-rule", Severity: finding.High, Persona: finding.Regular, Grades: []string{"certain"},
			Message: "a password of 10 characters reaches login", Primary: loc("main.go", 4, 19, 31), Symbol: "main", Key: "mail.Send",
			Steps: []finding.Step{
				{Kind: finding.Origin, Location: loc("main.go", 4, 19, 31), Text: "the literal"},
				{Kind: finding.Pass, Location: finding.Location{File: "mail.go", Package: "example.com/shop/mail", Line: 3, Column: 17, EndLine: 3, EndColumn: 25}},
				{Kind: finding.Sink, Location: finding.Location{File: "ftp.go", Package: "example.org/ftp", Line: 9, Column: 2}, Text: "password of login"},
			},
			Places: []finding.Location{loc("app.yaml", 2, 13, 23)}, Absorbed: []string{"weak-password"},
			Evidence: map[string]string{"value": finding.Mask(secret)}, Redact: []finding.Location{loc("main.go", 4, 19, 31)},
			Fixes: []finding.Fix{
				{Title: "read the environment", Edits: []finding.Edit{{Location: loc("main.go", 4, 19, 31), NewText: `os.Getenv("MAIL_PASSWORD")`}}},
				{Title: "move it", Edits: []finding.Edit{{Location: loc("main.go", 1, 1, 1), NewText: "// " + secret}}},
			},
			Fingerprint: "00112233",
		},
		finding.Finding{Rule: "some-rule", Severity: finding.Critical, Message: "silenced", Primary: loc("mail/mail.go", 4, 2, 7),
			Suppressed: &finding.Suppression{Kind: "authlint:ignore", Reason: "the test server", Line: 3}},
	)
	run.Notices = []finding.Notice{
		{ID: "broken-package", Level: "warning", Message: "x/x.go:5: undefined: y", Where: loc("x/x.go", 5, 1, 1)},
		{ID: "skipped-file", Level: "note", Message: "too large", Where: loc("dump.sql", 0, 0, 0)},
	}
	run.Stats = finding.Stats{Files: 4, Packages: 2, PartPackages: 1, DroppedBodies: 3, Synthesised: 1, SkippedFiles: 1, Suppressed: 1, AuditorOnly: 7}
	return run
}

type format func(io.Writer, *finding.Run, Options) error

// formats returns all formats by name.
func formats() map[string]format {
	all := map[string]format{}
	for _, f := range Formats() {
		all[f.Name] = f.Write
	}
	return all
}

func print(t testing.TB, write format, run *finding.Run, opts Options) string {
	t.Helper()
	opts.Rules = someRules{}
	var buf bytes.Buffer
	if err := write(&buf, run, opts); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestTextOfACleanRunIsOneLine(t *testing.T) {
	run := &finding.Run{Stats: finding.Stats{Files: 1, Packages: 2}}
	if got, want := print(t, Text, run, Options{}), "no findings in 1 file and 2 Go packages\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOneLine(t *testing.T) {
	want := `app.yaml:2:13: note: looks like a key (some-pattern)
app.yaml:3:8: low: credentials go over plain http (some-rule)
main.go:4:19: high: a password of 10 characters reaches login (some-rule)
`
	if diff := cmp.Diff(want, print(t, OneLine, fullRun(t), Options{})); diff != "" {
		t.Error(diff)
	}
	want += "mail/mail.go:4:2: critical: silenced (some-rule) [suppressed by authlint:ignore: the test server]\n"
	if diff := cmp.Diff(want, print(t, OneLine, fullRun(t), Options{ShowSuppressed: true})); diff != "" {
		t.Error(diff)
	}
}

func TestJSONL(t *testing.T) {
	var got []map[string]any
	for line := range strings.Lines(print(t, JSONL, fullRun(t), Options{ShowSuppressed: true})) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		got = append(got, object)
	}
	var types []string
	for _, object := range got {
		types = append(types, fmt.Sprint(object["type"]))
	}
	if diff := cmp.Diff([]string{"run", "finding", "finding", "finding", "finding", "notice", "notice", "summary"}, types); diff != "" {
		t.Fatal(diff)
	}
	want := map[string]any{
		"type": "finding", "rule": "some-rule", "title": "Some rule", "help": "https://example.com/some-rule.md", "cwe": []any{798.0},
		"severity": "high", "persona": "regular", "message": "a password of 10 characters reaches login",
		"file": "main.go", "line": 4.0, "column": 19.0, "endLine": 4.0, "endColumn": 31.0,
		"source": "\tmail.Send(\"svc\", \"***\") // not ***", "symbol": "main", "key": "mail.Send", "grades": []any{"certain"},
		"absorbed": []any{"weak-password"}, "evidence": map[string]any{"value": "*** (10 characters)"}, "fingerprint": "00112233",
		"steps": []any{
			map[string]any{"kind": "origin", "text": "the literal", "location": object("main.go", 4, 19, 4, 31, "")},
			map[string]any{"kind": "pass", "text": "", "location": object("mail/mail.go", 3, 17, 3, 25, "")},
			map[string]any{"kind": "sink", "text": "password of login", "location": object("ftp.go", 9, 2, 0, 0, "example.org/ftp")},
		},
		"places": []any{object("app.yaml", 2, 13, 2, 23, "")}, "redact": []any{object("main.go", 4, 19, 4, 31, "")},
		"fixes": []any{map[string]any{"title": "read the environment", "safe": false, "edits": []any{
			map[string]any{"location": object("main.go", 4, 19, 4, 31, ""), "newText": `os.Getenv("MAIL_PASSWORD")`},
		}}},
	}
	if diff := cmp.Diff(want, got[3]); diff != "" {
		t.Errorf("finding: %s", diff)
	}
	if diff := cmp.Diff(map[string]any{"type": "run", "format": "authlint-jsonl/1", "version": "v0.1.2"}, got[0]); diff != "" {
		t.Errorf("run: %s", diff)
	}
	summary := got[len(got)-1]
	if summary["findings"] != 3.0 || summary["auditorOnly"] != 7.0 || fmt.Sprint(summary["bySeverity"]) != "map[high:1 low:1 note:1]" {
		t.Errorf("summary: %v", summary)
	}
}

// object is a location as JSON.
func object(file string, line, column, endLine, endColumn float64, pkg string) map[string]any {
	o := map[string]any{"file": file, "line": line, "column": column, "endLine": endLine, "endColumn": endColumn}
	if pkg != "" {
		o["package"] = pkg
	}
	return o
}

func TestNoFormatShowsASecret(t *testing.T) {
	for name, write := range formats() {
		run := fullRun(t)
		run.Findings[2].Message += " (" + secret + ")"
		run.Findings[2].Symbol = secret
		run.Findings[2].Evidence["leak"] = "cGVsaWNhbi03Nw=="
		run.Findings[2].Steps[0].Text = "pelican%2D77 or " + secret
		run.Notices[0].Message += " " + secret
		run.Findings[3].Suppressed.Reason = "it is " + secret
		got := print(t, write, run, Options{ShowSuppressed: true})
		for _, leak := range []string{"pelican", "cGVsaWNhbi03", run.Root} {
			if strings.Contains(got, leak) {
				t.Errorf("%s shows %q:\n%s", name, leak, got)
			}
		}
	}
}

// TestNoFormatShowsWhatStandsBeside has secrets that no finding names on the
// lines of a frame, between them and around a place on a very long line.
func TestNoFormatShowsWhatStandsBeside(t *testing.T) {
	long := strings.Repeat(`{"k": "`+secret+`"}, `, 300)
	files := map[string]string{
		"main.go": "package main\n\nfunc f() {\n\ta(user, \"" + secret + "\") // " + secret + "\n\tb(\"" + secret + "\")\n\tc(user)\n}\n",
		"app.sh":  "curl -u bob:" + secret + " \\\n  --data " + secret + " \\\n  http://x.example.com\n",
		"min.js":  long + "get(user)" + long + "\n",
		secret:    "x\n",
	}
	var list []finding.Finding
	for file, places := range map[string][2]finding.Location{
		"main.go": {loc("main.go", 4, 4, 8), loc("main.go", 6, 4, 8)},
		"app.sh":  {loc("app.sh", 3, 3, 23), loc("app.sh", 1, 1, 5)},
		"min.js":  {loc("min.js", 1, len(long)+1, len(long)+10), loc("min.js", 1, len(long)+500, len(long)+900)},
	} {
		list = append(list, finding.Finding{Rule: "some-rule", Severity: finding.High, Message: "m", Primary: places[0], Symbol: file,
			Steps: []finding.Step{{Kind: finding.Origin, Location: places[1], Text: "from"}, {Kind: finding.Sink, Location: places[0], Text: "to"}}})
	}
	finding.Sort(list)
	for name, write := range formats() {
		if got := print(t, write, runOf(t, files, list...), Options{}); strings.Contains(got, "pelican") {
			t.Errorf("%s shows a secret:\n%s", name, got)
		}
	}
}

func TestControlCharactersAreEscaped(t *testing.T) {
	evil := "a\x1b[2Jb\u009b\u202e\nc"
	for name, write := range formats() {
		run := runOf(t, map[string]string{"ok.go": "x := f(\x1b]0;\x07\u202ex)\n"},
			finding.Finding{Rule: evil, Severity: finding.High, Message: evil, Primary: loc(evil, 1, 1, 2), Symbol: evil},
			finding.Finding{Rule: "some-rule", Severity: finding.High, Message: "m", Primary: loc("ok.go", 1, 1, 5),
				Steps: []finding.Step{{Kind: finding.StepKind(evil), Location: loc(evil, 1, 1, 2)}}, Evidence: map[string]string{evil: evil}},
		)
		run.Notices = []finding.Notice{{ID: evil, Level: "warning", Message: evil, Where: loc(evil, 1, 1, 1)}}
		run.Version = evil
		got := print(t, write, run, Options{})
		for _, r := range got {
			if r != '\n' && (r < ' ' || r == 0x9b || r == 0x202e) {
				t.Fatalf("%s lets %U through: %q", name, r, got)
			}
		}
		if name == "jsonl" {
			var first findingLine
			line := strings.Split(got, "\n")[1]
			if err := json.Unmarshal([]byte(line), &first); err != nil || first.File != evil {
				t.Errorf("a program must read the file's true name, got %q, %v", first.File, err)
			}
		} else if strings.Count(got, "\n") != strings.Count(strings.ReplaceAll(got, `\n`, ""), "\n") {
			t.Errorf("%s: a name breaks a line: %q", name, got)
		}
	}
}

func TestLongFindingsAreCut(t *testing.T) {
	f := finding.Finding{Rule: "some-rule", Severity: finding.High, Message: "m", Primary: loc("a.go", 1, 1, 2)}
	for i := range 40 {
		f.Steps = append(f.Steps, finding.Step{Kind: finding.Pass, Location: loc("a.go", i+1, 1, 2), Text: "pass"})
		f.Places = append(f.Places, loc("b.go", i+1, 1, 2))
	}
	got := print(t, Text, runOf(t, nil, f), Options{})
	for _, want := range []string{"a.go:1:1: (1) pass", "28 more steps", "a.go:40:1: (40) pass", "also: b.go:1:1, b.go:2:1", "35 more places"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "\n"); n > 30 {
		t.Errorf("one finding takes %d lines", n)
	}
}

func TestColor(t *testing.T) {
	if got := print(t, Text, fullRun(t), Options{}); strings.Contains(got, "\x1b") {
		t.Error("colours nobody asked for")
	}
	if got := print(t, Text, fullRun(t), Options{Color: true}); !strings.Contains(got, "\x1b[1;31mhigh[some-rule]:\x1b[0m") {
		t.Error("no colours")
	}
}

func TestTheCatalogueDescribesRules(t *testing.T) {
	run := runOf(t, nil, finding.Finding{Rule: "hardcoded-credential", Severity: finding.High, Message: "m", Primary: loc("a.go", 1, 1, 2)})
	var buf bytes.Buffer
	if err := Text(&buf, run, Options{}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(buf.String(), " = fix: ") {
		t.Errorf("no advice from the page: %s", buf.String())
	}
}

// broken refuses everything that is written to it.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestErrorsOfTheWriterAreTold(t *testing.T) {
	for name, write := range formats() {
		if err := write(broken{}, fullRun(t), Options{Rules: someRules{}}); err == nil {
			t.Errorf("%s: a report that was not written is no success", name)
		}
	}
}

// FuzzReports prints findings with foreign names, texts and places.
func FuzzReports(f *testing.F) {
	f.Add("a b.go", "plain", "x := 1\n", 1, 1, 1, 4)
	f.Add("\x1b", "\u202e\x9b\n", "\xff😀\t漢\r\n", 1, 3, 9, -4)
	f.Fuzz(func(t *testing.T, name, message, content string, line, column, endLine, endColumn int) {
		l := finding.Location{File: "in.go", Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
		run := runOf(t, map[string]string{"in.go": content},
			finding.Finding{Rule: name, Severity: finding.Low, Message: message, Primary: l, Redact: []finding.Location{l},
				Steps: []finding.Step{{Location: finding.Location{File: name, Line: line}, Text: message}}, Places: []finding.Location{l}})
		run.Notices = []finding.Notice{{ID: name, Level: message, Message: content, Where: l}}
		for format, write := range formats() {
			for _, r := range print(t, write, run, Options{ShowSuppressed: true}) {
				if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e) {
					t.Fatalf("%s lets %U through", format, r)
				}
			}
		}
	})
}

// BenchmarkMinified prints 2,000 findings that lie on one line of 400 kB.
func BenchmarkMinified(b *testing.B) {
	var text strings.Builder
	var list []finding.Finding
	for i := range 2000 {
		fmt.Fprintf(&text, `{"key%d":"`, i)
		start := text.Len()
		fmt.Fprintf(&text, "pelican-%d-zz", i)
		l := loc("min.json", 1, start+1, text.Len()+1)
		list = append(list, finding.Finding{Rule: "some-rule", Severity: finding.High, Message: "m", Primary: l, Redact: []finding.Location{l}})
		text.WriteString(`","pad":"` + strings.Repeat("x", 150) + `"},`)
	}
	run := runOf(b, map[string]string{"min.json": text.String()}, list...)
	for name, write := range map[string]format{"text": Text, "jsonl": JSONL} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := write(io.Discard, run, Options{Rules: someRules{}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
