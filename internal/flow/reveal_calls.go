package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// revealCall looks at a result of a call: by its model, by what is known of the
// callee's body, by the callee's name.
func (e *engine) revealCall(call *ssa.Call, index int, as rendering) revealed {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		if b.Name() != "append" {
			return nothing
		}
		out := nothing
		for _, a := range call.Call.Args {
			out = out.with(e.reveal(a, as))
		}
		return out
	}
	s := e.siteOf(call)
	ds := e.funcDirectives(s.callee)
	if r, ok := e.revealModel(ds, s, index, as); ok {
		return r
	}
	if isRedactorName(s.name()) {
		return nothing
	}
	if r, ok := e.revealSummary(s, index); ok && (r.clean || len(r.secrets) > 0 || len(r.holes) > 0) {
		if isGenerator(s.name()) {
			r.secrets = slices.Clone(r.secrets)
			for i := range r.secrets {
				r.secrets[i].Fresh = true
			}
		}
		return r.passed(step(finding.Pass, e.location(call.Pos(), call.Pos()), "result of "+s.name()))
	}
	return e.revealCallee(call, s, index)
}

// revealModel looks at a call that the models speak of.
func (e *engine) revealModel(ds []directive, s site, index int, as rendering) (revealed, bool) {
	for _, d := range ds {
		if d.Verb == "tell" && d.Words[0] == channelError {
			return nothing, true // told of where the error is made
		}
	}
	about := forResult(ds, index)
	if r, ok := e.modelled(about, &s, s.name()); ok {
		return r, true
	}
	for _, d := range about {
		if d.Verb == "transfer" && len(d.Words) > 0 {
			return e.revealTransfer(d, s, as), true
		}
	}
	return revealed{}, false
}

// modelled returns what a "value" directive tells. Without a site it stands at
// a variable or a field of that name.
func (e *engine) modelled(ds []directive, s *site, name string) (revealed, bool) {
	for _, d := range ds {
		if d.Verb != "value" || len(d.Words) == 0 {
			continue
		}
		switch d.Words[0] {
		case "env", "setting", "input":
			return e.modelledEntry(d, s), true
		case "credential":
			kind := shape.OfName(name)
			if kind == shape.None {
				kind = shape.Password
			}
			what := "result of "
			if s == nil {
				what = "field "
			}
			return revealed{secrets: []Secret{{Kind: kind, Name: name, What: what + name, Certain: true, At: e.siteLocation(s)}}}, true
		case "dump":
			return e.revealDump(d, s), true
		case "url-error":
			return e.revealURLError(d, s), true
		case "signed-token":
			return revealed{secrets: []Secret{{Kind: shape.Token, Name: name, What: "signed token", Certain: true, Fresh: true, At: e.siteLocation(s)}}}, true
		case "environment":
			return revealed{secrets: []Secret{{Kind: shape.Secret, Name: environment, What: "the whole environment", Certain: true, At: e.siteLocation(s)}}}, true
		case "settings":
			return e.revealSettings(s), true
		case "file":
			return e.fileContent(d, s), true
		case "random":
			return revealed{}, true
		}
		return nothing, true
	}
	return revealed{}, false
}

// modelledEntry looks at a variable of the environment, a setting or a field of
// a form, which speaks by its name.
func (e *engine) modelledEntry(d directive, s *site) revealed {
	a, ok := d.Arg("name")
	if !ok || s == nil {
		return revealed{}
	}
	name := a.Text
	if !a.Quoted {
		switch v := s.arg(a.Index).(type) {
		case *ssa.Const:
			name = constText(v)
		case *ssa.Parameter:
			if i, ok := paramIndex(v); ok {
				return revealed{holes: []hole{{param: i, owner: v.Parent(), as: asNamed, format: -1}}}
			}
			return revealed{}
		default:
			return revealed{}
		}
	}
	return e.entry(d.Words[0], name, e.siteLocation(s), s.instr.Parent())
}

// entry looks at what is read under a name from the environment, a setting or a
// form.
func (e *engine) entry(from, name string, at finding.Location, fn *ssa.Function) revealed {
	what := map[string]string{"env": "environment variable ", "setting": "setting ", "input": "request value "}[from] + name
	if name == "PWD" || name == "OLDPWD" || !isTelling(name) {
		return revealed{}
	}
	if from == "input" && isCookieName(name) {
		return revealed{secrets: []Secret{{Kind: shape.Header, Name: name, What: what, Certain: true, At: at}}}
	}
	sec := Secret{Name: name, What: what, At: at}
	sec.Certain = from == "input" && shape.OfName(name) == shape.Password || from == "env" && shape.OfName(name) != shape.DSN && !isUserWord(name)
	return revealed{}.named(e, sec, fn)
}

