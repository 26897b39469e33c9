package goload

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// looseFile is a Go file that the go command does not list, as its syntax shows it.
type looseFile struct {
	name    string // absolute
	pkg     string
	imports []string
	main    bool // declares main
	// excluded is set when build constraints leave the file out.
	excluded bool
	// declares are its package-level names, uses the names that it mentions.
	declares, uses map[string]bool
}

// readDirectory reads the Go files of a directory.
func (r *runner) readDirectory(context *build.Context, dir string) []looseFile {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // package walk tells it
	}
	var files []looseFile
	for _, entry := range entries {
		name := filepath.Join(dir, entry.Name())
		if filepath.Ext(name) != ".go" || isHidden(entry.Name()) || !entry.Type().IsRegular() {
			continue
		}
		f := r.readLoose(name)
		match, err := context.MatchFile(dir, entry.Name())
		f.excluded = err == nil && !match
		files = append(files, f)
	}
	return files
}

// readLoose reads what a file declares and uses; one without a package clause
// counts as a program, and is told when it is parsed again.
func (r *runner) readLoose(name string) looseFile {
	data, _ := r.read(name)
	file, _ := parser.ParseFile(token.NewFileSet(), name, data, parser.SkipObjectResolution)
	if !hasName(file) {
		file = &ast.File{Name: ast.NewIdent("main")}
	}
	f := looseFile{
		name: name, pkg: file.Name.Name, imports: importPaths(file),
		declares: map[string]bool{}, uses: map[string]bool{},
	}
	for _, decl := range file.Decls {
		declared(decl, f.declares)
	}
	f.main = f.declares["main"] && f.pkg == "main"
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !f.declares[id.Name] {
			f.uses[id.Name] = true
		}
		return true
	})
	return f
}

// declared adds the package-level names of a declaration; a method is written
// after its type.
func declared(decl ast.Decl, names map[string]bool) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		name := decl.Name.Name
		if decl.Recv != nil && len(decl.Recv.List) > 0 {
			name = receiverName(decl.Recv.List[0].Type) + "." + name
		}
		names[name] = true
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names[spec.Name.Name] = true
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					names[id.Name] = true
				}
			}
		}
	}
	delete(names, "_")
	delete(names, "init")
}

// receiverName returns the name of the type of a receiver.
func receiverName(e ast.Expr) string {
	for {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.ParenExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}

// isWanted reports whether a file is to be analysed.
func (r *runner) isWanted(name string) bool {
	return r.chosen.has(name) && (r.opts.Tests || !strings.HasSuffix(name, "_test.go"))
}

// conflicts reports whether the file declares one of the names.
func (f *looseFile) conflicts(names map[string]bool) bool {
	for name := range f.declares {
		if names[name] {
			return true
		}
	}
	return false
}

// units separates the files of one package name in a directory that are no
// package: programs side by side, and files that declare the same names. Files
// that use each other's names stay together; what several programs use goes
// with each of them.
func units(files []looseFile) [][]looseFile {
	declarers := map[string][]int{}
	conflict := false
	for i := range files {
		for name := range files[i].declares {
			declarers[name] = append(declarers[name], i)
			conflict = conflict || len(declarers[name]) > 1
		}
	}
	if !conflict {
		return [][]looseFile{files}
	}
	needs := make([][]int, len(files))
	for i := range files {
		for _, name := range sortedKeys(files[i].uses) {
			if by := declarers[name]; len(by) == 1 && !slices.Contains(needs[i], by[0]) {
				needs[i] = append(needs[i], by[0])
			}
		}
	}
	var list [][]looseFile
	for _, part := range components(needs) {
		list = append(list, programs(files, part, needs)...)
	}
	return list
}

// components returns the indices that are linked, in order.
func components(links [][]int) [][]int {
	up := make([]int, len(links))
	for i := range up {
		up[i] = i
	}
	find := func(i int) int {
		for up[i] != i {
			up[i] = up[up[i]]
			i = up[i]
		}
		return i
	}
	for i, list := range links {
		for _, j := range list {
			a, b := find(i), find(j)
			up[max(a, b)] = min(a, b)
		}
	}
	byRoot := map[int][]int{}
	var roots []int
	for i := range links {
		root := find(i)
		if byRoot[root] == nil {
			roots = append(roots, root)
		}
		byRoot[root] = append(byRoot[root], i)
	}
	var list [][]int
	for _, root := range roots {
		list = append(list, byRoot[root])
	}
	return list
}

// mostHelpers is how many files a program that shares files with others takes along.
const mostHelpers = 16

// programs separates several programs that share files: each main with what it
// needs, and the files that no program needs.
func programs(files []looseFile, part []int, needs [][]int) [][]looseFile {
	var mains []int
	for _, i := range part {
		if files[i].main {
			mains = append(mains, i)
		}
	}
	pick := func(indices []int) []looseFile {
		slices.Sort(indices)
		var list []looseFile
		for _, i := range indices {
			list = append(list, files[i])
		}
		return list
	}
	if len(mains) < 2 {
		return [][]looseFile{pick(part)}
	}
	var list [][]looseFile
	covered := map[int]bool{}
	for _, main := range mains {
		unit := []int{main}
		for at := 0; at < len(unit) && len(unit) <= mostHelpers; at++ {
			for _, j := range needs[unit[at]] {
				if !files[j].main && !slices.Contains(unit, j) {
					unit = append(unit, j)
				}
			}
		}
		for _, i := range unit {
			covered[i] = true
		}
		list = append(list, pick(unit))
	}
	if rest := slices.DeleteFunc(slices.Clone(part), func(i int) bool { return covered[i] }); len(rest) > 0 {
		list = append(list, pick(rest))
	}
	return list
}
