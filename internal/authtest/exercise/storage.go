package exercise

import (
	"go/types"
	"slices"

	"github.com/authlint/authlint/rules"
)

// storedElsewhere returns the exercises of what stores a password otherwise
// than by a statement with its values: prepared, as a record, in a file.
func storedElsewhere(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "store" || d.fn == nil {
		return nil
	}
	_, hasQuery := dir.Arg("query")
	_, hasColumns := dir.Arg("columns")
	if to, ok := dir.Arg("to"); ok && to.Index < 0 || hasColumns {
		return nil // other calls say where, or what
	}
	var write func(p *program, d *Decl, dir rules.Directive, password string) int
	switch {
	case dir.Words[0] == "sql" && !hasQuery:
		write = storeByPrepared
	case dir.Words[0] == "prepared":
		write = storePrepared
	case dir.Words[0] == "record" || dir.Words[0] == "file":
		write = storeRecord
	default:
		return nil
	}
	return event(d, dir, "stored", func(p *program, _ *Exercise, bad bool) {
		line := write(p, d, dir, p.hashedUnless(bad))
		if bad && p.err == nil {
			p.find(line, "plaintext-credential-storage")
		}
	})
}

// hashedUnless returns a password, as it is or hashed.
func (p *program) hashedUnless(bad bool) string {
	if bad {
		return p.chosen()
	}
	hash := p.fresh("v")
	p.add("%s, _ := %s([]byte(%s), 10)", hash, p.std(bcryptPath, "GenerateFromPassword"), p.chosen())
	return "string(" + hash + ")"
}

// insertion is a statement that stores a password.
const insertion = "INSERT INTO users (password) VALUES ($1)"

// storeByPrepared gives a prepared statement its values.
func storeByPrepared(p *program, d *Decl, dir rules.Directive, password string) int {
	i := slices.IndexFunc(d.Package.Decls, func(x *Decl) bool {
		return x.fn != nil && x.stores("prepared") && pointee(x.signature().Results().At(0).Type()) == d.owner
	})
	if i < 0 {
		p.fail("nothing prepares")
		return 0
	}
	return p.execute(d.Package.Decls[i], d, dir, password)
}

// storePrepared prepares a statement and gives it values.
func storePrepared(p *program, d *Decl, _ rules.Directive, password string) int {
	for _, x := range d.Package.Decls {
		if x.fn == nil || x.owner == nil || x.owner != pointee(d.signature().Results().At(0).Type()) {
			continue
		}
		for _, dir := range x.Directives {
			if dir.Verb == "store" {
				return p.execute(d, x, dir, password)
			}
		}
	}
	p.fail("nothing executes what is prepared")
	return 0
}

// stores reports whether a declaration stores in a medium.
func (d *Decl) stores(medium string) bool {
	return slices.ContainsFunc(d.Directives, func(dir rules.Directive) bool { return dir.Verb == "store" && dir.Words[0] == medium })
}

// execute prepares a statement and executes it.
func (p *program) execute(prepare, exec *Decl, dir rules.Directive, password string) int {
	query := slices.IndexFunc(prepare.Directives, func(dir rules.Directive) bool { return dir.Verb == "store" })
	at, _ := prepare.Directives[query].Arg("query")
	statement := p.fresh("v")
	p.add("%s, _ := %s", statement, p.call(prepare, "", arguments{at.Index: {literal(insertion).expr}}))
	values, _ := dir.Arg("values")
	return p.discard(exec, p.call(exec, statement, arguments{values.Index: {password}}))
}

// storeRecord stores a struct with a password, the value of a column, or a text.
func storeRecord(p *program, d *Decl, dir rules.Directive, password string) int {
	if pairs, ok := dir.Arg("pairs"); ok {
		return p.discard(d, p.call(d, "", arguments{pairs.Index: {`"password"`, password}}))
	}
	a, _ := dir.Arg("value")
	column, hasColumn := dir.Arg("column")
	given, t := arguments{}, d.paramType(a.Index)
	switch slice, isSlice := t.Underlying().(*types.Slice); {
	case isSlice && !isByte(slice.Elem()) && isText(slice.Elem()) && !types.IsInterface(slice.Elem()):
		given[a.Index] = []string{p.carry(t, text{expr: password})}
	case isMap(t):
		given[a.Index] = []string{p.carry(t, named("password", text{expr: password}))}
	case hasColumn:
		given[column.Index] = []string{`"password"`}
		given[a.Index] = []string{password}
	case isText(t) && isSlice && isByte(slice.Elem()), isText(t) && !isSlice && !types.IsInterface(t):
		given[a.Index] = []string{p.carry(t, text{expr: password})}
	default:
		p.decls = append(p.decls, "type account struct {\n\tName     string\n\tPassword string\n}")
		expr := "&account{Name: \"\", Password: " + password + "}"
		if isSlice {
			expr = p.name(t) + "{" + expr + "}"
		}
		given[a.Index] = []string{expr}
	}
	return p.discard(d, p.call(d, "", given))
}

// hashes returns the exercises of what hashes passwords: the hash is stored, or
// the password.
func hashes(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "value" || dir.Words[0] != "password-hash" || d.fn == nil {
		return nil
	}
	return event(d, dir, "stored", func(p *program, _ *Exercise, bad bool) {
		expr := p.chosen()
		if !bad {
			hash, t := p.yield(d, dir, map[string]text{"input": {expr: expr}})
			expr = p.asString(hash, t)
		}
		line := p.add("_, _ = %s.Exec(%q, %s)", p.param(p.w.pointer("database/sql", "DB")), insertion, expr)
		if bad {
			p.find(line, "plaintext-credential-storage")
		}
	})
}

// compared returns the exercises of what compares two texts: the fast hash of a
// password with a stored one, or that of a file.
func compared(d *Decl, dir rules.Directive) []*Exercise {
	if dir.Verb != "transfer" || dir.Words[0] != "equal" {
		return nil
	}
	return event(d, dir, "hash", func(p *program, _ *Exercise, bad bool) {
		what := "content"
		if bad {
			what = p.chosen()
		} else {
			p.params = append(p.params, "content string")
		}
		p.params = append(p.params, "stored string")
		sum := p.fresh("v")
		line := p.add("%s := %s([]byte(%s))", sum, p.std("crypto/sha256", "Sum256"), what)
		a, _ := dir.Arg("a")
		b, _ := dir.Arg("b")
		digest, t := text{expr: p.std("encoding/hex", "EncodeToString") + "(" + sum + "[:])"}, d.paramType(a.Index)
		if !types.Identical(t.Underlying(), types.Typ[types.String]) {
			digest = text{expr: sum + "[:]"}
		}
		call := p.call(d, "", arguments{a.Index: {digest.expr}, b.Index: {p.carry(t, text{expr: "stored"})}})
		if types.Identical(d.signature().Results().At(0).Type(), types.Typ[types.Bool]) {
			call = "!" + call
		} else {
			call += " != 0"
		}
		p.refuse("%s", call)
		if bad {
			p.find(line, "weak-password-hash")
		}
	})
}
