package snippet

import "strings"

// isPrefix reports whether a word stands before a value without changing it.
func (p *parser) isPrefix(word string) bool {
	if p.commands && word == "raise" {
		return false // it is a command with arguments
	}
	switch word {
	case "new", "await", "return", "yield", "typeof", "throw", "raise", "mut", "ref", "out", "not", "go", "move", "checked", "print", "echo",
		"static", "final", "public", "private", "protected", "internal", "readonly", "const", "let", "var", "val", "def", "fun", "fn", "func",
		"export", "default", "override", "suspend", "unsafe", "lateinit", "pub", "abstract", "virtual", "sealed", "extern", "puts", "assert",
		"when", "case", "else", "elif", "elsif", "del", "with", "using", "try", "do", "then", "begin", "unless", "while", "until", "delete", "void", "in", "from", "import", "require", "include", "include_once", "require_once":
		return true
	case "async", "function", "global", "if":
		return true
	}
	return false
}

// isPrefixSign reports whether a sign stands before a value.
func isPrefixSign(sign string) bool {
	switch sign {
	case "!", "&", "*", "-", "+", "~", "...", "..", "**", "&&", "::", "@", "++", "--", "!!", "^":
		return true
	}
	return false
}

// beginsValue reports whether a token can begin a value behind a prefix on the
// same line.
func (p *parser) beginsValue(t *token) bool {
	if t.newline && p.newlines && p.inside == 0 {
		return false
	}
	switch t.kind {
	case wordToken, numberToken, stringToken:
		return true
	case signToken:
		return t.text == "!" || t.text == "[" || t.text == "-" || t.text == "&" || t.text == "*" || t.text == "::" || t.text == "..."
	}
	return false
}

// operand reads a value without operators.
func (p *parser) operand() *node {
	if p.depth >= maxDepth {
		p.at++
		return nil
	}
	p.depth++
	defer func() { p.depth-- }()
	made, keyword, says := false, false, ""
	for range 40 {
		t := p.peek()
		isSign := t.kind == signToken && (isPrefixSign(t.text) || t.text == "." && p.name == "swift")
		next := p.ahead(1)
		isCalled := next.kind == signToken && (next.text == "(" || next.text == "{") && t.text != "await" && t.text != "return" && t.text != "new" && t.text != "not"
		isNewHash := t.text == "new" && next.kind == signToken && next.text == "("
		switch {
		case t.text == "try" && p.name == "swift" && next.kind == signToken && (next.text == "?" || next.text == "!"):
			p.at += 2
			continue
		case t.text == "new" && p.name == "csharp" && next.kind == signToken && next.text == "{":
			p.at++
			n := p.braces()
			n.isNew = true
			return n
		case isSign:
			p.at++
			if p.at >= len(p.tokens) || p.ends() {
				return nil
			}
			continue
		case t.kind == wordToken && p.isPrefix(t.text) && !isCalled && !isNewHash && (p.beginsValue(next) || (t.text == "await" || t.text == "return") && next.kind == signToken && (next.text == "(" || next.text == "{")):
			made = made || t.text == "new"
			keyword = keyword || isDefinitionWord(t.text)
			if t.text == "puts" || t.text == "print" || t.text == "echo" {
				says = t.text
			}
			p.at++
			continue
		}
		break
	}
	n := p.primary()
	if n == nil {
		return nil
	}
	if n.kind == nameNode && made && p.is("{") {
		n = &node{kind: callNode, start: n.start, x: n, isNew: true}
	}
	n = p.suffixes(n, made)
	n.keyword = keyword && n.kind == callNode
	n.says = says
	return n
}

// isDefinitionWord reports whether a word begins the head of a function.
func isDefinitionWord(word string) bool {
	switch word {
	case "def", "fun", "fn", "func", "function":
		return true
	}
	return false
}

