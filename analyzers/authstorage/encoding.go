package authstorage

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// function observes a function that by its name protects what it is given, and
// does no more than writing it in Base64 or hexadecimal.
func (c *collector) function(n ast.Node) bool {
	var name string
	var body *ast.BlockStmt
	switch n := n.(type) {
	case *ast.FuncDecl:
		if isSwitchedOff(n) {
			return true
		}
		name, body = n.Name.Name, n.Body
	case *ast.AssignStmt:
		if lit, id := literalOf(n); lit != nil {
			name, body = id.Name, lit.Body
		}
	case *ast.ValueSpec:
		if len(n.Names) == 1 && len(n.Values) == 1 {
			if lit, ok := n.Values[0].(*ast.FuncLit); ok {
				name, body = n.Names[0].Name, lit.Body
			}
		}
	}
	if body == nil || !promisesSecrecy(name) {
		return true
	}
	encoding, only := c.onlyEncodes(body)
	if encoding == nil || !only {
		return true
	}
	src := c.Source(c.Location(encoding), name, "encode "+name, nil, false)
	c.list = append(c.list, &practice.Storage{Source: src, Form: practice.StoredEncoded, Use: name})
	return true
}

// isSwitchedOff reports whether a method belongs to a type that by its name does
// nothing on purpose.
func isSwitchedOff(fd *ast.FuncDecl) bool {
	if fd.Recv == nil || len(fd.Recv.List) == 0 {
		return false
	}
	t := fd.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	id, ok := t.(*ast.Ident)
	return ok && shape.HasWord(id.Name, "noop", "nop", "no", "plain", "null", "none", "dummy", "fake", "mock", "identity", "insecure", "debug")
}

// literalOf returns the function literal that an assignment gives to one variable.
func literalOf(n *ast.AssignStmt) (*ast.FuncLit, *ast.Ident) {
	if len(n.Lhs) != 1 || len(n.Rhs) != 1 {
		return nil, nil
	}
	id, ok := n.Lhs[0].(*ast.Ident)
	lit, isLit := n.Rhs[0].(*ast.FuncLit)
	if !ok || !isLit {
		return nil, nil
	}
	return lit, id
}

// promisesSecrecy reports whether a function by its name makes something
// unreadable, or readable again.
func promisesSecrecy(name string) bool {
	return (shape.HasWord(name, "encrypt", "encrypts", "encrypted", "encryption", "decrypt", "decrypts", "obfuscate", "deobfuscate", "obscure", "protect",
		"unprotect", "encipher", "decipher", "scramble", "conceal", "cipher", "crypt", "seal", "unseal", "hide", "unhide", "disguise") ||
		len(shape.Words(name)) > 0 && shape.Words(name)[0] == "secure") &&
		!shape.HasWord(name, "encode", "decode", "base64", "b64", "hex", "serialize", "test", "mock", "fake", "noop", "key", "marshal", "unmarshal", "is", "log")
}

// onlyEncodes returns the call that encodes or decodes in a body, and reports
// whether nothing else in it may hide anything.
func (c *collector) onlyEncodes(body *ast.BlockStmt) (encoding *ast.CallExpr, only bool) {
	only = true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			switch c.workOf(n) {
			case encodes:
				if encoding == nil {
					encoding = n
				}
			case works:
				only = false
			}
		case *ast.BinaryExpr:
			only = only && !isMixing(n.Op.String())
		case *ast.AssignStmt:
			only = only && !isMixing(strings.TrimSuffix(n.Tok.String(), "="))
		case *ast.RangeStmt, *ast.ForStmt:
			only = false // shuffled, at least
		}
		return only
	})
	return encoding, only
}

// isMixing reports whether an operator mixes bytes with others.
func isMixing(op string) bool { return op == "^" || op == "<<" || op == ">>" || op == "&^" }

// work is what a call does to what it is given.
type work uint8

const (
	passes  work = iota // nothing that matters here
	encodes             // writes it in another alphabet
	works               // anything that may hide it
)

// workOf tells what a call does, by the models and by names.
func (c *collector) workOf(call *ast.CallExpr) work {
	if c.TypesInfo.Types[call.Fun].IsType() {
		return passes
	}
	fn := c.Callee(call)
	if fn == nil {
		if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
			if _, builtin := c.TypesInfo.Uses[id].(*types.Builtin); builtin {
				return passes
			}
		}
		return works
	}
	ds := c.Directives(fn)
	switch {
	case slices.ContainsFunc(ds, isEncoding):
		return encodes
	case slices.ContainsFunc(ds, func(d rules.Directive) bool { return d.Verb == "transfer" }):
		return passes
	case fn.Pkg() == nil, fn.Pkg().Path() == "errors", fn.Pkg().Path() == "fmt", fn.Pkg().Path() == "strings", fn.Pkg().Path() == "bytes", fn.Pkg().Path() == "log":
		return passes
	case isEncodingMethod(fn):
		return encodes
	case shape.HasWord(fn.Name(), "reverse", "reversed", "flip", "swap"):
		return passes // which hides nothing either
	}
	return works
}

// isEncoding reports whether a directive says that a call writes a text in
// Base64 or hexadecimal, or reads one.
func isEncoding(d rules.Directive) bool {
	if d.Verb != "transfer" || len(d.Words) == 0 {
		return false
	}
	switch d.Words[0] {
	case "base64-encode", "base64-decode", "hex-encode", "hex-decode":
		return true
	}
	return false
}

// isEncodingMethod reports whether a function belongs to an encoding of the
// library and computes the length of one.
func isEncodingMethod(fn *types.Func) bool {
	path := fn.Pkg().Path()
	return path == "encoding/base64" || path == "encoding/hex" || path == "encoding/base32"
}
