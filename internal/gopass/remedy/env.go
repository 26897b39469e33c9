package remedy

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// readFromEnv returns the edits that read a literal from the environment
// instead. The literal is the credential as a whole, or what stands behind the
// scheme of a header.
func (s *site) readFromEnv() []finding.Edit {
	lit, ok := s.literal()
	if !ok || s.isTest() || s.isDefault() {
		return nil
	}
	if call, ok := s.parent(0).(*ast.CallExpr); ok && len(call.Args) == 2 && call.Args[1] == lit {
		if name, ok := s.variableIn(call.Args[0]); ok {
			return s.withoutLiteral(call, lit, name)
		}
	}
	scheme := ""
	text := constant.StringVal(s.Pass.TypesInfo.Types[lit].Value)
	if word, _, spaced := strings.Cut(text, " "); spaced {
		if !strings.EqualFold(word, s.finding.Evidence["scheme"]) {
			return nil // a text with a credential in it
		}
		scheme = fmt.Sprintf("%q + ", word+" ")
	}
	if strings.ContainsAny(text, "%{") && s.isArgumentBesideOthers() {
		return nil // a format
	}
	name := s.variable(text)
	edits, ok := s.declared(lit, name, scheme)
	if !ok {
		var expr string
		if expr, edits, ok = s.required(name); !ok {
			return nil
		}
		edits = append(edits, s.replace(lit.Pos(), lit.End(), s.converted(lit, scheme+expr)))
	}
	if len(edits) > 0 {
		s.names[name] = text
	}
	return edits
}

// variableIn returns the name of a variable of the environment that an expression is.
func (s *site) variableIn(e ast.Expr) (name string, ok bool) {
	tv := s.Pass.TypesInfo.Types[e]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return "", false
	}
	name = constant.StringVal(tv.Value)
	return name, isVariable(name) && strings.Contains(name, "_")
}

// withoutLiteral returns the edits of a call that takes the name of a variable
// beside the literal: what sets the variable becomes a check that it is set, and
// what has a fallback for it goes.
func (s *site) withoutLiteral(call *ast.CallExpr, lit ast.Expr, name string) []finding.Edit {
	stmt, isStmt := s.parent(1).(*ast.ExprStmt)
	fn := s.object(call.Fun)
	switch {
	case fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "os" || fn.Name() != "Setenv":
		s.remedy.To = name
		return s.requireCall(call, lit)
	case !isStmt:
		return nil
	}
	i := s.function()
	results, ok := s.zeroResults(s.path[i])
	if !ok {
		expr, edits, ok := s.helper(name)
		if !ok || !s.mayStop() {
			return nil
		}
		return append(edits, s.replace(call.Pos(), call.End(), expr))
	}
	osName, _, _ := s.imported(s.file, "os", s.pos)
	errorsName, edits, ok := s.imported(s.file, "errors", s.pos)
	if !ok || osName == "" {
		return nil
	}
	return append(edits, s.replace(stmt.Pos(), stmt.End(), fmt.Sprintf("if %[1]s.Getenv(%[2]q) == \"\" {\n%[3]s\treturn %[4]s%[5]s.New(%[6]q)\n%[3]s}",
		osName, name, s.tabs(stmt), results, errorsName, "environment variable "+name+" is not set")))
}

// isDefault reports whether the place is a value that others may take the place
// of, by the name of what it stands in: to ask for it always would be wrong.
func (s *site) isDefault() bool {
	for _, n := range s.path {
		var names []*ast.Ident
		switch n := n.(type) {
		case *ast.FuncDecl:
			names = []*ast.Ident{n.Name}
		case *ast.ValueSpec:
			names = n.Names
		case *ast.AssignStmt:
			if id, ok := n.Lhs[0].(*ast.Ident); ok {
				names = []*ast.Ident{id}
			}
		}
		if slices.ContainsFunc(names, func(id *ast.Ident) bool { return shape.HasWord(id.Name, "default", "defaults", "fallback") }) {
			return true
		}
	}
	return false
}

// literal returns the constant text that is the place of the finding.
func (s *site) literal() (ast.Expr, bool) {
	lit, ok := s.path[0].(ast.Expr)
	if !ok || lit.Pos() != s.pos || lit.End() != s.end {
		return nil, false
	}
	switch e := lit.(type) {
	case *ast.BasicLit:
		if field, ok := s.parent(0).(*ast.Field); ok && field.Tag == e {
			return nil, false
		}
	case *ast.BinaryExpr:
	default:
		return nil, false
	}
	if around, ok := s.parent(0).(*ast.BinaryExpr); ok && around.Op == token.ADD {
		return nil, false // a part of a text
	}
	tv := s.Pass.TypesInfo.Types[lit]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return nil, false
	}
	// A part of the literal that is masked alone is a part of the credential's text.
	for _, at := range s.finding.Redact {
		pos, end, ok := s.Find(at)
		if ok && s.pos <= pos && end <= s.end && end-pos < s.end-s.pos {
			return nil, false
		}
	}
	return lit, true
}

