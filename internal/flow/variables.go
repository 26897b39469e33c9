package flow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// variableKey identifies the object in a package variable that a model names.
// Export data leaves out variables that are not exported, so it is a name.
type variableKey struct{ path, name string }

// variableTarget returns the object in the package variable that the target of
// a directive names, nil if it names none.
func (e *engine) variableTarget(s site, word string) *Object {
	if s.callee == nil || s.callee.Pkg() == nil {
		return nil
	}
	return e.objectOfVariable(s.callee.Pkg().Path(), word)
}

// objectOfVariable returns the object that the model of a package declares a
// variable to hold, nil if there is no such declaration.
func (e *engine) objectOfVariable(path, name string) *Object {
	key := variableKey{path, name}
	if o, ok := e.objects[key]; ok {
		return o
	}
	m := e.model(path)
	if m == nil {
		return nil
	}
	// The words for other targets (recv, arg0 ...) are no names of declarations
	// with directives.
	for _, d := range m.Decls[name] {
		if d.Verb == "object" && len(d.Words) > 0 {
			o := e.newObject(key, d.Words[0], token.NoPos, nil)
			o.Exposed = true
			o.Provider = m.Provider
			return o
		}
	}
	return nil
}

// collectVariable records the "field" directives of a package variable of a
// library: each store is an event on an object of its own.
func (e *engine) collectVariable(s *ssa.Store, g *ssa.Global) {
	if g.Object() == nil || g.Pkg == e.pkg {
		return
	}
	for _, d := range e.directives(g.Object(), "") {
		if d.Verb != "field" || len(d.Words) < 2 {
			continue
		}
		o := e.newObject(s, loginKind, s.Pos(), s.Parent())
		ev := &Event{Role: d.Words[0], Text: "variable " + g.Name(), Pos: s.Pos()}
		if pos, end := e.literals.field(s.Pos(), s.Pos()); pos.IsValid() {
			ev.Pos, ev.End = pos, end
		}
		ev.Args = append(ev.Args, e.argument(d.Words[1], e.eval(s.Val, s.Pos())))
		for _, a := range d.Args {
			if a.Quoted {
				ev.Args = append(ev.Args, Arg{Name: a.Name, Value: text(a.Text)})
			}
		}
		e.record(o, ev, s)
	}
}

// loginKind is the kind of object that is nothing but a place for a credential.
const loginKind = "login"
