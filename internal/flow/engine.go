package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"sort"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

type objectPather = types.Object

// engine is the state of one package.
type engine struct {
	pass      *analysis.Pass
	catalogue *rules.Catalogue
	prog      *ssa.Program
	pkg       *ssa.Package
	roots     []*ssa.Function // declared functions and the package initialiser, in source order
	paths     *objectpath.Encoder

	literals *literals
	fields   map[*types.Var][]*ssa.Store    // stores to fields, by field
	globals  map[*ssa.Global][]*ssa.Store   // stores to package variables
	updates  map[ssa.Value][]*ssa.MapUpdate // by map value
	bindings map[*ssa.FreeVar]ssa.Value

	models        map[string]*rules.PackageModel
	values        map[ssa.Value]Value
	busy          map[ssa.Value]bool
	heldBy        map[ssa.Value]ssa.Value
	places        map[ssa.Value]*place
	reads         map[readKey]Value
	orders        map[*ssa.Function]*order
	sites         map[ssa.CallInstruction][]site
	pendings      map[*ssa.Function][]pendingCall
	outer         map[*ssa.Function][]outerEvent
	concrete      map[readKey][]ssa.Value
	pendingDepth  int
	salt          int
	resultPaths   map[resultKey]Value
	storedValues  map[fieldKey]Value
	fieldBases    map[*types.Var]map[ssa.Value][]*ssa.Store
	depth         int
	callers       map[*ssa.Function][]ssa.Instruction
	taken         map[*ssa.Function]bool
	summaries     map[*ssa.Function]*Summary
	callbacks     map[callbackKey]*Callback
	imported      map[types.Object]*Summary
	collected     map[*ssa.Function]bool
	resolved      map[ssa.Value]*Object
	objects       map[any]*Object
	implementers  map[*types.Named]types.Type
	conditionals  map[*ssa.BasicBlock]bool
	branches      branching
	exits         map[*ssa.Function]*exits
	several       map[ssa.Value]bool
	tokens        tokens
	memoOfObjects memo
	list          []*Object
	byFunc        map[*ssa.Function][]*Object
	named         []*Named
	namedBy       map[*ssa.Function][]*Named
	current       *ssa.Function // root under collection
	told          *told
	order         int
	partial       bool // some body is not looked at
	secrets       map[*types.Var]secretField
}

// newEngine builds SSA for the package and indexes its stores.
func newEngine(pass *analysis.Pass, catalogue *rules.Catalogue) (*engine, bool) {
	e := &engine{
		pass:          pass,
		catalogue:     catalogue,
		paths:         newPaths(),
		fields:        map[*types.Var][]*ssa.Store{},
		globals:       map[*ssa.Global][]*ssa.Store{},
		updates:       map[ssa.Value][]*ssa.MapUpdate{},
		bindings:      map[*ssa.FreeVar]ssa.Value{},
		models:        map[string]*rules.PackageModel{},
		values:        map[ssa.Value]Value{},
		busy:          map[ssa.Value]bool{},
		heldBy:        map[ssa.Value]ssa.Value{},
		places:        map[ssa.Value]*place{},
		reads:         map[readKey]Value{},
		orders:        map[*ssa.Function]*order{},
		sites:         map[ssa.CallInstruction][]site{},
		pendings:      map[*ssa.Function][]pendingCall{},
		concrete:      map[readKey][]ssa.Value{},
		outer:         map[*ssa.Function][]outerEvent{},
		resultPaths:   map[resultKey]Value{},
		storedValues:  map[fieldKey]Value{},
		fieldBases:    map[*types.Var]map[ssa.Value][]*ssa.Store{},
		callers:       map[*ssa.Function][]ssa.Instruction{},
		taken:         map[*ssa.Function]bool{},
		summaries:     map[*ssa.Function]*Summary{},
		callbacks:     map[callbackKey]*Callback{},
		imported:      map[types.Object]*Summary{},
		collected:     map[*ssa.Function]bool{},
		resolved:      map[ssa.Value]*Object{},
		objects:       map[any]*Object{},
		implementers:  map[*types.Named]types.Type{},
		conditionals:  map[*ssa.BasicBlock]bool{},
		branches:      newBranching(),
		exits:         map[*ssa.Function]*exits{},
		several:       map[ssa.Value]bool{},
		tokens:        newTokens(),
		memoOfObjects: newMemo(),
		byFunc:        map[*ssa.Function][]*Object{},
		namedBy:       map[*ssa.Function][]*Named{},
		told:          newTold(IsDependency(pass)),
	}
	e.literals = indexLiterals(pass)
	if !e.build() {
		return nil, false
	}
	for _, fn := range e.roots {
		e.index(fn)
	}
	for _, fn := range e.roots {
		e.indexWrites(fn) // by what holds what is written to, which index tells
	}
	return e, true
}