// isArgumentBesideOthers reports whether the place is one of several arguments.
func (s *site) isArgumentBesideOthers() bool {
	call, ok := s.parent(0).(*ast.CallExpr)
	return ok && len(call.Args) > 1
}

// converted returns an expression of type string as one of the literal's type.
func (s *site) converted(lit ast.Expr, expr string) string {
	t := s.Pass.TypesInfo.TypeOf(lit)
	named, ok := t.(*types.Named)
	if !ok {
		return expr
	}
	name := named.Obj().Name()
	if pkg := named.Obj().Pkg(); pkg != nil && pkg != s.Pass.Pkg {
		spec := importOf(s.file, pkg.Path())
		switch {
		case spec == nil:
			return expr // does not compile, so that the fix is left out
		case spec.Name != nil:
			name = spec.Name.Name + "." + name
		default:
			name = pkg.Name() + "." + name
		}
	}
	return name + "(" + expr + ")"
}

// declared returns the edits for a literal that is the whole value of a name:
// a constant becomes a variable, and a local name is what the environment is
// read into.
func (s *site) declared(lit ast.Expr, name, scheme string) ([]finding.Edit, bool) {
	if assign, ok := s.parent(0).(*ast.AssignStmt); ok && assign.Tok == token.DEFINE && len(assign.Lhs) == 1 && scheme == "" {
		if id, ok := assign.Lhs[0].(*ast.Ident); ok && id.Name != "_" {
			return s.lookup(name, id.Name, assign)
		}
	}
	spec, decl, level := s.valueSpec()
	if spec == nil {
		return nil, false
	}
	if decl.Tok == token.VAR || level > 0 {
		if s.isLocal() || len(spec.Names) != 1 || ast.IsExported(spec.Names[0].Name) && s.Pass.Pkg.Name() != "main" || scheme != "" {
			return nil, false
		}
		return s.lazily(decl, spec, name)
	}
	// No other way: what is no constant any more must not stay in the declaration,
	// and other packages may need a constant.
	isSeen := ast.IsExported(spec.Names[0].Name) && !s.isLocal() && s.Pass.Pkg.Name() != "main"
	if len(spec.Names) != 1 || spec.Names[0].Name == "_" || isSeen || followed(decl, spec) {
		return nil, true
	}
	if s.isLocal() {
		return s.localConstant(decl, spec, name, scheme), true
	}
	if scheme == "" {
		if edits, ok := s.lazily(decl, spec, name); ok {
			return edits, true
		}
	}
	expr, edits, ok := s.required(name)
	if !ok {
		return nil, true
	}
	expr = s.converted(lit, scheme+expr)
	if len(decl.Specs) == 1 {
		return append(edits, s.replace(decl.Pos(), decl.Pos()+token.Pos(len("const")), "var"), s.replace(lit.Pos(), lit.End(), expr)), true
	}
	typed := ""
	if spec.Type != nil {
		typed = " " + types.ExprString(spec.Type)
	}
	start, end := inGroup(decl, spec)
	return append(edits,
		s.replace(start, end, ""),
		s.insert(decl.End(), fmt.Sprintf("\n\n%svar %s%s = %s", docOf(spec), spec.Names[0].Name, typed, expr))), true
}

// valueSpec returns the declaration whose value the place is, also through
// conversions, and how many of them there are.
func (s *site) valueSpec() (*ast.ValueSpec, *ast.GenDecl, int) {
	for i := range s.path {
		switch around := s.parent(i).(type) {
		case *ast.CallExpr:
			if !s.Pass.TypesInfo.Types[around.Fun].IsType() {
				return nil, nil, 0
			}
		case *ast.ValueSpec:
			decl, ok := s.parent(i + 1).(*ast.GenDecl)
			if !ok || len(around.Values) != len(around.Names) {
				return nil, nil, 0
			}
			return around, decl, i
		default:
			return nil, nil, 0
		}
	}
	return nil, nil, 0
}

