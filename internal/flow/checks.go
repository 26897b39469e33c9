package flow

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/shape"
)

// Measure is what a check measures of a text.
type Measure uint8

// The measures.
const (
	OfLength  Measure = iota // characters or bytes
	OfEntropy                // bits, as a library estimates them
	OfScore                  // of a strength meter, from 0 to 4
)

// Check is a test that refuses a text which falls short of a limit: by an
// error, false, a message, an abort. What only tells texts apart is none.
type Check struct {
	Measure Measure
	// Names are what the source calls the text, nearest first: the variable, the
	// field, the key it is read by, the parameter it is given to.
	Names []string
	// Type is the name of the text's type, Owner that of the struct it is a field
	// of, if they have one.
	Type, Owner string
	// Cut is set if the text is cut into pieces, so that the test may only see to
	// it that there is enough to cut.
	Cut bool
	// Functions are the names of the functions that test, innermost first, and
	// Context texts that stand beside a function literal which tests.
	Functions, Context []string
	// Limits are what the text must reach; several if they are told apart at run
	// time.
	Limits []Limit
	// Open is set if a reading of the limit is not known.
	Open     bool
	Pos, End token.Pos
	At       finding.Location
	Symbol   string
	// Inherited is set when a callee tests; Steps lead from the call to it.
	Inherited bool
	Steps     []finding.Step

	param  textParam // of the function that tests
	limit  textParam // gives the limit, if the function does not
	offset int
	target ssa.Value
}

// Limit is the least measure that passes.
type Limit struct {
	Value int
	At    finding.Location // of the number, zero if it does not stand in the package
	Name  string           // of the constant, variable or field that holds it
	// Package is the path of the package whose constant it is, if another.
	Package string
}

// Checks is the fact about one function: the tests of its parameters.
type Checks struct{ List []CheckSummary }

// AFact marks Checks as a fact.
func (*Checks) AFact() {}

// String tells the size of the fact, for tests.
func (c *Checks) String() string { return fmt.Sprintf("checks(%d)", len(c.List)) }

// CheckSummary is a test of a parameter, or of a field of one: against a number,
// or against another parameter.
type CheckSummary struct {
	Measure   Measure
	Param     int
	Path      string
	Least     int
	Limit     int // the parameter that gives the limit, -1 if none does
	LimitPath string
	Offset    int
	Names     []string
	Functions []string
	At        finding.Location
}

// textParam is a parameter, or a field of one; -1 stands for none.
type textParam struct {
	index int
	path  string
}

var noParam = textParam{index: -1}

// maxChecksTold is how many tests of its parameters a function tells of.
const maxChecksTold = 8

// examiner finds the checks of a package.
type examiner struct {
	*engine
	binaries map[token.Pos]*ast.BinaryExpr // by operator
	entries  map[token.Pos]*ast.IndexExpr  // by left bracket
	values   map[types.Object]ast.Expr     // initialisers of package variables
	done     map[*ssa.Function][]*Check
	list     []*Check
	depth    int // of callees
	refusing map[*ssa.BasicBlock]bool
}

// maxCallees is through how many calls tests are looked for.
const maxCallees = 32

// checks returns the checks of the package, in source order as far as its
// functions are, and exports what callers elsewhere ask for.
func (e *engine) checks() []*Check {
	c := &examiner{engine: e, binaries: map[token.Pos]*ast.BinaryExpr{}, entries: map[token.Pos]*ast.IndexExpr{},
		values: map[types.Object]ast.Expr{}, done: map[*ssa.Function][]*Check{}, refusing: map[*ssa.BasicBlock]bool{}}
	for _, file := range e.pass.Files {
		ast.Inspect(file, c.index)
	}
	for _, fn := range e.roots {
		c.of(fn)
	}
	for _, fn := range e.roots {
		obj, ok := fn.Object().(*types.Func)
		if !ok || obj.Name() == "_" || obj.Name() == "init" || !reachable(e, obj) {
			continue
		}
		if list := c.export(fn); len(list) > 0 {
			e.pass.ExportObjectFact(obj, &Checks{list})
		}
	}
	return c.list
}

func (c *examiner) index(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		c.binaries[n.OpPos] = n
	case *ast.IndexExpr:
		c.entries[n.Lbrack] = n
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) && len(n.Names) == len(n.Values) {
				c.values[c.pass.TypesInfo.Defs[name]] = n.Values[i]
			}
		}
	}
	return true
}

