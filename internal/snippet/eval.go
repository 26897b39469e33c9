package snippet

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/shape"
)

// scope is the variables of a block or a function.
type scope struct {
	outer  *scope
	names  map[string]*value
	column int // of the line that a function begins on, where functions are indented; 0 for others
	symbol string
	// function is set for the variables of a function, shared are those names in it
	// that stand for variables outside.
	function bool
	shared   []string
}

// lookup returns the value of a variable or of a member of one.
func (o *observer) lookup(path string) (*value, bool) {
	for s := o.scope; s != nil; s = s.outer {
		if v, ok := s.names[path]; ok {
			return v, v != nil
		}
	}
	return nil, false
}

// bind sets a variable: where blocks have variables of their own, that of the
// block which has it already.
func (o *observer) bind(path string, v *value, blocks bool) {
	at := o.scope
	if isField(path) {
		at = o.root
	} else if blocks {
		for s := o.scope; s != nil; s = s.outer {
			if _, ok := s.names[path]; ok {
				at = s
				break
			}
		}
	}
	if at.names == nil {
		at.names = map[string]*value{}
	}
	if old := at.names[path]; old != nil && at != o.scope && !isField(path) && len(old.str.Alternatives) > 0 && len(v.str.Alternatives) > 0 && v.obj == nil {
		v = o.orElse(v.n, old, v) // under a condition
	}
	at.names[path] = v
}

// isField reports whether a variable is one of the object, not of a function.
func isField(path string) bool {
	return strings.HasPrefix(path, "self.") || strings.HasPrefix(path, "this.") || strings.HasPrefix(path, "@")
}

// enter begins a scope; the function that it returns ends it.
func (o *observer) enter(symbol string) func() {
	outer := o.scope
	o.scope = &scope{outer: outer, symbol: symbol}
	if symbol == "" {
		o.scope.symbol = outer.symbol
	}
	return func() { o.scope = outer }
}

// statements observes the statements of a program or a block.
func (o *observer) statements(list []*node) {
	for _, n := range list {
		for o.lang.indented && n.column > 0 && o.scope.column > 0 && n.column <= o.scope.column {
			o.scope = o.scope.outer
		}
		o.indentedCondition(n)
		o.declared(n)
		v := o.eval(n)
		o.encoded(n, v)
		if n.kind != assignNode {
			escaped(v) // given back, perhaps
		}
	}
	o.annotated(list)
}

// eval observes what an expression does and returns its value.
func (o *observer) eval(n *node) *value {
	v := o.valueOf(n)
	o.written(n, v)
	if n.says != "" {
		o.printed(n, v)
	}
	return v
}

// valueOf returns the value of an expression.
func (o *observer) valueOf(n *node) *value {
	switch n.kind {
	case nameNode, memberNode:
		return o.name(n)
	case numberNode:
		return &value{n: n, word: n.text}
	case textNode:
		return o.string(n)
	case indexNode:
		return o.index(n)
	case callNode:
		return o.call(n)
	case listNode, braceNode:
		return o.collection(n)
	case pairNode:
		if o.lang.name == "csharp" && n.x.kind == callNode && n.x.block == nil && n.x.x.kind == nameNode { // f(x) => value
			return o.function(&node{kind: funcNode, start: n.start, end: n.end, args: n.x.args, block: n.args[0]}, n.x.calleeName())
		}
		o.eval(n.x)
		return o.eval(n.args[0])
	case binaryNode:
		return o.binary(n)
	case assignNode:
		return o.assign(n)
	case funcNode:
		return o.function(n, "")
	case choiceNode:
		return o.choice(n)
	}
	return &value{n: n}
}

// name returns the value of a variable or a member.
func (o *observer) name(n *node) *value {
	path := o.path(n)
	v, ok := o.lookup(path)
	if !ok && n.kind == memberNode {
		v, ok = o.fieldOf(n)
	}
	if ok {
		v.read, v.variable = true, n.name()
		return v
	}
	if n.kind == memberNode {
		if v := o.ofOwner(n, path); v != nil {
			return v
		}
	}
	switch n.name() {
	case "true", "false", "True", "False", "null", "None", "nil", "undefined":
		return &value{n: n, word: n.name()}
	}
	name := n.name()
	role, ok := o.roles[name]
	if !ok {
		role = roleOf(name)
		o.roles[name] = role
	}
	v = openValue(n, name, role)
	v.word = path
	if n.kind == memberNode {
		o.taken(v, name, n.x, n)
	}
	return v
}

