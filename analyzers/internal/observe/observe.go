// Package observe turns what the flow engine found into the words of
// practices: sources with places and steps, and values of which only the shape
// is told.
package observe

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/gopass"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/internal/walk"
	"github.com/authlint/authlint/rules"
)

// Pass is a pass under observation.
type Pass struct {
	*analysis.Pass
	Flow      *flow.Result
	Catalogue *rules.Catalogue

	tests  map[string]bool
	models map[string]*rules.PackageModel
	owners map[*flow.Object][]*flow.Object // what is made of an object
}

// Run is the run of a pass: it judges and reports what observe returns. In a
// dependency nothing is observed, only facts are wanted there.
func Run(pass *analysis.Pass, observe func(p *Pass) []practice.Observation) (any, error) {
	if flow.IsDependency(pass) {
		return []finding.Finding(nil), nil
	}
	return gopass.Run(pass, authconfig.Of(pass), func() []practice.Observation {
		cat, err := authconfig.Of(pass).Catalogue()
		if err != nil {
			panic(err) // recovered and recorded by gopass
		}
		return observe(newPass(pass, cat))
	})
}

// newPass returns the pass for observation.
func newPass(pass *analysis.Pass, cat *rules.Catalogue) *Pass {
	p := &Pass{Pass: pass, Catalogue: cat, tests: map[string]bool{}, models: map[string]*rules.PackageModel{}}
	p.Flow, _ = pass.ResultOf[flow.Analyzer].(*flow.Result)
	if p.Flow == nil {
		p.Flow = &flow.Result{}
	}
	return p
}

// Test reports whether a file is test, mock, fixture or example code, by its
// path below the module.
func (p *Pass) Test(file string) bool {
	if known, ok := p.tests[file]; ok {
		return known
	}
	test, _ := walk.Class(p.relative(file))
	test = test || p.importsTesting(file)
	p.tests[file] = test
	return test
}

// importsTesting reports whether a file of the package imports the library's
// package for tests: what it holds is for tests whatever its name.
func (p *Pass) importsTesting(file string) bool {
	for _, f := range p.Files {
		if p.Fset.Position(f.FileStart).Filename != file {
			continue
		}
		return slices.ContainsFunc(f.Imports, func(spec *ast.ImportSpec) bool {
			return spec.Path.Value == `"testing"`
		})
	}
	return false
}

// relative returns the path of a file below the module, as far as a pass can
// tell it: the package path without the module's, and the base name.
func (p *Pass) relative(file string) string {
	dir := strings.TrimSuffix(p.Pkg.Path(), "_test")
	switch {
	case p.Module != nil && p.Module.Path != "":
		dir = strings.TrimPrefix(strings.TrimPrefix(dir, p.Module.Path), "/")
	default:
		_, dir, _ = strings.Cut(dir, "/")
	}
	return strings.TrimPrefix(dir+"/"+filepath.Base(file), "/")
}

// Source returns the common part of an observation at a place.
func (p *Pass) Source(at finding.Location, symbol, key string, steps []finding.Step, conditional bool) practice.Source {
	s := practice.Source{At: at, Symbol: symbol, Key: key, Steps: steps, Test: p.Test(at.File)}
	if conditional {
		s.Condition = practice.Conditional
	}
	return s
}

// Symbol returns the name of the declared function that a place lies in, with
// the type of its receiver, and whether there is one.
func (p *Pass) Symbol(at finding.Location) (string, bool) {
	for _, file := range p.Files {
		if p.Fset.Position(file.FileStart).Filename != at.File {
			continue
		}
		for _, decl := range file.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if !ok || p.Fset.Position(fd.Pos()).Line > at.Line || p.Fset.Position(fd.End()).Line < at.Line {
				continue
			}
			if obj, ok := p.TypesInfo.Defs[fd.Name].(*types.Func); ok && obj.Signature().Recv() != nil {
				if n, ok := types.Unalias(deref(obj.Signature().Recv().Type())).(*types.Named); ok {
					return n.Obj().Name() + "." + fd.Name.Name, true
				}
			}
			return fd.Name.Name, true
		}
	}
	return "", false
}

