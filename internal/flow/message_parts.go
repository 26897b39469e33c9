package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// A message that has no type of its own is known by its parts: a text, and whom
// it is for.

// noteFuncValue keeps a call of a function value that sends a message, by what the
// source calls the value and the parameters of its type: a program that does not
// care how its messages go takes a function for it.
func (e *engine) noteFuncValue(s site) {
	if s.common == nil || s.common.IsInvoke() || e.told.quiet {
		return
	}
	sig, ok := s.common.Value.Type().Underlying().(*types.Signature)
	name := e.nameOf(s.common.Value)
	if !ok || name == "" || sig.Recv() != nil {
		return
	}
	messenger := types.NewFunc(s.common.Value.Pos(), e.pass.Pkg, name, sig)
	if !isMessenger(messenger) {
		return
	}
	d := directive{Verb: "tell", Words: []string{channelMessage}}
	for _, i := range messageParams(messenger) {
		d.Args = append(d.Args, rules.DirectiveArg{Name: "value", Index: i})
	}
	fn := root(s.instr.Parent())
	e.told.sites[fn] = append(e.told.sites[fn], tellSite{instr: s.instr, site: s, d: d, channel: channelMessage})
}

// isLetter reports whether a name is of a text that is a message if it stands
// beside whom it is for. A plain text beside an account is not.
func isLetter(name string) bool {
	return isMessageText(name) && !shape.HasWord(name, "plain", "plaintext")
}

// hasRecipient reports whether the struct that a field's address is in says whom
// it is for: a message.
func hasRecipient(addr ssa.Value) bool {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	st, ok := deref(fa.X.Type()).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		t := deref(f.Type())
		if (isPlainText(t) || isPlainText(deref(elemType(t)))) && isRecipientName(f.Name()) {
			return true
		}
	}
	return false
}

// notePayload keeps an entry of a map that is the text of a message, because
// another entry says whom it is for, and one of the claims of a token that is made
// already.
func (e *engine) notePayload(u *ssa.MapUpdate) {
	if _, asserted := u.Map.(*ssa.TypeAssert); asserted && e.kindOf(u.Map.Type()) == jwtClaims {
		e.noteValue(u, u.Value, channelClaims, "map entry")
	}
	key, ok := u.Key.(*ssa.Const)
	if !ok {
		return
	}
	name := constText(key)
	if !isLetter(name) || !isTextual(u.Value) && !isPlainText(elemType(u.Value.Type())) {
		return
	}
	for i, o := range e.mapUpdates(u.Map) {
		if i == 4*maxRevealStores {
			return
		}
		if c, ok := o.Key.(*ssa.Const); ok && isRecipientName(constText(c)) {
			e.noteValue(u, u.Value, channelMessage, "map entry "+name)
			return
		}
	}
}

// formDirective returns what a call tells that puts the text of a message into a
// form or a query in which another parameter says whom it is for.
func formDirective(s site, ds []directive) (directive, bool) {
	for _, d := range ds {
		if d.Verb != "on" || len(d.Words) < 2 || !isParameterRole(d.Words[1]) {
			continue
		}
		name, ok := d.Arg("name")
		value, given := d.Arg("value")
		if !ok || !given || name.Quoted || value.Quoted || !isLetter(constArg(s, name.Index)) || !isSentTo(s, name.Index) {
			continue
		}
		value.Name = "value"
		return directive{Verb: "tell", Words: []string{channelMessage}, Args: []rules.DirectiveArg{value}}, true
	}
	return directive{}, false
}

func isParameterRole(role string) bool { return role == "param" || role == "form" || role == "query" }

// constArg returns the constant text that a call is given, "" for none.
func constArg(s site, i int) string {
	if c, ok := s.arg(i).(*ssa.Const); ok {
		return constText(c)
	}
	return ""
}

// isSentTo reports whether the function of a call calls the same one for a
// parameter that says whom a message is for.
func isSentTo(s site, name int) bool {
	for _, b := range s.function().Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			args := call.Common().Args
			if len(args) != len(s.common.Args) {
				continue
			}
			c, ok := args[name+len(args)-len(s.args)].(*ssa.Const)
			if ok && isRecipientName(constText(c)) {
				return true
			}
		}
	}
	return false
}

// interfaceLeaks returns what the methods tell of their parameters that a call
// through an interface of the same package may mean. A message is one whichever
// way it goes; anything else has to be told by all.
func (e *engine) interfaceLeaks(s site) []Leak {
	var list []Leak
	methods := e.methodsBehind(s)
	for _, m := range methods {
		for _, l := range e.methodLeaks(m) {
			if len(list) < maxLeaks && (l.Channel == channelMessage || len(methods) == 1) {
				list = append(list, l)
			}
		}
	}
	return list
}

// methodLeaks returns what a method of this package or another tells.
func (e *engine) methodLeaks(m *types.Func) []Leak {
	if m.Pkg() == e.pass.Pkg {
		fn := e.prog.FuncValue(m)
		if fn == nil || fn.Blocks == nil {
			return nil
		}
		e.discloseIn(fn)
		return e.told.leaks[fn]
	}
	if sum := e.importedSummary(m); sum != nil {
		return sum.Leaks
	}
	return nil
}

// maxImplementers is how many types of a package are asked whether they have the
// methods of an interface.
const maxImplementers = 400

// methodsBehind returns the methods that a call through an interface may mean, of
// the types of the package that declares it.
func (e *engine) methodsBehind(s site) []*types.Func {
	if s.callee == nil || s.common == nil || !s.common.IsInvoke() || s.callee.Pkg() == nil {
		return nil
	}
	if list, ok := e.told.methods[s.callee]; ok {
		return list
	}
	e.told.methods[s.callee] = nil
	iface, ok := s.common.Value.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	scope := s.callee.Pkg().Scope()
	var list []*types.Func
	for i, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if i >= maxImplementers || !ok || tn.IsAlias() || types.IsInterface(tn.Type()) {
			continue
		}
		if n, ok := tn.Type().(*types.Named); !ok || n.TypeParams().Len() > 0 || n.NumMethods() == 0 {
			continue
		}
		p := types.NewPointer(tn.Type())
		if !types.Implements(p, iface) {
			continue
		}
		obj, _, _ := types.LookupFieldOrMethod(p, true, s.callee.Pkg(), s.callee.Name())
		if m, ok := obj.(*types.Func); ok {
			list = append(list, m)
		}
	}
	e.told.methods[s.callee] = list
	return list
}
