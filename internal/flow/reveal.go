package flow

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// Secret is a credential that a value gives away.
type Secret struct {
	Kind shape.Kind
	// Name is what the source calls it; What says in words what it is:
	// "parameter password", "field Password of Config".
	Name, What string
	// Certain is set when more than one common word says that it is one.
	Certain bool
	// Fresh is set when it is made at run time in the function that tells it.
	Fresh bool
	// Whole is the type that is told as a whole, the credential inside it.
	Whole string
	// Settings is set where all settings of the program are told.
	Settings bool
	// Listed is set for one of many that a response tells.
	Listed bool
	// Object is set for a credential on an object that is told as a whole.
	Object bool
	At     finding.Location
	Steps  []finding.Step

	param     int // of a parameter of owner, its index and one
	owner     *ssa.Function
	pos       token.Pos  // of what brings it onto an object, if that is known
	field     *types.Var // of a struct that is told as a whole
	digest    bool       // of a password, which only its owner may see
	listed    bool       // one of many
	maskable  bool       // the struct has a method that masks it
	absent    bool       // what comes from a store does not have it
	mayBePath bool       // of a key: the text may be the place of its file
	fromFile  bool       // read from a file that only its name speaks of
	decoded   *ssa.Call  // of a text that a call decodes
	filled    *ssa.Call  // of a struct that one call fills
}

// hole is a parameter whose value is given away, for callers to fill.
type hole struct {
	param  int
	owner  *ssa.Function
	as     rendering
	spread bool // the elements of the slice, not the slice
	format int  // the parameter that holds their format, -1 if none does
}

// revealed is what a value gives away.
type revealed struct {
	secrets []Secret
	holes   []hole
	// clean is set when it is known to give nothing away, so that its name does
	// not count: a constant, a length, a masked text.
	clean bool
}

// Limits of the walk. Beyond them nothing is told: silence, never a guess.
const (
	maxRevealDepth   = 32
	maxRevealSecrets = 6
	maxRevealHoles   = 6
	maxRevealStores  = 8
	maxShownPrefix   = 10 // characters of a credential that tell nobody anything
)

// revealKey is a value in a rendering.
type revealKey struct {
	v  ssa.Value
	as rendering
}

var nothing = revealed{clean: true}

// reveal returns what a value gives away when it is rendered.
func (e *engine) reveal(v ssa.Value, as rendering) revealed {
	if v == nil {
		return revealed{}
	}
	key := revealKey{v, as}
	if known, ok := e.told.reveals[key]; ok {
		return known
	}
	if e.told.depth >= maxRevealDepth {
		return revealed{}
	}
	e.told.reveals[key] = revealed{} // a cycle ends here
	e.told.depth++
	r := e.revealType(v, as)
	e.told.depth--
	e.told.reveals[key] = r
	return r
}

// revealType looks at a value by its type.
func (e *engine) revealType(v ssa.Value, as rendering) revealed {
	t := v.Type()
	if isPlainText(t) {
		if fn := e.rendererOf(t, as); fn != nil {
			return e.revealMethod(fn, v)
		}
		return e.revealText(v, as)
	}
	switch u := t.Underlying().(type) {
	case *types.Basic, *types.Signature, *types.Chan:
		return nothing
	case *types.Struct:
		return e.revealWhole(v, t, as)
	case *types.Pointer:
		return e.revealPointer(v, u.Elem(), as)
	case *types.Map:
		return e.revealMap(v, as)
	case *types.Slice, *types.Array:
		return e.revealElements(v, as)
	}
	return e.follow(v, as) // interfaces
}

// revealPointer looks at a pointer: of a struct the printers show the fields,
// of anything else the address, which JSON follows.
func (e *engine) revealPointer(v ssa.Value, elem types.Type, as rendering) revealed {
	if _, ok := elem.Underlying().(*types.Struct); ok {
		return e.revealWhole(v, elem, as)
	}
	if as != asJSON && as != asText {
		return nothing
	}
	if isPlainText(elem) {
		return e.revealLoad(v, elem, as)
	}
	return revealed{}
}

