// Package suppress reads the comments by which people silence findings, in the
// comment syntax of every kind of file:
//
//	//authlint:ignore hardcoded-credential -- sample of the vendor's manual
//	# authlint:ignore weak-password,shared-credential until=2027-03-31 -- moves to the vault
//
// The comment silences findings that begin on its own line or, if it stands
// alone, on the next line of code. Without a reason it silences nothing. In Go
// files //nolint and //nolint:authlint hold as in golangci-lint; gitleaks:allow
// holds for findings about a secret on the same line. Comments of other tools
// hold where the settings say so, and none for rules that a policy locks.
package suppress

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// The kinds of directives, as a Suppression names them.
const (
	Ignore        = "authlint:ignore"
	NoLint        = "nolint"
	GitleaksAllow = "gitleaks:allow"
)

// Terms say which comments hold, and for what.
type Terms struct {
	// Honour are the tools whose comments hold beside our own, of config.ForeignTools.
	Honour []string
	// Gosec returns the rules that an id of gosec speaks of.
	Gosec func(id string) rules.GosecRules
	// Locked reports whether no comment may silence a rule; nil stands for none.
	Locked func(rule string) bool
}

// TermsOf returns the terms of settings.
func TermsOf(cfg *config.Config) Terms {
	t := Terms{Honour: cfg.Honour, Gosec: rules.Gosec}
	if cfg.Policy() != nil {
		t.Locked = cfg.Locks
	}
	return t
}

// locks returns the rule for which no comment silences a finding, and whether
// there is one.
func (t *Terms) locks(found *finding.Finding) (string, bool) {
	if t.Locked == nil {
		return "", false
	}
	for _, rule := range append([]string{found.Rule}, found.Absorbed...) {
		if t.Locked(rule) {
			return rule, true
		}
	}
	return "", false
}

// dateLayout is the form of until=.
const dateLayout = "2006-01-02"

// directive is one comment that silences findings.
type directive struct {
	kind   string
	rules  []string // of an Ignore; the other kinds silence every rule
	reason string
	until  time.Time // first moment at which it no longer holds; zero if never
	fault  string    // why it silences nothing
	at     finding.Location
	// first and last are the lines that it covers.
	first, last int

	secrets bool   // speaks of every finding about a secret
	own     bool   // of a NoLint: it names authlint itself
	used    bool   // silenced a finding
	expired bool   // would have silenced a finding
	locked  string // the rule that it may not silence
}

// File holds the directives of one file and remembers which were used.
type File struct {
	terms      Terms
	directives []*directive
}

// Parse reads the directives of a file; its name decides the comment syntax.
func (t Terms) Parse(name string, src []byte) *File {
	ignore := bytes.Contains(src, []byte(Ignore))
	allow := bytes.Contains(src, []byte(GitleaksAllow))
	if isGo(name) {
		if !ignore && !allow && !bytes.Contains(src, []byte(NoLint)) && !t.mentioned(src) {
			return &File{terms: t}
		}
		return t.parseGo(name, src)
	}
	f := &File{terms: t}
	if ignore {
		f.readIgnores(name, src)
	}
	if allow {
		f.readAllows(name, src)
	}
	if t.mentioned(src) {
		f.readForeign(name, src)
	}
	return f
}

// Empty reports whether the file has no directive.
func (f *File) Empty() bool { return len(f.directives) == 0 }

// Apply sets the finding's Suppressed if a directive of its file silences it.
// An Ignore whose date lies before today silences nothing; the zero time
// leaves dates out of account.
func (f *File) Apply(found *finding.Finding, today time.Time) {
	for _, d := range f.directives {
		if d.fault != "" || !d.covers(found) {
			continue
		}
		if !d.until.IsZero() && !today.IsZero() && !today.Before(d.until) {
			d.expired = true
			continue
		}
		if rule, ok := f.terms.locks(found); ok {
			d.locked = rule
			continue
		}
		d.used = true
		if found.Suppressed == nil {
			found.Suppressed = &finding.Suppression{Kind: d.kind, Reason: d.reason, Line: d.at.Line}
		}
	}
}

// covers reports whether the directive speaks of the finding.
func (d *directive) covers(found *finding.Finding) bool {
	first, last := found.Primary.Line, found.Primary.Line
	if d.kind == GitleaksAllow { // gitleaks looks at every line of a match
		last = max(last, found.Primary.EndLine)
	}
	if last < d.first || first > d.last {
		return false
	}
	switch d.kind {
	case Ignore:
		return slices.ContainsFunc(d.rules, found.Named)
	case GitleaksAllow, TrufflehogIgnore, DetectSecretsAllow:
		return len(found.Redact) > 0 // only what is about a secret
	case Nosec:
		return d.secrets && len(found.Redact) > 0 && found.SecretHash+found.Evidence["masked"] != "" || slices.ContainsFunc(d.rules, found.Named)
	}
	return true
}