// ofOwner returns the value of a member as what has it says, nil if that is not
// known.
func (o *observer) ofOwner(n *node, path string) *value {
	if env, ok := o.environmentOf(path, n.name()); ok {
		o.publicSetting(n, env)
		return environment(n, env)
	}
	recv := o.eval(n.x)
	if recv.peek != nil {
		return recv.peek.said(hole(n, n.name()), n.name())
	}
	if m := recv.get(n.name()); m != nil {
		return m
	}
	if keepsText(n.name()) && isEnvironment(recv) {
		return recv
	}
	if v := shown(n, recv); v != nil {
		return v
	}
	if recv.obj != nil {
		return o.taken(&value{n: n, obj: recv.obj, word: path, answer: recv.answer || isBody(n.name())}, n.name(), n.x, n)
	}
	return nil
}

// isBody reports whether a member of an answer is what the server says.
func isBody(name string) bool {
	switch strings.ToLower(name) {
	case "body", "text", "json", "content", "data", "getentity", "readasstringasync", "readasstring", "getbody", "getcontents", "getresponse", "getresponsestream", "bodyastext", "bodyastext()":
		return true
	}
	return false
}

// environmentOf returns the variable of the environment that a path reads.
func (o *observer) environmentOf(path, name string) (string, bool) {
	base := strings.TrimSuffix(path, "."+name)
	for _, row := range o.table.Calls(base[strings.LastIndexByte(base, '.')+1:]) {
		if fits, _ := row.Fits(base); fits && row.Result == "env" {
			return name, true
		}
	}
	return "", false
}

// string returns the text of a literal.
func (o *observer) string(n *node) *value {
	out := &value{n: n}
	str := partial.String{Alternatives: []partial.Text{nil}}
	for i, p := range n.pieces {
		switch {
		case i >= maxParts || len(str.Alternatives[0]) >= maxParts:
		case p.code != nil:
			v := o.eval(p.code)
			str = partial.Concat(str, v.asText())
			if v.base64 != "" {
				out.base64, out.window = v.base64, v.window
			}
			if v.signed != nil {
				out.signed = v.signed
			}
		case p.text != "":
			str = partial.Concat(str, one(partial.Text{{Text: p.text, Start: p.start, End: p.end}}))
		}
	}
	if len(str.Alternatives[0]) == 0 {
		str = one(partial.Text{{Start: n.start, End: n.end}})
	}
	out.str = str
	return out
}

// index returns an element.
func (o *observer) index(n *node) *value {
	recv := o.eval(n.x)
	if len(n.args) != 1 {
		for _, a := range n.args {
			o.eval(a)
		}
		return &value{n: n}
	}
	if recv.part != nil {
		if isPayload(n) {
			return &value{n: n, part: recv.part}
		}
		return &value{n: n}
	}
	key, ok := o.eval(n.args[0]).known()
	if !ok {
		return hole(n, "")
	}
	if recv.peek != nil {
		return recv.peek.said(hole(n, key), key)
	}
	if m := recv.get(key); m != nil {
		return m
	}
	if name, ok := o.environmentOf(o.path(n.x)+"."+key, key); ok {
		return environment(n, name)
	}
	if recv.obj != nil && recv.obj.kind != "map" {
		return o.taken(&value{n: n, obj: recv.obj, answer: recv.answer}, key, n.x, n)
	}
	return o.taken(hole(n, key), key, n.x, n)
}

