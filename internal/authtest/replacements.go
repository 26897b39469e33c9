package authtest

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/goexpr"
)

// replacementRules are the operators that turn good code into bad, with the
// rules of which one must be reported.
var replacementRules = map[string][]string{
	"literal-for-env":         written,
	"fallback-for-env":        written,
	"literal-for-argument":    written,
	"literal-for-field":       written,
	"literal-for-assigned":    written,
	"literal-for-result":      written,
	"literal-for-compared":    written,
	"literal-for-element":     written,
	"literal-for-basic":       written,
	"literal-authorization":   written,
	"literal-for-default":     written,
	"https-to-http":           {"basic-auth-over-http", "credential-over-http", "message-over-http"},
	"tls-minimum-lowered":     {"weak-tls-version"},
	"verification-off":        {"tls-verify-off"},
	"verification-off-added":  {"tls-verify-off"},
	"tls-minimum-added":       {"weak-tls-version"},
	"host-key-ignored":        {"ssh-host-key-unchecked"},
	"length-lowered":          {"weak-password-policy"},
	"tag-minimum-lowered":     {"weak-password-policy"},
	"get-for-post":            {"get-message-send", "credential-in-url"},
	"ftp-for-sftp":            {"plaintext-ftp"},
	"credential-put-into-url": {"credential-in-url"},
}

// written are the rules for a credential that is written in the source. Which of
// them it is depends on what stands around it: the literal may replace what one
// branch reads, or a value that was empty by default.
var written = []string{"hardcoded-credential", "fallback-credential"}

// replacements adds the sites at a node.
func (f *finder) replacements(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		f.call(n)
	case *ast.KeyValueExpr:
		f.element(n)
	case *ast.CompositeLit:
		f.composite(n)
	case *ast.AssignStmt:
		f.assignment(n)
	case *ast.ReturnStmt:
		f.result(n)
	case *ast.BinaryExpr:
		f.comparison(n)
	case *ast.BasicLit:
		f.literalText(n)
	case *ast.Field:
		f.tag(n)
	case *ast.ValueSpec:
		f.value(n)
	}
}

// replace adds a site that replaces a node that stands on one line.
func (f *finder) replace(operator string, n ast.Node, text func(e *expansion) string) {
	if f.tok.Line(n.Pos()) != f.tok.Line(n.End()) {
		return // keep every other line where it is
	}
	f.at(operator, n.Pos(), f.tok.Offset(n.Pos()), f.tok.Offset(n.End()), text)
}

// at adds a site that replaces the text between two offsets.
func (f *finder) at(operator string, pos token.Pos, from, to int, text func(e *expansion) string) {
	in := &finder{f.Mutator, f.source, f.fn}
	around := pos
	last := f.tok.Line(pos)
	if f.fn != nil && pos >= f.fn.Pos() && pos < f.fn.End() {
		around, last = f.fn.Pos(), f.tok.Line(f.fn.End())
	}
	f.sites[operator] = append(f.sites[operator], site{around, false, func() *draft {
		d := &draft{imports: map[*source][]string{}}
		e := &expansion{finder: in, variables: in.variables(pos), memo: map[string]string{}, draft: d}
		filled, ok := e.expand(text(e), in.source, pos)
		if !ok || filled == "" {
			return nil
		}
		d.edits = []edit{{in.source, from, to, filled}}
		d.near = lines{in.rel, in.tok.Line(around), last}
		return d
	}})
}

// literalFor returns a maker of literals that fit a kind.
func literalFor(kind credentialKind) func(*expansion) string {
	return func(e *expansion) string { return e.literal(kind) }
}

// oneOf returns a maker of one of the texts, by turns of the random source.
func oneOf(texts ...string) func(*expansion) string {
	return func(e *expansion) string { return texts[e.rand.IntN(len(texts))] }
}