// isUserWord reports whether a name has a word that makes it a name of a file or
// a part of one.
func isUserWord(name string) bool { return shape.HasWord(name, "file", "path", "dir", "name", "id") }

// siteLocation returns the place of a call, zero for none.
func (e *engine) siteLocation(s *site) finding.Location {
	if s == nil {
		return finding.Location{}
	}
	return e.location(s.pos(), s.pos())
}

// revealTransfer looks at the result of a text operation.
func (e *engine) revealTransfer(d directive, s site, as rendering) revealed {
	switch d.Words[0] {
	case "length", "entropy", "number", "empty", "part":
		return revealed{clean: d.Words[0] != "part"}
	case "sprintf":
		return e.revealFormat(s, d, "args")
	case "url-string", "values-encode":
		return e.revealURLText(d, s)
	case "encode":
		as = asJSON
	case "replace":
		return e.revealReplaced(d, s)
	case "repeat":
		as = asText
	case "sprint", "sprintln":
		as = asFmt
	default:
		as = asText
	}
	if recv, ok := d.Arg("value"); ok && isRecv(recv) {
		return e.revealWritten(s)
	}
	out := nothing
	for _, a := range d.Args {
		switch a.Name {
		case "sep", "old", "new", "count", "cutset", "affix", "encoding", "result", "format", "prefix":
			continue
		}
		for _, v := range e.directiveValues(s, a) {
			out = out.with(e.reveal(v, as))
		}
	}
	return out
}

// revealInto looks at a variable that a call fills, as those of package flag do.
func (e *engine) revealInto(a *ssa.Alloc) (revealed, bool) {
	for _, r := range *a.Referrers() {
		call, ok := r.(ssa.CallInstruction)
		if !ok {
			continue
		}
		s := e.siteOf(call)
		for _, d := range e.funcDirectives(s.callee) {
			into, ok := d.Arg("into")
			if ok && d.Verb == "value" && s.arg(into.Index) == a {
				return e.modelled([]directive{d}, &s, a.Comment)
			}
		}
	}
	return revealed{}, false
}

// directiveValues returns the values that an argument of a directive stands for.
func (e *engine) directiveValues(s site, a rules.DirectiveArg) []ssa.Value {
	switch {
	case a.Quoted:
		return nil
	case isRecv(a):
		return []ssa.Value{s.recv}
	case a.Rest:
		return e.restList(s, a.Index)
	}
	if v := s.arg(a.Index); v != nil {
		return []ssa.Value{v}
	}
	return nil
}

// revealReplaced looks at a text in which something is replaced: what is taken
// out is not given away any more.
func (e *engine) revealReplaced(d directive, s site) revealed {
	value, _ := d.Arg("value")
	old, _ := d.Arg("old")
	for _, v := range e.directiveValues(s, old) {
		if r := e.reveal(v, asText); len(r.secrets) > 0 || !r.clean {
			return nothing // redacted by its own text
		}
	}
	out := nothing
	for _, v := range e.directiveValues(s, value) {
		out = out.with(e.reveal(v, asText))
	}
	if put, ok := d.Arg("new"); ok {
		for _, v := range e.directiveValues(s, put) {
			out = out.with(e.reveal(v, asText))
		}
	}
	return out
}

// revealWritten looks at the text of a builder or a buffer: what is written to it.
func (e *engine) revealWritten(s site) revealed {
	base := e.allocOf(s.recv, 0)
	if base == nil {
		base = s.recv
	}
	var out revealed
	if init, ok := base.(*ssa.Call); ok {
		out = e.revealCall(init, 0, asText)
	}
	for i, w := range e.writesTo(base) {
		if i == 4*maxRevealStores {
			break
		}
		d := e.writeDirective(w, base)
		if d == nil {
			d = e.anyWrite(w)
		}
		if d != nil {
			r := e.revealWrite(*d, w)
			r.clean = false
			out = out.with(r)
		}
	}
	if types.IsInterface(s.recv.Type()) {
		out = out.with(e.reveal(s.recv, asFmt)) // the text of an error
	}
	return out
}

