package settings

import (
	"bytes"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// readLines reads a file of lines "key value", "key = value" or "key: value":
// sshd_config, login.defs, httpd.conf, haproxy.cfg, vsftpd.conf, redis.conf, the
// lines of PAM. What stands in <Name> and </Name>, and what follows a line that
// begins a section in such files, is a mapping of its own. Arguments that are
// settings themselves (minlen=8, ssl-min-ver TLSv1.2) become settings below
// their line.
func readLines(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	r := lineReader{src: src, data: src.data, top: root, at: root}
	for i := 0; i < len(r.data); {
		end := logicalEnd(r.data, i)
		r.line(i, end)
		i = end + 1
	}
	root.All(checksThatLogIn)
	return []*Setting{root}, nil
}

// lineReader reads one line after the other.
type lineReader struct {
	src     *source
	data    []byte
	top, at *Setting // the element in <..> that is open, and the section in it
	depth   int
	outer   []*Setting // around the sections in braces that are open
}

// logicalEnd returns where the line that begins at i ends. A backslash before
// the line break continues it.
func logicalEnd(data []byte, i int) int {
	for {
		n := bytes.IndexByte(data[i:], '\n')
		if n < 0 {
			return len(data)
		}
		if trimmed := bytes.TrimRight(data[i:i+n], "\r"); !bytes.HasSuffix(trimmed, []byte(`\`)) {
			return i + n
		}
		i += n + 1
	}
}

// line reads the line between two offsets.
func (r *lineReader) line(start, end int) {
	i := start
	for i < end && isXMLBlank(r.data[i]) {
		i++
	}
	if i == end || strings.IndexByte("#;!", r.data[i]) >= 0 {
		return
	}
	if r.data[i] == '<' {
		r.element(i, end)
		return
	}
	words, assigned := r.words(i, end)
	if len(words) == 0 {
		return
	}
	if r.braces(words) || r.pam(words) || r.proxy(words) {
		return
	}
	if name := strings.ToLower(words[0].text); sectionLines[name] && (i == start || !indented[name]) && (name == "group") == assigned {
		r.at = r.top.add(&Setting{Name: words[0].text, Kind: Mapping, key: words[0].at, val: words[0].at})
		if name != "group" {
			return
		}
	}
	r.directive(words)
}

// braces opens a section that a line begins with a brace at its end, or closes
// one, and reports whether a line does.
func (r *lineReader) braces(words []word) bool {
	last := words[len(words)-1]
	switch {
	case len(r.outer) > 0 && (words[0].text == "}" || words[0].text == "};"):
		r.at = r.outer[len(r.outer)-1]
		r.outer = r.outer[:len(r.outer)-1]
		return true
	case len(words) > 1 && last.text == "{" && !last.quoted && len(r.outer) < maxDepth:
		r.outer = append(r.outer, r.at)
		r.at = r.at.add(&Setting{Name: words[0].text, Kind: Mapping, key: words[0].at, val: words[0].at})
		return true
	}
	return false
}

// sectionLines begin a section that reaches to the next one: of HAProxy, of
// OpenSSH, of Kannel.
var sectionLines = map[string]bool{
	"global": true, "defaults": true, "frontend": true, "backend": true, "listen": true, "userlist": true, "peers": true, "resolvers": true,
	"host": true, "match": true, "group": true,
}

// indented are those of sectionLines that are directives when blanks stand
// before them.
var indented = map[string]bool{"global": true, "defaults": true, "listen": true, "peers": true, "group": true}

// element opens <Name ..> or closes </Name>.
func (r *lineReader) element(i, end int) {
	if i+1 < end && r.data[i+1] == '/' {
		if r.top.Parent != nil {
			r.top = r.top.Parent
			r.depth--
		}
		r.at = r.top
		return
	}
	j := i + 1
	for j < end && !isXMLBlank(r.data[j]) && r.data[j] != '>' {
		j++
	}
	if j == i+1 || r.depth == maxDepth {
		return
	}
	r.depth++
	name := span{start: i + 1, end: j}
	r.top = r.top.add(&Setting{Name: string(r.data[i+1 : j]), Kind: Mapping, key: name, val: name})
	r.at = r.top
}

// words splits a line. The first word ends at blanks, "=" or ":" and what
// separates it from the value belongs to neither; a comment ends the line. It
// reports whether "=" stands behind the first word.
func (r *lineReader) words(i, end int) (words []word, assigned bool) {
	key := i
	for i < end && !isXMLBlank(r.data[i]) && r.data[i] != '=' && (r.data[i] != ':' || i+1 < end && !isXMLBlank(r.data[i+1])) {
		i++
	}
	words = []word{{text: string(r.data[key:i]), at: span{start: key, end: i}}}
	for i < end && isXMLBlank(r.data[i]) {
		i++
	}
	if i < end && (r.data[i] == '=' || r.data[i] == ':') {
		assigned = r.data[i] == '='
		i++
		if i < end && (r.data[i] == '>' || r.data[i] == '=') { // => of Logstash, := of FreeRADIUS
			i++
		}
	}
	for i < end {
		switch b := r.data[i]; {
		case isXMLBlank(b), b == '\\' && i+1 < end && (r.data[i+1] == '\n' || r.data[i+1] == '\r'):
			i++
		case b == '#' && isXMLBlank(r.data[i-1]):
			return words, assigned
		case b == '"' || b == '\'':
			w := quotedWord(r.data, i, end)
			words, i = append(words, w), w.at.end+1
		default:
			from := i
			for i < end && !isXMLBlank(r.data[i]) {
				i++
			}
			words = append(words, word{text: string(r.data[from:i]), at: span{start: from, end: i}})
		}
	}
	return words, assigned
}

// pam adds the arguments of a line "type control module argument...", as the
// login modules of Unix are configured, below the type and the module, and
// reports whether it is one.
func (r *lineReader) pam(words []word) bool {
	module := 0
	for i, w := range words {
		if strings.HasPrefix(w.text, "pam_") && strings.HasSuffix(w.text, ".so") || strings.Contains(w.text, "/pam_") {
			module = i
			break
		}
	}
	if module < 2 {
		return false
	}
	kind := r.at.add(&Setting{Name: strings.TrimPrefix(words[0].text, "-"), Kind: Mapping, key: words[0].at, val: words[0].at})
	at := r.at
	r.at = kind
	r.parameters(words[module], words[module+1:])
	r.at = at
	return true
}

// proxy adds what two directives of HAProxy say that name what they set, or a
// login, and reports whether a line is one of them.
func (r *lineReader) proxy(words []word) bool {
	if len(words) < 3 {
		return false
	}
	switch what := words[0].text + " " + words[1].text; {
	case what == "stats auth":
		user, password, ok := strings.Cut(words[2].text, ":")
		if !ok {
			return false
		}
		m := r.at.add(&Setting{Name: words[0].text, Kind: Mapping, key: words[0].at, val: words[0].at})
		m.add(&Setting{Name: "user", key: words[1].at, Text: user, val: words[2].at.slice(0, len(user))})
		m.add(&Setting{Name: "password", key: words[1].at, Text: password, val: words[2].at.slice(len(user)+1, len(words[2].text)), holds: shape.Password})
		return true
	case len(words) > 3 && (what == "http-request set-header" || what == "http-request add-header"):
		m := r.at.add(&Setting{Name: "headers", Kind: Mapping, key: words[0].at, val: words[0].at})
		item := r.src.joined(words[2], words[3:])
		item.header = true
		m.add(item)
		return true
	}
	return false
}

// directive adds what a line says.
func (r *lineReader) directive(words []word) {
	name, rest := words[0], words[1:]
	if len(rest) == 0 {
		if name.text == "tls_insecure_skip_verify" { // of Caddy
			r.at.add(&Setting{Name: name.text, key: name.at, Text: "true", val: name.at})
		}
		return
	}
	if group, ok := groupOf(name.text); ok {
		if verb := strings.ToLower(rest[0].text); verb == "set" || verb == "add" || verb == "append" || verb == "always" || verb == "onsuccess" {
			rest = rest[1:]
		}
		if len(rest) > 1 {
			m := r.at.add(&Setting{Name: group, Kind: Mapping, key: name.at, val: name.at})
			item := r.src.joined(rest[0], rest[1:])
			item.header = group == "headers"
			m.add(item)
		}
		return
	}
	r.at.add(r.src.joined(name, rest))
	if len(rest) > 1 && !isConnInfo(rest) {
		r.parameters(name, rest)
	}
}

// isConnInfo reports whether words are a connection string, which is read as a
// whole.
func isConnInfo(words []word) bool {
	host, password := false, false
	for _, w := range words {
		name, _, ok := strings.Cut(w.text, "=")
		if !ok {
			return false
		}
		host = host || name == "host" || name == "hostaddr"
		password = password || name == "password"
	}
	return host && password
}

// parameters adds the arguments of a line that are settings: NAME=value, and a
// known name before its value.
func (r *lineReader) parameters(name word, rest []word) {
	var m *Setting
	add := func(item *Setting) {
		if m == nil {
			m = r.at.add(&Setting{Name: name.text, Kind: Mapping, key: name.at, val: name.at})
		}
		m.add(item)
	}
	for i, w := range rest {
		if n := strings.IndexByte(w.text, '='); n > 0 && !w.quoted && isAssignable(w.text[:n]) {
			value := w.at.slice(n+1, len(w.text))
			add(&Setting{Name: w.text[:n], key: w.at.slice(0, n), Text: w.text[n+1:], val: value})
			continue
		}
		if name.text == "pam_unix.so" && (w.text == "md5" || w.text == "bigcrypt") {
			add(&Setting{Name: w.text, key: w.at, Text: "true", val: w.at})
			continue
		}
		if shown, ok := argumentNames[strings.ToLower(w.text)]; ok && i+1 < len(rest) {
			next := rest[i+1]
			if shown == "ssl-verify" && isCheckAlone(rest) {
				shown = checkVerify
			}
			add(&Setting{Name: shown, key: w.at, Text: next.text, val: next.at, Quoted: next.quoted})
		}
	}
}

// argumentNames are arguments of HAProxy whose value is the next argument, with
// the name that says what they are about.
var argumentNames = map[string]string{
	"ssl-min-ver": "ssl-min-ver", "ssl-max-ver": "ssl-max-ver", "verify": "ssl-verify", "insecure-password": "password",
}

// checkVerify is the name that the check of a certificate has which only a look at
// the health of a server goes by. Nothing but that it lives is told to whoever
// answers.
const checkVerify = "health-check"

// isCheckAlone reports whether the arguments of a server speak of TLS for looks at
// its health alone.
func isCheckAlone(rest []word) bool {
	has := func(text string) bool {
		return slices.ContainsFunc(rest, func(w word) bool { return w.text == text })
	}
	return has("check-ssl") && !has("ssl")
}

// checksThatLogIn gives the check of a certificate its name in a section whose
// looks at the health of servers take a credential along.
func checksThatLogIn(section *Setting) {
	if !slices.ContainsFunc(section.Items, func(s *Setting) bool {
		return (s.Name == "http-check" || s.Name == "option") && strings.Contains(strings.ToLower(s.Text), "authorization")
	}) {
		return
	}
	for _, server := range section.Items {
		for _, item := range server.Items {
			if item.Name == checkVerify {
				item.Name = "ssl-verify"
			}
		}
	}
}

// readConf reads a file named .conf or .cnf, which may be of many products, in
// the form that most of its lines have.
func readConf(src *source) ([]*Setting, *fault) {
	switch confForm(src.data) {
	case confBlocks:
		return readBlocks(src)
	case confXML:
		return readXML(src)
	case confSections:
		if docs, bad := readTOML(src); bad == nil { // of Telegraf
			return docs, nil
		}
		return readINI(src)
	}
	return readLines(src)
}

// confKind is a form of files named .conf.
type confKind uint8

const (
	confLines confKind = iota
	confBlocks
	confXML
	confSections
)

// confForm returns the form that most lines of a file have.
func confForm(data []byte) confKind {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("<?xml")) {
		return confXML
	}
	blocks, lines, sections, equals, ends, arrows := 0, 0, 0, 0, 0, 0
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if line[0] == '[' && line[len(line)-1] == ']' {
			sections++
			continue
		}
		if bytes.IndexByte(line, '=') > 0 {
			equals++
		}
		if bytes.Contains(line, []byte(" => ")) {
			arrows++
		}
		if line[len(line)-1] == ';' {
			ends++
		}
		switch line[len(line)-1] {
		case ';', '{', '}':
			if line[0] != ';' && line[0] != '<' {
				blocks++
			}
		default:
			lines++
		}
	}
	switch {
	case sections > 0 && equals > lines/2:
		return confSections
	case blocks > lines && ends > arrows:
		return confBlocks
	}
	return confLines
}
