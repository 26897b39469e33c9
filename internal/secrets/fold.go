package secrets

import (
	"bytes"
	"sort"
	"unicode"
	"unicode/utf8"
)

// folding is a text whose letters are not all told by ASCII case. An expression
// that ignores case takes the long s for an s and the Kelvin sign for a k;
// keywords are sought in the lower case of the text, which has the Kelvin sign as
// a k, the dotted capital I as an i, and the long s as itself.
type folding struct {
	// words are the keywords in the lower case of the text.
	words []bool
	// text has s and k for the letters that fold to them. extras are the offsets
	// behind those in text; each stands for one byte more of the file's text.
	text   []byte
	extras []int
}

// newFolding returns the folding of a text, nil if ASCII case tells all.
func newFolding(c *compiled, text []byte) *folding {
	folds := bytes.Contains(text, []byte(string(longS))) || bytes.Contains(text, []byte(string(kelvin)))
	if !folds && !bytes.Contains(text, []byte(string(dottedI))) && !(c.wide && hasWideCapital(text)) {
		return nil
	}
	f := &folding{words: make([]bool, len(c.keywords.words)), text: text}
	c.keywords.find(bytes.ToLower(text), func(word, _ int) bool {
		f.words[word] = true
		return true
	})
	if folds {
		f.fold(text)
	}
	return f
}

// hasWide reports whether a text has anything but ASCII.
func hasWide(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// hasWideCapital reports whether a text has letters beyond ASCII that are others in
// lower case.
func hasWideCapital(text []byte) bool {
	for at := 0; at < len(text); {
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		r, size := utf8.DecodeRune(text[at:])
		if unicode.ToLower(r) != r {
			return true
		}
		at += size
	}
	return false
}

// fold makes the text.
func (f *folding) fold(text []byte) {
	f.text = make([]byte, 0, len(text))
	for at := 0; at < len(text); at++ {
		letter, more := text[at], 0
		switch {
		case letter == string(longS)[0] && bytes.HasPrefix(text[at:], []byte(string(longS))):
			letter, more = 's', len(string(longS))-1
		case letter == string(kelvin)[0] && bytes.HasPrefix(text[at:], []byte(string(kelvin))):
			letter, more = 'k', len(string(kelvin))-1
		}
		f.text = append(f.text, letter)
		at += more
		for range more {
			f.extras = append(f.extras, len(f.text))
		}
	}
}

// origin returns the place in the pass's text of a place in the folded one.
func (f *folding) origin(at span) span {
	if f == nil || len(f.extras) == 0 {
		return at
	}
	return span{at.start + sort.SearchInts(f.extras, at.start+1), at.end + sort.SearchInts(f.extras, at.end+1)}
}
