package flow_test

import "fmt"

// placeholders are the types that stand in angle brackets below.
var placeholders = map[string]kind{
	"s": isString, "i": isInt, "b": isBool, "e": isError, "l": isStrings, "m": isMap, "c": isChan, "f": isFunc,
	"t": isPointer, "d": isDoer, "a": isAny, "q": isSeq, "r": isRequest, "g": isConfig, "x": isBox,
}

// expressions are the forms of each type; what stands in angle brackets is
// another expression, or a function literal with statements.
var expressions = [kinds][]string{
	isString: {
		`"a"`, `<s> + <s>`, `fmt.Sprintf("%s://%s:%s@%v", plain, <s>, <s>, <a>)`, `<t>.password`, `<t>.base.user`, `<t>.next.url`,
		`<m>[<s>]`, `<l>[<i>]`, `strings.TrimSpace(<s>)`, `os.Getenv(<s>)`, `<s>[count:]`, `pick(<b>, <s>, <s>)`, `<x>.get()`, `<x>.value`,
		`apply(<t>, func(t *T) string { return t.url })`, `string([]byte(<s>))`, `strings.Join(<l>, <s>)`, `func() string { return <s> }()`,
		`apply(<s>, strings.ToUpper)`, `<r>.Host`, `<r>.URL.String()`, `<r>.Header.Get(<s>)`, `fmt.Sprint(<a>)`, `string(rune(<i>))`,
		`*&shared`, `(<t>).tags[0]`, `[...]string{<s>, <s>}[1]`, `struct{ p string }{<s>}.p`,
	},
	isInt:  {"1", "len(<s>)", "len(<l>)", "<i> + <i>", "count", "cap(<l>)", "<i> << 2", "<i> % 7", "int(<g>.MinVersion)", "copy(<l>, <l>)", "min(<i>, <i>)"},
	isBool: {"true", "<s> == <s>", "<i> < <i>", "!<b>", "<b> && <b>", "<b> || <b>", "<e> != nil", "errors.Is(<e>, <e>)", "strings.HasPrefix(<s>, <s>)", "<t> == nil", "<a> == nil"},
	isError: {
		"error(nil)", "errors.New(<s>)", `fmt.Errorf("%w: %s", <e>, <s>)`, "func() error { _, err := <f>(<s>); return err }()",
		"errors.Join(<e>, <e>)",
	},
	isStrings: {"[]string{<s>, <s>}", "append(<l>, <s>)", "append(<l>, <l>...)", "strings.Fields(<s>)", "<t>.tags", "<l>[<i>:]", "make([]string, <i>)", "[]string{2: <s>, <s>}"},
	isMap:     {"map[string]string{<s>: <s>}", "table", "make(map[string]string)", "map[string]map[string]string{<s>: <m>}[<s>]"},
	isChan:    {"make(chan string)", "make(chan string, <i>)"},
	isFunc: {
		"<literal>", "<d>.do", "<t>.do", "(&base{url: <s>}).do", "<t>.fn", "pick(<b>, <f>, <f>)", "new(base).do",
		"func(s string) (string, error) { return (*base).do(new(base), s) }", "func(s string) (string, error) { return f0(s, <t>, <d>) }",
	},
	isPointer: {
		"&T{base: base{url: <s>, user: <s>, password: <s>, cfg: <g>}}", "new(T)", "<t>.next", "options(<t>, func(t *T) { t.password = <s> })",
		"&T{fn: <f>, tags: <l>, next: <t>}", "pick(<b>, <t>, <t>)", "func() *T { t := *<t>; return &t }()", "&[]T{{tags: <l>}, {next: <t>}}[0]",
		"map[string]*T{<s>: {fn: <f>}}[<s>]",
	},
	isDoer: {"&base{url: <s>, password: <s>}", "<t>", "doer(<t>)", "pick[doer](<b>, <t>, <d>)", "&<t>.base"},
	isAny:  {"any(<s>)", "any(<t>)", "any(<i>)", "any(<f>)", "any(<m>)", "any(<e>)", "any(<d>)", "any(nil)"},
	isSeq:  {"seq(<l>)", "func(yield func(string) bool) { _ = yield(<s>) && yield(<s>) }"},
	isRequest: {
		"new(http.Request)", `func() *http.Request { r, _ := http.NewRequest("GET", <s>, nil); return r }()`, "&http.Request{Host: <s>}",
		"func(r *http.Request) *http.Request { r.SetBasicAuth(<s>, <s>); return r }(<r>)",
	},
	isConfig: {"&tls.Config{InsecureSkipVerify: <b>}", "&tls.Config{MinVersion: uint16(<i> + count)}", "<t>.cfg", "<g>.Clone()"},
	isBox:    {"Box[string]{<s>}", "Box[string]{value: <s>}", "apply(<s>, func(s string) Box[string] { return Box[string]{s} })", "Box[Box[string]]{<x>}.get()"},
}

