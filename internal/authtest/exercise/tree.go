package exercise

import (
	"go/types"
	"slices"

	"github.com/authlint/authlint/rules"
)

// given are the texts for the arguments of one directive.
type given struct {
	dir   rules.Directive
	texts map[string]text
}

// step is the use of a declaration on an object, or to make one.
type step struct {
	d     *Decl
	self  slot // of the object
	given []given
	kids  map[slot]*node
	line  int // once it is written
}

// node is an object in the making.
type node struct {
	typ    types.Type // what is wanted
	global *Decl      // the package variable that it is
	maker  *maker     // nil: not decided, or a parameter
	made   *step      // of a maker that is a call
	steps  []*step    // what happens to it afterwards
	param  bool       // comes in as a parameter
	// through is a method that returns the object: what happens to it happens
	// to what that returns.
	through *Decl
	expr    string     // once it is written
	have    types.Type // of expr
	line    int        // where it is made
}

// need is something that must happen to an object or to one of those that it is
// made of.
type need struct {
	only *Decl // that can meet it, any if nil
	// texts returns the texts for the arguments of a directive that meets it.
	texts func(d *Decl, dir rules.Directive) (map[string]text, bool)
	// link is to be used instead; child is the object that it joins.
	link  *link
	child *node
	// through is a method that the object is to be taken through.
	through bool
	// where is set if it is the place of a request, literal if objects are
	// better written as literals than made by calls.
	where, literal bool
	// made asks that an object be made by the declaration, nothing that nothing
	// be done.
	made, nothing bool
}

// tree is the objects of a program.
type tree struct {
	p     *program
	u     *universe
	root  *node
	nodes []*node
	kinds []string // of the root
	// method is what a call that makes the root may mean, any if it is empty.
	method string
	// keep asks for the root in a variable, lookAtError that nothing goes on
	// without it.
	keep, lookAtError bool
	// inside are steps that are fields of literals.
	inside []*step
	plain  bool // what makes connections makes those without TLS
	// auto are texts for arguments that every step gives: methods, networks.
	auto map[string]text
}

func newTree(p *program, u *universe, t types.Type, kinds []string) *tree {
	n := &node{typ: t}
	return &tree{p: p, u: u, root: n, nodes: []*node{n}, kinds: kinds, auto: map[string]text{}}
}

// depthLimit is how many objects may stand between the root and where a need
// is met.
const depthLimit = 3

// meet makes the tree meet a need somewhere, as near to the root as possible.
func (t *tree) meet(nd *need) bool {
	for depth := 0; depth <= depthLimit; depth++ {
		for _, n := range t.nodes {
			if t.meetAt(n, nd, depth, nil) {
				return true
			}
		}
	}
	return false
}

// meetBelow is meet for one object and those that it is made of.
func (t *tree) meetBelow(n *node, nd *need) bool {
	for depth := 0; depth <= depthLimit; depth++ {
		if t.meetAt(n, nd, depth, nil) {
			return true
		}
	}
	return false
}

// meetOutside is meet for all objects but one and those that it is made of.
func (t *tree) meetOutside(n *node, nd *need) bool {
	var inside []*node
	var visit func(n *node)
	visit = func(n *node) {
		inside = append(inside, n)
		steps := n.steps
		if n.made != nil {
			steps = append(steps[:len(steps):len(steps)], n.made)
		}
		for _, s := range steps {
			for _, kid := range s.kids {
				visit(kid)
			}
		}
	}
	visit(n)
	for depth := 0; depth <= depthLimit; depth++ {
		for _, m := range t.nodes {
			if !slices.Contains(inside, m) && t.meetAt(m, nd, depth, nil) {
				return true
			}
		}
	}
	return false
}

// meetAt makes a need be met exactly depth objects below n.
func (t *tree) meetAt(n *node, nd *need, depth int, seen []types.Type) bool {
	if slices.ContainsFunc(seen, func(s types.Type) bool { return types.Identical(s, n.typ) }) {
		return false
	}
	if n.maker != nil || n.param || n.global != nil {
		return t.meetWith(n, nd, depth, seen)
	}
	for _, m := range preferred(t.u.makersOf(n.typ), nd.literal) {
		if n == t.root && (!slices.Contains(t.kinds, t.u.kindOf(m)) || t.method != "" && nd.only != m.d && otherMethod(m.d, t.method)) {
			continue
		}
		t.decide(n, &m)
		if t.meetWith(n, nd, depth, seen) {
			return true
		}
		n.maker, n.made = nil, nil
	}
	n.param = nameable(n.typ, 0) && (n != t.root || pointee(n.typ) != nil && slices.Contains(t.kinds, t.u.w.kind(pointee(n.typ))))
	if n.param && t.meetWith(n, nd, depth, seen) {
		return true
	}
	n.param = false
	return false
}

