package report

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// width measures text on the screen, the same on every machine.
var width = runewidth.Condition{}

// tabText stands for a tab in a frame.
const tabText = "    "

// spread returns text with its tabs as blanks.
func spread(s string) string { return strings.ReplaceAll(s, "\t", tabText) }

// unbroken is a blank that wrap keeps; it is printed as any other.
const unbroken = "\u00a0"

// wrap cuts text at blanks into lines of at most first columns for the first
// and rest for the others. A longer word has a line of its own.
func wrap(text string, first, rest int) []string {
	var lines []string
	line, used := "", 0
	for word := range strings.SplitSeq(text, " ") {
		if word == "" {
			continue
		}
		word = strings.ReplaceAll(word, unbroken, " ")
		n := width.StringWidth(word)
		room := rest
		if len(lines) == 0 {
			room = first
		}
		if used > 0 && used+1+n > room {
			lines = append(lines, line)
			line, used = "", 0
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	return append(lines, line)
}

// tail returns the end of text that has at most n columns.
func tail(text string, n int) string {
	if width.StringWidth(text) <= n {
		return text
	}
	columns, at := 0, len(text)
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		columns += width.RuneWidth(r)
		if columns >= n { // one is for the mark
			return "…" + text[at:]
		}
		at -= size
	}
	return text
}
