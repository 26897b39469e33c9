package goload

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/goload/patch"
)

// split separates errors in function bodies and in the initial values of
// variables that have a type, which are patched, from others.
func (m *mender) split(info *types.Info, errs []types.Error) (patched []token.Pos, others []types.Error) {
	for _, e := range errs {
		if m.isPatchable(info, e.Pos) {
			patched = append(patched, e.Pos)
		} else {
			others = append(others, e)
		}
	}
	return patched, others
}

// isPatchable reports whether a position lies in what can be patched.
func (m *mender) isPatchable(info *types.Info, pos token.Pos) bool {
	for _, f := range m.files {
		if pos < f.FileStart || f.FileEnd < pos {
			continue
		}
		for _, decl := range f.Decls {
			if pos < decl.Pos() || decl.End() < pos {
				continue
			}
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				return decl.Body != nil && decl.Body.Pos() <= pos && pos <= decl.Body.End()
			case *ast.GenDecl:
				return slices.ContainsFunc(valuesOf(info, decl), func(spec *ast.ValueSpec) bool {
					return spec.Values[0].Pos() <= pos && pos <= spec.End()
				})
			}
		}
	}
	return false
}

// valuesOf returns the specifications of variables whose initial values can be
// patched.
func valuesOf(info *types.Info, decl *ast.GenDecl) []*ast.ValueSpec {
	if decl.Tok != token.VAR {
		return nil
	}
	var list []*ast.ValueSpec
	for _, spec := range decl.Specs {
		if spec, ok := spec.(*ast.ValueSpec); ok && len(spec.Values) > 0 && patch.Fits(info, spec) {
			list = append(list, spec)
		}
	}
	return list
}

// patchAll repairs the bodies and initial values with errors, or with what has
// no type, and drops those that cannot be repaired. It returns how many were
// repaired.
func (m *mender) patchAll(c *checked, errs []token.Pos) int {
	p := patch.New(m.fset, c.info, errs)
	slices.Sort(errs)
	patched := map[*ast.FuncDecl]bool{}
	values := 0
	for _, f := range m.files {
		for _, decl := range f.Decls {
			switch decl := decl.(type) {
			case *ast.GenDecl:
				for _, spec := range valuesOf(c.info, decl) {
					if !m.isFaulty(c.info, spec, errs) {
						continue
					}
					m.touched[f] = true
					if p.Values(spec) {
						values++
					} else {
						m.dropped++
					}
				}
			case *ast.FuncDecl:
				if decl.Body == nil || !m.isFaulty(c.info, decl.Body, errs) {
					continue
				}
				m.touched[f] = true
				if p.Body(decl) {
					patched[decl] = true
				} else {
					m.dropBody(decl)
				}
			}
		}
	}
	return values + m.tryOut(c, patched, values > 0)
}

// tryOut builds SSA of what was patched, and drops what that fails for. It
// returns how many functions are left.
func (m *mender) tryOut(c *checked, patched map[*ast.FuncDecl]bool, values bool) int {
	if len(patched) == 0 && !values || builds(m.fset, c, patched, values) {
		return len(patched)
	}
	if values && !builds(m.fset, c, nil, true) {
		m.dropped += len(c.info.InitOrder)
		c.info.InitOrder = nil
	}
	for fn := range patched {
		if !builds(m.fset, c, map[*ast.FuncDecl]bool{fn: true}, false) {
			m.dropBody(fn)
			delete(patched, fn)
		}
	}
	return len(patched)
}

// isFaulty reports whether a node has errors, or something without a type.
func (m *mender) isFaulty(info *types.Info, n ast.Node, errs []token.Pos) bool {
	at, _ := slices.BinarySearch(errs, n.Pos())
	return at < len(errs) && errs[at] <= n.End() || invalidNode(info, n).IsValid() || badNode(n).IsValid()
}

// builds reports whether SSA can be built of some functions of a package, and of
// the initial values of its variables.
func builds(fset *token.FileSet, c *checked, wanted map[*ast.FuncDecl]bool, values bool) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	prog := ssa.NewProgram(fset, ssa.BuilderMode(0))
	for _, imported := range c.pkg.Imports() {
		prog.CreatePackage(imported, nil, nil, true)
	}
	info := *c.info
	if !values {
		info.InitOrder = nil
	}
	var files []*ast.File
	for _, f := range c.files {
		part := *f
		part.Decls = nil
		for _, decl := range f.Decls {
			if fn, isFunc := decl.(*ast.FuncDecl); isFunc && !wanted[fn] {
				bare := *fn
				bare.Body = nil
				decl = &bare
			}
			part.Decls = append(part.Decls, decl)
		}
		files = append(files, &part)
	}
	prog.CreatePackage(c.pkg, files, &info, false).Build()
	return true
}
