package flow

import (
	"go/token"
	"go/types"
	"slices"
	"sort"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// The channels that the engine itself knows.
const (
	channelError    = "error"
	channelLog      = "log"
	channelTerminal = "terminal"
	channelResponse = "response"
	channelClaims   = "claims"
	channelCommand  = "command"
)

// Disclosure is a place where a credential is told: logged, put into an error, a
// response, a message, a token or a command line.
type Disclosure struct {
	Channel string // of the model: log, error, response ...
	// Text names the call in words: "Printf", "panic".
	Text    string
	Secrets []Secret
	// Bare is set when nothing but the credential is told.
	Bare bool
	Pos  token.Pos
	End  token.Pos
	At   finding.Location
	// Symbol is the enclosing function.
	Symbol      string
	Conditional bool
	// Steps lead from the call to the place, if a callee does it.
	Steps []finding.Step

	order int
}

// PasswordInURL is what a Secret says of the password in the user info of a URL.
const PasswordInURL = "password in the URL"

// Leak is what a function tells of a parameter: part of its Summary.
type Leak struct {
	Channel     string
	Text        string
	Param       int
	As          uint8
	Spread      bool
	Format      int
	Conditional bool
	When        []Guard
	At          finding.Location
	Steps       []finding.Step
}

// maxLeaks is how many leaks of a function callers are told of.
const maxLeaks = 8

// told is the state of the look for what is told.
type told struct {
	quiet   bool // nothing is looked for: a dependency
	sites   map[*ssa.Function][]tellSite
	calls   map[*ssa.Function][]ssa.CallInstruction
	done    map[*ssa.Function]bool
	leaks   map[*ssa.Function][]Leak
	reveals map[revealKey]revealed
	results map[*ssa.Function][]revealed
	fields  map[fieldKey]revealed
	types   map[renderKey][]fieldSecret
	// messages are the functions asked whether they send one.
	messages map[*types.Func]directive
	methods  map[*types.Func][]*types.Func // of an interface, what may be meant
	inList   map[ssa.Value]bool
	inBody   map[*ssa.Function]bool
	used     map[types.Object]bool // fields and parameters that are used as credentials
	values   map[ssa.Value]bool    // results of calls that are
	depth    int
	settings int // whether the package has a setting that is a credential: as cluster
	cluster  int // whether the package deals with a cluster: 0 not asked, 1 no, 2 yes
	list     []*Disclosure
}

func newTold(quiet bool) *told {
	return &told{
		quiet:    quiet,
		sites:    map[*ssa.Function][]tellSite{},
		calls:    map[*ssa.Function][]ssa.CallInstruction{},
		done:     map[*ssa.Function]bool{},
		leaks:    map[*ssa.Function][]Leak{},
		reveals:  map[revealKey]revealed{},
		results:  map[*ssa.Function][]revealed{},
		fields:   map[fieldKey]revealed{},
		types:    map[renderKey][]fieldSecret{},
		messages: map[*types.Func]directive{},
		methods:  map[*types.Func][]*types.Func{},
		inList:   map[ssa.Value]bool{},
		inBody:   map[*ssa.Function]bool{},
		used:     map[types.Object]bool{},
		values:   map[ssa.Value]bool{},
	}
}

// tellSite is an instruction that tells, with the model's words for it.
type tellSite struct {
	instr   ssa.Instruction
	site    site
	d       directive
	channel string
	value   ssa.Value // of an instruction that is no call
}

// noteCall keeps a call that tells, or whose callee may, for the look at what is
// told, which comes when everything else is known.
func (e *engine) noteCall(s site, ds []directive) {
	if e.told.quiet {
		return
	}
	fn := root(s.instr.Parent())
	for _, d := range ds {
		channel := ""
		switch d.Verb {
		case "tell":
			channel = d.Words[0]
		case "transfer":
			if to, ok := d.Arg("to"); ok {
				channel = e.writerChannel(s, to)
			}
		}
		if channel != "" && channel != channelFile {
			e.told.sites[fn] = append(e.told.sites[fn], tellSite{instr: s.instr, site: s, d: d, channel: channel})
		}
	}
	d, ok := e.messageDirective(s)
	if !ok {
		d, ok = formDirective(s, ds)
	}
	if ok {
		e.told.sites[fn] = append(e.told.sites[fn], tellSite{instr: s.instr, site: s, d: d, channel: channelMessage})
	}
	if len(ds) > 0 && s.fn == nil {
		return
	}
	if s.fn == nil {
		if e.noteSigner(s) {
			return
		}
		if d, ok := loggerDirective(s); ok {
			e.told.sites[fn] = append(e.told.sites[fn], tellSite{instr: s.instr, site: s, d: d, channel: channelLog})
			return
		}
		if sum := e.summaryOf(s); (sum == nil || len(sum.Leaks) == 0) && len(e.methodsBehind(s)) == 0 {
			return
		}
	}
	e.told.calls[fn] = append(e.told.calls[fn], s.instr)
}

// noteValue keeps an instruction that tells a value and is no call.
func (e *engine) noteValue(instr ssa.Instruction, v ssa.Value, channel, text string) {
	if e.told.quiet || v == nil {
		return
	}
	fn := root(instr.Parent())
	d := directive{Verb: "tell", Words: []string{channel, text}}
	e.told.sites[fn] = append(e.told.sites[fn], tellSite{instr: instr, d: d, channel: channel, value: v})
}

// isLogged reports whether a call does nothing but log what it is given.
func isLogged(d directive) bool {
	return d.Verb == "tell" && (d.Words[0] == channelLog || d.Words[0] == channelTerminal)
}

// writerChannel returns where what is written to a writer goes, "" for nowhere
// that matters.
func (e *engine) writerChannel(s site, to rules.DirectiveArg) string {
	w := s.recv
	if !isRecv(to) {
		w = s.arg(to.Index)
	}
	return e.channelOf(w, 0)
}

// maxBelow is how many writers may stand in front of the one that is told.
const maxBelow = 6

// channelOf returns where what is written to a writer goes; of one that writes to
// several, where the first goes that matters.
func (e *engine) channelOf(w ssa.Value, depth int) string {
	for ; w != nil && depth < maxBelow; depth++ {
		if c := e.writerOf(w); c != "" {
			return c
		}
		for _, x := range e.writersBelow(w) {
			if c := e.channelOf(x, depth+maxBelow/2); c != "" {
				return c
			}
		}
		w = e.writerBelow(w)
	}
	return ""
}

// writersBelow returns the writers that one which writes to several writes to.
func (e *engine) writersBelow(w ssa.Value) []ssa.Value {
	call, ok := w.(*ssa.Call)
	if !ok {
		return nil
	}
	s := e.siteOf(call)
	for _, d := range e.funcDirectives(s.callee) {
		if a, ok := d.Arg("values"); ok && d.Verb == "transfer" && d.Words[0] == "either" && a.Rest {
			list := e.restList(s, a.Index)
			return list[:min(len(list), maxAlternatives)]
		}
	}
	return nil
}

// writerOf returns the channel of a writer by its type or its variable.
func (e *engine) writerOf(w ssa.Value) string {
	if load, ok := w.(*ssa.UnOp); ok {
		if g, ok := load.X.(*ssa.Global); ok {
			if c := channelIn(e.directives(g.Object(), "")); c != "" {
				return c
			}
		}
	}
	if call, ok := w.(*ssa.Call); ok {
		if c := channelIn(e.funcDirectives(e.siteOf(call).callee)); c != "" {
			return c
		}
	}
	if n := namedOf(w.Type()); n != nil {
		return channelIn(e.directives(n.Obj(), ""))
	}
	return ""
}

func channelIn(ds []directive) string {
	for _, d := range ds {
		if d.Verb == "writer" && len(d.Words) > 0 {
			return d.Words[0]
		}
	}
	return ""
}

// writerBelow returns the writer that a writer writes to, nil if it is not known.
func (e *engine) writerBelow(w ssa.Value) ssa.Value {
	switch w := w.(type) {
	case *ssa.MakeInterface:
		return w.X
	case *ssa.ChangeInterface:
		return w.X
	case *ssa.TypeAssert:
		return w.X
	case *ssa.Call:
		s := e.siteOf(w)
		for _, d := range e.funcDirectives(s.callee) {
			if d.Verb != "transfer" || d.Words[0] != "same" {
				continue
			}
			if a, ok := d.Arg("value"); ok && !a.Quoted {
				if isRecv(a) {
					return s.recv
				}
				return s.arg(a.Index)
			}
		}
	case *ssa.UnOp:
		if a, ok := w.X.(*ssa.Alloc); ok {
			if stores := e.storesTo(a); len(stores) == 1 {
				return stores[0].Val
			}
		}
	}
	return nil
}

// disclose looks at everything that was noted.
func (e *engine) disclose() {
	for _, fn := range e.roots {
		e.discloseIn(fn)
	}
}

// discloseIn looks at what a declared function and the function literals inside
// it tell, once.
func (e *engine) discloseIn(fn *ssa.Function) {
	if e.told.done[fn] {
		return
	}
	e.told.done[fn] = true
	for _, t := range e.told.sites[fn] {
		e.discloseSite(t)
	}
	for _, call := range e.told.calls[fn] {
		e.discloseCall(call)
	}
}

// discloseSite looks at one place that tells.
func (e *engine) discloseSite(t tellSite) {
	var r revealed
	text := ""
	if t.value != nil {
		as := asFmt
		if _, ok := t.value.Type().Underlying().(*types.Pointer); ok && t.channel == channelMessage {
			as = asText // a text that may be left out
		}
		r, text = e.reveal(t.value, as), t.d.Words[1]
	} else {
		r, text = e.revealArgs(t), t.site.name()
		if text == "" && t.site.common != nil {
			text = e.nameOf(t.site.common.Value) // a function value
		}
	}
	r.secrets = slices.DeleteFunc(slices.Clone(r.secrets), func(x Secret) bool { return e.isKept(x, t.channel, t.instr) })
	if len(r.secrets) == 0 && len(r.holes) == 0 {
		return
	}
	pos, end := e.span(t.instr, t.instr.Pos())
	at := e.location(pos, end)
	for _, h := range r.holes {
		if len(e.told.leaks[h.owner]) < maxLeaks {
			e.told.leaks[h.owner] = append(e.told.leaks[h.owner], Leak{
				Channel: t.channel, Text: text, Param: h.param, As: uint8(h.as), Spread: h.spread, Format: h.format,
				Conditional: e.onRequest(t.instr), At: at, When: guardsFor(e.guardsOf(t.instr.Block()), h.owner),
			})
		}
	}
	e.addDisclosure(&Disclosure{
		Channel: t.channel, Text: text, Secrets: r.secrets, Bare: e.isBare(t), Pos: pos, End: end, At: at,
	}, t.instr)
}

// isKept reports whether a credential is not told after all: not yet, not at all
// where a text could not be read, or masked before.
func (e *engine) isKept(x Secret, channel string, instr ssa.Instruction) bool {
	if x.digest && channel != channelResponse && channel != channelClaims {
		return true
	}
	return e.comesLater(x, instr) || isUndecoded(x, channel, instr) || e.isMaskedIn(x, instr)
}

// comesLater reports whether a credential is set on an object only behind the
// place that tells the object, in the same function.
func (e *engine) comesLater(x Secret, instr ssa.Instruction) bool {
	if !x.Object || !x.pos.IsValid() || x.pos <= instr.Pos() {
		return false
	}
	syntax := instr.Parent().Syntax()
	return syntax != nil && syntax.Pos() <= x.pos && x.pos < syntax.End()
}

// addDisclosure records a disclosure with what its place tells.
func (e *engine) addDisclosure(d *Disclosure, instr ssa.Instruction) {
	if len(d.Secrets) == 0 {
		return
	}
	e.order++
	d.order = e.order
	d.Symbol = symbol(instr.Parent())
	if d.Channel == channelResponse {
		for i := range d.Secrets {
			d.Secrets[i].Listed = d.Secrets[i].listed
			d.Secrets[i].Certain = d.Secrets[i].Certain && !d.Secrets[i].maskable && !d.Secrets[i].absent
		}
	}
	d.Conditional = d.Conditional || e.onRequest(instr)
	e.told.list = append(e.told.list, d)
}

// revealArgs returns what the arguments of a call that tells give away.
func (e *engine) revealArgs(t tellSite) revealed {
	d, s := t.d, t.site
	if d.Verb == "transfer" {
		if d.Words[0] == "sprintf" {
			return e.revealFormat(s, d, "args")
		}
		return e.revealWrite(d, s)
	}
	as := asFmt
	if a, ok := d.Arg("as"); ok {
		as = renderingOf(a.Text)
	}
	if _, ok := d.Arg("format"); ok {
		return e.revealFormat(s, d, "value")
	}
	out := nothing
	if a, ok := d.Arg("shows"); ok && a.Text == "settings" {
		out = e.revealSettings(&s)
	}
	key := ""
	if a, ok := d.Arg("name"); ok {
		key = e.keyText(s, a)
	}
	for _, a := range d.Args {
		switch a.Name {
		case "value":
			before := ""
			for i, v := range e.directiveValues(s, a) {
				r := e.revealTold(v, as, key, s, a.Index+i)
				if !r.clean && !r.certain() && isTextual(v) {
					r = r.after(e, before, v)
				}
				out = out.with(r)
				before = trailingText(strip(v))
			}
		case "pairs":
			out = out.with(e.revealPairs(s, a, as))
		}
	}
	return out
}

// keyText returns the text of the key that a value is told under.
func (e *engine) keyText(s site, a rules.DirectiveArg) string {
	if a.Quoted {
		return a.Text
	}
	if c, ok := s.arg(a.Index).(*ssa.Const); ok {
		return constText(c)
	}
	return ""
}

// revealTold looks at one value that is told, under a key if there is one.
func (e *engine) revealTold(v ssa.Value, as rendering, key string, s site, arg int) revealed {
	if c, ok := strip(v).(*ssa.Const); ok {
		return e.revealConst(c, s, arg)
	}
	if isEmptyAt(strip(v), s.instr.Block()) || e.rendersForLogs(v, s) {
		return nothing
	}
	r := e.reveal(v, as)
	if key != "" && !r.clean && len(r.secrets) == 0 && isTextual(v) && isDull(e.valueName(v)) {
		return r.keyed(e, key, s.pos())
	}
	return r
}

// revealPairs looks at a list of keys and values in turn. Where it is not known
// which is which, all are values.
func (e *engine) revealPairs(s site, a rules.DirectiveArg, as rendering) revealed {
	out := nothing
	key := ""
	for i, v := range e.directiveValues(s, a) {
		if c, ok := strip(v).(*ssa.Const); ok && key == "" && isTextual(v) {
			key = constText(c)
			continue
		}
		out = out.with(e.revealTold(v, as, key, s, a.Index+i))
		key = ""
	}
	return out
}

// isBare reports whether a call prints one value and no words.
func (e *engine) isBare(t tellSite) bool {
	if t.value != nil || t.d.Verb == "tell" && t.channel != channelTerminal {
		return false
	}
	words, values := 0, 0
	for _, v := range t.site.args {
		parts := []ssa.Value{v}
		if _, ok := v.Type().Underlying().(*types.Slice); ok && !isPlainText(v.Type()) {
			parts = e.spread(v)
		}
		for _, p := range parts {
			switch p := strip(p).(type) {
			case *ssa.Const:
				words += wordsIn(constText(p))
			case *ssa.BinOp:
				words += wordsIn(trailingText(p.X)) + wordsIn(trailingText(p))
				values++
			default:
				if isTextual(p) || isStruct(deref(p.Type())) || elemType(p.Type()) != p.Type() {
					values++
				}
			}
		}
	}
	return words == 0 && values <= 1
}

// wordsIn counts the letters of a text that are no verbs of a format.
func wordsIn(text string) int {
	n := 0
	for _, p := range splitFormat(text) {
		if p.arg >= 0 {
			continue
		}
		for _, r := range p.text {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				n++
			}
		}
	}
	return n
}

