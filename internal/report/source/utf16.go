package source

import "unicode/utf8"

// Decode returns the first character of p and its length in bytes. Bytes that
// are not UTF-8 are U+FFFD, one for each maximal part of a character, as the
// WHATWG encoding standard says and as JavaScript and .NET count them; Go's own
// decoder takes one for each byte.
func Decode(p []byte) (rune, int) {
	if p[0] < utf8.RuneSelf {
		return rune(p[0]), 1
	}
	r, size := utf8.DecodeRune(p)
	if r != utf8.RuneError || size != 1 {
		return r, size
	}
	return utf8.RuneError, invalidPart(p)
}

// invalidPart returns the length of the longest start of p that could have
// become a character, at least 1.
func invalidPart(p []byte) int {
	want, low, high := 0, byte(0x80), byte(0xBF)
	switch b := p[0]; {
	case b >= 0xC2 && b <= 0xDF:
		want = 2
	case b >= 0xE0 && b <= 0xEF:
		want = 3
	case b >= 0xF0 && b <= 0xF4:
		want = 4
	default:
		return 1
	}
	switch p[0] { // the second byte is narrower after these: overlong forms, surrogates, beyond U+10FFFF
	case 0xE0:
		low = 0xA0
	case 0xED:
		high = 0x9F
	case 0xF0:
		low = 0x90
	case 0xF4:
		high = 0x8F
	}
	n := 1
	for n < want-1 && n < len(p) && p[n] >= low && p[n] <= high {
		low, high = 0x80, 0xBF
		n++
	}
	return n
}

// UTF16Len returns the length of p in UTF-16 units.
func UTF16Len(p []byte) int {
	n := 0
	for len(p) > 0 {
		r, size := Decode(p)
		n++
		if r > 0xFFFF {
			n++
		}
		p = p[size:]
	}
	return n
}