// primary reads a name, a literal, or what stands between brackets.
func (p *parser) primary() *node {
	t := p.peek()
	switch t.kind {
	case wordToken:
		if t.text == "lambda" && p.name == "python" {
			return p.lambda()
		}
		p.at++
		n := &node{kind: nameNode, start: t.start, end: t.end, text: t.text}
		if p.name == "rust" && p.is("!") && !p.peek().spaced {
			if next := p.ahead(1); next.kind == signToken && (next.text == "(" || next.text == "[" || next.text == "{") {
				p.at++
				n.text += "!"
			}
		}
		if p.is("=>") && p.arrows() {
			return p.arrow(n)
		}
		if p.is("->") && p.name == "java" {
			return p.arrow(n)
		}
		return n
	case numberToken:
		p.at++
		return &node{kind: numberNode, start: t.start, end: t.end, text: t.text}
	case stringToken:
		return p.string()
	case signToken:
		return p.bracketed()
	}
	return nil
}

// arrows reports whether => makes a function.
func (p *parser) arrows() bool { return p.name == "javascript" || p.name == "csharp" }

// string reads a literal, and in some languages those that stand behind it.
func (p *parser) string() *node {
	t := p.peek()
	n := &node{kind: textNode, start: t.start}
	for {
		t = p.peek()
		if t.kind != stringToken || len(n.pieces) > 0 && (!p.indented || p.ends()) {
			break
		}
		p.at++
		for _, piece := range t.pieces {
			part := textPiece{text: piece.text, start: piece.start, end: piece.end}
			if piece.isCode {
				part.code = p.inner(piece.code)
			}
			n.pieces = append(n.pieces, part)
		}
		n.end = t.end
		if len(t.pieces) == 0 {
			n.pieces = append(n.pieces, textPiece{start: t.end - 1, end: t.end - 1})
		}
	}
	return n
}

// inner reads the expression in a string.
func (p *parser) inner(code []token) *node {
	if p.depth >= maxDepth {
		return &node{}
	}
	in := &parser{language: p.language, tokens: code, depth: p.depth + 1, inside: 1, none: token{newline: true}}
	if n := in.expression(); n != nil {
		return n
	}
	return &node{}
}

// bracketed reads what stands between brackets.
func (p *parser) bracketed() *node {
	t := p.peek()
	switch t.text {
	case "(":
		n := p.list(")")
		n.round = true
		switch {
		case (p.is("=>") && p.arrows() || p.is("->") && (p.name == "java")) && !p.peek().newline:
			return p.arrow(n)
		case p.casts && len(n.args) == 1 && isType(n.args[0]) && p.beginsValue(p.peek()) && !p.is("-") && !p.is("*") && !p.is("&"), p.casts && len(n.args) == 1 && isType(n.args[0]) && p.is("("):
			if value := p.operand(); value != nil {
				return value
			}
		}
		return n
	case "[":
		return p.list("]")
	case "{":
		return p.braces()
	case "|", "||":
		if p.name == "rust" {
			return p.closure()
		}
	case ":":
		if p.commands {
			return nil
		}
	case "->":
		if p.commands { // ->(x) { ... }
			p.at++
			n := &node{kind: funcNode, start: t.start}
			if p.is("(") {
				n.args = p.list(")").args
			}
			if p.is("{") {
				n.block = p.braces()
			}
			n.end = p.end()
			return n
		}
	}
	return nil
}

// isType reports whether a node can be the type of a cast.
func isType(n *node) bool {
	return n.kind == nameNode && !strings.HasPrefix(n.text, "$") || n.kind == memberNode && isType(n.x)
}

// list reads what stands between round or square brackets.
func (p *parser) list(closing string) *node {
	n := &node{kind: listNode, start: p.peek().start}
	p.at++
	p.inside++
	n.args = p.items(closing)
	p.inside--
	n.end = p.end()
	return n
}

// arrow reads the body of a function behind its parameters.
func (p *parser) arrow(parameters *node) *node {
	n := &node{kind: funcNode, start: parameters.start, args: []*node{parameters}}
	if parameters.kind == listNode {
		n.args = parameters.args
	}
	p.at++
	if p.is("{") {
		n.block = p.braces()
	} else {
		n.block = p.expression()
	}
	n.end = p.end()
	return n
}

