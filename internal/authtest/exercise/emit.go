package exercise

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// write writes an object with everything that happens to it, and returns the
// expression that stands for it.
func (t *tree) write(n *node) string {
	t.make(n, n == t.root)
	early, late := n.split()
	whole := n.expr
	if n.through != nil {
		n.expr = t.p.local(t.p.call(n.through, whole, t.defaults(n.through, arguments{})))
	}
	for _, s := range early {
		t.writeStep(n, s)
	}
	n.expr = whole
	for _, s := range late {
		t.writeStep(n, s)
	}
	return n.expr
}

// split parts what happens to an object from what tells where it goes and what
// sends it on its way.
func (n *node) split() (early, late []*step) {
	var send []*step
	for _, s := range n.steps {
		has := func(role string) bool {
			return slices.ContainsFunc(s.d.Directives, func(dir rules.Directive) bool { return dir.Verb == "on" && dir.Words[1] == role })
		}
		switch {
		case has("send") || has("sign"):
			send = append(send, s)
		case has("url"):
			late = append(late, s)
		default:
			early = append(early, s)
		}
	}
	return early, append(late, send...)
}

// make writes how an object comes to be.
func (t *tree) make(n *node, root bool) {
	switch {
	case n.global != nil:
		if n.global.value.Exported() {
			n.expr = t.p.ref(n.global.value)
		}
		n.have = n.global.value.Type()
	case n.made != nil:
		t.makeByCall(n, root)
	case n.maker != nil:
		t.makeByLiteral(n)
	default:
		n.expr, n.have = t.p.param(n.typ), n.typ
		n.line = -1
	}
}

func (t *tree) makeByCall(n *node, root bool) {
	call := t.writeCall(n.made, "")
	n.have = n.maker.typ
	results := n.made.d.signature().Results().Len()
	if root && len(n.steps) == 0 && !t.keep {
		n.line = t.p.discard(n.made.d, call)
		n.made.line = n.line
		return
	}
	n.expr = t.p.fresh("v")
	names := make([]string, results)
	for i := range names {
		names[i] = "_"
	}
	names[n.maker.result] = n.expr
	failed := root && t.lookAtError && isError(n.made.d.signature().Results().At(results-1).Type())
	if failed {
		names[results-1] = "err"
	}
	n.line = t.p.add("%s := %s", strings.Join(names, ", "), call)
	n.made.line = n.line
	if failed {
		t.p.refuse("err != nil")
	}
	if root && len(n.steps) == 0 {
		t.p.add("_ = %s", n.expr)
	}
}

// makeByLiteral writes a composite literal with the fields that are set.
func (t *tree) makeByLiteral(n *node) {
	var fields []string
	var rest, inside []*step
	for _, s := range n.steps {
		if s.d.field == nil || len(s.d.path) > 1 {
			rest = append(rest, s)
			continue
		}
		fields = append(fields, s.d.field.Name()+": "+t.fieldValue(s))
		inside = append(inside, s)
	}
	n.steps = rest
	name, typ := "", n.maker.d.owner
	_, pointer := n.typ.(*types.Pointer)
	_, isMap := typ.Underlying().(*types.Map)
	n.have = typ
	if !isMap && (pointer || types.IsInterface(n.typ)) {
		name, n.have = "&", types.NewPointer(typ)
	}
	n.expr = t.p.fresh("v")
	n.line = t.p.add("%s := %s%s{%s}", n.expr, name, t.p.name(typ), strings.Join(fields, ", "))
	if n == t.root && len(rest) == 0 {
		t.p.add("_ = %s", n.expr)
	}
	for _, s := range inside {
		s.line = n.line
	}
	t.inside = append(t.inside, inside...)
}

