package command

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
)

// httpie observes clients that take a request as words: a method, a URL, and
// items such as Name:value for headers, name=value for the body and name==value
// for the query.
func (s *script) httpie(l *line) {
	if len(l.args) == 0 {
		return
	}
	args := l.args
	r := &practice.Request{Sends: true}
	if text, ok := args[0].known(); ok && text == strings.ToUpper(text) && isWord(text) {
		r.Method, args = text, args[1:]
	}
	if len(args) == 0 {
		return
	}
	url, items := s.httpieURL(l, args[0]), args[1:]
	host := hostAt(url)
	g := login{host: host, alsoShown: true}
	if p, ok := s.cat.ProviderOf(host); ok && host != "" {
		g.provider = p.ID
	}
	for _, item := range items {
		s.item(l, item, g, r)
	}
	if r.Method == "" {
		r.Method = "GET"
		if len(r.Form) > 0 {
			r.Method = "POST"
		}
	}
	s.auths(l, r, host, []word{url})
	r.AcrossRedirect = l.has("follow") && len(r.Auth) > 0
	s.requestTo(l, r, url)
	if insecure := l.first("insecure-value"); insecure != nil {
		s.unchecked(l, insecure, host)
	}
	s.versions(l, host)
}

// isWord reports whether a text is letters alone.
func isWord(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' })
}

// httpieURL returns the URL of a request: the scheme is that of the command's
// name, and a URL that begins with a colon is one of this machine.
func (s *script) httpieURL(l *line, w word) word {
	text := w.reading()
	if strings.Contains(text.Display(), "://") || text.Prefix() == "" {
		return w
	}
	scheme := "http://"
	if l.command == "https" || l.command == "xhs" {
		scheme = "https://"
	}
	if strings.HasPrefix(text.Prefix(), ":") {
		scheme += "localhost"
	}
	w.value = partial.Concat(partial.String{Alternatives: []partial.Text{{{Text: scheme, Start: w.start, End: w.start}}}}, w.value)
	return w
}

// item reads an item of a request.
func (s *script) item(l *line, w word, g login, r *practice.Request) {
	text := w.reading()
	prefix := text.Prefix()
	at := strings.IndexAny(prefix, ":=@")
	if at <= 0 {
		return
	}
	name := partial.Text{headPart(text[0], min(at, len(text[0].Text)))}
	rest := prefix[at:]
	switch {
	case strings.HasPrefix(rest, "=="):
		value := dropFront(text, at+2)
		r.Query = append(r.Query, practice.Param{Name: name, Value: value, At: s.locate(value, w)})
	case strings.HasPrefix(rest, ":="), strings.HasPrefix(rest, "@"):
	case strings.HasPrefix(rest, ":"):
		s.header(l, w, g, r)
	case strings.HasPrefix(rest, "="):
		value := dropFront(text, at+1)
		r.Form = append(r.Form, practice.Param{Name: name, Value: value, At: s.locate(value, w)})
	}
}