// anyWrite returns the directive by which a call writes.
func (e *engine) anyWrite(s site) *directive {
	ds := e.funcDirectives(s.callee)
	for i, d := range ds {
		if _, ok := d.Arg("to"); ok && d.Verb == "transfer" {
			return &ds[i]
		}
	}
	return nil
}

// revealWrite looks at what a call writes.
func (e *engine) revealWrite(d directive, s site) revealed {
	switch d.Words[0] {
	case "sprintf":
		return e.revealFormat(s, d, "args")
	case "empty":
		return nothing
	case "template":
		return e.revealTemplate(d, s)
	}
	as := asText
	switch d.Words[0] {
	case "sprint", "sprintln":
		as = asFmt
	case "encode":
		as = asJSON
	}
	out := nothing
	for _, a := range d.Args {
		if a.Name == "value" || a.Name == "args" || a.Name == "values" {
			for _, v := range e.directiveValues(s, a) {
				out = out.with(e.reveal(v, as))
			}
		}
	}
	return out
}

// revealCallee looks at the result of a call by the callee's name: GetPassword,
// NewAPIKey.
func (e *engine) revealCallee(call *ssa.Call, s site, index int) revealed {
	if index > 0 || !isPlainText(resultType(call, index)) || s.callee == nil {
		return revealed{}
	}
	name := s.name()
	if isActionName(name) {
		return revealed{}
	}
	sec := Secret{Name: name, What: "result of " + name, At: e.location(call.Pos(), call.Pos()), Fresh: isFreshCall(name)}
	return revealed{}.named(e, sec, call.Parent())
}

// resultType returns the type of a result of a call.
func resultType(call *ssa.Call, index int) types.Type {
	if tuple, ok := call.Type().(*types.Tuple); ok {
		return tuple.At(index).Type()
	}
	return call.Type()
}

// isFreshCall reports whether a function makes a new credential by its name.
func isFreshCall(name string) bool {
	words := shape.Words(name)
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "generate", "gen", "new", "create", "make", "random", "rand", "issue", "mint", "sign", "build", "must":
		return true
	}
	return shape.HasWord(name, "random", "generate", "generated")
}

// isGenerator reports whether a function by its name makes up what it returns.
func isGenerator(name string) bool {
	words := shape.Words(name)
	return len(words) > 0 && slices.Contains([]string{"generate", "gen", "random", "rand", "issue", "mint"}, words[0])
}

// isActionName reports whether a function's name is of something that it does
// with a credential, not of what it returns.
func isActionName(name string) bool {
	words := shape.Words(name)
	if len(words) == 0 {
		return true
	}
	switch words[0] {
	case "parse", "set", "with", "find", "lookup", "print", "log", "format", "render", "replace", "store", "save", "list", "test",
		"on", "handle", "do", "run", "describe", "name", "next", "peek", "consume", "expect":
		return true
	}
	return false
}

// revealSummary looks at a result by the body of the callee, which this package
// has or a fact tells of.
func (e *engine) revealSummary(s site, index int) (revealed, bool) {
	if s.fn != nil {
		list := e.revealResults(s.fn)
		if index >= len(list) {
			return revealed{}, false
		}
		return oneOfEnvironment(e.filled(list[index], s), s, index), true
	}
	sum := e.summaryOf(s)
	if sum == nil {
		return revealed{}, false
	}
	for _, rs := range sum.Reveals {
		if rs.Result == index {
			return oneOfEnvironment(e.filled(rs.revealed(), s), s, index), true
		}
	}
	return revealed{}, false
}

// filled returns what a callee's result gives away at a call: its own secrets,
// and those of the arguments.
func (e *engine) filled(r revealed, s site) revealed {
	out := revealed{clean: r.clean}
	for _, x := range r.secrets {
		if x.param > 0 && x.owner == s.fn && x.param <= len(s.actuals) && e.reveal(s.actuals[x.param-1], asText).clean {
			continue // a parameter that is given a mark
		}
		x.param = 0
		out.secrets = append(out.secrets, x)
	}
	filled := len(r.holes) > 0
	if len(out.secrets) < len(r.secrets) {
		out.clean = len(out.secrets) == 0 && !filled
	}
	all := true
	for _, h := range r.holes {
		if h.owner != nil && h.owner != s.fn {
			out = out.with(revealed{holes: []hole{h}})
			all = false
			continue
		}
		arg := e.revealHole(h, s)
		all = all && arg.clean
		arg.clean = false
		out = out.with(arg)
	}
	if filled {
		out.clean = all && len(out.secrets) == 0
	}
	return out
}

