package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// userField returns what is stored in the field of a struct that by its name
// holds a user.
func (e *engine) userField(base ssa.Value) Value {
	refs := base.Referrers()
	if refs == nil {
		return Value{}
	}
	for _, ref := range *refs {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || addr.X != base {
			continue
		}
		name := fieldOf(addr.X.Type(), addr.Field).Name()
		if !shape.IsUserName(name) && name != "Name" {
			continue
		}
		for _, use := range *addr.Referrers() {
			if s, ok := use.(*ssa.Store); ok && s.Addr == addr && isText(s.Val.Type()) {
				return e.eval(s.Val, s.Pos())
			}
		}
	}
	return Value{}
}
