package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// value is what is known of the value of an expression.
type value struct {
	n *node
	// str is its text as far as known; base64 is the alphabet in which a program
	// writes what str says.
	str    partial.String
	base64 string
	// scheme is set where a library puts the scheme before the text.
	scheme string
	word   string // the name or the number that the source has
	window bool   // a function that only browsers have made it
	read   bool   // its variable is used again
	member string // the member or the entry that it is of something
	answer bool   // it is what the server said to the request obj
	signed *node  // where the token that it holds was signed
	issued *node  // where an access token was taken from an answer
	// lifetime is what is observed of a token that has just been signed.
	lifetime *practice.Token
	// variable is the one that it was last read from.
	variable string
	peek     *peek // the token that it is, whose signature nothing has checked
	part     *node // where a token was split of which it is the payload, or the parts
	// preset is what stands in a declaration for what is missing.
	preset *value
	obj    *object
	list   []*value
	dict   []*member // not nil for what has members
}

// member is a key and its value.
type member struct {
	name  string
	n     *node
	value *value
}

// get returns the value of a member, nil if there is none.
func (v *value) get(name string) *value {
	if v == nil {
		return nil
	}
	for i := len(v.dict) - 1; i >= 0; i-- {
		if v.dict[i].name == name {
			return v.dict[i].value
		}
	}
	return nil
}

// set adds a member to what has members.
func (v *value) set(name string, n *node, to *value) {
	if v.dict != nil && len(v.dict) < maxMembers {
		v.dict = append(v.dict, &member{name, n, to})
	}
}

// text returns the first reading.
func (v *value) text() partial.Text {
	if v == nil || len(v.str.Alternatives) == 0 {
		return nil
	}
	return v.str.Alternatives[0]
}

// known returns the text if it is known.
func (v *value) known() (string, bool) {
	if v == nil {
		return "", false
	}
	return v.str.Known()
}

// isOpen reports whether nothing of the text is known.
func (v *value) isOpen() bool {
	for _, p := range v.text() {
		if p.Hole == nil && p.Text != "" {
			return false
		}
	}
	return true
}

// truth returns what a value says as a switch.
func (v *value) truth() (on, known bool) {
	if v == nil {
		return false, false
	}
	word := v.word
	if text, ok := v.known(); ok {
		word = text
	}
	switch strings.ToLower(word) {
	case "true", "1", "yes", "on", "2":
		return true, true
	case "false", "0", "no", "off":
		return false, true
	}
	return false, false
}

// hole returns a value that is not known, with the name that the source has.
func hole(n *node, name string) *value { return openValue(n, name, roleOf(name)) }

// roleOf returns what a name says of a value that is not known.
func roleOf(name string) partial.Role {
	switch {
	case shape.OfName(name) != shape.None:
		return partial.Credential
	case shape.IsUserName(name):
		return partial.UserName
	}
	return partial.Setting
}

// openValue returns a value that is not known.
func openValue(n *node, name string, role partial.Role) *value {
	t := partial.Text{{Hole: &partial.Hole{Role: role, Name: name}, Start: n.start, End: n.end}}
	return &value{n: n, str: partial.String{Alternatives: []partial.Text{t}}}
}

// environment returns a value that is read from the environment.
func environment(n *node, name string) *value { return openValue(n, name, partial.Environment) }

// maxParts is how many parts a text may have.
const maxParts = 64

// join returns two texts behind each other.
func join(n *node, a, b *value) *value {
	if len(a.text())+len(b.text()) > maxParts {
		return &value{n: n, str: a.str, base64: a.base64}
	}
	out := &value{n: n, str: partial.Concat(a.asText(), b.asText()), base64: a.base64}
	if b.base64 != "" {
		out.base64 = b.base64
	}
	out.window = a.window || b.window
	if out.part = a.part; b.part != nil {
		out.part = b.part
	}
	if out.signed = a.signed; b.signed != nil {
		out.signed = b.signed
	}
	return out
}

