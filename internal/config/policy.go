package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// Attempt is a setting that would loosen a policy and has no effect.
type Attempt struct {
	File    string // "" for a flag
	Line    int
	Key     string
	Message string
}

// Notice tells of the attempt.
func (a *Attempt) Notice() finding.Notice {
	at := a.File
	if a.Line > 0 {
		at = fmt.Sprintf("%s:%d", a.File, a.Line)
	}
	message := fmt.Sprintf("%s: %s", a.Key, a.Message)
	if at != "" {
		message = at + ": " + message
	}
	return finding.Notice{ID: "policy", Level: "warning", Message: message,
		Where: finding.Location{File: a.File, Line: a.Line, EndLine: a.Line}}
}

// Attempts are the settings that have no effect for the policy's sake.
func (c *Config) Attempts() []Attempt { return c.attempts }

// Policy returns the policy over the settings, nil without one.
func (c *Config) Policy() *Config { return c.policy }

// Locks reports whether a policy forbids to silence a rule.
func (c *Config) Locks(rule string) bool {
	if c.policy == nil {
		return false
	}
	locked := c.policy.file.Locked
	return len(locked) == 0 || slices.Contains(locked, rule)
}

// Under returns the settings below a policy: they may tighten it and never
// loosen it. What the policy does not say counts with its default.
func (c *Config) Under(policy *Config) (*Config, error) {
	catalogue, err := policy.Catalogue()
	if err != nil {
		return nil, err
	}
	own := *c
	own.policy, own.derived = policy, c.derived.fresh()
	m := merger{own: &own, policy: policy, catalogue: catalogue}
	for _, d := range decisions() {
		d.merge(&m)
	}
	for i := range c.file.Overrides {
		o := &c.file.Overrides[i]
		m.at = place{i + 1}
		m.knobs(o.Persona, o.FailOn, o.Rules.Skip, own.overrides[i+1].knobs)
	}
	own.attempts = m.attempts
	return &own, nil
}

// decision says what a policy makes of keys of the settings.
type decision struct {
	keys  string // as Keys has them, without names that users choose
	merge func(*merger)
}

// decisions are the decisions on all keys of a file. Keys of overrides are
// merged like those of the file.
func decisions() []decision {
	nothing := func(*merger) {}
	return []decision{
		{"persona fail-on rules.skip rules.severity thresholds", (*merger).everywhere},
		{"profile", func(m *merger) { m.own.Messaging = m.own.Messaging || m.policy.Messaging }},
		{"exclude", (*merger).exclude},
		{"rules.only", (*merger).only},
		{"hosts.transport", (*merger).hosts},
		{"extend.providers", func(m *merger) { m.refuseFiles("providers", m.own.file.Extend.Providers) }},
		{"extend.models", func(m *merger) { m.refuseFiles("models", m.own.file.Extend.Models) }},
		{"extend.secrets", nothing}, // rules are added; what allowlists in them silence is no locked rule's
		{"ignores.honour", func(m *merger) { // comments silence no locked rule in any case
			m.own.Honour = union(m.policy.Honour, m.own.Honour)
		}},
		{"locked", nothing}, // only a policy can have it
		{"files", nothing},  // the text of what extend names
		{"overrides.paths", nothing},
		{"overrides.persona overrides.fail-on overrides.rules.skip overrides.rules.severity overrides.thresholds", nothing}, // see Under
	}
}

// merger puts settings below a policy.
type merger struct {
	own, policy *Config
	catalogue   *rules.Catalogue
	at          place
	attempts    []Attempt
}

// refuse notes an attempt.
func (m *merger) refuse(message, element string, path ...string) {
	key := keyPath(path)
	if m.at.override > 0 {
		key = "overrides." + key
	}
	if flag := m.flag(element, path); flag != "" {
		m.attempts = append(m.attempts, Attempt{Key: flag, Message: message})
		return
	}
	line := 0
	if m.own.source != nil {
		line = m.at.line(m.own.source, path, element)
	}
	m.attempts = append(m.attempts, Attempt{File: m.own.name, Line: line, Key: key, Message: message})
}

// flag returns the flag that gave a setting, "" if the file did.
func (m *merger) flag(element string, path []string) string {
	f := &m.own.flags
	switch key := keyPath(path); {
	case m.at.override > 0:
	case key == "persona" && f.Persona != "", key == "fail-on" && f.FailOn != "":
		return "--" + key
	case key == "rules.only" && len(f.Rules.Only) > 0:
		return "--rules"
	case key == "rules.skip" && slices.Contains(f.Rules.Skip, element):
		return "--skip"
	}
	return ""
}

// everywhere merges, for all files, what overrides can change as well.
func (m *merger) everywhere() {
	f := &m.own.file
	var k knobs
	if len(m.own.overrides) > 0 {
		k = m.own.overrides[0].knobs
	}
	m.knobs(f.Persona, f.FailOn, f.Rules.Skip, k)
	merged := m.own.For("")
	m.own.Persona, m.own.FailOn = merged.Persona, merged.FailOn
	m.own.Skip = nil
	for _, id := range sortedKeys(merged.Disabled) {
		if merged.Disabled[id] {
			m.own.Skip = append(m.own.Skip, id)
		}
	}
	m.own.Severities, m.own.Thresholds = merged.Severities, merged.Thresholds
}

