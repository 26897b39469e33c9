package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// inError observes a credential in the text of an error that is made: with other
// words around it, as who is given a value alone may do anything with it.
func (o *observer) inError(c *invocation, use string) {
	if o.lang.name == "rust" {
		c = o.inMacro(c)
	}
	for i, v := range c.args {
		if len(v.text()) < 2 || v.base64 != "" {
			continue
		}
		if d := o.disclosed(v, practice.InError, use); d != nil {
			d.Source = o.source(c.at[i], "told by "+use)
			d.Condition = o.condition()
			o.add(d)
			return
		}
	}
}

// isErrorName reports whether a name is that of an error's type.
func isErrorName(path string) bool {
	path = strings.TrimSuffix(path, ".new")
	name := path[strings.LastIndexByte(path, '.')+1:]
	return isUpper(name) && (strings.HasSuffix(name, "Error") || strings.HasSuffix(name, "Exception"))
}

// disclosed returns what is told of a credential in a text, nil if there is none.
func (o *observer) disclosed(v *value, channel practice.Channel, use string) *practice.Disclosure {
	name := toldName(v)
	if name == "" || shape.OfName(name) == shape.Key && !shape.HasWord(name, "api", "access", "auth", "private", "signing", "encryption") {
		return nil
	}
	d := &practice.Disclosure{Channel: channel, Use: use, Kind: shape.OfName(name), Certain: shape.Certain(name)}
	d.What = wordOf(d.Kind) + " " + name
	d.Provider = o.text.Provider
	return d
}

// headerName returns the name of a header with a credential among the members of
// a value, "" if there is none.
func headerName(v *value) string {
	for _, m := range v.dict {
		if isAuthorization(m.name) && !isMasked(m.value) {
			return m.name
		}
		for _, inner := range m.value.dict {
			if isAuthorization(inner.name) && !isMasked(inner.value) {
				return inner.name
			}
		}
	}
	if v.obj != nil && v.obj.password != nil && v.obj.url == nil && shape.HasWord(v.variable, "header", "headers") {
		return "Authorization"
	}
	if v.obj != nil && (v.obj.kind == "map" || shape.HasWord(v.variable, "header", "headers")) {
		for _, a := range v.obj.auth {
			if isAuthorization(a.Header) {
				return a.Header
			}
		}
	}
	return ""
}

// isMasked reports whether a value is a text that stands for a credential.
func isMasked(v *value) bool {
	if v == nil {
		return true
	}
	known, ok := v.known()
	if !ok {
		return len(v.str.Alternatives) == 0 && v.base64 == "" || len(v.text()) == 1 && v.text()[0].Hole != nil && isReworked(v.text()[0].Hole.Name)
	}
	switch shape.Of(known).Inner {
	case shape.Empty, shape.Placeholder, shape.Redacted:
		return true
	}
	return known == "" || strings.Contains(known, "***")
}

// memberName returns the name of a member with a credential in a value that is
// told as a whole, "" if there is none. A member may be what says whether there
// is one.
func (o *observer) memberName(v *value) string {
	for _, m := range v.dict {
		if isCredentialName(m.name) && shape.Certain(m.name) && !isMasked(m.value) && o.isText(m.value) {
			return m.name
		}
	}
	return ""
}

// isText reports whether a value can be the text of a credential: a hole or a
// literal, and no question about it.
func (o *observer) isText(v *value) bool {
	if v == nil || v.n == nil || len(v.str.Alternatives) == 0 || v.word == "true" || v.word == "false" || v.word == "null" {
		return false
	}
	if o.isNegated(v.n) {
		return false
	}
	t := v.text()
	if len(t) == 1 && t[0].Hole != nil {
		return !isReworked(t[0].Hole.Name) && !shape.HasWord(t[0].Hole.Name, "required", "ref", "string", "number", "boolean")
	}
	return true
}

// isNegated reports whether "not" stands before a value.
func (o *observer) isNegated(n *node) bool {
	if n.start <= 0 || n.start > len(o.text.Data) {
		return false
	}
	before := o.text.Data[max(0, n.start-5):n.start]
	text := strings.TrimRight(string(before), " ")
	return strings.HasSuffix(text, "!") || strings.HasSuffix(text, "not")
}

// responded observes a password in what a program answers, with its hash.
func (o *observer) responded(c *invocation, use string) {
	for _, v := range c.args {
		if o.answersText(v, "", use) {
			return
		}
		o.answered(v.dict, use, 0)
		for _, item := range v.list {
			o.answered(item.dict, use, 1)
		}
	}
	if o.lang.name != "php" {
		o.answered(c.named, use, 0)
	}
}

// answered observes a password among the members of an answer.
func (o *observer) answered(list []*member, use string, depth int) {
	const most = 3
	for _, m := range list {
		if m.value != nil && depth < most && len(m.value.dict) > 0 {
			o.answered(m.value.dict, use, depth+1)
		}
		if o.answersText(m.value, m.name, use) {
			return
		}
		name := passwordIn(m.name)
		if name == "" || isMasked(m.value) && !holdsPassword(m.value) || !o.isText(m.value) && !holdsPassword(m.value) || o.isNegated(m.value.n) {
			continue
		}
		if _, known := m.value.known(); known || !holdsPassword(m.value) {
			continue
		}
		d := &practice.Disclosure{
			Source: o.source(m.n, "answered by "+use), Channel: practice.InResponse, Kind: shape.Password, What: name, Use: use, Certain: true, Provider: o.text.Provider,
		}
		d.Condition = o.condition()
		o.add(d)
		return
	}
}

