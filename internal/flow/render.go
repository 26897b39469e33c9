package flow

import (
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// rendering is the way in which a value becomes text.
type rendering uint8

// The renderings.
const (
	asText     rendering = iota // the text itself, no method is asked
	asFmt                       // %v, %s and their like
	asPlus                      // %+v
	asSharp                     // %#v
	asJSON                      // encoded as JSON
	asEither                    // as JSON or by fmt, as a setting elsewhere has it
	asFileName                  // what the file holds whose name the value is
	asTemplate                  // as a template shows it, which is the parameter of its format
	asNamed                     // what the environment has under the name that the value is
)

// renderingOf returns the rendering that a model's word names.
func renderingOf(word string) rendering {
	switch word {
	case "text":
		return asText
	case "json":
		return asJSON
	case "either":
		return asEither
	}
	return asFmt
}

// renderers are the methods that a rendering asks, the first that a type has.
func (r rendering) renderers() []string {
	switch r {
	case asFmt, asPlus:
		return []string{"Format", "Error", "String"}
	case asSharp:
		return []string{"Format", "GoString"}
	case asJSON:
		return []string{"MarshalJSON", "MarshalText"}
	case asEither:
		return []string{"LogValue", "MarshalLogObject", "MarshalZerologObject", "MarshalJSON", "MarshalText", "Format", "Error", "String"}
	}
	return nil
}

// fieldSecret is a field by which a struct gives a credential away when it is
// rendered as a whole.
type fieldSecret struct {
	field   *types.Var
	owner   string
	kind    shape.Kind
	certain bool
	digest  bool // the digest of a password
	direct  bool // a field of the struct itself
	masked  bool // the struct has a method that masks it
	absent  bool // what comes from a store does not have it
	distant bool // it is behind two pointers and more, each of which may be nil
}

// Limits of the look into structs.
const (
	maxStructDepth  = 4
	maxFieldSecrets = 6
)

type renderKey struct {
	t  types.Type
	as rendering
}

// fieldSecrets returns the fields by which a struct of the type gives
// credentials away.
func (e *engine) fieldSecrets(t types.Type, as rendering) []fieldSecret {
	key := renderKey{t, as}
	if list, ok := e.told.types[key]; ok {
		return list
	}
	e.told.types[key] = nil // a type that holds itself ends here
	var list []fieldSecret
	if as == asEither {
		// What is hidden from one of the two is meant to be hidden.
		fmts := e.structSecrets(t, asPlus, 0, printed{exported: true})
		list = slices.DeleteFunc(e.structSecrets(t, asJSON, 0, printed{exported: true}), func(s fieldSecret) bool {
			return !slices.ContainsFunc(fmts, func(o fieldSecret) bool { return o.field == s.field })
		})
	} else {
		list = e.structSecrets(t, as, 0, printed{exported: true})
	}
	e.told.types[key] = list
	return list
}

// printed is what holds for a struct by where it stands in another.
type printed struct {
	exported bool // each field on the way is
	masked   bool // one of the structs on the way has a method that masks it
	absent   bool // a struct on the way is not stored, and none of its own
	pointers int  // how many are on the way
}

// structSecrets walks the fields of a struct as the rendering does. Methods are
// asked only where the printer can: on fields that are exported all the way.
func (e *engine) structSecrets(t types.Type, as rendering, depth int, in printed) []fieldSecret {
	st, ok := t.Underlying().(*types.Struct)
	if !ok || depth > maxStructDepth {
		return nil
	}
	owner := ""
	if n := namedOf(t); n != nil {
		if !n.Obj().Pos().IsValid() {
			return nil // made up from its uses: what it prints nobody knows
		}
		owner = n.Obj().Name()
	}
	masked := in.masked || hasRedactor(t)
	var list []fieldSecret
	for i := range st.NumFields() {
		f := st.Field(i)
		if len(list) >= maxFieldSecrets {
			break
		}
		if as == asJSON && (hiddenFromJSON(st.Tag(i)) || !f.Exported() && !f.Embedded()) {
			continue
		}
		next := printed{in.exported && f.Exported(), masked, in.absent || isUnstored(st.Tag(i)), in.pointers}
		open, ft := next.exported, f.Type()
		if open && e.rendererOf(ft, as) != nil || e.ownKind(ft) {
			continue
		}
		if p, ok := ft.Underlying().(*types.Pointer); ok {
			if as != asJSON {
				continue // an address
			}
			ft = p.Elem()
			next.pointers++
		}
		if isPlainText(ft) {
			kind := e.fieldKind(f, owner, t)
			digest := kind == shape.None && isPasswordDigest(f.Name())
			if digest {
				kind = shape.Password
			}
			if kind != shape.None && !(as == asSharp && isByteSlice(ft)) {
				list = append(list, fieldSecret{
					field: f.Origin(), owner: owner, kind: kind, certain: digest || e.certainField(f, owner, t), digest: digest, direct: depth == 0,
					masked: masked, absent: next.absent, distant: in.pointers > 1,
				})
			}
			continue
		}
		inner := elemType(ft)
		next.absent = next.absent && !isRecord(inner)
		list = append(list, e.structSecrets(inner, as, depth+1, next)...)
	}
	return list
}

// elemType returns the type of the elements of a slice, an array or a map,
// and any other type as it is.
func elemType(t types.Type) types.Type {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	}
	return t
}

