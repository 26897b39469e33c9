package flow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/shape"
)

// calleeChecks returns the tests of a callee's parameters.
func (c *examiner) calleeChecks(s site) []CheckSummary {
	if s.fn != nil {
		return c.summaries(s.fn)
	}
	if s.callee == nil || s.common.IsInvoke() || s.callee.Pkg() == nil || s.callee.Pkg() == c.pass.Pkg {
		return nil
	}
	var fact Checks
	if c.pass.ImportObjectFact(s.callee, &fact) {
		return fact.List
	}
	return nil
}

// summaries returns the tests of a function that concern its callers: the text
// is a parameter, and the number is another, or nothing in the function says of
// what the text is.
func (c *examiner) summaries(fn *ssa.Function) []CheckSummary {
	var list []CheckSummary
	for _, check := range c.of(fn) {
		if check.param.index < 0 || len(list) == maxChecksTold || check.Inherited && !testsByName(fn) {
			continue // what a helper of a helper compares is not what this one is for
		}
		cs := CheckSummary{
			Measure: check.Measure, Param: check.param.index, Path: check.param.path, Limit: check.limit.index, LimitPath: check.limit.path,
			Offset: check.offset, Names: check.Names, Functions: check.Functions, At: check.At,
		}
		if cs.Limit < 0 {
			if len(check.Limits) == 0 || slices.ContainsFunc(check.Names, isPasswordName) {
				continue // told where it stands
			}
			cs.Least = check.Limits[0].Value
			if at := check.Limits[0].At; !at.IsZero() {
				cs.At = at
			}
		}
		list = append(list, cs)
	}
	return list
}

func isPasswordName(name string) bool { return shape.OfName(name) == shape.Password }

// testsByName reports whether a function by its name tests something.
func testsByName(fn *ssa.Function) bool {
	return shape.HasWord(fn.Name(), "valid", "validate", "validates", "validator", "check", "checks", "min", "minimum", "length", "len", "short",
		"strong", "strength", "ensure", "require", "verify", "is", "has", "chars", "runes", "characters", "rule", "policy", "long", "enough",
		"weak", "least", "complexity", "secure", "acceptable", "meets", "satisfies")
}

// export returns the tests that callers in other packages may ask for: those of
// functions that by their name test something, because every decoder compares
// the length of what it reads.
func (c *examiner) export(fn *ssa.Function) []CheckSummary {
	if !testsByName(fn) {
		return nil
	}
	list := slices.Clone(c.summaries(fn))
	for i := range list {
		list[i].At = c.exportLocation(list[i].At)
	}
	return list
}

// inherited returns the test that a call makes through its callee.
func (c *examiner) inherited(cs CheckSummary, s site) *Check {
	if cs.Param >= len(s.actuals) || cs.Limit >= len(s.actuals) {
		return nil
	}
	check := &Check{Measure: cs.Measure, limit: noParam, offset: cs.Offset, Inherited: true}
	check.Pos, check.End = c.span(s.instr, s.pos())
	check.At = c.location(check.Pos, check.End)
	check.Functions = slices.Clone(cs.Functions)
	check.target = c.unwrapped(s.actuals[cs.Param], 0)
	call := c.literals.call(s.pos())
	if cs.Path != "" {
		check.addName(cs.Path[strings.LastIndexByte(cs.Path, '.')+1:])
	} else {
		c.nameTarget(check, check.target, nil)
		if arg := argument(call, s, cs.Param); arg != nil {
			check.addName(goexpr.Name(arg))
		}
	}
	for _, name := range cs.Names {
		check.addName(name)
	}
	switch {
	case cs.Limit < 0:
		check.Limits = []Limit{{Value: cs.Least, At: local(cs.At)}}
	case cs.LimitPath != "":
		c.numbers(check, c.pathValue(s.actuals[cs.Limit], cs.LimitPath, s.instr))
		if p := c.paramOf(s.actuals[cs.Limit], s.instr.Parent()); p.index >= 0 && p.path == "" {
			check.limit = textParam{p.index, cs.LimitPath}
		}
	default:
		c.limits(check, s.actuals[cs.Limit], argument(call, s, cs.Limit))
	}
	check.Steps = []finding.Step{
		step(finding.Pass, check.At, "passed to "+s.name()),
		step(finding.Sink, cs.At, "test of its length"),
	}
	return check
}

// local returns the place if it lies in the package, else the zero location.
func local(at finding.Location) finding.Location {
	if at.Package != "" {
		return finding.Location{}
	}
	return at
}

// argument returns the expression of the i-th actual argument, nil for a
// receiver and where the source does not tell.
func argument(call *ast.CallExpr, s site, i int) ast.Expr {
	if s.recv != nil {
		i--
	}
	if call == nil || i < 0 || i >= len(call.Args) {
		return nil
	}
	return call.Args[i]
}

