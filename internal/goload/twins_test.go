package goload

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// mark is a fact.
type mark struct{ Text string }

// AFact marks mark as a fact.
func (*mark) AFact() {}

func TestPair(t *testing.T) {
	plain := &node{id: "p", path: "p", role: underAnalysis, goFiles: []string{"p.go"}}
	again := &node{id: "p [q.test]", path: "p", role: factsOnly, goFiles: []string{"p.go"}}
	tested := &node{id: "p [p.test]", path: "p", role: underAnalysis, goFiles: []string{"p.go", "p_test.go"}}
	other := &node{id: "r", path: "r", role: factsOnly, goFiles: []string{"p.go"}}
	pair([]*node{plain, other, again, tested, again, plain})
	for n, want := range map[*node]*node{plain: nil, again: plain, tested: nil, other: nil} {
		if n.twin != want {
			t.Errorf("%s has the twin %v", n.id, n.twin)
		}
	}
}

func TestCopyFacts(t *testing.T) {
	check := func() *types.Package {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", "package p\ntype T struct{}\nfunc (T) M() {}\nfunc F() {}\n", 0)
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := new(types.Config).Check("p", fset, []*ast.File{file}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return pkg
	}
	method := func(pkg *types.Package) types.Object {
		m, _, _ := types.LookupFieldOrMethod(pkg.Scope().Lookup("T").Type(), false, pkg, "M")
		return m
	}
	from, to := check(), check()
	store := newFactStore()
	own := store.open(from)
	kind := reflect.TypeFor[*mark]()
	for text, object := range map[string]types.Object{"of F": from.Scope().Lookup("F"), "of M": method(from)} {
		own.objects[objectFactKey{object, kind}] = &mark{text}
	}
	own.packages[kind] = analysis.Fact(&mark{"of p"})
	store.copyFacts(to, from)
	for text, object := range map[string]types.Object{"of F": to.Scope().Lookup("F"), "of M": method(to)} {
		var got mark
		if !store.importObject(object, &got) || got.Text != text {
			t.Errorf("%v has the fact %q, want %q", object, got.Text, text)
		}
	}
	var got mark
	if !store.importPackage(to, &got) || got.Text != "of p" {
		t.Errorf("the package has the fact %q", got.Text)
	}
}
