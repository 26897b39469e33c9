package patch

import (
	"go/ast"
	"go/types"
	"slices"
)

// Fits reports whether the variables of a declaration have types, so that their
// initial values can be repaired.
func Fits(info *types.Info, spec *ast.ValueSpec) bool {
	return !slices.ContainsFunc(spec.Names, func(id *ast.Ident) bool {
		v, ok := info.Defs[id].(*types.Var)
		return !ok || isInvalid(v.Type())
	})
}

// Values repairs the initial values of package variables, which Fits must hold
// for. What cannot be repaired goes; the result is whether something is left.
func (p *Patcher) Values(spec *ast.ValueSpec) (ok bool) {
	defer func() {
		if value := recover(); value != nil {
			if _, known := value.(unfit); !known {
				panic(value)
			}
			ok = false
		}
		if !ok {
			for _, e := range spec.Values {
				p.initial(e, nil)
			}
			spec.Values = nil
		}
	}()
	p.note(spec)
	if len(spec.Values) != len(spec.Names) {
		if len(spec.Values) != 1 {
			return false
		}
		var places []ast.Expr
		for _, id := range spec.Names {
			places = append(places, id)
		}
		e := p.inner(spec.Values[0])
		return p.isSound(e) && p.fitsAll(places, p.typeOf(e))
	}
	for i, e := range spec.Values {
		fixed := p.fix(e, p.info.Defs[spec.Names[i]].Type())
		p.initial(e, fixed)
		spec.Values[i] = fixed
	}
	return true
}

// initial replaces an initial value in the order of initialisation, nil removes it.
func (p *Patcher) initial(old, value ast.Expr) {
	if old == value {
		return
	}
	for _, init := range p.info.InitOrder {
		if init.Rhs == old && value != nil {
			init.Rhs = value
		}
	}
	if value == nil {
		p.info.InitOrder = slices.DeleteFunc(p.info.InitOrder, func(init *types.Initializer) bool { return init.Rhs == old })
	}
}