// ownKind reports whether a type is not looked into.
func (e *engine) ownKind(t types.Type) bool { return isToldAsObject(e.kindOf(t)) }

// hiddenFromJSON reports whether a struct tag keeps its field out of JSON.
func hiddenFromJSON(tag string) bool { return reflect.StructTag(tag).Get("json") == "-" }

// rendererOf returns the method of a type that renders its values, nil if the
// printer renders them field by field.
func (e *engine) rendererOf(t types.Type, as rendering) *types.Func {
	if types.IsInterface(t) {
		return nil
	}
	for _, name := range as.renderers() {
		obj, _, _ := types.LookupFieldOrMethod(t, false, e.pass.Pkg, name)
		fn, ok := obj.(*types.Func)
		if !ok || !isRenderer(fn) {
			continue
		}
		if as == asEither && isEmbeddedMethod(t, fn) {
			continue
		}
		return fn
	}
	return nil
}

// rendersForLogs reports whether a type has a method of its own for a logger of
// the program's own: one that is neither modelled nor known otherwise.
func (e *engine) rendersForLogs(v ssa.Value, s site) bool {
	if len(e.funcDirectives(s.callee)) > 0 {
		return false
	}
	t := strip(v).Type()
	for _, name := range []string{"LogString", "LogValue", "LogFormat", "ColorFormat", "SafeFormat", "Redact", "Redacted"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, e.pass.Pkg, name); obj != nil {
			if _, ok := obj.(*types.Func); ok {
				return true
			}
		}
	}
	return false
}

// isRenderer reports whether a method has the signature of its name.
func isRenderer(fn *types.Func) bool {
	sig := fn.Signature()
	switch fn.Name() {
	case "Format":
		return sig.Params().Len() == 2 && sig.Results().Len() == 0
	case "String", "Error", "GoString":
		return sig.Params().Len() == 0 && sig.Results().Len() == 1 && isPlainText(sig.Results().At(0).Type())
	case "LogValue":
		return sig.Params().Len() == 0 && sig.Results().Len() == 1
	}
	return true
}

// isEmbeddedMethod reports whether a method comes from a field inside the type.
func isEmbeddedMethod(t types.Type, fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && namedOf(recv.Type()) != namedOf(t)
}

// isPlainText reports whether values of a type are text: strings, bytes, and
// types made of them.
func isPlainText(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		return isByteSlice(u)
	}
	return false
}

