package snippet

import (
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// object is what calls are made on: a client, a request, a connection, a login.
type object struct {
	kind     string
	row      *rules.SnippetCall
	n        *node
	parent   *object
	symbol   string
	protocol string
	scheme   string
	tls      string // on or off
	digest   string // the hash function that it is
	salted   bool   // more than a password goes into it
	stored   *practice.Storage

	url, base, host, port, path *value
	user, password              *value
	method                      string
	auth                        []practice.Auth
	query, form                 []practice.Param
	unchecked                   []*practice.TLS
	signed                      []*node // tokens that are signed here and sent with it
	hostKey                     *node   // where any host key is accepted
	used                        bool    // requests are made with it
	sends                       bool
}

// call observes a call and returns its value.
func (o *observer) call(n *node) *value {
	if n.block != nil && !n.keyword && n.x.kind == nameNode && isControl(n.x.text) {
		return o.control(n)
	}
	if o.isDefinition(n) {
		return o.definition(n)
	}
	c := o.invocation(n)
	row := o.rowOf(c)
	var out *value
	switch {
	case row == nil:
		out = o.unknown(c)
	case tellsBy(row.Is):
		out = o.tell(c, row)
	default:
		o.fault = nil
		if out = o.apply(c, row); o.fault != nil && o.fault.Aspect == practice.SignatureUnchecked {
			o.looksInto(c, out, o.fault)
		}
	}
	if len(c.args) > 0 && row != nil && n.x.kind == memberNode { // answer.get("access_token")
		if name, ok := c.args[0].known(); ok && issuedName(name) && out.issued == nil {
			out = o.taken(&value{n: n, obj: out.obj, str: out.str, answer: out.answer}, name, n.x.x, n)
		}
	}
	o.messaged(c)
	o.following(n, out)
	o.ruled(n)
	return out
}

// isDefinition reports whether a call is the head of a function.
func (o *observer) isDefinition(n *node) bool {
	switch {
	case n.keyword, isFunctionWord(n.calleeName()) && n.block != nil:
		return true
	case n.isNew || !n.defines || n.block == nil || n.x.kind != nameNode:
		return false
	}
	switch o.lang.name {
	case "java", "csharp", "javascript", "php":
		return true
	}
	return false
}

// definition observes a function.
func (o *observer) definition(n *node) *value {
	name := n.calleeName()
	for _, row := range o.table.Calls(name) {
		if row.Body != "" && bodyFits(n, row) {
			o.is(row.Is, n.x, nil, "function "+name)
		}
	}
	if n.block == nil && o.lang.indented {
		o.scope = &scope{outer: o.scope, column: max(n.column, 1), symbol: name, names: map[string]*value{}, function: true}
		for _, a := range n.args {
			o.parameter(a)
		}
		return &value{n: n}
	}
	if isFunctionWord(name) {
		name = ""
	}
	o.function(n, name)
	return &value{n: n}
}

// bodyFits reports whether a function is what a row is about, by its parameters
// and its body.
func bodyFits(n *node, row *rules.SnippetCall) bool {
	if row.Parameter != "" && !slices.ContainsFunc(n.args, func(a *node) bool { return mentions(a, row.Parameter) }) {
		return false
	}
	if n.block == nil {
		return false
	}
	switch row.Body {
	case "empty":
		return n.block.kind == braceNode && len(n.block.args) == 0
	case "true":
		return (n.block.kind != braceNode || len(n.block.args) == 1) && isTrue(n.block.last())
	}
	return false
}

// mentions reports whether a name stands in a parameter.
func mentions(n *node, name string) bool {
	for range 8 {
		switch {
		case n == nil:
			return false
		case n.name() == name:
			return true
		case n.kind == pairNode || n.kind == assignNode:
			if mentions(n.args[0], name) {
				return true
			}
			n = n.x
		default:
			return false
		}
	}
	return false
}

// isTrue reports whether a node is the word true, or a call that wraps it.
func isTrue(n *node) bool {
	for range 4 {
		if n == nil {
			return false
		}
		if n.kind == nameNode {
			return strings.EqualFold(n.text, "true")
		}
		if n.kind != callNode || len(n.args) != 1 || n.calleeName() != "Ok" {
			return false
		}
		n = n.args[0]
	}
	return false
}

// invocation is a call with the values of its arguments.
type invocation struct {
	n     *node
	path  string
	name  string
	recv  *value // nil without a receiver
	args  []*value
	at    []*node // where the arguments stand
	named []*member
}

// invocation observes the receiver and the arguments of a call.
func (o *observer) invocation(n *node) *invocation {
	c := &invocation{n: n, path: o.path(n.x), name: n.calleeName()}
	switch n.x.kind {
	case memberNode:
		c.recv = o.eval(n.x.x)
	case nameNode:
		if o.with != nil {
			c.recv = &value{n: n, obj: o.with}
		}
	default:
		o.eval(n.x)
	}
	for _, a := range n.args {
		isNamed := a.kind == assignNode && a.x.kind == nameNode && (o.lang.name == "python" || o.lang.name == "kotlin")
		if a.kind == pairNode || isNamed {
			m := &member{name: o.key(a.x), n: a.x, value: o.eval(a.args[0])}
			o.meaning(m.value)
			o.oauth(m.name, m.value, a.args[0])
			o.memberOf(m.name, a, m.value)
			c.named = append(c.named, m)
			continue
		}
		v := o.eval(a)
		if !isComparison(c.name) {
			o.meaning(v)
		}
		c.args, c.at = append(c.args, v), append(c.at, a)
	}
	if len(c.args) == 2 {
		if name, ok := c.args[0].known(); ok {
			o.oauth(name, c.args[1], n.args[1])
		}
	}
	if len(c.named) > 0 && o.lang.name != "php" {
		o.keys(&value{n: n, dict: c.named})
	}
	o.annotated(n.args)
	o.inMailProperties(c)
	o.digestsCompared(c)
	if len(c.named) > 2 {
		o.mailSettings(&value{n: n, dict: c.named})
	}
	if isErrorName(c.path) {
		o.inError(c, shortName(c.path))
	}
	if c.name == "array" && o.lang.arrowPairs {
		c.path = "array"
	}
	return c
}

// isComparison reports whether a function compares its arguments with something.
func isComparison(name string) bool {
	switch name {
	case "eq", "eql", "equal", "equals", "be", "toBe", "toEqual", "isEqualTo", "assertEqual", "assertEquals", "assertSame", "assert_equal", "Equal", "AreEqual", "isinstance", "contains":
		return true
	}
	return false
}

// rowOf returns what is known of a call, nil if nothing: of several rows that
// with the longest name.
func (o *observer) rowOf(c *invocation) *rules.SnippetCall {
	var best *rules.SnippetCall
	length := 0
	for _, row := range o.table.Calls(c.name) {
		fits, isMethod := row.Fits(c.path)
		switch {
		case !fits || row.Body != "":
		case isMethod && c.recv == nil:
		case !isMethod && c.n.x.kind == memberNode && !hasDottedName(row, c.path) && !isUpper(c.name):
		case len(row.On) > 0 && (c.recv == nil || c.recv.obj == nil || !slices.Contains(row.On, c.recv.obj.kind)) && !isAddressed(row, c):
		case !matches(row, c):
		default:
			if n := len(row.Match)*100 + len(row.On)*10 + row.Longest(c.path); n > length {
				best, length = row, n
			}
		}
	}
	return best
}

// hasDottedName reports whether one of the names of a row that stand for a path
// says on what the function is called.
func hasDottedName(row *rules.SnippetCall, path string) bool {
	return slices.ContainsFunc(row.Names, func(name string) bool {
		return strings.Contains(name, ".") && (path == name || strings.HasSuffix(path, "."+name))
	})
}

// matches reports whether the arguments are those that a row is about.
func matches(row *rules.SnippetCall, c *invocation) bool {
	for i, want := range row.Match {
		if want == "" {
			continue
		}
		if i >= len(c.args) {
			return false
		}
		if want == "*" {
			continue
		}
		text, ok := c.args[i].known()
		if !ok {
			text = c.args[i].word
		}
		if !slices.ContainsFunc(strings.Split(want, "|"), func(w string) bool {
			return strings.EqualFold(w, text) || strings.HasSuffix(text, "."+w)
		}) {
			return false
		}
	}
	return true
}

// unknown returns what may be said of a call that no row is about: on an object,
// it gives the object; else a text that is not known, with the name of what is
// asked for.
func (o *observer) unknown(c *invocation) *value {
	if o.lang.name == "php" && c.name == "array" {
		v := &value{n: c.n, list: c.args, dict: c.named}
		o.keys(v)
		return v
	}
	if c.recv != nil && c.recv.peek != nil && c.n.x.kind == memberNode {
		return c.recv.peek.asked(c, hole(c.n, c.name))
	}
	for _, a := range c.args {
		escaped(a)
	}
	if v := splits(c); v != nil {
		return v
	}
	if v := handsOn(c); v != nil {
		return v
	}
	name := c.name
	if len(c.args) == 0 && keepsText(name) && isEnvironment(c.recv) {
		return c.recv
	}
	if len(c.args) == 0 && c.recv != nil && c.n.x.kind == memberNode {
		if v := shown(c.n, c.recv); v != nil {
			return v
		}
	}
	if len(c.args) > 0 {
		if text, ok := c.args[0].known(); ok && len(c.args) <= 2 && isPlainName(text) {
			name = text
		}
	}
	if c.recv != nil && c.recv.obj != nil && c.n.x.kind == memberNode {
		return o.taken(&value{n: c.n, obj: c.recv.obj, answer: c.recv.answer || isBody(c.name)}, name, c.n.x.x, c.n)
	}
	if i := slices.IndexFunc(c.args, func(v *value) bool { return v.obj != nil && v.obj.kind == "http" }); i >= 0 && sendsRequest(c.name) {
		return &value{n: c.n, obj: c.args[i].obj} // the answer to that request
	}
	v := hole(c.n, name)
	if c.recv != nil && c.n.x.kind == memberNode && !isMapping(c.name) {
		o.taken(v, name, c.n.x.x, c.n)
	}
	v.word = c.path
	v.dict = c.named
	v.list = c.args
	if len(c.named) == 0 && o.lang.name != "csharp" {
		v.dict, v.list = nil, nil
	}
	return v
}

// sendsRequest reports whether a method sends the request that it is given, by its
// name.
func sendsRequest(name string) bool {
	switch strings.ToLower(name) {
	case "newcall", "execute", "send", "sendasync", "exchange", "request", "urlopen":
		return true
	}
	return false
}

// isPlainName reports whether a text is a name and nothing that is secret.
func isPlainName(text string) bool {
	if text == "" || len(text) > 40 {
		return false
	}
	digits := 0
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '_' || c == '.' || c == '-' || c == '/' || c == ':' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		default:
			return false
		}
	}
	return digits <= 2
}

