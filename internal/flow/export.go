package flow

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// export turns what callers and importers may know into facts.
func (e *engine) export() {
	reaches := false
	for _, fn := range e.roots {
		obj, ok := fn.Object().(*types.Func)
		if !ok || obj.Name() == "_" || obj.Name() == "init" || !reachable(e, obj) {
			continue
		}
		if !obj.Exported() { // nobody else can call it, whatever it tells
			s := e.summary(fn)
			reaches = reaches || s != nil && len(s.Objects)+len(s.Named)+len(s.Calls) > 0
			continue
		}
		s := e.exportSummary(e.withOwnCallback(e.summary(fn), fn), fn)
		told := &Summary{}
		e.exportLeaks(fn, told)
		e.exportReveals(fn, told)
		if len(told.Leaks)+len(told.Reveals) > 0 {
			if s == nil {
				s = &Summary{}
			}
			s.Leaks, s.Reveals = told.Leaks, told.Reveals
		}
		if s == nil {
			continue
		}
		reaches = reaches || len(s.Objects) > 0 || len(s.Named) > 0 || len(s.Calls) > 0
		e.pass.ExportObjectFact(obj, s)
	}
	e.exportVariables()
	if reaches {
		e.pass.ExportPackageFact(&Reaches{})
	}
}

// exportVariables tells what exported package variables hold.
func (e *engine) exportVariables() {
	for _, m := range e.pkg.Members {
		g, ok := m.(*ssa.Global)
		if !ok || g.Object() == nil || !g.Object().Exported() || !tellable(deref(g.Type())) || len(e.globals[g]) == 0 {
			continue
		}
		v := e.withCallbacks(e.global(g, g.Pos()))
		if v.any(func(p Part) bool { return p.Kind == Text && p.Text != "" || p.Kind == Function && p.Callback != nil }) {
			e.pass.ExportObjectFact(g.Object(), &Variable{Value: e.exportValue(v)})
		}
	}
}

// tellable reports whether a fact can say what a variable of the type holds.
func tellable(t types.Type) bool {
	_, isFunc := t.Underlying().(*types.Signature)
	return isFunc || isText(t)
}

// exportSummary returns the summary as a fact, nil if it tells nothing.
func (e *engine) exportSummary(s *Summary, fn *ssa.Function) *Summary {
	if s == nil {
		return nil
	}
	out := &Summary{Callback: e.exportCallback(mapCallback(s.Callback, e.exportPart))}
	tells := out.Callback != nil
	told := false
	for _, v := range s.Results {
		v = e.withCallbacks(v)
		if !informative(v) {
			out.Results = append(out.Results, Value{})
			continue
		}
		told = true
		out.Results = append(out.Results, e.exportValue(v))
	}
	if !told {
		out.Results = nil
	}
	tells = tells || told
	for _, f := range e.fieldFacts(fn) {
		f.Value = e.exportValue(f.Value)
		out.Fields = append(out.Fields, f)
	}
	for _, st := range e.storeFacts(fn) {
		st.Value = e.exportValue(st.Value)
		out.Stores = append(out.Stores, st)
	}
	tells = tells || len(out.Fields) > 0 || len(out.Stores) > 0
	for _, o := range s.Objects {
		o.object = nil
		o.Events = e.exportEvents(o.Events, e.exportValue)
		out.Objects = append(out.Objects, o)
	}
	out.Links = s.Links
	for _, oc := range s.Options {
		oc.Callback = e.exportValue(e.withCallbacks(oc.Callback))
		out.Options = append(out.Options, oc)
	}
	tells = tells || len(out.Links)+len(out.Options) > 0
	for _, c := range s.Calls {
		out.Calls = append(out.Calls, e.exportCall(c))
	}
	tells = tells || len(out.Calls) > 0
	for _, n := range s.Named {
		n.Value = e.exportValue(n.Value)
		n.At = e.exportLocation(n.At)
		n.Steps, n.When = e.exportSteps(n.Steps), exportGuards(n.When)
		out.Named = append(out.Named, n)
	}
	if !tells && len(out.Objects) == 0 && len(out.Named) == 0 {
		return nil
	}
	return out
}

func (e *engine) exportCall(c CallSummary) CallSummary {
	c.Callee = e.exportValue(c.Callee)
	args := make([]Value, 0, len(c.Args))
	for _, a := range c.Args {
		args = append(args, e.exportValue(a))
	}
	c.Args, c.argv = args, nil
	c.At, c.Steps = e.exportLocation(c.At), e.exportSteps(c.Steps)
	c.When = exportGuards(c.When)
	return c
}