// paramOf returns the parameter of fn that a value is, or whose field it is.
func (c *examiner) paramOf(v ssa.Value, fn *ssa.Function) textParam {
	if v == nil {
		return noParam
	}
	path := ""
	for range 4 {
		switch x := v.(type) {
		case *ssa.Parameter:
			if i, ok := paramIndex(x); ok && x.Parent() == fn {
				return textParam{i, path}
			}
			return noParam
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return noParam
			}
			v = x.X
		case *ssa.FieldAddr:
			if path != "" {
				return noParam
			}
			path, v = fieldOf(x.X.Type(), x.Field).Name(), x.X
		case *ssa.Field:
			if path != "" {
				return noParam
			}
			path, v = fieldOf(x.X.Type(), x.Field).Name(), x.X
		case *ssa.Alloc: // a parameter that is spilled to have an address
			stores := c.storesTo(x)
			if len(stores) != 1 {
				return noParam
			}
			v = stores[0].Val
		default:
			return noParam
		}
	}
	return noParam
}

// nameTarget tells what the source calls the text.
func (c *examiner) nameTarget(check *Check, v ssa.Value, b *ast.BinaryExpr) {
	check.addName(c.nameOf(v))
	if b != nil {
		for _, side := range []ast.Expr{b.X, b.Y} {
			check.addName(measuredName(side, 0))
		}
	}
	switch v := v.(type) {
	case *ssa.Call:
		check.addName(c.lengthName(v))
		c.partNames(check, v)
	case *ssa.Extract, *ssa.UnOp, *ssa.Phi, *ssa.Lookup:
		c.partNames(check, v)
	}
	if n := namedOf(v.Type()); n != nil {
		check.Type = n.Obj().Name()
	}
	check.Owner = ownerOf(v)
	check.Cut = isCut(v)
}

// ownerOf returns the name of the struct that a value is a field of.
func ownerOf(v ssa.Value) string {
	var base types.Type
	switch v := v.(type) {
	case *ssa.UnOp:
		if f, ok := v.X.(*ssa.FieldAddr); ok {
			base = f.X.Type()
		}
	case *ssa.Field:
		base = v.X.Type()
	}
	if n := namedOf(base); n != nil {
		return n.Obj().Name()
	}
	return ""
}

// isCut reports whether a piece of a text is taken.
func isCut(v ssa.Value) bool {
	if v.Referrers() == nil {
		return false
	}
	return slices.ContainsFunc(*v.Referrers(), func(r ssa.Instruction) bool {
		s, ok := r.(*ssa.Slice)
		return ok && (s.Low != nil || s.High != nil)
	})
}

// lengthName returns the name of the argument of the call that a value is, for
// a getter: user.GetPassword() is named by the callee already.
func (c *examiner) lengthName(call *ssa.Call) string {
	if expr := c.literals.call(call.Pos()); expr != nil {
		return goexpr.Name(expr)
	}
	return ""
}

// partNames adds the names of forms, keys and fields that a value is read from.
func (c *examiner) partNames(check *Check, v ssa.Value) {
	for _, alt := range c.eval(v, v.Pos()).Alts {
		for _, p := range alt.Parts {
			switch p.Kind {
			case Setting, Environment, Param:
				check.addName(p.holeName())
			}
		}
	}
}

func (check *Check) addName(name string) {
	if name != "" && len(check.Names) < 8 && !slices.Contains(check.Names, name) {
		check.Names = append(check.Names, name)
	}
}

// measuredName returns the name of the text in len(text), len([]rune(text)),
// utf8.RuneCountInString(text).
func measuredName(e ast.Expr, depth int) string {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || depth > 4 {
		return ""
	}
	if name := measuredName(call.Args[0], depth+1); name != "" {
		return name
	}
	return goexpr.Name(call.Args[0])
}

// limits tells what the text must reach, with the places of the numbers. at is
// the expression of the limit, nil if it is not known.
func (c *examiner) limits(check *Check, v ssa.Value, at ast.Expr) {
	r := limitReader{examiner: c, check: check, seen: map[any]bool{}}
	r.read(v, at, 0)
}

// A limitReader reads the numbers of one limit. What it has seen once it does
// not follow again: fields are stored to from each other, so that the ways to a
// number grow with the power of their length.
type limitReader struct {
	*examiner
	check *Check
	seen  map[any]bool // values, variables and fields
}

// entered reports whether a thing is looked at for the first time.
func (r *limitReader) entered(what any) bool {
	if r.seen[what] {
		return false
	}
	r.seen[what] = true
	return true
}

