package snippet

import "strings"

// parser reads tokens as a tree. It reads every language in one way: words that
// stand beside each other are nodes beside each other, so declarations,
// modifiers and types need no grammar, and what is no program still is a tree.
type parser struct {
	*language
	tokens []token
	at     int
	depth  int   // of nodes
	inside int   // brackets that are open, in which lines do not end
	none   token // behind the end
}

// maxDepth is how deep nodes may nest.
const maxDepth = 120

// parse returns the statements of a program.
func parse(l *language, tokens []token) []*node {
	p := &parser{language: l, tokens: tokens, none: token{newline: true}}
	var list []*node
	for p.at < len(p.tokens) {
		from := p.at
		list = append(list, p.items("")...)
		if p.at == from {
			p.at++ // a bracket that nothing opened
		}
	}
	return list
}

func (p *parser) peek() *token { return p.ahead(0) }

// ahead returns the n-th token from here, an empty one behind the end.
func (p *parser) ahead(n int) *token {
	if p.at+n < len(p.tokens) {
		return &p.tokens[p.at+n]
	}
	return &p.none
}

// is reports whether the next token is a sign.
func (p *parser) is(sign string) bool {
	t := p.peek()
	return t.kind == signToken && t.text == sign
}

// isWord reports whether the next token is one of some words.
func (p *parser) isWord(list ...string) bool {
	t := p.peek()
	if t.kind != wordToken {
		return false
	}
	for _, w := range list {
		if t.text == w {
			return true
		}
	}
	return false
}

// take passes the sign if it is next.
func (p *parser) take(sign string) bool {
	if p.is(sign) {
		p.at++
		return true
	}
	return false
}

// end returns where the last token ends.
func (p *parser) end() int {
	if p.at == 0 || len(p.tokens) == 0 {
		return 0
	}
	return p.tokens[min(p.at, len(p.tokens))-1].end
}

// items reads what stands between brackets, or all there is, up to the sign
// that closes and behind it.
func (p *parser) items(closing string) []*node {
	var list []*node
	for p.at < len(p.tokens) {
		t := p.peek()
		if t.kind == signToken {
			switch t.text {
			case closing:
				p.at++
				return list
			case ")", "]", "}":
				if closing == "}" || closing == "" || t.text == "}" {
					return list // of a bracket further out
				}
				p.at++
				continue
			case ",", ";":
				p.at++
				continue
			}
		}
		from := p.at
		if n := p.item(closing); n != nil {
			if t.newline && closing == "" {
				n.column = int(t.column) + 1
			}
			switch t.text {
			case "if", "elif", "elsif", "unless", "else":
				n.condition = t.kind == wordToken
			}
			list = append(list, n)
		}
		if p.at == from {
			p.at++ // a sign that begins nothing
		}
	}
	return list
}

// item reads a statement, an argument or a member.
func (p *parser) item(closing string) *node {
	if p.depth >= maxDepth {
		p.at++
		return nil
	}
	p.depth++
	defer func() { p.depth-- }()
	n := p.expression()
	if n == nil {
		return nil
	}
	if closing == "" || closing == "}" {
		n = p.function(n)
	}
	for {
		t := p.peek()
		isStatement := closing == ""
		switch {
		case t.kind == signToken && (t.text == "=>" || t.text == ":"):
			p.at++
			if t.text == ":" && isStatement && p.peek().newline {
				return n // the head of a block
			}
			value := p.expression()
			if value == nil {
				return n
			}
			n = p.typed(&node{kind: pairNode, start: n.start, end: value.end, x: n, args: []*node{value}})
		default:
			return n
		}
	}
}

// typed reads "name: T = value" as an assignment.
func (p *parser) typed(n *node) *node {
	if value := n.args[0]; value.kind == assignNode && (n.x.kind == nameNode || n.x.kind == callNode && n.x.keyword) {
		return &node{kind: assignNode, start: n.start, end: n.end, x: n.x, args: value.args}
	}
	for p.is("<") || p.is("[") || p.is("?") || p.is("|") { // what is left of a type
		from := p.at
		for p.at < len(p.tokens) && p.at < from+12 && !p.is("=") && !p.is(",") && !p.is(")") && !p.is("}") && !p.is(";") {
			p.at++
		}
		if !p.is("=") {
			p.at = from
			return n
		}
	}
	if p.take("=") {
		if value := p.expression(); value != nil {
			return &node{kind: assignNode, start: n.start, end: value.end, x: n.x, args: []*node{value}}
		}
	}
	return n
}

// function reads the body of a function behind its head, which looks like a call:
// void check(X x) throws Y { }, fun f(): T { }, fn f() -> T { }.
func (p *parser) function(n *node) *node {
	if n.kind != callNode || n.block != nil || p.indented {
		return n
	}
	const most = 24 // tokens between head and body
	for i := range most {
		t := p.ahead(i)
		switch {
		case t.kind == signToken && t.text == "{":
			if i == 0 && t.newline && p.newlines {
				return n
			}
			p.at += i
			n.block = p.braces()
			n.end = n.block.end
			n.defines = true
			return n
		case t.kind == signToken && strings.Contains(" : -> , . < > ? | [ ] :: & ", " "+t.text+" ") && i > 0, t.kind == wordToken && i > 0,
			t.kind == signToken && n.keyword && (t.text == "(" || t.text == ")") && i > 0:
		case i == 0 && (t.kind == wordToken && (t.text == "throws" || t.text == "where") || t.kind == signToken && (t.text == ":" || t.text == "->")):
		default:
			return n
		}
	}
	return n
}

