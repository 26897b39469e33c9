package command

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// login is what is known of where a credential on a command line goes.
type login struct {
	kind       shape.Kind
	use        string // "option -u of curl"
	user       partial.Text
	host       string
	provider   string
	alsoShown  bool // all users of the machine see it: it stands among the arguments
	isFallback bool
	guessed    bool // that it is one
}

// useOf returns the words for an option of a command.
func useOf(l *line, what string) string { return what + " of " + l.command }

// secret observes a credential in a word: each reading of it may be a literal, a
// fallback, or come from elsewhere. part returns what of a reading is the
// credential, nil for nothing.
func (s *script) secret(w word, g login, part func(partial.Text) partial.Text) {
	holes := false
	for _, reading := range w.value.Alternatives {
		text := part(reading)
		if text == nil {
			continue
		}
		if known, ok := text.Known(); ok {
			g.isFallback = holes
			s.literalSecret(w, g, text, known)
			continue
		}
		if list := text.Holes(); len(list) > 0 {
			if !holes {
				s.openSecret(w, g, text, list[0])
			}
			holes = true
		}
	}
}

// whole returns a reading as it is.
func whole(t partial.Text) partial.Text { return t }

// literalSecret observes a credential whose text is known.
func (s *script) literalSecret(w word, g login, text partial.Text, known string) {
	v := practice.ValueOf(s.cat, known)
	if !shape.Credible(v, g.kind, !g.guessed) || len(text) == 0 {
		return
	}
	at := s.locateSecret(text, w)
	c := &practice.Credential{
		Source: s.source(at), Kind: g.kind, Value: v, Sink: !g.guessed, Use: g.use, Host: g.host, Provider: g.provider, Same: practice.Identity(known),
		Fallback: g.isFallback,
	}
	c.Redact = []finding.Location{at}
	c.Key = g.use
	user, ok := g.user.Known()
	switch {
	case ok && (strings.EqualFold(user, "anonymous") || strings.EqualFold(user, "ftp")):
		return // anybody's
	case ok && user != "":
		c.User, c.HoldsUser = shape.SafeUser(user, known), shape.HoldsUser(user, known)
	case len(g.user) > 0:
		c.UserIsHole = true
	}
	if g.isFallback {
		c.FallbackFor = holeName(w)
	}
	s.add(c)
	if !g.alsoShown || g.isFallback || !within(text, w) {
		return
	}
	s.add(&practice.Disclosure{
		Source: c.Source, Channel: practice.OnCommandLine, Kind: g.kind, What: what(g.use), Use: commandOf(g.use),
		Certain: true, Literal: true, Value: v, Host: g.host, Provider: g.provider,
	})
}

// holeName returns the name of the first hole of a word.
func holeName(w word) string {
	for _, t := range w.value.Alternatives {
		if holes := t.Holes(); len(holes) > 0 {
			return holes[0].Name
		}
	}
	return ""
}

// within reports whether a text stands in the word itself and not in a variable.
func within(t partial.Text, w word) bool {
	return len(t) > 0 && !slices.ContainsFunc(t, func(p partial.Part) bool { return p.Start < w.start || p.End > w.end })
}

// openSecret observes a credential from a variable among the arguments of a
// command. What an example leaves to its reader is none.
func (s *script) openSecret(w word, g login, text partial.Text, h partial.Hole) {
	if !g.alsoShown || h.Role != partial.Environment || s.text.Document {
		return
	}
	source := s.source(s.locateIn(text, w))
	source.Key = g.use
	s.add(&practice.Disclosure{
		Source: source, Channel: practice.OnCommandLine, Kind: g.kind, What: "variable " + h.Name, Use: commandOf(g.use), Certain: true, Provider: g.provider,
	})
}

// what returns a use without its command, commandOf the command.
func what(use string) string {
	part, _, _ := strings.Cut(use, " of ")
	return "the value of " + part
}

func commandOf(use string) string { return use[strings.LastIndexByte(use, ' ')+1:] }

// source returns what every observation says of its place.
func (s *script) source(at finding.Location) practice.Source {
	src := s.text.Source(0, 0)
	src.At, src.Origin = at, at
	if s.perhaps > 0 {
		src.Condition = practice.Conditional
	}
	return src
}

// add adds an observation.
func (s *script) add(o practice.Observation) { s.out.Observations = append(s.out.Observations, o) }

// userPart and passwordPart return the sides of "user:password".
func userPart(sep byte) func(partial.Text) partial.Text {
	return func(t partial.Text) partial.Text {
		user, _, _ := t.Cut(sep)
		return user
	}
}

