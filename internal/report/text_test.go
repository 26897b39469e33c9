package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/finding"
)

// draw returns a row with the lines below it, as text.
func draw(r row, columns int) string {
	t := &textPrinter{printer: &printer{}}
	lines := []string{r.text}
	for _, layer := range r.layers() {
		for _, line := range under(layer, columns) {
			lines = append(lines, t.line(line, finding.High))
		}
	}
	return "\n" + strings.Join(lines, "\n") + "\n"
}

// TestRows draws single lines with what is marked on them.
func TestRows(t *testing.T) {
	long := strings.Repeat("alpha.beta(gamma) ", 20)
	at := func(text, part, label string, primary bool) mark {
		from := strings.Index(text, part)
		return mark{from, from + len(part), label, primary}
	}
	tests := []struct {
		name, text string
		columns    int
		marks      func(text string) []mark
		want       []string // the rows drawn
	}{
		{"one label fits", "x := f(y)", 40, func(s string) []mark { return []mark{at(s, "f(y)", "call", true)} }, []string{`
x := f(y)
     ^^^^ call
`}},
		{"tabs and wide characters", "\t漢\t:= f(字)", 40, func(s string) []mark { return []mark{at(s, "f(字)", "", true), at(s, "漢", "name", false)} }, []string{`
漢    := f(字)
--       ^^^^^
name
`}},
		{"several labels hang on bars", "a := g(b, c)", 40, func(s string) []mark {
			return []mark{at(s, "a", "(3) kept", false), at(s, "b", "(1) user", false), at(s, "c", "(2) password", true)}
		}, []string{`
a := g(b, c)
-      -  ^ (2) password
|      |
|      (1) user
(3) kept
`}},
		{"the inner one of nested marks is nearer", "a := g(b)", 40, func(s string) []mark { return []mark{at(s, "g(b)", "outer", false), at(s, "b", "inner", false)} }, []string{`
a := g(b)
       - inner
     ---- outer
`}},
		{"no room to the right", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa(b)", 32, func(s string) []mark { return []mark{at(s, "b", "given to a function", true)} }, []string{`
aaaaaaaaaaaaaaaaaaaaaaaaaaaa(b)
                             ^
                given to a
                function
`}},
		{"far apart", "first(" + long + ")last()", 40, func(s string) []mark { return []mark{at(s, "first", "from", false), at(s, "last()", "to", true)} }, []string{`
first(alpha.beta(gamma) alpha.beta(gamm…
----- from
`, `
…a.beta(gamma) alpha.beta(gamma) )last()
                                  ^^^^^^
                                  to
`}},
		{"longer than the row", "x = " + long, 40, func(s string) []mark { return []mark{{4, len(s), "all", true}} }, []string{`
x = alpha.beta(gamma) alpha.beta(gamma)…
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    all
`}},
		{"an empty mark", "x()", 40, func(string) []mark { return []mark{{3, 3, "here", true}} }, []string{`
x()
   ^ here
`}},
		{"a comment far to the right", "x()                                   // why", 40, func(s string) []mark { return []mark{at(s, "x()", "", true)} }, []string{`
x()  // why
^^^
`}},
	}
	for _, tt := range tests {
		text := strings.TrimRight(tt.text, " ")
		q := quote{number: 1, text: text, marks: tt.marks(text)}
		indent := len(spread(text[:len(text)-len(strings.TrimLeft(text, "\t "))]))
		var got []string
		for _, r := range q.rows(indent, tt.columns) {
			got = append(got, draw(r, tt.columns))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestPlacesOfOneFaultShareAFrame has the same said of three calls, and of one
// in another file.
func TestPlacesOfOneFaultShareAFrame(t *testing.T) {
	code := "package p\n\nfunc f() {\n\tsend(key)\n\tsend(key)\n\n\n\n\tsend(key)\n}\n"
	var list []finding.Finding
	for _, at := range []finding.Location{loc("a.go", 4, 2, 11), loc("a.go", 5, 2, 11), loc("a.go", 9, 2, 11), loc("b.go", 4, 2, 11)} {
		f := finding.Finding{Rule: "some-rule", Severity: finding.High, Message: "key is sent", Primary: at, Symbol: "f"}
		f.Steps = []finding.Step{{Kind: finding.Origin, Location: loc(at.File, 3, 6, 7), Text: "from here"}, {Kind: finding.Sink, Location: at, Text: "send"}}
		list = append(list, f)
	}
	want := `high[some-rule]: key is sent (3 places)
 --> a.go:4:2 in f
  |
3 | func f() {
  |      - (1) from here
4 |     send(key)
  |     ^^^^^^^^^ (2) send
5 |     send(key)
  |     ^^^^^^^^^ (2) send
...
9 |     send(key)
  |     ^^^^^^^^^ (2) send
  |
  = fix: Rotate it first, OAuth 2.0 or not.

high[some-rule]: key is sent
 --> b.go:4:2 in f
  |
3 | func f() {
  |      - (1) from here
4 |     send(key)
  |     ^^^^^^^^^ (2) send

4 findings: 4 high in 2 files
more: authlint explain <rule>
`
	if diff := cmp.Diff(want, print(t, Text, runOf(t, map[string]string{"a.go": code, "b.go": code}, list...), Options{})); diff != "" {
		t.Error(diff)
	}
}

// TestInstead has a line to copy in the words of each kind of file.
func TestInstead(t *testing.T) {
	files := map[string]string{"a.go": "x()\n", "a.sh": "x\n", "Dockerfile": "RUN curl x\n", "a.properties": "x = 1\n"}
	for file, want := range map[string][]string{
		"a.go":         {`http.NewRequest(http.MethodPost, "https://eu.sms.example/v2/send", body)`, `request.Header.Set("Authorization", "App "+os.Getenv("SMS_CO_API_KEY"))`},
		"a.sh":         {`curl --request POST --data @message.json https://eu.sms.example/v2/send`, `--header "Authorization: App $SMS_CO_API_KEY"`},
		"Dockerfile":   {`curl --request POST --data @message.json https://eu.sms.example/v2/send`, `--header "Authorization: App $SMS_CO_API_KEY"`},
		"a.properties": {"POST https://eu.sms.example/v2/send", "Authorization: App ${SMS_CO_API_KEY}"},
	} {
		f := finding.Finding{Rule: "get-message-send", Severity: finding.High, Message: "m", Primary: loc(file, 1, 1, 2),
			Evidence: map[string]string{"provider": "sms-co", "host": "eu.sms.example", "instead": "/v2/send"}}
		var got []string
		for line := range strings.Lines(print(t, Text, runOf(t, files, f), Options{Width: 40})) {
			if _, code, ok := strings.Cut(line, "= instead: "); ok {
				got = append(got, strings.TrimSpace(code))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

// TestLinksAndColors has a rule's id lead to its page.
func TestLinksAndColors(t *testing.T) {
	run := runOf(t, nil, finding.Finding{Rule: "some-rule", Severity: finding.High, Message: "m", Primary: loc("a.go", 1, 1, 2)})
	want := "\x1b[1;31mhigh[\x1b]8;;https://example.com/some-rule.md\x1b\\some-rule\x1b]8;;\x1b\\]:\x1b[0m \x1b[1mm\x1b[0m\n"
	if got := print(t, Text, run, Options{Color: true, Links: true}); !strings.HasPrefix(got, want) {
		t.Errorf("%q", got)
	}
}

// sequence is an escape sequence that Text itself writes.
var sequence = regexp.MustCompile("\x1b(\\[[0-9;]*m|\\]8;;[^\x1b]*\x1b\\\\)")

// checkWidth holds every line to the width, but for those with a longer word,
// a place that is named, or something to copy.
func checkWidth(t *testing.T, report string, columns int) {
	t.Helper()
	for line := range strings.Lines(report) {
		line = strings.TrimSuffix(line, "\n")
		longest := 0
		for word := range strings.FieldsSeq(line) {
			longest = max(longest, width.StringWidth(word))
		}
		named := strings.Contains(line, "--> ") || strings.Contains(line, "::: ") || strings.Contains(line, "= instead: ")
		if n := width.StringWidth(line); n > columns && !named && longest < columns/2 {
			t.Fatalf("%d columns where there are %d:\n%s", n, columns, report)
		}
	}
}

// FuzzText draws a call behind and before any text, in frames of any width.
func FuzzText(f *testing.F) {
	f.Add("", "", 80)
	f.Add("\t漢字\x1b[2J", "😀\u202e\xff\t", 40)
	f.Add(strings.Repeat("wide 漢 ", 80), strings.Repeat("\tx", 90), 100)
	f.Fuzz(func(t *testing.T, before, after string, columns int) {
		if strings.ContainsAny(before+after, "\n\r") {
			t.Skip()
		}
		const call = "target(user)"
		line := before + " " + call + " " + after
		from := len(before) + 1
		primary := loc("a.go", 1, from+1, from+1+len(call))
		finding := finding.Finding{Rule: "some-rule", Severity: finding.High, Message: before + after, Primary: primary, Symbol: after,
			Steps: []finding.Step{{Location: loc("a.go", 1, 1, len(before)+1), Text: after}, {Location: loc("a.go", 1, from+8, from+12), Text: before}, {Location: primary, Text: "call"}}}
		columns = 40 + int(uint(columns)%161)
		run := runOf(t, map[string]string{"a.go": line + "\n"}, finding)
		report := print(t, Text, run, Options{Width: columns, Color: true, Links: true})
		plain := sequence.ReplaceAllString(report, "")
		for _, r := range plain {
			if r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e || r == '\ufffd') {
				t.Fatalf("%U gets through: %q", r, plain)
			}
		}
		checkWidth(t, plain, columns)
		checkCarets(t, plain)
	})
}

// checkCarets looks at what stands above the carets: the call, or a mask, or as
// much of the call as a row has room for.
func checkCarets(t *testing.T, report string) {
	t.Helper()
	var source string
	for line := range strings.Lines(report) {
		switch {
		case strings.HasPrefix(line, "1 | "):
			source = line
		case strings.HasPrefix(line, "  | ") && strings.Contains(line, "^") && source != "":
			from := strings.Index(line, "^")
			marked := columnsOf(source, from, from+strings.Count(line, "^"))
			if marked != "target(user)" && !strings.Contains(marked, "***") {
				t.Fatalf("the carets mark %q:\n%s", marked, report)
			}
			source = ""
		}
	}
}

// columnsOf returns what stands between two columns of a line.
func columnsOf(line string, from, to int) string {
	var b strings.Builder
	for i, r := range line {
		if at := width.StringWidth(line[:i]); at >= from && at < to && r != '\n' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestWidths draws everything at many widths.
func TestWidths(t *testing.T) {
	run := fullRun(t)
	for i := range 30 {
		f := run.Findings[i%4]
		f.Message = fmt.Sprintf("%s %d %s", f.Message, i, strings.Repeat("and so on ", i))
		run.Findings = append(run.Findings, f)
	}
	for columns := 40; columns < 200; columns += 7 {
		checkWidth(t, print(t, Text, run, Options{Width: columns, ShowSuppressed: true}), columns)
	}
}
