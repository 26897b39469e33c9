package flow

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// Stored is a password that is stored as it was given, or as what a database
// makes of it.
type Stored struct {
	// Medium is the word of the model: sql, record, file.
	Medium string
	// Name is what the source calls the password, Column the column or the field
	// that it goes to, Record the type that has the field.
	Name, Column, Record string
	// Function is what the database makes of it: "md5".
	Function string
	// Likely is set if the storage itself is not seen.
	Likely bool
	// Encoded is set if it is only written in another alphabet.
	Encoded  bool
	Text     string // the call in words
	Pos, End token.Pos
	At       finding.Location
	Symbol   string
	Steps    []finding.Step
}

// Stores is the fact about one function: the parameters that it stores.
type Stores struct{ List []StoredParam }

// AFact marks Stores as a fact.
func (*Stores) AFact() {}

// String tells the size of the fact, for tests.
func (k *Stores) String() string { return fmt.Sprintf("keeps(%d)", len(k.List)) }

// StoredParam is a parameter, or a field of one, that a function stores.
type StoredParam struct {
	Param                        int
	Path                         string
	Medium, Column, Record, Text string
	Likely, Encoded              bool
	At                           finding.Location
}

// maxStores is how many stored parameters a function tells of.
const maxStores = 12

// storer finds what a package stores.
type storer struct {
	*engine
	open   map[*ssa.Function][]pending
	outer  map[*ssa.Function][]pending // of parameters of the functions around it
	list   []*Stored
	depth  int
	busy   map[ssa.Value]bool
	hooks  map[*types.Named]bool
	hashed map[*types.Named]bool
	behind map[*types.Func][]directive // what models say of methods of interfaces
	held   map[*types.Var][]*ssa.MapUpdate
	shown  evidence
	fast   []*Digest
	// hashesFirst is set if a function of the package hashes what it stores.
	hashesFirst bool
	steps       int // taken for the call in hand
}

// pending is one value on its way to a store.
type pending struct {
	Stored
	param  textParam
	owner  *ssa.Function // of the parameter
	target ssa.Value
	// Layer is set if what stores it is in another package, and stores only.
	Layer bool
}

// asParam tells callers of a parameter that is stored.
func (one pending) asParam(at finding.Location) StoredParam {
	return StoredParam{one.param.index, one.param.path, one.Medium, one.Column, one.Record, one.Text, one.Likely, one.Encoded, at}
}

// storedInClear returns what the package stores in clear, and exports what callers
// elsewhere ask for.
func (e *engine) storedInClear() ([]*Stored, []*Digest) {
	k := &storer{engine: e, open: map[*ssa.Function][]pending{}, outer: map[*ssa.Function][]pending{}, busy: map[ssa.Value]bool{}, hooks: map[*types.Named]bool{}, hashed: map[*types.Named]bool{}, behind: map[*types.Func][]directive{}}
	for _, fn := range e.roots {
		k.of(fn)
	}
	for _, fn := range e.roots {
		k.settle(fn)
	}
	return k.list, k.fast
}

// of returns the parameters that a function stores, those of the functions that
// it calls included, and records what it stores in clear.
func (k *storer) of(fn *ssa.Function) []pending {
	if list, ok := k.open[fn]; ok {
		return list
	}
	if k.depth == maxCallees {
		return nil
	}
	k.depth++
	defer func() { k.depth-- }()
	k.open[fn] = nil // a function that calls itself sees nothing
	var open []pending
	add := func(list []pending) {
		for _, one := range list {
			switch {
			case one.param.index < 0 || len(open)+len(k.outer[fn]) >= maxStores:
			case one.owner == fn:
				open = append(open, one)
			case fn.Parent() != nil:
				k.outer[fn] = append(k.outer[fn], one)
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		k.of(anon)
		add(k.outer[anon])
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				add(k.call(call))
			}
		}
	}
	k.open[fn] = open
	return open
}

// call returns the parameters that a call stores, and records what it stores in
// clear.
func (k *storer) call(call ssa.CallInstruction) []pending {
	k.steps = 0
	s := k.siteOf(call)
	if s.callee == nil && s.fn == nil {
		return nil
	}
	var list []pending
	for _, d := range k.storeDirectives(s) {
		switch {
		case len(d.Words) == 0:
		case d.Verb == "store":
			list = append(list, k.stored(d, s)...)
		case d.Verb == "transfer":
			list = append(list, k.written(d, s)...)
		}
	}
	list = append(list, k.layered(s)...)
	for _, ks := range k.calleeStores(s) {
		list = append(list, k.passed(ks, s)...)
	}
	return list
}