// lambda reads a function of Python.
func (p *parser) lambda() *node {
	n := &node{kind: funcNode, start: p.peek().start}
	for i := 1; i < 40; i++ {
		t := p.ahead(i)
		if t.kind == endToken || t.newline && p.inside == 0 {
			break
		}
		if t.kind == signToken && t.text == ":" {
			p.at += i + 1
			n.block = p.expression()
			n.end = p.end()
			return n
		}
	}
	p.at++
	n.end = p.end()
	return n
}

// closure reads a function of Rust.
func (p *parser) closure() *node {
	n := &node{kind: funcNode, start: p.peek().start}
	if !p.take("||") {
		p.at++
		for range 40 {
			if p.at >= len(p.tokens) || p.take("|") {
				break
			}
			p.at++
		}
	}
	n.block = p.expression()
	n.end = p.end()
	return n
}

// suffixes reads what stands behind a value: members, calls, indexes, blocks.
func (p *parser) suffixes(n *node, made bool) *node {
	for range 2000 {
		next := p.suffix(n, &made)
		if next == nil {
			break
		}
		n = next
	}
	return p.command(n)
}

// postfix reads further suffixes of a value.
func (p *parser) postfix(n *node) *node { return p.suffixes(n, false) }

// suffix reads one suffix, nil if there is none.
func (p *parser) suffix(n *node, made *bool) *node {
	t := p.peek()
	if t.kind != signToken {
		return nil
	}
	switch t.text {
	case ".", "?.", "->", "::", "?->", "!!":
		return p.member(n, t)
	case "?":
		if next := p.ahead(1); p.name == "rust" && next.kind == signToken {
			p.at++
			return n
		}
	case "!":
		if next := p.ahead(1); !t.newline && next.kind == signToken && (next.text == "." || next.text == ")" || next.text == ";" || next.text == ",") {
			p.at++
			return n
		}
	case "<":
		if i := p.typeArguments(); i > 0 && (n.kind == nameNode || n.kind == memberNode) {
			p.at += i
			if *made && p.is("{") {
				n = &node{kind: callNode, start: n.start, end: n.end, x: n, isNew: true}
				*made = false
			}
			return n
		}
	case "(":
		if p.ends() || n.kind == numberNode || n.kind == textNode {
			return nil
		}
		call := &node{kind: callNode, start: n.start, x: n, isNew: *made}
		*made = false
		list := p.list(")")
		call.args, call.end = list.args, list.end
		p.block(call)
		return call
	case "[":
		if p.ends() || p.commands && t.spaced || p.name == "rust" && t.newline {
			return nil
		}
		list := p.list("]")
		return &node{kind: indexNode, start: n.start, end: list.end, x: n, args: list.args}
	case "{":
		return p.trailing(n, t)
	}
	return nil
}

// trailing reads a block or members behind a value without round brackets.
func (p *parser) trailing(n *node, t *token) *node {
	switch {
	case n.kind == callNode && n.block == nil && n.isNew,
		(n.kind == nameNode || n.kind == memberNode) && p.name == "kotlin" && !t.newline,
		n.kind == nameNode && p.name == "rust" && !t.newline && isUpper(n.text),
		n.kind == memberNode && p.name == "rust" && !t.newline && isUpper(n.text),
		n.kind == memberNode && p.commands && !t.newline,
		n.kind == nameNode && isFunctionWord(n.text) && !t.newline:
	default:
		return nil
	}
	if n.kind != callNode {
		n = &node{kind: callNode, start: n.start, x: n}
	}
	n.block = p.braces()
	n.end = n.block.end
	return n
}

func isUpper(word string) bool { return word != "" && word[0] >= 'A' && word[0] <= 'Z' }