// braces reads what stands between braces.
func (p *parser) braces() *node {
	n := &node{kind: braceNode, start: p.peek().start}
	inside := p.inside
	p.inside = 0
	p.at++
	p.blockParameters(n)
	n.args = p.items("}")
	p.inside = inside
	n.end = p.end()
	return n
}

// blockParameters passes the parameters of a block: { |a, b| ... }, { a, b -> ... }.
func (p *parser) blockParameters(n *node) {
	if p.is("|") {
		for i := 1; i < 12; i++ {
			if t := p.ahead(i); t.kind == signToken && t.text == "|" {
				for k := 1; k < i; k++ {
					if w := p.ahead(k); w.kind == wordToken {
						n.pieces = append(n.pieces, textPiece{text: w.text})
					}
				}
				p.at += i + 1
				return
			}
		}
		return
	}
	if p.name != "kotlin" && p.name != "swift" {
		return
	}
	for i := 0; i < 8; i++ {
		t := p.ahead(i)
		if t.kind == signToken && t.text == "->" && p.name == "kotlin" || t.kind == wordToken && t.text == "in" && p.name == "swift" && i > 0 {
			p.at += i + 1
			return
		}
		if t.newline && i > 0 && p.name == "swift" {
			return
		}
		if t.kind != wordToken && !(t.kind == signToken && (t.text == "," || t.text == ":" || p.name == "swift" && (t.text == "(" || t.text == ")"))) {
			return
		}
	}
}

// ends reports whether the next token begins a new statement.
func (p *parser) ends() bool { return p.newlines && p.inside == 0 && p.peek().newline }

// expression reads a value.
func (p *parser) expression() *node {
	if p.depth >= maxDepth {
		p.at++
		return nil
	}
	p.depth++
	defer func() { p.depth-- }()
	n := p.operation(0)
	if n == nil {
		return nil
	}
	switch {
	case (p.is("?") || p.isWord("if") && p.name == "python") && !p.ends():
		return p.choice(n)
	case p.assigns() && !p.ends():
		isName := p.isWord("as") // the name stands behind the value
		p.at++
		value := p.expression()
		if value == nil {
			return n
		}
		out := &node{kind: assignNode, start: n.start, end: value.end, text: "=", x: n, args: []*node{value}}
		if isName {
			out.x, out.args = value, []*node{n}
		}
		return out
	}
	return n
}

// assigns reports whether the next token assigns.
func (p *parser) assigns() bool {
	t := p.peek()
	if t.kind == wordToken {
		return t.text == "as" && p.name == "python"
	}
	if t.kind != signToken {
		return false
	}
	switch t.text {
	case "=", ":=", "+=", "||=", "??=", ".=":
		return true
	}
	return false
}

// choice reads what stands behind a condition: c ? a : b, or a if c else b.
func (p *parser) choice(n *node) *node {
	out := &node{kind: choiceNode, start: n.start}
	if p.isWord("if") {
		p.at++
		p.operation(0)
		out.args = []*node{n}
		if p.isWord("else") {
			p.at++
			if other := p.expression(); other != nil {
				out.args = append(out.args, other)
			}
		}
		out.end = p.end()
		return out
	}
	if next := p.ahead(1); next.kind == signToken && strings.Contains(": ; , ) . ] }", next.text) {
		p.at++ // name?: T, and the operator behind what can fail
		return p.postfix(n)
	}
	p.at++
	first := p.expression()
	if first == nil {
		return n
	}
	out.args = []*node{first}
	if first.kind == pairNode {
		out.args = []*node{first.x, first.args[0]}
	} else if p.take(":") {
		if other := p.expression(); other != nil {
			out.args = append(out.args, other)
		}
	}
	out.end = p.end()
	return out
}

// The levels of operators.
const (
	lowest = iota
	compared
	joined
)

// level returns how strongly the operator that is next binds, -1 if none is.
func (p *parser) level() int {
	t := p.peek()
	if t.kind == wordToken {
		switch t.text {
		case "or", "and":
			return lowest
		case "instanceof", "is", "in", "as":
			if p.name != "python" || t.text != "as" {
				return compared
			}
		}
		return -1
	}
	if t.kind != signToken {
		return -1
	}
	switch t.text {
	case "||", "&&", "??", "?:":
		return lowest
	case "|":
		if p.commands || p.name == "rust" && p.ends() {
			return -1
		}
		return compared
	case "==", "!=", "===", "!==", "<", ">", "<=", ">=", "=~", "&", "<=>", "..":
		return compared
	case "+", "%", "-", "*", "/":
		return joined
	case ".":
		if p.dotJoins {
			return joined
		}
	}
	return -1
}

// operation reads operators that bind as strongly as a level, and their operands.
func (p *parser) operation(level int) *node {
	n := p.operand()
	if n == nil {
		return nil
	}
	for {
		own := p.level()
		if own < level || p.ends() && !p.goesOn() {
			return n
		}
		t := p.peek()
		if p.commands && t.spaced && !p.ahead(1).spaced && (t.text == "-" || t.text == "*" || t.text == "&" || t.text == "<") {
			return n
		}
		op := t.text
		p.at++
		if op == "as" && p.name == "swift" && (p.is("?") || p.is("!")) {
			p.at++
		}
		right := p.operation(own + 1)
		if right == nil {
			return n
		}
		says := n.says
		n.says = ""
		n = &node{kind: binaryNode, start: n.start, end: right.end, text: op, args: []*node{n, right}, says: says}
	}
}

// goesOn reports whether a line goes on with the next one, which begins with an
// operator.
func (p *parser) goesOn() bool {
	switch t := p.peek(); t.text {
	case "+", "||", "&&", "??", "?:", "==":
		return t.kind == signToken && !p.indented
	}
	return false
}