// localConstant returns the edits for a constant of a function, if it is alone
// and without a type.
func (s *site) localConstant(decl *ast.GenDecl, spec *ast.ValueSpec, name, scheme string) []finding.Edit {
	stmt, ok := s.path[3].(*ast.DeclStmt)
	if !ok || len(decl.Specs) != 1 || spec.Type != nil {
		return nil
	}
	own := spec.Names[0].Name
	if scheme == "" {
		if edits, ok := s.lookup(name, own, stmt); ok {
			return edits
		}
	}
	expr, edits, ok := s.helper(name)
	if !ok || !s.mayStop() {
		return nil
	}
	return append(edits, s.replace(stmt.Pos(), stmt.End(), own+" := "+scheme+expr))
}

// inGroup returns the range of a declaration in a group, with its comments and
// with what parts it from the next one, or else from the one before.
func inGroup(decl *ast.GenDecl, spec *ast.ValueSpec) (start, end token.Pos) {
	bounds := func(spec *ast.ValueSpec) (start, end token.Pos) {
		start, end = spec.Pos(), spec.End()
		if spec.Doc != nil {
			start = spec.Doc.Pos()
		}
		if spec.Comment != nil {
			end = spec.Comment.End()
		}
		return start, end
	}
	start, end = bounds(spec)
	for i, other := range decl.Specs {
		if other != spec {
			continue
		}
		if i+1 < len(decl.Specs) {
			end, _ = bounds(decl.Specs[i+1].(*ast.ValueSpec))
		} else {
			_, start = bounds(decl.Specs[i-1].(*ast.ValueSpec))
		}
	}
	return start, end
}

// docOf returns the comment above a declaration as it is written.
func docOf(spec *ast.ValueSpec) string {
	if spec.Doc == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range spec.Doc.List {
		b.WriteString(c.Text + "\n")
	}
	return b.String()
}

// isLocal reports whether the place lies in a function.
func (s *site) isLocal() bool { return s.function() >= 0 }

// followed reports whether the constant behind one takes its value, or counts.
func followed(decl *ast.GenDecl, spec *ast.ValueSpec) bool {
	for i, other := range decl.Specs {
		if other == spec && i+1 < len(decl.Specs) {
			next, ok := decl.Specs[i+1].(*ast.ValueSpec)
			return !ok || len(next.Values) == 0
		}
	}
	return false
}

// function returns the index in the path of the innermost function, -1 if the
// place lies in none.
func (s *site) function() int {
	for i, n := range s.path {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return i
		}
	}
	return -1
}

// required returns an expression that is the value of a variable of the
// environment which must be set, and the edits that it takes: in a function that
// returns an error the look-up before the statement, elsewhere a helper.
func (s *site) required(name string) (expr string, edits []finding.Edit, ok bool) {
	if i := s.statement(); i >= 0 {
		if edits, ok = s.lookup(name, "", s.path[i].(ast.Stmt)); ok {
			return s.local(name), edits, true
		}
	}
	if !s.mayStop() {
		return "", nil, false
	}
	return s.helper(name)
}

// statement returns the index in the path of the statement of a list that the
// place lies in, -1 if there is none before which others can stand.
func (s *site) statement() int {
	if i := s.function(); i >= 0 {
		return s.insertion(s.path[i], []*site{s})
	}
	return -1
}

// insertion returns the index in the path of the statement of a function before
// which others can stand that all of the sites see, -1 if there is none: what is
// read there must be read whenever the literal is.
func (s *site) insertion(fn ast.Node, seen []*site) int {
	for i := 0; i+1 < len(s.path) && s.path[i] != fn; i++ {
		stmt, ok := s.path[i].(ast.Stmt)
		if !ok {
			continue
		}
		around := s.path[i+1]
		switch around := around.(type) {
		case *ast.IfStmt:
			if around.Else == stmt {
				return -1 // only if what is asked before does not hold
			}
		case *ast.LabeledStmt:
			return -1
		}
		outside := func(o *site) bool { return o.pos < around.Pos() || around.End() < o.end }
		if isListed(stmt, around) && s.functionFrom(i) == fn && !slices.ContainsFunc(seen, outside) {
			return i
		}
	}
	return -1
}

// isListed reports whether a statement is one of the list of what is around it.
func isListed(stmt ast.Stmt, around ast.Node) bool {
	switch around := around.(type) {
	case *ast.BlockStmt:
		switch stmt.(type) {
		case *ast.CaseClause, *ast.CommClause:
			return false
		}
		return true
	case *ast.CaseClause:
		return true
	case *ast.CommClause:
		return around.Comm != stmt
	}
	return false
}

// functionFrom returns the innermost function around the i-th node of the path.
func (s *site) functionFrom(i int) ast.Node {
	for _, n := range s.path[i:] {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return n
		}
	}
	return nil
}

