// Package authtls observes TLS configurations.
//
// # Analyzer authtls
//
// authtls: observe the versions and the peer checks of TLS configurations
//
// It judges weak-tls-version and tls-verify-off, the server default of a main
// module with an old go line included.
package authtls

import (
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// Analyzer observes TLS configurations; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name:             "authtls",
	Doc:              "observe the versions and the peer checks of TLS configurations\n\nweak-tls-version, tls-verify-off",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

// tls12 is the lowest version that is no finding.
const tls12 = 0x0303

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		var list []practice.Observation
		for _, o := range p.Flow.Objects {
			list = append(list, object(p, o)...)
		}
		return append(list, serverDefaults(p)...)
	})
}

// object returns what is observed of one object: a configuration, or a client
// with switches of its own.
func object(p *observe.Pass, o *flow.Object) []practice.Observation {
	var list []practice.Observation
	for _, aspect := range []struct {
		role string
		of   practice.TLSAspect
	}{{"min-version", practice.MinVersion}, {"max-version", practice.MaxVersion}} {
		if obs := bound(p, o, aspect.role, aspect.of); obs != nil {
			list = append(list, obs)
		}
	}
	if obs := unchecked(p, o); obs != nil {
		list = append(list, obs)
	} else if obs := inWords(p, o); obs != nil {
		list = append(list, obs)
	}
	for _, obs := range p.Commands(o) {
		if t, ok := obs.(*practice.TLS); ok {
			list = append(list, t)
		}
	}
	return list
}

// bound returns the last weak bound that is set on the object and not raised
// afterwards.
func bound(p *observe.Pass, o *flow.Object, role string, aspect practice.TLSAspect) *practice.TLS {
	var obs *practice.TLS
	for _, ev := range own(o, role) {
		v, ok := ev.Arg("value")
		if !ok {
			continue
		}
		weak, strong := split(v)
		if weak == 0 {
			if strong && !ev.Conditional {
				obs = nil // raised later
			}
			continue
		}
		if ev.Inherited && !ev.Filled() {
			continue // told where it is set
		}
		obs = &practice.TLS{Source: p.Source(ev.At, ev.Symbol, role, steps(v, ev), ev.Conditional), Role: side(p, o), Aspect: aspect, Version: weak, Use: ev.Text}
		if obs.Condition == practice.Always && (strong && !ev.ByChance("value") || v.FromOutside()) {
			obs.Condition = practice.Conditional
		}
	}
	return obs
}

// own returns the events of the object itself with the role.
func own(o *flow.Object, role string) []*flow.Event {
	var list []*flow.Event
	for _, ev := range o.Events {
		if ev.Role == role {
			list = append(list, ev)
		}
	}
	return list
}

// split returns the lowest version below TLS 1.2 that a value can have, and
// whether it can have a higher one.
func split(v flow.Value) (weak uint16, strong bool) {
	for _, alt := range v.Alts {
		text, ok := alt.Known()
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(text, 0, 16)
		switch {
		case err != nil || n == 0: // 0 is the default of the toolchain
		case n >= tls12:
			strong = true
		case weak == 0 || uint16(n) < weak:
			weak = uint16(n)
		}
	}
	return weak, strong
}

func steps(v flow.Value, ev *flow.Event) []finding.Step {
	if len(ev.Steps) > 0 {
		return ev.Steps
	}
	for _, alt := range v.Alts {
		if len(alt.Steps) > 0 {
			return observe.Steps(finding.Location{}, "version", alt, nil, ev.At, ev.Text)
		}
	}
	return nil
}