// discloseCall looks at a call of a function that tells of its parameters.
func (e *engine) discloseCall(call ssa.CallInstruction) {
	s := e.siteOf(call)
	for _, l := range e.leaksOf(s) {
		h := hole{param: l.Param, as: rendering(l.As), spread: l.Spread, format: l.Format}
		if e.heldAt(l.When, s).never {
			continue
		}
		if l.Param >= len(s.actuals) || isOtherName(s.paramName(l.Param)) {
			continue
		}
		r := e.revealHole(h, s)
		if len(r.secrets) == 0 && !r.clean {
			if c, ok := strip(s.actuals[l.Param]).(*ssa.Const); ok {
				r = e.revealConst(c, s, l.Param-(len(s.actuals)-len(s.args)))
			}
		}
		if len(r.secrets) == 0 && len(r.holes) == 0 {
			continue
		}
		e.passOn(call, s, l, r)
	}
}

// passOn records what a call hands to a function that tells it.
func (e *engine) passOn(call ssa.CallInstruction, s site, l Leak, r revealed) {
	pos, end := e.span(call, call.Pos())
	at := e.location(pos, end)
	steps := joinSteps([]finding.Step{step(finding.Pass, at, "passed to "+s.name())}, l.Steps)
	when := allOf(e.heldAt(l.When, s).rest, e.guardsOf(call.Block()))
	if len(l.Steps) == 0 || l.Steps[len(l.Steps)-1].Kind != finding.Sink {
		steps = joinSteps(steps, []finding.Step{step(finding.Sink, l.At, l.Text)})
	}
	for _, h := range r.holes {
		if len(e.told.leaks[h.owner]) < maxLeaks && len(steps) < maxSteps {
			e.told.leaks[h.owner] = append(e.told.leaks[h.owner], Leak{
				Channel: l.Channel, Text: l.Text, Param: h.param, As: uint8(h.as), Spread: h.spread, Format: h.format,
				Conditional: l.Conditional, At: l.At, Steps: steps, When: guardsFor(when, h.owner),
			})
		}
	}
	secrets := slices.DeleteFunc(slices.Clone(r.secrets), func(x Secret) bool {
		return e.toldInside(s, l, x) || e.isKept(x, l.Channel, call)
	})
	e.addDisclosure(&Disclosure{
		Channel: l.Channel, Text: l.Text, Secrets: secrets, Pos: pos, End: end, At: at, Conditional: l.Conditional, Steps: steps,
	}, call)
}

