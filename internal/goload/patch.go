package goload

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/goload/patch"
)

// split separates errors in function bodies, which are patched, from others.
func (m *mender) split(errs []types.Error) (inBodies []token.Pos, others []types.Error) {
	for _, e := range errs {
		if m.bodyAt(e.Pos) {
			inBodies = append(inBodies, e.Pos)
		} else {
			others = append(others, e)
		}
	}
	return inBodies, others
}

// bodyAt reports whether a position lies in the body of a function.
func (m *mender) bodyAt(pos token.Pos) bool {
	for _, f := range m.files {
		if pos < f.FileStart || f.FileEnd < pos {
			continue
		}
		return slices.ContainsFunc(f.Decls, func(d ast.Decl) bool {
			fn, ok := d.(*ast.FuncDecl)
			return ok && fn.Body != nil && fn.Body.Pos() <= pos && pos <= fn.Body.End()
		})
	}
	return false
}

// patchBodies repairs the bodies with errors, or with what has no type, and
// drops those that cannot be repaired. It returns how many were repaired.
func (m *mender) patchBodies(c *checked, errs []token.Pos) int {
	p := patch.New(m.fset, c.info, errs)
	slices.Sort(errs)
	patched := map[*ast.FuncDecl]*ast.File{}
	for _, f := range m.files {
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil || !m.isFaulty(c.info, fn, errs) {
				continue
			}
			m.touched[f] = true
			if p.Body(fn) {
				patched[fn] = f
			} else {
				m.dropBody(fn)
			}
		}
	}
	if len(patched) == 0 || builds(m.fset, c, patched) {
		return len(patched)
	}
	for fn, f := range patched {
		if one := map[*ast.FuncDecl]*ast.File{fn: f}; !builds(m.fset, c, one) {
			m.dropBody(fn)
			delete(patched, fn)
		}
	}
	return len(patched)
}

// isFaulty reports whether a body has errors, or something without a type.
func (m *mender) isFaulty(info *types.Info, fn *ast.FuncDecl, errs []token.Pos) bool {
	at, _ := slices.BinarySearch(errs, fn.Body.Pos())
	return at < len(errs) && errs[at] <= fn.Body.End() || invalidNode(info, fn.Body).IsValid() || badNode(fn.Body).IsValid()
}

// builds reports whether SSA can be built of some functions of a package.
func builds(fset *token.FileSet, c *checked, wanted map[*ast.FuncDecl]*ast.File) (ok bool) {
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
	info.InitOrder = nil
	var files []*ast.File
	for _, f := range c.files {
		part := *f
		part.Decls = nil
		for _, decl := range f.Decls {
			if fn, isFunc := decl.(*ast.FuncDecl); isFunc && wanted[fn] == nil {
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