// fieldValue writes what is stored in a field.
func (t *tree) fieldValue(s *step) string {
	if kid := s.kids[slotField]; kid != nil {
		return t.pass(kid, s.d.field.Type())
	}
	for _, g := range s.given {
		if g.dir.Verb == "field" && len(g.dir.Words) > 1 {
			return t.p.carry(s.d.field.Type(), g.texts[g.dir.Words[1]])
		}
		if g.dir.Verb == "field" || g.dir.Verb == "part" {
			return t.p.carry(s.d.field.Type(), g.texts["value"])
		}
	}
	return t.p.fail("nothing for %s", s.d.Name())
}

// pass writes an object and adapts it to the type of its place.
func (t *tree) pass(n *node, want types.Type) string {
	expr := t.write(n)
	if slice, ok := want.Underlying().(*types.Slice); ok && !types.AssignableTo(n.have, want) {
		return t.p.name(want) + "{" + t.adapt(expr, n.have, slice.Elem()) + "}"
	}
	return t.adapt(expr, n.have, want)
}

// adapt takes the address of an expression, or follows it, where a type asks
// for that.
func (t *tree) adapt(expr string, have, want types.Type) string {
	if types.AssignableTo(have, want) {
		return expr
	}
	if ptr, ok := have.(*types.Pointer); ok && types.AssignableTo(ptr.Elem(), want) {
		return "*" + expr
	}
	if types.AssignableTo(types.NewPointer(have), want) {
		return "&" + expr
	}
	return expr
}

// writeStep writes what happens to an object.
func (t *tree) writeStep(n *node, s *step) {
	if s.d.field != nil {
		value := t.fieldValue(s)
		s.line = t.p.add("%s.%s = %s", n.expr, strings.Join(s.d.path, "."), value)
		return
	}
	self := n.expr
	if s.self >= 0 {
		self = t.adapt(n.expr, n.have, s.d.paramType(int(s.self)))
	}
	s.line = t.p.discard(s.d, t.writeCall(s, self))
}

// writeCall writes the call of a step; self is the object that it is for.
func (t *tree) writeCall(s *step, self string) string {
	args := arguments{}
	recv := ""
	if s.self == slotRecv {
		recv = self
	} else if s.self >= 0 {
		args[int(s.self)] = []string{self}
	}
	for _, at := range slices.Sorted(maps.Keys(s.kids)) {
		kid := s.kids[at]
		switch {
		case at == slotGlobal:
			t.write(kid)
		case at == slotRecv:
			recv = t.pass(kid, s.d.typeAt(slotRecv))
		default:
			i := int(at % furtherSlot)
			args[i] = append(args[i], t.pass(kid, s.d.paramType(i)))
		}
	}
	for _, g := range s.given {
		t.p.give(s.d, g.dir, g.texts, args)
	}
	return t.p.call(s.d, recv, t.defaults(s.d, args))
}

// plainDialer gives a dialer without TLS that the models know.
func (t *tree) plainDialer(d *Decl, at int, args arguments) {
	for _, v := range t.u.decls {
		plain := slices.ContainsFunc(v.Directives, func(dir rules.Directive) bool { return dir.Verb == "value" && dir.Words[0] == "plaintext" })
		if plain && v.value != nil && types.AssignableTo(v.value.Type(), d.paramType(at)) {
			args[at] = []string{t.p.ref(v.value)}
		}
	}
}

// defaults adds what every step gives: methods, networks.
func (t *tree) defaults(d *Decl, args arguments) arguments {
	for _, dir := range d.Directives {
		for _, a := range dir.Args {
			if roleOf(dir) == "dialer" && t.plain && a.Index >= 0 {
				t.plainDialer(d, a.Index, args)
				continue
			}
			x, ok := t.auto[a.Name]
			if !ok && a.Name == "value" {
				x, ok = t.auto[roleOf(dir)]
			}
			if ok && a.Index >= 0 && args[a.Index] == nil {
				args[a.Index] = []string{t.p.carry(d.paramType(a.Index), x)}
			}
		}
	}
	return args
}