// toldInside reports whether the callee's own parameter is called like a
// credential as well, so that the place inside is told already.
func (e *engine) toldInside(s site, l Leak, x Secret) bool {
	return (!x.Certain || l.Channel == channelCommand) && shape.OfName(s.paramName(l.Param)) != shape.None
}

// paramName returns the name of a parameter of the callee, receiver included.
func (s site) paramName(param int) string {
	if s.callee == nil {
		return ""
	}
	i := param - (len(s.actuals) - len(s.args))
	params := s.callee.Signature().Params()
	if i < 0 || i >= params.Len() {
		return ""
	}
	return params.At(i).Name()
}

// leaksOf returns what the callee of a call tells of its parameters.
func (e *engine) leaksOf(s site) []Leak {
	if s.fn != nil {
		e.discloseIn(root(s.fn))
		return e.told.leaks[s.fn]
	}
	if sum := e.summaryOf(s); sum != nil {
		return sum.Leaks
	}
	return e.interfaceLeaks(s)
}

// finishDisclosures puts what is told in source order.
func (e *engine) finishDisclosures(res *Result) {
	res.Disclosures = e.told.list
	sort.SliceStable(res.Disclosures, func(i, j int) bool {
		return before(res.Disclosures[i].Pos, res.Disclosures[j].Pos, res.Disclosures[i].order, res.Disclosures[j].order)
	})
}
