// Package finding holds what authlint reports: findings, their places and
// steps, and the Secret type that cannot print itself.
//
// Nothing in a Finding holds a credential in clear: messages and step texts are
// built from shapes and masked values only, and every report format may print
// every field. All types encode with encoding/gob and encoding/json.
package finding

import "sort"

// Severity orders findings for --fail-on and for the reader. A Note never fails
// a run; Off means that a grade silences the finding altogether.
type Severity int

// The severities, weakest first.
const (
	Off Severity = iota
	Note
	Low
	Medium
	High
	Critical
)

var severityNames = [...]string{"off", "note", "low", "medium", "high", "critical"}

// String returns the lower-case word of the severity, as used in rule files and flags.
func (s Severity) String() string {
	if s < Off || s > Critical {
		return "invalid"
	}
	return severityNames[s]
}

// ParseSeverity returns the severity of a lower-case word and reports whether
// the word is one.
func ParseSeverity(word string) (Severity, bool) {
	for i, name := range severityNames {
		if name == word {
			return Severity(i), true
		}
	}
	return Off, false
}

// Persona is the audience of a finding: Regular shows what a stranger would act
// on, Auditor shows everything.
type Persona int

// The personas. A Regular finding is shown to both.
const (
	Regular Persona = iota
	Auditor
)

// String returns the persona's word, as used in rule files and flags.
func (p Persona) String() string {
	if p == Auditor {
		return "auditor"
	}
	return "regular"
}

// ParsePersona returns the persona of a lower-case word and reports whether the
// word is one.
func ParsePersona(word string) (Persona, bool) {
	switch word {
	case "regular":
		return Regular, true
	case "auditor":
		return Auditor, true
	}
	return Regular, false
}

// Location is a range of bytes in a file. Lines and columns count from 1,
// columns in bytes; the end is exclusive. File is the path under which the
// front end read the file; the command line makes it relative to the root.
type Location struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	// Package is the import path of a place known only from a fact of another
	// package; File is then a base name.
	Package string `json:"package,omitempty"`
}

// IsZero reports whether the location names no file.
func (l Location) IsZero() bool { return l.File == "" }

// Before reports whether l comes before m, by file, line, then column.
func (l Location) Before(m Location) bool {
	if l.File != m.File {
		return l.File < m.File
	}
	if l.Line != m.Line {
		return l.Line < m.Line
	}
	return l.Column < m.Column
}

// StepKind says what a step of a flow is.
type StepKind string

// The kinds of steps, in the order in which a flow has them.
const (
	Origin StepKind = "origin" // where the value comes from
	Pass   StepKind = "pass"   // a call, field or variable that hands it on
	Sink   StepKind = "sink"   // where it is used
)

// Step is one place on the way of a value, with a short text for the reader.
type Step struct {
	Kind     StepKind `json:"kind"`
	Location Location `json:"location"`
	Text     string   `json:"text"`
}

// Suppression says who silenced a finding and why.
type Suppression struct {
	Kind   string `json:"kind"` // authlint:ignore, nolint, gitleaks:allow, .gitleaksignore
	Reason string `json:"reason,omitempty"`
	Line   int    `json:"line,omitempty"` // of the directive, in the finding's file
}

// Edit replaces the bytes of a Location by NewText.
type Edit struct {
	Location Location `json:"location"`
	NewText  string   `json:"newText"`
}

// Fix is a change that removes the finding. Only a Safe fix is ever offered as
// a SuggestedFix; the others need the user's word.
type Fix struct {
	Title string `json:"title"` // imperative phrase
	Safe  bool   `json:"safe"`
	Edits []Edit `json:"edits"`
}

// Remedy names what would remove a finding, for whoever knows the syntax of the
// place and can make a Fix of it. It holds no secret.
type Remedy struct {
	Name string // of the closed list in package practice
	// From and To are what is replaced by what, as far as that is known without
	// the syntax: words, numbers, the name of a variable.
	From, To string
	// At is the place, if it is not the finding's primary one.
	At Location
}

// Finding is one fault at one place, judged and graded.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Persona  Persona  `json:"persona"` // the first persona that sees it
	Grades   []string `json:"grades,omitempty"`
	// Message is one lower-case sentence without full stop and without the rule id.
	Message string   `json:"message"`
	Primary Location `json:"primary"`
	// Symbol is the enclosing function, or the key path in a configuration file.
	Symbol string `json:"symbol,omitempty"`
	// Key is the normalised expression or key at fault: the part of the
	// fingerprint that survives moved lines. It never holds a secret.
	Key   string `json:"key,omitempty"`
	Steps []Step `json:"steps,omitempty"`
	// Places are further places of the same root cause.
	Places []Location `json:"places,omitempty"`
	// Absorbed are ids of rules that hold as well; ignoring one of them ignores the finding.
	Absorbed []string `json:"absorbed,omitempty"`
	// Evidence is what else is known, for the report: provider, masked value, decoded user.
	Evidence map[string]string `json:"evidence,omitempty"`
	// Redact are the ranges that hold secrets: every snippet masks them.
	Redact     []Location   `json:"redact,omitempty"`
	Suppressed *Suppression `json:"suppressed,omitempty"`
	Fixes      []Fix        `json:"fixes,omitempty"`
	// Remedies are what would remove the finding and has no Fix yet, the best first.
	Remedies []Remedy `json:"-"`
	// Fingerprint identifies the finding between runs; package scan sets it.
	Fingerprint string `json:"fingerprint,omitempty"`
	// Baseline says whether the baseline of the run holds the finding.
	Baseline BaselineState `json:"baseline,omitempty"`
	// SecretHash is a truncated hash of a high-entropy secret, empty for guessable ones.
	SecretHash string `json:"secretHash,omitempty"`
}

// Named reports whether id is the finding's rule or one it absorbed.
func (f *Finding) Named(id string) bool {
	if f.Rule == id {
		return true
	}
	for _, a := range f.Absorbed {
		if a == id {
			return true
		}
	}
	return false
}

// Sort orders findings by place, then rule, then message, so that output is
// the same in every run.
func Sort(list []Finding) {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := &list[i], &list[j]
		if a.Primary != b.Primary {
			if a.Primary.Before(b.Primary) {
				return true
			}
			if b.Primary.Before(a.Primary) {
				return false
			}
		}
		if a.Rule != b.Rule {
			return a.Rule < b.Rule
		}
		return a.Message < b.Message
	})
}
