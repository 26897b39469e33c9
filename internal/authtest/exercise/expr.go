package exercise

import (
	"fmt"
	"go/types"
	"strings"
)

// text is an expression of a text, or of a number or a switch.
type text struct {
	expr string
	// constant is set for a literal, which needs no conversion.
	constant bool
	// name is what the text is called, in a map, a form or a list; the list
	// begins with it.
	name string
	// verbatim is set for an expression of the very type.
	verbatim bool
}

// named is a text that is called something.
func named(name string, x text) text {
	x.name = name
	return x
}

// assignment is a text that names another and gives it, as in a form.
func assignment(name string, x text) text {
	return text{expr: fmt.Sprintf("%q + %s", name+"=", x.expr)}
}

func literal(s string) text { return text{expr: fmt.Sprintf("%q", s), constant: true} }

// raw is an expression that is written as it is, whatever the type.
func raw(expr string) text { return text{expr: expr, constant: true} }

// carry writes an expression of a type that holds a text: the text itself, its
// bytes, a pointer to it, a reader of it, a list with it, a function that
// returns it.
func (p *program) carry(t types.Type, x text) string {
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return x.expr
	}
	if x.verbatim {
		return x.expr
	}
	if x.name != "" {
		return p.carryNamed(t, x)
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if namedType(t) != nil && !x.constant {
			return p.name(t) + "(" + x.expr + ")"
		}
		return x.expr
	case *types.Slice:
		if isByte(u.Elem()) {
			return p.name(t) + "(" + x.expr + ")"
		}
		return p.name(t) + "{" + p.carry(u.Elem(), x) + "}"
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Struct); ok {
			break
		}
		name := p.fresh("v")
		p.add("var %s %s = %s", name, p.name(u.Elem()), p.carry(u.Elem(), x))
		return "&" + name
	case *types.Signature:
		return p.function(t, u, x)
	case *types.Interface:
		return p.implement(t, u, x)
	}
	return p.fail("a %s holds no text", types.TypeString(t, nil))
}

// carryNamed writes a map or a list with one name and its text.
func (p *program) carryNamed(t types.Type, x text) string {
	name, value := literal(x.name), x
	value.name = ""
	switch u := t.Underlying().(type) {
	case *types.Map:
		return fmt.Sprintf("%s{%s: %s}", p.name(t), p.carry(u.Key(), name), p.carry(u.Elem(), value))
	case *types.Slice:
		if isByte(u.Elem()) {
			break
		}
		return fmt.Sprintf("%s{%s, %s}", p.name(t), p.carry(u.Elem(), name), p.carry(u.Elem(), value))
	case *types.Interface:
		if u.NumMethods() == 0 {
			return fmt.Sprintf("map[string]string{%s: %s}", name.expr, value.expr)
		}
	}
	return p.carry(t, assignment(x.name, value))
}

// function writes a function that returns the text as its first result.
func (p *program) function(t types.Type, sig *types.Signature, x text) string {
	if sig.Results().Len() == 0 {
		return p.fail("a function without result")
	}
	results := []string{p.carry(sig.Results().At(0).Type(), x)}
	for i := 1; i < sig.Results().Len(); i++ {
		results = append(results, p.zero(sig.Results().At(i).Type()))
	}
	return p.signature(sig) + " { return " + strings.Join(results, ", ") + " }"
}

// signature writes the head of a function literal whose parameters have no names.
func (p *program) signature(sig *types.Signature) string {
	return p.name(types.NewSignatureType(nil, nil, nil, anonymous(sig.Params()), anonymous(sig.Results()), sig.Variadic()))
}

// anonymous returns a tuple without names.
func anonymous(t *types.Tuple) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		vars[i] = types.NewParam(0, nil, "", t.At(i).Type())
	}
	return types.NewTuple(vars...)
}

// implement writes a value of an interface that holds the text.
func (p *program) implement(t types.Type, u *types.Interface, x text) string {
	switch {
	case u.NumMethods() == 0:
		return x.expr
	case types.Implements(p.w.pointer("strings", "Reader"), u):
		return p.std("strings", "NewReader") + "(" + x.expr + ")"
	case types.Identical(u, types.Universe.Lookup("error").Type().Underlying()):
		return p.std("errors", "New") + "(" + x.expr + ")"
	case types.Implements(types.NewSlice(types.Typ[types.Byte]), u):
		return x.expr
	}
	if impl, ok := p.w.readCloser(u); ok {
		return p.std("io", impl) + "(" + p.std("strings", "NewReader") + "(" + x.expr + "))"
	}
	return p.fail("no implementation of %s holds text", types.TypeString(t, nil))
}

// zero writes the zero value of a type.
func (p *program) zero(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsBoolean != 0:
			return "false"
		}
		return "0"
	case *types.Struct, *types.Array:
		return p.name(t) + "{}"
	}
	return "nil"
}

// param adds a parameter of a type and returns its name. What cannot be named
// becomes its zero value.
func (p *program) param(t types.Type) string {
	if !nameable(t, 0) {
		switch t.Underlying().(type) {
		case *types.Struct, *types.Array:
			return p.fail("%s cannot be named", types.TypeString(t, nil))
		}
		return p.zero(t)
	}
	name := p.fresh("p")
	p.params = append(p.params, name+" "+p.name(t))
	return name
}

// nameable reports whether another package can write a type.
func nameable(t types.Type, depth int) bool {
	if depth > 8 {
		return true
	}
	switch t := t.(type) {
	case *types.Alias:
		return t.Obj().Exported() || t.Obj().Pkg() == nil
	case *types.Named:
		return (t.Obj().Exported() || t.Obj().Pkg() == nil) && !strings.Contains(pathOf(t.Obj()), "internal/")
	case *types.TypeParam:
		return false
	case *types.Pointer:
		return nameable(t.Elem(), depth+1)
	case *types.Slice:
		return nameable(t.Elem(), depth+1)
	case *types.Array:
		return nameable(t.Elem(), depth+1)
	case *types.Chan:
		return nameable(t.Elem(), depth+1)
	case *types.Map:
		return nameable(t.Key(), depth+1) && nameable(t.Elem(), depth+1)
	case *types.Signature:
		return nameableTuple(t.Params(), depth) && nameableTuple(t.Results(), depth)
	}
	return true
}

func nameableTuple(t *types.Tuple, depth int) bool {
	for i := range t.Len() {
		if !nameable(t.At(i).Type(), depth+1) {
			return false
		}
	}
	return true
}

func pathOf(obj types.Object) string {
	if obj.Pkg() == nil {
		return ""
	}
	return obj.Pkg().Path()
}

// namedType returns the named type that t is, nil if it has no name.
func namedType(t types.Type) *types.Named {
	n, _ := types.Unalias(t).(*types.Named)
	return n
}

// pointee returns the named type that t is or points to.
func pointee(t types.Type) *types.Named {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	return namedType(t)
}

func isByte(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

// lookup returns a type of a package.
func (w *World) lookup(path, name string) types.Type {
	if p, ok := w.byPath[path]; ok {
		return p.Types.Scope().Lookup(name).Type()
	}
	return w.std[path].Scope().Lookup(name).Type()
}

func (w *World) pointer(path, name string) types.Type {
	return types.NewPointer(w.lookup(path, name))
}

// readCloser returns the function of package io that makes a reader into what
// an interface asks for.
func (w *World) readCloser(u *types.Interface) (string, bool) {
	return "NopCloser", types.Implements(w.lookup("io", "ReadCloser"), u)
}

// pointerTo returns the type of pointers to a type.
func pointerTo(t types.Type) types.Type { return types.NewPointer(t) }