// revealText looks at a text; where the walk finds nothing, what the source
// calls the value tells.
func (e *engine) revealText(v ssa.Value, as rendering) revealed {
	r := e.follow(v, as)
	if r.clean || r.certain() {
		return r
	}
	if name := e.assignedName(v); shape.OfName(name) != shape.None {
		r = r.confirmed()
	}
	if e.told.values[v] {
		r.secrets = slices.Clone(r.secrets)
		for i := range r.secrets {
			r.secrets[i].Certain = true
		}
		if name := e.assignedName(v); len(r.secrets) == 0 && shape.OfName(name) != shape.None {
			return r.named(e, Secret{Certain: true, Name: name, What: "variable " + name, At: e.location(v.Pos(), v.Pos())}, v.Parent())
		}
	}
	if whole := e.revealDecoded(v); len(whole.secrets) > 0 {
		return whole
	}
	name := e.assignedName(v)
	if name == "" || len(r.secrets) > 0 && !shape.Certain(name) {
		return r
	}
	s := Secret{Certain: e.besideLogin(v), Name: name, What: "variable " + name, At: e.location(v.Pos(), v.Pos())}
	s.Fresh = isFreshCall(e.calleeName(v)) || e.isMade(v)
	return r.named(e, s, v.Parent())
}

// certain reports whether one of the secrets is one for certain.
func (r revealed) certain() bool {
	return slices.ContainsFunc(r.secrets, func(s Secret) bool { return s.Certain })
}

// with joins what two values give away.
func (r revealed) with(o revealed) revealed {
	out := revealed{clean: r.clean && o.clean, secrets: r.secrets, holes: r.holes}
	for _, s := range o.secrets {
		if len(out.secrets) < maxRevealSecrets && !out.has(s) {
			out.secrets = append(out.secrets[:len(out.secrets):len(out.secrets)], s)
		}
	}
	for _, h := range o.holes {
		if len(out.holes) < maxRevealHoles && !out.hasHole(h) {
			out.holes = append(out.holes[:len(out.holes):len(out.holes)], h)
		}
	}
	return out
}

func (r revealed) has(s Secret) bool {
	for _, x := range r.secrets {
		if x.What == s.What && x.Name == s.Name {
			return true
		}
	}
	return false
}

func (r revealed) hasHole(h hole) bool {
	for _, x := range r.holes {
		if x.owner == h.owner && x.param == h.param && x.as == h.as && x.spread == h.spread && x.format == h.format {
			return true
		}
	}
	return false
}

// passed returns r with a step on each secret.
func (r revealed) passed(step finding.Step) revealed {
	out := revealed{clean: r.clean, holes: r.holes}
	for _, s := range r.secrets {
		if !s.Certain {
			continue // a common word does not carry far
		}
		s.Steps = joinSteps(s.Steps, []finding.Step{step})
		out.secrets = append(out.secrets, s)
	}
	return out
}

// follow looks at a value by the instruction that makes it.
func (e *engine) follow(v ssa.Value, as rendering) revealed {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.MakeClosure, *ssa.Index:
		return nothing
	case *ssa.Parameter:
		return e.revealParameter(v, as)
	case *ssa.FreeVar:
		if b, ok := e.bindings[v]; ok {
			return e.reveal(b, as)
		}
	case *ssa.Phi:
		return e.revealPhi(v, as)
	case *ssa.BinOp:
		return e.revealBinary(v, as)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return e.revealLoad(v.X, v.Type(), as)
		}
	case *ssa.Field:
		return e.revealField(v.X, fieldOf(v.X.Type(), v.Field), as, v.Pos())
	case *ssa.Call:
		return e.revealCall(v, 0, as)
	case *ssa.Extract:
		return e.revealExtract(v, as)
	case *ssa.Lookup:
		return e.revealLookup(v, as)
	case *ssa.Slice:
		return e.revealSlice(v, as)
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global:
		return e.revealLoad(v, deref(v.Type()), as)
	}
	return e.revealConverted(v, as)
}

