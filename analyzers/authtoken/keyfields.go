package authtoken

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// keyFields observes API keys of the program's own making that are told never to
// end: a literal of a type such as APIKey whose end is a date far off, or whose
// time of validity is nought.
func keyFields(p *observe.Pass) []practice.Observation {
	var list []practice.Observation
	for _, file := range p.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && isKeyType(goexpr.TypeName(p.TypesInfo, lit)) {
				for _, el := range lit.Elts {
					if obs := keyField(p, lit, el); obs != nil {
						list = append(list, obs)
					}
				}
			}
			return true
		})
	}
	return list
}

// isKeyType reports whether a type by its name is an API key, or what one is
// made of, and no answer or test of one.
func isKeyType(name string) bool {
	words := shape.Words(name)
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if w == "apikey" || w == "apikeys" || (w == "api" || w == "access") && next == "key" {
			return !shape.HasWord(name, "error", "response", "filter", "query", "list", "cache", "middleware", "validator", "public", "view")
		}
	}
	return false
}

// keyField observes one field of the literal of a key.
func keyField(p *observe.Pass, lit *ast.CompositeLit, el ast.Expr) *practice.Token {
	kv, ok := el.(*ast.KeyValueExpr)
	if !ok {
		return nil
	}
	id, ok := kv.Key.(*ast.Ident)
	if !ok || !isEndless(p, id.Name, kv.Value) {
		return nil
	}
	use := "field " + id.Name + " of " + goexpr.TypeName(p.TypesInfo, lit)
	at := p.Location(kv)
	symbol, _ := p.Symbol(at)
	return &practice.Token{Source: p.Source(at, symbol, use, nil, false), Aspect: practice.KeyKept, Endless: true, Use: use}
}

// isEndless reports whether a field says that there is no end: a date that nobody
// is meant to see, nought as a time of validity, a switch.
func isEndless(p *observe.Pass, name string, value ast.Expr) bool {
	tv := p.TypesInfo.Types[value]
	switch {
	case shape.HasWord(name, "never") && shape.HasWord(name, "expires", "expire") || shape.HasWord(name, "no") && shape.HasWord(name, "expiry", "expiration"):
		return tv.Value != nil && tv.Value.Kind() == constant.Bool && constant.BoolVal(tv.Value)
	case tv.Value != nil && tv.Value.Kind() == constant.Int && isValidity(name):
		n, exact := constant.Int64Val(tv.Value)
		return exact && n == 0
	case isEnd(name):
		y := yearOf(p, value)
		return y >= farYear && y <= lastYear
	}
	return false
}

// The years between which a date is one that no key is meant to see.
const (
	farYear  = 2035
	lastYear = 9999
)

// isValidity reports whether a name is that of the time for which a key is valid.
func isValidity(name string) bool {
	words := shape.Words(name)
	return len(words) <= 3 && shape.HasWord(name, "valid", "ttl", "lifetime", "validity", "expires", "expiry", "expiration") &&
		!shape.HasWord(name, "at", "on", "cache", "from", "rate", "is", "warn")
}

// isEnd reports whether a name is that of a key's end.
func isEnd(name string) bool {
	return shape.HasWord(name, "expires", "expiry", "expiration", "expire", "until", "end", "ends") || shape.HasWord(name, "valid") && shape.HasWord(name, "to", "until", "till")
}

// yearOf returns the year of a date that is written out: a text, or the first
// argument of a date's constructor; 0 if there is none.
func yearOf(p *observe.Pass, e ast.Expr) int {
	e = ast.Unparen(e)
	if tv := p.TypesInfo.Types[e]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return leadingYear(constant.StringVal(tv.Value))
	}
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return 0
	}
	fn := p.Callee(call)
	if fn == nil {
		return 0
	}
	if isDate(fn) {
		if tv := p.TypesInfo.Types[call.Args[0]]; tv.Value != nil && tv.Value.Kind() == constant.Int {
			n, _ := constant.Int64Val(tv.Value)
			return int(n)
		}
		return 0
	}
	if len(call.Args) == 1 {
		return yearOf(p, call.Args[0]) // a pointer to it, a conversion
	}
	return 0
}

// isDate reports whether a function makes a time of year, month and day.
func isDate(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Path() == "time" && fn.Name() == "Date"
}

// leadingYear returns the year that a text such as 2099-12-31 begins with.
func leadingYear(text string) int {
	if len(text) < 10 || text[4] != '-' || text[7] != '-' {
		return 0
	}
	year := 0
	for _, c := range []byte(text[:4]) {
		if c < '0' || c > '9' {
			return 0
		}
		year = year*10 + int(c-'0')
	}
	return year
}