// build makes the SSA of the package alone; imports are known by their types.
func (e *engine) build() bool {
	if e.pass.TypesInfo == nil || e.pass.Pkg == nil {
		return false
	}
	e.prog = ssa.NewProgram(e.pass.Fset, ssa.BuilderMode(0))
	for _, p := range e.pass.Pkg.Imports() {
		e.prog.CreatePackage(p, nil, nil, true)
	}
	files, oversize := withoutOversize(e.pass.Files)
	e.partial = oversize
	e.pkg = e.prog.CreatePackage(e.pass.Pkg, files, e.pass.TypesInfo, false)
	e.pkg.Build()
	if init := e.pkg.Func("init"); init != nil {
		e.roots = append(e.roots, init)
	}
	for _, file := range e.pass.Files {
		for _, decl := range file.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			// Functions named _ or init are not members of the package: ask
			// for the declaration's object.
			if obj, ok := e.pass.TypesInfo.Defs[fd.Name].(*types.Func); ok {
				if fn := e.prog.FuncValue(obj); fn != nil && fn.Blocks != nil {
					e.roots = append(e.roots, fn)
				}
			}
		}
	}
	return true
}

// index records stores, map updates and closure bindings of fn and of the
// functions inside it.
func (e *engine) index(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			e.indexUses(instr)
			e.indexGuarded(instr)
			switch instr := instr.(type) {
			case *ssa.Store:
				switch addr := instr.Addr.(type) {
				case *ssa.FieldAddr:
					f := fieldOf(addr.X.Type(), addr.Field)
					e.fields[f] = append(e.fields[f], instr)
				case *ssa.Global:
					e.globals[addr] = append(e.globals[addr], instr)
				}
			case *ssa.MapUpdate:
				m := e.mapKey(instr.Map)
				e.updates[m] = append(e.updates[m], instr)
			case *ssa.MakeClosure:
				inner := instr.Fn.(*ssa.Function)
				for i, fv := range inner.FreeVars {
					e.bindings[fv] = instr.Bindings[i]
				}
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		e.index(anon)
	}
}

// indexUses records which functions are called where, and which are taken as
// values.
func (e *engine) indexUses(instr ssa.Instruction) {
	var callee ssa.Value
	if c, ok := instr.(ssa.CallInstruction); ok && !c.Common().IsInvoke() {
		callee = c.Common().Value
		if fn, ok := callee.(*ssa.Function); ok {
			e.callers[fn] = append(e.callers[fn], instr)
		}
	}
	for _, op := range instr.Operands(nil) {
		if fn, ok := (*op).(*ssa.Function); ok && *op != callee {
			e.taken[fn] = true
		}
	}
}

// mapKey returns the value that stands for a map in the index of updates: the
// package variable it is loaded from, or itself.
func (e *engine) mapKey(m ssa.Value) ssa.Value {
	if load, ok := m.(*ssa.UnOp); ok && load.Op == token.MUL {
		if g, ok := load.X.(*ssa.Global); ok {
			return g
		}
	}
	return m
}

// fieldOf returns the field with the index in the struct behind t, of the
// generic type if the struct is an instance.
func fieldOf(t types.Type, index int) *types.Var {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return t.Underlying().(*types.Struct).Field(index).Origin()
}

// model returns the model of a package, nil if there is none.
func (e *engine) model(path string) *rules.PackageModel {
	if m, ok := e.models[path]; ok {
		return m
	}
	m, err := e.catalogue.Model(path)
	if err != nil {
		m = nil
	}
	e.models[path] = m
	return m
}

