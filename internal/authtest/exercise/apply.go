package exercise

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/authlint/authlint/rules"
)

// arguments are the expressions given to a call, by position. The last
// position of a variadic function may have several.
type arguments map[int][]string

// call writes a call of a function, of a method of recv, or of a method of a
// parameter if recv is empty. What is not given becomes a parameter; a variadic
// rest is left out.
func (p *program) call(d *Decl, recv string, given arguments) string {
	sig := d.signature()
	var list []string
	for i := range sig.Params().Len() {
		variadic := sig.Variadic() && i == sig.Params().Len()-1
		switch exprs, ok := given[i]; {
		case ok:
			list = append(list, exprs...)
		case !variadic:
			list = append(list, p.param(sig.Params().At(i).Type()))
		}
	}
	name := ""
	if sig.Recv() == nil {
		name = p.ref(d.fn)
	} else {
		if recv == "" {
			recv = p.param(exposed(sig.Recv().Type()))
		}
		name = recv + "." + d.fn.Name()
	}
	return name + "(" + strings.Join(list, ", ") + ")"
}

// exposed returns the type by which others have the methods of a type that is
// not exported: one of its package that embeds it.
func exposed(t types.Type) types.Type {
	n := pointee(t)
	if n == nil || n.Obj().Exported() || n.Obj().Pkg() == nil {
		return t
	}
	scope := n.Obj().Pkg().Scope()
	for _, name := range scope.Names() {
		owner, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !owner.Exported() {
			continue
		}
		st, ok := owner.Type().Underlying().(*types.Struct)
		for i := 0; ok && i < st.NumFields(); i++ {
			if f := st.Field(i); f.Embedded() && pointee(f.Type()) == n {
				return types.NewPointer(owner.Type())
			}
		}
	}
	return t
}

// discard writes an expression as a statement, its results dropped.
func (p *program) discard(d *Decl, expr string) int {
	n := d.signature().Results().Len()
	if n == 0 {
		return p.add("%s", expr)
	}
	return p.add("%s= %s", strings.Repeat("_, ", n-1)+"_ ", expr)
}

// paramType returns the type of the i-th parameter, of a variadic one that of
// its elements.
func (d *Decl) paramType(i int) types.Type {
	sig := d.signature()
	t := sig.Params().At(i).Type()
	if sig.Variadic() && i == sig.Params().Len()-1 {
		return t.(*types.Slice).Elem()
	}
	return t
}

// give puts the texts for a directive's arguments into a call.
func (p *program) give(d *Decl, dir rules.Directive, texts map[string]text, given arguments) {
	for _, a := range dir.Args {
		x, ok := texts[a.Name]
		if !ok || a.Index < 0 {
			continue
		}
		if a.Rest && x.name != "" {
			value := text{expr: x.expr, constant: x.constant}
			given[a.Index] = []string{p.carry(d.paramType(a.Index), literal(x.name)), p.carry(d.paramType(a.Index), value)}
			continue
		}
		given[a.Index] = []string{p.carry(d.paramType(a.Index), x)}
	}
}

// apply writes a declaration with the texts for one of its directives, as a
// statement of its own. Assign tells fields to be assigned, not to be written
// in a literal.
func (p *program) apply(d *Decl, dir rules.Directive, texts map[string]text, assign bool) int {
	switch {
	case d.fn != nil:
		given := arguments{}
		p.give(d, dir, texts, given)
		return p.discard(d, p.call(d, "", given))
	case d.field != nil:
		return p.setField(d, p.carry(d.field.Type(), texts[dir.Words[1]]), assign)
	case d.value != nil:
		return p.add("%s = %s", p.ref(d.value), p.carry(d.value.Type(), texts[dir.Words[1]]))
	}
	p.fail("nothing to apply")
	return 0
}

// setField writes a field: in a literal, or in a parameter.
func (p *program) setField(d *Decl, value string, assign bool) int {
	if !nameable(d.owner, 0) || !d.field.Exported() {
		p.fail("%s cannot be named", d.Name())
		return 0
	}
	if assign || len(d.path) > 1 {
		name := p.param(types.NewPointer(d.owner))
		return p.add("%s.%s = %s", name, strings.Join(d.path, "."), value)
	}
	return p.add("_ = &%s{%s: %s}", p.name(d.owner), d.field.Name(), value)
}

// env reads a variable of the environment whose name speaks of a credential.
func (p *program) env(name string) text {
	return text{expr: fmt.Sprintf("%s(%q)", p.std("os", "Getenv"), name)}
}
