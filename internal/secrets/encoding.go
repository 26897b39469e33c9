package secrets

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// Text that is encoded in a text, as gitleaks tells it:
//
//	percent  %41, and everything up to the last such on the same line
//	unicode  U+0041 and white space, or \u0041, one or more
//	hex      32 and more hexadecimal digits
//	base64   16 and more letters, digits and any of /+-_, with up to two =
//
// gitleaks finds them with one expression that takes a third of its time. Here
// they are found by their bytes.

// kinds is a set of encodings, in the order in which they are told.
type kinds uint8

const (
	percentKind kinds = 1 << iota
	unicodeKind
	hexKind
	base64Kind
)

// names returns the names of the encodings.
func (k kinds) names() []string {
	var list []string
	for i, name := range [...]string{"percent", "unicode", "hex", "base64"} {
		if k&(1<<i) != 0 {
			list = append(list, name)
		}
	}
	return list
}

// encodedSpan is a place of encoded text.
type encodedSpan struct {
	span
	kind kinds
}

const (
	shortestHex    = 32
	shortestBase64 = 16
)

// Classes of bytes.
const (
	inBase64 uint8 = 1 << iota // letters, digits, underscore, / + -
	inHex
	tellsBase64 // of these one must be in Base64 for it to be tried
	tellsHex
	printable
)

// byteClasses are the classes of all bytes.
var byteClasses = func() (table [256]uint8) {
	for c := range 256 {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' && c < utf8.RuneSelf
		digit := '0' <= c && c <= '9'
		if letter || digit || c == '_' || c == '/' || c == '+' || c == '-' {
			table[c] |= inBase64
			if !letter {
				table[c] |= tellsBase64
			}
		}
		if digit || letter && c|0x20 <= 'f' {
			table[c] |= inHex
		}
		if digit {
			table[c] |= tellsHex
		}
		if 0x08 < c && c < 0x7f {
			table[c] |= printable
		}
	}
	return table
}()

// encodings finds the encoded parts of a text in their order, each beginning
// behind the one before.
type encodings struct {
	text []byte
	at   int
	// The next place of each kind, -1 for not yet sought, len(text) for none.
	percent, escape, point, run int
	runEnd                      int // end of the run of letters that begins at run
}

// newEncodings returns the encoded parts of a text.
func newEncodings(text []byte) *encodings {
	return &encodings{text: text, percent: -1, escape: -1, point: -1, run: -1}
}

// next returns the next part, if there is one.
func (e *encodings) next() (encodedSpan, bool) {
	e.seek()
	switch at := min(e.percent, e.escape, e.point, e.run); {
	case at == len(e.text):
		return encodedSpan{}, false
	case at == e.percent:
		return e.take(at, e.percentEnd(at), percentKind), true
	case at == e.escape:
		end := at
		for size := escapeSize(e.text[end:]); size > 0; size = escapeSize(e.text[end:]) {
			end += size
		}
		return e.take(at, end, unicodeKind), true
	case at == e.point:
		end := at
		for size := pointSize(e.text[end:]); size > 0; size = pointSize(e.text[end:]) {
			end += size
		}
		return e.take(at, end, unicodeKind), true
	}
	return e.takeRun(), true
}

// take returns the part and goes on behind it.
func (e *encodings) take(start, end int, kind kinds) encodedSpan {
	e.at = end
	return encodedSpan{span{start, end}, kind}
}

// takeRun returns the part at the beginning of a run: hex if it begins with
// enough of it, else Base64.
func (e *encodings) takeRun() encodedSpan {
	start, end := e.run, e.runEnd
	digits := start
	for digits < end && byteClasses[e.text[digits]]&inHex != 0 {
		digits++
	}
	if digits-start >= shortestHex {
		return e.take(start, digits, hexKind)
	}
	for range 2 {
		if end < len(e.text) && e.text[end] == '=' {
			end++
		}
	}
	return e.take(start, end, base64Kind)
}

// seek brings every kind to its first place from e.at on.
func (e *encodings) seek() {
	if e.percent < e.at {
		e.percent = e.find('%', func(text []byte) bool { return isPercent(text) })
	}
	if e.escape < e.at {
		e.escape = e.find('\\', func(text []byte) bool { return escapeSize(text) > 0 })
	}
	if e.point < e.at {
		e.point = e.find('+', func(text []byte) bool { return pointSize(text) > 0 })
	}
	if e.run < e.at {
		e.seekRun()
	}
}

// find returns the next place that begins with the byte and that is one; for '+'
// the place is one before.
func (e *encodings) find(first byte, is func([]byte) bool) int {
	for at := e.at; ; at++ {
		next := bytes.IndexByte(e.text[at:], first)
		if next < 0 {
			return len(e.text)
		}
		at += next
		start := at
		if first == '+' {
			start--
		}
		if start >= e.at && is(e.text[start:]) {
			return start
		}
	}
}

// seekRun finds the next run that is long enough for Base64.
func (e *encodings) seekRun() {
	start := e.at
	for {
		// The last byte of the shortest run is looked at first: where it is no
		// letter, no run reaches it.
		last := start + shortestBase64 - 1
		if last >= len(e.text) {
			e.run, e.runEnd = len(e.text), len(e.text)
			return
		}
		at := last
		for at >= start && byteClasses[e.text[at]]&inBase64 != 0 {
			at--
		}
		if at >= start {
			start = at + 1
			continue
		}
		end := last + 1
		for end < len(e.text) && byteClasses[e.text[end]]&inBase64 != 0 {
			end++
		}
		e.run, e.runEnd = start, end
		return
	}
}

