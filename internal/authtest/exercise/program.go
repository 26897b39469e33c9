package exercise

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// program is one package in the making: a single function, so that no function
// stores what another reads.
type program struct {
	w       *World
	path    string            // of the package
	aliases map[string]string // of imports, by path
	taken   map[string]bool   // aliases

	decls  []string // in front of the function
	params []string
	// results are the function's, whose last line returns their zero values.
	results string
	lines   []string
	want    map[int][]string // rules by index of lines
	// wantDecl are rules on the line of decls that contains a text.
	wantDecl map[string][]string
	count    int
	number   int // of the exercise: made-up texts differ by it

	tree *tree // that was written last

	handmade string // the whole text of a program that is not generated

	err error // why the exercise cannot be written, the first reason
}

func newProgram(w *World, path string, number int) *program {
	return &program{w: w, path: path, number: number, aliases: map[string]string{}, taken: map[string]bool{}, want: map[int][]string{}}
}

// fail records why the exercise cannot be written and returns text that
// stands for an expression.
func (p *program) fail(format string, args ...any) string {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
	return "nil"
}

// use returns the name under which a package is imported.
func (p *program) use(path, name string) string {
	if alias, ok := p.aliases[path]; ok {
		return alias
	}
	alias := name
	for i := 2; p.taken[alias]; i++ {
		alias = name + strconv.Itoa(i)
	}
	p.aliases[path], p.taken[alias] = alias, true
	return alias
}

// std returns the qualified name of something in the standard library.
func (p *program) std(path, name string) string {
	return p.use(path, path[strings.LastIndexByte(path, '/')+1:]) + "." + name
}

// fresh returns a name that says nothing.
func (p *program) fresh(letter string) string {
	p.count++
	return letter + strconv.Itoa(p.count)
}

// add adds a line and returns its index.
func (p *program) add(format string, args ...any) int {
	p.lines = append(p.lines, fmt.Sprintf(format, args...))
	return len(p.lines) - 1
}

// local stores an expression in a variable.
func (p *program) local(expr string) string {
	name := p.fresh("v")
	p.add("%s := %s", name, expr)
	return name
}

// find expects rules on a line.
func (p *program) find(line int, rules ...string) {
	p.want[line] = append(p.want[line], rules...)
}

// findText expects rules on the only line that contains a text.
func (p *program) findText(text string, rules ...string) {
	p.find(p.lineOf(text), rules...)
}

// findDecl expects rules on the line with a text in front of the function.
func (p *program) findDecl(text string, rules ...string) {
	if p.wantDecl == nil {
		p.wantDecl = map[string][]string{}
	}
	p.wantDecl[text] = rules
}

// lineOf returns the first line that contains a text.
func (p *program) lineOf(text string) int {
	i := slices.IndexFunc(p.lines, func(line string) bool { return strings.Contains(line, text) })
	if i < 0 {
		p.fail("no line contains %q", text)
	}
	return i
}

// name writes a type.
func (p *program) name(t types.Type) string {
	return types.TypeString(t, func(q *types.Package) string { return p.use(q.Path(), q.Name()) })
}

// ref returns the qualified name of a package-level object.
func (p *program) ref(obj types.Object) string {
	if !obj.Exported() {
		return p.fail("%s cannot be named", obj.Name())
	}
	return p.use(obj.Pkg().Path(), obj.Pkg().Name()) + "." + obj.Name()
}

// source returns the text of the package and the rules by line.
func (p *program) source() (text string, want map[int][]string) {
	if p.handmade != "" {
		return p.handmade, wantsOf(p.handmade)
	}
	var body strings.Builder
	for _, decl := range p.decls {
		body.WriteString("\n" + decl + "\n")
	}
	fmt.Fprintf(&body, "\nfunc run(%s) %s{\n", strings.Join(p.params, ", "), p.results)
	above := strings.Count(body.String(), "\n")
	for i, line := range p.lines {
		body.WriteString("\t" + line)
		if rules := p.want[i]; len(rules) > 0 {
			body.WriteString(" // want " + strings.Join(rules, " "))
		}
		body.WriteString("\n")
	}
	if p.results != "" {
		body.WriteString("\treturn nil\n")
	}
	body.WriteString("}\n\nfunc main() {}\n")
	head := p.head(body.String())
	above += strings.Count(head, "\n") + 1
	want = map[int][]string{}
	for i, rules := range p.want {
		want[above+i] = rules
	}
	whole := head + body.String()
	for text, rules := range p.wantDecl {
		want[1+strings.Count(whole[:strings.Index(whole, text)], "\n")] = rules
	}
	return whole, want
}

// head returns the package clause and the imports that a body needs.
func (p *program) head(body string) string {
	var b strings.Builder
	b.WriteString("package main\n\n")
	for _, path := range slices.Sorted(maps.Keys(p.aliases)) {
		if strings.Contains(body, p.aliases[path]+".") {
			fmt.Fprintf(&b, "import %s %q\n", p.aliases[path], path)
		}
	}
	return b.String()
}

// text returns the text of the package.
func (p *program) text() string {
	text, _ := p.source()
	return text
}