// asText returns the text of a value, a hole for what is none.
func (v *value) asText() partial.String {
	if len(v.str.Alternatives) > 0 {
		return v.str
	}
	if v.obj != nil { // an answer, or a part of one: the word is its path
		return hole(v.n, v.member).str
	}
	if v.word != "" {
		return partial.String{Alternatives: []partial.Text{{{Text: v.word, Start: v.n.start, End: v.n.end}}}}
	}
	return hole(v.n, "").str
}

// either returns one of two values.
func either(n *node, a, b *value) *value {
	switch {
	case a.obj != nil:
		return a
	case b.obj != nil:
		return b
	case len(a.str.Alternatives) == 0 || len(b.str.Alternatives) == 0:
		return hole(n, "")
	}
	return &value{n: n, str: partial.Either(a.str, b.str), base64: a.base64}
}

// template returns a text with marks for values, filled: %s and %[name]s, or {}
// and {name}.
func (o *observer) template(n *node, v *value, args []*value, named []*member, braces bool) *value {
	out := partial.Text{}
	next := 0
	for _, p := range v.text() {
		if p.Hole != nil {
			out = append(out, p)
			continue
		}
		rest, base := p.Text, p.Start
		isLinear := p.End-p.Start == len(p.Text)
		for rest != "" && len(out) < maxParts {
			start, end, name := mark(rest, braces)
			if start < 0 {
				break
			}
			out = appendPart(out, rest[:start], base, p, isLinear)
			out = append(out, o.argument(n, args, named, name, &next)...)
			rest, base = rest[end:], base+end
		}
		out = appendPart(out, rest, base, p, isLinear)
	}
	result := &value{n: n, str: partial.String{Alternatives: []partial.Text{out}}}
	for _, a := range args {
		if a.base64 != "" {
			result.base64 = a.base64
		}
		if a.signed != nil {
			result.signed = a.signed
		}
	}
	return result
}

// appendPart appends a piece of a part.
func appendPart(out partial.Text, text string, base int, p partial.Part, isLinear bool) partial.Text {
	if text == "" {
		return out
	}
	part := partial.Part{Text: text, Start: p.Start, End: p.End}
	if isLinear {
		part.Start, part.End = base, base+len(text)
	}
	return append(out, part)
}

// argument returns the text that a mark stands for.
func (o *observer) argument(n *node, args []*value, named []*member, name string, next *int) partial.Text {
	for _, m := range named {
		if m.name == name && name != "" {
			return first(m.value)
		}
	}
	i := *next
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		i = int(name[0] - '0')
	} else if name != "" {
		if v, ok := o.lookup(name); ok {
			return first(v)
		}
		return hole(n, name).text()
	} else {
		*next++
	}
	if i < len(args) {
		return first(args[i])
	}
	return hole(n, "").text()
}

// first returns the first reading of a value as text.
func first(v *value) partial.Text { return v.asText().Alternatives[0] }

// mark returns where the next mark of a template stands, start below 0 if there
// is none, and the name or number in it.
func mark(text string, braces bool) (start, end int, name string) {
	if braces {
		start = strings.IndexByte(text, '{')
		if start < 0 {
			return -1, 0, ""
		}
		n := strings.IndexByte(text[start:], '}')
		if n < 0 {
			return -1, 0, ""
		}
		name, _, _ = strings.Cut(text[start+1:start+n], ":")
		if strings.ContainsAny(name, " \"'{,") {
			return -1, 0, ""
		}
		return start, start + n + 1, name
	}
	for start = 0; start+1 < len(text); start++ {
		if text[start] != '%' {
			continue
		}
		i := start + 1
		if text[i] == '(' {
			if n := strings.IndexByte(text[i:], ')'); n > 0 {
				name = text[i+1 : i+n]
				i += n + 1
			}
		}
		for i < len(text) && strings.IndexByte("0123456789$.-+", text[i]) >= 0 {
			i++
		}
		if i < len(text) && strings.IndexByte("sdvxqrifn", text[i]) >= 0 {
			return start, i + 1, name
		}
	}
	return -1, 0, ""
}