// of returns the checks in a function, not those in function literals inside it,
// which are collected on the way.
func (c *examiner) of(fn *ssa.Function) []*Check {
	if list, ok := c.done[fn]; ok {
		return list
	}
	if c.depth == maxCallees {
		return nil
	}
	c.depth++
	defer func() { c.depth-- }()
	c.done[fn] = nil // a function that calls itself sees nothing
	for _, anon := range fn.AnonFuncs {
		c.of(anon)
	}
	var list []*Check
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.BinOp:
				if check := c.comparison(instr); check != nil {
					list = append(list, check)
				}
			case ssa.CallInstruction:
				list = append(list, c.call(instr)...)
			}
		}
	}
	for _, check := range list {
		check.Symbol = symbol(fn)
		check.Functions = append(check.Functions, functionNames(fn)...)
		check.Context = append(check.Context, literalContext(fn)...)
		check.param = c.paramOf(check.target, fn)
	}
	c.done[fn] = list
	c.list = append(c.list, list...)
	return list
}

// functionNames returns the name of a function and of its receiver's type.
func functionNames(fn *ssa.Function) []string {
	fn = root(fn)
	names := []string{fn.Name()}
	if obj, ok := fn.Object().(*types.Func); ok {
		if recv := receiverName(obj); recv != "" {
			names = append(names, recv)
		}
	}
	return names
}

// literalContext returns the texts that a function literal is given to a call
// with: the name under which a validator is registered.
func literalContext(fn *ssa.Function) []string {
	if fn.Parent() == nil || fn.Referrers() == nil {
		return nil
	}
	var names []string
	use := func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			return
		}
		for _, a := range call.Common().Args {
			if k, ok := a.(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.String && len(names) < 4 {
				names = append(names, constant.StringVal(k.Value))
			}
		}
	}
	uses := func(v ssa.Value) {
		for _, r := range *v.Referrers() {
			use(r)
			if conv, ok := r.(ssa.Value); ok && conv.Referrers() != nil {
				for _, r := range *conv.Referrers() {
					use(r)
				}
			}
		}
	}
	for _, r := range *fn.Referrers() {
		use(r)
		if v, ok := r.(ssa.Value); ok && v.Referrers() != nil {
			uses(v)
		}
	}
	return names
}

// comparison returns the check that a comparison is, nil for none.
func (c *examiner) comparison(b *ssa.BinOp) *Check {
	op, limit := b.Op, b.Y
	expr := c.binaries[b.Pos()]
	subject, measure := c.measured(b.X)
	side := func() ast.Expr { return expr.Y }
	if subject == nil {
		op, limit = goexpr.Mirror(op), b.X
		subject, measure = c.measured(b.Y)
		side = func() ast.Expr { return expr.X }
	}
	if subject == nil || measure == OfLength && !c.concerns(subject, expr, b.Parent()) {
		return nil
	}
	offset := 0
	switch op {
	case token.LEQ, token.GTR:
		offset = 1
	case token.LSS, token.GEQ:
	default:
		return nil
	}
	enough := op == token.GEQ || op == token.GTR // true is what passes
	switch c.refusal(b, enough) {
	case whenTrue:
		if enough {
			return nil // a limit from above
		}
	case whenFalse:
		if !enough {
			return nil
		}
	default:
		return nil
	}
	check := &Check{Measure: measure, target: subject, offset: offset, limit: noParam, Pos: b.Pos(), End: b.Pos()}
	if expr != nil {
		check.Pos, check.End = expr.Pos(), expr.End()
	}
	check.At = c.location(check.Pos, check.End)
	var at ast.Expr
	if expr != nil {
		at = side()
	}
	c.limits(check, limit, at)
	c.nameTarget(check, subject, expr)
	return check
}

// concerns reports whether a text may be a password, here or at a caller: most
// comparisons of lengths are those of decoders.
func (c *examiner) concerns(v ssa.Value, expr *ast.BinaryExpr, fn *ssa.Function) bool {
	if c.paramOf(v, fn).index >= 0 || fn.Parent() != nil {
		return true
	}
	if _, ok := v.(*ssa.Const); ok {
		return false
	}
	var check Check
	c.nameTarget(&check, v, expr)
	check.Names = append(append(check.Names, check.Type), functionNames(fn)...)
	return slices.ContainsFunc(check.Names, isPasswordName) ||
		slices.ContainsFunc(check.Names, func(name string) bool {
			return shape.HasWord(name, "password", "passwords", "passwd", "passphrase", "credentials")
		})
}