// unchecked returns the switched-off verification of the object, unless a
// callback of its own looks at the peer.
func unchecked(p *observe.Pass, o *flow.Object) *practice.TLS {
	var obs *practice.TLS
	for _, ev := range own(o, "skip-verify") {
		if ev.Inherited && !ev.Filled() && !chosen(o, ev) {
			continue
		}
		v, given := ev.Arg("value")
		if !given {
			obs = peer(p, o, ev, practice.Always) // a call that has no other meaning
			continue
		}
		on, off := switchStates(v)
		switch {
		case on && (off && !ev.ByChance("value") || v.FromOutside()):
			obs = peer(p, o, ev, practice.Conditional)
		case on:
			obs = peer(p, o, ev, practice.Always)
		case off && !v.FromOutside():
			if !ev.Conditional {
				obs = nil
			}
		case v.FromOutside():
			obs = peer(p, o, ev, practice.Configured)
		}
	}
	if obs == nil {
		return nil
	}
	switch always, sometimes := looksItself(o); {
	case always:
		return nil
	case sometimes && obs.Condition == practice.Always:
		obs.Condition = practice.Conditional
	}
	return obs
}

func switchStates(v flow.Value) (on, off bool) {
	for _, alt := range v.Alts {
		switch text, _ := alt.Known(); text {
		case "true":
			on = true
		case "false":
			off = true
		}
	}
	return on, off
}

func peer(p *observe.Pass, o *flow.Object, ev *flow.Event, c practice.Condition) *practice.TLS {
	at, use := asked(p, ev)
	obs := &practice.TLS{Source: p.Source(at, ev.Symbol, "skip-verify", ev.Steps, ev.Conditional), Role: side(p, o), Aspect: practice.PeerUnchecked, Use: use}
	if c != practice.Always {
		obs.Condition = c
	}
	if obs.Condition == practice.Always && isOption(ev.Symbol) {
		obs.Condition = practice.Conditional
	}
	return obs
}

// isOption reports whether a function offers to skip the check and says so by its
// name, so that callers decide: WithInsecure, SetSkipVerify.
func isOption(symbol string) bool {
	return shape.HasWord(symbol, "insecure", "skip", "unsafe", "unverified", "noverify") && shape.HasWord(symbol, "with", "set", "option", "allow", "enable")
}

// chosen reports whether a call asks a function by such a name, or an option
// that one makes, to switch the check off.
func chosen(o *flow.Object, ev *flow.Event) bool {
	if v, _ := ev.Arg("value"); !isTrue(v) {
		return false // as a setting decides
	}
	if len(ev.Steps) > 0 && isOption(ev.Steps[0].Text) {
		return true
	}
	for _, edit := range own(o, "edit") {
		v, ok := edit.Arg("callback")
		if !ok || !edit.Filled() || len(v.Alts) != 1 || len(v.Alts[0].Parts) != 1 || v.Alts[0].Parts[0].Kind != flow.Function {
			continue
		}
		name := v.Alts[0].Parts[0].Name
		if isOption(name[strings.LastIndexByte(name, '.')+1:]) && edit.Pos == ev.Pos {
			return true
		}
	}
	return false
}

func isTrue(v flow.Value) bool {
	text, ok := v.Known()
	return ok && text == "true"
}

// looksItself reports whether the object has a callback that looks at the peer,
// always or as a setting decides.
func looksItself(o *flow.Object) (always, sometimes bool) {
	for _, ev := range o.All("verify-callback") {
		v, _ := ev.Arg("callback")
		if known, ok := v.Known(); ok && known == "" || v.IsNil() {
			continue
		}
		switch {
		case isSuperficial(v):
		case v.AcceptsConditionally():
			sometimes = true
		case !v.AcceptsAll():
			always = true
		}
	}
	return always, sometimes
}

// side returns the side on which a configuration is used, by what refers to it.
func side(p *observe.Pass, o *flow.Object) practice.TLSRole {
	client, server := false, false
	for _, ref := range p.Flow.Referrers(o) {
		role, _ := ref.Event.Arg("role")
		switch word, _ := role.Known(); word {
		case "client":
			client = true
		case "server":
			server = true
		}
	}
	switch {
	case client && !server:
		return practice.ClientSide
	case server && !client:
		return practice.ServerSide
	}
	return practice.EitherSide
}
