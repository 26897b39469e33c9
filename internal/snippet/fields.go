package snippet

import "bytes"

// declared notes the names that stand alone outside functions: the fields of a
// class, the variables of a module.
func (o *observer) declared(n *node) {
	if n.kind != nameNode {
		return
	}
	path := n.path()
	if o.isInside() {
		if word := o.wordBefore(n); word == "global" || word == "nonlocal" {
			o.scope.shared = append(o.scope.shared, path)
		}
		return
	}
	if path == "" || isUpper(path) {
		return
	}
	if _, known := o.scope.names[path]; known {
		return
	}
	if o.scope.names == nil {
		o.scope.names = map[string]*value{}
	}
	o.scope.names[path] = nil
}

// isOutside reports whether a variable that is set lies outside the function which
// sets it, and outlives its call.
func (o *observer) isOutside(path string, target *node) bool {
	if !o.isInside() || target.kind != nameNode {
		return false
	}
	if o.lang.functions {
		for s := o.scope; s != nil; s = s.outer {
			for _, name := range s.shared {
				if name == path {
					return true
				}
			}
		}
		return false
	}
	if o.wordBefore(target) != "" {
		return false // it is declared here
	}
	inside := true
	for s := o.scope; s != nil; s = s.outer {
		if _, ok := s.names[path]; ok {
			return !inside
		}
		if s.function {
			inside = false
		}
	}
	return false
}

// wordBefore returns the word, or the end of a type, that stands before a node on
// its line, "" if none does.
func (o *observer) wordBefore(n *node) string {
	if n.start > len(o.text.Data) {
		return ""
	}
	const most = 40
	before := bytes.TrimRight(o.text.Data[max(0, n.start-most):n.start], " \t")
	i := len(before)
	for i > 0 && (isWordStart(before[i-1]) || before[i-1] >= '0' && before[i-1] <= '9') {
		i--
	}
	if i == len(before) && i > 0 && (before[i-1] == '>' || before[i-1] == ']' || before[i-1] == '?') {
		return string(before[i-1:])
	}
	return string(before[i:])
}

// isInside reports whether what is observed stands in a function.
func (o *observer) isInside() bool {
	for s := o.scope; s != nil; s = s.outer {
		if s.function {
			return true
		}
	}
	return false
}

// fieldOf returns the value of a field of the object at work that was set outside
// functions under its own name: a constant of a class, what a field begins with.
func (o *observer) fieldOf(n *node) (*value, bool) {
	if !isSelf(n.x) && !(n.x.kind == nameNode && (n.x.text == "static" || n.x.text == "cls" || n.x.text == "Self")) {
		return nil, false
	}
	inside := true
	for s := o.scope; s != nil; s = s.outer {
		if !inside || !o.isInside() {
			for _, name := range [...]string{n.text, "$" + n.text} {
				if v, ok := s.names[name]; ok {
					return v, v != nil
				}
			}
		}
		if s.function {
			inside = false
		}
	}
	return nil, false
}

// preset gives a parameter the address that it has by default.
func (o *observer) preset(n *node) {
	v := o.eval(n.args[0])
	if text, ok := v.known(); !ok || !bytes.Contains([]byte(text), []byte("://")) {
		return
	}
	o.scope.names[n.x.path()] = either(n, v, hole(n.x, n.x.name()))
}

// anonymous returns the members of an object without a type: new { x.Name, key = y }.
func (o *observer) anonymous(n *node) *value {
	v := &value{n: n, dict: []*member{}}
	for _, a := range n.args {
		switch a.kind {
		case assignNode:
			v.dict = append(v.dict, &member{a.x.name(), a.x, o.eval(a.args[0])})
		case memberNode, nameNode:
			v.dict = append(v.dict, &member{a.name(), a, o.eval(a)})
		default:
			o.eval(a)
		}
	}
	return v
}

// at returns an element of a list, nil if there is none.
func (v *value) at(i int) *value {
	if v == nil || i >= len(v.list) {
		return nil
	}
	return v.list[i]
}
