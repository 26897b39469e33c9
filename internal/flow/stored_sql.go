package flow

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// statement judges what a statement of SQL writes to columns of passwords.
func (k *storer) statement(d directive, s site, one pending) []pending {
	query, values := k.query(d, s)
	if query == nil {
		return nil
	}
	v := k.eval(query, s.pos())
	var list []pending
	for _, alt := range v.Alts {
		text, holes := statementText(alt)
		if _, ok := d.Arg("set"); ok {
			text = "UPDATE t SET " + text
		}
		columns := assignments(text)
		if slices.ContainsFunc(columns, func(a assignment) bool { return isServerName(a.column) }) {
			continue
		}
		for _, a := range columns {
			if !isStoredPassword(a.column) && !isHashColumn(a.column) {
				continue
			}
			one.Column, one.Function = a.column, ""
			list = append(list, k.assigned(one, a, values, holes, d, s)...)
		}
		if len(list) > 0 {
			return list
		}
	}
	return list
}

// isHashColumn reports whether a column by its name is for the hash of a
// password: a password in clear is as wrong there.
func isHashColumn(name string) bool {
	return shape.HasWord(name, "password", "passwd", "pwd") && shape.HasWord(name, "hash", "hashed", "digest") &&
		!shape.HasWord(name, "salt", "algorithm", "type", "version", "method", "cost", "id")
}

// query returns the text of a statement and the values that it is given.
func (k *storer) query(d directive, s site) (ssa.Value, []ssa.Value) {
	var values []ssa.Value
	if a, ok := d.Arg("values"); ok && !a.Quoted {
		values = k.restList(s, a.Index)
	}
	for _, name := range []string{"query", "set"} {
		if a, ok := d.Arg(name); ok && !a.Quoted {
			return s.arg(a.Index), values
		}
	}
	if s.recv == nil {
		return nil, nil
	}
	// A prepared statement: its text was given to what made it.
	made := unboxed(s.recv)
	if x, ok := made.(*ssa.Extract); ok {
		made = x.Tuple
	}
	call, ok := made.(*ssa.Call)
	if !ok {
		return nil, nil
	}
	maker := k.siteOf(call)
	for _, md := range k.funcDirectives(maker.callee) {
		if md.Verb == "store" && len(md.Words) > 0 && md.Words[0] == "prepared" {
			if a, ok := md.Arg("query"); ok && !a.Quoted {
				return maker.arg(a.Index), values
			}
		}
	}
	return nil, nil
}

// statementText returns the text of a statement with numbered marks in place of
// what is not known, and what stands there.
func statementText(alt Alt) (string, []Part) {
	var b strings.Builder
	var holes []Part
	for _, p := range alt.Parts {
		if p.Kind == Text {
			b.WriteString(p.Text)
			continue
		}
		fmt.Fprint(&b, holeMark, len(holes))
		holes = append(holes, p)
	}
	return b.String(), holes
}

// assigned judges the value of one column.
func (k *storer) assigned(one pending, a assignment, values []ssa.Value, holes []Part, d directive, s site) []pending {
	if a.function != "" {
		if !isFastHash(a.function) {
			return nil // the database encrypts, or hashes well
		}
		one.Function = a.function
	}
	switch {
	case a.arg >= 0 && a.arg < len(values):
		return k.judge(one, values[a.arg], k.origin(unboxed(values[a.arg]), 0))
	case a.name != "":
		return k.namedValue(one, a.name, values, d, s)
	case a.hole >= 0 && a.hole < len(holes):
		if p := holes[a.hole]; (p.Kind == Param || p.Kind == Setting) && isStoredPassword(p.holeName()) {
			one.Name = p.holeName()
			kept := one.Stored
			k.list = append(k.list, &kept)
		}
	}
	return nil
}

// namedValue judges a value that a statement takes by name, from a struct, a map
// or a list of named arguments.
func (k *storer) namedValue(one pending, name string, values []ssa.Value, d directive, s site) []pending {
	if a, ok := d.Arg("named"); ok && !a.Quoted && s.arg(a.Index) != nil {
		return k.valueNamed(one, name, s.arg(a.Index))
	}
	for _, v := range values {
		call, ok := unboxed(v).(*ssa.Call)
		if !ok || len(call.Call.Args) != 2 {
			continue
		}
		if key, ok := k.eval(call.Call.Args[0], call.Pos()).Known(); ok && key == name {
			value := unboxed(call.Call.Args[1])
			return k.judge(one, value, k.origin(value, 0))
		}
	}
	return nil
}

// valueNamed judges what a map, or a field of a struct, has under the name that a
// statement takes it by.
func (k *storer) valueNamed(one pending, name string, v ssa.Value) []pending {
	v = unboxed(v)
	if _, ok := deref(v.Type()).Underlying().(*types.Map); !ok {
		return k.value(one, v, 0)
	}
	var list []pending
	for _, u := range k.mapUpdates(v) {
		if key, ok := k.eval(u.Key, u.Pos()).Known(); ok && key == name {
			value := unboxed(u.Value)
			list = append(list, k.judge(one, value, k.origin(value, 0))...)
		}
	}
	return list
}

// isFastHash reports whether a function of a database makes a fast hash.
func isFastHash(name string) bool {
	switch name {
	case "md5", "sha", "sha1", "sha2", "sha224", "sha256", "sha384", "sha512", "password", "old_password", "hashbytes", "digest", "encode":
		return name != "encode"
	}
	return false
}
