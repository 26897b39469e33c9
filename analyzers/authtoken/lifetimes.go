package authtoken

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
	"time"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// settings observes how long tokens last by the settings of the package: fields
// such as TokenTTL, and options such as WithTTL of a package of tokens. Where a
// token that is signed has told so already, they add nothing.
func settings(p *observe.Pass, told []practice.Observation) []practice.Observation {
	s := &lifetimes{Pass: p, told: map[finding.Location]bool{}}
	for _, o := range told {
		if t, ok := o.(*practice.Token); ok && t.Aspect == practice.TokenLifetime {
			s.note(t)
		}
	}
	for _, file := range p.Files {
		ast.Inspect(file, s.visit)
	}
	return s.list
}

// lifetimes gathers the settings of a package.
type lifetimes struct {
	*observe.Pass
	told map[finding.Location]bool // lines, by their begin
	list []practice.Observation
}

// lineOf returns a location without its columns.
func lineOf(at finding.Location) finding.Location {
	return finding.Location{File: at.File, Line: at.Line}
}

// note remembers the places that a finding tells of.
func (s *lifetimes) note(t *practice.Token) {
	s.told[lineOf(t.At)] = true
	for _, step := range t.Steps {
		s.told[lineOf(step.Location)] = true
	}
}

// visit looks at fields of literals, at assignments and at calls of options.
func (s *lifetimes) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok {
			if f, ok := s.TypesInfo.Uses[id].(*types.Var); ok && f.IsField() {
				s.set(id.Name, "field "+id.Name, n, n.Value)
			}
		}
	case *ast.AssignStmt:
		if len(n.Lhs) != 1 || len(n.Rhs) != 1 {
			return true
		}
		if sel, ok := n.Lhs[0].(*ast.SelectorExpr); ok {
			if f, ok := s.TypesInfo.Uses[sel.Sel].(*types.Var); ok && f.IsField() {
				s.set(sel.Sel.Name, "field "+sel.Sel.Name, n, n.Rhs[0])
			}
		}
	case *ast.CallExpr:
		s.option(n)
	}
	return true
}

// option looks at an option that a package of tokens offers.
func (s *lifetimes) option(call *ast.CallExpr) {
	fn := s.Callee(call)
	if fn == nil || fn.Pkg() == nil || len(call.Args) != 1 || !strings.HasPrefix(fn.Name(), "With") || fn.Signature().Recv() != nil {
		return
	}
	pkg := strings.ToLower(fn.Pkg().Name())
	name := fn.Name()
	if strings.HasSuffix(pkg, "token") || strings.HasSuffix(pkg, "tokens") || strings.HasPrefix(pkg, "jwt") || strings.HasSuffix(pkg, "jwt") {
		name += "Token"
	}
	s.set(name, "option "+fn.Name(), call, call.Args[0])
}

// set observes a setting by its name.
func (s *lifetimes) set(name, use string, at ast.Node, value ast.Expr) {
	if !isLifetimeName(name) {
		return
	}
	lasts, ok := s.lasts(name, value)
	loc := s.Location(at)
	if !ok || s.told[lineOf(loc)] {
		return
	}
	symbol, _ := s.Symbol(loc)
	s.list = append(s.list, &practice.Token{
		Source: s.Source(loc, symbol, use, nil, false), Aspect: practice.TokenLifetime,
		Lifetime: lasts, Likely: true, Names: []string{name}, Use: use,
	})
}

// isLifetimeName reports whether a name is that of the time for which tokens that
// let somebody in are valid.
func isLifetimeName(name string) bool {
	return shape.HasWord(name, "token", "tokens", "jwt", "jwts") &&
		shape.HasWord(name, "ttl", "lifetime", "lifespan", "expiry", "expiration", "expires", "expire", "duration", "validity", "valid", "maxage", "age", "life") &&
		!shape.HasWord(name, "csrf", "xsrf", "cache", "cached", "cleanup", "interval", "retention", "push", "page", "lock", "grace", "leeway", "skew", "key",
			"keys", "rotation", "cert", "password", "otp", "code", "registration", "join", "setup")
}

// lasts returns the length of time that a setting says: a duration, or a number
// of the unit in its name.
func (s *lifetimes) lasts(name string, value ast.Expr) (time.Duration, bool) {
	tv := s.TypesInfo.Types[value]
	if tv.Value == nil || tv.Value.Kind() != constant.Int {
		return 0, false
	}
	n, exact := constant.Int64Val(tv.Value)
	if !exact || n <= 0 || n > 1<<62 {
		return 0, false
	}
	if t, ok := types.Unalias(tv.Type).(*types.Named); ok && t.Obj().Name() == "Duration" && t.Obj().Pkg() != nil && t.Obj().Pkg().Path() == "time" {
		return time.Duration(n), true
	}
	for _, u := range units() {
		if shape.HasWord(name, u.name, u.name+"s") {
			return time.Duration(n) * u.long, n < int64(maxSetting/u.long)
		}
	}
	return 0, false
}

// maxSetting is a length of time beyond which a number is none.
const maxSetting = 200 * 365 * 24 * time.Hour

// unit is a unit of time in the name of a setting.
type unit struct {
	name string
	long time.Duration
}

// units returns the units that settings have in their names.
func units() []unit {
	const day = 24 * time.Hour
	return []unit{{"second", time.Second}, {"sec", time.Second}, {"minute", time.Minute}, {"min", time.Minute}, {"hour", time.Hour}, {"day", day},
		{"week", 7 * day}, {"month", 30 * day}, {"year", 365 * day}}
}
