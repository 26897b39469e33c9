package authsafelist

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/authlint/authlint/internal/goexpr"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// maxHops is how many variables a range is followed through, maxUses how many
// uses of one are looked at.
const (
	maxHops = 3
	maxUses = 32
)

// walk follows one range to what it is used for.
type walk struct {
	*collector
	text string
	seen map[types.Object]bool
}

// place is where a range ends up as an entry of a safelist.
type place struct {
	at          ast.Node
	use, key    string
	function    string
	purpose     practice.SafelistPurpose
	conditional bool
}

// context is what is known of the surroundings of a range so far.
type context struct {
	// names are those that the range is given to, nearest first: a field, a
	// variable, a parameter.
	names []string
	// around are names of types and calls that it stands in, functions those of
	// the functions.
	around, functions []string
	at                ast.Node
	use               string
	// literals are the composite literals it stands in, innermost first.
	literals    []*ast.CompositeLit
	conditional bool
}

// follow goes up from an expression to what it is given to. Long because it is
// one table: what each kind of node above a value makes of it.
func (w *walk) follow(e ast.Expr, stack []ast.Node, hops int) (place, bool) {
	cx := &context{}
	var child ast.Node = e
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.ParenExpr, *ast.UnaryExpr, *ast.SelectorExpr, *ast.TypeAssertExpr, *ast.SliceExpr, *ast.StarExpr:
		case *ast.CompositeLit:
			cx.literals = append(cx.literals, n)
			if name := goexpr.TypeName(w.TypesInfo, n); name != "" {
				cx.around = append(cx.around, name)
				if shape.HasWord(name, "list", "ranges", "cidrs", "ips", "networks") && len(cx.names) == 0 {
					cx.name(name, "type "+name, n)
				}
			}
		case *ast.KeyValueExpr:
			if child == n.Value {
				w.keyed(cx, n)
			}
		case *ast.CallExpr:
			w.called(cx, n, child)
		case *ast.BinaryExpr:
			if n.Op != token.ADD && n.Op != token.LAND && n.Op != token.LOR {
				return place{}, false // compared, not given
			}
		case *ast.CaseClause, *ast.IndexExpr:
			return place{}, false
		case *ast.RangeStmt:
			if child == n.X && n.Value != nil {
				w.surround(cx, stack[:i])
				return w.variables(cx, []ast.Expr{n.Value}, n, stack, hops)
			}
		case *ast.AssignStmt:
			w.surround(cx, stack[:i])
			return w.assigned(cx, n, child, stack[:i], hops)
		case *ast.ValueSpec:
			w.surround(cx, stack[:i])
			return w.declared(cx, n, child, stack, hops)
		case *ast.ReturnStmt:
			if name := function(stack[:i]); name != "" {
				cx.name(name, "result of "+name, n)
			}
			w.surround(cx, stack[:i])
			return w.decide(cx, stack)
		case *ast.FuncLit, *ast.FuncDecl, ast.Stmt:
			w.surround(cx, stack[:i+1])
			return w.decide(cx, stack)
		}
		child = stack[i]
	}
	return w.decide(cx, stack)
}

// name adds a name that the range is given to.
func (cx *context) name(name, use string, at ast.Node) {
	if name == "" || name == "_" {
		return
	}
	cx.names = append(cx.names, name)
	if cx.at == nil {
		cx.at, cx.use = at, use
	}
}

// keyed adds the field or the map key that a value is given to.
func (w *walk) keyed(cx *context, kv *ast.KeyValueExpr) {
	name := ""
	if id, ok := kv.Key.(*ast.Ident); ok {
		name = id.Name
	}
	if tv := w.TypesInfo.Types[kv.Key]; tv.Value != nil && tv.Value.Kind() == constant.String {
		name = constant.StringVal(tv.Value)
	}
	cx.name(name, "field "+name, kv)
}

// called adds what a call makes of an argument: nothing, if it only parses or
// wraps it, else the names of the callee, the parameter, and of texts beside it.
func (w *walk) called(cx *context, call *ast.CallExpr, child ast.Node) {
	if w.TypesInfo.Types[call.Fun].IsType() {
		return
	}
	name := goexpr.Name(call.Fun)
	if child == call.Fun {
		cx.around = append(cx.around, name) // prefix.Contains(...)
		return
	}
	if name == "append" {
		if child != call.Args[0] {
			cx.name(goexpr.Name(call.Args[0]), "list "+goexpr.Name(call.Args[0]), call)
		}
		return
	}
	if isWrapper(name) {
		return
	}
	for _, arg := range call.Args {
		if s, ok := w.constantText(arg); ok && arg != child {
			cx.setting(s, call)
			break
		}
	}
	cx.name(w.parameter(call, child), "argument of "+name, call)
	cx.name(name, "call of "+name, call)
}

