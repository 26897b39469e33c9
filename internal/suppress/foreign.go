package suppress

import (
	"bytes"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// The comments of other tools, as a Suppression names them.
const (
	Nosec              = "#nosec"
	TrufflehogIgnore   = "trufflehog:ignore"
	DetectSecretsAllow = "pragma: allowlist secret"
)

// detectSecretsNext is the comment of detect-secrets that is about the next line.
const detectSecretsNext = "pragma: allowlist nextline secret"

// foreignMark is a comment of another tool that holds for what is about a secret.
type foreignMark struct {
	tool, text, kind string
	below            bool // for the next line
}

// foreignMarks are the comments that hold wherever they stand in a line.
func foreignMarks() []foreignMark {
	return []foreignMark{
		{"trufflehog", TrufflehogIgnore, TrufflehogIgnore, false},
		{"detect-secrets", DetectSecretsAllow, DetectSecretsAllow, false},
		{"detect-secrets", "pragma: whitelist secret", DetectSecretsAllow, false}, // its older form
		{"detect-secrets", detectSecretsNext, DetectSecretsAllow, true},
	}
}

// mentioned reports whether a text may hold a comment that is honoured.
func (t *Terms) mentioned(text []byte) bool {
	if len(t.Honour) == 0 {
		return false
	}
	if slices.Contains(t.Honour, "gosec") && bytes.Contains(text, []byte(Nosec)) {
		return true
	}
	return slices.ContainsFunc(foreignMarks(), func(m foreignMark) bool {
		return slices.Contains(t.Honour, m.tool) && bytes.Contains(text, []byte(m.text))
	})
}

// readForeign reads the comments of other tools in a file other than Go source.
// Those tools look for them anywhere in a line.
func (f *File) readForeign(name string, src []byte) {
	number := 0
	for line := range bytes.Lines(src) {
		number++
		at := finding.Location{File: name, Line: number, Column: 1, EndLine: number, EndColumn: len(bytes.TrimRight(line, "\r\n")) + 1}
		f.addMarks(string(line), at, number, number)
	}
}

// addMarks adds what a text on the lines first to last says for secrets.
func (f *File) addMarks(text string, at finding.Location, first, last int) {
	for _, m := range foreignMarks() {
		if !slices.Contains(f.terms.Honour, m.tool) || !strings.Contains(text, m.text) {
			continue
		}
		d := &directive{kind: m.kind, at: at, first: first, last: last}
		if m.below {
			d.first, d.last = last+1, last+1
		}
		f.directives = append(f.directives, d)
	}
}

// addForeignGo adds what a comment of Go source says to other tools.
func (f *File) addForeignGo(comment string, at finding.Location, code *goCode) {
	if len(f.terms.Honour) == 0 {
		return
	}
	f.addMarks(comment, at, at.Line, at.EndLine)
	if !slices.Contains(f.terms.Honour, "gosec") {
		return
	}
	ids, reason, ok := nosec(comment)
	if !ok {
		return
	}
	d := &directive{kind: Nosec, reason: reason, at: at, first: at.Line, last: at.Line}
	for _, id := range ids {
		known := f.terms.Gosec(id)
		d.rules = append(d.rules, known.Rules...)
		d.secrets = d.secrets || known.Secrets
	}
	if !code.on(at.Line) {
		d.last = max(code.next(at.EndLine), code.nodeBelow(at.EndLine, at.Column))
	}
	f.directives = append(f.directives, d)
}

// nosec reads "#nosec G101 G402 -- reason" and reports whether a comment is one.
// Without an id it silences all of gosec, and nothing of ours.
func nosec(comment string) (ids []string, reason string, ok bool) {
	_, text, ok := strings.Cut(comment, Nosec)
	if !ok {
		return nil, "", false
	}
	text = firstLine(strings.TrimSuffix(text, "*/"))
	text, reason, _ = strings.Cut(text, "--")
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ':' || r == '\t' }) {
		if !isGosecID(word) {
			break // prose follows
		}
		ids = append(ids, word)
	}
	return ids, strings.TrimSpace(reason), len(ids) > 0
}

// isGosecID reports whether a word is a G and three digits.
func isGosecID(word string) bool {
	return len(word) == 4 && word[0] == 'G' && strings.Trim(word[1:], "0123456789") == ""
}