// directives returns what the models say of a declared object.
func (e *engine) directives(obj types.Object, owner string) []rules.Directive {
	if obj == nil || obj.Pkg() == nil {
		return nil
	}
	m := e.model(obj.Pkg().Path())
	if m == nil {
		return nil
	}
	if owner != "" {
		return m.Decls[owner+"."+obj.Name()]
	}
	return m.Decls[obj.Name()]
}

// funcDirectives returns what the models say of a function or method.
func (e *engine) funcDirectives(fn *types.Func) []rules.Directive {
	if fn == nil {
		return nil
	}
	return e.directives(fn, receiverName(fn))
}

// receiverName returns the name of the type that a method belongs to, "" for a function.
func receiverName(fn *types.Func) string {
	sig, ok := fn.Type().(*types.Signature)
	if !ok || sig.Recv() == nil {
		return ""
	}
	if n := namedOf(sig.Recv().Type()); n != nil {
		return n.Obj().Name()
	}
	return ""
}

// namedOf returns the named type behind pointers and aliases, or nil.
func namedOf(t types.Type) *types.Named {
	if t == nil {
		return nil
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, _ := t.(*types.Named)
	return n
}

// kindOf returns the kind of object that a type is, "" for none.
func (e *engine) kindOf(t types.Type) string {
	n := namedOf(t)
	if n == nil {
		return ""
	}
	for _, d := range e.directives(n.Obj(), "") {
		if d.Verb == "object" && len(d.Words) > 0 {
			return d.Words[0]
		}
	}
	if known := e.structEntries(n); known != nil {
		return known.kind
	}
	return ""
}

// location returns the place of a range of positions, or of what stands at one.
func (e *engine) location(pos, end token.Pos) finding.Location {
	if !pos.IsValid() {
		return finding.Location{}
	}
	if end <= pos {
		pos, end = e.literals.extent(pos)
	}
	from := e.pass.Fset.Position(pos)
	to := from
	if end > pos {
		to = e.pass.Fset.Position(end)
	}
	return finding.Location{File: from.Filename, Line: from.Line, Column: from.Column, EndLine: to.Line, EndColumn: to.Column}
}

// root returns the declared function that contains fn.
func root(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// symbol returns the name of a function for the reader: Type.Method or Func.
func symbol(fn *ssa.Function) string {
	fn = root(fn)
	if obj, ok := fn.Object().(*types.Func); ok {
		if recv := receiverName(obj); recv != "" {
			return recv + "." + obj.Name()
		}
	}
	return fn.Name()
}

// collect gathers the objects and named places of every function.
func (e *engine) collect() {
	for _, fn := range e.roots {
		e.collectFunc(fn)
	}
	for len(e.memoOfObjects.pending) > 0 {
		next := e.memoOfObjects.pending[0]
		e.memoOfObjects.pending = e.memoOfObjects.pending[1:]
		next()
	}
	for _, o := range e.list {
		o.markLate()
		o.markLateTLS()
	}
}

// finish puts the result in source order.
func (e *engine) finish(res *Result) {
	res.Partial = e.partial
	res.Objects = e.list
	res.Named = e.named
	sort.SliceStable(res.Objects, func(i, j int) bool {
		return before(res.Objects[i].Pos, res.Objects[j].Pos, res.Objects[i].order, res.Objects[j].order)
	})
	sort.SliceStable(res.Named, func(i, j int) bool {
		return before(res.Named[i].Pos, res.Named[j].Pos, res.Named[i].order, res.Named[j].order)
	})
	for _, o := range res.Objects {
		if call, ok := o.key.(*ssa.Call); ok && o.Kind == jwtCheck {
			o.Uses = e.usesOf(call)
		}
		sort.SliceStable(o.Events, func(i, j int) bool { return o.Events[i].order < o.Events[j].order })
		for _, ev := range o.Events {
			ev.instr = nil
		}
	}
}

func before(a, b token.Pos, i, j int) bool {
	if a != b {
		return a < b
	}
	return i < j
}

// baseName returns the last element of a file name, as facts carry it.
func baseName(file string) string { return filepath.Base(file) }
