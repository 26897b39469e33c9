package snippet

// initializes reports whether the block behind a constructor is the entries of a
// collection: { ["a"] = x }, { { "a", x }, { "b", y } }.
func initializes(block *node) bool {
	for _, a := range block.args {
		switch {
		case a.kind == assignNode && a.x.kind == listNode && len(a.x.args) == 1:
		case a.kind == braceNode && len(a.args) == 2 && a.args[0].kind == textNode:
		default:
			return false
		}
	}
	return len(block.args) > 0
}

// initialized observes the entries of a collection that is made, which becomes a
// value with members.
func (o *observer) initialized(block *node, out *value) {
	for _, a := range block.args[:min(len(block.args), maxMembers)] {
		key, at := a.x, a.x
		var to *node
		if a.kind == assignNode {
			key, to = a.x.args[0], a.args[0]
		} else {
			key, at, to = a.args[0], a.args[0], a.args[1]
		}
		name, ok := o.eval(key).known()
		v := o.eval(to)
		if !ok {
			continue
		}
		o.oauth(name, v, to)
		out.dict = append(out.dict, &member{name, at, v})
	}
	o.keys(out)
}
