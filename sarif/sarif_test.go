package sarif

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// someRules is a catalogue of two rules, so that logs in tests do not change
// with the pages.
type someRules struct{}

var ruleOne = rules.Rule{
	ID: "rule-one", Title: "First rule", Summary: "What it is about.", SecuritySeverity: "8.1", Precision: "high",
	CWE: []int{79, 798}, Markdown: "What it is about.\n\n## Fix\n\nMend it.\n",
	Grades: map[string]rules.Outcome{"certain": {Severity: finding.High}},
}

func (someRules) Rules() []*rules.Rule { return []*rules.Rule{&ruleOne} }

func (someRules) Rule(id string) (*rules.Rule, bool) { return &ruleOne, id == ruleOne.ID }

func (someRules) PageURL(id string) string { return "https://example.com/rules/" + id + ".md" }

func (someRules) SecretRule(id string) *rules.Rule {
	return &rules.Rule{ID: id, Title: "Pattern " + id, Markdown: "A pattern.", Secret: true,
		Grades: map[string]rules.Outcome{"certain": {Severity: finding.Medium}}}
}

// runOf returns a run over files given by name and content.
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
	return &finding.Run{Root: dir, Version: "v0.1.2", Findings: findings}
}

// loc returns a location of one line.
func loc(file string, line, column, endColumn int) finding.Location {
	return finding.Location{File: file, Line: line, Column: column, EndLine: line, EndColumn: endColumn}
}

// one returns a finding of rule-one at a place.
func one(l finding.Location) finding.Finding {
	return finding.Finding{Rule: "rule-one", Severity: finding.High, Message: "something is wrong", Primary: l}
}

// log is the part of a log that tests look at.
type log struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Version, SemanticVersion string
				Rules                    []struct{ ID, Name string }
			}
		}
		ColumnKind               string
		Results                  []result
		AutomationDetails        struct{ ID string }
		Invocations              []invocation
		VersionControlProvenance []struct{ RepositoryURI string }
		RedactionTokens          []string
		OriginalURIBaseIDs       map[string]any
	}
}

type invocation struct {
	ExecutionSuccessful        bool
	ToolExecutionNotifications []struct {
		Level      string
		Message    struct{ Text string }
		Descriptor struct{ ID string }
	}
}

type result struct {
	RuleID           string
	RuleIndex        int
	Level            string
	Message          struct{ Text string }
	Locations        []location
	RelatedLocations []location
	CodeFlows        []struct {
		ThreadFlows []struct{ Locations []struct{ Location location } }
	}
	PartialFingerprints map[string]string
	Suppressions        []struct{ Kind, Justification string }
	Fixes               []json.RawMessage
	Properties          map[string]any
}

type location struct {
	ID               int
	Message          struct{ Text string }
	PhysicalLocation struct {
		ArtifactLocation      struct{ URI, URIBaseID string }
		Region, ContextRegion *region
	}
	LogicalLocations []struct{ FullyQualifiedName, Kind string }
}

type region struct {
	StartLine, StartColumn, EndLine, EndColumn int
	Snippet                                    *struct{ Text string }
}

// write returns the log of a run, read back, after the schema has passed it.
func write(t testing.TB, run *finding.Run, opts Options) log {
	t.Helper()
	return writeWithin(t, run, opts, githubLimits)
}

