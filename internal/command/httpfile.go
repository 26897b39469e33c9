package command

import (
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// messages reads requests as they go over the wire, or as editors send them: a
// line with method and URL, headers, a blank line, a body. "###" stands between
// requests, "@name = value" sets a variable.
type messages struct {
	*script
	line    line // the client that would send them
	request *practice.Request
	url     word
	host    word
	body    bool
	content []word
}

// observeMessages observes the requests in a text.
func observeMessages(t *embed.Text, cat *rules.Catalogue) embed.Result {
	m := &messages{script: newScript(t, cat)}
	m.line = line{invocation: &invocation{words: []word{{}}}, command: "the request"}
	m.reset()
	for at := 0; at < len(t.Data); {
		end, next := lineAt(t.Data, at)
		m.read(at, end)
		at = next
	}
	m.send()
	return m.out
}

// reset begins a new request.
func (m *messages) reset() {
	m.request, m.url, m.host, m.body, m.content = &practice.Request{Sends: true}, word{}, word{}, false, nil
}

// read reads one line.
func (m *messages) read(start, end int) {
	text := string(m.text.Data[start:end])
	trimmed := strings.TrimSpace(text)
	switch {
	case strings.HasPrefix(trimmed, "###"):
		m.send()
		m.reset()
	case m.body:
		m.content = append(m.content, m.wordAt(start, end))
	case strings.HasPrefix(trimmed, "#"), strings.HasPrefix(trimmed, "//"):
	case trimmed == "":
		m.body = m.url.end > 0
	case strings.HasPrefix(trimmed, "@"):
		m.variable(start, end)
	case m.url.end == 0 && m.start(start, end):
	case (trimmed[0] == '?' || trimmed[0] == '&') && m.url.end > 0:
		from := start + strings.Index(text, trimmed)
		m.url.value = partial.Concat(m.url.value, m.wordAt(from, from+len(trimmed)).value)
	default:
		m.header(start, end)
	}
}

// wordAt returns a range of the text as a word; {{name}} is a variable of the file.
func (m *messages) wordAt(start, end int) word {
	w := word{start: start, end: end, value: one(m.literal(start, end))}
	w.value = w.value.Substitute(func(h partial.Hole) (partial.String, bool) { return m.lookup(h.Name) })
	return w
}

// variable keeps a variable of the file, and hands it on as a line of a .env file.
func (m *messages) variable(start, end int) {
	equals := strings.IndexByte(string(m.text.Data[start:end]), '=')
	if equals < 0 {
		return
	}
	name := strings.Trim(string(m.text.Data[start:start+equals]), "@ \t")
	from := start + equals + 1
	for from < end && isBlankByte(m.text.Data[from]) {
		from++
	}
	for end > from && isBlankByte(m.text.Data[end-1]) {
		end--
	}
	if !isName(name) || from >= end {
		return
	}
	m.vars[name] = variable{value: m.wordAt(from, end).value}
	var b embed.Builder
	at := start + strings.Index(string(m.text.Data[start:]), name)
	b.Copy(m.text.Data, at, at+len(name))
	b.Put("=", from, from)
	b.Copy(m.text.Data, from, end)
	m.out.Texts = append(m.out.Texts, m.text.Inside(embed.Env, &b))
}

// start reads the first line of a request, and reports whether it is one.
func (m *messages) start(start, end int) bool {
	text := string(m.text.Data[start:end])
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return false
	}
	method, target := "", fields[0]
	if isWord(fields[0]) && len(fields) > 1 && len(fields[0]) <= len("OPTIONS") {
		method, target = fields[0], fields[1]
	} else if !strings.Contains(fields[0], "://") {
		return false
	}
	if !strings.ContainsAny(target, "/{") {
		return false
	}
	m.request.Method = method
	if method == "" {
		m.request.Method = "GET"
	}
	from := start + strings.Index(text[len(method):], target) + len(method)
	m.url = m.wordAt(from, from+len(target))
	return true
}

// header reads a header.
func (m *messages) header(start, end int) {
	for start < end && isBlankByte(m.text.Data[start]) {
		start++
	}
	w := m.wordAt(start, end)
	name, value, ok := w.reading().Cut(':')
	known, whole := name.Known()
	if !ok || !whole {
		return
	}
	if strings.EqualFold(strings.TrimSpace(known), "Host") {
		value = value.TrimSpace()
		from, to := span(value, w)
		m.host = word{value: one(value), start: from, end: to}
		return
	}
	m.line.options = append(m.line.options, option{name: "header", role: "header", value: w, at: w})
}

// send observes the request that has been read.
func (m *messages) send() {
	url := m.url
	if m.host.end > 0 && url.startsWith("/") {
		url.value = partial.Concat(partial.Concat(partial.Literal("https://"), m.host.value), url.value)
	}
	host := hostAt(url)
	g := login{host: host}
	if p, ok := m.cat.ProviderOf(host); ok && host != "" {
		g.provider = p.ID
	}
	m.fields()
	for i := range m.line.options {
		if w := m.line.options[i].value; !m.login(w, g) {
			m.script.header(&m.line, w, g, m.request)
		}
	}
	m.line.options = nil
	m.bodySecrets(&m.line, g, m.request)
	switch {
	case url.end > 0:
		m.querySecrets(&m.line, g, url)
		m.requestTo(&m.line, m.request, url)
	case len(m.request.Auth) > 0:
		r := *m.request
		r.Source = m.source(r.Auth[0].At)
		r.Key = "header " + r.Auth[0].Header
		m.add(&r)
	}
}

// login reads a header "Authorization: Basic user password", or with a colon
// between the two, which editors encode when they send it, and reports whether
// it is one.
func (m *messages) login(w word, g login) bool {
	user, password := editorLogin(w.reading())
	if len(user) == 0 || len(password) == 0 {
		return false
	}
	m.request.Auth = append(m.request.Auth, practice.Auth{
		Scheme: "basic", Header: "Authorization", Text: "header Authorization", At: m.locate(password, w), User: user, Secret: password,
	})
	g.kind, g.use, g.user = shape.Password, useOf(&m.line, "header Authorization"), user
	m.secret(w, g, func(t partial.Text) partial.Text {
		_, password := editorLogin(t)
		return password
	})
	return true
}

// editorLogin returns user and password of such a header, nothing if it is none:
// Base64 has neither blanks nor colons.
func editorLogin(header partial.Text) (user, password partial.Text) {
	nameText, value, _ := header.Cut(':')
	name, known := nameText.Known()
	schemeText, rest, _ := value.TrimSpace().Cut(' ')
	scheme, whole := schemeText.Known()
	if !known || !whole || !isAuthorization(name) || !strings.EqualFold(scheme, "basic") {
		return nil, nil
	}
	rest = rest.TrimSpace()
	user, password, ok := rest.Cut(' ')
	if !ok {
		user, password, ok = rest.Cut(':')
	}
	if !ok {
		return nil, nil
	}
	return user, password.TrimSpace()
}

// fields reads the body.
func (m *messages) fields() {
	if len(m.content) == 0 {
		return
	}
	w := word{start: m.content[0].start, end: m.content[len(m.content)-1].end}
	w.value = one(m.literal(w.start, w.end))
	m.request.Form = m.fieldsOf(w)
}