// calleeStores returns the parameters that a callee stores.
func (k *storer) calleeStores(s site) []StoredParam {
	if s.fn != nil {
		var list []StoredParam
		for _, one := range k.of(s.fn) {
			list = append(list, one.asParam(one.At))
		}
		return list
	}
	if s.callee == nil || s.callee.Pkg() == nil || s.callee.Pkg() == k.pass.Pkg {
		return nil
	}
	var fact Stores
	if k.pass.ImportObjectFact(s.callee, &fact) {
		return fact.List
	}
	return nil
}

// passed judges an argument that the callee stores.
func (k *storer) passed(ks StoredParam, s site) []pending {
	if ks.Param >= len(s.actuals) {
		return nil
	}
	one := k.at(s)
	one.Medium, one.Column, one.Record, one.Text, one.Likely, one.Encoded = ks.Medium, ks.Column, ks.Record, ks.Text, ks.Likely, ks.Encoded
	one.Steps = []finding.Step{
		step(finding.Pass, one.At, "passed to "+s.name()),
		step(finding.Sink, ks.At, ks.Text),
	}
	one.Layer = s.callee != nil && s.callee.Pkg() != nil && s.callee.Pkg() != k.pass.Pkg && isStorageLayer(s.callee.Pkg(), s.callee)
	v := s.actuals[ks.Param]
	if ks.Path == "" {
		return k.judge(one, v, k.origin(v, 0))
	}
	return k.judge(one, v, k.fieldOrigin(v, ks.Path, 0))
}

// at returns a pending at the place of a call.
func (k *storer) at(s site) pending {
	one := pending{param: noParam}
	one.Pos, one.End = k.span(s.instr, s.pos())
	one.At = k.location(one.Pos, one.End)
	one.Symbol = symbol(s.instr.Parent())
	return one
}

// judge records a value that is in clear, and returns it if a caller gives it.
func (k *storer) judge(one pending, v ssa.Value, o derivation) []pending {
	if one.Name == "" {
		one.Name = o.name
	}
	one.target = v
	one.Encoded = one.Encoded || o.encoded
	switch o.kind {
	case workedOn:
		k.hashesFirst = k.hashesFirst || !o.named
		k.hashedFast(one, o)
	case inClear:
		if o.own && one.Column == "" {
			return nil
		}
		kept := one.Stored
		k.list = append(k.list, &kept)
	case fromCaller:
		one.param, one.owner = o.param, o.owner
		return []pending{one}
	}
	return nil
}

// stored judges the arguments of a call that a "store" directive names.
func (k *storer) stored(d directive, s site) []pending {
	one := k.at(s)
	one.Medium, one.Text = d.Words[0], s.name()
	switch one.Medium {
	case "sql":
		return k.statement(d, s, one)
	case "record", "file":
		if to, ok := d.Arg("to"); ok && k.writerChannel(s, to) != channelFile {
			return nil
		}
		if a, ok := d.Arg("columns"); ok {
			return k.row(one, d, a, s)
		}
		if a, ok := d.Arg("pairs"); ok && !a.Quoted {
			return k.pairs(one, k.restList(s, a.Index))
		}
		a, ok := d.Arg("value")
		if !ok || a.Quoted {
			return nil
		}
		var list []pending
		values := []ssa.Value{k.operandValue(s, a)}
		if a.Rest || s.variadic(a.Index) {
			values = k.restList(s, a.Index)
		}
		if c, ok := d.Arg("key"); ok && !c.Quoted && s.arg(c.Index) != nil {
			one.Column = k.keyColumn(s.arg(c.Index), s)
		}
		if c, ok := d.Arg("column"); ok && !c.Quoted && s.arg(c.Index) != nil {
			name, _ := k.eval(s.arg(c.Index), s.pos()).Known()
			if !isStoredPassword(name) {
				return nil
			}
			one.Column = name
		}
		for _, v := range values {
			if v != nil {
				list = append(list, k.value(one, v, 0)...)
			}
		}
		return list
	}
	return nil
}

