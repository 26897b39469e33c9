package settings

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// readBru reads a request of a Bruno collection: blocks of "name: value" lines,
// and blocks of text (bodies, scripts). The URL, what authorises the request and
// its headers become settings beside each other, as other collections have them.
func readBru(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	r := bruReader{src: src, data: src.data, root: root}
	for at := 0; at < len(r.data); {
		end := r.lineEnd(at)
		at = r.block(at, end)
	}
	return []*Setting{root}, r.bad
}

// bruReader reads one block after the other.
type bruReader struct {
	src  *source
	data []byte
	root *Setting
	bad  *fault
}

// lineEnd returns where the line at an offset ends.
func (r *bruReader) lineEnd(at int) int {
	if n := bytes.IndexByte(r.data[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(r.data)
}

// block reads the block that begins on a line, and returns where to go on.
func (r *bruReader) block(start, end int) int {
	from, to := trimmed(r.data, start, end)
	if from == to || r.data[to-1] != '{' && r.data[to-1] != '[' {
		return min(end+1, len(r.data))
	}
	nameFrom, nameTo := trimmed(r.data, from, to-1)
	closing := "\n}"
	if r.data[to-1] == '[' {
		closing = "\n]"
	}
	first := min(end+1, len(r.data))
	last := len(r.data)
	if n := bytes.Index(r.data[end:], []byte(closing)); n >= 0 {
		last = end + n
	} else if r.bad == nil {
		r.bad = &fault{offset: start, reason: "the block does not end", part: true}
	}
	if closing == "\n}" {
		r.content(string(r.data[nameFrom:nameTo]), span{start: nameFrom, end: nameTo}, first, max(first, last))
	}
	return min(last+len(closing), len(r.data))
}

// content adds what a block holds.
func (r *bruReader) content(name string, key span, start, end int) {
	kind, variant, _ := strings.Cut(name, ":")
	switch kind {
	case "get", "post", "put", "delete", "patch", "head", "options", "connect", "trace":
		r.root.add(&Setting{Name: "method", key: key, Text: kind, val: key})
		r.pairs(r.root, start, end)
	case "auth":
		auth := r.root.add(&Setting{Name: "auth", Kind: Mapping, key: key, val: key})
		if variant != "" {
			auth.add(&Setting{Name: "type", key: key, Text: variant, val: span{start: key.end - len(variant), end: key.end}})
		}
		r.pairs(auth, start, end)
		for _, item := range auth.Items {
			if item.Name == "password" {
				item.holds = shape.Password
			}
		}
		if header, value := auth.Child("key"), auth.Child("value"); variant == "apikey" && header != nil && value != nil {
			value.Name, value.key = header.Text, header.val
		}
	case "body":
		if variant == "json" || variant == "" {
			body := r.root.add(&Setting{Name: "body", Kind: Mapping, key: key, val: key})
			body.add(&Setting{Name: "raw", key: key, Quoted: true, Text: string(r.data[start:end]), val: span{start: start, end: end}})
			return
		}
		r.pairs(r.root.add(&Setting{Name: "form", Kind: Mapping, key: key, val: key}), start, end)
	case "script":
		script := r.root.add(&Setting{Name: "script", Kind: Mapping, key: key, val: key})
		script.add(&Setting{Name: "exec", key: key, Quoted: true, Text: string(r.data[start:end]), val: span{start: start, end: end}})
	case "headers", "vars", "params", "query":
		r.pairs(r.root.add(&Setting{Name: kind, Kind: Mapping, key: key, val: key}), start, end)
	}
}

// pairs adds the lines "name: value" between two offsets. What is switched off
// with a tilde is there for every reader all the same.
func (r *bruReader) pairs(to *Setting, start, end int) {
	for start < end {
		stop := min(r.lineEnd(start), end)
		from, last := trimmed(r.data, start, stop)
		n := bytes.IndexByte(r.data[from:last], ':')
		start = stop + 1
		if n <= 0 {
			continue
		}
		name := span{start: from, end: from + n}
		if r.data[from] == '~' || r.data[from] == '@' {
			name.start++
		}
		valueFrom, valueTo := trimmed(r.data, from+n+1, last)
		item := to.add(&Setting{
			Name: string(r.data[name.start:name.end]), key: name, Text: string(r.data[valueFrom:valueTo]), val: span{start: valueFrom, end: valueTo},
		})
		item.header = to.Name == "headers"
	}
}
