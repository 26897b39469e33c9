package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// layered judges the records that a call hands to the storage layer behind an
// interface, whose implementation is not seen: the layer stores what it is
// given, unless it hashes passwords itself. That it is given hashes elsewhere
// in the package says that it does not.
func (k *storer) layered(s site) []pending {
	if s.fn != nil || !s.common.IsInvoke() || s.callee == nil || !isStoreMethod(s.callee.Name()) || !isStorageType(s.common.Value.Type()) {
		return nil
	}
	one := k.at(s)
	one.Medium, one.Text = "record", s.name()
	var list []pending
	for _, v := range s.args {
		n := namedOf(v.Type())
		if n == nil || isRequestType(n.Obj().Name()) {
			continue
		}
		t := deref(v.Type())
		if _, ok := t.Underlying().(*types.Struct); !ok {
			continue
		}
		one.Likely = !k.givesHashes(n)
		list = append(list, k.record(one, unboxed(v), t, 0)...)
	}
	return list
}

// isStoreMethod reports whether a method by its name stores what it is given.
func isStoreMethod(name string) bool {
	return shape.HasWord(name, "save", "insert", "create", "add", "put", "store", "persist", "upsert", "update", "set", "write") &&
		!shape.HasWord(name, "password", "passwd", "hash", "verify", "check", "authenticate", "login", "session", "auth", "register")
}

// isStorageType reports whether an interface by its name is the storage layer.
func isStorageType(t types.Type) bool {
	n := namedOf(t)
	return n != nil && shape.HasWord(n.Obj().Name(), "repo", "repos", "repository", "store", "storage", "dao", "persister", "persistence")
}

// givesHashes reports whether a password of records of a type is a hash somewhere
// in the package: then its storage takes hashes.
func (k *storer) givesHashes(n *types.Named) bool {
	if known, ok := k.hashed[n]; ok {
		return known
	}
	k.hashed[n] = false
	st, ok := n.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range st.NumFields() {
		if !isStoredPassword(st.Field(i).Name()) {
			continue
		}
		for _, s := range k.fields[st.Field(i).Origin()] {
			if k.origin(s.Val, 0).kind == workedOn {
				k.hashed[n] = true
				return true
			}
		}
	}
	return false
}

// storeDirectives returns what the models say of a callee. Of a method of an
// interface that the program declares it is what they say of the types of
// imported packages that implement it: of *sql.DB for a handle by which the
// program means it or a transaction.
func (k *storer) storeDirectives(s site) []directive {
	list := k.funcDirectives(s.callee)
	if len(list) > 0 || s.fn != nil || !s.common.IsInvoke() || s.callee == nil || s.callee.Pkg() == nil {
		return list
	}
	if known, ok := k.behind[s.callee]; ok {
		return known
	}
	k.behind[s.callee] = nil
	iface, ok := s.common.Value.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	for _, imported := range s.callee.Pkg().Imports() {
		if m := k.implementing(imported, iface, s.callee); m != nil {
			k.behind[s.callee] = k.funcDirectives(m)
			break
		}
	}
	return k.behind[s.callee]
}

// maxTypes is in how many types of a package an implementation is looked for.
const maxTypes = 400

// implementing returns the method of a type of a modelled package that
// implements an interface, nil if there is none.
func (k *storer) implementing(pkg *types.Package, iface *types.Interface, method *types.Func) *types.Func {
	if k.model(pkg.Path()) == nil {
		return nil
	}
	names := pkg.Scope().Names()
	for _, name := range names[:min(len(names), maxTypes)] {
		tn, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !tn.Exported() || tn.IsAlias() || types.IsInterface(tn.Type()) {
			continue
		}
		p := types.NewPointer(tn.Type())
		if !types.Implements(p, iface) {
			continue
		}
		if m, _, _ := types.LookupFieldOrMethod(p, true, pkg, method.Name()); m != nil {
			if fn, ok := m.(*types.Func); ok && len(k.funcDirectives(fn)) > 0 {
				return fn
			}
		}
	}
	return nil
}

// row judges the values of a row whose columns an earlier call of the chain named.
func (k *storer) row(one pending, d directive, columns rules.DirectiveArg, s site) []pending {
	if rows, ok := d.Arg("rows"); ok && !rows.Quoted {
		return k.rows(one, s, columns, rows)
	}
	a, ok := d.Arg("value")
	if !ok || a.Quoted {
		return nil
	}
	names := k.columns(s.recv)
	if !isRecv(columns) && s.arg(columns.Index) != nil {
		names, _ = k.ordered(s.arg(columns.Index))
	}
	values := k.restList(s, a.Index)
	var list []pending
	for i, name := range names[:min(len(names), len(values))] {
		if text, ok := k.eval(unboxed(name), s.pos()).Known(); ok {
			list = append(list, k.entry(one, text, values[i], 0)...)
		}
	}
	return list
}

// columns returns the names that a chain of calls gives to the columns of a row.
func (k *storer) columns(v ssa.Value) []ssa.Value {
	for range maxOrigin {
		call, ok := unboxed(v).(*ssa.Call)
		if !ok {
			return nil
		}
		s := k.siteOf(call)
		for _, d := range k.funcDirectives(s.callee) {
			if a, ok := d.Arg("value"); ok && d.Verb == "store" && d.Words[0] == "columns" {
				return k.restList(s, a.Index)
			}
		}
		v = s.recv
		if v == nil {
			return nil
		}
	}
	return nil
}

// tellInterfaces exports what a method stores for the methods of the exported
// interfaces of the package that its type implements: callers elsewhere know
// only those.
func (k *storer) tellInterfaces(fn *types.Func, fact []StoredParam) {
	recv := fn.Signature().Recv()
	if recv == nil {
		return
	}
	scope := k.pass.Pkg.Scope()
	names := scope.Names()
	for _, name := range names[:min(len(names), maxTypes)] {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !tn.Exported() {
			continue
		}
		iface, ok := tn.Type().Underlying().(*types.Interface)
		if !ok || iface.NumMethods() == 0 || !types.Implements(recv.Type(), iface) {
			continue
		}
		for i := range iface.NumExplicitMethods() {
			if m := iface.ExplicitMethod(i); m.Name() == fn.Name() && m.Exported() {
				k.pass.ExportObjectFact(m, &Stores{fact})
			}
		}
	}
}