// value judges a text, a record, a map, or a text that is made of one of them.
func (k *storer) value(one pending, v ssa.Value, depth int) []pending {
	if depth > 6 {
		return nil
	}
	v = unboxed(v)
	if inner := k.encoded(v); inner != nil {
		return k.value(one, inner, depth+1)
	}
	if parts := k.buffered(v); len(parts) > 0 {
		return k.several(one, parts, depth)
	}
	t := deref(v.Type())
	switch u := t.Underlying().(type) {
	case *types.Slice:
		if isText(t) {
			break
		}
		if f := fieldLoaded(v); f != nil {
			return k.elsewhere(one, f, depth)
		}
		if elems, _ := k.elementValues(v, nil); len(elems) <= maxAlternatives {
			return k.several(one, elems, depth)
		}
		return nil
	case *types.Struct:
		return k.record(one, v, t, depth)
	case *types.Map:
		if f := fieldLoaded(v); f != nil {
			return k.elsewhere(one, f, depth)
		}
		if _, ok := deref(u.Elem()).Underlying().(*types.Struct); ok {
			return k.several(one, k.mapValues(v), depth)
		}
		return k.document(one, v, depth)
	}
	if !isText(v.Type()) || types.IsInterface(v.Type()) {
		return nil
	}
	o := k.origin(v, 0)
	if one.Column == "" && !isStoredPassword(o.name) {
		return nil
	}
	return k.judge(one, v, o)
}

// record judges the fields of a struct that hold a password.
func (k *storer) record(one pending, v ssa.Value, t types.Type, depth int) []pending {
	st := t.Underlying().(*types.Struct)
	n := namedOf(t)
	if n != nil && k.hashesItself(n) {
		return nil
	}
	if isLoginElsewhere(st) {
		if one.Medium != channelFile || n == nil || !isLoginType(n.Obj().Name()) {
			return nil
		}
		one.Likely = true
	}
	if key := pairKey(st); key >= 0 {
		return k.pair(one, v, st, key, depth)
	}
	var list []pending
	for i := range st.NumFields() {
		f := st.Field(i)
		if isCollection(f.Type()) {
			list = append(list, k.elsewhere(one, f.Origin(), depth)...)
		}
		if !isStoredPassword(f.Name()) || !isBareText(f.Type()) || isLeftOut(st.Tag(i), one.Medium) {
			continue
		}
		field := one
		field.Column = f.Name()
		if n != nil {
			field.Record = n.Obj().Name()
		}
		list = append(list, k.judge(field, v, k.fieldOrigin(v, f.Name(), 0))...)
	}
	return list
}

// isLoginElsewhere reports whether a struct says where its password is for: the
// program logs in there with it, and must be able to read it.
func isLoginElsewhere(st *types.Struct) bool {
	for i := range st.NumFields() {
		if isServerName(st.Field(i).Name()) {
			return true
		}
	}
	return false
}

// isServerName reports whether a field or a column by its name tells a server.
func isServerName(name string) bool {
	return shape.HasWord(name, "host", "hostname", "port", "server", "url", "uri", "endpoint", "dsn", "smtp", "imap", "bucket", "proxy", "baseurl", "ssid") &&
		!shape.HasWord(name, "avatar", "picture", "photo", "image", "profile", "website", "homepage", "blog", "icon", "callback", "redirect")
}

// pairKey returns the field that names the value of an entry of an ordered
// document, -1 if a struct is none.
func pairKey(st *types.Struct) int {
	if st.NumFields() == 2 && st.Field(0).Name() == "Key" && st.Field(1).Name() == "Value" {
		return 0
	}
	return -1
}

// pair judges an entry of an ordered document.
func (k *storer) pair(one pending, v ssa.Value, st *types.Struct, key int, depth int) []pending {
	base := k.base(v)
	if base == nil {
		return nil
	}
	var name string
	var value ssa.Value
	for _, s := range k.fieldStores(base, st.Field(key).Name()) {
		name, _ = k.eval(s.Val, s.Pos()).Known()
	}
	for _, s := range k.fieldStores(base, st.Field(1-key).Name()) {
		value = s.Val
	}
	if value == nil {
		return nil
	}
	return k.entry(one, name, value, depth)
}

// pairs judges names and values that follow each other, or a document in their
// place.
func (k *storer) pairs(one pending, values []ssa.Value) []pending {
	if len(values) == 1 {
		return k.value(one, values[0], 0)
	}
	var list []pending
	for i := 0; i+1 < len(values); i += 2 {
		if name, ok := k.eval(unboxed(values[i]), values[i].Pos()).Known(); ok {
			list = append(list, k.entry(one, name, values[i+1], 0)...)
		}
	}
	return list
}

// mapValues returns what the package puts into a map.
func (k *storer) mapValues(m ssa.Value) []ssa.Value {
	var list []ssa.Value
	for _, u := range k.mapUpdates(m) {
		list = append(list, u.Value)
	}
	return list
}

// document judges the entries of a map that is stored.
func (k *storer) document(one pending, m ssa.Value, depth int) []pending {
	var list []pending
	for _, u := range k.mapUpdates(m) {
		name, _ := k.eval(u.Key, u.Pos()).Known()
		list = append(list, k.entry(one, name, u.Value, depth)...)
	}
	return list
}

