package snippet

import "github.com/authlint/authlint/rules"

// splits returns the parts of a token that a call splits at its dots, nil for other
// calls: raw.split("."), explode(".", $raw).
func splits(c *invocation) *value {
	switch c.name {
	case "split", "Split", "explode", "splitn", "components":
	default:
		return nil
	}
	for _, a := range c.args {
		if text, ok := a.known(); ok && (text == "." || text == `\.` || text == `\\.`) {
			return &value{n: c.n, part: c.n}
		}
		if a.word == "." {
			return &value{n: c.n, part: c.n}
		}
	}
	for _, a := range c.at { // '.' is a character
		if a.kind == textNode && len(a.pieces) == 1 && (a.pieces[0].text == "." || a.pieces[0].text == `\.`) {
			return &value{n: c.n, part: c.n}
		}
	}
	return nil
}

// isPayload reports whether an index is that of a token's payload.
func isPayload(n *node) bool {
	return len(n.args) == 1 && n.args[0].kind == numberNode && n.args[0].text == "1"
}

// peeksInto returns what a token says whose payload a program decodes by itself.
func (o *observer) peeksInto(c *invocation) *value {
	out := &value{n: c.n}
	const most = 1000
	if len(o.peeked) < most {
		out.peek = &peek{n: c.n, use: tokenUse("call of " + shortName(c.path)), symbol: o.scope.symbol}
		o.peeked = append(o.peeked, out.peek)
	}
	return out
}

// handsOn returns what comes of a part of a token that a call is made on or given
// which only pads it or changes its form.
func handsOn(c *invocation) *value {
	switch c.name {
	case "toString", "ToString", "replace", "Replace", "decode", "getBytes", "trim", "padEnd", "PadRight", "tr", "unpack1", "ljust", "rstrip", "encode", "asString", "concat", "repeat", "get", "nth", "String", "str", "strtr", "str_replace", "str_pad":
	default:
		return nil
	}
	if c.recv != nil && c.recv.part != nil {
		return &value{n: c.n, part: c.recv.part}
	}
	for _, a := range c.args {
		if a.part != nil {
			return &value{n: c.n, part: a.part}
		}
	}
	return nil
}

// bindPayload gives the payload to the variable that it is taken apart into:
// const [, body] = raw.split(".").
func (o *observer) bindPayload(target *node, v *value) {
	if v.part == nil || len(target.args) == 0 || target.start+1 >= len(o.text.Data) {
		return
	}
	at := 1
	if o.text.Data[target.start+1] == ',' {
		at = 0
	}
	if at < len(target.args) && target.args[at].kind == nameNode {
		o.bind(o.path(target.args[at]), &value{n: v.n, part: v.part}, !o.lang.functions)
	}
}

// partOf returns what a call gives that decodes a text or parses it: what a token
// says, if the text is the payload of one.
func (o *observer) partOf(c *invocation, row *rules.SnippetCall, arg *value) *value {
	switch {
	case arg == nil || arg.part == nil:
		return o.unknown(c)
	case row.Result == "decoded":
		return &value{n: c.n, part: arg.part}
	}
	return o.peeksInto(c)
}