// following observes the block behind a call, whose calls are on what the call
// gives.
func (o *observer) following(n *node, out *value) {
	if n.block == nil {
		return
	}
	if len(n.block.pieces) > 0 && len(n.block.args) == 0 {
		for _, p := range n.block.pieces {
			o.bind(p.text, out, false)
		}
		return
	}
	with := o.with
	if out.obj != nil {
		o.with = out.obj
	} else if with == nil && o.lang.name == "kotlin" && n.x.kind == memberNode {
		o.with = o.receiver(n)
	}
	leave := o.enter("")
	for _, p := range n.block.pieces {
		o.bind(p.text, out, false)
	}
	if n.isNew && initializes(n.block) {
		o.initialized(n.block, out)
	} else if hasPairs(n.block) {
		for _, a := range n.block.args {
			o.member(a, out)
		}
	} else {
		o.statements(n.block.args)
	}
	leave()
	o.with = with
}

// receiver returns what the calls in a block are on whose own call is not known:
// client.get(url) { basicAuth(user, password) }.
func (o *observer) receiver(n *node) *object {
	obj := &object{kind: "http", n: n, symbol: o.scope.symbol}
	if len(n.args) > 0 && n.args[0].kind == textNode {
		obj.url = o.string(n.args[0])
	}
	o.objects = append(o.objects, obj)
	return obj
}