// member reads a member of a value.
func (p *parser) member(n *node, t *token) *node {
	if t.text == "." && p.dotJoins || t.text == "->" && (p.name == "java" || p.name == "rust" || p.name == "kotlin" || p.commands) {
		return nil
	}
	if t.text == "!!" {
		p.at++
		return n
	}
	if t.text == "::" && p.commands && t.spaced {
		return nil
	}
	next := p.ahead(1)
	if next.kind == signToken && next.text == "<" && t.text == "::" {
		p.at++
		if i := p.typeArguments(); i > 0 {
			p.at += i
			return n
		}
		p.at--
		return nil
	}
	if next.kind == signToken && (next.text == "(" || next.text == "[") && t.text != "::" {
		p.at++ // x?.(), x?.[0], f.()
		return n
	}
	if next.kind != wordToken {
		return nil
	}
	p.at += 2
	text := next.text
	if p.name == "rust" && p.is("!") && p.ahead(1).kind == signToken && p.ahead(1).text == "(" {
		p.at++
	}
	return &node{kind: memberNode, start: n.start, end: next.end, x: n, text: text}
}

// typeArguments returns the number of tokens that are type arguments, 0 if none.
func (p *parser) typeArguments() int {
	open := 0
	for i := range 24 {
		t := p.ahead(i)
		if t.kind == wordToken {
			continue
		}
		if t.kind != signToken {
			return 0
		}
		switch t.text {
		case "<":
			open++
		case ">":
			if open--; open > 0 {
				continue
			}
			next := p.ahead(i + 1)
			if next.kind == signToken && (next.text == "(" || next.text == "::" || next.text == "{" && p.name != "rust") {
				return i + 1
			}
			return 0
		case ",", ".", "?", "[", "]", "::", "&", ":":
		default:
			return 0
		}
	}
	return 0
}

// block reads the block behind a call.
func (p *parser) block(call *node) {
	t := p.peek()
	switch {
	case p.is("{") && (!t.newline || !p.newlines):
		if p.name == "rust" && call.x.kind == memberNode {
			return // if x.is_ok() { ... }
		}
		call.block = p.braces()
		call.end = call.block.end
		call.defines = !call.isNew
	case p.commands && p.isWord("do") && !t.newline:
		p.parameters(call)
	}
}

// parameters reads the parameters of a block of Ruby, which stand for what the
// call gives.
func (p *parser) parameters(call *node) {
	p.at++
	n := &node{kind: braceNode, start: p.peek().start, end: p.peek().start}
	p.blockParameters(n)
	if len(n.pieces) > 0 {
		call.block = n
	}
}

// command reads the arguments of a call without brackets.
func (p *parser) command(n *node) *node {
	if !p.commands || n.kind != nameNode && n.kind != memberNode || p.ends() {
		return n
	}
	t := p.peek()
	if !t.spaced || n.kind == nameNode && isRubyWord(n.text) {
		return n
	}
	switch t.kind {
	case wordToken:
		if isRubyWord(t.text) || p.ahead(1).kind == signToken && p.ahead(1).text == "=" && n.kind == nameNode && isUpper(n.text) {
			return n
		}
	case stringToken, numberToken:
	case signToken:
		if t.text != "[" && t.text != "->" && t.text != "::" || n.kind == nameNode && t.text == "[" && p.inside > 0 {
			return n
		}
	default:
		return n
	}
	call := &node{kind: callNode, start: n.start, x: n}
	for {
		arg := p.item(")")
		if arg == nil {
			break
		}
		call.args = append(call.args, arg)
		if !p.take(",") {
			break
		}
	}
	call.end = p.end()
	p.block(call)
	return call
}

// isRubyWord reports whether a word of Ruby joins statements and is no value.
func isRubyWord(word string) bool {
	switch word {
	case "if", "unless", "while", "until", "do", "end", "and", "or", "then", "else", "elsif", "rescue", "ensure", "in", "when", "return", "not",
		"class", "module", "def", "begin", "case", "nil", "true", "false", "self", "yield", "next", "break":
		return true
	}
	return false
}