func deref(t types.Type) types.Type {
	if p, ok := t.(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// Location returns the place of a node.
func (p *Pass) Location(n ast.Node) finding.Location { return p.At(n.Pos(), n.End()) }

// Function returns the range of the function whose name, or whose literal,
// begins at a place of the package.
func (p *Pass) Function(at finding.Location) (from, to token.Pos, ok bool) {
	for _, file := range p.Files {
		if p.Fset.Position(file.Pos()).Filename != at.File {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			start := token.NoPos
			switch n := n.(type) {
			case *ast.FuncDecl:
				start = n.Name.Pos()
			case *ast.FuncLit:
				start = n.Pos()
			}
			if start.IsValid() {
				if own := p.Fset.Position(start); own.Line == at.Line && own.Column == at.Column {
					from, to, ok = n.Pos(), n.End(), true
				}
			}
			return !ok
		})
	}
	return from, to, ok
}

// At returns the place of a range.
func (p *Pass) At(pos, end token.Pos) finding.Location {
	from, to := p.Fset.Position(pos), p.Fset.Position(end)
	return finding.Location{File: from.Filename, Line: from.Line, Column: from.Column, EndLine: to.Line, EndColumn: to.Column}
}

// Literal is a text that stands in the source, or what a fact tells of one.
type Literal struct {
	Value shape.Value
	At    finding.Location // zero if it lies in no file of the package
	User  string           // of a Basic value or a URL
	// Test is set when a part of the text stands in test code.
	Test bool
	// Same is the identity of the credential, 0 where its text is not known.
	Same uint64

	secret string
}

// HoldsUser reports whether the credential contains the name of a user.
func (l Literal) HoldsUser(user string) bool { return shape.HoldsUser(user, l.secret) }

// Literal returns the literal that a reading is, and whether it is one. A
// header value keeps its scheme; of a Basic value in the making only the
// password must be a literal.
func (p *Pass) Literal(alt flow.Alt, header bool) (Literal, bool) {
	if v, ok := alt.Withheld(); ok && v != nil {
		return Literal{Value: *v, At: local(alt.Parts[0].At), User: v.User}, true
	}
	if text, ok := alt.Known(); ok {
		if header && strings.HasSuffix(text, " ") {
			return Literal{}, false // a scheme before an empty credential
		}
		if user, password, ok := basicPair(text); header && ok {
			v := practice.ValueOf(p.Catalogue, password)
			return Literal{Value: v, At: local(holding(alt, password)), User: user, Test: p.anyTest(alt), Same: practice.Identity(password), secret: password}, password != ""
		}
		v := practice.ValueOf(p.Catalogue, text)
		_, _, secret, _ := shape.Split(text)
		return Literal{Value: v, At: local(holding(alt, secret)), User: v.User, Test: p.anyTest(alt), Same: practice.Identity(text), secret: text}, true
	}
	if header {
		return p.headerLiteral(alt)
	}
	return Literal{}, false
}

// anyTest reports whether a text of a reading stands in test code of the package.
func (p *Pass) anyTest(alt flow.Alt) bool {
	for _, part := range alt.Parts {
		if part.Kind == flow.Text && !part.At.IsZero() && part.At.Package == "" && p.Test(part.At.File) {
			return true
		}
	}
	return false
}

// headerLiteral finds the credential in a header value that is known in part:
// a scheme and a literal that a fact withholds, or a literal password behind a
// user that is not known.
func (p *Pass) headerLiteral(alt flow.Alt) (Literal, bool) {
	n := len(alt.Parts)
	last := alt.Parts[n-1]
	if n == 2 && last.Kind == flow.Withheld && last.Shape != nil && alt.Parts[0].Kind == flow.Text {
		return Literal{Value: *last.Shape, At: local(last.At)}, true
	}
	if n < 2 || last.Kind != flow.Text || !basicPrefix(alt) {
		return Literal{}, false
	}
	text := last.Text
	if i := strings.IndexByte(text, ':'); i >= 0 {
		text = text[i+1:]
	} else if prev := alt.Parts[n-2]; prev.Kind != flow.Text || !strings.HasSuffix(prev.Text, ":") {
		return Literal{}, false
	}
	if text == "" {
		return Literal{}, false
	}
	return Literal{Value: practice.ValueOf(p.Catalogue, text), At: local(last.At)}, true
}

// basicPair splits a Basic value in the making, whose encoding the engine looks
// through.
func basicPair(text string) (user, password string, ok bool) {
	if len(text) < len("basic ") || !strings.EqualFold(text[:len("basic ")], "basic ") {
		return "", "", false
	}
	return strings.Cut(text[len("basic "):], ":")
}

func basicPrefix(alt flow.Alt) bool {
	return alt.Parts[0].Kind == flow.Text && strings.HasPrefix(strings.ToLower(alt.Parts[0].Text), "basic ")
}

// holding returns the place of the text of a reading that is a credential, else
// of its longest.
func holding(alt flow.Alt, credential string) finding.Location {
	for _, part := range alt.Parts {
		if credential != "" && part.Text == credential && !part.At.IsZero() {
			return part.At
		}
	}
	return longest(alt)
}

// longest returns the place of the longest text of a reading.
func longest(alt flow.Alt) finding.Location {
	var at finding.Location
	n := -1
	for _, part := range alt.Parts {
		if len(part.Text) > n && !part.At.IsZero() {
			at, n = part.At, len(part.Text)
		}
	}
	return at
}

// local returns the place if it lies in the package, else the zero location.
func local(at finding.Location) finding.Location {
	if at.Package != "" {
		return finding.Location{}
	}
	return at
}

// Fallback returns the variable or setting that a value is read from before
// one of its literal readings is used, and whether there is one.
func Fallback(v flow.Value, literal flow.Alt) (string, bool) {
	for _, alt := range v.Beside(literal).Alts {
		part, ok := credentialPart(alt)
		if !ok {
			continue
		}
		if part.NameFrom > 0 && part.Path != "" {
			continue // another element may have the name
		}
		switch part.Kind {
		case flow.Environment:
			return part.Name, true
		case flow.Setting:
			if !part.At.IsZero() {
				return part.Name, true
			}
		case flow.Param:
			if part.Path == "" && part.Checked {
				return part.Name, true
			}
		}
	}
	return "", false
}

// credentialPart returns the only part of a reading, or the one behind the
// scheme of a header.
func credentialPart(alt flow.Alt) (flow.Part, bool) {
	switch len(alt.Parts) {
	case 1:
		return alt.Parts[0], true
	case 2:
		scheme, ok := strings.CutSuffix(alt.Parts[0].Text, " ")
		return alt.Parts[1], ok && alt.Parts[0].Kind == flow.Text && !strings.Contains(scheme, " ")
	}
	return flow.Part{}, false
}

// Steps returns the whole way of a value: its origin, what it passed, and the
// place where it is used.
func Steps(origin finding.Location, what string, alt flow.Alt, between []finding.Step, sink finding.Location, use string) []finding.Step {
	var steps []finding.Step
	if o := origin; !o.IsZero() {
		steps = append(steps, finding.Step{Kind: finding.Origin, Location: o, Text: what})
	} else if o := alt.Origin(); !o.IsZero() {
		steps = append(steps, finding.Step{Kind: finding.Origin, Location: o, Text: what})
	}
	steps = append(steps, alt.Steps...)
	steps = append(steps, between...)
	if len(between) == 0 || between[len(between)-1].Kind != finding.Sink {
		steps = append(steps, finding.Step{Kind: finding.Sink, Location: sink, Text: use})
	}
	if len(steps) < 2 {
		return nil
	}
	return steps
}
