package flow

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// transfer returns the result of a text operation that the models name.
func (e *engine) transfer(d directive, s site) Value {
	op := ""
	if len(d.Words) > 0 {
		op = d.Words[0]
	}
	get := func(name string) Value {
		for _, a := range d.Args {
			if a.Name == name {
				return e.operand(s, a)
			}
		}
		return Value{}
	}
	switch op {
	case "same", "trim-space", "trim", "trim-left", "trim-right", "lower", "upper", "number",
		"query-escape", "path-escape", "query-unescape", "path-unescape", "hex-encode", "expand", "quote", "unquote":
		// Encodings keep the parts as they are: what is known of the text
		// before stays known, and readers look at its prefix and its origins.
		return e.mapText(op, e.written(d, s, get("value")))
	case "base64-decode", "hex-decode":
		return decoded(op, get("value"))
	case "part":
		return partOf(get("value"), s.name())
	case "repeat":
		return repeated(get("value"), get("count"), s.name())
	case "base64-encode":
		return e.encoded(e.written(d, s, get("value")), get("encoding"))
	case "trim-prefix", "trim-suffix":
		return trimAffix(op, get("value"), get("affix"))
	case "sprintf":
		return e.sprintf(d, s)
	case "sprint", "sprintln":
		return e.sprint(d, s)
	case "concat":
		return e.sprint(d, s)
	case "join":
		return e.join(d, s, get("sep"))
	case "join-path":
		return e.joinPath(d, s, get("base"))
	case "host-port":
		return concat(concat(get("host"), text(":")), get("port"))
	case "replace":
		return replaceText(get("value"), get("old"), get("new"))
	case "either":
		return e.either(d, s)
	case "url-string":
		return e.objectText(get("value"), pathURL, s.function())
	case "encode":
		return e.encodedText(d, s)
	case "values-encode":
		return e.objectText(get("value"), pathValues, s.function())
	}
	if v, ok := e.timeTransfer(op, d, s, get); ok {
		return v
	}
	return unknown(s.name())
}

// mapText applies an operation that works text by text.
func (e *engine) mapText(op string, v Value) Value {
	change := map[string]func(string) string{
		"trim-space": strings.TrimSpace,
		"lower":      strings.ToLower,
		"upper":      strings.ToUpper,
	}[op]
	if change == nil {
		return v
	}
	return v.mapParts(func(p Part) Value {
		if p.Kind == Text {
			p.Text = change(p.Text)
		}
		return single(p)
	})
}

func trimAffix(op string, v, affix Value) Value {
	cut, ok := affix.Known()
	if !ok {
		return v
	}
	out := Value{Truncated: v.Truncated}
	for _, alt := range v.Alts {
		parts := slices.Clone(alt.Parts)
		if n := len(parts); n > 0 {
			if op == "trim-prefix" && parts[0].Kind == Text {
				parts[0].Text = strings.TrimPrefix(parts[0].Text, cut)
			}
			if op == "trim-suffix" && parts[n-1].Kind == Text {
				parts[n-1].Text = strings.TrimSuffix(parts[n-1].Text, cut)
			}
		}
		out.Alts = append(out.Alts, Alt{Parts: parts, Steps: alt.Steps, Row: alt.Row, When: alt.When})
	}
	return out
}

func replaceText(v, old, new Value) Value {
	from, ok := old.Known()
	if !ok || from == "" {
		return v
	}
	return v.mapParts(func(p Part) Value {
		if p.Kind != Text || !strings.Contains(p.Text, from) {
			return single(p)
		}
		out := Value{Alts: []Alt{{}}}
		for i, piece := range strings.Split(p.Text, from) {
			if i > 0 {
				out = concat(out, new)
			}
			q := p
			q.Text = piece
			out = concat(out, single(q))
		}
		return out
	})
}

// list returns the arguments that a directive's list argument names, in order.
func (e *engine) argList(d directive, s site, name string) []ssa.Value {
	for _, a := range d.Args {
		if a.Name != name || a.Quoted {
			continue
		}
		if a.Rest {
			return e.restList(s, a.Index)
		}
		v := s.arg(a.Index)
		if v == nil {
			return nil
		}
		elems, ok := e.ordered(v)
		if !ok {
			return []ssa.Value{v}
		}
		return elems
	}
	return nil
}

func (e *engine) sprint(d directive, s site) Value {
	name := "args"
	if d.Words[0] == "concat" {
		name = "parts"
	}
	out := Value{Alts: []Alt{{}}}
	for i, v := range e.argList(d, s, name) {
		if i > 0 && d.Words[0] == "sprintln" {
			out = concat(out, text(" "))
		}
		out = concat(out, e.eval(v, s.pos()))
	}
	return out
}

func (e *engine) either(d directive, s site) Value {
	var out Value
	for _, name := range []string{"args", "values", "value", "parts"} {
		for _, v := range e.argList(d, s, name) {
			out = union(out, e.eval(v, s.pos()))
		}
	}
	return out
}

func (e *engine) join(d directive, s site, sep Value) Value {
	out := Value{Alts: []Alt{{}}}
	for i, v := range e.argList(d, s, "list") {
		if i > 0 {
			out = concat(out, sep)
		}
		out = concat(out, e.eval(v, s.pos()))
	}
	return out
}

func (e *engine) joinPath(d directive, s site, base Value) Value {
	out := base
	if out.IsZero() {
		out = Value{Alts: []Alt{{}}}
	}
	for i, v := range e.argList(d, s, "parts") {
		if i > 0 || !base.IsZero() {
			out = concat(out, text("/"))
		}
		out = concat(out, e.eval(v, s.pos()))
	}
	return out
}