// AnyRule stands for all rules together where the judge of an ignore is asked.
const AnyRule = ""

// Notices tells which directives silence nothing, and why; it is to be asked
// after every finding of the file was applied. Ignores are called unused only if
// the run judged a rule that they name; documents may show them as they like.
func (f *File) Notices(judged func(rule string) bool) []finding.Notice {
	var list []finding.Notice
	for _, d := range f.directives {
		switch {
		case d.locked != "":
			list = append(list, d.notice("locked-ignore", "warning", fmt.Sprintf("does not hold: the policy locks rule %q", d.locked)))
		case d.kind == NoLint && d.own && !d.used && judged(AnyRule):
			list = append(list, finding.Notice{ID: "unused-ignore", Level: "note", Where: d.at,
				Message: fmt.Sprintf("%s:%d: nolint:authlint silences nothing", d.at.File, d.at.Line)})
		case d.kind != Ignore || isDocument(d.at.File):
		case d.fault != "":
			list = append(list, d.notice("malformed-ignore", "warning", d.fault))
		case d.expired:
			list = append(list, d.notice("expired-ignore", "warning",
				"expired on "+d.until.AddDate(0, 0, -1).Format(dateLayout)+" and no longer holds"))
		case !d.used && slices.ContainsFunc(d.rules, judged):
			list = append(list, d.notice("unused-ignore", "note", "silences nothing"))
		}
	}
	return list
}

// Rules returns the rules that ignores of the file name, with the line of each.
// What a document shows is left out.
func (f *File) Rules() map[string]int {
	rules := map[string]int{}
	for _, d := range f.directives {
		if d.kind != Ignore || isDocument(d.at.File) {
			continue
		}
		for _, rule := range d.rules {
			if _, ok := rules[rule]; !ok {
				rules[rule] = d.at.Line
			}
		}
	}
	return rules
}

// notice tells of the directive.
func (d *directive) notice(id, level, what string) finding.Notice {
	text := d.kind
	if d.kind == Ignore && len(d.rules) > 0 {
		text += " " + strings.Join(d.rules, ",")
	}
	return finding.Notice{ID: id, Level: level, Where: d.at,
		Message: fmt.Sprintf("%s:%d: %s %s", d.at.File, d.at.Line, text, what)}
}

// add appends the directive that a comment's text gives, if it gives one. The
// text is without comment signs; lines first to last are those it covers.
func (f *File) add(text string, at finding.Location, first, last int) {
	rest, ok := strings.CutPrefix(text, Ignore)
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t") {
		return
	}
	d := &directive{kind: Ignore, at: at, first: first, last: last}
	d.parse(rest)
	f.directives = append(f.directives, d)
}

// parse reads what follows the word authlint:ignore.
func (d *directive) parse(text string) {
	words, reason := cutReason(text)
	d.reason = reason
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		date, ok := strings.CutPrefix(word, "until=")
		if !ok {
			d.rules = append(d.rules, word)
			continue
		}
		day, err := time.Parse(dateLayout, date)
		if err != nil {
			d.fault = "has a wrong date and holds for nothing: want until=YYYY-MM-DD"
			return
		}
		d.until = day.AddDate(0, 0, 1) // it holds on that day
	}
	switch {
	case len(d.rules) == 0:
		d.fault = "names no rule and holds for nothing: want authlint:ignore <rule> -- <reason>"
	case d.reason == "":
		d.fault = "gives no reason and holds for nothing: want authlint:ignore <rule> -- <reason>"
	}
}

// cutReason splits a directive at the mark before its reason: two hyphens, or a
// dash, because XML forbids two hyphens in a comment.
func cutReason(text string) (words, reason string) {
	at, width := len(text), 0
	for _, mark := range []string{" --", " —", " –"} {
		if i := strings.Index(text, mark); i >= 0 && i < at {
			at, width = i, len(mark)
		}
	}
	return text[:at], strings.TrimSpace(text[at+width:])
}

// readAllows reads gitleaks:allow, which gitleaks looks for anywhere in a line.
func (f *File) readAllows(name string, src []byte) {
	line := 0
	for text := range bytes.Lines(src) {
		line++
		if i := bytes.Index(text, []byte(GitleaksAllow)); i >= 0 {
			f.directives = append(f.directives, &directive{
				kind: GitleaksAllow, first: line, last: line,
				at: finding.Location{File: name, Line: line, Column: i + 1, EndLine: line, EndColumn: i + 1 + len(GitleaksAllow)},
			})
		}
	}
}

// isGo reports whether the file is Go source.
func isGo(name string) bool { return filepath.Ext(name) == ".go" }

// isDocument reports whether the file is text for people by its name.
func isDocument(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".rst", ".adoc", ".txt":
		return true
	}
	return false
}
