// Package general finds credentials of no issuer in text of any language:
// passwords, tokens, keys and secrets that only a name, an operator or a syntax
// tells, in configuration, code and prose.
//
// One pass over the bytes finds the words that names of credentials are made of
// and the marks of texts that speak for themselves (user info in a URL, Basic and
// Bearer values, ids of accounts). Only around them anything is read: the name
// they are part of, what joins it to a value, the value. What counts as a value
// depends on where it stands: in code a literal, in configuration and prose the
// bare text as well. Literals and comments are read as text in turn, so that
// configuration in a string of a program is found.
//
// Names and values are judged by package shape as everywhere. Beside what is
// credible there, doubtful evidence is kept and marked: a human password may be
// a word, a key may be called no more than key if its value is random.
//
// The cost is linear in the size: the search for triggers and the parting of code
// are one pass each, and what is read around a trigger is bounded.
package general

import (
	"cmp"
	"slices"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// Found is a text that can be a credential.
type Found struct {
	// Start and End are the value's place in the text that was searched.
	Start, End int
	// Name is what says that the value is a credential, "" if its own form does.
	Name string
	Kind shape.Kind
	// Text is the value as it is judged.
	Text finding.Secret
	// User is the user beside it, if known.
	User string
	// Formed is set where the form of the text says that it is a credential.
	Formed bool
	// Sure is set where name and value leave little doubt.
	Sure bool

	generic bool // the name is one of much else
}

// The limits of what is read around a trigger.
const (
	maxName  = 96   // bytes of a name
	maxGlue  = 96   // bytes between a name and its value
	maxValue = 512  // bytes of a value
	maxToken = 4096 // bytes of a JSON web token or another one behind a scheme word
)

// Find returns what can be credentials in a text, in order and without overlaps.
// The path tells the language.
func Find(path string, text []byte) []Found {
	s := search{text: text, lang: languageOf(path)}
	s.each(text, s.hit)
	s.found = withoutTables(s.found)
	slices.SortStableFunc(s.found, func(a, b Found) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var kept []Found
	for _, f := range s.found {
		last := len(kept) - 1
		switch {
		case last < 0 || f.Start >= kept[last].End:
			kept = append(kept, f)
		case rank(&f) > rank(&kept[last]):
			kept[last] = f
		}
	}
	return kept
}

// withoutTables removes what has a name of many uses if the name comes again and
// again: that is a table of data or of test vectors.
func withoutTables(found []Found) []Found {
	const most = 8
	count := map[string]int{}
	for _, f := range found {
		if f.generic {
			count[f.Name]++
		}
	}
	if len(count) == 0 {
		return found
	}
	return slices.DeleteFunc(found, func(f Found) bool { return f.generic && count[f.Name] > most })
}

// rank orders what is found in one text: what is sure, then what is formed.
func rank(f *Found) int {
	n := 0
	if f.Sure {
		n += 2
	}
	if f.Formed {
		n++
	}
	return n
}

// search is one Find at work.
type search struct {
	text  []byte
	lang  language
	found []Found

	parts  []part // of code, made when first asked for
	parted bool
	at     int // index of the part of the last hit: hits come in order
	read   int // end of the last name that was read
	names  map[string]naming
}

// hit looks at one trigger.
func (s *search) hit(t trigger, start, end int) {
	switch t {
	case nameTrigger:
		s.name(start, end)
	case urlTrigger:
		s.url(start, end)
	case basicTrigger, bearerTrigger:
		s.scheme(start, end)
	case tokenTrigger:
		s.webToken(start)
	case dsnTrigger:
		s.dataSource(start)
	case idTrigger:
		s.issuedID(start, end)
	case sqlTrigger:
		s.identifiedBy(end)
	}
}

// add keeps a value.
func (s *search) add(f Found) { s.found = append(s.found, f) }
