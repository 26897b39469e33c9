// Package baseline tells which findings of a run are new, by an earlier log of
// authlint: what the log holds is unchanged, what it holds and the run does not
// is absent.
//
// A finding is recognised by marks that outlive edits: hashes of its key, its
// symbol, its line and the lines around, and of the secret if that cannot be
// guessed. None holds a line number, and none is made of a secret that could be
// found out by trying. Findings and entries are matched one to one, in stages
// from the surest evidence to the weakest (match.go), so that a copy of a known
// finding is new and a moved one is not.
package baseline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
	"github.com/authlint/authlint/internal/report/source"
)

// FileName is the baseline that a run takes if its root has it.
const FileName = ".authlint-baseline.sarif"

// Marks recognise a finding in a later run. An empty mark is not known.
type Marks struct {
	Print  string // the finding's fingerprint, which is bound to its file
	Secret string // the secret, if it cannot be guessed
	Key    string // the expression or key at fault
	Symbol string // the function or the path of keys that it stands in
	Line   string // its line, without what may be a secret
	Above  string // the same with the nearest line above
	Below  string // and with the one below
}

// The names of the marks in partialFingerprints.
const (
	printMark  = "authlint/v1"
	secretMark = "authlint.secret/v1"
	keyMark    = "authlint.key/v1"
	symbolMark = "authlint.symbol/v1"
	lineMark   = "authlint.line/v1"
	aboveMark  = "authlint.above/v1"
	belowMark  = "authlint.below/v1"
)

// Fingerprints returns the marks by the names under which a log keeps them.
func (m Marks) Fingerprints() map[string]string {
	all := map[string]string{
		printMark: m.Print, secretMark: m.Secret, keyMark: m.Key, symbolMark: m.Symbol,
		lineMark: m.Line, aboveMark: m.Above, belowMark: m.Below,
	}
	for name, value := range all {
		if value == "" {
			delete(all, name)
		}
	}
	return all
}

// marksOf returns the marks that partialFingerprints hold.
func marksOf(prints map[string]string) Marks {
	return Marks{
		Print: prints[printMark], Secret: prints[secretMark], Key: prints[keyMark],
		Symbol: prints[symbolMark], Line: prints[lineMark], Above: prints[aboveMark], Below: prints[belowMark],
	}
}

// Marker makes the marks of the findings of one run.
type Marker struct {
	tree   *source.Tree
	redact *redact.Redactor
}

// NewMarker returns a Marker that reads lines from tree, and never what the
// redactor masks.
func NewMarker(tree *source.Tree, r *redact.Redactor) *Marker { return &Marker{tree, r} }

// Marks returns the marks of a finding.
func (m *Marker) Marks(f *finding.Finding) Marks {
	marks := Marks{Print: f.Fingerprint, Secret: f.SecretHash, Key: hash("key", f.Key), Symbol: hash("symbol", f.Symbol)}
	at := m.tree.Resolve(f.Primary, f.Primary.File)
	if at.Package != "" {
		return marks
	}
	line := m.words(at.File, at.Line)
	if line == "" {
		return marks // it would be like any other
	}
	marks.Line = hash("line", line)
	marks.Above = hash("above", m.next(at.File, at.Line, -1)+"\n"+line)
	marks.Below = hash("below", line+"\n"+m.next(at.File, max(at.Line, at.EndLine), 1))
	return marks
}

// maxBlank is how many lines without a word are passed over.
const maxBlank = 10

// next returns the words of the nearest line with any, in the direction of step.
func (m *Marker) next(file string, line, step int) string {
	for range maxBlank {
		line += step
		if line < 1 {
			return ""
		}
		if words := m.words(file, line); words != "" {
			return words
		}
	}
	return ""
}

// maxLine bounds in bytes what is read of a line.
const maxLine = 4096

// words returns the letters and digits of a line as far as it may be printed:
// without blanks, quotes, brackets and commas, which change when it is formatted.
func (m *Marker) words(file string, line int) string {
	text, ok := m.redact.Line(file, line)
	if !ok {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text.Text[:min(len(text.Text), maxLine)])
}

// hash returns a short hash of a text, and none of an empty one.
func hash(kind, text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "authlint/%s/v1 %s", kind, text))
	return hex.EncodeToString(sum[:8])
}