// measured returns the text of which a value is the measure, nil for none.
func (c *examiner) measured(v ssa.Value) (ssa.Value, Measure) {
	switch v := v.(type) {
	case *ssa.Convert:
		return c.measured(v.X)
	case *ssa.ChangeType:
		return c.measured(v.X)
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok {
			if b.Name() == "len" && isCounted(v.Call.Args[0].Type()) {
				return c.unwrapped(v.Call.Args[0], 0), OfLength
			}
			return nil, 0
		}
		s := c.siteOf(v)
		for _, d := range c.funcDirectives(s.callee) {
			if d.Verb != "transfer" || len(d.Words) == 0 || d.Words[0] != "length" && d.Words[0] != "entropy" {
				continue
			}
			a, ok := d.Arg("value")
			if !ok || a.Quoted || s.arg(a.Index) == nil {
				return nil, 0
			}
			if d.Words[0] == "entropy" {
				return c.unwrapped(s.arg(a.Index), 0), OfEntropy
			}
			return c.unwrapped(s.arg(a.Index), 0), OfLength
		}
	case *ssa.UnOp:
		if f, ok := v.X.(*ssa.FieldAddr); ok && v.Op == token.MUL && c.isStrength(f.X.Type(), f.Field) {
			return v, OfScore
		}
	case *ssa.Field:
		if c.isStrength(v.X.Type(), v.Field) {
			return v, OfScore
		}
	}
	return nil, 0
}

// isStrength reports whether a field holds the score of a strength meter.
func (c *examiner) isStrength(t types.Type, index int) bool {
	for _, d := range c.fieldDirectives(t, fieldOf(t, index)) {
		if d.Verb == "value" && len(d.Words) > 0 && d.Words[0] == "strength" {
			return true
		}
	}
	return false
}

// isCounted reports whether the length of a type is that of a text.
func isCounted(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && (b.Kind() == types.Byte || b.Kind() == types.Rune)
	}
	return false
}

// unwrapped looks through conversions and calls that keep the text or cut
// blanks off.
func (c *examiner) unwrapped(v ssa.Value, depth int) ssa.Value {
	if depth > 8 {
		return v
	}
	switch x := v.(type) {
	case *ssa.Convert:
		return c.unwrapped(x.X, depth+1)
	case *ssa.ChangeType:
		return c.unwrapped(x.X, depth+1)
	case *ssa.MakeInterface:
		return c.unwrapped(x.X, depth+1)
	case *ssa.Call:
		s := c.siteOf(x)
		for _, d := range forResult(c.funcDirectives(s.callee), 0) {
			a, ok := d.Arg("value")
			if d.Verb != "transfer" || len(d.Words) == 0 || !ok || a.Quoted || s.arg(a.Index) == nil {
				continue
			}
			switch d.Words[0] {
			case "same", "lower", "upper", "trim-space", "trim", "trim-left", "trim-right":
				return c.unwrapped(s.arg(a.Index), depth+1)
			}
		}
	}
	return v
}

// call returns the checks that a call makes: as the models say, or as the callee
// does with its parameters.
func (c *examiner) call(instr ssa.CallInstruction) []*Check {
	s := c.siteOf(instr)
	if s.callee == nil && s.fn == nil {
		return nil
	}
	var list []*Check
	for _, d := range c.funcDirectives(s.callee) {
		if d.Verb == "policy" && len(d.Words) > 0 {
			list = append(list, c.modelled(d, s)...)
		}
	}
	for _, cs := range c.calleeChecks(s) {
		if check := c.inherited(cs, s); check != nil {
			list = append(list, check)
		}
	}
	return list
}

// modelled returns the check that a "policy" directive with a target and a
// number states.
func (c *examiner) modelled(d directive, s site) []*Check {
	measure := OfLength
	switch d.Words[0] {
	case "min-length":
	case "min-entropy":
		measure = OfEntropy
	default:
		return nil
	}
	target, ok := d.Arg("target")
	value, ok2 := d.Arg("value")
	if !ok || !ok2 || target.Quoted || value.Quoted || s.arg(target.Index) == nil {
		return nil
	}
	check := &Check{Measure: measure, limit: noParam}
	check.Pos, check.End = c.span(s.instr, s.pos())
	check.At = c.location(check.Pos, check.End)
	check.target = c.unwrapped(s.arg(target.Index), 0)
	call := c.literals.call(s.pos())
	for i, v := range c.restList(s, value.Index) {
		var at ast.Expr
		if call != nil && value.Index+i < len(call.Args) {
			at = call.Args[value.Index+i]
		}
		c.limits(check, v, at)
		break // of several numbers the first is the least
	}
	c.nameTarget(check, check.target, nil)
	if call != nil && target.Index < len(call.Args) {
		check.addName(goexpr.Name(call.Args[target.Index]))
	}
	return []*Check{check}
}
