package flow

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Callback is what is known of a function that decides by its last result, an
// error or a boolean, about what it is given: a host key, certificates, a token.
type Callback struct {
	// Alone is how it decides if the functions in Asks look for themselves,
	// Trusting if they accept everything.
	Alone, Trusting Decision
	// Asks are the functions to which it leaves the decision.
	Asks Value
	// Looks are the parts of what it is given that decide.
	Looks []Look
	// Touches are all parts of what it is given that it looks at anywhere, also
	// behind the first look.
	Touches []Look
	// Keeps is set when it stores what it is given, or hands it to code that the
	// engine does not see: who has it may look at it later.
	Keeps bool
	// Returns is what its first result can be, nothing if that was not asked for.
	Returns Value
	// Makes are the kinds of the objects that it makes.
	Makes []string
	// Edits are what it does to the objects that it is given.
	Edits []ObjectSummary
	// Stores are what it stores in the structs that it is given.
	Stores []StoreSummary
}

// Decision tells of the ways through a function.
type Decision struct {
	Accepts bool // some way says yes and has looked at nothing
	Looks   bool // some way looks at what was given
}

// Look is a part of what a function is given: the parameter, counted without
// the receiver, and the fields and constant keys below it: "Header.alg".
type Look struct {
	Param int
	Path  string
}

// Limits of what is told of a callback.
const (
	maxLooks      = 16
	maxLookDepth  = 4
	maxAskDepth   = 6
	maxMadeKinds  = 8
	acceptAnyRole = "accept-any-host-key"
)

// Callbacks returns what is known of the functions among the readings of v.
func (v Value) Callbacks() []*Callback {
	var list []*Callback
	for _, alt := range v.Alts {
		for _, p := range alt.Parts {
			if p.Kind == Function && p.Callback != nil {
				list = append(list, p.Callback)
			}
		}
	}
	return list
}

// AcceptsAll reports whether some reading of v is a function that accepts
// whatever it is given: no way through it looks at that.
func (v Value) AcceptsAll() bool {
	return v.any(func(p Part) bool { d := p.decision(0); return d.Accepts && !d.Looks })
}

// AcceptsConditionally reports whether some reading of v is a function that
// looks at what it is given on some ways only, as a setting decides.
func (v Value) AcceptsConditionally() bool {
	return v.any(func(p Part) bool { d := p.decision(0); return d.Accepts && d.Looks })
}

// Decision returns how the function decides, given what it asks.
func (c *Callback) Decision() Decision { return c.decision(0) }

// AcceptsAll reports whether no way through the function looks at what it is given.
func (c *Callback) AcceptsAll() bool { d := c.Decision(); return d.Accepts && !d.Looks }

// LooksAt reports whether the function looks at a part of a parameter, at
// something inside that part, or at the parameter as a whole.
func (c *Callback) LooksAt(param int, path string) bool {
	for _, l := range c.Looks {
		if l.Param == param && (l.Path == "" || l.Path == path || strings.HasPrefix(l.Path, path+".")) {
			return true
		}
	}
	return false
}

func (c *Callback) decision(depth int) Decision {
	if c.Asks.IsZero() {
		return c.Alone
	}
	asked := c.Asks.decision(depth + 1)
	out := Decision{}
	if asked.Accepts {
		out = c.Trusting
	}
	if asked.Looks {
		out.Accepts, out.Looks = out.Accepts || c.Alone.Accepts, true
	}
	return out
}

// decision joins the decisions of all readings; what is not known may look.
func (v Value) decision(depth int) Decision {
	if depth > maxAskDepth || v.Truncated {
		return Decision{Looks: true}
	}
	var out Decision
	for _, alt := range v.Alts {
		d := Decision{Looks: true}
		if len(alt.Parts) == 1 {
			d = alt.Parts[0].decision(depth)
		}
		out.Accepts, out.Looks = out.Accepts || d.Accepts, out.Looks || d.Looks
	}
	return out
}

func (p Part) decision(depth int) Decision {
	switch {
	case p.Kind == Function && p.Callback != nil:
		return p.Callback.decision(depth)
	case p.Kind == Role && p.Name == acceptAnyRole:
		return Decision{Accepts: true}
	case p.Kind == Nil:
		return Decision{}
	}
	return Decision{Looks: true}
}

// closure returns the part for a closure, which may be a method value.
func (e *engine) closure(mc *ssa.MakeClosure) Value {
	v := e.function(mc.Fn.(*ssa.Function))
	v.Alts[0].Parts[0].recv = boundReceiver(mc)
	return v
}

// function returns the part for a function value, with the place where its
// name or its literal begins.
func (e *engine) function(fn *ssa.Function) Value {
	return single(Part{Kind: Function, Name: fn.String(), At: e.location(fn.Pos(), fn.Pos()+1), Callback: e.callbackOf(fn), fn: fn})
}

// callbackOf returns what is known of a function value as a callback, nil if
// it decides nothing or has no body that the engine saw.
func (e *engine) callbackOf(fn *ssa.Function) *Callback {
	if decides := fn.Signature.Results().Len(); decides == 0 || fn.Signature.Params().Len() == 0 {
		return nil
	}
	target := e.behind(fn)
	if target == nil {
		return nil
	}
	if target.Blocks == nil || target.Pkg != e.pkg {
		if obj, ok := target.Object().(*types.Func); ok {
			if sum := e.importedSummary(obj); sum != nil {
				return sum.Callback
			}
		}
		return nil
	}
	var given uint64
	first := 0
	if target.Signature.Recv() != nil {
		first = 1
	}
	for i := first; i < len(target.Params) && i < 64; i++ {
		given |= 1 << i
	}
	return e.callback(target, given)
}

