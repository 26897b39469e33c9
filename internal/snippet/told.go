package snippet

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// printed observes what a statement without brackets prints: puts x, echo $x.
func (o *observer) printed(n *node, v *value) {
	channel := practice.ToTerminal
	if o.lang.name == "php" && n.says == "echo" {
		channel = practice.InResponse
	}
	o.prescribed(v)
	o.tells(v, n, channel, n.says)
}

// logged observes what a call writes to a log or a terminal.
func (o *observer) logged(c *invocation, is, use string) {
	channel := practice.ToLog
	if is == "prints" {
		channel = practice.ToTerminal
	}
	for i, v := range c.args {
		o.prescribed(v)
		if o.tells(v, c.at[i], channel, use) {
			return
		}
	}
	if o.lang.name == "rust" && len(c.args) > 0 { // println!("{name}")
		c = o.inMacro(c)
		o.tells(c.args[0], c.at[0], channel, use)
	}
}

// tells observes a credential in a value that is told, and reports whether there
// is one.
func (o *observer) tells(v *value, n *node, channel practice.Channel, use string) bool {
	d := &practice.Disclosure{Channel: channel, Use: use}
	switch {
	case v.signed != nil:
		d.Kind, d.What, d.Certain, d.Fresh = shape.Token, "token that is signed here", true, true
	case v.answer && o.issues(v.obj):
		d.Kind, d.What, d.Certain = shape.Token, "answer with the token", true
	default:
		name := toldName(v)
		if name == "" {
			for _, m := range v.dict {
				if name = toldName(m.value); name != "" && !o.isNegated(m.value.n) {
					break
				}
				name = ""
			}
		}
		if name == "" {
			name = firstOf(headerName(v), o.memberName(v))
		}
		if name == "" {
			return o.tellsHeaders(v, n, d)
		}
		d.Kind, d.Certain = shape.OfName(name), shape.Certain(name)
		d.What = wordOf(d.Kind) + " " + name
		d.Fresh = shape.HasWord(name, "generate", "generated", "create", "make", "random", "new")
	}
	d.Source = o.source(n, "told by "+use)
	d.Condition = o.condition()
	d.Provider = o.text.Provider
	o.add(d)
	return true
}

// tellsHeaders observes all headers of a request in a value that is told, and
// reports whether there are any.
func (o *observer) tellsHeaders(v *value, n *node, d *practice.Disclosure) bool {
	d.What = wholeHeaders(v)
	for _, m := range v.dict {
		d.What = firstOf(d.What, wholeHeaders(m.value))
	}
	if d.What == "" {
		return false
	}
	d.Kind, d.Certain = shape.Token, true
	d.Source = o.source(n, "told by "+d.Use)
	d.Condition = o.condition()
	d.Provider = o.text.Provider
	o.add(d)
	return true
}

// toldName returns the name of the credential in a value, "" if none is known to
// be in it.
func toldName(v *value) string {
	if v == nil || v.base64 != "" {
		return ""
	}
	if name := v.member; name != "" && isCredentialName(name) {
		return name
	}
	if v.obj != nil {
		return ""
	}
	t := v.text()
	for _, h := range t.Holes() {
		if isCredentialName(h.Name) {
			return h.Name
		}
	}
	if len(t) == 1 && t[0].Hole != nil && isCredentialName(v.variable) && !isReworked(t[0].Hole.Name) {
		return v.variable
	}
	return ""
}

// isCredentialName reports whether a name is that of a credential which is secret
// all by itself.
func isCredentialName(name string) bool {
	switch shape.OfName(name) {
	case shape.Password, shape.Secret, shape.Key, shape.Token, shape.PrivateKey:
		return true
	}
	return false
}

// isReworked reports whether a function gives something else than it was given, by
// its name: a mask, a digest, a part.
func isReworked(name string) bool {
	return shape.HasWord(name, "mask", "masked", "redact", "hash", "digest", "sha256", "sha1", "md5", "hexdigest", "bcrypt", "encrypt", "substr", "substring", "slice", "replace",
		"gsub", "sub", "len", "length", "size", "count", "repeat", "strlen", "bool", "present", "empty", "blank", "exists", "has", "is", "split", "input", "parse", "verify", "validate", "match")
}

// issues reports whether a request asks for a token or a key.
func (o *observer) issues(obj *object) bool {
	found := false
	chain(obj, func(at *object) {
		found = found || slices.ContainsFunc(at.form, func(p practice.Param) bool { name, _ := p.Name.Known(); return name == "grant_type" })
	})
	for _, t := range o.address(obj).Alternatives {
		found = found || o.issuesAt(partial.ReadURL(t).PathText())
	}
	return found
}

// issuesAt reports whether a path is one where tokens or keys are made.
func (o *observer) issuesAt(path string) bool {
	if !strings.HasPrefix(path, "/") {
		_, path, _ = strings.Cut(path, "/") // of an address that another text stands for
		path = "/" + path
	}
	switch path = strings.TrimRight(path, "/"); path[strings.LastIndexByte(path, '/')+1:] {
	case "token", "access_token", "accesstoken":
		return true
	}
	const least = 3 // segments that nobody else has by chance
	return strings.Count(path, "/") >= least && slices.ContainsFunc(o.cat.Providers(), func(p *rules.Provider) bool { return p.BasicRight(path) })
}
