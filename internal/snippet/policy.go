package snippet

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// The bounds of numbers that are read as those of a policy.
const (
	maxLength   = 128
	maxAttempts = 10_000
	policyDepth = 8 // of nodes below a member
)

// named observes a number whose name says what policy it is of: the least length
// of passwords, the failed logins before a lockout.
func (o *observer) numbered(name string, n *node, v *value) {
	if len(name) < len("min_pwd_len") || len(name) > 60 {
		return
	}
	number, ok := numberOf(v)
	if !ok {
		return
	}
	switch {
	case isMinimumName(name):
		o.minimum(n, number, "minimum "+name)
	case isAttemptsName(name) && number > 0 && number < maxAttempts:
		o.policy(n, practice.MaxAttempts, number, "limit "+name)
	}
}

// isMinimumName reports whether a name is that of the least length of passwords.
func isMinimumName(name string) bool {
	return shape.HasWord(name, "password", "passwords", "passwd", "pwd", "passphrase") && shape.HasWord(name, "min", "minimum", "minimal", "least", "required", "minlength", "minlen") &&
		shape.HasWord(name, "length", "len", "chars", "characters", "size", "minlength", "minlen") && !shape.HasWord(name, "max", "maximum", "error", "message", "msg", "code", "score", "default") ||
		name == "RequiredLength"
}

// isAttemptsName reports whether a name is that of the most failed logins.
func isAttemptsName(name string) bool {
	if !shape.HasWord(name, "max", "maximum", "limit", "threshold", "allowed") {
		return false
	}
	if shape.HasWord(name, "connection", "connect", "request", "http", "network", "page", "upload") {
		return false
	}
	return shape.HasWord(name, "attempts", "attempt", "failures", "failure", "tries", "retries") && shape.HasWord(name, "login", "signin", "password", "failed", "lockout", "auth", "authentication", "pin", "access", "axes") ||
		shape.HasWord(name, "lockout") && shape.HasWord(name, "threshold")
}

// minimum observes the least length of passwords.
func (o *observer) minimum(n *node, number int, use string) {
	if number > 0 && number <= maxLength {
		o.policy(n, practice.MinLength, number, use)
	}
}

// policy observes a number of a policy.
func (o *observer) policy(n *node, kind practice.PolicyKind, number int, use string) {
	if o.meant[n] || shape.HasWord(o.scope.symbol, "mask", "redact", "generate", "random", "hide", "hint") || shape.HasWord(o.scope.symbol, "strength", "score", "meter") && !o.givesBack(n) {
		return
	}
	o.meant[n] = true
	p := &practice.Policy{Source: o.source(n, use), Kind: kind, Value: number, Use: use, Provider: o.text.Provider}
	p.Condition = o.condition()
	o.add(p)
}

// givesBack reports whether a number stands in the statement by which a function
// says yes or no, and does not count points.
func (o *observer) givesBack(n *node) bool {
	const near = 80 // bytes
	if n.start > len(o.text.Data) {
		return false
	}
	before := o.text.Data[max(0, n.start-near):n.start]
	if i := bytes.LastIndexAny(before, "\n;{"); i >= 0 {
		before = before[i+1:]
	}
	before = bytes.TrimSpace(before)
	return (bytes.HasPrefix(before, []byte("return ")) || bytes.Contains(before, []byte("=>"))) && !bytes.ContainsAny(before, "?+")
}

// isChosen reports whether a name is that of a password which somebody chooses: a
// member that is checked before it is taken.
func isChosen(name string) bool {
	return isPassword(name) && shape.Certain(name) && !shape.HasWord(name, "current", "old", "login", "confirm", "confirmation", "repeat", "smtp", "db", "database", "api", "sms", "ftp", "proxy", "otp", "one", "pin", "code", "hint", "salt", "generated", "previous", "again", "retype", "temp", "temporary", "smpp", "legacy", "masked", "stored", "wpa", "community")
}

// checked observes the least length that stands beside the name of a password:
// among the members of its rules, or among the calls that make them.
func (o *observer) checked(name string, n *node) {
	if n == nil || n.kind == nameNode || n.kind == numberNode || !isChosen(name) {
		return
	}
	if at, number, ok := o.leastIn(n, 0); ok {
		o.minimum(at, number, "rule of "+name)
	}
}

// leastIn returns the least length that a rule sets, and where.
func (o *observer) leastIn(n *node, depth int) (at *node, number int, ok bool) {
	if n == nil || depth > policyDepth {
		return nil, 0, false
	}
	switch n.kind {
	case textNode:
		if len(n.pieces) == 1 && n.pieces[0].code == nil {
			number, ok = leastInText(n.pieces[0].text)
		}
		return n, number, ok
	case pairNode, assignNode:
		if name := n.x.name(); name != "" || n.x.kind == textNode {
			if n.x.kind == textNode && len(n.x.pieces) == 1 {
				name = n.x.pieces[0].text
			}
			if isLeastWord(name) {
				return o.firstNumber(n.args[0], 0)
			}
			if !isRuleWord(name) {
				return nil, 0, false
			}
		}
		return o.leastIn(n.args[0], depth+1)
	case callNode:
		if at, number, ok := o.leastOfCall(n); ok {
			return at, number, ok
		}
		for _, a := range n.args {
			if at, number, ok := o.leastIn(a, depth+1); ok {
				return at, number, ok
			}
		}
		return o.leastIn(n.x, depth+1)
	case memberNode:
		return o.leastIn(n.x, depth+1)
	case listNode, braceNode:
		for _, a := range n.args {
			if at, number, ok := o.leastIn(a, depth+1); ok {
				return at, number, ok
			}
		}
	}
	return nil, 0, false
}