// collection returns a list, or what has members, or observes a block.
func (o *observer) collection(n *node) *value {
	if n.kind == listNode && n.round && len(n.args) == 1 && n.args[0].kind != pairNode {
		return o.eval(n.args[0])
	}
	v := &value{n: n}
	if n.isNew {
		return o.anonymous(n)
	}
	isBlock := n.kind == braceNode && o.lang.name != "python" && !hasPairs(n) && !(o.lang.name == javascript && isShort(n))
	if isBlock {
		leave := o.enter("")
		o.statements(n.args)
		leave()
		if len(n.args) == 0 {
			v.dict = []*member{}
		}
		return v
	}
	for _, a := range n.args {
		if a.kind != pairNode {
			item := o.eval(a)
			v.list = append(v.list, item)
			if a.kind == nameNode && n.kind == braceNode { // { name } of JavaScript
				v.dict = append(v.dict, &member{a.name(), a, item})
			}
			if item.dict != nil && n.kind == braceNode { // ...other
				v.dict = append(v.dict, item.dict[:min(len(item.dict), max(0, maxMembers-len(v.dict)))]...)
			}
			continue
		}
		m := &member{name: o.key(a.x), n: a.x, value: o.eval(a.args[0])}
		o.meaning(m.value)
		o.oauth(m.name, m.value, a.args[0])
		o.inBrowser(m)
		if isSettingName(m.name) {
			o.presets(m.name, m.value)
		}
		o.memberOf(m.name, a, m.value)
		v.dict = append(v.dict, m)
	}
	o.keys(v)
	o.answers(v)
	o.annotated(n.args)
	o.validators(v)
	o.mailSettings(v)
	if v.dict == nil && n.kind == braceNode {
		v.dict = []*member{}
	}
	return v
}

// maxMembers is how many members are taken over from another value, or set one by
// one.
const maxMembers = 200

// hasPairs reports whether a brace holds members and not statements.
func hasPairs(n *node) bool {
	for _, a := range n.args {
		if a.kind == pairNode && (a.x.kind == nameNode || a.x.kind == textNode || a.x.kind == memberNode || a.x.kind == numberNode || a.x.kind == listNode) {
			return true
		}
	}
	return false
}

// isShort reports whether braces hold names alone, which are members under their
// own names: { url, headers }.
func isShort(n *node) bool {
	for _, a := range n.args {
		if a.kind != nameNode {
			return false
		}
	}
	return len(n.args) > 0
}

// key returns the text of a key.
func (o *observer) key(n *node) string {
	switch n.kind {
	case nameNode:
		if v, ok := o.lookup(o.path(n)); ok && strings.HasPrefix(n.text, "$") {
			text, _ := v.known()
			return text
		}
		return n.text
	case memberNode:
		return o.path(n)
	case listNode: // [name]: value
		if len(n.args) == 1 {
			return o.key(n.args[0])
		}
	}
	text, _ := o.eval(n).known()
	return text
}

// binary returns the value of an operation.
func (o *observer) binary(n *node) *value {
	left := o.eval(n.args[0])
	right := o.eval(n.args[1])
	o.minded(n.args[0])
	o.minded(n.args[1])
	o.compared(n)
	switch n.text {
	case "+", ".":
		return join(n, left, right)
	case "%":
		if len(left.text()) > 0 {
			args, named := []*value{right}, right.dict
			if right.list != nil {
				args = right.list
			}
			return o.template(n, left, args, named, false)
		}
	case "||", "??", "?:", "or":
		if len(right.str.Alternatives) > 0 || right.obj != nil {
			return o.orElse(n, left, right)
		}
	case "as", "is", "instanceof":
		return left
	case "|":
		return &value{n: n, list: []*value{left, right}}
	}
	return &value{n: n}
}

// choice returns one of several values.
func (o *observer) choice(n *node) *value {
	var out *value
	for _, a := range n.args {
		v := o.eval(a)
		if out == nil {
			out = v
		} else {
			out = o.orElse(n, out, v)
		}
	}
	if out == nil || len(n.args) == 1 {
		return &value{n: n}
	}
	return out
}

// function observes a function: its parameters hide variables of the same name.
func (o *observer) function(n *node, symbol string) *value {
	leave := o.enter(symbol)
	defer leave()
	o.scope.names, o.scope.function = map[string]*value{}, true
	o.annotated(n.args)
	for _, a := range n.args {
		o.parameter(a)
	}
	if n.block != nil {
		switch n.block.kind {
		case braceNode:
			if hasPairs(n.block) {
				o.eval(n.block)
			} else {
				o.statements(n.block.args)
			}
		default:
			v := o.eval(n.block)
			o.encoded(n.block, v)
			escaped(v)
		}
	}
	return &value{n: n}
}

// parameter declares a parameter.
func (o *observer) parameter(n *node) {
	switch n.kind {
	case nameNode:
		o.scope.names[o.path(n)] = nil
	case assignNode, pairNode:
		o.parameter(n.x)
		if n.kind == assignNode && n.x.kind == nameNode {
			o.preset(n)
		}
	}
}