func writeWithin(t testing.TB, run *finding.Run, opts Options, lim limits) log {
	t.Helper()
	if opts.Rules == nil {
		opts.Rules = someRules{}
	}
	data, err := encode(run, opts, lim)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, data); err != nil {
		t.Fatalf("the schema refuses the log: %v\n%s", err, data)
	}
	var l log
	if err := json.Unmarshal(data, &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// fullRun uses everything that a log can hold.
func fullRun(t testing.TB) *finding.Run {
	secret := "orchid" + "-77-pelican"
	files := map[string]string{
		"go.mod":        "module example.com/shop\n",
		"main.go":       "package main\n\nimport \"example.com/shop/mail\"\n\nfunc main() { mail.Send(\"" + secret + "\") }\n",
		"mail/mail.go":  "package mail\n\nfunc Send(password string) {\n\tlogin(\"ünï\", password)\n}\n",
		"conf/a b.yaml": "password: " + secret + "\n",
	}
	f := finding.Finding{
		Rule: "rule-one", Severity: finding.Critical, Persona: finding.Regular, Grades: []string{"certain"},
		Message: "a password of 17 characters reaches login", Primary: loc("main.go", 5, 25, 44), Symbol: "main",
		Steps: []finding.Step{
			{Kind: finding.Origin, Location: loc("main.go", 5, 25, 44), Text: "the literal"},
			{Kind: finding.Pass, Location: finding.Location{File: "mail.go", Package: "example.com/shop/mail", Line: 3, Column: 11, EndLine: 3, EndColumn: 26}, Text: "parameter of Send"},
			{Kind: finding.Pass, Location: finding.Location{File: "conn.go", Package: "example.org/ftp/v2", Line: 9, Column: 2, EndLine: 9, EndColumn: 7}, Text: "parameter of Login"},
			{Kind: finding.Sink, Location: loc("mail/mail.go", 4, 16, 24), Text: "password of login"},
		},
		Places: []finding.Location{loc("conf/a b.yaml", 1, 11, 28)}, Absorbed: []string{"weak-password"},
		Evidence: map[string]string{"provider": "none", "value": finding.Mask(secret)},
		Redact:   []finding.Location{loc("main.go", 5, 25, 44)}, Fingerprint: "0011223344556677",
		Fixes: []finding.Fix{
			{Title: "Read the environment", Safe: true, Edits: []finding.Edit{{Location: loc("main.go", 5, 25, 44), NewText: `os.Getenv("MAIL_PASSWORD")`}}},
			{Title: "Not safe", Edits: []finding.Edit{{Location: loc("main.go", 5, 25, 44), NewText: `""`}}},
			{Title: "Move it", Safe: true, Edits: []finding.Edit{{Location: loc("main.go", 1, 1, 1), NewText: "// " + secret}}},
		},
	}
	suppressed := one(loc("mail/mail.go", 4, 2, 7))
	suppressed.Suppressed = &finding.Suppression{Kind: "authlint:ignore", Reason: "known", Line: 3}
	pattern := finding.Finding{Rule: "some-api-key", Severity: finding.Low, Message: "looks like a key", Primary: loc("conf/a b.yaml", 1, 11, 28),
		Persona: finding.Auditor, Redact: []finding.Location{loc("conf/a b.yaml", 1, 11, 28)}}
	run := runOf(t, files, pattern, f, suppressed)
	run.Notices = []finding.Notice{
		{ID: "broken-package", Level: "warning", Message: "example.com/shop/x does not type-check", Where: loc("x/x.go", 1, 1, 1)},
		{ID: "unreadable-file", Level: "error", Message: "b.bin: permission denied"},
		{ID: "broken-package", Level: "warning", Message: "another one"},
	}
	return run
}

func fullOptions() Options {
	return Options{
		Rules: someRules{}, ShowSuppressed: true, Category: "authlint",
		VersionControl: &VersionControl{RepositoryURI: "https://bob:pw@example.com/shop.git?x=1", RevisionID: "abc123", Branch: "main"},
	}
}

// TestGolden shows a whole log for review; UPDATE_GOLDEN=1 rewrites it.
func TestGolden(t *testing.T) {
	data, err := encode(fullRun(t), fullOptions(), githubLimits)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, data); err != nil {
		t.Errorf("the schema refuses the log: %v", err)
	}
	var got bytes.Buffer
	if err := json.Indent(&got, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/full.sarif"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("the log differs from %s:\n%s", golden, diff)
	}
	for _, leak := range []string{"orchid", "pelican", "bob", "null"} {
		if strings.Contains(got.String(), leak) {
			t.Errorf("the log holds %q", leak)
		}
	}
}

func TestEmptyRun(t *testing.T) {
	data, err := encode(&finding.Run{}, Options{Rules: someRules{}}, githubLimits)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, data); err != nil {
		t.Error(err)
	}
	if !bytes.Contains(data, []byte(`"results":[]`)) {
		t.Errorf("a clean run must list no results, or uploads are refused: %s", data)
	}
}

func TestEveryRuleOfTheCatalogueIsListed(t *testing.T) {
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	run := write(t, &finding.Run{}, Options{Rules: catalogue}).Runs[0]
	if got, want := len(run.Tool.Driver.Rules), len(catalogue.Rules()); got != want {
		t.Errorf("%d rules are listed, the catalogue has %d", got, want)
	}
	for _, rule := range run.Tool.Driver.Rules {
		if rule.Name == rule.ID || strings.ContainsAny(rule.Name, "-_ ") {
			t.Errorf("rule %s is named %q", rule.ID, rule.Name)
		}
	}
	run = write(t, &finding.Run{}, Options{Rules: catalogue, Active: []string{"weak-password"}}).Runs[0]
	if len(run.Tool.Driver.Rules) != 1 {
		t.Errorf("one rule is active, listed are %v", run.Tool.Driver.Rules)
	}
}