// isPercent reports whether the text begins with a byte encoded as %41.
func isPercent(text []byte) bool {
	return len(text) > 2 && text[0] == '%' && byteClasses[text[1]]&byteClasses[text[2]]&inHex != 0
}

// percentEnd returns the end of the last encoded byte of the line.
func (e *encodings) percentEnd(start int) int {
	line := e.text[start:]
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	for {
		at := bytes.LastIndexByte(line[3:], '%')
		if at < 0 {
			return start + 3
		}
		at += 3
		if isPercent(e.text[start+at:]) {
			return start + at + 3
		}
		line = line[:at]
	}
}

// escapeSize returns the size of the escape that a text begins with, 0 if it
// begins with none.
func escapeSize(text []byte) int {
	if len(text) < 6 || text[0] != '\\' {
		return 0
	}
	size := 1
	if text[1] == '\\' {
		size++
	}
	if text[size]|0x20 != 'u' || !areHex(text[size+1:]) {
		return 0
	}
	return size + 5
}

// pointSize returns the size of the code point, with the white space behind it,
// that a text begins with, 0 if it begins with none.
func pointSize(text []byte) int {
	if len(text) < 6 || text[0] != 'U' || text[1] != '+' || !areHex(text[2:]) {
		return 0
	}
	if len(text) == 6 {
		return 6
	}
	switch text[6] {
	case '\t', '\n', '\f', '\r', ' ':
		return 7
	}
	return 0
}

// areHex reports whether a text begins with four hexadecimal digits.
func areHex(text []byte) bool {
	return len(text) >= 4 && byteClasses[text[0]]&byteClasses[text[1]]&byteClasses[text[2]]&byteClasses[text[3]]&inHex != 0
}

// appendDecoded appends what the encoded text stands for. It appends nothing if
// that is no printable text.
func appendDecoded(into, encoded []byte, kind kinds) []byte {
	switch kind {
	case percentKind:
		return appendPercent(into, encoded)
	case unicodeKind:
		return appendUnicode(into, encoded)
	case hexKind:
		return appendHex(into, encoded)
	}
	return appendBase64(into, encoded)
}

// nibble returns the value of a hexadecimal digit.
func nibble(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}

func appendPercent(into, encoded []byte) []byte {
	list := into
	for at := 0; at < len(encoded); at++ {
		c := encoded[at]
		if isPercent(encoded[at:]) {
			c = nibble(encoded[at+1])<<4 | nibble(encoded[at+2])
			if byteClasses[c]&printable == 0 {
				return into
			}
			at += 2
		}
		list = append(list, c)
	}
	return list
}

func appendUnicode(into, encoded []byte) []byte {
	for at := 0; at < len(encoded); {
		size := max(pointSize(encoded[at:]), escapeSize(encoded[at:]))
		if size == 0 {
			return into // cannot be
		}
		digits := encoded[at+2:]
		if encoded[at] == '\\' {
			digits = encoded[at+size-4:]
		}
		value := rune(0)
		for _, c := range digits[:4] {
			value = value<<4 | rune(nibble(c))
		}
		into = utf8.AppendRune(into, value)
		at += size
	}
	return into
}

func appendHex(into, encoded []byte) []byte {
	if len(encoded)%2 != 0 || !hasClass(encoded, tellsHex) {
		return into
	}
	list := into
	for at := 0; at < len(encoded); at += 2 {
		c := nibble(encoded[at])<<4 | nibble(encoded[at+1])
		if byteClasses[c]&printable == 0 {
			return into
		}
		list = append(list, c)
	}
	return list
}

// hasClass reports whether one of the bytes is of the class.
func hasClass(text []byte, class uint8) bool {
	for _, c := range text {
		if byteClasses[c]&class != 0 {
			return true
		}
	}
	return false
}

// appendBase64 takes the standard alphabet with padding and the one for URLs
// without.
func appendBase64(into, encoded []byte) []byte {
	if !hasClass(encoded, tellsBase64) || !seemsText(encoded) {
		return into
	}
	list, err := base64.StdEncoding.AppendDecode(into, encoded)
	if err != nil {
		list, err = base64.RawURLEncoding.AppendDecode(into, encoded)
	}
	if err != nil {
		return into
	}
	for _, c := range list[len(into):] {
		if byteClasses[c]&printable == 0 {
			return into
		}
	}
	return list
}

// alphabet are the letters of Base64.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// sextets are the values of the letters of Base64, of both alphabets.
var sextets = func() (table [256]uint8) {
	for i := range len(alphabet) {
		table[alphabet[i]] = uint8(i)
	}
	table['-'], table['_'] = uint8(strings.IndexByte(alphabet, '+')), uint8(strings.IndexByte(alphabet, '/'))
	return table
}()

// seemsText reports whether the first bytes that Base64 stands for are
// printable: names of more than fifteen letters are many, and few of them are.
func seemsText(encoded []byte) bool {
	for at := range 3 {
		group := encoded[4*at:]
		value := uint32(sextets[group[0]])<<18 | uint32(sextets[group[1]])<<12 | uint32(sextets[group[2]])<<6 | uint32(sextets[group[3]])
		if byteClasses[byte(value>>16)]&byteClasses[byte(value>>8)]&byteClasses[byte(value)]&printable == 0 {
			return false
		}
	}
	return true
}