// call finds environment reads, arguments named like credentials, and the
// calls of net/http that carry credentials.
func (f *finder) call(n *ast.CallExpr) {
	fn := f.callee(n)
	if fn == nil {
		return
	}
	switch fn.FullName() {
	case "os.Getenv":
		if kind := kindOf(f.constant(n.Args[0])); kind != noCredential {
			f.replace("literal-for-env", n, literalFor(kind))
			was := f.code(n)
			f.replace("fallback-for-env", n, func(e *expansion) string {
				return oneOf("@cmp.Or("+was+", "+e.literal(kind)+")", "func() string { if v := "+was+"; v != \"\" { return v }; return "+e.literal(kind)+" }()")(e)
			})
		}
		return
	case "(*net/http.Request).SetBasicAuth":
		if f.constant(n.Args[1]) == "" {
			f.replace("literal-for-basic", n.Args[1], literalFor(passwordLike))
		}
		return
	case "(net/http.Header).Set", "(net/http.Header).Add":
		if strings.EqualFold(f.constant(n.Args[0]), "Authorization") && f.constant(n.Args[1]) == "" {
			f.replace("literal-authorization", n.Args[1], oneOf(`"Bearer $rawkey"`, `"Bearer " + $key`, `"Basic " + @base64.StdEncoding.EncodeToString([]byte("svc:$rawlit"))`, `@fmt.Sprintf("App %s", $key)`))
		}
		return
	}
	if strings.HasPrefix(fn.FullName(), "net/http.NewRequest") {
		f.method(n)
	}
	f.arguments(n, fn)
}

// method finds requests that bring a message in their body, as parameters.
func (f *finder) method(n *ast.CallExpr) {
	body := ""
	if f.fn != nil && f.fn.Body != nil {
		body = f.code(f.fn.Body)
	}
	for _, arg := range n.Args {
		if f.constant(arg) == "POST" && sendsMessage().MatchString(body) && strings.Contains(body, "Encode()") {
			f.replace("get-for-post", arg, oneOf("@http.MethodGet", `"GET"`))
		}
	}
}

// arguments finds arguments that a call takes as credentials, by the names of
// parameters, and defaults that stand behind the name of a setting.
func (f *finder) arguments(n *ast.CallExpr, fn *types.Func) {
	params := fn.Signature().Params()
	setting := noCredential
	for i, arg := range n.Args {
		if value := f.pkg.TypesInfo.Types[arg].Value; value != nil && value.Kind() == constant.String {
			if constant.StringVal(value) == "" && setting != noCredential && i+1 < len(n.Args) {
				f.replace("literal-for-default", arg, literalFor(setting))
			}
			setting = kindOf(constant.StringVal(value))
			continue
		}
		if i < params.Len() && f.isText(arg) {
			if kind := kindOf(params.At(i).Name()); kind != noCredential {
				f.replace("literal-for-argument", arg, literalFor(kind))
			}
		}
	}
}

// element finds keyed fields and elements that take credentials, versions and switches.
func (f *finder) element(n *ast.KeyValueExpr) {
	name := f.constant(n.Key) // of a map
	key, isField := n.Key.(*ast.Ident)
	if isField && name == "" {
		name = key.Name
	}
	switch {
	case isField && f.setting(name, n.Value):
	case kindOf(name) == noCredential || !f.isText(n.Value) || f.constant(n.Value) != "":
	case isField:
		f.replace("literal-for-field", n.Value, literalFor(kindOf(name)))
	default:
		f.replace("literal-for-element", n.Value, literalFor(kindOf(name)))
	}
}

// setting finds values of fields that secure a connection, and reports whether
// this is one.
func (f *finder) setting(field string, value ast.Expr) bool {
	switch field {
	case "MinVersion":
		if text := f.code(value); strings.Contains(text, ".VersionTLS12") || strings.Contains(text, ".VersionTLS13") {
			f.replace("tls-minimum-lowered", value, oneOf("@tls.VersionTLS10", "@tls.VersionTLS11", "0x0302"))
		}
	case "InsecureSkipVerify":
		if f.code(value) != "true" {
			f.replace("verification-off", value, oneOf("true"))
		}
	case "HostKeyCallback":
		f.replace("host-key-ignored", value, oneOf("@ssh.InsecureIgnoreHostKey()", "func(string, @net.Addr, @ssh.PublicKey) error { return nil }"))
	case "Scheme":
		if f.constant(value) == "https" && f.setsCredentials() {
			f.replace("https-to-http", value, oneOf(`"http"`))
		}
	default:
		return false
	}
	return true
}

