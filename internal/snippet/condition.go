package snippet

import (
	"strings"

	"github.com/authlint/authlint/internal/practice"
)

// isControl reports whether a word begins a statement that looks like a function
// with a body.
func isControl(word string) bool {
	switch word {
	case "if", "else", "elseif", "elif", "for", "foreach", "while", "switch", "catch", "try", "using", "lock", "synchronized", "with", "unless", "until",
		"match", "when", "do", "fixed", "declare":
		return true
	}
	return false
}

// control observes a statement with a body. What happens under a condition that
// speaks of checks or of where the program runs is a choice of its configuration.
func (o *observer) control(n *node) *value {
	for _, a := range n.args {
		o.eval(a)
	}
	chosen := n.calleeName() == "if" && speaksOfChoice(n.args, 0)
	if chosen {
		o.perhaps++
	}
	leave := o.enter("")
	o.statements(n.block.args)
	leave()
	if chosen {
		o.perhaps--
	}
	return &value{n: n}
}

// indentedCondition notes where the body of a condition begins and ends in a
// language that says so by indentation.
func (o *observer) indentedCondition(n *node) {
	if !o.lang.indented || n.column == 0 {
		return
	}
	isOther := n.condition && n.kind == nameNode && n.text == "else"
	for len(o.columns) > 0 && n.column <= o.columns[len(o.columns)-1] && !(isOther && n.column == o.columns[len(o.columns)-1]) {
		o.columns = o.columns[:len(o.columns)-1]
		o.perhaps--
	}
	if n.condition && !isOther && speaksOfChoice([]*node{n}, 0) {
		o.columns = append(o.columns, n.column)
		o.perhaps++
	}
}

// speaksOfChoice reports whether a condition asks for a switch: its names or
// texts speak of checks, or of the place where the program runs.
func speaksOfChoice(list []*node, depth int) bool {
	for _, n := range list {
		if n == nil || depth > 6 {
			continue
		}
		for _, p := range n.pieces {
			if isChoice(p.text) {
				return true
			}
		}
		if isChoice(n.text) || speaksOfChoice([]*node{n.x}, depth+1) || speaksOfChoice(n.args, depth+1) {
			return true
		}
	}
	return false
}

// isChoice reports whether a word speaks of a choice.
func isChoice(word string) bool {
	if word == "" || len(word) > 60 {
		return false
	}
	word = strings.ToLower(word)
	for _, w := range [...]string{"verif", "insecure", "skip", "ignore", "check", "trust", "selfsigned", "self_signed", "debug", "dev", "local", "unsafe", "strict", "valid", "cert_reqs", "ssl", "tls", "test", "env", "hostkey", "host_key", "known_hosts"} {
		if strings.Contains(word, w) {
			return true
		}
	}
	return false
}

// condition returns whether what is observed now happens always.
func (o *observer) condition() practice.Condition {
	if o.perhaps > 0 {
		return practice.Conditional
	}
	return practice.Always
}

// dropHosts drops observations of a check of the host's name that is switched
// off where that of the certificate is as well: they are one fault.
func (o *observer) dropHosts() {
	const near = 12 // lines
	if len(o.hosts) == 0 {
		return
	}
	kept := o.out.Observations[:0]
	for _, obs := range o.out.Observations {
		t, ok := obs.(*practice.TLS)
		if !ok || !o.hosts[t] || !o.besideOther(t, near) {
			kept = append(kept, obs)
		}
	}
	o.out.Observations = kept
}

// besideOther reports whether a check is switched off in the same function
// nearby that is not one of a name.
func (o *observer) besideOther(t *practice.TLS, near int) bool {
	for _, obs := range o.out.Observations {
		other, ok := obs.(*practice.TLS)
		if !ok || o.hosts[other] || other.Aspect != practice.PeerUnchecked || other.Symbol != t.Symbol {
			continue
		}
		if d := other.At.Line - t.At.Line; d <= near && d >= -near {
			return true
		}
	}
	return false
}
