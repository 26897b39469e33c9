package shape

// HasFold reports whether data begins with a text in lower case, whatever the
// case of its ASCII letters is.
func HasFold(data []byte, text string) bool {
	if len(data) < len(text) {
		return false
	}
	for k := range len(text) {
		if Lower(data[k]) != text[k] {
			return false
		}
	}
	return true
}

// Lower returns a letter of ASCII in lower case, other bytes as they are.
func Lower(c byte) byte {
	if c-'A' < 26 {
		c |= 0x20
	}
	return c
}
