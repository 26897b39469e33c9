package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// part is a value that is given a name of OAuth: by a member, by an argument, or
// by the argument behind one that is the name.
type part struct {
	name   string
	value  *value
	symbol string
	n      *node
}

// maxOAuthParts is how many of them are kept.
const maxOAuthParts = 200

// oauth notes a value under a name if that is one of the client's two.
func (o *observer) oauth(name string, v *value, n *node) {
	if v == nil || len(name) < len("clientid") || len(name) > len("oauth_client_secret") || len(o.parts) == maxOAuthParts {
		return
	}
	switch word := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(name, "_", ""), "-", "")); word {
	case "granttype":
		o.grants[o.scope.symbol] = true
	case "clientid", "clientsecret":
		o.parts = append(o.parts, part{word, v, o.scope.symbol, n})
	}
}

// clients observes the secrets of clients that no request has told of already.
func (o *observer) clients() {
	told := map[int]bool{}
	for _, obj := range o.objects {
		for _, p := range append(obj.form[:len(obj.form):len(obj.form)], obj.query...) {
			if name, _ := p.Name.Known(); shape.OfName(name) != shape.None {
				told[p.At.Line] = true
			}
		}
	}
	for i, p := range o.parts {
		at := o.place(p.n.start, p.n.end)
		if p.name != "clientsecret" || told[at.Line] {
			continue
		}
		r := &practice.Request{Source: o.sourceAt(at, "client of OAuth"), Form: []practice.Param{o.param("client_secret", p)}}
		if id := o.partner(i); id != nil {
			r.Form = append(r.Form, o.param("client_id", *id))
		}
		r.Provider = o.text.Provider
		o.add(r)
	}
}

// partner returns the id that stands nearest to a secret in its function, nil if
// there is none.
func (o *observer) partner(i int) *part {
	const near = 6
	for d := 1; d <= near; d++ {
		for _, k := range []int{i - d, i + d} {
			if k >= 0 && k < len(o.parts) && o.parts[k].name == "clientid" && o.parts[k].symbol == o.parts[i].symbol {
				return &o.parts[k]
			}
		}
	}
	return nil
}

// param returns a part as a parameter. A text that holds the place of another one
// is read as the variable that it stands in.
func (o *observer) param(name string, p part) practice.Param {
	t := first(p.value)
	if known, ok := t.Known(); ok && p.value.variable != "" && shape.Of(known).Inner == shape.Placeholder {
		t = hole(p.n, p.value.variable).text()
	}
	return practice.Param{Name: partial.Text{{Text: name}}, Value: t, At: o.place(p.n.start, p.n.end)}
}
