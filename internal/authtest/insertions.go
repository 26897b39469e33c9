package authtest

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// phrasing is one way of writing a bad practice. In its text
//
//	@http.Get     is a name of a package: the last part of one of inserted
//	$secret $user are texts in scope that are called so, if there are any
//	$text $other  are any texts in scope
//	$field        is a field in scope that holds a credential and can be assigned
//	$lit $key     are quoted literals: a password, an issued key; $rawlit is a password without quotes
//	$host $inside are the names of a public and of an internal host
//	$Name $name   are names for declarations that nothing else has; $ENV is a word for names of variables
//
// The same name stands for the same text throughout one phrasing.
type phrasing struct {
	stmt  string   // goes into a function
	decl  string   // goes behind a function; with stmt, behind another one of the package
	rules []string // instead of the operator's
	// off says why the phrasing is not used: what reads it comes later.
	off string
}

// insertion is an operator that adds a bad practice to good code.
type insertion struct {
	name      string
	rules     []string
	phrasings []phrasing
	// off says why no mutation is made: the practice has no rule yet.
	off string
}

// find makes the sites of a file.
func (m *Mutator) find(s *source) {
	f := &finder{Mutator: m, source: s}
	for _, decl := range s.file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Body == nil || len(fn.Body.List) == 0 || fn.Name.Name == "init" || f.isFaulty(fn) {
			continue
		}
		at := &finder{Mutator: m, source: s, fn: fn}
		rich := slices.ContainsFunc(at.variables(fn.Body.List[0].Pos()), func(v variable) bool { return kindOf(v.name) != noCredential })
		for _, op := range insertions() {
			if op.off == "" {
				m.sites[op.name] = append(m.sites[op.name], site{fn.Pos(), rich, func() *draft { return at.insert(&op) }})
			}
		}
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if fn, ok := n.(*ast.FuncDecl); ok {
			if f.isFaulty(fn) {
				return false
			}
			f.fn = fn
		}
		f.replacements(n)
		return true
	})
}

// isFaulty reports whether a node has errors without any mutation.
func (s *source) isFaulty(n ast.Node) bool {
	for line := s.tok.Line(n.Pos()); line <= s.tok.Line(n.End()); line++ {
		if s.faulty[Place{s.rel, line}] {
			return true
		}
	}
	return false
}

// insert returns the next phrasing of an operator that fits the function.
func (f *finder) insert(op *insertion) *draft {
	if len(f.phrased[op.name]) == 0 {
		f.phrased[op.name] = f.rand.Perm(len(op.phrasings))
	}
	p := op.phrasings[f.phrased[op.name][0]]
	f.phrased[op.name] = f.phrased[op.name][1:]
	if p.off != "" {
		return nil
	}
	d := &draft{rules: p.rules, imports: map[*source][]string{}}
	e := &expansion{finder: f, memo: map[string]string{}, draft: d}
	if p.stmt != "" {
		at, behind := f.statementPlace()
		e.variables = f.variables(f.tok.Pos(at))
		text, ok := e.expand(p.stmt, f.source, f.tok.Pos(at))
		if !ok {
			return nil
		}
		if behind {
			text = "; " + text
		} else {
			text = " " + text + ";"
		}
		d.edits = append(d.edits, edit{f.source, at, at, text})
	}
	if p.decl != "" {
		in, at := f.source, f.fn.End()
		if p.stmt != "" {
			in, at = f.elsewhere()
		}
		if in == nil {
			return nil
		}
		text, ok := e.expand(p.decl, in, token.NoPos)
		if !ok {
			return nil
		}
		offset := in.tok.Offset(at)
		d.edits = append(d.edits, edit{in, offset, offset, "; " + text})
	}
	return d
}

// statementPlace returns an offset at which a statement can stand, and whether
// that is behind another one: the beginning of the function, or behind one of
// the statements that it begins with and that surely go on.
func (f *finder) statementPlace() (offset int, behind bool) {
	list := f.fn.Body.List
	n := 0
	for n < len(list)-1 && goesOn(list[n]) {
		n++
	}
	if n = f.rand.IntN(n + 1); n > 0 {
		return f.tok.Offset(list[n-1].End()), true
	}
	return f.tok.Offset(f.fn.Body.Lbrace) + 1, false
}

// goesOn reports whether control always reaches what follows, for all that one sees.
func goesOn(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.AssignStmt, *ast.DeclStmt, *ast.DeferStmt, *ast.RangeStmt, *ast.IncDecStmt:
		return true
	case *ast.IfStmt:
		return s.Else == nil
	}
	return false
}

