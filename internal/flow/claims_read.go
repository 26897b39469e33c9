package flow

import "golang.org/x/tools/go/ssa"

// maxReadDepth is how many calls an argument is followed through.
const maxReadDepth = 4

// maxReadUses is how many uses of an argument are looked at, in all of them.
const maxReadUses = 256

// onlyReads reports whether a function of the package that is given a struct or
// a map does nothing with it but read it and hand it to what does the same; uses
// counts what was looked at.
func (e *engine) onlyReads(s site, v ssa.Value, uses *int, depth int) bool {
	if s.fn == nil || len(s.fn.Blocks) == 0 {
		return false
	}
	for i, a := range s.actuals {
		if a == v && (i >= len(s.fn.Params) || !e.isRead(s.fn.Params[i], uses, depth)) {
			return false
		}
	}
	return true
}

// isRead reports whether a value is only read.
func (e *engine) isRead(v ssa.Value, uses *int, depth int) bool {
	if depth > maxReadDepth {
		return false
	}
	for _, r := range referrers(v) {
		if *uses++; *uses > maxReadUses {
			return false
		}
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.Lookup, *ssa.Range:
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			if !e.isRead(r.(ssa.Value), uses, depth+1) {
				return false
			}
		case ssa.CallInstruction:
			if s := e.siteOf(r); e.setsUnseen(s, v) && !e.onlyReads(s, v, uses, depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
