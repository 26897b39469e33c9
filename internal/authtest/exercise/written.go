package exercise

import (
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Written is a program that somebody wrote because the generator joins no such
// objects. Its lines say what is expected as those of the corpus do: a
// declaration is shown by one that holds a want, and by one without that holds
// an ok.
type Written struct {
	Name   string
	Faults []string // empty if all is as expected
	// Shown are the declarations of the models that it shows, by their objects.
	Shown map[types.Object]bool
}

// Written runs the passes over the programs in a folder.
func (w *World) Written(dir string) ([]*Written, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var list []*Written
	var pkgs []*packages.Package
	var wants []map[int][]string
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		pkg, want, err := w.compile(&program{w: w, path: "exercise.test/written/" + name, handmade: string(src)})
		if err != nil {
			first, _, _ := strings.Cut(err.Error(), "\n")
			return nil, fmt.Errorf("%s: %s", file, first)
		}
		list = append(list, &Written{Name: name, Shown: shownBy(pkg)})
		pkgs, wants = append(pkgs, pkg), append(wants, want)
	}
	found, err := analyze(pkgs)
	if err != nil {
		return nil, err
	}
	for i, x := range list {
		x.Faults = compare(x.Name, wants[i], found[pkgs[i].PkgPath], "")
	}
	return list, nil
}

// wantsOf reads what the lines of a program expect.
func wantsOf(src string) map[int][]string {
	want := map[int][]string{}
	for i, line := range strings.Split(src, "\n") {
		if _, rules, ok := strings.Cut(line, "// want "); ok {
			want[i+1] = strings.Fields(rules)
		}
	}
	return want
}

// shownBy returns the objects that declarations with a want use and ones with an
// ok alone use too.
func shownBy(pkg *packages.Package) map[types.Object]bool {
	file := pkg.Syntax[0]
	bad, good := map[types.Object]bool{}, map[types.Object]bool{}
	for _, decl := range file.Decls {
		wants, oks := expectations(file, decl)
		used := good
		switch {
		case wants:
			used = bad
		case !oks:
			continue
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && pkg.TypesInfo.Uses[id] != nil {
				used[origin(pkg.TypesInfo.Uses[id])] = true
			}
			return true
		})
	}
	for obj := range bad {
		if !good[obj] {
			delete(bad, obj)
		}
	}
	return bad
}

// expectations reports whether the comments in a declaration want something, and
// whether they call something right.
func expectations(file *ast.File, decl ast.Decl) (wants, oks bool) {
	for _, group := range file.Comments {
		if group.Pos() < decl.Pos() || group.Pos() > decl.End() {
			continue
		}
		for _, c := range group.List {
			wants = wants || strings.HasPrefix(c.Text, "// want ")
			oks = oks || strings.HasPrefix(c.Text, "// ok")
		}
	}
	return wants, oks
}

// origin returns the declared object of which another is an instance.
func origin(obj types.Object) types.Object {
	switch obj := obj.(type) {
	case *types.Func:
		return obj.Origin()
	case *types.Var:
		return obj.Origin()
	}
	return obj
}

// object returns what a declaration declares.
func (d *Decl) object() types.Object {
	switch {
	case d.fn != nil:
		return d.fn
	case d.field != nil:
		return d.field
	case d.value != nil:
		return d.value
	case d.owner != nil:
		return d.owner.Obj()
	}
	return nil
}
