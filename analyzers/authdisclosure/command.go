package authdisclosure

import (
	"strings"

	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// argument is one argument of a command as far as its text is known.
type argument struct {
	text  string
	known bool
	at    finding.Location
	ev    *flow.Event
}

// command returns the observations of literal credentials in the arguments of a
// command. Those from variables are disclosures of the flow engine.
func command(p *observe.Pass, o *flow.Object) []practice.Observation {
	var args []argument
	for _, ev := range o.Events {
		if ev.Role != "argument" || ev.Inherited {
			continue
		}
		v, _ := ev.Arg("value")
		a := argument{ev: ev, at: ev.At}
		a.text, a.known = v.Known()
		if len(v.Alts) == 1 {
			if at := v.Alts[0].Origin(); !at.IsZero() && at.Package == "" {
				a.at = at
			}
		}
		args = append(args, a)
	}
	if len(args) == 0 || !args[0].known {
		return nil
	}
	name, rest := args[0].text, args[1:]
	if script, ok := shellScript(name, rest); ok {
		name, rest = script[0].text, script[1:]
	}
	options := p.Catalogue.Commands().Options(name)
	var list []practice.Observation
	for i, a := range rest {
		before := ""
		if i > 0 {
			before = rest[i-1].text
		}
		option, secret, kind := argumentSecret(options, a.text, before)
		if !a.known || secret == "" || !credible(p, secret, kind) {
			continue
		}
		list = append(list, literalArgument(p, o, a, option, secret, kind))
	}
	return list
}

// literalArgument returns the observation of one literal credential.
func literalArgument(p *observe.Pass, o *flow.Object, a argument, option, secret string, kind shape.Kind) *practice.Disclosure {
	what := "a literal argument"
	if option != "" {
		what = "the value of " + option
	}
	obs := &practice.Disclosure{
		Source:  p.Source(a.ev.At, a.ev.Symbol, option, nil, a.ev.Conditional),
		Channel: practice.OnCommandLine,
		Kind:    kind,
		What:    what,
		Use:     a.ev.Text,
		Certain: true,
		Literal: true,
		Value:   practice.ValueOf(p.Catalogue, secret),
	}
	obs.Redact = append(obs.Redact, a.at)
	return obs
}

// credible reports whether a text can be a credential.
func credible(p *observe.Pass, text string, kind shape.Kind) bool {
	return shape.Credible(practice.ValueOf(p.Catalogue, text), kind, true)
}

// shellScript returns the words of a command that a shell is given as a text.
func shellScript(name string, args []argument) ([]argument, bool) {
	switch name[strings.LastIndexAny(name, `/\`)+1:] {
	case "sh", "bash", "zsh", "dash", "ash":
	default:
		return nil, false
	}
	if len(args) < 2 || args[0].text != "-c" || !args[1].known {
		return nil, false
	}
	var words []argument
	for _, w := range strings.Fields(args[1].text) {
		words = append(words, argument{strings.Trim(w, `"'`), true, args[1].at, args[1].ev})
	}
	return words, len(words) > 0
}

// argumentSecret returns the credential that an argument is or holds, by its
// option and the one before it.
func argumentSecret(options rules.CommandOptions, text, before string) (option, secret string, kind shape.Kind) {
	if option, value, ok := strings.Cut(text, "="); ok && strings.HasPrefix(option, "-") {
		if kind := shape.OfName(strings.TrimLeft(option, "-")); kind != shape.None {
			return option, value, kind
		}
	}
	for _, o := range append(options.Attached[:len(options.Attached):len(options.Attached)], options.With...) {
		if value, ok := strings.CutPrefix(text, o); ok && value != "" && !strings.HasPrefix(text, "--") {
			return o, value, shape.Password
		}
	}
	for _, o := range append(options.Next[:len(options.Next):len(options.Next)], options.With...) {
		if before == o {
			return o, text, shape.Password
		}
	}
	for _, o := range options.Pair {
		if before == o {
			_, password, _ := strings.Cut(text, ":")
			return o, password, shape.Password
		}
	}
	if strings.HasPrefix(before, "--") && !strings.Contains(before, "=") && !strings.HasPrefix(text, "-") {
		if kind := shape.OfName(strings.TrimLeft(before, "-")); kind != shape.None {
			return before, text, kind
		}
	}
	if v := shape.Of(text); v.Form == shape.UserInfoURL {
		_, _, password, _ := shape.Split(text)
		return "", password, shape.Password
	}
	return "", "", shape.None
}