// revealHole looks at the argument that a call gives for a hole of its callee.
func (e *engine) revealHole(h hole, s site) revealed {
	if h.param >= len(s.actuals) {
		return revealed{}
	}
	v := s.actuals[h.param]
	if h.as == asTemplate {
		var source ssa.Value
		if h.format >= 0 && h.format < len(s.actuals) {
			source = s.actuals[h.format]
		}
		return e.revealData(source, strip(v), s)
	}
	if h.as == asFileName {
		return e.namedFile(v, e.siteLocation(&s))
	}
	if h.as == asNamed {
		if c, ok := strip(v).(*ssa.Const); ok {
			return e.entry("env", constText(c), e.siteLocation(&s), s.instr.Parent())
		}
		return revealed{}
	}
	if h.format >= 0 && h.format < len(s.actuals) {
		return e.revealPieces(s.actuals[h.format], e.spread(v), s, h.format)
	}
	if !h.spread {
		return e.reveal(v, h.as)
	}
	out := nothing
	for _, elem := range e.spread(v) {
		out = out.with(e.reveal(elem, h.as))
	}
	return out
}

// spread returns the elements of a variadic argument in order, or the slice
// itself where they are not known.
func (e *engine) spread(v ssa.Value) []ssa.Value {
	if elems, ok := e.ordered(v); ok {
		return elems
	}
	return []ssa.Value{v}
}

// revealResults returns what the results of a function of this package give
// away. A function that calls itself sees nothing.
func (e *engine) revealResults(fn *ssa.Function) []revealed {
	if list, ok := e.told.results[fn]; ok {
		return list
	}
	e.told.results[fn] = nil
	n := fn.Signature.Results().Len()
	list := make([]revealed, n)
	for i := range list {
		list[i].clean = true
	}
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for i, v := range r.Results {
			if i < n && !isShortAt(strip(v), b) {
				list[i] = list[i].with(e.reveal(v, asFmt))
			}
		}
	}
	e.told.results[fn] = list
	return list
}

// revealMethod looks at what a method renders: the credentials that its body
// puts into the text. A method whose body is not known is trusted.
func (e *engine) revealMethod(fn *types.Func, recv ssa.Value) revealed {
	if fn.Name() == "Error" {
		return nothing // told of where the method stands
	}
	if fn.Signature().Results().Len() == 0 || !isPlainText(fn.Signature().Results().At(0).Type()) {
		return nothing
	}
	if kind := e.kindOf(fn.Signature().Recv().Type()); isToldAsObject(kind) && recv != nil {
		return e.revealObject(recv, kind, asFmt)
	}
	body := e.prog.FuncValue(fn)
	if body == nil || body.Blocks == nil || body.Pkg != e.pkg {
		var fact Summary
		if fn.Pkg() == nil || fn.Pkg() == e.pass.Pkg || !e.pass.ImportObjectFact(fn, &fact) {
			return nothing
		}
		for _, rs := range fact.Reveals {
			if rs.Result == 0 {
				r := rs.revealed()
				r.clean = len(r.secrets) == 0
				return r
			}
		}
		return nothing
	}
	list := e.revealResults(body)
	if len(list) == 0 {
		return nothing
	}
	r := list[0]
	if len(r.secrets) == 0 && recv != nil && isPlainText(recv.Type()) && !r.clean && e.givesReceiver(body) {
		return e.revealText(recv, asText)
	}
	return revealed{secrets: r.secrets, clean: len(r.secrets) == 0}
}

// givesReceiver reports whether a method returns the text that its receiver is.
func (e *engine) givesReceiver(fn *ssa.Function) bool {
	if len(fn.Params) == 0 {
		return false
	}
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if ok && len(r.Results) == 1 && strip(r.Results[0]) == fn.Params[0] {
			return true
		}
	}
	return false
}

// strip looks through conversions.
func strip(v ssa.Value) ssa.Value {
	for range 4 {
		switch x := v.(type) {
		case *ssa.Convert:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		default:
			return v
		}
	}
	return v
}

// calleeName returns the name of the function whose result a value is.
func (e *engine) calleeName(v ssa.Value) string {
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	if call, ok := v.(*ssa.Call); ok {
		return e.siteOf(call).name()
	}
	return ""
}
