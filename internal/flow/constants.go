package flow

import (
	"go/constant"
	"go/types"
)

// constantDirectives returns what the models say of a constant of a type by its
// value: a program of which the constants are folded names none. Constants
// without a type are taken for the type's if their package is its own.
func (e *engine) constantDirectives(n *types.Named, value constant.Value) []directive {
	if value == nil || n.Obj().Pkg() == nil || e.model(n.Obj().Pkg().Path()) == nil {
		return nil
	}
	known, ok := e.memoOfObjects.constants[n]
	if !ok {
		known = e.constantsOf(n)
		e.memoOfObjects.constants[n] = known
	}
	return known[value.ExactString()]
}

// constantsOf returns the constants of a type that the models speak of, by value.
func (e *engine) constantsOf(n *types.Named) map[string][]directive {
	found := map[string][]directive{}
	scope := n.Obj().Pkg().Scope()
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if !ok {
			continue
		}
		ds := e.directives(c, "")
		if basic, untyped := c.Type().(*types.Basic); len(ds) > 0 && (types.Identical(c.Type(), n) || untyped && basic.Info()&types.IsUntyped != 0) {
			found[c.Val().ExactString()] = ds
		}
	}
	return found
}