// path returns a dotted name with what an import calls otherwise.
func (o *observer) path(n *node) string {
	path := n.path()
	root, rest, more := strings.Cut(path, ".")
	if real, ok := o.aliases[root]; ok {
		if !more {
			return real
		}
		return real + "." + rest
	}
	return path
}

// assign observes an assignment.
func (o *observer) assign(n *node) *value {
	if n.x.kind == callNode && n.x.keyword { // fun f(x) = value
		return o.function(&node{kind: funcNode, start: n.start, end: n.end, args: n.x.args, block: n.args[0]}, n.x.calleeName())
	}
	v := o.eval(n.args[0])
	o.meaning(v)
	target := n.x
	for target.kind == binaryNode && len(target.args) > 0 { // a as B
		target = target.args[0]
	}
	if target.kind == pairNode {
		target = target.x
	}
	o.presets(target.name(), v)
	o.memberOf(target.name(), n, v)
	switch target.kind {
	case nameNode:
		if o.with != nil && o.field(n, target, o.with, v) {
			return v
		}
		o.field(n, target, nil, v)
		o.headerText(target.text, v)
		path := target.path()
		o.keeps(path, v, o.isOutside(path, target))
		if _, isAlias := o.aliases[path]; !isAlias {
			o.bind(path, v, !o.lang.functions)
		}
	case memberNode:
		escaped(v)
		if isMessageField(target) {
			o.inMessage(v, n, 0)
		}
		recv := o.eval(target.x)
		o.field(n, target, recv.obj, v)
		recv.set(target.name(), target, v)
		o.keeps(o.path(target), v, false)
		o.bind(o.path(target), v, !o.lang.functions)
	case indexNode:
		o.element(n, target, v)
	case listNode:
		o.bindPayload(target, v)
	case braceNode:
		if v.peek != nil {
			v.peek.takenApart(target)
		}
		o.destructured(target, v)
	}
	return v
}

// element observes an assignment to an element: a header, a key, a variable of
// the environment.
func (o *observer) element(n, target *node, v *value) {
	recv := o.eval(target.x)
	if len(target.args) != 1 {
		return
	}
	key, ok := o.eval(target.args[0]).known()
	if !ok {
		return
	}
	recv.set(key, target.args[0], v)
	o.oauth(key, v, n.args[0])
	path := o.path(target.x)
	o.keptIn(path, key, n, v)
	if o.fieldPath(n, path+"."+key, recv.obj, v, key) {
		return
	}
	if recv.obj != nil && (recv.obj.kind == "http" || recv.obj.kind == "client") || strings.Contains(strings.ToLower(path), "header") && recv.dict == nil {
		o.header(recv.obj, key, v, path)
	}
}

// keys observes members that mean the same in whatever has them.
func (o *observer) keys(v *value) {
	for _, m := range v.dict {
		for _, row := range o.table.Fields(m.name) {
			if !row.Key || slices.ContainsFunc(row.Without, func(name string) bool { return v.get(name) != nil }) {
				continue
			}
			o.setRole(nil, row.Role, m.value, m.n, "field "+m.name, 0)
		}
	}
}

// headerText observes the value of a header that is put together in a variable:
// a scheme and, in Base64, user and password.
func (o *observer) headerText(name string, v *value) {
	if v.base64 == "" || !shape.HasWord(name, "header", "headers", "auth", "authorization", "authentication") {
		return
	}
	prefix := v.text().Prefix()
	switch {
	case strings.Contains(prefix, "://"):
	case strings.Contains(prefix, " "):
		o.headerIn(name, v)
	case shape.HasWord(name, "header", "authorization") && hasColon(v.text()):
		v.read = false
		o.bare = append(o.bare, &member{name: name, value: v})
	}
}

// headerIn observes a header in a variable.
func (o *observer) headerIn(name string, v *value) {
	obj := &object{kind: "http", n: v.n, symbol: o.scope.symbol}
	o.objects = append(o.objects, obj)
	o.header(obj, "Authorization", v, "variable "+name)
}

// bareHeaders observes the headers that are put together without a scheme and to
// which nothing is added later.
func (o *observer) bareHeaders() {
	for _, m := range o.bare {
		if !m.value.read {
			o.headerIn(m.name, m.value)
		}
	}
}

// hasColon reports whether a known part of a text has a colon.
func hasColon(t partial.Text) bool {
	return slices.ContainsFunc(t, func(p partial.Part) bool { return p.Hole == nil && strings.Contains(p.Text, ":") })
}
