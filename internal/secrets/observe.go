package secrets

import (
	"cmp"
	"go/scanner"
	"go/token"
	"path"
	"slices"
	"sort"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/internal/walk"
)

// File is a file to observe.
type File struct {
	Path string // relative to the root, with slashes
	Data []byte
	// GoAnalysed is set for a Go file that the analyzers have looked at: its
	// literals belong to authcredential, its comments to authpattern.
	GoAnalysed bool
	// ThirdParty is set for other people's code and for what machines write: only
	// what an issuer has made counts there.
	ThirdParty bool
	// Text is set for a part of a text: nobody asks whether it is binary.
	Text bool
}

// Observe returns the matches in a file that can be credentials. In a Go file
// that nobody analysed, only string literals and comments count.
func (e *Engine) Observe(file File) []practice.Observation {
	isGo := path.Ext(file.Path) == ".go"
	if isGo && file.GoAnalysed {
		return nil
	}
	text := decode(file.Data)
	if file.Text && !text.units {
		text.bytes = file.Data
	}
	matches := e.scanText(file.Path, text.bytes)
	if len(matches) == 0 {
		return nil
	}
	if isGo {
		matches = inGoText(text.bytes, matches)
	}
	test, document := walk.Class(file.Path)
	places := newPlaces(file.Path, text.bytes)
	strict := file.ThirdParty || describesAPI(text.bytes)
	var list []practice.Observation
	for _, m := range e.telling(matches) {
		if strict && !e.isIssued(&m) || inCertificate(text.bytes, m.SecretStart) {
			continue
		}
		at := places.at(m.SecretStart, m.SecretEnd)
		src := practice.Source{At: at, Origin: at, Test: test, Document: document}
		if !m.FileOnly {
			src.Redact = []finding.Location{at}
		}
		list = append(list, e.Observation(src, &m))
	}
	return list
}

// Find is Scan without what cannot be a credential. Of matches whose secrets
// have text in common only the one that says most is returned.
func (e *Engine) Find(path string, data []byte) []Match { return e.telling(e.Scan(path, data)) }

// telling returns the credible matches; of those whose secrets have text in
// common the one that says most, with the ids of the others.
func (e *Engine) telling(matches []Match) []Match {
	slices.SortStableFunc(matches, func(a, b Match) int { return cmp.Compare(a.SecretStart, b.SecretStart) })
	var kept []Match
	end := -1
	for _, m := range matches {
		if !e.Credible(&m, e.Value(&m)) {
			continue
		}
		last := len(kept) - 1
		switch {
		case last < 0 || m.FileOnly || m.SecretStart >= end:
			kept = append(kept, m)
		case e.rank(&m) < e.rank(&kept[last]):
			m.Also = append(kept[last].Also, kept[last].RuleID)
			kept[last] = m
		default:
			kept[last].Also = append(kept[last].Also, m.RuleID)
		}
		end = max(end, m.SecretEnd)
	}
	return kept
}

// rank says how much a rule tells: those of an issuer most, names alone least.
func (e *Engine) rank(m *Match) int {
	switch {
	case e.isIssued(m):
		return 0
	case m.RuleID == "generic-api-key":
		return 2
	}
	return 1
}

// Observation returns the observation of a match at a place.
func (e *Engine) Observation(src practice.Source, m *Match) *practice.SecretMatch {
	if src.Key == "" {
		src.Key = keyOf(m)
	}
	return &practice.SecretMatch{
		Source: src, RuleID: m.RuleID, Description: m.Description, Value: e.Value(m),
		Provider: m.Provider, Generic: !e.isIssued(m), Also: m.Also,
	}
}

// keyOf returns the name before a secret for the fingerprint, or the rule's id
// if there is none that may be shown.
func keyOf(m *Match) string {
	if name := nameOf(m); name != "" && shape.Of(name).Hash == "" {
		return name
	}
	return m.RuleID
}

// places turns offsets in a text into locations.
type places struct {
	file     string
	newlines []int
}

// newPlaces returns the places of a text.
func newPlaces(file string, text []byte) places { return places{file, newlinesOf(text)} }

// at returns the location of a range of bytes.
func (p places) at(start, end int) finding.Location {
	line, column := p.position(start)
	endLine, endColumn := p.position(end)
	return finding.Location{File: p.file, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

// position returns line and column of an offset.
func (p places) position(offset int) (line, column int) {
	line = sort.SearchInts(p.newlines, offset)
	if line == 0 {
		return 1, offset + 1
	}
	return line + 1, offset - p.newlines[line-1]
}

// inGoText returns the matches whose secret lies in one string literal or one
// comment of Go source.
func inGoText(source []byte, matches []Match) []Match {
	var texts []span
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(source))
	var s scanner.Scanner
	s.Init(file, source, nil, scanner.ScanComments) // what is no Go has few tokens, and none of them count
	for {
		pos, kind, literal := s.Scan()
		if kind == token.EOF {
			break
		}
		if kind == token.STRING || kind == token.COMMENT {
			start := file.Offset(pos)
			texts = append(texts, span{start, start + len(literal)})
		}
	}
	var kept []Match
	for _, m := range matches {
		at := sort.Search(len(texts), func(i int) bool { return texts[i].end >= m.SecretEnd })
		if m.FileOnly || (at < len(texts) && texts[at].start <= m.SecretStart) {
			kept = append(kept, m)
		}
	}
	return kept
}