func (e *engine) exportEvents(events []EventSummary, export func(Value) Value) []EventSummary {
	list := make([]EventSummary, 0, len(events))
	for _, ev := range events {
		ev.At = e.exportLocation(ev.At)
		all := ev.When
		ev.Steps, ev.When = e.exportSteps(ev.Steps), exportGuards(all)
		ev.Conditional = ev.Conditional || len(ev.When) < len(all)
		args := make([]ArgSummary, 0, len(ev.Args))
		for _, a := range ev.Args {
			if name, ok := a.Value.Known(); ok && (a.Name == "name" && isClaimName(name) || a.Name == "role" || a.Name == "index") {
				a.Value = text(name)
			} else {
				a.Value = export(a.Value)
			}
			args = append(args, a)
		}
		ev.Args = args
		list = append(list, ev)
	}
	return list
}

// informative reports whether a result tells a caller anything: a literal, a
// parameter, a modelled role.
func informative(v Value) bool {
	return v.any(func(p Part) bool {
		switch p.Kind {
		case Text:
			return p.Text != ""
		case Param, Environment, Role, Withheld:
			return true
		case Function:
			return p.Callback.tells()
		}
		return false
	})
}

// exportValue withholds every text whose shape does not prove it harmless and
// makes places independent of the machine.
func (e *engine) exportValue(v Value) Value {
	out := joinHarmless(v).mapParts(e.exportPart)
	for i := range out.Alts {
		out.Alts[i].Steps = e.exportSteps(out.Alts[i].Steps)
		out.Alts[i].When = exportGuards(out.Alts[i].When)
	}
	return out
}

// maxJoined is how many texts that stand side by side are looked at together.
const maxJoined = 16

// joinHarmless joins texts that stand side by side where only all together prove
// themselves harmless: the name of a form field and the sign behind it; the host,
// the path and the query of a URL that is put together of its parts.
func joinHarmless(v Value) Value {
	out := Value{Truncated: v.Truncated, Alts: slices.Clone(v.Alts)}
	for i, alt := range out.Alts {
		var parts []Part
		for rest := alt.Parts; len(rest) > 0; {
			p, n := joinedText(rest)
			parts, rest = append(parts, p), rest[n:]
		}
		out.Alts[i].Parts = parts
	}
	return out
}

// joinedText returns the first two texts of parts, or all at the beginning that are
// the end of a URL or settings, as one if they are harmless only
// together, and how many they are; or the first part.
func joinedText(parts []Part) (Part, int) {
	first := parts[0]
	if first.Kind != Text {
		return first, 1
	}
	best, count := first, 1
	whole, each := first, harmless(first.Text)
	for n := 1; n < min(len(parts), maxJoined) && parts[n].Kind == Text && parts[n].Base64 == first.Base64; n++ {
		whole.Text += parts[n].Text
		each = each && harmless(parts[n].Text)
		if !each && (n == 1 && harmless(whole.Text) || isHostTail(whole.Text) || len(settingsOf(whole.Text)) > 0) {
			best, count = whole, n+1
		}
	}
	return best, count
}

func (e *engine) exportPart(p Part) Value {
	p.At = e.exportLocation(p.At)
	p.owner, p.object, p.fn, p.recv = nil, nil, nil, nil
	p.Callback = e.exportCallback(p.Callback)
	if p.Kind != Text || harmless(p.Text) {
		return single(p)
	}
	if v, ok := exportSettings(p); ok {
		return v
	}
	// Of a URL that is a secret by its path, the host is told.
	if i := tellingAt(p.Text); i > 0 && harmless(p.Text[:i]) {
		return concat(single(Part{Kind: Text, Text: p.Text[:i], At: p.At}), withheld(p.Text[i:], p.At))
	}
	return withheld(p.Text, p.At)
}

// exportCallback makes the places in a callback independent of the machine; its
// parts have been exported.
func (e *engine) exportCallback(c *Callback) *Callback {
	if c == nil {
		return nil
	}
	out := *c
	for _, v := range []*Value{&out.Asks, &out.Returns} {
		*v = e.exportedSteps(*v)
	}
	out.Edits = slices.Clone(c.Edits)
	for i := range out.Edits {
		out.Edits[i].object = nil
		out.Edits[i].Events = e.exportEvents(out.Edits[i].Events, e.exportedSteps)
	}
	out.Stores = mapStores(c.Stores, e.exportedSteps)
	return &out
}

// exportedSteps returns a value whose parts have been exported with its places
// independent of the machine.
func (e *engine) exportedSteps(v Value) Value {
	v.Alts = slices.Clone(v.Alts)
	for i := range v.Alts {
		v.Alts[i].Steps = e.exportSteps(v.Alts[i].Steps)
		v.Alts[i].When = exportGuards(v.Alts[i].When)
	}
	return v
}

