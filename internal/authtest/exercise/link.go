package exercise

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/rules"
)

// slot is where an object stands in the use of a declaration: an argument by
// its position, or one of the places below.
type slot int

const (
	slotRecv   slot = -1 - iota // the receiver of a call, the owner of a field
	slotField                   // the value of a field
	slotGlobal                  // a package variable
	slotResult                  // the first result; further ones are below it
)

// link says that the events of one object become those of another.
type link struct {
	d             *Decl
	dir           rules.Directive
	parent, child slot
}

// maker is a way to get an object: a call, or a literal of a type.
type maker struct {
	d      *Decl
	result int
	typ    types.Type
}

// slotOf returns the place that a target of a directive names.
func slotOf(word string) slot {
	switch {
	case word == "recv":
		return slotRecv
	case word == "new" || word == "result":
		return slotResult
	case strings.HasPrefix(word, "result"):
		n, _ := strconv.Atoi(word[len("result"):])
		return slotResult - slot(n)
	case strings.HasPrefix(word, "arg"):
		n, _ := strconv.Atoi(strings.TrimSuffix(word[len("arg"):], "..."))
		return slot(n)
	}
	return slotGlobal
}

// argumentSlot returns the place that an argument of a directive names.
func argumentSlot(a rules.DirectiveArg) (slot, bool) {
	switch {
	case a.Index >= 0:
		return slot(a.Index), true
	case !a.Quoted && a.Text == "recv":
		return slotRecv, true
	}
	return 0, false
}

// typeAt returns the type of what stands at a place; of a list that of its
// elements.
func (d *Decl) typeAt(s slot) types.Type {
	switch {
	case d.field != nil && s == slotRecv:
		return d.owner
	case d.field != nil:
		return element(d.field.Type())
	case s == slotRecv:
		return d.signature().Recv().Type()
	case s <= slotResult:
		return d.signature().Results().At(int(slotResult - s)).Type()
	}
	return element(d.paramType(int(s)))
}

// element returns the type of the elements of a list of objects.
func element(t types.Type) types.Type {
	if s, ok := t.Underlying().(*types.Slice); ok && !isByte(s.Elem()) {
		if _, text := s.Elem().Underlying().(*types.Basic); !text {
			return s.Elem()
		}
	}
	return t
}

// newDirective is newOf for declarations of every sort.
func (d *Decl) newDirective() (rules.Directive, bool) {
	if d.fn == nil {
		return rules.Directive{}, false
	}
	return d.newOf()
}

// newOf returns the directive that says what a call makes.
func (d *Decl) newOf() (rules.Directive, bool) {
	for _, dir := range d.Directives {
		if dir.Verb == "new" {
			return dir, true
		}
	}
	return rules.Directive{}, false
}

// made returns the place of the object that a call makes, and whether a result
// carries it.
func (d *Decl) made() (slot, bool) {
	dir, ok := d.newOf()
	if !ok || d.signature().Results().Len() == 0 {
		return 0, false
	}
	if _, into := dir.Arg("into"); into {
		return 0, false
	}
	n := 0
	if a, ok := dir.Arg("result"); ok {
		n = a.Index
	}
	return slotResult - slot(n), true
}

// objectRoles are the roles whose argument may be an object of its own.
var objectRoles = map[string]string{
	"include": "value", "send": "client", "headers": "value", "forms": "value", "queries": "value", "url": "value",
	"base-url": "value", "tls": "config", "dial-tls": "config", "claims": "value", "body": "value", "login": "token",
}

// links returns what the directives of a declaration join.
func (d *Decl) links() []link {
	w := d.Package.world
	var list []link
	for _, dir := range d.Directives {
		switch dir.Verb {
		case "parent":
			if parent, ok := d.made(); ok {
				list = append(list, link{d, dir, parent, slotOf(dir.Words[0])})
			}
		case "part":
			if d.field != nil {
				list = append(list, link{d, dir, slotRecv, slotField})
			}
		case "on":
			a, _ := dir.Arg(objectRoles[dir.Words[1]])
			child, ok := argumentSlot(a)
			parent := slotOf(dir.Words[0])
			if made, isMade := d.made(); parent == slotResult && isMade {
				parent = made
			}
			if ok && a.Name != "" && w.isObject(d.typeAt(child)) {
				list = append(list, link{d, dir, parent, child})
			}
		case "field":
			if d.field != nil && objectRoles[dir.Words[0]] != "" && w.isObject(d.typeAt(slotField)) {
				list = append(list, link{d, dir, slotRecv, slotField})
			}
		}
	}
	return list
}