// member observes a member of a value that is made: Client { key: value }.
func (o *observer) member(a *node, out *value) {
	if a.kind != pairNode {
		o.eval(a)
		return
	}
	v := o.eval(a.args[0])
	o.meaning(v)
	if a.x.kind == nameNode {
		o.field(a, a.x, out.obj, v)
	}
}

// apply observes a call that a row is about.
func (o *observer) apply(c *invocation, row *rules.SnippetCall) *value {
	subject := o.subject(c, row)
	use := shortName(c.path)
	if row.Digest != "" {
		subject.digest = row.Digest
	}
	a := &application{o: o, c: c, row: row, subject: subject, use: use}
	if row.Method != "" && subject.method == "" {
		subject.method = row.Method
	}
	if row.Makes == "http" && c.recv != nil && c.recv.obj == nil && len(c.recv.str.Alternatives) > 0 && len(row.On) == 0 && !c.recv.isOpen() {
		subject.url = c.recv // url.openConnection()
	}
	if row.Is != "" && row.Is != "sends" {
		o.is(row.Is, c.n, subject, "call of "+use)
	}
	for _, m := range c.named { // setValue(value, forHTTPHeaderField: name)
		if row.Keys[m.name] == "header-name" {
			a.key(m)
		}
	}
	for i, v := range c.args {
		role := ""
		if i < len(row.Args) {
			role = row.Args[i]
		} else if n := len(row.Args); n > 0 && row.Args[n-1] == "options" {
			role = "options"
		}
		a.role(role, v, v.n)
	}
	if i := len(c.args); c.n.block != nil && i < len(row.Args) && strings.HasSuffix(row.Args[i], "callback") {
		a.role(row.Args[i], &value{n: c.n.block}, c.n.block) // setVerifier { host, session -> true }
	}
	for _, m := range c.named {
		a.key(m)
	}
	a.trailingMembers()
	a.done()
	subject.sends = subject.sends || row.Is == "sends"
	if out := o.doneBy(c, row, subject, use); out != nil {
		return out
	}
	if row.Result != "" {
		return o.result(c, row, subject)
	}
	if i := slices.IndexFunc(c.args, func(v *value) bool { return v.obj != nil && v.obj.kind == "http" }); i >= 0 && row.Makes == "" && subject.kind == "client" {
		return &value{n: c.n, obj: c.args[i].obj} // the answer to that request
	}
	if row.Makes != "" || c.recv != nil && c.recv.obj != nil {
		return &value{n: c.n, obj: subject}
	}
	if c.recv != nil && c.n.x.kind == memberNode && len(c.recv.str.Alternatives) == 0 {
		return &value{n: c.n}
	}
	v := hole(c.n, c.name)
	v.obj = subject
	return v
}

