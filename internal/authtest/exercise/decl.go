package exercise

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/authlint/authlint/rules"
)

// Decl is a declaration with directives.
type Decl struct {
	Package    *Package
	Key        string // as in the model
	Directives []rules.Directive

	fn    *types.Func  // of a function or method
	field *types.Var   // of a field
	path  []string     // names from the owner's struct to the field
	owner *types.Named // of a field or method, or the type itself
	value types.Object // of a variable or constant

	instance *types.Signature
}

// Name returns the declaration's name for readers and exceptions.
func (d *Decl) Name() string { return d.Package.Model.Path + "." + d.Key }

// declare finds the objects of the declarations that have directives.
func (p *Package) declare() error {
	for _, key := range slices.Sorted(maps.Keys(p.Model.Decls)) {
		ds := p.Model.Decls[key]
		if len(ds) == 0 {
			continue
		}
		d := &Decl{Package: p, Key: key, Directives: ds}
		if key != rules.PackageKey {
			if err := d.find(); err != nil {
				return err
			}
		}
		p.Decls = append(p.Decls, d)
	}
	return nil
}

// find finds what a declaration declares.
func (d *Decl) find() error {
	name, rest, nested := strings.Cut(d.Key, ".")
	switch obj := d.Package.Types.Scope().Lookup(name).(type) {
	case nil:
		return fmt.Errorf("%s is not declared", d.Name())
	case *types.Func:
		d.fn = obj
	case *types.TypeName:
		d.owner, _ = types.Unalias(obj.Type()).(*types.Named)
		if nested {
			return d.member(strings.Split(rest, "."))
		}
		d.value = nil
	default:
		d.value = obj
	}
	return nil
}

// member finds a method or a field.
func (d *Decl) member(names []string) error {
	if d.owner == nil {
		return fmt.Errorf("%s is a member of no defined type", d.Name())
	}
	obj, _, _ := types.LookupFieldOrMethod(d.owner, true, d.Package.Types, names[0])
	for _, name := range names[1:] {
		if obj == nil {
			break
		}
		obj, _, _ = types.LookupFieldOrMethod(obj.Type(), true, d.Package.Types, name)
	}
	switch obj := obj.(type) {
	case *types.Func:
		d.fn = obj
	case *types.Var:
		d.field, d.path = obj, names
	default:
		return fmt.Errorf("%s is not declared", d.Name())
	}
	return nil
}

// signature returns the signature of a function or method, of a generic one
// that for the least types that it takes.
func (d *Decl) signature() *types.Signature {
	sig := d.fn.Type().(*types.Signature)
	if sig.TypeParams().Len() == 0 {
		return sig
	}
	if d.instance == nil {
		var list []types.Type
		for p := range sig.TypeParams().TypeParams() {
			list = append(list, least(p))
		}
		t, err := types.Instantiate(nil, sig, list, false)
		if err != nil {
			return sig
		}
		d.instance = t.(*types.Signature)
	}
	return d.instance
}

// least returns a type for a type parameter: its constraint if that is an
// interface like others, else a string.
func least(p *types.TypeParam) types.Type {
	if i, ok := p.Constraint().Underlying().(*types.Interface); ok && i.IsMethodSet() && i.NumMethods() > 0 && !i.IsComparable() {
		return p.Constraint()
	}
	return types.Typ[types.String]
}

// isType reports whether the declaration is a type's own.
func (d *Decl) isType() bool {
	return d.owner != nil && d.fn == nil && d.field == nil
}