// leastOfCall returns the least length that a call sets by its arguments.
func (o *observer) leastOfCall(n *node) (at *node, number int, ok bool) {
	switch n.calleeName() {
	case "min", "minLength", "MinLength", "MinimumLength", "minlength", "min_length", "Length", "isLength", "length", "len", "between", "within", "HasMinLength", "MinLengthValidator", "MinimumLengthValidator":
	default:
		return nil, 0, false
	}
	if len(n.args) == 0 || n.calleeName() == "length" && len(n.args) < 2 && n.args[0].kind == numberNode {
		return nil, 0, false
	}
	if n.args[0].kind == pairNode || n.args[0].kind == assignNode || n.args[0].kind == braceNode {
		return nil, 0, false // by their names
	}
	return o.firstNumber(n.args[0], 0)
}

// isLeastWord reports whether a member is the least length in a rule.
func isLeastWord(name string) bool {
	switch strings.ToLower(strings.ReplaceAll(name, "_", "")) {
	case "min", "minimum", "minlength", "minimumlength", "minlen", "len", "within", "in", "range", "islength":
		return true
	}
	return false
}

// isRuleWord reports whether a member holds the rules for a value.
func isRuleWord(name string) bool {
	switch strings.ToLower(strings.ReplaceAll(name, "_", "")) {
	case "length", "validate", "validators", "validator", "validation", "validations", "rules", "rule", "options", "len", "args", "islength", "schema", "size", "constraints", "value", "":
		return true
	}
	return false
}

// notedName returns the first word of what may be an annotation.
func notedName(n *node) string {
	if n.kind == callNode {
		return n.x.text
	}
	return n.text
}

// firstNumber returns the number that a node is, or the first one of a range or a
// list.
func (o *observer) firstNumber(n *node, depth int) (at *node, number int, ok bool) {
	if n == nil || depth > 3 {
		return nil, 0, false
	}
	switch n.kind {
	case numberNode:
		number, ok = wholeNumber(n.text)
		return n, number, ok
	case nameNode, memberNode:
		v, known := o.lookup(o.path(n))
		if !known {
			return nil, 0, false
		}
		number, ok = numberOf(v)
		return n, number, ok
	case listNode, binaryNode:
		if len(n.args) > 0 && (n.kind == listNode || n.text == "..") {
			return o.firstNumber(n.args[0], depth+1)
		}
	case pairNode, assignNode:
		return o.firstNumber(n.args[0], depth+1)
	case braceNode:
		for _, a := range n.args {
			if at, number, ok := o.leastIn(a, policyDepth-1); ok {
				return at, number, ok
			}
		}
	}
	return nil, 0, false
}

// leastInText returns the least length in rules that are written as a text:
// required|min:6.
func leastInText(text string) (number int, ok bool) {
	if len(text) > 200 {
		return 0, false
	}
	for rule := range strings.SplitSeq(text, "|") {
		for _, prefix := range [...]string{"min:", "between:", "min_length[", "minlength:"} {
			if rest, found := strings.CutPrefix(strings.TrimSpace(rule), prefix); found {
				rest, _, _ = strings.Cut(rest, ",")
				return wholeNumber(strings.TrimRight(rest, "] "))
			}
		}
	}
	return 0, false
}

// ruled observes a call that sets the least length of a password which the call
// at the beginning of its chain names: body("password").isLength({ min: 4 }).
func (o *observer) ruled(n *node) {
	switch n.calleeName() {
	case "isLength", "MinimumLength", "Length", "min", "minLength", "validates", "validates_length_of", "validates_size_of", "len", "between":
	default:
		return
	}
	root := n
	for range 12 {
		if name := firstName(root); isChosen(name) {
			if at, number, ok := o.leastOfCall(n); ok {
				o.minimum(at, number, "rule of "+name)
				return
			}
			for _, a := range n.args {
				if at, number, ok := o.leastIn(a, 0); ok {
					o.minimum(at, number, "rule of "+name)
					return
				}
			}
			return
		}
		if root.x == nil || root.x.kind != memberNode || root.x.x == nil || root.x.x.kind != callNode {
			return
		}
		root = root.x.x
	}
}