// revealConverted looks through instructions that change the type only. The
// methods of the type before do not count any more, but inside an interface.
func (e *engine) revealConverted(v ssa.Value, as rendering) revealed {
	switch v := v.(type) {
	case *ssa.Convert:
		if isPlainText(v.X.Type()) {
			return e.reveal(v.X, asText)
		}
		return nothing // a number
	case *ssa.MultiConvert:
		return e.reveal(v.X, asText)
	case *ssa.ChangeType:
		if isPlainText(v.X.Type()) {
			return e.reveal(v.X, asText)
		}
		return e.reveal(v.X, as)
	case *ssa.ChangeInterface:
		return e.reveal(v.X, as)
	case *ssa.MakeInterface:
		return e.reveal(v.X, as)
	case *ssa.TypeAssert:
		return e.reveal(v.X, as)
	case *ssa.SliceToArrayPointer:
		return e.reveal(v.X, as)
	}
	return revealed{}
}

// revealParameter looks at a parameter: its name, and the hole for callers.
func (e *engine) revealParameter(v *ssa.Parameter, as rendering) revealed {
	var r revealed
	if isPlainText(v.Type()) {
		i, _ := paramIndex(v)
		r = r.named(e, Secret{Name: v.Name(), What: "parameter " + v.Name(), param: i + 1, owner: v.Parent(), Certain: e.isUsed(v.Object()), At: e.location(v.Pos(), v.Pos()+token.Pos(len(v.Name()))), mayBePath: !isByteSlice(v.Type())}, v.Parent())
		if len(r.secrets) > 0 && r.secrets[0].Certain {
			return r
		}
	}
	if isPlainText(v.Type()) && isOtherName(v.Name()) {
		return r
	}
	if i, ok := paramIndex(v); ok && !(i == 0 && v.Parent().Signature.Recv() != nil) {
		r.holes = append(r.holes, hole{param: i, owner: v.Parent(), as: as, format: -1})
	}
	return r
}

func (e *engine) revealPhi(v *ssa.Phi, as rendering) revealed {
	out := nothing
	if isMarked(v, 0) {
		return nothing // masked where it is asked for
	}
	for _, edge := range v.Edges {
		if e.isCause(edge) {
			return nothing // the rest is left out where it is one
		}
	}
	for _, edge := range v.Edges {
		if edge != v {
			out = out.with(e.reveal(edge, as))
		}
	}
	if out.clean || len(out.secrets) > 0 || !isPlainText(v.Type()) {
		return out
	}
	return out.named(e, Secret{Name: v.Comment, What: "variable " + v.Comment, At: e.location(v.Pos(), v.Pos())}, v.Parent())
}

// revealBinary looks at a concatenation: its parts, and what the text before an
// unknown part says that it is.
func (e *engine) revealBinary(v *ssa.BinOp, as rendering) revealed {
	if v.Op != token.ADD || !isPlainText(v.Type()) {
		return nothing
	}
	left, right := e.reveal(v.X, asText), e.reveal(v.Y, asText)
	if !right.clean && !right.certain() {
		right = right.after(e, trailingText(v.X), v.Y)
	}
	return left.with(right)
}

// trailingText returns the constant text that a text ends with.
func trailingText(v ssa.Value) string {
	if b, ok := v.(*ssa.BinOp); ok {
		v = b.Y
	}
	if c, ok := v.(*ssa.Const); ok {
		return constText(c)
	}
	return ""
}

// revealLoad looks at what is stored at an address.
func (e *engine) revealLoad(addr ssa.Value, t types.Type, as rendering) revealed {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return e.revealAlloc(addr, as)
	case *ssa.FieldAddr:
		return e.revealField(addr.X, fieldOf(addr.X.Type(), addr.Field), as, addr.Pos())
	case *ssa.IndexAddr:
		return e.revealElements(addr.X, as)
	case *ssa.Global:
		return e.revealGlobal(addr, as)
	case *ssa.FreeVar:
		if b, ok := e.bindings[addr]; ok {
			return e.revealLoad(b, t, as)
		}
		return revealed{}
	case *ssa.Parameter:
		if !isPlainText(t) {
			return revealed{}
		}
		return revealed{}.named(e, Secret{Name: addr.Name(), What: "parameter " + addr.Name(), At: e.location(addr.Pos(), addr.Pos())}, addr.Parent())
	case *ssa.Call:
		return e.revealCall(addr, 0, as) // a flag's pointer
	case *ssa.UnOp:
		if addr.Op == token.MUL {
			return e.revealLoad(addr.X, t, as)
		}
	case *ssa.Phi:
		return e.revealPhi(addr, as)
	}
	return revealed{}
}