// sprintf interprets a constant format.
func (e *engine) sprintf(d directive, s site) Value {
	var format Value
	for _, a := range d.Args {
		if a.Name == "format" {
			format = e.operand(s, a)
		}
	}
	args := e.argList(d, s, "args")
	out := Value{Truncated: format.Truncated}
	for _, alt := range format.Alts {
		f, ok := alt.Known()
		if !ok {
			out = union(out, Value{Alts: []Alt{alt}})
			continue
		}
		at := alt.Parts[0]
		acc := Value{Alts: []Alt{{Steps: alt.Steps, Row: alt.Row, When: alt.When}}}
		for _, piece := range splitFormat(f) {
			switch {
			case piece.arg < 0:
				p := at
				p.Text = piece.text
				acc = concat(acc, single(p))
			case piece.arg >= len(args):
				acc = concat(acc, unknown(""))
			case piece.verb == 'T' || piece.verb == 'p' || piece.cut:
				acc = concat(acc, unknown(""))
			default:
				acc = concat(acc, e.eval(args[piece.arg], s.pos()))
			}
		}
		out = union(out, acc)
	}
	return out
}

// formatPiece is literal text (arg < 0) or a verb of a format.
type formatPiece struct {
	text string
	arg  int
	verb byte
	// flags are the plus and hash signs before the verb.
	flags string
	cut   bool // a precision shortens the value
}

// splitFormat splits a Printf format into its pieces.
func splitFormat(f string) []formatPiece {
	var pieces []formatPiece
	var lit strings.Builder
	next := 0
	flush := func() {
		if lit.Len() > 0 {
			pieces = append(pieces, formatPiece{text: lit.String(), arg: -1})
			lit.Reset()
		}
	}
	for i := 0; i < len(f); i++ {
		if f[i] != '%' {
			lit.WriteByte(f[i])
			continue
		}
		i++
		flags := ""
		cut := false
		for i < len(f) && strings.IndexByte("+-# 0123456789.*[]", f[i]) >= 0 {
			switch f[i] {
			case '.':
				cut = true
			case '+', '#':
				flags += f[i : i+1]
			case '*':
				next++
			case '[':
				n := 0
				if _, err := fmt.Sscanf(f[i:], "[%d]", &n); err == nil && n > 0 {
					next = n - 1
				}
			}
			i++
		}
		if i >= len(f) {
			break
		}
		if f[i] == '%' {
			lit.WriteByte('%')
			continue
		}
		flush()
		pieces = append(pieces, formatPiece{arg: next, verb: f[i], flags: flags, cut: cut})
		next++
	}
	flush()
	return pieces
}

// written returns the text of a builder, writer or buffer: what was written to
// it in the function, in order; any other value is returned as it is.
func (e *engine) written(d directive, s site, v Value) Value {
	recv := false
	for _, a := range d.Args {
		recv = recv || a.Name == "value" && isRecv(a)
	}
	if !recv || s.recv == nil {
		return v
	}
	base := e.allocOf(s.recv, 0)
	if base == nil {
		base = s.recv
	}
	return e.writtenTo(base, v)
}

// writtenTo returns the text that is written to a builder or buffer, another
// value if nothing is.
func (e *engine) writtenTo(base ssa.Value, v Value) Value {
	writes := e.writesTo(base)
	if len(writes) == 0 {
		return v
	}
	out := Value{Alts: []Alt{{}}}
	if init, ok := base.(*ssa.Call); ok {
		out = e.result(init, 0)
	}
	for _, w := range writes {
		out = concat(out, e.writeText(w))
	}
	return out
}

// writesTo returns the calls that write to base, in source order.
func (e *engine) writesTo(base ssa.Value) []site {
	var list []site
	seen := map[ssa.Value]bool{}
	var visit func(v ssa.Value)
	visit = func(v ssa.Value) {
		if seen[v] || v.Referrers() == nil {
			return
		}
		seen[v] = true
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.Call:
				s := e.siteOf(r)
				if e.writeDirective(s, v) != nil {
					list = append(list, s)
				}
				if e.wraps(s, v) {
					visit(r)
				}
			case *ssa.MakeInterface:
				visit(r)
			}
		}
	}
	visit(base)
	slices.SortFunc(list, func(a, b site) int { return int(a.pos() - b.pos()) })
	return list
}

// wraps reports whether a call makes something of v that writes to it.
func (e *engine) wraps(s site, v ssa.Value) bool {
	for _, d := range e.funcDirectives(s.callee) {
		if a, ok := d.Arg("value"); ok && d.Verb == "transfer" && d.Words[0] == "same" && !a.Quoted && s.arg(a.Index) == v {
			return true
		}
	}
	return false
}

// writeDirective returns the directive by which a call writes to v, or nil.
func (e *engine) writeDirective(s site, v ssa.Value) *directive {
	ds := e.funcDirectives(s.callee)
	for i, d := range ds {
		if d.Verb != "transfer" {
			continue
		}
		for _, a := range d.Args {
			if a.Name == "to" && (isRecv(a) && s.recv == v || !isRecv(a) && s.arg(a.Index) == v) {
				return &ds[i]
			}
		}
	}
	return nil
}

func (e *engine) writeText(s site) Value {
	for _, d := range e.funcDirectives(s.callee) {
		if d.Verb != "transfer" {
			continue
		}
		switch d.Words[0] {
		case "sprintf":
			return e.sprintf(d, s)
		case "sprint", "sprintln":
			return e.sprint(d, s)
		case "encode":
			return e.encodedText(d, s)
		case "same":
			for _, a := range d.Args {
				if a.Name == "value" {
					return e.operand(s, a)
				}
			}
		}
	}
	return unknown(s.name())
}