// withheld returns the part that stands for a text which no fact carries.
func withheld(s string, at finding.Location) Value {
	told := shape.Of(s)
	return single(Part{Kind: Withheld, Shape: &told, At: at})
}

func (e *engine) exportSteps(steps []finding.Step) []finding.Step {
	list := make([]finding.Step, 0, len(steps))
	for _, s := range steps {
		s.Location = e.exportLocation(s.Location)
		list = append(list, s)
	}
	return list
}

// exportLocation names a place by import path and base name.
func (e *engine) exportLocation(l finding.Location) finding.Location {
	if l.IsZero() || l.Package != "" {
		return l
	}
	l.File = baseName(l.File)
	l.Package = e.pass.Pkg.Path()
	return l
}

// maxNumber is how many digits a number has that a fact may carry.
const maxNumber = 5

// harmless reports whether the shape of a text proves that it is no secret, so
// that a fact may carry it: schemes, hosts, paths, header names, numbers,
// authorisation words and punctuation.
func harmless(s string) bool {
	if len(s) <= 2 || strings.TrimRight(s, " ") != s && len(s) <= 10 {
		return true
	}
	if len(s) <= maxNumber && strings.Trim(s, "0123456789") == "" {
		return true // a port, a version, a count
	}
	if scheme, ok := strings.CutSuffix(s, "://"); ok && scheme != "" && len(scheme) <= 12 && strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz+") == "" {
		return true
	}
	if rest, ok := strings.CutPrefix(s, "http"); ok && (rest == "://" || rest == "s://" || rest == "s" || rest == "") {
		return true
	}
	switch shape.Of(s).Form {
	case shape.Empty, shape.EnvName:
		return true
	case shape.Number:
		return isRound(s)
	case shape.PathLike:
		return strings.HasPrefix(s, "/") && !strings.ContainsAny(s, "=@") && tellingAt(s) < 0
	case shape.URLLike:
		return !strings.ContainsAny(s, "=@") && tellingAt(s) < 0
	}
	return isHeaderName(s) || isMethod(s) || isQueryName(s) || isFormName(s) || isMemberName(s) || isHostTail(s)
}

// isRound reports whether a number is no PIN, account or code: it has few
// digits but for the zeros at its end, as lengths, ports and durations have.
func isRound(s string) bool {
	digits := 0
	for _, r := range strings.TrimRight(s, "0") {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits <= 5
}

// tellingAt returns where the first segment of a URL or path starts that may be
// a secret, as the path of a webhook is: a long one with digits, or of no words.
// It returns -1 if there is none.
func tellingAt(s string) int {
	at := 0
	for segment := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("/.:?&#;,-_", r) }) {
		at += strings.Index(s[at:], segment)
		digits := strings.ContainsAny(segment, "0123456789")
		if len(segment) >= 8 && digits || len(segment) >= 16 && !shape.Of(segment).Wordy {
			return at
		}
		at += len(segment)
	}
	return -1
}

// isHeaderName reports whether s is the name of a header that carries credentials.
func isHeaderName(s string) bool {
	switch strings.ToLower(s) {
	case "authorization", "proxy-authorization", "api-key", "apikey", "accesskey", "content-type", "accept", "cookie":
		return true
	}
	return strings.HasPrefix(s, "X-") && !strings.ContainsAny(s, "0123456789=/+")
}

// isClaimName reports whether s is the name of a claim that a practice asks for.
func isClaimName(s string) bool {
	switch s {
	case "exp", "iat", "nbf", "iss", "sub", "aud", "jti", "typ", "type", "token_type", "use", "token_use", "purpose", "kind", "scope", "role":
		return true
	}
	return s != "" && shape.OfName(s) != shape.None && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}

func isMethod(s string) bool {
	switch s {
	case "GET", "POST", "PUT", "HEAD", "DELETE", "PATCH", "OPTIONS", "true", "false", "tcp", "udp":
		return true
	}
	return false
}

// isFormName reports whether s is the name of a form field that takes a
// credential or a user, with the sign behind it: "password=".
func isFormName(s string) bool {
	name, ok := strings.CutSuffix(s, "=")
	return ok && len(name) <= 24 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == "" &&
		(shape.OfName(name) != shape.None || shape.IsUserName(name))
}

// isQueryName reports whether s is the beginning of a query up to a name:
// "?password=", "&to=".
func isQueryName(s string) bool {
	return len(s) <= 24 && strings.HasSuffix(s, "=") && strings.ContainsAny(s[:1], "?&") &&
		!strings.ContainsAny(s[1:len(s)-1], "=&?") && tellingAt(s[:len(s)-1]) < 0
}
