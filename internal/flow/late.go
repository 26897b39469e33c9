package flow

import "golang.org/x/tools/go/ssa"

// sendRole is the role of the event that an object is sent.
const sendRole = "send"

// markLate marks what is set on an object only after it has been sent, if it is
// sent in one function and no other sees it.
func (o *Object) markLate() {
	var sends []*Event
	for _, ev := range o.Events {
		if ev.Role == sendRole {
			sends = append(sends, ev)
		}
	}
	if len(sends) == 0 || o.Exposed || len(o.found) > 0 {
		return
	}
	for _, ev := range o.Events {
		if ev.Role != sendRole && afterAll(ev, sends) {
			ev.Late = true
		}
	}
}

// markLateTLS marks TLS that an open connection is asked for only after the
// login has gone over it. Calls that answer with an error alone speak to the
// other side; others only set something up.
func (o *Object) markLateTLS() {
	var logins, asked []*Event
	for _, ev := range o.Events {
		if !speaks(ev) {
			continue
		}
		switch ev.Role {
		case "login", "include":
			logins = append(logins, ev)
		case "dial-tls":
			asked = append(asked, ev)
		}
	}
	if len(logins) == 0 {
		return
	}
	for _, ev := range asked {
		ev.Late = ev.Late || afterAll(ev, logins)
	}
}

// speaks reports whether an event is a call of a method that returns an error.
func speaks(ev *Event) bool {
	call, ok := ev.instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	results := call.Common().Signature().Results()
	return results.Len() > 0 && results.At(results.Len()-1).Type().String() == "error"
}

// afterAll reports whether an event comes after all of others whatever the way,
// and none of them again after it.
func afterAll(ev *Event, others []*Event) bool {
	for _, other := range others {
		if ev.fn != other.fn || ev.instr == other.instr || !precedes(other.instr, ev.instr) || leadsTo(ev.instr.Block(), other.instr.Block()) {
			return false
		}
	}
	return true
}

// precedes reports whether instruction a comes before b on each way to b.
func precedes(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Block().Dominates(b.Block())
	}
	for _, instr := range a.Block().Instrs {
		switch instr {
		case a:
			return true
		case b:
			return false
		}
	}
	return false
}

// leadsTo reports whether some way leads from the end of one block to another.
func leadsTo(from, to *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	stack := append([]*ssa.BasicBlock(nil), from.Succs...)
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			stack = append(stack, b.Succs...)
		}
	}
	return false
}

// upgrades reports whether an instruction is a call on an open connection that
// answers with an error alone: it asks the other side, with whatever it is given.
func upgrades(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	return ok && speaks(&Event{instr: instr}) && call.Common().Signature().Results().Len() == 1
}