func passwordPart(sep byte) func(partial.Text) partial.Text {
	return func(t partial.Text) partial.Text {
		_, password, ok := t.Cut(sep)
		if !ok || len(password) == 0 {
			return nil
		}
		return password
	}
}

// logins observes the credentials in the options of a command that is no client
// of HTTP; host and provider are where they go.
func (s *script) logins(l *line, host string) {
	g := login{host: host, alsoShown: true}
	if p, ok := s.cat.ProviderOf(host); ok && host != "" {
		g.provider = p.ID
	}
	if user := l.first("user"); user != nil {
		g.user = user.value.reading()
	}
	for i := range l.options {
		o := &l.options[i]
		own := g
		own.use, own.kind = useOf(l, "option "+o.name), shape.Password
		switch o.role {
		case "password", "password-next", "password-attached":
			s.secret(o.value, own, whole)
		case "token":
			own.kind, own.guessed = tokenKind(o.name), o.guessed
			s.secret(o.value, own, whole)
		case "pair", "proxy-pair":
			s.paired(o.value, own, ':')
		case "login":
			s.paired(o.value, own, ',')
		case "login-percent":
			s.paired(o.value, own, '%')
		case "pass-argument":
			s.secret(o.value, own, func(t partial.Text) partial.Text {
				rest, ok := t.CutPrefix("pass:")
				if !ok {
					return nil
				}
				return rest
			})
		case "set":
			s.assigned(o, own)
		}
	}
}

// tokenKind returns the kind of credential that an option takes by its name.
func tokenKind(name string) shape.Kind {
	if kind := shape.OfName(strings.TrimLeft(name, "-")); kind != shape.None {
		return kind
	}
	return shape.Token
}

// paired observes user and password in one word.
func (s *script) paired(w word, g login, sep byte) {
	g.user = userPart(sep)(w.reading())
	s.secret(w, g, passwordPart(sep))
}

// assigned observes NAME=value, by the name.
func (s *script) assigned(o *option, g login) {
	name, _, ok := strings.Cut(o.value.reading().Prefix(), "=")
	kind := shape.OfName(name)
	if !ok || kind == shape.None {
		return
	}
	g.kind = kind
	s.secret(o.value, g, passwordPart('='))
}

// fallback observes the default of a variable that is named like a credential.
func (s *script) fallback(name string, w word) {
	kind := shape.OfName(name)
	known, ok := w.known()
	if kind == shape.None || !ok {
		return
	}
	v := practice.ValueOf(s.cat, known)
	if !shape.Credible(v, kind, false) {
		return
	}
	at := s.locate(w.reading(), w)
	c := &practice.Credential{Source: s.source(at), Kind: kind, Value: v, Use: "variable " + name, Fallback: true, FallbackFor: name, Same: practice.Identity(known)}
	c.Key, c.Redact = c.Use, []finding.Location{at}
	s.add(c)
}

// setting observes a word that sets something by its name, NAME=value, and the
// word behind a name where a command says that it sets: config set NAME value.
func (s *script) setting(l *line, i int, host string) {
	if isTextTool(l.command) {
		return
	}
	g := login{host: host, alsoShown: true, guessed: true}
	w := l.args[i]
	name, _, assigns := strings.Cut(w.reading().Prefix(), "=")
	if g.kind = settingKind(name); g.kind == shape.None {
		return
	}
	g.use = useOf(l, "argument "+name)
	if assigns {
		s.secret(w, g, passwordPart('='))
	} else if i > 0 && i+1 < len(l.args) && isSetter(l.args[:i]) {
		s.secret(l.args[i+1], g, whole)
	}
}

// settingKind returns the kind of credential that the name of a setting speaks of.
func settingKind(name string) shape.Kind {
	const longest = 80
	if name == "" || len(name) > longest || strings.ContainsAny(name, " '\"$\\|;&<>()") {
		return shape.None
	}
	if cut := strings.LastIndexAny(name, "/:"); cut >= 0 {
		name = name[cut+1:]
	}
	return shape.OfName(name)
}

// isSetter reports whether the words before a name say that it is set.
func isSetter(words []word) bool {
	last, _ := words[len(words)-1].known()
	return last == "set" || last == "config" || last == "configure"
}

// isTextTool reports whether the arguments of a command are text.
func isTextTool(name string) bool {
	switch name {
	case "echo", "printf", "grep", "egrep", "sed", "awk", "test", "[", "[[", "cut", "tr", "log", "say", "die", "fail", "read", "unset", "local", "assert_output":
		return true
	}
	return false
}
