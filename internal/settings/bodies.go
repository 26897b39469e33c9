package settings

import (
	"net/url"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// body hands on a value that is an object of JSON, and observes one that is the
// fields of a form.
func (o *observer) body(s *Setting) {
	if len(s.Text) < shortestBody || o.handed[s] {
		return
	}
	if s.Quoted && s.Text[0] == '{' && s.Text[1] != '{' && strings.HasSuffix(strings.TrimRight(s.Text, " \n"), "}") && strings.Contains(s.Text, `":`) {
		text := o.part(s)
		text.Kind, text.Symbol, text.Key = embed.JSON, s.symbol(false), s.symbol(true)
		o.texts = append(o.texts, text)
		return
	}
	if !isBodyKey(s) || strings.ContainsAny(s.Text, " \n{<") || !strings.Contains(s.Text, "=") || strings.Contains(s.Text, "://") {
		return
	}
	fields := &Setting{Name: "form", Kind: Mapping, Parent: s, src: s.src, key: s.key, val: s.val}
	at := 0
	for field := range strings.SplitSeq(s.Text, "&") {
		name, value, ok := strings.Cut(field, "=")
		start := at + len(name) + 1
		at += len(field) + 1
		plain, err := url.QueryUnescape(value)
		if !ok || err != nil || !isAssignable(name) {
			continue
		}
		item := &Setting{Name: name, Text: plain, key: s.val, val: s.val.slice(start, start+len(value)), Quoted: true}
		if plain != value {
			item.val = opaque(item.val.start, item.val.end, len(plain))
		}
		fields.add(item)
	}
	for _, item := range fields.Items {
		o.credential(item)
	}
}

// shortestBody is the length of the shortest value that can be a body.
const shortestBody = 8

// isBodyKey reports whether a key holds what a request sends.
func isBodyKey(s *Setting) bool {
	switch s.Name {
	case "body", "data", "text", "raw", "payload", "form", "post_data", "postData", "post-data", "content", "body_form", "request_body":
		return true
	}
	return false
}

// sentBy returns the password in the body of the request that a mapping describes:
// an object of JSON in a text, as it is, or fields of a form.
func (o *observer) sentBy(m *Setting) []found {
	body := m.Child("body")
	if body == nil {
		return nil
	}
	var password *Setting
	look := func(s *Setting) {
		if s.Kind == Scalar && s.Text != "" && password == nil && shape.OfName(s.Name) == shape.Password && o.kind(s) == shape.Password {
			password = s
		}
	}
	body.All(func(s *Setting) {
		look(s)
		if s.Kind != Scalar || len(s.Text) < shortestBody || len(s.Text) > maxBody || s.Text[0] != '{' || s.Text[1] == '{' {
			return
		}
		inner := newSource(s.src.file, []byte(s.Text))
		inner.outer, inner.via = s.src, s.val
		docs, _ := guarded(&format{"JSON", readJSON}, inner)
		for _, doc := range docs {
			doc.All(look)
		}
	})
	if password == nil {
		return nil
	}
	a := practice.Auth{Scheme: "form", At: password.Key(), Text: "form field " + password.Name}
	for _, lit := range literals(password) {
		v := practice.ValueOf(o.cat, lit.text)
		if v.Inner == shape.Empty {
			return nil
		}
		a.Value, a.Known = v, shape.Credible(v, shape.Password, true) && !lit.fallback
	}
	return []found{{a, password}}
}

// maxBody is the length of a body up to which it is read for what it sends.
const maxBody = 4000