// passwordIn returns the words for a member that is a password or its hash, ""
// for others.
func passwordIn(name string) string {
	switch {
	case shape.OfName(name) == shape.Password && shape.Certain(name):
		return "password " + name
	case shape.HasWord(name, "password", "passwd") && shape.HasWord(name, "hash", "digest", "encrypted", "hashed"):
		return "hash " + name
	}
	return ""
}

// holdsPassword reports whether a value is read from something that has a
// password: user.password, row["password_hash"], b.passwordHash().
func holdsPassword(v *value) bool {
	if passwordIn(v.member) != "" {
		return true
	}
	for _, h := range v.text().Holes() {
		if passwordIn(h.Name) != "" {
			return true
		}
	}
	return false
}

// claimed observes a password among the claims of a token.
func (o *observer) claimed(list []*member, use string) {
	for _, m := range list {
		what := passwordIn(m.name)
		if what == "" && shape.OfName(m.name) == shape.Password {
			what = "password " + m.name
		}
		if what == "" || isMasked(m.value) && !holdsPassword(m.value) && !strings.HasPrefix(what, "hash ") || !o.isText(m.value) && !strings.HasPrefix(what, "hash ") {
			continue
		}
		d := &practice.Disclosure{
			Source: o.source(m.n, "claim of "+use), Channel: practice.InToken, Kind: shape.Password, What: what, Use: use, Certain: true, Provider: o.text.Provider,
		}
		d.Condition = o.condition()
		o.add(d)
		return
	}
}

// claim observes a claim that is given by its name.
func (o *observer) claim(name, v *value, use string) {
	text, ok := name.known()
	if !ok {
		return
	}
	o.claimed([]*member{{name: text, n: v.n, value: v}}, use)
}

// tellsBy reports whether a call tells others something.
func tellsBy(is string) bool {
	switch is {
	case "prints", "logs", "raises", "responds", "claims", "stores":
		return true
	}
	return false
}

// tell observes a call that tells others something.
func (o *observer) tell(c *invocation, row *rules.SnippetCall) *value {
	use := shortName(c.path)
	out := &value{n: c.n}
	switch row.Is {
	case "raises":
		o.inError(c, use)
	case "responds":
		o.responded(c, use)
	case "claims":
		if len(c.args) == 2 {
			o.claim(c.args[0], c.args[1], use)
		} else if len(c.args) == 1 {
			o.claimed(c.args[0].dict, use)
		}
		if c.recv != nil && c.recv.obj != nil {
			out.obj = c.recv.obj
		}
	case "stores":
		o.storedClear(c, use)
	default:
		o.logged(c, row.Is, use)
	}
	return out
}

// storedClear observes a password that is kept under its name at the browser or on
// the device: setCookie("password", password).
func (o *observer) storedClear(c *invocation, use string) {
	name, v, ok := "", (*value)(nil), false
	switch {
	case len(c.args) == 1 && len(c.named) > 0: // set(password, forKey: "password")
		name, ok = c.named[0].value.known()
		v = c.args[0]
	case len(c.args) > 1:
		name, ok = c.args[0].known()
		v = c.args[1]
	}
	if !ok || v == nil || !isPassword(name) || isMasked(v) || !o.isText(v) || v.base64 != "" {
		return
	}
	if _, known := v.known(); known {
		return
	}
	s := &practice.Storage{Source: o.source(c.n, "storage of "+name), Form: practice.StoredClear, Medium: practice.InCookie, Name: name, Use: use}
	if !shape.HasWord(c.name, "cookie", "cookies") && !strings.Contains(strings.ToLower(c.path), "cookie") {
		s.Medium = practice.InFile
	}
	s.Condition = o.condition()
	o.add(s)
}

// signed observes what a token says that is signed by a call, and how long.
func (o *observer) signed(c *invocation, out *value, use string) {
	o.lasting(c, out, use)
	if len(c.args) > 0 {
		o.claimed(c.args[0].dict, use)
	}
	for _, m := range c.named {
		if m.name == "payload" || m.name == "claims" {
			o.claimed(m.value.dict, use)
		}
	}
}

// memberOf observes what the name of a member, a variable or an argument says of
// its value: n is the pair or the assignment.
func (o *observer) memberOf(name string, n *node, v *value) {
	if name == "" || len(n.args) == 0 {
		return
	}
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	v.calledBy(name)
	o.numbered(name, n.args[0], v)
	o.checked(name, n.args[0])
}

// pairs returns the arguments of a call as members, where names and values stand
// beside each other: Map.of("name", x), mapOf("name" to x).
func (c *invocation) pairs() []*member {
	list := c.named
	for i := 0; i+1 < len(c.args); i += 2 {
		if name, ok := c.args[i].known(); ok {
			list = append(list, &member{name, c.at[i], c.args[i+1]})
		}
	}
	return list
}

// inMacro returns a call of a macro of Rust with its text filled in.
func (o *observer) inMacro(c *invocation) *invocation {
	if len(c.args) == 0 || len(c.args[0].str.Alternatives) == 0 {
		return c
	}
	out := *c
	out.args = []*value{o.template(c.n, c.args[0], c.args[1:], c.named, true)}
	out.at = c.at[:1]
	return &out
}

// keptIn observes a password that is kept in a cookie or at the browser under its
// name: cookies[:password] = password.
func (o *observer) keptIn(path, key string, n *node, v *value) {
	last := strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
	if last != "cookies" && last != "localstorage" && last != "sessionstorage" && !strings.Contains(strings.ToLower(path), "cookies.") {
		return
	}
	if !isPassword(key) || isMasked(v) || !o.isText(v) {
		return
	}
	if _, known := v.known(); known {
		return
	}
	s := &practice.Storage{Source: o.source(n, "storage of "+key), Form: practice.StoredClear, Medium: practice.InCookie, Name: key, Use: path}
	s.Condition = o.condition()
	o.add(s)
}
