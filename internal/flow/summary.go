package flow

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
)

// Limits of a summary: what is beyond them is not told to callers.
const (
	maxSummaryObjects = 24
	maxSummaryEvents  = 32
	maxSummaryNamed   = 16
	maxSummaryFields  = 24
)

// summary returns what fn does with its parameters and what its results are,
// in terms of its parameters. A call of itself, direct or not, sees nothing.
func (e *engine) summary(fn *ssa.Function) *Summary {
	if s, ok := e.summaries[fn]; ok {
		return s
	}
	if e.memoOfObjects.collecting[fn] {
		return nil // half of it would be kept
	}
	e.summaries[fn] = nil // recursion ends here
	e.collectFunc(root(fn))
	s := &Summary{Results: e.results(fn)}
	s.Objects = e.objectSummaries(fn)
	s.Links, s.Options = e.links(fn), e.optionCalls(fn)
	s.Named = e.namedSummaries(fn)
	s.Calls = e.callSummaries(fn, s.Objects)
	e.summaries[fn] = s
	return s
}

// results returns what each result of fn can be.
func (e *engine) results(fn *ssa.Function) []Value {
	list := make([]Value, fn.Signature.Results().Len())
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for i, v := range r.Results {
			if i < len(list) && !e.isDead(b) {
				list[i] = union(list[i], e.eval(v, r.Pos()).under(e.guardsOf(b)))
			}
		}
	}
	for i, v := range list {
		if v.any(func(p Part) bool { return p.Kind == ObjectRef }) {
			list[i] = Value{}
		}
		if fn.Parent() == nil {
			list[i] = neutralFor(list[i], fn)
		}
	}
	return list
}

// namedSummaries returns the named places of fn that its parameters fill.
func (e *engine) namedSummaries(fn *ssa.Function) []NamedSummary {
	var list []NamedSummary
	for _, n := range e.namedBy[fn] {
		if len(list) == maxSummaryNamed {
			break
		}
		if !n.Value.openIn(fn) || n.Compared {
			continue
		}
		told := NamedSummary{Name: n.Name, Kind: n.Kind, Sink: n.Sink, Use: n.Use, Type: n.Type, Value: neutralFor(withoutObjects(n.Value), fn), Conditional: n.Conditional, When: guardsFor(n.when, fn), At: n.At, Steps: n.Steps}
		if !isNamed(list, &told) {
			list = append(list, told)
		}
	}
	return list
}

// filledParts tells which parts of a text a call fills with what the callee does
// not know itself: its beginning, a query.
func (e *engine) filledParts(v Value, s site) (start, host, query bool) {
	known := v.places()
	for _, alt := range v.Alts {
		for i, p := range alt.Parts {
			if p.Kind != Param {
				continue
			}
			given, filled := e.substitute(single(p), s)
			if !filled || !given.any(func(p Part) bool { return p.tells() && !known[p.At] }) {
				continue
			}
			start = start || i == 0
			host = host || inHost(alt.Parts[:i])
			query = query || given.any(func(p Part) bool {
				return p.Kind == Text && strings.ContainsAny(p.Text, "?=&")
			})
		}
	}
	return start, host, query
}

// inHost reports whether what follows the beginning of a URL belongs to its host.
func inHost(before []Part) bool {
	var b strings.Builder
	for _, p := range before {
		b.WriteString(p.Text)
	}
	_, behind, ok := strings.Cut(b.String(), "//")
	return b.Len() == 0 || ok && !strings.Contains(behind, "/")
}

// tells reports whether a part is more than a hole.
func (p Part) tells() bool {
	return p.Kind == Text && p.Text != "" || p.Kind == Withheld || p.Kind == Environment || p.Kind == Role
}

// places returns where the texts of v stand.
func (v Value) places() map[finding.Location]bool {
	places := map[finding.Location]bool{}
	for _, alt := range v.Alts {
		for _, p := range alt.Parts {
			if (p.Kind == Text || p.Kind == Withheld) && !p.At.IsZero() {
				places[p.At] = true
			}
		}
	}
	return places
}

func (e *engine) inheritNamed(call ssa.CallInstruction, s site, ns *NamedSummary) {
	v, filled := e.substitute(ns.Value.dependent(), s)
	h := e.heldAt(ns.When, s)
	if !filled || h.never {
		return
	}
	at := e.placeOfCall(call, s)
	if ns.Sink != "" {
		v = e.withReturns(v, s)
	}
	n := &Named{Name: ns.Name, Kind: ns.Kind, Sink: ns.Sink, Use: ns.Use, Type: ns.Type, Value: v, Conditional: ns.Conditional, Inherited: true, when: h.rest}
	n.Steps = joinSteps(s.way, calleeSteps(at, s.title(), ns.Steps, step(finding.Sink, ns.At, ns.Use)))
	e.addNamed(call, n, call.Pos())
}

// calleeSteps returns the way into a callee: the call, what the callee tells of
// the way on, and the sink unless it lies in a callee of the callee, whose way
// ends there already.
func calleeSteps(call finding.Location, name string, inner []finding.Step, sink finding.Step) []finding.Step {
	steps := joinSteps([]finding.Step{step(finding.Pass, call, "passed to "+name)}, inner)
	if len(inner) > 0 && inner[len(inner)-1].Kind == finding.Sink {
		return steps
	}
	return joinSteps(steps, []finding.Step{sink})
}

// placeOfCall returns the place of a call, also of one that a callee makes of
// what it is given.
func (e *engine) placeOfCall(instr ssa.Instruction, s site) finding.Location {
	if !s.at.IsZero() {
		return s.at
	}
	return e.instrLocation(instr)
}

// instrLocation returns the range of a call, or the place of another instruction.
func (e *engine) instrLocation(instr ssa.Instruction) finding.Location {
	pos, end := e.span(instr, instr.Pos())
	return e.location(pos, end)
}

// step returns a step at a place.
func step(kind finding.StepKind, at finding.Location, text string) finding.Step {
	return finding.Step{Kind: kind, Location: at, Text: text}
}