// subject returns the object that a call is about: what it makes, what it is a
// method of, or one that is known by nothing else.
func (o *observer) subject(c *invocation, row *rules.SnippetCall) *object {
	var recv *object
	if c.recv != nil {
		recv = c.recv.obj
	}
	if i := slices.Index(row.Args, "subject"); i >= 0 && i < len(c.args) && c.args[i].obj != nil {
		recv = c.args[i].obj
	}
	if row.Makes == "" && recv != nil {
		return recv
	}
	obj := &object{kind: row.Makes, row: row, n: c.n, symbol: o.scope.symbol, protocol: row.Protocol, scheme: row.Scheme, tls: row.TLS}
	if obj.kind == "" && len(row.On) > 0 {
		obj.kind = row.On[0]
	}
	if recv != nil && recv.kind != "login" && recv.kind != "map" {
		obj.parent = recv
		recv.used = true
	}
	if recv == nil && row.Makes == "" && row.Result == "" && c.recv != nil && c.n.x.kind == memberNode && c.n.x.x.kind == nameNode {
		o.bind(o.path(c.n.x.x), &value{n: c.n, obj: obj}, !o.lang.functions) // what a parameter is
	}
	o.objects = append(o.objects, obj)
	return obj
}

// formatted returns a text with its arguments in it, nil if there is no text.
func (o *observer) formatted(c *invocation, row *rules.SnippetCall) *value {
	v, args := c.argument(), c.args
	if _, isMethod := row.Fits(c.path); isMethod && c.recv != nil {
		v = c.recv
	} else if len(args) > 0 {
		args = args[1:]
	}
	if v == nil {
		return nil
	}
	text, _ := v.text().Known()
	return o.template(c.n, v, args, c.named, strings.Contains(text, "{"))
}

// argument returns the first argument, named or not; nil if there is none.
func (c *invocation) argument() *value {
	if len(c.args) > 0 {
		return c.args[0]
	}
	if len(c.named) > 0 {
		return c.named[0].value
	}
	return nil
}

// shortName returns the last two parts of a dotted name.
func shortName(path string) string {
	path = strings.ReplaceAll(path, "?.", "")
	if i := strings.LastIndex(path, "()."); i >= 0 {
		path = path[i+len("()."):]
	}
	if i := strings.LastIndexByte(path, '.'); i > 0 {
		if j := strings.LastIndexByte(path[:i], '.'); j >= 0 {
			return path[j+1:]
		}
	}
	return path
}