// firstName returns the name that the first argument of a call is: a text, a
// symbol, or what a function takes out of its parameter.
func firstName(n *node) string {
	if len(n.args) == 0 {
		return ""
	}
	switch a := n.args[0]; a.kind {
	case textNode:
		if len(a.pieces) == 1 && a.pieces[0].code == nil && isPlainName(a.pieces[0].text) {
			return a.pieces[0].text
		}
	case funcNode:
		if last := a.last(); last != nil && last.kind == memberNode {
			return last.name()
		}
	}
	return ""
}

// annotated observes the least length that an annotation says of a password which
// stands behind it.
func (o *observer) annotated(list []*node) {
	for i, n := range list {
		notes := []*node{n}
		switch {
		case n.kind == listNode && !n.round:
			notes = n.args
		case n.kind == pairNode && n.args[0].kind == callNode: // @field:Size(min = 8)
			notes = n.args
		}
		for _, note := range notes {
			if note.kind != callNode || !isLengthNote(note.calleeName()) || len(note.args) == 0 {
				continue
			}
			name := nameBehind(list[i+1:])
			if !isChosen(name) {
				continue
			}
			if note.calleeName() == "validate" {
				o.checked(name, note)
				continue
			}
			if at, number, ok := o.leastOfNote(note); ok {
				o.minimum(at, number, "rule of "+name)
			}
		}
	}
}

// leastOfNote returns the least length that an annotation says.
func (o *observer) leastOfNote(note *node) (at *node, number int, ok bool) {
	for _, a := range note.args {
		if a.kind == pairNode || a.kind == assignNode {
			if isLeastWord(a.x.name()) {
				return o.firstNumber(a.args[0], 0)
			}
		}
	}
	if strings.Contains(note.calleeName(), "Min") || note.calleeName() == "Length" {
		return o.firstNumber(note.args[0], 0)
	}
	return nil, 0, false
}

// isLengthNote reports whether an annotation is one on lengths.
func isLengthNote(name string) bool {
	switch name {
	case "Size", "Length", "MinLength", "StringLength", "validate":
		return true
	}
	return false
}

// nameBehind returns the name of what annotations stand before: the last of the
// words that follow.
func nameBehind(list []*node) string {
	const most = 7
	seen := false // a word that is no annotation
	for _, n := range list[:min(len(list), most)] {
		target := n
		isNote := (n.kind == nameNode || n.kind == callNode && n.x.kind == nameNode) && strings.HasPrefix(notedName(n), "@") || n.kind == listNode
		if isNote && !seen {
			continue
		}
		if isNote {
			return ""
		}
		seen = true
		if (n.kind == assignNode || n.kind == pairNode) && n.x != nil {
			target = n.x
		}
		if target.kind == nameNode && isPassword(target.name()) {
			return target.name()
		}
		if n.kind == callNode && n.block != nil || n.kind == braceNode || n.kind == assignNode || n.kind == pairNode {
			return ""
		}
	}
	return ""
}

// compared observes the length of a password that is compared with a number.
func (o *observer) compared(n *node) {
	switch n.text {
	case "<", "<=", ">=":
	default:
		return
	}
	name := lengthOf(n.args[0])
	if name == "" || !isChosen(name) || shape.HasWord(n.args[1].name(), "max", "maximum", "limit") || shape.HasWord(o.scope.symbol, "login", "signin", "decrypt", "unlock") {
		return
	}
	at, number, ok := o.firstNumber(n.args[1], 0)
	if !ok || n.args[1].kind == listNode {
		return
	}
	if n.text == "<=" {
		number++
	}
	const least = 3 // fewer only ask whether there is one
	if number >= least {
		o.minimum(at, number, "comparison with the length of "+name)
	}
}

// lengthOf returns the name of that whose length a node is, "" for others:
// x.length, len(x), strlen($x).
func lengthOf(n *node) string {
	if n.kind == callNode {
		switch n.calleeName() {
		case "len", "strlen", "mb_strlen":
			if len(n.args) > 0 && n.x.kind == nameNode {
				if arg := n.args[0]; arg.kind == indexNode && len(arg.args) == 1 && arg.args[0].kind == textNode && len(arg.args[0].pieces) == 1 {
					return arg.args[0].pieces[0].text // $data['password']
				}
				return n.args[0].name()
			}
		}
		n = n.x
	}
	if n == nil || n.kind != memberNode {
		return ""
	}
	switch n.text {
	case "length", "size", "Length", "len", "count":
		x := n.x
		for x.kind == callNode && len(x.args) == 0 && x.x != nil { // password.trim().length()
			if x = x.x; x.kind == memberNode && (x.text == "trim" || x.text == "strip" || x.text == "chars") {
				x = x.x
			}
		}
		return x.name()
	}
	return ""
}

// validators observes the entry of Django's list of validators that asks for a
// length.
func (o *observer) validators(v *value) {
	name, ok := v.get("NAME").known()
	if !ok || !strings.HasSuffix(name, "MinimumLengthValidator") {
		return
	}
	least := v.get("OPTIONS").get("min_length")
	if number, ok := numberOf(least); ok && least.n != nil {
		o.minimum(least.n, number, "MinimumLengthValidator")
	}
}
