package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// doneBy observes what a call does beyond what its arguments say, and returns its
// value if that is known by it, nil otherwise.
func (o *observer) doneBy(c *invocation, row *rules.SnippetCall, subject *object, use string) *value {
	switch row.Is {
	case "peeks":
		return o.peeks(c, use)
	case "signs":
		out := o.signs(c.n, hole(c.n, "signed"), "call of "+use)
		o.signed(c, out, use)
		return out
	case "runs":
		o.commandOf(c)
	case "encoder":
		o.encoder(subject, c.n, use)
	case "clear":
		o.add(&practice.Storage{Source: o.source(c.n, "encoder "+use), Form: practice.StoredClear, Name: "password", Use: use})
	}
	return nil
}

// result returns the value of a call that gives text.
func (o *observer) result(c *invocation, row *rules.SnippetCall, subject *object) *value {
	arg := c.argument()
	switch row.Result {
	case "env":
		return o.environmentVariable(c)
	case "format":
		if v := o.formatted(c, row); v != nil {
			return v
		}
	case "base64", "base64-url", "base64-mime":
		if arg != nil {
			return inBase64(c, row, arg)
		}
	case "to-base64", "to-base64-url":
		if c.recv == nil {
			break
		}
		v := *c.recv
		v.base64 = map[string]string{"to-base64": "std", "to-base64-url": "url"}[row.Result]
		return &v
	case "query-text":
		if v := queryOf(c, arg); v != nil {
			return v
		}
	case "members":
		return &value{n: c.n, dict: c.pairs()}
	case "placeholder":
		if arg != nil {
			o.placeholder(arg)
			return arg
		}
	case "first":
		if arg != nil {
			return arg
		}
	case "scheme":
		if len(c.args) == 2 {
			return withScheme(c)
		}
	case "either", "preset", "or":
		if v := o.fallbackOf(c, row, arg); v != nil {
			return v
		}
	case "decoded", "parsed":
		return o.partOf(c, row, arg)
	case "same":
		if c.recv != nil && c.n.x.kind == memberNode {
			if _, isMethod := row.Fits(c.path); isMethod {
				return c.recv
			}
		}
		if arg != nil {
			return arg
		}
	case "basic", "bearer":
		return &value{n: c.n, obj: subject, scheme: row.Result}
	}
	return &value{n: c.n}
}

// queryOf returns the query that a call makes of members, nil if it has none.
func queryOf(c *invocation, arg *value) *value {
	switch {
	case arg != nil && len(arg.dict) > 0:
		return queryText(c.n, arg.dict)
	case len(c.named) > 0:
		return queryText(c.n, c.named)
	}
	return nil
}

// withScheme returns a word and the credential behind it.
func withScheme(c *invocation) *value {
	blank := &value{n: c.n, str: partial.Literal(" ")}
	return join(c.n, join(c.n, c.args[0], blank), c.args[1])
}

// inBase64 returns a value that a call writes in Base64.
func inBase64(c *invocation, row *rules.SnippetCall, arg *value) *value {
	v := *arg
	v.n, v.base64, v.window = c.n, "std", strings.HasPrefix(c.path, "window.")
	if _, alphabet, ok := strings.Cut(row.Result, "-"); ok {
		v.base64 = alphabet
	}
	return &v
}