// revealAlloc looks at a variable in memory.
func (e *engine) revealAlloc(a *ssa.Alloc, as rendering) revealed {
	if _, ok := deref(a.Type()).Underlying().(*types.Array); ok {
		return e.revealElements(a, as)
	}
	stores := e.storesTo(a)
	out := revealed{clean: len(stores) > 0}
	if r, ok := e.revealInto(a); ok {
		return r
	}
	for _, s := range stores {
		out = out.with(e.reveal(s.Val, as))
	}
	if escapes(a) && len(e.storesTo(a)) == 0 {
		out.clean = false
	}
	if out.clean && !(escapes(a) && !captured(a)) || len(out.secrets) > 0 || !isPlainText(deref(a.Type())) {
		return out
	}
	out.clean = false
	return out.named(e, Secret{Name: a.Comment, What: "variable " + a.Comment, At: e.location(a.Pos(), a.Pos())}, a.Parent())
}

// captured reports whether a variable leaves its function into closures only.
func captured(a *ssa.Alloc) bool {
	for _, r := range *a.Referrers() {
		switch r.(type) {
		case *ssa.Store, *ssa.UnOp, *ssa.DebugRef, *ssa.MakeClosure:
		default:
			return false
		}
	}
	return true
}

// revealGlobal looks at a package variable.
func (e *engine) revealGlobal(g *ssa.Global, as rendering) revealed {
	t := deref(g.Type())
	if !isPlainText(t) || g.Object() == nil {
		return revealed{}
	}
	if r, ok := e.modelled(e.directives(g.Object(), ""), nil, g.Object().Name()); ok {
		return r
	}
	out := revealed{}
	if stores := e.visible(e.globals[g], g.Pos()); g.Pkg == e.pkg && len(stores) > 0 {
		out.clean = true
		for i, s := range stores {
			if i == maxRevealStores {
				break
			}
			out = out.with(e.reveal(s.Val, as))
		}
		out.holes = nil
	}
	if len(out.secrets) > 0 {
		return out
	}
	out.clean = false
	name := g.Object().Name()
	at := finding.Location{}
	if g.Pkg == e.pkg {
		at = e.location(g.Pos(), g.Pos()+token.Pos(len(name)))
		if len(e.globals[g]) > 0 && e.constantOnly(e.globals[g]) {
			return e.constantGlobal(g)
		}
	}
	return out.named(e, Secret{Name: name, What: "variable " + name, At: at}, nil)
}

// revealExtract looks at one result of several.
func (e *engine) revealExtract(v *ssa.Extract, as rendering) revealed {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		return e.revealCall(t, v.Index, as)
	case *ssa.Lookup:
		if v.Index == 0 {
			return e.revealLookup(t, as)
		}
		return nothing
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return e.reveal(t.X, as)
		}
		return nothing
	case *ssa.Next:
		if r, ok := t.Iter.(*ssa.Range); ok && v.Index == 2 {
			return e.revealMap(r.X, as)
		}
	}
	return revealed{}
}

// revealSlice looks at a part of a text: a short beginning or end gives nothing
// away that helps anybody.
func (e *engine) revealSlice(v *ssa.Slice, as rendering) revealed {
	if isPlainText(v.Type()) && !isMadeSlice(v) && isShortPart(v) {
		return nothing
	}
	return e.reveal(v.X, as)
}

// isShortPart reports whether a slice is a beginning or an end of few characters.
func isShortPart(v *ssa.Slice) bool {
	if n, ok := smallConst(v.High); ok && n <= maxShownPrefix {
		return true
	}
	if lo, ok := v.Low.(*ssa.BinOp); ok && lo.Op == token.SUB && v.High == nil {
		n, ok := smallConst(lo.Y)
		return ok && n <= maxShownPrefix
	}
	lo, okLo := smallConst(v.Low)
	hi, okHi := smallConst(v.High)
	return okLo && okHi && hi-lo <= maxShownPrefix
}

func smallConst(v ssa.Value) (int64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil {
		return 0, false
	}
	if b, ok := c.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
		return 0, false
	}
	return c.Int64(), true
}
