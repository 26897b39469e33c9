package redact

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable returns s with every character escaped that a terminal would act
// on or not show: control characters, line breaks, text direction, bytes that
// are not UTF-8. It is meant for messages and names, which are one line.
func Printable(s string) string {
	if isPrintable(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if escaped := escape(r, s[i:i+size]); escaped != "" {
			b.WriteString(escaped)
		} else {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

func isPrintable(s string) bool {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if escape(r, s[i:i+size]) != "" {
			return false
		}
		i += size
	}
	return true
}

// IsPrintable reports whether a terminal shows r as it is.
func IsPrintable(r rune) bool { return escape(r, "  ") == "" }

// escape returns the escaped form of a character, or nothing if it prints as it
// is. The text is what r was decoded from.
func escape(r rune, text string) string {
	switch {
	case r >= ' ' && r < 0x7F:
		return ""
	case r == utf8.RuneError && len(text) == 1:
		return fmt.Sprintf(`\x%02x`, text[0])
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case unicode.IsGraphic(r):
		return ""
	case r <= 0xFFFF:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}
