package flow

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// revealFormat looks at a text made by a format.
func (e *engine) revealFormat(s site, d directive, list string) revealed {
	format, ok := d.Arg("format")
	if !ok || format.Index < 0 {
		return revealed{}
	}
	var args []ssa.Value
	rest := -1
	for _, a := range d.Args {
		if a.Name != list || a.Quoted {
			continue
		}
		args = e.directiveValues(s, a)
		rest = a.Index
	}
	r := e.revealPieces(s.arg(format.Index), args, s, format.Index)
	return e.withFormatHole(r, s, format.Index, rest)
}

// withFormatHole joins format and list of a wrapper's own parameters to one
// hole, so that callers tell what the verbs do with each argument.
func (e *engine) withFormatHole(r revealed, s site, format, rest int) revealed {
	f := formatParam(s.arg(format), 0)
	if f == nil || rest < 0 {
		return r
	}
	fi, ok := paramIndex(f)
	if !ok {
		return r
	}
	out := revealed{clean: r.clean, secrets: r.secrets}
	for _, h := range r.holes {
		if h.spread && h.owner == f.Parent() {
			h.format = fi
		}
		if h.param == fi && h.owner == f.Parent() {
			continue // the format's text is told with the rest
		}
		out.holes = append(out.holes, h)
	}
	out.holes = append(out.holes, hole{param: fi, owner: f.Parent(), as: asText, format: -1})
	return out
}

// formatParam returns the parameter that a format is, with constant text before
// or behind it, nil if it is none.
func formatParam(v ssa.Value, depth int) *ssa.Parameter {
	switch v := strip(v).(type) {
	case *ssa.Parameter:
		return v
	case *ssa.BinOp:
		if depth > 4 || v.Op != token.ADD {
			return nil
		}
		x, y := v.X, v.Y
		if _, ok := x.(*ssa.Const); ok {
			x, y = y, x
		}
		if c, ok := y.(*ssa.Const); ok && !strings.Contains(constText(c), "%") {
			return formatParam(x, depth+1)
		}
	}
	return nil
}

// revealPieces looks at the arguments of a format, each as its verb renders it.
// Without a known format all are rendered plainly.
func (e *engine) revealPieces(format ssa.Value, args []ssa.Value, s site, index int) revealed {
	c, ok := strip(format).(*ssa.Const)
	if !ok {
		out := e.reveal(format, asText)
		for _, a := range args {
			out = out.with(e.reveal(a, asFmt))
		}
		return out
	}
	out := nothing
	before := ""
	for _, piece := range splitFormat(constText(c)) {
		if piece.arg < 0 {
			before = piece.text
			continue
		}
		if piece.arg < len(args) && piece.shows() {
			out = out.with(e.revealVerb(args[piece.arg], piece, before, s, index))
		}
		before = ""
	}
	return out
}

// shows reports whether a verb shows text.
func (p formatPiece) shows() bool {
	return strings.IndexByte("vsqxXw", p.verb) >= 0 && !p.cut
}

func (e *engine) revealVerb(v ssa.Value, piece formatPiece, before string, s site, format int) revealed {
	as := asFmt
	switch {
	case piece.verb == 'v' && strings.Contains(piece.flags, "#"):
		as = asSharp
	case piece.verb == 'v' && strings.Contains(piece.flags, "+"):
		as = asPlus
	}
	if c, ok := strip(v).(*ssa.Const); ok {
		return e.revealConst(c, s, format+1+piece.arg)
	}
	if isEmptyAt(strip(v), s.instr.Block()) || e.rendersForLogs(v, s) {
		return nothing
	}
	r := e.reveal(v, as)
	if !r.clean && !r.certain() && isTextual(v) {
		r = r.after(e, before, v)
	}
	return r
}

// revealConst looks at a constant argument, which SSA shows without its name.
func (e *engine) revealConst(c *ssa.Const, s site, arg int) revealed {
	text := constText(c)
	if len(text) < 4 {
		return nothing
	}
	call := e.literals.call(s.pos())
	if call == nil || arg < 0 || arg >= len(call.Args) {
		return nothing
	}
	name := givenName(call.Args[arg])
	kind := shape.OfName(name)
	at := call.Args[arg]
	if v := shape.Of(text); name != "" && v.Form == shape.UserInfoURL && shape.Credible(v, shape.Password, false) {
		return revealed{secrets: []Secret{{
			Kind: shape.Password, Name: name, What: "password in constant " + name, Certain: true, At: e.location(at.Pos(), at.End()),
		}}}
	}
	if !isCredible(text, kind) || !shape.Certain(name) {
		return nothing
	}
	sec := Secret{Name: name, What: "constant " + name, At: e.location(at.Pos(), at.End())}
	return revealed{}.named(e, sec, s.instr.Parent())
}

