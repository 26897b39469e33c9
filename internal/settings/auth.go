package settings

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// maxContainers is how deep mappings made for credentials may nest, as in
// http_config.basic_auth.
const maxContainers = 3

// authFor returns the credentials that go to the URL in target: those beside it
// that belong to the same service, and those in mappings made for them.
func (o *observer) authFor(m, target *Setting, alone bool) []found {
	before, ok := roleOf(o.table, "url", target.words())
	if !ok {
		before, _ = roleOf(o.table, "scheme", target.words())
	}
	own := service(o.table, before)
	flat := o.flat || isAssignments(o, m)
	var out []found
	for _, item := range m.Items {
		switch item.Kind {
		case Scalar:
			if a, ok := o.authOf(item); ok && o.belongs(item, target, own, flat, alone) {
				out = append(out, a)
			}
		case Mapping:
			if !flat && o.table.Containers[phraseOf(item.Name)] {
				out = append(out, o.contained(item, 1)...)
			}
		}
	}
	return out
}

// belongs reports whether a credential is of the same service as the URL. In a
// flat file, where everything stands beside everything, both names must say so.
func (o *observer) belongs(item, target *Setting, own string, flat, alone bool) bool {
	if o.isLocal(item) {
		return false
	}
	words := item.words()
	its := service(o.table, credentialHead(words))
	if !flat {
		return its == own || its == "" && alone
	}
	if its != own {
		return false
	}
	u, _ := httpURL(target)
	host, _ := u.HostText()
	_, known := o.cat.ProviderOf(host)
	return own != "" || known && host != "" || slices.Contains(words, "api") && slices.Contains(target.words(), "api")
}

// isLocal reports whether a credential signs or encrypts and is not sent.
func (o *observer) isLocal(s *Setting) bool {
	name, _ := o.name(s)
	return hasAny(o.table.Local, shape.Words(name))
}

// contained returns the credentials in a mapping that is made for them.
func (o *observer) contained(m *Setting, depth int) []found {
	var out []found
	for _, item := range m.Items {
		switch {
		case item.Kind == Scalar:
			if a, ok := o.authOf(item); ok && !o.isLocal(item) {
				out = append(out, a)
			}
		case item.Kind == Mapping && depth < maxContainers && o.table.Containers[phraseOf(item.Name)]:
			out = append(out, o.contained(item, depth+1)...)
		}
	}
	return out
}

// authOf returns what a setting says of a credential of a request, and reports
// whether it does. What holds the name of a file or a reference counts, too:
// where the credential comes from does not matter for where it goes.
func (o *observer) authOf(s *Setting) (found, bool) {
	kind := o.authKind(s)
	if kind == shape.None || kind == shape.PrivateKey || kind == shape.DSN || s.Text == "" {
		return found{}, false
	}
	a := practice.Auth{At: s.Key(), Text: s.use()}
	value := s.Value()
	for _, lit := range literals(s) {
		v := practice.ValueOf(o.cat, lit.text)
		if !isPresent(v, kind) {
			continue
		}
		if shape.Credible(v, kind, true) && !lit.fallback {
			a.Value, a.Known = v, true
		}
		a.Scheme = o.scheme(s, kind, value)
		return o.header(s, a), true
	}
	for _, reading := range value.Alternatives {
		if len(reading.Holes()) > 0 {
			a.Scheme = o.scheme(s, kind, value)
			return o.header(s, a), true
		}
	}
	return found{}, false
}

// header sets the header that a credential goes in, if the key is its name.
func (o *observer) header(s *Setting, a practice.Auth) found {
	if isHeader(s, o.table) {
		a.Header, a.Text = s.Name, "header "+s.Name
	}
	return found{a, s}
}

// authKind is kind, also of the file or the reference that holds the credential.
func (o *observer) authKind(s *Setting) shape.Kind {
	if kind := o.kind(s); kind != shape.None {
		return kind
	}
	words := s.words()
	if len(words) < 2 {
		return shape.None
	}
	switch words[len(words)-1] {
	case "file", "path", "env", "ref", "from":
		return shape.OfName(strings.Join(words[:len(words)-1], "_"))
	}
	return shape.None
}

// isPresent reports whether a literal is a credential of the kind, or stands for
// one: a placeholder, a reference.
func isPresent(v shape.Value, kind shape.Kind) bool {
	switch v.Inner {
	case shape.Placeholder, shape.Reference, shape.Redacted, shape.EnvName, shape.PathLike:
		return true
	}
	return shape.Credible(v, kind, kind == shape.Password || kind == shape.Header)
}

// scheme returns the authorisation scheme of a credential: by the header's
// value, by the words of its path, or by the type that stands beside it.
func (o *observer) scheme(s *Setting, kind shape.Kind, value partial.String) string {
	if isHeader(s, o.table) {
		return headerScheme(s, value)
	}
	words := s.pathWords()
	for i, w := range words {
		switch {
		case w == "basic" || w == "basicauth":
			return "basic"
		case w == "bearer" && i+1 < len(words):
			return "bearer"
		}
	}
	if s.Parent != nil {
		for _, item := range s.Parent.Items {
			if phrase := phraseOf(item.Name); phrase == "type" || phrase == "scheme" || phrase == "method" || phrase == "authtype" {
				switch text := strings.ToLower(item.Text); text {
				case "basic", "bearer", "digest":
					return text
				}
			}
		}
	}
	switch kind {
	case shape.Key:
		return "api-key"
	case shape.Token:
		return "bearer"
	case shape.Password:
		return "login"
	}
	return ""
}

// headerScheme returns the scheme word of a header's value, "api-key" for
// headers without one.
func headerScheme(s *Setting, value partial.String) string {
	if !strings.EqualFold(s.Name, "Authorization") && !strings.EqualFold(s.Name, "Proxy-Authorization") {
		return "api-key"
	}
	for _, reading := range value.Alternatives {
		if word, _, ok := strings.Cut(reading.Prefix(), " "); ok && word != "" {
			return strings.ToLower(word)
		}
	}
	return ""
}
