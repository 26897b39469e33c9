package flow

import "go/ast"

// maxBranches bounds the branches of one function: building SSA is quadratic
// in them. The body of a function with more, which no person wrote, is not
// looked at.
const maxBranches = 20_000

// withoutOversize returns the files, those with an oversize function without
// its body, and whether there was any.
func withoutOversize(files []*ast.File) ([]*ast.File, bool) {
	var list []*ast.File
	found := false
	for _, file := range files {
		small := file
		for i, decl := range file.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if !ok || fd.Body == nil || branches(fd.Body) <= maxBranches {
				continue
			}
			if small == file {
				copied := *file
				copied.Decls = append([]ast.Decl(nil), file.Decls...)
				small, found = &copied, true
			}
			empty := *fd
			empty.Body = nil
			small.Decls[i] = &empty
		}
		list = append(list, small)
	}
	return list, found
}

// branches counts the statements of a body at which the flow parts. A body too
// short to hold too many is not walked.
func branches(body *ast.BlockStmt) int {
	const shortest = 6 // characters of a case or an if
	if int(body.End()-body.Pos()) < maxBranches*shortest {
		return 0
	}
	n := 0
	ast.Inspect(body, func(node ast.Node) bool {
		switch node.(type) {
		case *ast.IfStmt, *ast.CaseClause, *ast.CommClause, *ast.ForStmt, *ast.RangeStmt:
			n++
		}
		return true
	})
	return n
}