// statement writes one statement.
func (g *generator) statement() {
	statements := []func(*generator){
		(*generator).definition, (*generator).use, (*generator).assignment, (*generator).conditional, (*generator).loop, (*generator).rangeOver,
		(*generator).deferred, (*generator).selection, (*generator).typeSwitch, (*generator).jump, (*generator).switches, (*generator).calls,
		(*generator).channels, (*generator).labelled,
	}
	statements[g.choose(len(statements))](g)
}

func (g *generator) definition() {
	k := kind(g.choose(int(kinds)))
	value, name := g.expr(k), g.name()
	if g.choose(2) == 0 {
		g.printf("var %s %s = %s\n", name, kindNames[k], value)
	} else {
		g.printf("%s := %s(%s)\n", name, parenthesised(k), value)
	}
	g.printf("_ = %s\n", name)
	g.declare(name, k)
}

// parenthesised returns the type in a form that a conversion can have.
func parenthesised(k kind) string { return "(" + kindNames[k] + ")" }

func (g *generator) use() { g.printf("fmt.Println(%s, %s)\n", g.expr(isAny), g.expr(isString)) }

func (g *generator) assignment() {
	forms := []string{
		"<t>.password = <s>", "<t>.base.url += <s>", "<m>[<s>] = <s>", "<t>.next = <t>", "<t>.fn = <f>", "shared = <s>", "count += <i>",
		"<r>.Host = <s>", "<g>.InsecureSkipVerify = <b>", "<t>.cfg = <g>", "delete(<m>, <s>)", "<t>.tags = append(<t>.tags, <s>)",
		"result, shared = <s>, result", "*<t> = *<t>", "<r>.Header.Set(<s>, <s>)", "count++", "clear(<m>)", "shared, _ = <f>(<s>)",
	}
	form := forms[g.choose(len(forms))]
	if g.inner && form == "result, shared = <s>, result" {
		form = "inner, shared = <s>, inner"
	}
	g.printf("%s\n", g.complete(form))
}

func (g *generator) conditional() {
	g.printf("if %s {\n", g.expr(isBool))
	g.scoped(func() { g.block(2) })
	if g.choose(2) == 1 {
		name := g.name()
		g.printf("} else if %s, err := %s(%s); err != nil {\n_ = %s\n", name, g.atom(isFunc), g.expr(isString), name)
		g.scoped(func() { g.declare(name, isString); g.declare("err", isError); g.block(2) })
	}
	g.printf("}\n")
}

// atom returns an expression that can be called.
func (g *generator) atom(k kind) string { return "(" + g.expr(k) + ")" }

func (g *generator) loop() {
	label := fmt.Sprintf("loop%d", g.next)
	g.next++
	name := g.name()
	g.printf("%s:\nfor %s := 0; %s < %s; %s++ {\n", label, name, name, g.expr(isInt), name)
	g.scoped(func() { g.declare(name, isInt); g.within(label) })
	g.printf("}\n")
}

// within writes the body of a loop, which uses its label.
func (g *generator) within(label string) {
	g.loops = append(g.loops, label)
	g.block(3)
	g.loops = g.loops[:len(g.loops)-1]
	g.printf("if %s {\ncontinue %s\n}\n", g.expr(isBool), label)
}

func (g *generator) rangeOver() {
	label := fmt.Sprintf("range%d", g.next)
	g.next++
	name := g.name()
	forms := []string{"_, %s := range <l>", "%s := range <q>", "%s := range <m>", "_, %s := range <m>", "%s := range <c>"}
	g.printf("%s:\nfor %s {\n_ = %s\n", label, g.complete(fmt.Sprintf(forms[g.choose(len(forms))], name)), name)
	g.scoped(func() { g.declare(name, isString); g.within(label) })
	g.printf("}\n")
}