// entry judges one named value of a document; operators such as $set have a
// document as value.
func (k *storer) entry(one pending, name string, value ssa.Value, depth int) []pending {
	if strings.HasPrefix(name, "$") {
		return k.value(one, value, depth+1)
	}
	if !isStoredPassword(name) {
		return nil
	}
	one.Column = name
	value = unboxed(value)
	return k.judge(one, value, k.origin(value, 0))
}

// encoded returns what a text is the encoding of (JSON, YAML ...), nil if it is
// none.
func (k *storer) encoded(v ssa.Value) ssa.Value {
	if x, ok := v.(*ssa.Extract); ok && x.Index == 0 {
		v = x.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	s := k.siteOf(call)
	for _, d := range k.funcDirectives(s.callee) {
		if d.Verb != "transfer" || len(d.Words) == 0 || d.Words[0] != "encode" {
			continue
		}
		if a, ok := d.Arg("value"); ok && !a.Quoted && s.arg(a.Index) != nil {
			return s.arg(a.Index)
		}
	}
	return nil
}

// isStoredPassword reports whether a column or a field by its name holds a
// password, and not a hash of one.
func isStoredPassword(name string) bool {
	return isPasswordName(name) && !shape.HasWord(name, "hash", "hashed", "digest", "encrypted", "enc", "crypt", "crypted", "cipher", "salt", "hint",
		"bcrypt", "argon", "argon2", "scrypt", "sha", "md5", "reset", "policy", "encoded", "sealed", "protected", "id", "ref", "confirm",
		"confirmation", "confirmed", "repeat", "again")
}

// isBareText reports whether a field is plain text: a type of its own may do
// the hashing when it is stored.
func isBareText(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	t = types.Unalias(t)
	if s, ok := t.(*types.Slice); ok {
		return isText(s)
	}
	_, basic := t.(*types.Basic)
	return basic && isText(t)
}

// isCollection reports whether a type holds structs.
func isCollection(t types.Type) bool {
	var elem types.Type
	switch t := t.Underlying().(type) {
	case *types.Slice:
		elem = t.Elem()
	case *types.Map:
		elem = t.Elem()
	default:
		return false
	}
	_, ok := deref(elem).Underlying().(*types.Struct)
	return ok
}

// isLeftOut reports whether a tag says that a field is not stored.
func isLeftOut(tag, medium string) bool {
	keys := []string{"gorm", "db", "bson", "bun", "xorm", "sql", "pg", "orm"}
	if medium == "file" {
		keys = []string{"json", "yaml", "toml"}
	}
	for _, key := range keys {
		if value, ok := lookupTag(tag, key); ok && (value == "-" || strings.HasPrefix(value, "-,") || strings.HasPrefix(value, "-:")) {
			return true
		}
	}
	return false
}

// hashesItself reports whether a type has a method that the database library
// calls before it is stored, so that it may hash the password there.
func (k *storer) hashesItself(n *types.Named) bool {
	if known, ok := k.hooks[n]; ok {
		return known
	}
	found := false
	for i := range n.NumMethods() {
		name := n.Method(i).Name()
		found = found || strings.HasPrefix(name, "Before") || strings.HasPrefix(name, "Marshal") || name == "Value" || name == "PreInsert" || name == "PreUpdate"
	}
	k.hooks[n] = found
	return found
}

// settle decides on the parameters that nobody in the package gives: the name
// says that a password comes in as it was given, unless the function only stores
// what others prepare. All others are for callers elsewhere.
func (k *storer) settle(fn *ssa.Function) {
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Name() == "_" || obj.Name() == "init" {
		return
	}
	var fact []StoredParam
	for _, one := range k.open[fn] {
		if len(k.callers[fn]) == 0 && k.isGivenInClear(&one, obj) {
			kept := one.Stored
			k.list = append(k.list, &kept)
			continue
		}
		fact = append(fact, one.asParam(k.exportLocation(one.At)))
	}
	if len(fact) > 0 && reachable(k.engine, obj) {
		k.pass.ExportObjectFact(obj, &Stores{fact})
	}
	if len(fact) > 0 {
		k.tellInterfaces(obj, fact)
	}
}

// isStorageLayer reports whether a function by its package or its receiver only
// stores what others have prepared.
func isStorageLayer(pkg *types.Package, fn *types.Func) bool {
	words := []string{"repo", "repos", "repository", "repositories", "store", "stores", "storage", "dao", "db", "database", "persistence", "model",
		"models", "datastore", "postgres", "mysql", "sqlite", "mongo", "queries", "dal", "data", "backend"}
	return slices.ContainsFunc([]string{pkg.Name(), receiverName(fn)}, func(name string) bool { return shape.HasWord(name, words...) })
}