// read follows one value.
func (r *limitReader) read(v ssa.Value, at ast.Expr, depth int) {
	if depth > 6 || len(r.check.Limits) == maxAlternatives {
		r.check.Open = true
		return
	}
	switch v := v.(type) {
	case *ssa.Const:
		r.number(r.check, v.Value, at)
	case *ssa.Parameter:
		r.check.Open = true
		r.check.limit = r.paramOf(v, v.Parent())
	case *ssa.Convert:
		r.read(v.X, at, depth+1)
	case *ssa.ChangeType:
		r.read(v.X, at, depth+1)
	case *ssa.MakeInterface:
		r.read(v.X, at, depth+1)
	case *ssa.Phi:
		if !r.entered(v) {
			return
		}
		for _, edge := range v.Edges {
			r.read(edge, nil, depth+1)
		}
	case *ssa.UnOp:
		r.stored(v, depth)
	case *ssa.Field:
		r.storedField(fieldOf(v.X.Type(), v.Field), depth)
		r.check.limit = r.paramOf(v, v.Parent())
	default:
		r.numbers(r.check, r.eval(v, v.Pos()))
	}
}

// stored tells the numbers that a package variable, a field or a local variable
// holds.
func (r *limitReader) stored(v *ssa.UnOp, depth int) {
	switch addr := v.X.(type) {
	case *ssa.Global:
		if !r.entered(addr) {
			return
		}
		stores := r.globals[addr]
		if len(stores) == 0 {
			r.check.Open = true
		}
		for _, s := range stores[:min(len(stores), maxStoresRead)] {
			r.read(s.Val, r.values[addr.Object()], depth+1)
		}
	case *ssa.FieldAddr:
		r.storedField(fieldOf(addr.X.Type(), addr.Field), depth)
		r.check.limit = r.paramOf(v, v.Parent())
	case *ssa.Alloc:
		if !r.entered(addr) {
			return
		}
		for _, s := range r.storesTo(addr) {
			r.read(s.Val, nil, depth+1)
		}
	default:
		r.check.Open = true
	}
}

// maxStoresRead is how many stores to one variable or field are looked at.
const maxStoresRead = 64

// storedField tells the numbers that the package stores in a field.
func (r *limitReader) storedField(f *types.Var, depth int) {
	r.check.Open = true // nobody knows who else stores to it
	if !r.entered(f) {
		return
	}
	for i, s := range r.fields[f] {
		if i == maxStoresRead {
			return
		}
		at := token.NoPos
		if addr, ok := s.Addr.(*ssa.FieldAddr); ok {
			at = addr.Pos()
		}
		r.read(s.Val, r.storedExpr(s.Pos(), at), depth+1)
	}
}

// storedExpr returns the expression that a store to a field stores, nil if the
// source does not tell.
func (c *examiner) storedExpr(positions ...token.Pos) ast.Expr {
	for _, p := range positions {
		switch n := c.literals.stores[p].(type) {
		case *ast.KeyValueExpr:
			return n.Value
		case *ast.AssignStmt:
			if len(n.Rhs) == 1 {
				return n.Rhs[0]
			}
		}
	}
	return nil
}

// number adds one limit.
func (c *examiner) number(check *Check, v constant.Value, at ast.Expr) {
	if v == nil {
		return
	}
	n, exact := constant.Int64Val(constant.ToInt(v))
	if v.Kind() == constant.String {
		i, err := strconv.Atoi(constant.StringVal(v))
		n, exact = int64(i), err == nil
	}
	if !exact || n < 0 || n > 1<<20 {
		return
	}
	limit := Limit{Value: int(n) + check.offset}
	if at != nil {
		limit.Name = goexpr.Name(at)
		if id := goexpr.Ident(at); id != nil {
			if obj, ok := c.pass.TypesInfo.Uses[id].(*types.Const); ok && obj.Pkg() != nil && obj.Pkg() != c.pass.Pkg {
				limit.Package = obj.Pkg().Path()
			}
		}
		literal, _ := c.literals.resolve(at, c.engine.location)
		limit.At = c.location(literal.Pos(), literal.End())
	}
	if !slices.Contains(check.Limits, limit) {
		check.Limits = append(check.Limits, limit)
	}
}

// numbers adds the limits that a value is known to be.
func (c *examiner) numbers(check *Check, v Value) {
	if len(v.Alts) == 0 {
		check.Open = true
	}
	for _, alt := range v.Alts {
		text, ok := alt.Known()
		if k := constant.MakeFromLiteral(text, token.INT, 0); ok && k.Kind() == constant.Int {
			c.number(check, k, nil)
			continue
		}
		check.Open = true
	}
}
