package settings

import (
	"bytes"
	"strings"
)

// readINI reads sections of "key = value" lines, as configparser, MySQL,
// systemd and many others write them. A line with neither is passed: some
// values go on there, and some formats have flags.
func readINI(src *source) ([]*Setting, *fault) { return iniReader{seps: "=:", hosts: true}.read(src) }

// readUnit reads a unit of systemd: a value goes on behind a backslash, and
// Environment holds assignments.
func readUnit(src *source) ([]*Setting, *fault) { return iniReader{seps: "=", unit: true}.read(src) }

// readNPM reads an .npmrc: keys may begin with the registry that they are for,
// as in //registry.example.org/:_authToken=...
func readNPM(src *source) ([]*Setting, *fault) {
	docs, bad := iniReader{seps: "=", registries: true}.read(src)
	for _, doc := range docs {
		doc.All(markNPM)
	}
	return docs, bad
}

// iniReader reads one line after the other.
type iniReader struct {
	seps       string // what stands between key and value
	unit       bool   // of systemd
	hosts      bool   // lines may be hosts with variables behind them
	registries bool   // keys name registries of npm

	src     *source
	data    []byte
	at      int
	section *Setting
	root    *Setting
	grow    *grower
}

// read reads the whole text.
func (r iniReader) read(src *source) ([]*Setting, *fault) {
	r.src, r.data, r.grow = src, src.data, newGrower()
	r.root = &Setting{Kind: Mapping, src: src}
	r.section = r.root
	if bytes.HasPrefix(r.data, []byte("\xef\xbb\xbf")) {
		r.at = 3
	}
	for r.at < len(r.data) {
		end := r.lineEnd(r.at)
		r.line(r.at, end)
		r.at = max(r.at, end+1)
	}
	return []*Setting{r.root}, nil
}

// lineEnd returns the offset of the line's end, line break excluded.
func (r *iniReader) lineEnd(at int) int {
	if n := bytes.IndexByte(r.data[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(r.data)
}

// line reads the line from start to end.
func (r *iniReader) line(start, end int) {
	start, end = trimmed(r.data, start, end)
	if start == end || r.data[start] == '#' || r.data[start] == ';' {
		return
	}
	if r.data[start] == '[' && bytes.IndexByte(r.data[start:end], '=') < 0 {
		if n := bytes.IndexByte(r.data[start:end], ']'); n > 1 {
			r.section = r.grow.mapping(r.root, string(r.data[start+1:start+n]), span{start: start + 1, end: start + n})
		}
		return
	}
	n := r.separator(r.data[start:end])
	if n <= 0 || r.hosts && r.host(start, end) {
		return
	}
	keyStart, keyEnd := trimmed(r.data, start, start+n)
	item := &Setting{Name: string(r.data[keyStart:keyEnd]), key: span{start: keyStart, end: keyEnd}}
	r.value(item, start+n+1, end)
	r.put(item, keyStart, keyEnd)
}

// separator returns where key and value are parted, or -1. An equals sign
// anywhere goes before a colon: keys may be names of drives and registries.
func (r *iniReader) separator(line []byte) int {
	for i := range len(r.seps) {
		if n := bytes.IndexByte(line, r.seps[i]); n >= 0 {
			return n
		}
	}
	return -1
}

// value reads the value between start and end: quoted, or up to a comment.
func (r *iniReader) value(item *Setting, start, end int) {
	start, end = trimmed(r.data, start, end)
	if start < end && (r.data[start] == '"' || r.data[start] == '\'') {
		if n := bytes.IndexByte(r.data[start+1:end], r.data[start]); n >= 0 && isRest(r.data[start+n+2:end]) {
			item.Quoted = true
			item.Text, item.val = string(r.data[start+1:start+1+n]), span{start: start + 1, end: start + 1 + n}
			return
		}
	}
	for i := start + 1; i < end; i++ {
		if (r.data[i] == '#' || r.data[i] == ';') && isBlank(r.data[i-1]) {
			start, end = trimmed(r.data, start, i)
			break
		}
	}
	if r.unit && end > start && r.data[end-1] == '\\' {
		r.continued(item, start, end)
		return
	}
	item.Text, item.val = string(r.data[start:end]), span{start: start, end: end}
}

// continued reads a value that goes on in the next lines.
func (r *iniReader) continued(item *Setting, start, end int) {
	var d decoder
	first := start
	for end > start && r.data[end-1] == '\\' {
		d.copy(r.data, start, end-1)
		next := r.lineEnd(end)
		if next >= len(r.data) {
			start, end = next, next
			break
		}
		stop := r.lineEnd(next + 1)
		d.put(" ", end-1, next+1)
		start, end = trimmed(r.data, next+1, stop)
		r.at = stop + 1
	}
	d.copy(r.data, start, end)
	item.Text, item.val = string(d.text), d.span(first, max(first, end))
}

// put adds a setting to its section, or below the registry that its key names.
func (r *iniReader) put(item *Setting, keyStart, keyEnd int) {
	parent := r.section
	if n := strings.LastIndex(item.Name, "/:"); r.registries && n > 0 && strings.HasPrefix(item.Name, "//") {
		parent = r.grow.mapping(parent, item.Name[:n+1], span{start: keyStart, end: keyStart + n + 1})
		item.Name, item.key = item.Name[n+2:], span{start: keyStart + n + 2, end: keyEnd}
	}
	if r.unit && item.Name == "Environment" {
		r.environment(parent, item)
		return
	}
	parent.add(item)
}

// environment puts the assignments in a value of systemd's Environment below a
// mapping of that name: each a word, or between quotes.
func (r *iniReader) environment(parent, item *Setting) {
	into := r.grow.mapping(parent, item.Name, item.key)
	text := item.Text
	for i := 0; i < len(text); {
		if isBlank(text[i]) {
			i++
			continue
		}
		start, stop := i, len(text)
		quote := strings.IndexByte(`"'`, text[i]) >= 0
		if quote {
			start++
			if n := strings.IndexByte(text[start:], text[i]); n >= 0 {
				stop = start + n
			}
		} else if n := strings.IndexAny(text[start:], " \t"); n >= 0 {
			stop = start + n
		}
		i = stop + 1
		n := strings.IndexByte(text[start:stop], '=')
		if n <= 0 {
			continue
		}
		into.add(&Setting{
			Name: text[start : start+n], key: item.val.slice(start, start+n), Quoted: quote,
			Text: text[start+n+1 : stop], val: item.val.slice(start+n+1, stop),
		})
	}
}

// trimmed returns the range without blanks on both sides.
func trimmed(data []byte, start, end int) (int, int) {
	for start < end && isBlank(data[start]) {
		start++
	}
	for end > start && isBlank(data[end-1]) {
		end--
	}
	return start, end
}

// isRest reports whether nothing but a comment stands behind a quoted value.
func isRest(rest []byte) bool {
	rest = bytes.TrimLeft(rest, " \t\r")
	return len(rest) == 0 || rest[0] == '#' || rest[0] == ';'
}