// knobs notes what For will not let pass.
func (m *merger) knobs(persona, failOn string, skip []string, k knobs) {
	policy := m.policy.For("")
	if k.persona != nil && *k.persona < policy.Persona {
		m.refuse(fmt.Sprintf("the policy is for %ss, %q shows less", policy.Persona, persona), "", "persona")
	}
	if k.failOn != nil && *k.failOn > policy.FailOn {
		m.refuse(fmt.Sprintf("under the policy findings fail from %q on, not only from %q", policy.FailOn, failOn), "", "fail-on")
	}
	for _, id := range skip {
		if m.own.Locks(id) && !policy.Disabled[id] {
			m.refuse(fmt.Sprintf("the policy locks rule %q", id), id, "rules", "skip")
		}
	}
	for _, id := range sortedKeys(k.severities) {
		if least := severityOf(m.catalogue, policy, id); m.own.Locks(id) && k.severities[id] < least && !policy.Disabled[id] {
			m.refuse(fmt.Sprintf("the policy locks rule %q at %q", id, least), "", "rules", "severity", id)
		}
	}
	for _, name := range sortedKeys(k.thresholds) {
		if goal := thresholdOf(m.catalogue, policy, name); looser(m.catalogue, name, k.thresholds[name], goal) {
			m.refuse(fmt.Sprintf("%d is looser than the policy's %d", k.thresholds[name], goal), "", "thresholds", name)
		}
	}
}

// exclude merges the files that are left out.
func (m *merger) exclude() {
	for _, pattern := range m.own.file.Exclude {
		if !slices.Contains(m.policy.Exclude, pattern) {
			m.refuse(fmt.Sprintf("the policy decides which files are left out: %q is read", pattern), pattern, "exclude")
		}
	}
	m.own.Exclude = m.policy.Exclude
}

// only merges the rules beside which no others report.
func (m *merger) only() {
	own, policy := m.own.file.Rules.Only, m.policy.Rules
	switch {
	case len(own) == 0:
		m.own.Rules = policy
		return
	case len(policy) > 0:
		m.own.Rules = union(policy, own)
		return
	}
	locked := m.policy.file.Locked
	m.own.Rules = union(locked, own)
	if len(locked) == 0 {
		m.own.Rules = nil
		m.refuse("the policy locks all rules", "", "rules", "only")
	} else if !slices.ContainsFunc(locked, func(id string) bool { return slices.Contains(own, id) }) || len(m.own.Rules) > len(own) {
		m.refuse("the policy locks "+strings.Join(locked, ", "), "", "rules", "only")
	}
}

// hosts merges the declarations on hosts.
func (m *merger) hosts() {
	for _, host := range sortedKeys(m.own.file.Hosts) {
		if m.policy.Hosts[host] != m.own.file.Hosts[host] {
			m.refuse("the policy decides which networks are protected", "", "hosts", host, "transport")
		}
	}
	m.own.Hosts = m.policy.Hosts
}

// refuseFiles refuses files that may change what is known already: a provider
// says to whom Basic is right, a model which function hides a credential.
func (m *merger) refuseFiles(kind string, names []string) {
	for _, name := range names {
		m.refuse(fmt.Sprintf("the policy decides on %s: %q is not read", kind, name), name, "extend", kind)
	}
}

// stricter returns the stricter of what holds for a file under the policy and
// what the settings make of it.
func (c *Config) stricter(policy, own *Scope) *Scope {
	out := *own
	out.Persona, out.FailOn = max(policy.Persona, own.Persona), min(policy.FailOn, own.FailOn)
	catalogue, err := c.policy.Catalogue()
	if err != nil {
		return policy // Under has told it
	}
	out.Disabled, out.Severities, out.Thresholds = maps.Clone(own.Disabled), maps.Clone(own.Severities), maps.Clone(own.Thresholds)
	for id := range own.Disabled {
		if c.Locks(id) && !policy.Disabled[id] {
			delete(out.Disabled, id)
		}
	}
	for id, severity := range own.Severities {
		if c.Locks(id) && severity < severityOf(catalogue, policy, id) {
			restore(out.Severities, policy.Severities, id)
		}
	}
	for name, value := range own.Thresholds {
		if looser(catalogue, name, value, thresholdOf(catalogue, policy, name)) {
			restore(out.Thresholds, policy.Thresholds, name)
		}
	}
	return &out
}

// restore sets an entry to what it is in another map, or deletes it.
func restore[V any](m, from map[string]V, key string) {
	if value, ok := from[key]; ok {
		m[key] = value
		return
	}
	delete(m, key)
}

// severityOf returns the severity of a rule where it is certain.
func severityOf(catalogue *rules.Catalogue, s *Scope, id string) finding.Severity {
	if own, ok := s.Severities[id]; ok {
		return own
	}
	rule, ok := catalogue.Rule(id)
	if !ok {
		rule = catalogue.SecretRule(id)
	}
	return rule.Grades["certain"].Severity
}

// thresholdOf returns the value of a threshold.
func thresholdOf(catalogue *rules.Catalogue, s *Scope, name string) int {
	if own, ok := s.Thresholds[name]; ok {
		return own
	}
	return catalogue.Threshold(name).Value
}

// looser reports whether a value of a threshold lets more pass than another.
func looser(catalogue *rules.Catalogue, name string, value, than int) bool {
	if catalogue.Threshold(name).AtMost {
		return value > than
	}
	return value < than
}

// union returns the ids of both lists, sorted, each once.
func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.SortFunc(all, cmp.Compare[string])
	return slices.Compact(all)
}

// checkRole returns an error for keys that only a policy can have.
func (c *Config) checkRole() error {
	if len(c.file.Locked) > 0 {
		return located(c.name, c.source, errors.Join(place{}.fault("only a policy can lock rules: give the file with --policy", "", "locked")))
	}
	return nil
}
