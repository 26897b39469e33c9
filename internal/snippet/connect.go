package snippet

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// queryText returns the members of a value as the query that is made of them.
func queryText(n *node, list []*member) *value {
	var out partial.Text
	for i, m := range list {
		if len(out) > maxParts {
			break
		}
		separator := "&"
		if i == 0 {
			separator = ""
		}
		out = append(out, partial.Part{Text: separator + m.name + "=", Start: m.n.start, End: m.n.end})
		out = append(out, first(m.value)...)
	}
	if out == nil {
		return hole(n, "query")
	}
	return &value{n: n, str: one(out)}
}

// commandOf hands on the command that a call runs: a text for a shell, or the
// words of one.
func (o *observer) commandOf(c *invocation) {
	const most = 200
	if len(o.out.Texts) >= most || len(c.args) == 0 {
		return
	}
	list := c.args
	if v := c.args[0]; len(v.list) > 1 {
		list = v.list
	}
	if len(list) == 1 || len(list[0].list) == 0 && o.isLine(list[0]) {
		if t := o.literalText(list[0]); t != nil {
			t.Kind = embed.Shell
			o.out.Texts = append(o.out.Texts, t)
		}
		return
	}
	var words []*embed.Text
	for _, v := range list {
		if len(v.list) > 0 {
			for _, item := range v.list {
				words = append(words, o.wordText(item))
			}
			continue
		}
		words = append(words, o.wordText(v))
	}
	if t := embed.Words(words); t != nil && len(words) > 1 {
		t.Kind = embed.Shell
		o.out.Texts = append(o.out.Texts, t)
	}
}

// isLine reports whether a text is a whole command and not its name.
func (o *observer) isLine(v *value) bool {
	for _, p := range v.text() {
		for i := range len(p.Text) {
			if p.Text[i] == ' ' && p.Hole == nil {
				return true
			}
		}
	}
	return false
}

// wordText returns a value as a word of a command: a variable where it is not
// known.
func (o *observer) wordText(v *value) *embed.Text {
	if t := o.literalText(v); t != nil {
		return t
	}
	var b embed.Builder
	b.Put("$x", v.n.start, v.n.start)
	return o.text.Inside(embed.Shell, &b)
}

// literalText returns a literal of the program as a text of its own, with
// variables where it has holes; nil for what is none.
func (o *observer) literalText(v *value) *embed.Text {
	var b embed.Builder
	size := len(o.text.Data)
	for _, p := range v.text() {
		switch {
		case p.Hole != nil:
			b.Put("$x", min(p.Start, size), min(p.Start, size))
		case p.End > size || p.End-p.Start != len(p.Text):
			b.Put(p.Text, min(v.n.start, size), min(v.n.end, size))
		default:
			b.Copy(o.text.Data, p.Start, p.End)
		}
	}
	if b.Len() == 0 {
		if v.word == "" {
			return nil
		}
		b.Put(v.word, v.n.start, v.n.end)
	}
	return o.text.Inside(embed.Shell, &b)
}

// enteredIn says where the parameters in the query of an address stand.
func (o *observer) enteredIn(r *practice.Request) {
	for _, t := range r.URL.Alternatives {
		for _, p := range partial.ReadURL(t).Query {
			name, ok := p.Name.Known()
			if !ok || name == "" || len(p.Name) == 0 {
				continue
			}
			start, end := span(p.Name)
			if end <= start {
				continue
			}
			if r.Entered == nil {
				r.Entered = map[string]practice.Spot{}
			}
			if _, known := r.Entered[name]; !known {
				r.Entered[name] = practice.Spot{At: o.place(start, end), Symbol: r.Symbol}
			}
		}
	}
}

// isAddressed reports whether a call is the sending of a request by its first
// argument, a URL, whatever it is called on: a client that comes from elsewhere.
func isAddressed(row *rules.SnippetCall, c *invocation) bool {
	if c.recv == nil || c.recv.obj != nil || len(c.args) == 0 || !slices.Contains(row.On, "client") || !slices.Contains(row.Args, "url") {
		return false
	}
	i := slices.Index(row.Args, "url")
	if i >= len(c.args) || row.Makes != "http" {
		return false
	}
	prefix := strings.ToLower(c.args[i].text().Prefix())
	return strings.HasPrefix(prefix, "http://") || strings.HasPrefix(prefix, "https://")
}

// formOver says of a request over http which credentials are in its body.
func (o *observer) formOver(r *practice.Request) {
	if !slices.ContainsFunc(r.URL.Alternatives, func(t partial.Text) bool { return partial.ReadURL(t).Scheme == "http" }) {
		return
	}
	for _, p := range r.Form {
		name, ok := p.Name.Known()
		kind := shape.OfName(name)
		if !ok || kind != shape.Password && (kind == shape.None || kind == shape.Header || !shape.Certain(name)) || len(p.Value) == 0 {
			continue
		}
		a := practice.Auth{Scheme: "form", At: p.At, Text: "form field " + name, Secret: p.Value}
		if known, whole := p.Value.Known(); whole {
			a.Value, a.Known = practice.ValueOf(o.cat, known), true
		}
		r.Auth = append(r.Auth, a)
		return
	}
}
