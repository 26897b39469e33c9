package snippet

import "strings"

// nodeKind is the kind of a node.
type nodeKind uint8

const (
	emptyNode  nodeKind = iota
	nameNode            // text
	numberNode          // text
	textNode            // pieces
	memberNode          // x and text
	indexNode           // x and args
	callNode            // x, args and perhaps block
	listNode            // args: between brackets
	braceNode           // args: between braces, a block or the members of a value
	pairNode            // x and args[0]: a key and its value
	binaryNode          // args and text, the operator
	assignNode          // x and args[0]
	funcNode            // args, the parameters, and block, the body
	choiceNode          // args: one of them
)

// node is a piece of a program.
type node struct {
	kind       nodeKind
	isNew      bool // of a call: it makes an object
	round      bool // of a list: between round brackets
	defines    bool // of a call: a block stands behind it
	keyword    bool // of a call: a word for functions stands before it
	condition  bool // of a statement: what stands behind if
	start, end int
	text       string
	pieces     []textPiece
	x          *node
	args       []*node
	block      *node
	says       string // the word before a value that prints it
	column     int    // of a statement that begins a line, from 1; 0 for others
}

// textPiece is a run of a string, or an expression in it.
type textPiece struct {
	text       string
	start, end int
	code       *node
}

// path returns a dotted name, "" if the node is none; calls in it have brackets
// without arguments: "Jwts.builder().compact".
func (n *node) path() string {
	const most = 8 // parts
	var parts []string
	called := ""
	for n != nil && len(parts) < most {
		switch n.kind {
		case nameNode:
			parts = append(parts, n.text+called)
			n = nil
		case memberNode:
			parts = append(parts, n.text+called)
			called = ""
			n = n.x
		case callNode:
			if len(parts) == 0 {
				return ""
			}
			called = "()"
			n = n.x
		default:
			if len(parts) == 0 {
				return ""
			}
			parts = append(parts, "?")
			n = nil
		}
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	path := strings.Join(parts, ".")
	if strings.Contains(path, "\\") {
		path = strings.ReplaceAll(strings.TrimPrefix(path, "\\"), "\\", ".")
	}
	return strings.ReplaceAll(path, "$", "")
}

// name returns the last part of a path.
func (n *node) name() string {
	switch n.kind {
	case nameNode, memberNode:
		text := strings.TrimLeft(n.text, "$@")
		return text[strings.LastIndexByte(text, '\\')+1:]
	}
	return ""
}

// last returns what a function gives back as far as its body is one value: the
// body itself, or what its only return has.
func (n *node) last() *node {
	for range 8 {
		switch {
		case n == nil:
			return nil
		case n.kind == funcNode || n.kind == callNode && isFunctionWord(n.calleeName()) && n.block != nil:
			n = n.block
		case n.kind == braceNode && len(n.args) > 0:
			n = n.args[len(n.args)-1]
		case n.kind == listNode && n.round && len(n.args) == 1:
			n = n.args[0]
		default:
			return n
		}
	}
	return n
}

// calleeName returns the name of what a call calls.
func (n *node) calleeName() string {
	if n.kind != callNode || n.x == nil {
		return ""
	}
	return n.x.name()
}

// isFunctionWord reports whether a word begins a function without a name.
func isFunctionWord(word string) bool {
	switch word {
	case "function", "func", "fun", "fn", "delegate", "lambda", "proc", "lambda!", "async":
		return true
	}
	return false
}
