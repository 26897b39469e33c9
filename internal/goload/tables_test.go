package goload

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// TestShortenTables says which tables lose their elements, and that none loses
// its type or its length.
func TestShortenTables(t *testing.T) {
	list := func(element string) string { return strings.Repeat(element+",", 2*maxTable) }
	for name, tc := range map[string]struct {
		value string
		short bool
	}{
		"numbers":        {"[...]int{" + list("1") + "}", true},
		"runes":          {"[...]rune{" + list("'a'") + "}", true},
		"negative":       {"[...]float64{" + list("-1.5") + "}", true},
		"structs":        {"[...]row{" + list("{1, 2}") + "}", true},
		"named structs":  {"[...]row{" + list("row{a: 1}") + "}", true},
		"rows of arrays": {"[...][2]int{" + list("{1, 2}") + "}", true},
		"indexed":        {"[...]int{1000: 1, 10: 2, " + list("3") + "}", true},
		"inside":         {"[...]any{len([...]int{" + list("1") + "})}", true},
		"short":          {"[...]int{1, 2, 3}", false},
		"texts":          {"[...]string{" + list(`"a"`) + "}", false},
		"names":          {"[...]int{" + list("one") + "}", false},
		"structs of any": {"[...]row{" + list("{1, one}") + "}", false},
		"in a function":  {"[...]int{len(func() []int { return []int{" + list("1") + "} }())}", false},
	} {
		t.Run(name, func(t *testing.T) {
			source := "package p\nconst one = 1\ntype row struct{ a, b int }\nvar table = " + tc.value + "\nconst n = len(table)\n"
			whole, size := tableOf(t, source, func(*ast.File) {})
			short, after := tableOf(t, source, shortenTables)
			if whole != short {
				t.Errorf("type and length %s, %s when shortened", whole, short)
			}
			if tc.short != (after < size) {
				t.Errorf("%d of %d nodes are left", after, size)
			}
		})
	}
}

// tableOf returns the type and the length of the variable table, and how many
// nodes the source has, after a change.
func tableOf(t *testing.T, source string, change func(*ast.File)) (table string, nodes int) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	change(file)
	pkg, err := new(types.Config).Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(ast.Node) bool { nodes++; return true })
	length := constant.ToInt(pkg.Scope().Lookup("n").(*types.Const).Val())
	return fmt.Sprint(pkg.Scope().Lookup("table").Type(), length), nodes
}
