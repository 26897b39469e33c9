package scan

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/practice"
)

// lineCursor goes through the lines of a text, forwards only.
type lineCursor struct {
	data []byte
	at   int // where the line begins
	line int // from 1
}

// isComment reports whether a line begins as comments do. What has the form of a
// credential by itself is none that a reader of the format has passed over there.
func (c *lineCursor) isComment(line int) bool {
	for c.line < line {
		n := bytes.IndexByte(c.data[c.at:], '\n')
		if n < 0 {
			return true
		}
		c.at += n + 1
		c.line++
	}
	rest := bytes.TrimLeft(c.data[c.at:min(len(c.data), c.at+200)], " \t")
	if bytes.HasPrefix(rest, []byte("#!define")) { // of Kamailio
		return false
	}
	for _, mark := range [...]string{"#", ";", "!", "*", "//", "/*", "<!--", "--", "\n", "\r", "%", "REM ", "rem "} {
		if bytes.HasPrefix(rest, []byte(mark)) {
			return true
		}
	}
	return false
}

// isInside reports whether the name of a credential on the line that the cursor is
// at stands among other text, as in the arguments of a command: a reader of the
// format has seen that text as one value.
func (c *lineCursor) isInside(o *practice.Credential) bool {
	name, ok := strings.CutPrefix(o.Use, "value of ")
	end := c.at + o.At.Column - 1
	if !ok || name == "" || end > len(c.data) {
		return false
	}
	before := c.data[c.at:end]
	at := bytes.LastIndex(before, []byte(name))
	if at <= 0 {
		return false
	}
	flags := bytes.HasSuffix(before[:at], []byte("--"))
	before = bytes.TrimRight(before[:at], " \t")
	if !flags && (len(before) == 0 || bytes.IndexByte([]byte("{,-[(<\"'`"), before[len(before)-1]) >= 0) {
		return false
	}
	return flags && len(bytes.TrimLeft(before, " \t-\"'")) > 0
}