func (g *generator) deferred() {
	switch g.choose(4) {
	case 0:
		g.printf("defer func() {\nif r := recover(); r != nil {\n")
		g.scoped(func() { g.declare("r", isAny); g.lone(2) })
		g.printf("}\n}()\n")
	case 1:
		g.printf("defer %s(%s)\n", g.atom(isFunc), g.expr(isString))
	case 2:
		g.printf("go %s(%s)\n", g.atom(isFunc), g.expr(isString))
	default:
		g.printf("defer %s.do(%s)\n", g.atom(isDoer), g.expr(isString))
	}
}

// lone writes statements of a function literal without results.
func (g *generator) lone(n int) {
	loops, bare := g.loops, g.bare
	g.loops, g.bare = nil, true
	g.block(n)
	g.loops, g.bare = loops, bare
}

func (g *generator) selection() {
	name := g.name()
	g.printf("select {\ncase %s, ok := <-%s:\n_, _ = %s, ok\n", name, g.atom(isChan), name)
	g.scoped(func() { g.declare(name, isString); g.declare("ok", isBool); g.block(1) })
	g.printf("case %s <- %s:\n", g.atom(isChan), g.expr(isString))
	g.scoped(func() { g.block(1) })
	g.printf("default:\n}\n")
}

func (g *generator) typeSwitch() {
	name := g.name()
	g.printf("switch %s := %s.(type) {\n", name, g.atom(isAny))
	for _, c := range []struct {
		text string
		kind kind
	}{{"string", isString}, {"*T", isPointer}, {"func(string) (string, error)", isFunc}, {"interface{ do(string) (string, error) }", isDoer}, {"nil", isAny}, {"int, bool", isAny}} {
		g.printf("case %s:\n_ = %s\n", c.text, name)
		g.scoped(func() { g.declare(name, c.kind); g.block(1) })
	}
	g.printf("}\n")
}

// jump leaves the function or a loop.
func (g *generator) jump() {
	g.printf("if %s {\n", g.expr(isBool))
	switch n := len(g.loops); {
	case n > 0 && g.choose(2) == 1:
		g.printf("break %s\n}\n", g.loops[g.choose(n)])
	case g.bare:
		g.printf("return\n}\n")
	default:
		g.printf("return %s, %s\n}\n", g.expr(isString), g.expr(isError))
	}
}

func (g *generator) switches() {
	g.printf("switch {\ncase %s:\n", g.expr(isBool))
	g.scoped(func() { g.block(1) })
	if g.choose(2) == 1 {
		g.printf("fallthrough\n")
	}
	g.printf("case %s, %s:\n", g.expr(isBool), g.expr(isBool))
	g.scoped(func() { g.block(1) })
	g.printf("default:\n")
	g.scoped(func() { g.block(1) })
	g.printf("}\n")
}

func (g *generator) calls() {
	text, problem := g.name(), g.name()
	forms := []string{"%s, %s := <f>(<s>)", "%s, %s := <d>.do(<s>)", "%s, %s := f0(<s>, <t>, <d>)", "%s, %s := (*T).do(<t>, <s>)", "%s, %s := doer.do(<d>, <s>)"}
	g.printf("%s\n_, _ = %s, %s\n", g.complete(fmt.Sprintf(forms[g.choose(len(forms))], text, problem)), text, problem)
	g.declare(text, isString)
	g.declare(problem, isError)
}

func (g *generator) channels() {
	if g.choose(2) == 0 {
		g.printf("%s <- %s\n", g.atom(isChan), g.expr(isString))
		return
	}
	name := g.name()
	g.printf("%s := <-%s\n_ = %s\n", name, g.atom(isChan), name)
	g.declare(name, isString)
}

// labelled writes a loop made of goto: the block keeps jumps from crossing
// declarations.
func (g *generator) labelled() {
	label := fmt.Sprintf("again%d", g.next)
	g.next++
	g.printf("%s:\n{\n", label)
	g.scoped(func() { g.block(1) })
	g.printf("}\nif %s {\ngoto %s\n}\n", g.expr(isBool), label)
}