// composite finds TLS configurations into which a fault fits.
func (f *finder) composite(n *ast.CompositeLit) {
	t := f.pkg.TypesInfo.TypeOf(n)
	if t == nil || t.String() != "crypto/tls.Config" {
		return
	}
	has := map[string]bool{}
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			has[f.code(kv.Key)] = true
		}
	}
	after := f.tok.Offset(n.Lbrace) + 1
	comma := ", "
	if len(n.Elts) == 0 {
		comma = ""
	}
	if !has["InsecureSkipVerify"] && !has["VerifyConnection"] && !has["VerifyPeerCertificate"] && !has["ClientAuth"] && !has["GetCertificate"] {
		f.at("verification-off-added", n.Lbrace, after, after, oneOf("InsecureSkipVerify: true"+comma))
	}
	if !has["MinVersion"] {
		f.at("tls-minimum-added", n.Lbrace, after, after, oneOf("MinVersion: @tls.VersionTLS10"+comma, "MinVersion: @tls.VersionTLS11"+comma))
	}
}

// assignment finds assignments of credentials and of settings of connections.
func (f *finder) assignment(n *ast.AssignStmt) {
	if len(n.Lhs) != 1 || len(n.Rhs) != 1 {
		return
	}
	name := ""
	switch left := n.Lhs[0].(type) {
	case *ast.SelectorExpr:
		name = left.Sel.Name
	case *ast.Ident:
		name = left.Name
	case *ast.IndexExpr:
		name = f.constant(left.Index)
	}
	if f.setting(name, n.Rhs[0]) || kindOf(name) == noCredential || !f.isText(n.Rhs[0]) || f.constant(n.Rhs[0]) != "" {
		return
	}
	f.replace("literal-for-assigned", n.Rhs[0], literalFor(kindOf(name)))
}

// result finds functions named like a credential that return one.
func (f *finder) result(n *ast.ReturnStmt) {
	if f.fn == nil || n.End() > f.fn.End() || kindOf(f.fn.Name.Name) == noCredential || len(n.Results) == 0 {
		return
	}
	if f.isText(n.Results[0]) && f.pkg.TypesInfo.Types[n.Results[0]].Value == nil {
		f.replace("literal-for-result", n.Results[0], literalFor(kindOf(f.fn.Name.Name)))
	}
}

// comparison finds comparisons with credentials and with minimum lengths.
func (f *finder) comparison(n *ast.BinaryExpr) {
	switch n.Op {
	case token.EQL, token.NEQ:
		if f.isText(n.X) && f.isText(n.Y) && f.constant(n.Y) == "" && !f.isEmpty(n.Y) && kindOf(lastName(n.X)) != noCredential {
			f.replace("literal-for-compared", n.Y, literalFor(kindOf(lastName(n.X))))
		}
	case token.LSS, token.GEQ:
		call, ok := n.X.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || kindOf(lastName(call.Args[0])) != passwordLike {
			return
		}
		if value := f.pkg.TypesInfo.Types[n.Y].Value; value == nil || value.Kind() != constant.Int || constant.Compare(value, token.GTR, constant.MakeInt64(6)) {
			f.replace("length-lowered", n.Y, oneOf("6", "5"))
		}
	}
}

// literalText finds texts whose scheme protects credentials.
func (f *finder) literalText(n *ast.BasicLit) {
	if n.Kind != token.STRING {
		return
	}
	text, err := strconv.Unquote(n.Value)
	if err != nil {
		return
	}
	switch {
	case strings.HasPrefix(text, "https://") && len(text) > len("https://localhost") && f.setsCredentials():
		f.replace("https-to-http", n, oneOf(strconv.Quote("http://"+text[len("https://"):])))
	case strings.HasPrefix(text, "sftp://"), strings.HasPrefix(text, "ftps://"):
		f.replace("ftp-for-sftp", n, oneOf(strconv.Quote("ftp://"+text[len("sftp://"):])))
	case strings.HasSuffix(text, "?") && f.setsCredentials() && strings.Contains(text, "/"):
		f.replace("credential-put-into-url", n, func(e *expansion) string { return n.Value[:len(n.Value)-1] + `access_token=" + $secret + "&"` })
	}
}

