package settings

import (
	"bytes"
	"slices"
	"strings"
)

// httpMethods are the methods that a request in a file of requests has.
var httpMethods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}

// readHTTP reads a file of requests as editors send them (.http, .rest): a
// request line, headers, an empty line, a body; ### between requests; variables
// in lines "@name = value". Each request is a mapping of its method, its URL,
// its headers and its body.
func readHTTP(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	r := httpReader{lineReader: lineReader{src: src, data: src.data, top: root, at: root}, root: root}
	for i := 0; i < len(r.data); {
		end := len(r.data)
		if n := bytes.IndexByte(r.data[i:], '\n'); n >= 0 {
			end = i + n
		}
		r.request(i, end)
		i = end + 1
	}
	r.finish()
	return []*Setting{root}, nil
}

// httpReader reads the lines of a file of requests.
type httpReader struct {
	lineReader
	root    *Setting
	open    *Setting // the request being read
	headers *Setting
	body    span
	inBody  bool
}

// request reads one line.
func (r *httpReader) request(start, end int) {
	line := bytes.TrimRight(r.data[start:end], " \t\r")
	end = start + len(line)
	switch trimmed := bytes.TrimLeft(line, " \t"); {
	case bytes.HasPrefix(line, []byte("###")):
		r.finish()
	case len(line) == 0:
		r.inBody = r.open != nil
	case r.inBody:
		if r.body.end == 0 {
			r.body.start = start
		}
		r.body.end = end
	case trimmed[0] == '#' || bytes.HasPrefix(trimmed, []byte("//")):
	case line[0] == '@':
		r.variable(start+1, end)
	case r.open == nil:
		r.begin(start, end)
	case trimmed[0] == '?' || trimmed[0] == '&':
		// the query goes on: what stands in the URL line is enough
	default:
		r.header(start, end)
	}
}

// variable reads "name = value".
func (r *httpReader) variable(start, end int) {
	if item := r.pair(start, end, '='); item != nil {
		r.root.add(item)
	}
}

// pair reads a name and a value with a byte between them.
func (r *httpReader) pair(start, end int, between byte) *Setting {
	n := bytes.IndexByte(r.data[start:end], between)
	if n <= 0 {
		return nil
	}
	key := r.trimmed(start, start+n)
	val := r.trimmed(start+n+1, end)
	return &Setting{Name: string(r.data[key.start:key.end]), key: key, Text: string(r.data[val.start:val.end]), val: val, Quoted: true}
}

// trimmed returns the span between two offsets without blanks around it.
func (r *httpReader) trimmed(start, end int) span {
	for start < end && isXMLBlank(r.data[start]) {
		start++
	}
	for end > start && isXMLBlank(r.data[end-1]) {
		end--
	}
	return span{start: start, end: end}
}

// begin reads a request line: a method, which may be missing, and a URL.
func (r *httpReader) begin(start, end int) {
	words, _ := r.words(start, end)
	if len(words) == 0 {
		return
	}
	at := r.trimmed(start, end)
	method := span{start: at.start, end: at.start}
	if first := bytes.IndexAny(r.data[at.start:at.end], " \t"); first > 0 && slices.Contains(httpMethods, string(r.data[at.start:at.start+first])) {
		method.end = at.start + first
	} else if !bytes.Contains(r.data[at.start:at.end], []byte("://")) {
		return
	}
	url := r.trimmed(method.end, at.end)
	if n := bytes.LastIndex(r.data[url.start:url.end], []byte(" HTTP/")); n >= 0 {
		url = r.trimmed(url.start, url.start+n)
	}
	r.open = r.root.add(&Setting{Name: "request", Kind: Mapping, key: url, val: url})
	if method.end > method.start {
		r.open.add(&Setting{Name: "method", key: method, Text: string(r.data[method.start:method.end]), val: method})
	}
	r.open.add(&Setting{Name: "url", key: url, Text: string(r.data[url.start:url.end]), val: url, Quoted: true})
}

// header reads a header of the open request. "Basic user password" is what
// editors encode when they send it.
func (r *httpReader) header(start, end int) {
	item := r.pair(start, end, ':')
	if item == nil {
		return
	}
	if r.headers == nil {
		r.headers = r.open.add(&Setting{Name: "headers", Kind: Mapping, key: item.key, val: item.key})
	}
	item.header = true
	if r.login(item) {
		return
	}
	r.headers.add(item)
}

// login adds user and password of a header "Basic user password" or "Basic
// user:password", and reports whether it is one.
func (r *httpReader) login(item *Setting) bool {
	scheme, rest, ok := strings.Cut(item.Text, " ")
	if !ok || !strings.EqualFold(item.Name, "Authorization") || !strings.EqualFold(scheme, "Basic") {
		return false
	}
	n := strings.IndexAny(rest, " :")
	if n <= 0 || strings.HasPrefix(rest, "{{") && !strings.Contains(rest, "}} ") && !strings.Contains(rest, "}}:") {
		return false
	}
	from := item.val.start + len(scheme) + 1
	user := r.trimmed(from, from+n)
	password := r.trimmed(from+n+1, item.val.end)
	auth := r.open.add(&Setting{Name: "basic_auth", Kind: Mapping, key: item.key, val: item.val})
	auth.add(&Setting{Name: "username", key: item.key, Text: string(r.data[user.start:user.end]), val: user, Quoted: true})
	auth.add(&Setting{Name: "password", key: item.key, Text: string(r.data[password.start:password.end]), val: password, Quoted: true})
	return true
}

// finish closes the open request.
func (r *httpReader) finish() {
	if r.open != nil && r.body.end > r.body.start {
		body := r.open.add(&Setting{Name: "body", Kind: Mapping, key: r.body, val: r.body})
		body.add(&Setting{Name: "raw", key: r.body, Text: string(r.data[r.body.start:r.body.end]), val: r.body, Quoted: true})
	}
	r.open, r.headers, r.body, r.inBody = nil, nil, span{}, false
}
