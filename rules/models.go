package rules

// Directive is one role of a declaration in a model: the words after
// "//authlint:", for example
//
//	//authlint:new http-request
//	//authlint:on new url value=1
//	//authlint:on recv header name=0 value=1
//
// Verb is "new", "on", "object", "field", "part", "fluent", "value",
// "transfer" ...; Words are the bare words after it; Args the key=value pairs.
// models/README.md tells what every word means.
type Directive struct {
	Verb  string
	Words []string
	Args  []DirectiveArg
	File  string // of the model
	Line  int
}

// Arg returns the argument of that name and reports whether it is given.
func (d Directive) Arg(name string) (DirectiveArg, bool) {
	for _, a := range d.Args {
		if a.Name == name {
			return a, true
		}
	}
	return DirectiveArg{}, false
}

// DirectiveArg is a named argument: a position from 0 (receiver not counted),
// a literal text where Quoted, or else a bare word in Text ("recv"; "key" and
// "elem" of a map's entry). Index is -1 where it is no position.
type DirectiveArg struct {
	Name   string
	Index  int
	Rest   bool // "2...": this argument and all after it
	Text   string
	Quoted bool
}

// PackageModel is what is known of one package. Keys of Decls are "Func",
// "Type", "Type.Method", "Type.Field" ("Type.Field.Field" where the field's
// struct has no name), "Const", "Var", and PackageKey for the package clause.
type PackageModel struct {
	Path  string // import path; without major version suffix it holds for every version
	Decls map[string][]Directive
	// Source is the stub's Go text, complete enough to compile.
	Source string
	// Module is the module the package belongs to, empty for the standard library.
	Module string
	// Provider is the id of the provider whose SDK it is, if any.
	Provider string
}
