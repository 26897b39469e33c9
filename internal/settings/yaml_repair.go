package settings

import (
	"bytes"
	"errors"
	"sort"
	"strings"

	"go.yaml.in/yaml/v4"
)

// The limits within which a malformed YAML document is read again, each time with
// one place made good: the number of times, and the bytes of all of them.
const (
	maxRepairs     = 10
	maxRepairBytes = 4 << 20
)

// standIn stands for a character that YAML takes for syntax where its author did
// not mean it. The scalar that holds it gets the character back.
const standIn = '_'

// yamlFault is where a document is at fault and why.
type yamlFault struct {
	*fault
	message string // of the library; "" for what no change of the text makes good
	context int    // where what is at fault began, -1 if that is not known
}

// faultOf returns the place and the reason of a reader's error. Some messages of
// the library quote the text at fault, which may be a secret: those are replaced.
func (r *yamlReader) faultOf(err error) *yamlFault {
	out := &yamlFault{fault: &fault{reason: "not valid YAML", offset: len(r.data)}, context: -1}
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return out
	}
	if load.Mark.Line > 0 {
		out.offset = r.offset(load.Mark.Line, max(1, load.Mark.Column))
	} else if load.Stage == yaml.ReaderStage {
		out.offset = r.base + load.Mark.Index
	}
	if load.ContextMark.Line > 0 {
		r.cursor.line = 0
		out.context = r.offset(load.ContextMark.Line, max(1, load.ContextMark.Column))
	}
	switch load.Stage {
	case yaml.ReaderStage, yaml.ScannerStage, yaml.ParserStage:
		out.reason, out.message = load.Message, load.Message
	case yaml.ComposerStage:
		out.reason = "an alias has no anchor, or nesting is too deep"
		if strings.HasPrefix(load.Message, "unknown anchor") {
			out.message = load.Message
		}
	case yaml.ResolverStage:
		out.reason = "a value does not fit its tag"
	}
	return out
}

// repair makes the place of a fault good in the copy of the text that is read and
// moves the reader back to the beginning of the document. It reports whether
// reading on makes sense: what was a few characters of the file must not cost the
// rest of it.
func (r *yamlReader) repair(bad *yamlFault) bool {
	if r.repairs++; r.repairs > maxRepairs || bad.message == "" {
		return false
	}
	begin := r.documentStart(min(bad.offset, len(r.data)))
	if r.reread += len(r.data) - begin; r.reread > maxRepairBytes {
		return false
	}
	if !r.isCopy {
		r.data, r.isCopy = bytes.Clone(r.data), true
	}
	if !r.mend(bad) {
		return false
	}
	r.moveTo(begin)
	return true
}

// moveTo has the reader go on at the beginning of a line.
func (r *yamlReader) moveTo(offset int) {
	r.base = offset
	r.above = sort.SearchInts(r.lines, offset)
	r.cursor.line = 0
}

// documentStart returns where the document begins that an offset lies in.
func (r *yamlReader) documentStart(offset int) int {
	n := bytes.LastIndex(r.data[r.base:max(r.base, offset)], []byte("\n---"))
	if n < 0 {
		return r.base
	}
	return r.base + n + 1
}

// mend changes the text at a fault, and reports whether it has changed.
func (r *yamlReader) mend(bad *yamlFault) bool {
	at := bad.offset
	switch {
	case strings.HasPrefix(bad.message, "mapping values are not allowed"):
		if start, _ := r.line(at); isFirstColon(r.data[start:at]) {
			return r.blankValue(r.lineBefore(start)) // whose value leaves no room for a mapping
		}
		return r.replace(at)
	case strings.HasPrefix(bad.message, "found character that cannot start"), strings.HasPrefix(bad.message, "unknown anchor"):
		if at < len(r.data) && r.data[at] != '\t' {
			return r.replace(at)
		}
	case strings.HasPrefix(bad.message, "found unexpected end of stream"), strings.HasPrefix(bad.message, "did not find expected ',' or"),
		strings.HasPrefix(bad.message, "could not find expected ':'"):
		if bad.context >= 0 {
			return r.blankValue(bad.context)
		}
	}
	return r.blankValue(at) || bad.context >= 0 && r.blankValue(bad.context) || r.blankValue(r.lineBefore(min(at, len(r.data))))
}

// isFirstColon reports whether what stands on a line before a colon is a key
// alone.
func isFirstColon(before []byte) bool {
	key := bytes.TrimLeft(before, " -")
	return !bytes.Contains(key, []byte(": ")) && !bytes.ContainsAny(key, " \t")
}

// replace puts the stand-in in the place of one character.
func (r *yamlReader) replace(at int) bool {
	if at >= len(r.data) || r.data[at] == standIn || r.data[at] >= 0x80 || r.data[at] <= ' ' {
		return r.blankValue(at)
	}
	r.data[at] = standIn
	return true
}

// line returns where the line of an offset begins and ends.
func (r *yamlReader) line(at int) (start, end int) {
	at = min(at, len(r.data))
	start = bytes.LastIndexByte(r.data[:at], '\n') + 1
	if n := bytes.IndexByte(r.data[start:], '\n'); n >= 0 {
		return start, start + n
	}
	return start, len(r.data)
}

// lineBefore returns an offset in the last line before start that is not blank.
func (r *yamlReader) lineBefore(start int) int {
	return len(bytes.TrimRight(r.data[:start], " \t\r\n"))
}

// blankValue puts blanks in the place of the value on a line, behind its key or
// the mark of a list; of the whole line if it has none.
func (r *yamlReader) blankValue(at int) bool {
	start, end := r.line(at)
	start = max(start, r.base)
	line := r.data[start:end]
	from := 0
	if n := bytes.Index(line, []byte(": ")); n >= 0 {
		from = n + 1
	} else if lead := bytes.TrimLeft(line, " "); bytes.HasPrefix(lead, []byte("- ")) {
		from = len(line) - len(lead) + 1
	}
	if len(bytes.TrimSpace(line[from:])) == 0 {
		from = 0
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return false
	}
	for i := start + from; i < end; i++ {
		if n := yamlBreak(r.data, i); n > 0 { // lines stay where they are
			i += n - 1
		} else {
			r.data[i] = ' '
		}
	}
	return true
}

// original returns the text of a scalar with the characters that stand-ins stand
// for.
func (r *yamlReader) original(text string, at span) string {
	if !r.isCopy || strings.IndexByte(text, standIn) < 0 {
		return text
	}
	out := []byte(text)
	for i := range out {
		if from, to := at.source(i, i+1); out[i] == standIn && to == from+1 && r.data[from] == standIn {
			out[i] = r.src.data[from]
		}
	}
	return string(out)
}
