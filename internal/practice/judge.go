package practice

import (
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// Judge judges observations. It is not changed by judging and may be used by
// several goroutines.
type Judge struct {
	Catalogue *rules.Catalogue
	// Messaging is set by the messaging profile: what only the providers'
	// documents ask for holds everywhere.
	Messaging bool
	// VPNHosts are hosts whose network is protected below TLS: names, "*.name"
	// for all names below one, addresses and ranges.
	VPNHosts []string
	// Enabled are the only rules to judge, all if empty.
	Enabled map[string]bool
	// Scope returns what was decided for a file; nil stands for nothing.
	Scope func(file string) *Scope
	// Locked reports whether nobody may silence a rule; nil stands for none.
	Locked func(rule string) bool
}

// Result is the outcome of judging.
type Result struct {
	Findings []finding.Finding
	// Protected counts the faults that are none because the network to their
	// host is declared to be protected.
	Protected int
}

// Findings returns the findings that the observations give, sorted. Severity,
// persona and absorbed ids are set; nothing is left out for its persona.
func (j *Judge) Findings(list []Observation) []finding.Finding { return j.Run(list).Findings }

// Run judges the observations: verdicts, their outcome by the rule's grades,
// absorption, and one finding for each fault.
func (j *Judge) Run(list []Observation) Result {
	c := &court{Judge: j}
	for _, o := range list {
		c.hear(o)
	}
	c.shared(list)
	found := c.absorb()
	finding.Sort(found)
	return Result{Findings: found, Protected: c.protected}
}

// court is a Judge at work on one list of observations.
type court struct {
	*Judge
	verdicts  []*verdict
	protected int
	here      *Scope // of the observation that is heard
}

// hear judges one observation.
func (c *court) hear(o Observation) {
	c.here = c.scope(observedIn(o.source()))
	switch o := o.(type) {
	case *Credential:
		c.credential(o)
	case *Request:
		c.request(o)
	case *TLS:
		c.tls(o)
	case *Connection:
		c.connection(o)
	case *Policy:
		c.policy(o)
	case *Storage:
		c.storage(o)
	case *Safelist:
		c.safelist(o)
	case *Token:
		c.token(o)
	case *Disclosure:
		c.disclosure(o)
	case *SecretMatch:
		c.secretMatch(o)
	case *Exposed:
		c.exposed(o)
	case *SecretFile:
		c.secretFile(o)
	case *BrokenLine:
		c.brokenLine(o)
	}
}

// verdict is one fault of one observation, before absorption.
type verdict struct {
	rule *rules.Rule
	src  *Source
	// onValue is set where a value is at fault, so that its literal is the
	// primary place.
	onValue  bool
	grades   []Grade
	message  string
	evidence map[string]string
	hash     string
	remedies []remedy
	absorbed []string
	// spot is where the value at fault is put to use, if that is another place
	// than the observation's.
	spot Spot
	// places are further ones that belong to the fault.
	places []finding.Location

	severity finding.Severity
	persona  finding.Persona
	// takesPatterns is set for a verdict on a literal, which a pattern rule's
	// match of the same literal says nothing new to.
	takesPatterns bool
}

// remedy is a remedy for one verdict, with what the practice knows of the change.
type remedy struct {
	name     Remedy
	from, to string
	at       finding.Location
}

// rule returns the rule of an id as far as the settings want it judged.
func (c *court) rule(id string) (*rules.Rule, bool) {
	if len(c.Enabled) > 0 && !c.Enabled[id] {
		return nil, false
	}
	return c.Catalogue.Rule(id)
}

// pass passes a verdict of a rule that has a page, and reports whether it
// stands: what its grades silence is dropped here, so that it absorbs nothing.
func (c *court) pass(id string, v verdict) bool {
	rule, ok := c.rule(id)
	if !ok {
		return false
	}
	v.rule = rule
	return c.enter(v)
}

// enter grades a verdict and keeps it unless its grades silence it.
func (c *court) enter(v verdict) bool {
	v.severity, v.persona = outcome(v.rule, v.grades)
	v.severity = v.regraded(c.scope(v.primary().File))
	if v.severity == finding.Off {
		return false
	}
	c.verdicts = append(c.verdicts, &v)
	return true
}

// threshold returns a threshold as the settings or the catalogue have it.
func (c *court) threshold(name string) int {
	if n, ok := c.here.Thresholds[name]; ok {
		return n
	}
	return c.Catalogue.Threshold(name).Value
}

// put returns a verdict on a value that is put to use at a place, as far as that
// lies in the unit under analysis.
func (v verdict) put(spot Spot) verdict {
	if !spot.At.IsZero() && spot.At.Package == "" {
		v.spot = spot
	}
	return v
}

// primary returns the place that a verdict is reported at.
func (v *verdict) primary() finding.Location {
	if v.onValue && !v.src.Origin.IsZero() || v.src.At.IsZero() {
		return v.src.Origin
	}
	if !v.spot.At.IsZero() {
		return v.spot.At
	}
	return v.src.At
}