func TestColumnsAreUTF16(t *testing.T) {
	tests := []struct {
		name, line       string
		column, end      int // in bytes
		wantFrom, wantTo int
	}{
		{"ascii", "abc def", 5, 8, 5, 8},
		{"tabs count one", "\t\tx := 1", 3, 4, 3, 4},
		{"two byte letters", "ü ü x", 7, 8, 5, 6},
		{"emoji count two", "😀😀 x", 10, 11, 6, 7},
		{"carriage return", "abc\r", 1, 4, 1, 4},
		{"invalid bytes", "a\xff\xfeb", 4, 5, 4, 5},
		{"cut character", "a\xe2\x82b", 4, 5, 3, 4},
		{"inside a character", "é", 2, 3, 2, 2},
		{"beyond the line", "ab", 9, 12, 3, 3},
		{"whole line", "  abc  ", 0, 0, 1, 6},
		{"no end", "abc", 2, 0, 2, 2},
	}
	for _, tt := range tests {
		l := loc("a.txt", 2, tt.column, tt.end)
		if tt.end == 0 {
			l.EndLine = 0
		}
		run := runOf(t, map[string]string{"a.txt": "first\n" + tt.line + "\nlast\n"}, one(l))
		got := write(t, run, Options{}).Runs[0].Results[0].Locations[0].PhysicalLocation.Region
		if got.StartColumn != tt.wantFrom || got.EndColumn != tt.wantTo || got.StartLine != 2 || got.EndLine != 2 {
			t.Errorf("%s: got %+v, want columns %d to %d", tt.name, got, tt.wantFrom, tt.wantTo)
		}
	}
}

func TestPrimaryRegionStaysOnOneLine(t *testing.T) {
	l := finding.Location{File: "a.go", Line: 1, Column: 5, EndLine: 3, EndColumn: 2}
	run := runOf(t, map[string]string{"a.go": "x = f( \t\r\n\ty,\r\n)\r\n"}, one(l))
	got := write(t, run, Options{}).Runs[0].Results[0].Locations[0].PhysicalLocation
	if diff := cmp.Diff(&region{1, 5, 1, 7, nil}, &region{got.Region.StartLine, got.Region.StartColumn, got.Region.EndLine, got.Region.EndColumn, nil}); diff != "" {
		t.Errorf("region: %s", diff)
	}
	if diff := cmp.Diff(&region{1, 5, 3, 2, nil}, got.ContextRegion); diff != "" {
		t.Errorf("context: %s", diff)
	}
}

func TestFilesThatAreGoneOrChanged(t *testing.T) {
	files := map[string]string{"short.go": "x\n"}
	run := runOf(t, files, one(loc("gone.go", 7, 3, 9)), one(loc("short.go", 70, 3, 9)), one(finding.Location{File: "short.go"}),
		one(finding.Location{File: "short.go", Line: -3, Column: -1, EndLine: -9, EndColumn: -2}), one(loc("short.go", 1, 9, 3)))
	for i, want := range []region{{7, 3, 7, 9, nil}, {70, 3, 70, 9, nil}, {1, 1, 1, 1, nil}, {1, 1, 1, 1, nil}, {1, 2, 1, 2, nil}} {
		got := *write(t, run, Options{}).Runs[0].Results[i].Locations[0].PhysicalLocation.Region
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("result %d: %s", i, diff)
		}
	}
}

func TestAddresses(t *testing.T) {
	run := runOf(t, nil)
	tests := []struct{ file, uri, base string }{
		{"a b/ü%.go", "a%20b/%C3%BC%25.go", rootBase},
		{"x#y?z.go", "x%23y%3Fz.go", rootBase},
		{"a:b.go", "a%3Ab.go", rootBase},
		{"./a/../b.go", "b.go", rootBase},
		{"[a]{b}|^`.go", "%5Ba%5D%7Bb%7D%7C%5E%60.go", rootBase},
		{"bad\xff\x1b.go", "bad%FF%1B.go", rootBase},
		{"漢字/😀.md", "%E6%BC%A2%E5%AD%97/%F0%9F%98%80.md", rootBase},
		{run.Root + "/in/side.go", "in/side.go", rootBase},
		{"/elsewhere/a b.go", "file:///elsewhere/a%20b.go", ""},
		{"../up.go", "../up.go", rootBase},
	}
	for _, tt := range tests {
		run.Findings = []finding.Finding{one(loc(tt.file, 1, 1, 2))}
		got := write(t, run, Options{}).Runs[0].Results[0].Locations[0].PhysicalLocation.ArtifactLocation
		if got.URI != tt.uri || got.URIBaseID != tt.base {
			t.Errorf("%q: got %q below %q, want %q below %q", tt.file, got.URI, got.URIBaseID, tt.uri, tt.base)
		}
	}
}