// lookup returns the edits that read a variable of the environment in a function
// that returns an error: before a statement, or in the place of one that
// declares the name into.
func (s *site) lookup(name, into string, stmt ast.Stmt) ([]finding.Edit, bool) {
	i := s.function()
	if i < 0 {
		return nil, false
	}
	if into != "" {
		text, edits, ok := s.reading(s.path[i], name, into, stmt)
		return append(edits, s.replace(stmt.Pos(), stmt.End(), text)), ok
	}
	into = s.local(name)
	if s.uses(s.path[i], into) {
		return nil, false
	}
	return s.lookupBefore(s.path[i], name, into, stmt)
}

// lookupBefore returns the edits that read a variable of the environment into a
// local name before a statement of a function that returns an error.
func (s *site) lookupBefore(fn ast.Node, name, into string, stmt ast.Stmt) ([]finding.Edit, bool) {
	text, edits, ok := s.reading(fn, name, into, stmt)
	if !ok {
		return nil, false
	}
	s.take(fn, into)
	return append(edits, s.insert(stmt.Pos(), text+"\n"+s.tabs(stmt))), true
}

// reading returns the statements that read a variable of the environment into a
// name at the place of a statement, and the edits that import what they use.
func (s *site) reading(fn ast.Node, name, into string, stmt ast.Stmt) (text string, edits []finding.Edit, ok bool) {
	results, ok := s.zeroResults(fn)
	if !ok {
		return "", nil, false
	}
	osName, edits, ok := s.imported(s.file, "os", s.pos)
	if !ok {
		return "", nil, false
	}
	errorsName, more, ok := s.imported(s.file, "errors", s.pos)
	if !ok {
		return "", nil, false
	}
	isSet := s.fresh(fn, "ok", "isSet", "present", "envSet")
	text = fmt.Sprintf("%[1]s, %[2]s := %[3]s.LookupEnv(%[4]q)\n%[5]sif !%[2]s || %[1]s == \"\" {\n%[5]s\treturn %[6]s%[7]s.New(%[8]q)\n%[5]s}",
		into, isSet, osName, name, s.tabs(stmt), results, errorsName, "environment variable "+name+" is not set")
	return text, append(edits, more...), true
}

// tabs returns the indentation of a statement.
func (s *site) tabs(stmt ast.Stmt) string {
	return strings.Repeat("\t", max(0, s.Pass.Fset.Position(stmt.Pos()).Column-1))
}

// local returns the name of the local variable for one of the environment.
func (s *site) local(name string) string {
	var b strings.Builder
	for i, word := range strings.Split(strings.ToLower(name), "_") {
		if i > 0 && word != "" {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		b.WriteString(word)
	}
	if text := b.String(); token.IsIdentifier(text) {
		return text
	}
	return "fromEnv"
}

// zeroResults returns the results of a function but the last as text, a comma
// behind each, and reports whether the last one is an error.
func (s *site) zeroResults(fn ast.Node) (string, bool) {
	var list *ast.FieldList
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		list = fn.Type.Results
	case *ast.FuncLit:
		list = fn.Type.Results
	}
	if list == nil {
		return "", false
	}
	var all []ast.Expr
	for _, field := range list.List {
		for range max(1, len(field.Names)) {
			all = append(all, field.Type)
		}
	}
	last := len(all) - 1
	if last < 0 || !types.Identical(s.Pass.TypesInfo.TypeOf(all[last]), types.Universe.Lookup("error").Type()) {
		return "", false
	}
	var b strings.Builder
	for _, e := range all[:last] {
		b.WriteString(zero(s.Pass.TypesInfo.TypeOf(e), e) + ", ")
	}
	return b.String(), true
}

// zero returns the zero value of a type, which e writes.
func zero(t types.Type, e ast.Expr) string {
	if t == nil {
		return "nil"
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return "*new(" + types.ExprString(e) + ")"
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsNumeric != 0:
			return "0"
		case u.Info()&types.IsBoolean != 0:
			return "false"
		}
	case *types.Struct, *types.Array:
		return types.ExprString(e) + "{}"
	}
	return "nil"
}

// uses reports whether a function has the name, or gets it by another fix.
func (s *site) uses(fn ast.Node, name string) bool {
	if s.taken[fn][name] {
		return true
	}
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

// take notes that a fix declares the name in a function.
func (s *site) take(fn ast.Node, name string) {
	if s.taken[fn] == nil {
		s.taken[fn] = map[string]bool{}
	}
	s.taken[fn][name] = true
}

// fresh returns the first of the names that a function does not have; the last
// one if it has them all.
func (s *site) fresh(fn ast.Node, names ...string) string {
	for _, name := range names {
		if !s.uses(fn, name) {
			return name
		}
	}
	return names[len(names)-1]
}