// decide fixes how an object is made.
func (t *tree) decide(n *node, m *maker) {
	n.maker = m
	if m.d.fn != nil {
		n.made = &step{d: m.d, self: slotResult - slot(m.result), kids: map[slot]*node{}}
	}
}

// actual returns the type of the object as far as it is decided.
func (n *node) actual() types.Type {
	switch {
	case n.maker != nil:
		return n.maker.typ
	case n.global != nil:
		return n.global.value.Type()
	}
	return n.typ
}

// meetWith is meetAt for an object whose maker is decided.
func (t *tree) meetWith(n *node, nd *need, depth int, seen []types.Type) bool {
	if depth == 0 {
		return t.meetHere(n, nd)
	}
	for _, l := range t.u.linksOf(n) {
		if nd.where && !l.tellsWhere() || nd.only == nil && l.joinsRequest() {
			continue
		}
		child, undo, ok := t.attach(n, l)
		if !ok {
			continue
		}
		if t.meetAt(child, nd, depth-1, append(seen, n.typ)) {
			if !slices.Contains(t.nodes, child) {
				t.nodes = append(t.nodes, child)
			}
			return true
		}
		undo()
	}
	return false
}

// meetHere meets a need by a use of n itself.
func (t *tree) meetHere(n *node, nd *need) bool {
	switch {
	case nd.nothing:
		return true
	case nd.link != nil:
		child, _, ok := t.attach(n, *nd.link)
		if ok {
			nd.child = child
			t.nodes = append(t.nodes, child)
		}
		return ok
	case nd.through:
		if n.param || !standsAt(n.actual(), nd.only, slotRecv) {
			return false
		}
		n.through = nd.only
		return true
	}
	if nd.made {
		return n.maker != nil && n.maker.d == nd.only
	}
	if n.made != nil && t.give(n.made, nd) {
		return true
	}
	for _, s := range n.steps {
		if t.give(s, nd) {
			return true
		}
	}
	decls := t.u.usesOf(n)
	if nd.only != nil {
		decls = []*Decl{nd.only}
	}
	for _, d := range decls {
		if d.field != nil && slices.ContainsFunc(n.steps, func(s *step) bool { return s.d == d }) {
			continue // set already
		}
		for _, self := range places(n, d) {
			s := &step{d: d, self: self, kids: map[slot]*node{}}
			if t.give(s, nd) {
				n.steps = append(n.steps, s)
				return true
			}
		}
	}
	return false
}

// give gives a step the texts for a directive that meets the need.
func (t *tree) give(s *step, nd *need) bool {
	for _, dir := range s.d.Directives {
		if slices.ContainsFunc(s.given, func(g given) bool { return g.dir.Line == dir.Line && g.dir.File == dir.File }) {
			continue
		}
		if !t.speaksOf(s, dir) {
			continue
		}
		texts, ok := nd.texts(s.d, dir)
		if !ok || !t.canGive(s, dir, texts) {
			continue
		}
		s.given = append(s.given, given{dir, texts})
		return true
	}
	return false
}

// speaksOf reports whether a directive speaks of the object of a step.
func (t *tree) speaksOf(s *step, dir rules.Directive) bool {
	switch dir.Verb {
	case "on":
		target := slotOf(dir.Words[0])
		if made, ok := s.d.made(); ok && target == slotResult && s.self <= slotResult {
			return s.self == made
		}
		return target == s.self
	case "field", "part":
		return s.d.field != nil
	case "new", "fluent":
		return true
	}
	return false
}

// canGive reports whether the texts can be written for the arguments, and are
// not given yet.
func (t *tree) canGive(s *step, dir rules.Directive, texts map[string]text) bool {
	scratch := newProgram(t.p.w, "", 0)
	for name, x := range texts {
		if s.d.field != nil {
			scratch.carry(s.d.field.Type(), x)
			continue
		}
		a, ok := dir.Arg(name)
		if !ok || a.Index < 0 {
			continue
		}
		if _, taken := s.kids[slot(a.Index)]; taken {
			return false
		}
		scratch.carry(s.d.paramType(a.Index), x)
	}
	return scratch.err == nil
}

// places returns where in the use of a declaration an object can stand.
func places(n *node, d *Decl) []slot {
	if n.global != nil {
		if d.Package == n.global.Package && slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool {
			return dir.Verb == "on" && dir.Words[0] == n.global.Key
		}) {
			return []slot{slotGlobal}
		}
		if !n.global.value.Exported() {
			return nil
		}
	}
	typ := n.actual()
	switch {
	case d.field != nil:
		if pointee(typ) == d.owner && d.field.Exported() {
			return []slot{slotRecv}
		}
	case d.fn != nil:
		var list []slot
		for _, dir := range d.Directives {
			if dir.Verb != "on" {
				continue
			}
			s := slotOf(dir.Words[0])
			if s >= slotRecv && !slices.Contains(list, s) && standsAt(typ, d, s) {
				list = append(list, s)
			}
		}
		return list
	}
	return nil
}