func TestStepsInOtherPackages(t *testing.T) {
	steps := write(t, fullRun(t), fullOptions()).Runs[0].Results[1].CodeFlows[0].ThreadFlows[0].Locations
	own, foreign := steps[1].Location, steps[2].Location
	if got := own.PhysicalLocation.ArtifactLocation; got.URI != "mail/mail.go" || got.URIBaseID != rootBase {
		t.Errorf("a package of the module must be found by its folder: %+v", got)
	}
	if got := foreign.PhysicalLocation.ArtifactLocation; got.URI != "example.org/ftp/v2/conn.go" || got.URIBaseID != packageBase {
		t.Errorf("a package elsewhere is named by import path, not as a file of the root: %+v", got)
	}
	if got := foreign.LogicalLocations; len(got) != 1 || got[0].FullyQualifiedName != "example.org/ftp/v2" {
		t.Errorf("a package elsewhere is named: %+v", got)
	}
}

func TestRelatedPlacesAreLinkedFromTheMessage(t *testing.T) {
	r := write(t, fullRun(t), fullOptions()).Runs[0].Results[1]
	want := "a password of 17 characters reaches login. It is used at [mail/mail.go:4](1). The same holds for [conf/a b.yaml:1](2)."
	if r.Message.Text != want {
		t.Errorf("got  %s\nwant %s", r.Message.Text, want)
	}
	for i, l := range r.RelatedLocations {
		if l.ID != i+1 {
			t.Errorf("related location %d has id %d", i, l.ID)
		}
	}
	f := one(loc("a.go", 1, 1, 2))
	f.Message = "index m[k](1) is no link"
	f.Places = []finding.Location{loc("we[i]rd.go", 2, 1, 2)}
	r = write(t, runOf(t, nil, f), Options{}).Runs[0].Results[0]
	want = `index m[k] (1) is no link. The same holds for [we\[i\]rd.go:2](1).`
	if r.Message.Text != want {
		t.Errorf("got  %s\nwant %s", r.Message.Text, want)
	}
}

func TestFixesAreSafeAndHoldNoSecret(t *testing.T) {
	r := write(t, fullRun(t), fullOptions()).Runs[0].Results[1]
	if len(r.Fixes) != 1 || !bytes.Contains(r.Fixes[0], []byte("Read the environment")) {
		t.Errorf("got fixes %s, want the safe one without the secret", r.Fixes)
	}
}

func TestSuppressedFindings(t *testing.T) {
	run := fullRun(t)
	opts := fullOptions()
	with := write(t, run, opts).Runs[0].Results
	opts.ShowSuppressed = false
	without := write(t, run, opts).Runs[0].Results
	if len(with) != 3 || len(without) != 2 {
		t.Fatalf("%d results with the suppressed one, %d without", len(with), len(without))
	}
	if s := with[2].Suppressions; len(s) != 1 || s[0].Kind != "inSource" || s[0].Justification != "known" {
		t.Errorf("got suppressions %+v", s)
	}
}

func TestNotices(t *testing.T) {
	run := write(t, fullRun(t), Options{}).Runs[0]
	got := run.Invocations[0]
	if got.ExecutionSuccessful || len(got.ToolExecutionNotifications) != 3 {
		t.Errorf("an input could not be read, got %+v", got)
	}
	if n := got.ToolExecutionNotifications[1]; n.Level != "error" || n.Descriptor.ID != "unreadable-file" {
		t.Errorf("got %+v", n)
	}
	clean := &finding.Run{Notices: []finding.Notice{{ID: "skipped-file", Level: "note", Message: "a.bin"}}}
	if !write(t, clean, Options{}).Runs[0].Invocations[0].ExecutionSuccessful {
		t.Error("a note is no failure")
	}
}

