package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// contextEvent identifies the object of what is put into a context.
type contextEvent struct{ call ssa.CallInstruction }

// collectContext records a text that is put into a context under a key of the
// models: a credential for the calls that are given the context.
func (e *engine) collectContext(d directive, s site) {
	key, okKey := d.Arg("key")
	value, okValue := d.Arg("value")
	if !okKey || !okValue {
		return
	}
	given := strip(s.arg(value.Index))
	if given == nil || !isPlainText(given.Type()) {
		return // an object has events of its own
	}
	load, ok := strip(s.arg(key.Index)).(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return
	}
	g, ok := load.X.(*ssa.Global)
	if !ok || g.Object() == nil {
		return
	}
	e.recordContext(s, g.Object(), given)
}

// recordContext records what the models say of a key.
func (e *engine) recordContext(s site, key types.Object, given ssa.Value) {
	for _, d := range e.directives(key, "") {
		if d.Verb != "context" || len(d.Words) < 2 {
			continue
		}
		o := e.newObject(contextEvent{s.instr}, "http-credentials", s.pos(), s.instr.Parent())
		o.Provider = e.providerOf(key.Pkg())
		ev := &Event{Role: d.Words[0], Text: "value of " + key.Name(), Pos: s.pos()}
		ev.Args = append(ev.Args, e.argument(d.Words[1], e.eval(given, s.pos())))
		for _, a := range d.Args {
			if a.Quoted {
				ev.Args = append(ev.Args, Arg{Name: a.Name, Value: text(a.Text)})
			}
		}
		e.record(o, ev, s.instr)
	}
}