// isObject reports whether values of a type can be objects that are made
// elsewhere: the type is declared to be one, or some call makes it.
func (w *World) isObject(t types.Type) bool {
	n := pointee(t)
	if n == nil {
		return false
	}
	if w.kind(n) != "" {
		return true
	}
	p := w.byPath[pathOf(n.Obj())]
	return p != nil && slices.ContainsFunc(p.Decls, func(d *Decl) bool {
		if d.fn == nil {
			return false
		}
		made, ok := d.made()
		return ok && pointee(d.typeAt(made)) == n
	})
}

// kind returns the kind of object that a type is declared to be.
func (w *World) kind(n *types.Named) string {
	p := w.byPath[pathOf(n.Obj())]
	if p == nil {
		return ""
	}
	for _, dir := range p.Model.Decls[n.Obj().Name()] {
		if dir.Verb == "object" {
			return dir.Words[0]
		}
	}
	return ""
}

// universe is what a program may be made of.
type universe struct {
	w        *World
	packages []*Package // nearest first
	decls    []*Decl
	links    []link
	makers   []maker

	makersBy map[typeKey][]maker // by what is wanted
	linksBy  map[typeKey][]link  // by the object that takes part, but for its making
	linksAt  map[*Decl][]link    // by the call that makes it
	usesBy   map[typeKey][]*Decl
}

// universeOf returns the declarations of a package, of those that its stub
// imports, of its module, and of package net/http.
func (w *World) universeOf(p *Package) *universe { return w.universeWith(p, false) }

// oauthPath is the import path of clients and transports with a credential.
const oauthPath = "golang.org/x/oauth2"

// universeWith is universeOf; wide adds clients and transports that send a
// credential, for what is given one.
func (w *World) universeWith(p *Package, wide bool) *universe {
	key := universeKey{p, wide}
	if u, ok := w.universes[key]; ok {
		return u
	}
	u := &universe{w: w, makersBy: map[typeKey][]maker{}, linksBy: map[typeKey][]link{}, linksAt: map[*Decl][]link{}, usesBy: map[typeKey][]*Decl{}}
	u.include(p)
	for _, q := range w.Packages {
		if q.Model.Module == p.Model.Module && p.Model.Module != "" && p.Model.Module != "std" && first(q.Path) == first(p.Path) {
			u.include(q)
		}
	}
	for _, path := range []string{"net/http", "net/url", "crypto/tls"} {
		u.include(w.byPath[path])
	}
	if wide {
		u.include(w.byPath[oauthPath])
	}
	for _, d := range u.decls {
		for _, l := range d.links() {
			u.links = append(u.links, l)
			u.linksAt[d] = append(u.linksAt[d], l)
		}
		u.addMakers(d)
	}
	w.universes[key] = u
	return u
}

// universeKey tells universes apart.
type universeKey struct {
	of   *Package
	wide bool
}

// first returns the host of an import path.
func first(path string) string {
	host, _, _ := strings.Cut(path, "/")
	return host
}

// include adds a package and what its stub imports.
func (u *universe) include(p *Package) {
	if slices.Contains(u.packages, p) {
		return
	}
	u.packages = append(u.packages, p)
	u.decls = append(u.decls, p.Decls...)
	for _, q := range p.imports {
		u.include(q)
	}
}

// typeKey tells types apart, and package variables.
type typeKey struct {
	named   *types.Named
	pointer bool
	other   string // of a type without a name
	global  *Decl
}

func keyOf(t types.Type) typeKey {
	key := typeKey{named: pointee(t)}
	_, key.pointer = types.Unalias(t).(*types.Pointer)
	if key.named == nil {
		key.other = types.TypeString(t, nil)
	}
	return key
}

// addMakers adds the ways to get an object that a declaration is.
func (u *universe) addMakers(d *Decl) {
	switch {
	case d.fn != nil:
		if made, ok := d.made(); ok && nameable(d.typeAt(made), 0) {
			u.makers = append(u.makers, maker{d, int(slotResult - made), d.typeAt(made)})
		}
	case d.isType() && u.w.kind(d.owner) != "" && nameable(d.owner, 0) && d.owner.TypeParams().Len() == 0:
		switch d.owner.Underlying().(type) {
		case *types.Struct:
			u.makers = append(u.makers, maker{d, 0, types.NewPointer(d.owner)})
		case *types.Map:
			u.makers = append(u.makers, maker{d, 0, d.owner})
		}
	}
}

// kindOf returns the kind of object that a maker makes.
func (u *universe) kindOf(m maker) string {
	if m.d.fn == nil {
		return u.w.kind(m.d.owner)
	}
	dir, _ := m.d.newOf()
	return dir.Words[0]
}

// makersOf returns the ways to get an object for a place of a type, simple ones
// first.
func (u *universe) makersOf(t types.Type) []maker {
	key := keyOf(t)
	list, ok := u.makersBy[key]
	if !ok {
		list = u.findMakers(t)
		u.makersBy[key] = list
	}
	return list
}