// standsAt reports whether a value of a type can be the receiver or an argument.
func standsAt(t types.Type, d *Decl, s slot) bool {
	if s == slotRecv && d.signature().Recv() == nil {
		return false
	}
	want := d.typeAt(s)
	if s == slotRecv {
		return pointee(t) != nil && (pointee(t) == pointee(want) || isMethodOf(t, d))
	}
	return pointee(t) != nil && pointee(t) == pointee(want) || fits(t, want) && types.IsInterface(want) && want.Underlying().(*types.Interface).NumMethods() > 0
}

// isMethodOf reports whether a method is declared by an interface that a type
// implements.
func isMethodOf(t types.Type, d *Decl) bool {
	i, ok := d.signature().Recv().Type().Underlying().(*types.Interface)
	return ok && i.NumMethods() > 0 && types.Implements(t, i)
}

// attach joins a new object to n, and returns how to undo that.
func (t *tree) attach(n *node, l link) (child *node, undo func(), ok bool) {
	if l.child == slotGlobal || l.parent == slotGlobal {
		return t.attachGlobal(n, l)
	}
	if l.parent <= slotResult {
		if n.made == nil || n.made.d != l.d || n.made.self != l.parent || n.made.gives(l.child) {
			return nil, nil, false
		}
		at, ok := n.made.free(l.child)
		if !ok {
			return nil, nil, false
		}
		child = &node{typ: l.d.typeAt(l.child)}
		n.made.kids[at] = child
		return child, func() { delete(n.made.kids, at) }, true
	}
	if !slices.Contains(placesOfLink(n, l), l.parent) {
		return nil, nil, false
	}
	child = &node{typ: l.d.typeAt(l.child)}
	for _, s := range n.steps {
		if s.d == l.d && s.self == l.parent && s.kids[l.child] == nil && !s.gives(l.child) && l.d.field == nil {
			s.kids[l.child] = child
			return child, func() { delete(s.kids, l.child) }, true
		}
	}
	if l.d.field != nil && slices.ContainsFunc(n.steps, func(s *step) bool { return s.d == l.d }) {
		return nil, nil, false
	}
	n.steps = append(n.steps, &step{d: l.d, self: l.parent, kids: map[slot]*node{l.child: child}})
	return child, func() { n.steps = n.steps[:len(n.steps)-1] }, true
}

// A further object in the rest of a variadic call stands at the slot plus a
// multiple of furtherSlot; there are at most furtherLimit.
const (
	furtherSlot  = 100
	furtherLimit = 3
)

// free returns where one more object can stand as an argument, a further one if
// it is the rest of a variadic call.
func (s *step) free(at slot) (slot, bool) {
	if s.kids[at] == nil {
		return at, true
	}
	if at < 0 || !s.d.signature().Variadic() || int(at) != s.d.signature().Params().Len()-1 {
		return 0, false
	}
	for range furtherLimit {
		if at += furtherSlot; s.kids[at] == nil {
			return at, true
		}
	}
	return 0, false
}

// placesOfLink returns where n can stand in the use of a link's declaration.
func placesOfLink(n *node, l link) []slot {
	if l.d.field != nil {
		return places(n, l.d)
	}
	if n.global != nil && !n.global.value.Exported() {
		return nil
	}
	if standsAt(n.actual(), l.d, l.parent) {
		return []slot{l.parent}
	}
	return nil
}

// attachGlobal joins a package variable.
func (t *tree) attachGlobal(n *node, l link) (child *node, undo func(), ok bool) {
	if l.child != slotGlobal || n.made == nil || n.made.d != l.d || n.made.kids[slotGlobal] != nil {
		return nil, nil, false
	}
	for _, d := range l.d.Package.Decls {
		if d.Key == l.dir.Words[0] {
			child = &node{typ: d.value.Type(), global: d}
			n.made.kids[slotGlobal] = child
			return child, func() { delete(n.made.kids, slotGlobal) }, true
		}
	}
	return nil, nil, false
}

// gives reports whether a text is given to an argument.
func (s *step) gives(at slot) bool {
	for _, g := range s.given {
		for name := range g.texts {
			if a, ok := g.dir.Arg(name); ok && a.Index == int(at) {
				return true
			}
		}
	}
	return false
}

// key tells apart the objects that take part in different links.
func (n *node) key() typeKey {
	key := keyOf(n.actual())
	key.global = n.global
	return key
}

// preferred puts literals in front if they are preferred.
func preferred(list []maker, literal bool) []maker {
	if !literal {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b maker) int {
		switch {
		case a.d.fn == nil && b.d.fn != nil:
			return -1
		case a.d.fn != nil && b.d.fn == nil:
			return 1
		}
		return 0
	})
	return list
}
