package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// noteUse keeps what a call uses as a credential: a field or a parameter that is
// set as a password or put into the Authorization header is one, however common
// the word is that it is called by.
func (e *engine) noteUse(d directive, s site) {
	if e.told.quiet {
		return
	}
	named := false
	if a, ok := d.Arg("name"); ok {
		name := e.keyText(s, a)
		named = shape.OfName(name) != shape.None
	}
	for _, a := range d.Args {
		if a.Quoted || a.Index < 0 || a.Rest {
			continue
		}
		switch a.Name {
		case "password", "passphrase", "secret", "token", "key":
		case "value":
			if !named {
				continue
			}
		default:
			continue
		}
		e.markUsed(s.arg(a.Index), 0)
	}
}

// markUsed keeps the fields, parameters and results of calls that a value is made of.
func (e *engine) markUsed(v ssa.Value, depth int) {
	if v == nil || depth > 6 {
		return
	}
	switch v := strip(v).(type) {
	case *ssa.BinOp:
		e.markUsed(v.X, depth+1)
		e.markUsed(v.Y, depth+1)
	case *ssa.UnOp:
		if f, ok := v.X.(*ssa.FieldAddr); ok {
			e.told.used[fieldOf(f.X.Type(), f.Field)] = true
			return
		}
		e.markUsed(v.X, depth+1)
	case *ssa.Field:
		e.told.used[fieldOf(v.X.Type(), v.Field)] = true
	case *ssa.Parameter:
		e.told.used[v.Object()] = true
	case *ssa.Extract:
		e.told.values[v] = true
	case *ssa.Call:
		s := e.siteOf(v)
		for _, d := range e.funcDirectives(s.callee) {
			if d.Verb != "transfer" {
				continue
			}
			for _, a := range d.Args {
				for _, x := range e.directiveValues(s, a) {
					e.markUsed(x, depth+1)
				}
			}
		}
		e.told.values[v] = true
	}
}

// isUsed reports whether a field or a parameter is used as a credential.
func (e *engine) isUsed(o types.Object) bool { return o != nil && e.told.used[o] }