func (u *universe) findMakers(t types.Type) []maker {
	var exact, other []maker
	for _, m := range u.makers {
		switch {
		case pointee(m.typ) == pointee(t) && pointee(t) != nil, pointee(t) == nil && types.Identical(m.typ, t), isFunction(t) && types.AssignableTo(m.typ, t):
			exact = append(exact, m)
		case fits(m.typ, t) && u.mayStandFor(m, t):
			other = append(other, m)
		}
	}
	if len(exact)+len(other) == 0 {
		other = u.looseMakers(t)
	}
	slices.SortStableFunc(exact, func(a, b maker) int { return a.weight() - b.weight() })
	slices.SortStableFunc(other, func(a, b maker) int { return a.weight() - b.weight() })
	return append(exact, other...)
}

// isFunction reports whether a type is one of functions.
func isFunction(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// looseMakers returns the calls of a package that make what its empty interface
// is for.
func (u *universe) looseMakers(t types.Type) []maker {
	n := namedType(t)
	if i, ok := t.Underlying().(*types.Interface); !ok || n == nil || i.NumMethods() > 0 {
		return nil
	}
	var list []maker
	for _, m := range u.makers {
		if made := namedType(m.typ); m.d.fn != nil && m.d.owner == nil && made != nil && made.Obj().Pkg() == n.Obj().Pkg() {
			list = append(list, m)
		}
	}
	return list
}

// weight tells simple makers from those that need further objects.
func (m maker) weight() int {
	n := 0
	if m.d.fn == nil {
		return 2
	}
	if m.d.signature().Recv() != nil {
		n += 4
	}
	for _, dir := range m.d.Directives {
		if dir.Verb == "parent" {
			n += 2
		}
	}
	return n
}

// fits reports whether a value of type have can stand where want is wanted,
// perhaps as what it points to.
func fits(have, want types.Type) bool {
	if types.AssignableTo(have, want) {
		return true
	}
	if ptr, ok := have.(*types.Pointer); ok && types.AssignableTo(ptr.Elem(), want) {
		return true
	}
	return types.AssignableTo(types.NewPointer(have), want)
}

// mayStandFor reports whether a maker is meant for an interface that says
// nothing, as those of stubs do.
func (u *universe) mayStandFor(m maker, t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	if !ok || i.NumMethods() > 0 {
		return ok
	}
	if m.d.isType() && namedType(t) != nil {
		switch u.w.kind(m.d.owner) {
		case "login", "option", "http-credentials", "smtp-auth", "ssh-auth", "http-transport", "jwt-claims":
			have, want := pathOf(m.d.owner.Obj()), pathOf(namedType(t).Obj())
			return !isStandard(have) && (strings.HasPrefix(have, want) || strings.HasPrefix(want, have))
		}
	}
	return false
}

// usesOf returns the declarations in whose use an object can stand.
func (u *universe) usesOf(n *node) []*Decl {
	key := n.key()
	list, ok := u.usesBy[key]
	if !ok {
		for _, d := range u.decls {
			if len(places(n, d)) > 0 {
				list = append(list, d)
			}
		}
		u.usesBy[key] = list
	}
	return list
}

// plainKinds are the kinds of objects that hold a credential and tell nothing
// of where it goes.
var plainKinds = []string{
	"url-values", "http-header", "http-cookie", "userinfo", "form-data", "tls-config", "http-credentials", "oauth-config", "login",
}

// tellsWhere reports whether the object that a link joins can tell where a
// request goes.
func (l link) tellsWhere() bool {
	switch {
	case l.child == slotGlobal:
		return true
	case l.dir.Verb == "on" && l.dir.Words[1] == "send":
		return false
	}
	n := pointee(l.d.typeAt(l.child))
	return n == nil || !slices.Contains(plainKinds, l.d.Package.world.kind(n))
}

// joinsRequest reports whether the object that a link joins is a request.
func (l link) joinsRequest() bool {
	if l.child == slotGlobal {
		return false
	}
	n := pointee(l.d.typeAt(l.child))
	return n != nil && l.d.Package.world.kind(n) == "http-request"
}

// linksOf returns the links by which other objects can be joined to one.
func (u *universe) linksOf(n *node) []link {
	var list []link
	if n.made != nil {
		list = u.linksAt[n.made.d]
	}
	key := n.key()
	posts, ok := u.linksBy[key]
	if !ok {
		for _, l := range u.links {
			if l.parent >= slotField && slices.Contains(placesOfLink(n, l), l.parent) {
				posts = append(posts, l)
			}
		}
		u.linksBy[key] = posts
	}
	return append(list[:len(list):len(list)], posts...)
}