var (
	setsCredential = lazily(`SetBasicAuth|"Authorization"|"authorization"|[Tt]oken|[Pp]assword|[Aa][Pp][Ii]_?[Kk]ey`)
	makesRequest   = lazily(`NewRequest|\.Post\(|\.PostForm\(|\.Do\(|PostJSON|http\.Get|\.RoundTrip\(`)
	sendsMessage   = lazily(`"(text|message|msg|body)"`)
	tagMinimum     = lazily(`((?:validate|binding|valid):"[^"]*\b(?:min|gte)=)(\d+)`)
)

// setsCredentials reports whether the function makes a request and speaks of
// credentials.
func (f *finder) setsCredentials() bool {
	if f.fn == nil || f.fn.Body == nil {
		return false
	}
	body := f.code(f.fn.Body)
	return makesRequest().MatchString(body) && setsCredential().MatchString(body)
}

// value finds numbers that a password must at least be long.
func (f *finder) value(n *ast.ValueSpec) {
	if len(n.Names) != 1 || len(n.Values) != 1 {
		return
	}
	name := strings.Join(nameWords(n.Names[0].Name), " ")
	if _, err := strconv.Atoi(f.code(n.Values[0])); err == nil && strings.Contains(name, "min") && strings.Contains(name, "pass") {
		uses := f.uses(n.Names[0])
		f.replace("length-lowered", n.Values[0], func(e *expansion) string {
			e.draft.uses = uses
			return "6"
		})
	}
}

// uses returns the lines of the package on which a name is used.
func (f *finder) uses(name *ast.Ident) []Place {
	obj := f.pkg.TypesInfo.Defs[name]
	var places []Place
	for id, used := range f.pkg.TypesInfo.Uses {
		if file := f.fset.File(id.Pos()); used == obj && f.relative(file.Name()) != "" {
			places = append(places, Place{f.relative(file.Name()), file.Line(id.Pos())})
		}
	}
	slices.SortFunc(places, func(a, b Place) int { return strings.Compare(a.String(), b.String()) })
	return places
}

// tag finds validators' tags on passwords.
func (f *finder) tag(n *ast.Field) {
	if n.Tag == nil || len(n.Names) != 1 || kindOf(n.Names[0].Name) != passwordLike || !tagMinimum().MatchString(n.Tag.Value) {
		return
	}
	f.replace("tag-minimum-lowered", n.Tag, oneOf(tagMinimum().ReplaceAllString(n.Tag.Value, "${1}6")))
}

// callee returns the function that a call calls by its name.
func (f *finder) callee(n *ast.CallExpr) *types.Func {
	if id := goexpr.Ident(n.Fun); id != nil {
		if fn, ok := f.pkg.TypesInfo.Uses[id].(*types.Func); ok {
			return fn
		}
	}
	return nil
}

func lastName(e ast.Expr) string {
	if id := goexpr.Ident(e); id != nil {
		return id.Name
	}
	return ""
}

// code returns the source text of a node.
func (f *finder) code(n ast.Node) string {
	return string(f.text[f.tok.Offset(n.Pos()):f.tok.Offset(n.End())])
}

// constant returns the constant text of an expression, empty if it has none.
func (f *finder) constant(e ast.Expr) string {
	value := f.pkg.TypesInfo.Types[e].Value
	if value == nil || value.Kind() != constant.String {
		return ""
	}
	return constant.StringVal(value)
}

func (f *finder) isEmpty(e ast.Expr) bool {
	value := f.pkg.TypesInfo.Types[e].Value
	return value != nil && value.Kind() == constant.String && constant.StringVal(value) == ""
}

// isText reports whether an expression is of a type of text.
func (f *finder) isText(e ast.Expr) bool {
	t := f.pkg.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// isPackage reports whether a name means a package at a position.
func (f *finder) isPackage(name string, pos token.Pos) bool {
	scope := f.pkg.Types.Scope().Innermost(pos)
	if scope == nil {
		return true
	}
	_, obj := scope.LookupParent(name, pos)
	_, ok := obj.(*types.PkgName)
	return ok
}