func TestLimits(t *testing.T) {
	var list []finding.Finding
	for i := range 6 {
		f := one(loc("a.go", i+1, 1, 2))
		f.Severity = finding.Low + finding.Severity(i%3)
		for j := range 9 {
			f.Steps = append(f.Steps, finding.Step{Kind: finding.Pass, Location: loc("a.go", j+1, 1, 2), Text: fmt.Sprint(j)})
			f.Places = append(f.Places, loc("b.go", j+1, 1, 2))
		}
		list = append(list, f)
	}
	lim := limits{results: 4, steps: 5, locations: 4, bytes: 1000}
	run := writeWithin(t, runOf(t, nil, list...), Options{}, lim).Runs[0]
	var lines []int
	for _, r := range run.Results {
		lines = append(lines, r.Locations[0].PhysicalLocation.Region.StartLine)
	}
	if diff := cmp.Diff([]int{2, 3, 5, 6}, lines); diff != "" {
		t.Errorf("the most severe must stay, in their order: %s", diff)
	}
	r := run.Results[0]
	var steps []string
	for _, l := range r.CodeFlows[0].ThreadFlows[0].Locations {
		steps = append(steps, l.Location.Message.Text)
	}
	if diff := cmp.Diff([]string{"0", "1", "2", "7", "8"}, steps); diff != "" {
		t.Errorf("both ends of a flow must stay: %s", diff)
	}
	if len(r.RelatedLocations) != 3 || !strings.HasSuffix(r.Message.Text, "and 6 more places.") {
		t.Errorf("%d related locations, message %s", len(r.RelatedLocations), r.Message.Text)
	}
	var ids []string
	for _, n := range run.Invocations[0].ToolExecutionNotifications {
		ids = append(ids, n.Descriptor.ID)
	}
	if diff := cmp.Diff([]string{"too-many-results", "report-too-large"}, ids); diff != "" {
		t.Errorf("notifications: %s", diff)
	}
}

func TestVersions(t *testing.T) {
	for version, want := range map[string][2]string{
		"v0.1.2":     {"0.1.2", "0.1.2"},
		"1.2.3-rc.1": {"1.2.3-rc.1", "1.2.3-rc.1"},
		"(devel)":    {"(devel)", ""},
		"v1":         {"1", ""},
		"":           {"", ""},
	} {
		d := write(t, &finding.Run{Version: version}, Options{}).Runs[0].Tool.Driver
		if d.Version != want[0] || d.SemanticVersion != want[1] {
			t.Errorf("%q: got %q and %q", version, d.Version, d.SemanticVersion)
		}
	}
}

func TestCategoryAndProvenance(t *testing.T) {
	run := write(t, &finding.Run{}, Options{}).Runs[0]
	if run.AutomationDetails.ID != "" || run.VersionControlProvenance != nil {
		t.Error("a category that nobody asked for overrides the one of the upload")
	}
	run = write(t, &finding.Run{}, fullOptions()).Runs[0]
	if run.AutomationDetails.ID != "authlint/" {
		t.Errorf("category is %q", run.AutomationDetails.ID)
	}
	if got := run.VersionControlProvenance[0].RepositoryURI; got != "https://example.com/shop.git" {
		t.Errorf("repository is %q", got)
	}
	for _, uri := range []string{"git@example.com:shop.git", "", "/home/x", "http://[::1"} {
		run = write(t, &finding.Run{}, Options{VersionControl: &VersionControl{RepositoryURI: uri}}).Runs[0]
		if run.VersionControlProvenance != nil {
			t.Errorf("%q is no URI and must not be written", uri)
		}
	}
}

func TestOutputIsTheSameEveryTime(t *testing.T) {
	run := fullRun(t)
	first, err := encode(run, fullOptions(), githubLimits)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := encode(run, fullOptions(), githubLimits)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("two logs of one run differ")
		}
	}
}

func TestNullsAreDropped(t *testing.T) {
	tests := map[string]string{
		`{"a":null}`:                           `{}`,
		`{"a":null,"b":1,"c":null}`:            `{"b":1}`,
		`{"a":[null,{"b":null,"c":[]}],"d":0}`: `{"a":[null,{"c":[]}],"d":0}`,
		`{"null":"null","a":"}\",null"}`:       `{"null":"null","a":"}\",null"}`,
		`[[],{},[{"a":null}]]`:                 `[[],{},[{}]]`,
		`{"a":{"b":{"c":null}},"e":-1.5e3}`:    `{"a":{"b":{}},"e":-1.5e3}`,
		`{"a":true,"b":"<&>"}`:                 `{"a":true,"b":"<&>"}`,
	}
	for in, want := range tests {
		got, err := marshal(json.RawMessage(in))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want+"\n" {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.sarif")
	if err := os.WriteFile(path, bytes.Repeat([]byte("old "), 100_000), 0o640); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.sarif")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, fullRun(t), fullOptions()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(t, data); err != nil {
		t.Errorf("a shorter log over a longer file is broken: %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode is %v, %v", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("something is left beside the log: %v", entries)
	}
	if err := WriteFile(filepath.Join(dir, "missing", "x.sarif"), fullRun(t), fullOptions()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v for a folder that is missing", err)
	}
	if err := WriteFile(os.DevNull, fullRun(t), fullOptions()); err != nil {
		t.Errorf("a device is written to directly: %v", err)
	}
}