// after adds a secret for a text without a telling name of its own that stands
// behind the name of one: "password=" + s, "?api_key=" + v.
func (r revealed) after(e *engine, before string, v ssa.Value) revealed {
	name := certainBefore(before)
	if name == "" || shape.OfName(name) == shape.Header {
		return r
	}
	if own := e.plainName(v); !isDull(own) && (shape.OfName(own) == shape.None && !isKeyWord(own) || isOtherName(own)) {
		return r
	}
	sec := Secret{Kind: shape.OfName(name), Name: name, What: "text after " + name, Certain: true, Fresh: isFreshCall(e.calleeName(strip(v))), At: e.location(v.Pos(), v.Pos())}
	return revealed{secrets: []Secret{sec}, holes: r.holes}
}

// plainName returns what the source calls a value, or the text that it is made
// of: the key in url.QueryEscape(key).
func (e *engine) plainName(v ssa.Value) string {
	for range 4 {
		call, ok := strip(v).(*ssa.Call)
		if !ok || e.assignedName(call) != "" {
			break
		}
		next := e.operandOf(call)
		if next == nil {
			break
		}
		v = next
	}
	return e.valueName(v)
}

// isKeyWord reports whether a name is the bare word for a key, which opens what
// the text before it says.
func isKeyWord(name string) bool { return strings.EqualFold(name, "key") }

// certainBefore returns the name that a text ends with, of up to three words, if
// it is one of a credential for certain: "service account token: ".
func certainBefore(text string) string {
	if strings.HasSuffix(text, "Bearer ") {
		return "bearer-token"
	}
	last := nameBefore(text)
	if last == "" || shape.Certain(last) {
		return last
	}
	rest := strings.TrimRight(text, " \"'`=:")
	words := strings.Fields(rest)
	for n := 2; n <= min(3, len(words)); n++ {
		if name := strings.Join(words[len(words)-n:], "-"); shape.Certain(name) && isTelling(name) {
			return name
		}
	}
	return ""
}

// nameBefore returns the name that a text ends with, an equals sign or a colon
// behind it, "" if it ends otherwise.
func nameBefore(text string) string {
	rest := strings.TrimRight(text, ` "'`)
	cut := strings.TrimRight(rest, "=:")
	if cut == rest {
		return ""
	}
	cut = strings.TrimRight(cut, ` "'`)
	i := len(cut)
	for i > 0 && isNameByte(cut[i-1]) {
		i--
	}
	return cut[i:]
}

func isNameByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == '-'
}

// isDull reports whether a name tells nothing of what it holds.
func isDull(name string) bool {
	switch strings.ToLower(name) {
	case "value", "val", "str", "text", "data", "raw", "out", "output", "result", "res", "line", "input", "content", "string",
		"readall", "readstring", "readline", "trimspace", "body", "buf", "bytes", "tmp", "first", "second", "last", "args":
		return true
	}
	return len(name) <= 2
}

// valueName returns what the source calls a value, "" for nothing.
func (e *engine) valueName(v ssa.Value) string {
	v = strip(v)
	if name := e.assignedName(v); name != "" {
		return name
	}
	if _, ok := v.(*ssa.Lookup); ok {
		return ""
	}
	return e.nameOf(v)
}

// assignedName returns the variable that a value is given to when it is made,
// which SSA does not keep.
func (e *engine) assignedName(v ssa.Value) string {
	index := 0
	pos := v.Pos()
	switch x := v.(type) {
	case *ssa.Extract:
		index, pos = x.Index, x.Tuple.Pos()
	case *ssa.UnOp:
		if ia, ok := x.X.(*ssa.IndexAddr); ok {
			pos = ia.Pos()
		}
	case *ssa.Call, *ssa.Lookup, *ssa.TypeAssert, *ssa.Convert, *ssa.BinOp, *ssa.Slice:
	default:
		return ""
	}
	if names := e.literals.assigned[pos]; index < len(names) {
		return names[index]
	}
	return ""
}

// revealLookup looks at an entry of a map.
func (e *engine) revealLookup(v *ssa.Lookup, as rendering) revealed {
	if !isMap(v.X.Type()) {
		return nothing // a byte of a text
	}
	key := ""
	if c, ok := v.Index.(*ssa.Const); ok {
		key = constText(c)
	}
	t := elemType(v.X.Type())
	if !isPlainText(t) && !isPlainText(elemType(t)) {
		if st, ok := deref(t).Underlying().(interface{ NumFields() int }); ok && st != nil {
			return e.wholeSecrets(nil, t, as, v.Pos())
		}
		return revealed{}
	}
	var out revealed
	for i, u := range e.mapUpdates(v.X) {
		if i == 2*maxRevealStores {
			break
		}
		if c, ok := u.Key.(*ssa.Const); key != "" && ok && constText(c) != key {
			continue
		}
		r := e.reveal(u.Value, as)
		r.clean = false
		out = out.with(revealed{secrets: r.secrets})
	}
	if name := e.nameOf(v.X); key == "" && len(out.secrets) == 0 && shape.OfName(name) == shape.Password && shape.Certain(name) {
		return out.named(e, Secret{Name: name, What: "entry of " + name, At: e.location(v.Pos(), v.Pos())}, v.Parent())
	}
	if len(out.secrets) > 0 || !isTelling(key) {
		return out
	}
	return out.named(e, Secret{Name: key, What: "entry " + key, At: e.location(v.Pos(), v.Pos())}, v.Parent())
}