// behind returns the method that a bound method value calls, or the function itself.
func (e *engine) behind(fn *ssa.Function) *ssa.Function {
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	if fn.Synthetic == "" || fn.Parent() != nil {
		return fn
	}
	if obj, ok := fn.Object().(*types.Func); ok && (strings.HasPrefix(fn.Synthetic, "bound method") || strings.HasPrefix(fn.Synthetic, "thunk")) {
		return e.prog.FuncValue(obj)
	}
	return fn
}

// withCallbacks completes the functions of a value that is used as a callback:
// what they return, and the kinds of objects that they make.
func (e *engine) withCallbacks(v Value) Value {
	if !v.any(func(p Part) bool { return p.Kind == Function && p.fn != nil }) {
		return v
	}
	return v.mapParts(func(p Part) Value {
		if p.Kind == Function && p.fn != nil {
			p.Callback, p.fn, p.recv = e.completed(p.Callback, p.fn, p.recv), nil, nil
		}
		return single(p)
	})
}

// completed returns the callback with what its function returns and makes.
func (e *engine) completed(c *Callback, fn *ssa.Function, recv ssa.Value) *Callback {
	target := e.behind(fn)
	if target == nil {
		return c
	}
	out := Callback{Alone: Decision{Looks: true}, Trusting: Decision{Looks: true}}
	if c != nil {
		out = *c
	}
	if target.Blocks == nil || target.Pkg != e.pkg {
		if obj, ok := target.Object().(*types.Func); ok {
			e.addOwn(&out, e.importedSummary(obj), target, recv)
			if kinds := e.modelledKinds(obj); len(kinds) > 0 {
				out.Makes = kinds
			}
		}
		return &out
	}
	sum := e.summary(target)
	if sum == nil {
		return c
	}
	e.addOwn(&out, sum, target, recv)
	if len(sum.Results) > 0 {
		out.Returns = sum.Results[0]
	}
	seen := map[string]bool{}
	for _, o := range e.byFunc[target] {
		if o.Kind != "" && !seen[o.Kind] && len(out.Makes) < maxMadeKinds {
			seen[o.Kind] = true
			out.Makes = append(out.Makes, o.Kind)
		}
	}
	return &out
}

// modelledKinds returns the kinds of the objects that a modelled function makes.
func (e *engine) modelledKinds(fn *types.Func) []string {
	var kinds []string
	for _, d := range e.funcDirectives(fn) {
		if d.Verb == "new" && len(d.Words) > 0 {
			kinds = append(kinds, d.Words[0])
		}
	}
	return kinds
}

// tells reports whether a caller who hands a function on learns anything of it.
func (c *Callback) tells() bool {
	return c != nil && (c.Alone.Accepts || !c.Asks.IsZero() || len(c.Makes)+len(c.Edits)+len(c.Stores) > 0 || informative(c.Returns))
}

// connects reports whether a function makes a connection: it may be a dialer.
func (c *Callback) connects() bool {
	return slices.ContainsFunc(c.Makes, func(kind string) bool { return kind == "tcp-connection" || kind == "tls-connection" })
}

// mapCallback replaces the parts of the values inside a callback.
func mapCallback(c *Callback, replace func(Part) Value) *Callback {
	if c == nil || c.Asks.IsZero() && c.Returns.IsZero() && len(c.Edits)+len(c.Stores) == 0 {
		return c
	}
	out := *c
	if c.deeper(maxAskDepth) {
		out.Asks, out.Returns, out.Edits, out.Stores = unknown(""), Value{}, nil, nil
		return &out
	}
	out.Asks = c.Asks.mapParts(replace)
	out.Returns = c.Returns.mapParts(replace)
	inside := func(v Value) Value { return v.mapParts(replace) }
	out.Edits, out.Stores = mapEdits(c.Edits, inside), mapStores(c.Stores, inside)
	return &out
}

// deeper reports whether functions ask functions in more than n levels.
func (c *Callback) deeper(n int) bool {
	if n == 0 {
		return true
	}
	below := func(p Part) bool { return p.Callback != nil && p.Callback.deeper(n-1) }
	return c.Asks.any(below) || c.Returns.any(below) || c.anyValue(func(v Value) bool { return v.any(below) })
}

// open reports whether a callback depends on parameters that a caller gives.
func (c *Callback) open(is func(Part) bool, depth int) bool {
	return c != nil && depth < maxAskDepth && (c.Asks.anyDeep(is, depth+1) || c.Returns.anyDeep(is, depth+1) ||
		c.anyValue(func(v Value) bool { return v.anyDeep(is, depth+1) }))
}

// anyDeep is any that looks into callbacks as well.
func (v Value) anyDeep(is func(Part) bool, depth int) bool {
	return v.any(func(p Part) bool { return is(p) || p.Callback.open(is, depth) })
}

// isYes reports whether a constant as last result says yes: no error, or true.
func isYes(c *ssa.Const) bool {
	if c.Value == nil {
		return true
	}
	return c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value)
}

// withOwnCallback returns the summary of a declared function with how it
// decides itself, if a caller who hands it on has to know.
func (e *engine) withOwnCallback(s *Summary, fn *ssa.Function) *Summary {
	if s == nil || !e.decidesByResult(fn.Signature) {
		return s
	}
	c := e.callbackOf(fn)
	if c == nil {
		return s
	}
	whole := e.completed(c, fn, nil)
	if c.Asks.IsZero() && !c.AcceptsAll() && !whole.connects() {
		return s
	}
	out := *s
	out.Callback = whole
	out.Callback.Edits = nil // among the objects of the summary
	return &out
}
