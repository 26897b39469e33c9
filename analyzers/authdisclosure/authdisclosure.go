// Package authdisclosure observes credentials that reach a log, an error, a
// response, a message, a token or a command line.
//
// # Analyzer authdisclosure
//
// authdisclosure: observe credentials that are told
//
// It judges credential-in-log, credential-in-error, credential-in-response,
// credential-in-message, credential-in-token and credential-on-command-line.
package authdisclosure

import (
	"go/token"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers/authconfig"
	"github.com/authlint/authlint/analyzers/internal/observe"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// Analyzer observes disclosures; its result is []finding.Finding.
var Analyzer = &analysis.Analyzer{
	Name: "authdisclosure",
	Doc: "observe credentials that are told\n\ncredential-in-log, credential-in-error, credential-in-response, " +
		"credential-in-message, credential-in-token, credential-on-command-line",
	URL:              "https://github.com/authlint/authlint",
	Run:              run,
	RunDespiteErrors: true,
	Requires:         []*analysis.Analyzer{authconfig.Analyzer, flow.Analyzer},
	ResultType:       reflect.TypeFor[[]finding.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	return observe.Run(pass, func(p *observe.Pass) []practice.Observation {
		var list []practice.Observation
		for _, d := range p.Flow.Disclosures {
			channel, ok := channels(d.Channel)
			if !ok {
				continue
			}
			for _, s := range d.Secrets {
				list = append(list, disclosed(p, d, s, channel))
			}
		}
		return append(list, switches(p)...)
	})
}

// channels returns the practice's word for a channel of the models.
func channels(word string) (practice.Channel, bool) {
	switch word {
	case "log":
		return practice.ToLog, true
	case "terminal":
		return practice.ToTerminal, true
	case "error":
		return practice.InError, true
	case "response":
		return practice.InResponse, true
	case "message":
		return practice.InMessage, true
	case "claims":
		return practice.InToken, true
	case "command":
		return practice.OnCommandLine, true
	}
	return 0, false
}

// disclosed returns the observation of one credential that a call tells.
func disclosed(p *observe.Pass, d *flow.Disclosure, s flow.Secret, channel practice.Channel) *practice.Disclosure {
	return &practice.Disclosure{
		Source:  p.Source(d.At, d.Symbol, d.Text+" "+s.Name, steps(d, s), d.Conditional),
		Channel: channel,
		Kind:    kind(s, channel),
		What:    s.What,
		InURL:   s.What == flow.PasswordInURL,
		Use:     d.Text,
		Certain: s.Certain,
		Fresh:   s.Fresh,
		Bare:    d.Bare && !isConfiguration(s),
		Whole:   s.Whole,
		Listed:  s.Listed,
	}
}

// isConfiguration reports whether a credential is told with all settings of the
// program, which nobody prints for its sake.
func isConfiguration(s flow.Secret) bool {
	return s.Settings || shape.HasWord(s.Whole, "config", "configs", "configuration", "conf", "cfg", "settings")
}

// kind returns the kind of a credential. A token in a message serves once, but for
// those that are made for programs.
func kind(s flow.Secret, channel practice.Channel) shape.Kind {
	if channel == practice.InMessage && s.Kind == shape.Token && shape.HasWord(s.Name, "api", "personal", "bot") {
		return shape.Key
	}
	return s.Kind
}

// steps returns the way of a credential from its origin to the place that tells it.
func steps(d *flow.Disclosure, s flow.Secret) []finding.Step {
	var list []finding.Step
	if !s.At.IsZero() {
		list = append(list, finding.Step{Kind: finding.Origin, Location: s.At, Text: s.What})
	}
	list = append(list, s.Steps...)
	list = append(list, d.Steps...)
	if len(d.Steps) == 0 {
		list = append(list, finding.Step{Kind: finding.Sink, Location: d.At, Text: d.Text})
	}
	if len(list) < 2 {
		return nil
	}
	return list
}

// switches returns the observations of debug switches on what carries credentials.
func switches(p *observe.Pass) []practice.Observation {
	var list []practice.Observation
	for _, o := range p.Flow.Objects {
		list = append(list, debugged(p, o)...)
		if o.Kind == "command" {
			list = append(list, command(p, o)...)
		}
	}
	return list
}

// isOffered reports whether a library only offers its users to switch something
// on for an object of the package: an exported function that somebody may call.
func isOffered(p *observe.Pass, o *flow.Object, ev *flow.Event) bool {
	return o.Symbol == "" && p.Pkg.Name() != "main" && token.IsExported(ev.Symbol)
}

// debugged returns the observations of an object whose library is told to log
// what it sends.
func debugged(p *observe.Pass, o *flow.Object) []practice.Observation {
	var list []practice.Observation
	for _, ev := range o.Events {
		if ev.Role != "debug" || ev.Inherited && !ev.Filled() {
			continue
		}
		value, given := ev.Arg("value")
		if text, known := value.Known(); given && known && text != "true" {
			continue
		}
		if writer, ok := ev.Arg("writer"); ok && (writer.IsNil() || writer.HasRole("nowhere")) || isOffered(p, o, ev) {
			continue
		}
		if shows, ok := ev.Arg("shows"); ok {
			if text, _ := shows.Known(); text == "url" {
				list = append(list, shownURLs(p, o, ev)...)
			}
			continue
		}
		carried, ok := carries(p, o)
		if !ok {
			continue
		}
		obs := &practice.Disclosure{
			Source:   p.Source(ev.At, ev.Symbol, "debug", ev.Steps, ev.Conditional),
			Channel:  practice.ToLog,
			Kind:     carried.kind,
			What:     carried.what,
			Use:      ev.Text,
			Certain:  true,
			Debug:    true,
			Provider: o.Provider,
		}
		if given && value.FromOutside() {
			obs.Condition = practice.Configured
		}
		list = append(list, obs)
	}
	return list
}