// setting adds the name of a setting whose default, or one of whose values, the
// range is.
func (cx *context) setting(name string, at ast.Node) {
	if len(name) <= 64 && !strings.ContainsAny(name, " %\n") {
		cx.name(name, "setting "+name, at)
		cx.conditional = true
	}
}

// constantText returns the value of a constant text.
func (c *collector) constantText(e ast.Expr) (string, bool) {
	tv := c.TypesInfo.Types[e]
	if tv.Value == nil || tv.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(tv.Value), true
}

// parameter returns the name of the parameter that an argument is for.
func (w *walk) parameter(call *ast.CallExpr, child ast.Node) string {
	sig, ok := types.Unalias(w.TypesInfo.TypeOf(call.Fun)).(*types.Signature)
	if !ok || sig == nil {
		return ""
	}
	for i, arg := range call.Args {
		if arg != child || sig.Params().Len() == 0 {
			continue
		}
		return sig.Params().At(min(i, sig.Params().Len()-1)).Name()
	}
	return ""
}

// isWrapper reports whether a function by its name only parses its argument or
// gives it another type.
func isWrapper(name string) bool {
	for _, word := range shape.Words(name) {
		switch word {
		case "must", "parse", "cidr", "cidrs", "prefix", "string", "strings", "ptr", "pointer", "to", "of", "new", "ip", "net", "network",
			"split", "fields", "slice", "list", "set", "array", "value", "values", "from", "ipnet", "nets", "ipv4", "ipv6", "masked",
			"insert", "trim", "space", "clone", "output", "input", "join":
		default:
			return len(word) == 1
		}
	}
	return true
}

// assigned follows a range into the variables or fields that it is assigned to.
func (w *walk) assigned(cx *context, n *ast.AssignStmt, child ast.Node, outer []ast.Node, hops int) (place, bool) {
	targets := n.Lhs
	if len(n.Lhs) == len(n.Rhs) {
		targets = nil
		for i, r := range n.Rhs {
			if r == child {
				targets = n.Lhs[i : i+1]
			}
		}
	}
	return w.variables(cx, targets, n, append(outer, n), hops)
}

func (w *walk) declared(cx *context, n *ast.ValueSpec, child ast.Node, stack []ast.Node, hops int) (place, bool) {
	var targets []ast.Expr
	for i, name := range n.Names {
		if len(n.Names) != len(n.Values) || i < len(n.Values) && n.Values[i] == child {
			targets = append(targets, name)
		}
	}
	return w.variables(cx, targets, n, stack, hops)
}

// variables decides by the names of the variables or fields that take the
// range, and if these say nothing, by what they are used for.
func (w *walk) variables(cx *context, targets []ast.Expr, at ast.Node, stack []ast.Node, hops int) (place, bool) {
	for _, t := range targets {
		cx.name(goexpr.Name(t), "variable "+goexpr.Name(t), at)
		switch t := ast.Unparen(t).(type) {
		case *ast.SelectorExpr:
			cx.around = append(cx.around, goexpr.Name(t.X))
		case *ast.Ident:
			if name, ok := w.readFrom(t); ok {
				cx.setting(name, at)
			}
		}
	}
	if found, ok := w.decide(cx, stack); ok {
		return found, true
	}
	if hops == maxHops || w.excluded(cx) {
		return place{}, false
	}
	for _, t := range targets {
		id, ok := ast.Unparen(t).(*ast.Ident)
		if !ok {
			continue
		}
		obj := w.TypesInfo.ObjectOf(id)
		if obj == nil || !isHolder(obj) || w.seen[obj] {
			continue
		}
		w.seen[obj] = true
		for i, u := range w.usesOf(obj) {
			if i == maxUses {
				break
			}
			if found, ok := w.follow(u.id, u.stack, hops+1); ok {
				return found, true
			}
		}
	}
	return place{}, false
}

// readFrom returns the name of the setting that a variable is read from first.
func (w *walk) readFrom(id *ast.Ident) (string, bool) {
	call, ok := w.initialiser(id).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return "", false
	}
	return w.constantText(call.Args[0])
}

// surround adds the names of the functions and types around.
func (w *walk) surround(cx *context, stack []ast.Node) {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.FuncDecl:
			cx.functions = append(cx.functions, n.Name.Name, receiver(n))
		case *ast.IfStmt:
			cx.conditional = cx.conditional || i+1 < len(stack) && (stack[i+1] == n.Body || stack[i+1] == n.Else)
		case *ast.CaseClause:
			cx.conditional = true
		}
	}
}

// receiver returns the name of the type that a method belongs to.
func receiver(fd *ast.FuncDecl) string {
	if fd.Recv == nil || len(fd.Recv.List) == 0 {
		return ""
	}
	return goexpr.Name(fd.Recv.List[0].Type)
}

// function returns the name of the function around.
func function(stack []ast.Node) string {
	for _, n := range stack {
		if fd, ok := n.(*ast.FuncDecl); ok {
			return fd.Name.Name
		}
	}
	return ""
}