// elsewhere returns the end of a function in a file of the package, another one
// than this function.
func (f *finder) elsewhere() (*source, token.Pos) {
	type place struct {
		in *source
		at token.Pos
	}
	var places []place
	for _, s := range f.unit.files {
		if !s.mutable {
			continue
		}
		for _, decl := range s.file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn != f.fn && fn.Body != nil {
				places = append(places, place{s, fn.End()})
			}
		}
	}
	if len(places) == 0 {
		return nil, token.NoPos
	}
	p := places[f.rand.IntN(len(places))]
	return p.in, p.at
}

// expansion fills one phrasing.
type expansion struct {
	*finder
	variables []variable
	memo      map[string]string
	draft     *draft
}

var (
	packageUse  = lazily(`@([a-z0-9]+)\.([A-Z])`)
	placeholder = lazily(`\$(secret|user|text|other|field|lit|key|rawlit|rawkey|host|inside|name|Name|ENV)[0-9]?`)
)

// lazily compiles an expression when it is first used.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// expand fills a text that goes into a file; it reports whether all it needs is there.
func (e *expansion) expand(text string, in *source, pos token.Pos) (string, bool) {
	ok := true
	text = packageUse().ReplaceAllStringFunc(text, func(use string) string {
		parts := packageUse().FindStringSubmatch(use)
		name := e.packageName(parts[1], in, pos)
		ok = ok && name != ""
		return name + "." + parts[2]
	})
	text = placeholder().ReplaceAllStringFunc(text, func(name string) string {
		value, known := e.memo[name]
		if !known {
			value = e.value(strings.TrimRight(name[1:], "0123456789"), in, pos)
			e.memo[name] = value
		}
		ok = ok && value != ""
		return value
	})
	return text, ok
}

// packageName returns the name under which a file can use a package, and adds
// an import where it has none.
func (e *expansion) packageName(base string, in *source, pos token.Pos) string {
	for _, p := range inserted {
		if path.Base(p) != base {
			continue
		}
		if e.imported[p] == nil {
			return ""
		}
		if name := in.importedAs(p); name != "" && (pos == token.NoPos || e.isPackage(name, pos)) {
			return name
		}
		e.draft.imports[in] = append(e.draft.imports[in], p)
		return importName(p)
	}
	return ""
}

// importedAs returns the name under which a file imports a package, if it does.
func (s *source) importedAs(importPath string) string {
	for _, spec := range s.file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != importPath {
			continue
		}
		switch {
		case spec.Name == nil:
			return path.Base(importPath)
		case spec.Name.Name != "_" && spec.Name.Name != ".":
			return spec.Name.Name
		}
	}
	return ""
}

// value returns what a placeholder stands for, empty if there is no such thing.
func (e *expansion) value(name string, in *source, pos token.Pos) string {
	switch name {
	case "secret":
		code, fits := e.pick(e.variables, func(v variable) bool { return kindOf(v.name) != noCredential })
		if fits || code != "" && e.rand.IntN(2) == 0 {
			return code
		}
		return e.environment(in, pos)
	case "user":
		code, _ := e.pick(e.variables, func(v variable) bool { return isUserName(v.name) })
		return code
	case "text", "other":
		code, _ := e.pick(e.variables, func(variable) bool { return false })
		return code
	case "field":
		code, fits := e.pick(e.variables, func(v variable) bool { return v.assignable && kindOf(v.name) != noCredential })
		if !fits {
			return ""
		}
		return code
	case "lit":
		return e.literal(passwordLike)
	case "rawlit":
		return strings.NewReplacer("%", "x", "#", "x", "?", "x", "@", "x", "=", "x", "&", "x", "+", "x", "!", "x").Replace(e.password())
	case "key":
		return e.literal(keyLike)
	case "rawkey":
		return e.characters(alphanumeric, 32)
	case "host":
		return e.host()
	case "inside":
		return e.inside()
	case "Name", "name":
		return e.declared(name == "Name")
	case "ENV":
		return strings.ToUpper(e.word())
	}
	return ""
}

// environment returns a read of a credential from the environment.
func (e *expansion) environment(in *source, pos token.Pos) string {
	name := []string{"PASSWORD", "SECRET", "API_TOKEN", "PASSWD"}[e.rand.IntN(4)]
	return e.packageName("os", in, pos) + ".Getenv(" + strconv.Quote(strings.ToUpper(e.word())+"_"+name) + ")"
}

// declared returns a name that no other insertion has.
func (e *expansion) declared(capital bool) string {
	for {
		name := e.word() + e.capital()
		if capital {
			name = strings.ToUpper(name[:1]) + name[1:]
		}
		if !e.words[strings.ToLower(name)] {
			e.words[strings.ToLower(name)] = true
			return name
		}
	}
}
