package general

import (
	"bytes"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/internal/walk"
	"github.com/authlint/authlint/rules"
)

// Observe returns what can be credentials in a file. The path is relative to
// the root. Nothing is found in files that machines write and in texts for people.
func Observe(path string, data []byte, cat *rules.Catalogue) []*practice.Credential {
	const probe = 8000
	if bytes.IndexByte(data[:min(len(data), probe)], 0) >= 0 || IsQuiet(path, data) {
		return nil
	}
	test, document := walk.Class(path)
	at := lines{text: data, line: 1}
	var list []*practice.Credential
	for _, f := range Find(path, data) {
		place := finding.Location{File: path}
		place.Line, place.Column = at.position(f.Start)
		place.EndLine, place.EndColumn = at.position(f.End)
		list = append(list, Observation(practice.Source{At: place, Test: test, Document: document}, &f, cat))
	}
	return list
}

// Observation returns the observation of what was found at a place.
func Observation(src practice.Source, f *Found, cat *rules.Catalogue) *practice.Credential {
	src.Origin, src.Redact = src.At, []finding.Location{src.At}
	if src.Key == "" {
		src.Key = f.use()
	}
	return &practice.Credential{
		Source: src, Kind: f.Kind, Value: practice.ValueOf(cat, f.Text.Reveal()), Use: f.use(),
		Sink: f.Formed, Doubtful: !f.Sure, User: shape.SafeUser(f.User, f.Text.Reveal()),
	}
}

// use says in words what makes the text a credential.
func (f *Found) use() string {
	switch {
	case f.Name != "" && shape.Of(f.Name).Hash == "":
		return "value of " + f.Name
	case f.Name != "":
		return "value of a name"
	case f.Kind == shape.Password:
		return "user info of a URL"
	case f.Kind == shape.Key:
		return "an issued id"
	}
	return "authorization value"
}

// lines counts lines up to offsets that only grow.
type lines struct {
	text        []byte
	at, line    int
	startOfLine int
}

// position returns line and column of an offset.
func (l *lines) position(offset int) (line, column int) {
	for {
		n := bytes.IndexByte(l.text[l.at:max(offset, l.at)], '\n')
		if n < 0 {
			break
		}
		l.at += n + 1
		l.line++
		l.startOfLine = l.at
	}
	l.at = max(l.at, offset)
	return l.line, offset - l.startOfLine + 1
}
