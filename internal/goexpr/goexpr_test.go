package goexpr

import (
	"go/parser"
	"go/token"
	"testing"
)

func TestName(t *testing.T) {
	for expr, want := range map[string]string{
		`a`:             "a",
		`(a.b.c)`:       "c",
		`*a.b`:          "b",
		`&a`:            "a",
		`a.b(c)`:        "b",
		`[]byte(a.b)`:   "b",
		`a["b"]`:        "b",
		`a.b[i]`:        "b",
		`a.b[int, int]`: "b",
		`1 + 2`:         "",
	} {
		e, err := parser.ParseExpr(expr)
		if err != nil {
			t.Fatal(err)
		}
		if got := Name(e); got != want {
			t.Errorf("Name(%s) = %q, want %q", expr, got, want)
		}
	}
}

func TestIdent(t *testing.T) {
	for expr, want := range map[string]string{`a`: "a", `a.b`: "b", `(a)`: "a", `a()`: ""} {
		e, err := parser.ParseExpr(expr)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if id := Ident(e); id != nil {
			got = id.Name
		}
		if got != want {
			t.Errorf("Ident(%s) = %q, want %q", expr, got, want)
		}
	}
}

func TestMirror(t *testing.T) {
	for op, want := range map[token.Token]token.Token{
		token.LSS: token.GTR, token.GEQ: token.LEQ, token.GTR: token.LSS, token.LEQ: token.GEQ, token.EQL: token.EQL,
	} {
		if got := Mirror(op); got != want {
			t.Errorf("Mirror(%s) = %s, want %s", op, got, want)
		}
	}
}
