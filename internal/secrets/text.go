package secrets

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// binaryProbe is how many bytes are searched for a NUL.
const binaryProbe = 8 << 10

// IsBinary reports whether data is no text: it has a NUL byte near its
// beginning and no byte order mark.
func IsBinary(data []byte) bool {
	return !hasMark16(data) && bytes.IndexByte(data[:min(len(data), binaryProbe)], 0) >= 0
}

// hasMark16 reports whether data begins with a byte order mark of UTF-16.
func hasMark16(data []byte) bool {
	return len(data) >= 2 && (data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff)
}

// Text returns what the readers of a file's text are given: UTF-16 with a byte
// order mark as UTF-8, anything else as it is. Places are those in that text, as
// those that the engine reports.
func Text(data []byte) []byte {
	if hasMark16(data) {
		return decode16(data)
	}
	return data
}

// IsUTF16 reports whether a file is not what Text returns, so that no edit can be
// made at a place in that.
func IsUTF16(data []byte) bool { return hasMark16(data) }

// utf8Mark is the byte order mark in UTF-8.
const utf8Mark = "\xef\xbb\xbf"

// decoded is the text of a file, and where it stands in the file.
type decoded struct {
	bytes []byte
	skip  int // bytes of the file before the text
	// units is set for UTF-16 text.
	units bool
}

// decode returns the text of a file as UTF-8, without byte order mark; none for
// a binary file.
func decode(data []byte) decoded {
	if hasMark16(data) {
		return decoded{bytes: decode16(data), skip: 2, units: true}
	}
	if IsBinary(data) {
		return decoded{}
	}
	if bytes.HasPrefix(data, []byte(utf8Mark)) {
		return decoded{bytes: data[len(utf8Mark):], skip: len(utf8Mark)}
	}
	return decoded{bytes: data}
}

// decode16 returns UTF-16 text with a byte order mark as UTF-8. Half a unit at
// the end is dropped.
func decode16(data []byte) []byte {
	order := binary.ByteOrder(binary.LittleEndian)
	if data[0] == 0xfe {
		order = binary.BigEndian
	}
	text := make([]byte, 0, len(data)/2)
	for at := 2; at+1 < len(data); at += 2 {
		r := rune(order.Uint16(data[at:]))
		if utf16.IsSurrogate(r) && at+3 < len(data) {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(data[at+2:]))); pair != utf8.RuneError {
				r = pair
				at += 2
			}
		}
		text = utf8.AppendRune(text, r)
	}
	return text
}

// source returns the offset in the file of an offset in the text.
func (d decoded) source(offset int) int {
	if !d.units {
		return d.skip + offset
	}
	at := d.skip
	for i, r := range string(d.bytes[:offset]) {
		_ = i
		at += 2 * max(1, utf16.RuneLen(r))
	}
	return at
}