// isByteSlice reports whether a type is a slice of bytes.
func isByteSlice(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	b, ok := s.Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

// fieldKind returns the kind of credential that a field holds by its name.
func (e *engine) fieldKind(f *types.Var, owner string, t types.Type) shape.Kind {
	kind := shape.OfName(f.Name())
	if isSpanName(owner) {
		return shape.None // how long it lasts
	}
	if kind == shape.None && e.isUsed(f.Origin()) {
		return kindOfUsed(f.Name(), owner)
	}
	if name := certainTag(t, f); kind == shape.None && name != "" {
		return shape.OfName(name)
	}
	if !e.speaks(f.Name()) || isOtherName(owner) && !isHolder(owner) && !shape.Certain(f.Name()) {
		return shape.None
	}
	if kind == shape.Password && !shape.Certain(f.Name()) && !hasLoginField(t, f) && !isHolder(owner) {
		return shape.None // a passage, a working directory
	}
	if kind == shape.Key && shape.HasWord(f.Name(), "master") && hasField(t, func(name string) bool { return name == "Key" }) {
		return shape.None // of an item, not of a lock
	}
	if kind == shape.Token && !shape.Certain(f.Name()) && (isSyntaxName(owner) || f.Pkg() != nil && isSyntaxName(f.Pkg().Name())) {
		return shape.None
	}
	return kind
}

// certainField reports whether a field holds a credential for certain: by its
// name, or because the struct is of a client or a login.
func (e *engine) certainField(f *types.Var, owner string, t types.Type) bool {
	if shape.Certain(f.Name()) {
		return shape.OfName(f.Name()) != shape.PrivateKey || isByteSlice(f.Type()) // else it may be the path of one
	}
	if e.isUsed(f.Origin()) || certainTag(t, f) != "" {
		return true
	}
	switch shape.OfName(f.Name()) {
	case shape.Token, shape.Password, shape.Secret:
		return hasLoginField(t, f) || isHolder(owner)
	}
	return false
}

// certainTag returns what the encoded form of a struct calls a field whose own
// name tells nothing (Key, Value), if that is the name of a credential for
// certain: Key string `json:"apiKey"`.
func certainTag(t types.Type, f *types.Var) string {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok || !isKeyWord(f.Name()) && !isDull(f.Name()) {
		return ""
	}
	for i := range st.NumFields() {
		if st.Field(i).Origin() != f.Origin() {
			continue
		}
		for _, key := range []string{"json", "yaml", "toml", "mapstructure", "xml", "env"} {
			name, _, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get(key), ",")
			if shape.Certain(name) && !isOtherName(name) {
				return name
			}
		}
	}
	return ""
}

// kindOfUsed returns the kind of credential of a field that is used as one and
// whose own name does not tell: a key, or the value of a type that does.
func kindOfUsed(name, owner string) shape.Kind {
	switch {
	case isKeyWord(name):
		return shape.Key
	case isDull(name):
		return shape.OfName(owner)
	}
	return shape.None
}

// isHolder reports whether a struct by its name is of somebody who logs in, or of
// a login.
func isHolder(owner string) bool {
	words := shape.Words(owner)
	if len(words) == 0 {
		return false
	}
	switch words[len(words)-1] {
	case "user", "account", "login", "credential", "credentials", "creds", "member", "operator", "admin":
		return true
	}
	return words[0] == "auth" || words[0] == "login"
}

// hasLoginField reports whether a struct has a field beside f that says whose
// credential f is or where it is used.
func hasLoginField(t types.Type, f *types.Var) bool {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range st.NumFields() {
		g := st.Field(i)
		if g != f && isPlainText(g.Type()) && isLoginName(g.Name()) {
			return true
		}
	}
	return false
}

// hasIdentity reports whether a struct says whose it is beside a field.
func hasIdentity(t types.Type, f *types.Var) bool {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for g := range st.Fields() {
		if g != f && (isLoginName(g.Name()) || shape.HasWord(g.Name(), "id", "name", "mail")) {
			return true
		}
	}
	return false
}

// isLoginName reports whether a name is of a user or of a place to log in to.
func isLoginName(name string) bool {
	return shape.HasWord(name, "user", "username", "login", "account", "endpoint", "host", "hostname", "server", "baseurl", "url", "addr", "address", "email")
}

// isSyntaxName reports whether a name is of a program that reads text.
func isSyntaxName(name string) bool {
	for _, w := range shape.Words(name) {
		switch w {
		case "lexer", "lex", "parser", "parse", "scanner", "scan", "tokenizer", "tokenize", "ast", "syntax", "grammar", "template",
			"compiler", "node", "expr", "expression", "stmt", "token", "html", "xml", "css", "markdown", "yaml", "toml", "hcl",
			"sql", "promql", "query", "regexp", "regex", "matcher", "nlp", "tokens", "bpe", "word", "printer", "decoder":
			return true
		}
	}
	return strings.HasSuffix(strings.ToLower(name), "parser") || strings.HasSuffix(strings.ToLower(name), "lexer")
}
