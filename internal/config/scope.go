package config

import (
	"maps"
	"path/filepath"
	"sync"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/walk"
	"github.com/authlint/authlint/rules"
)

// Scope is what holds for a file.
type Scope struct {
	practice.Scope
	Persona finding.Persona
	FailOn  finding.Severity
}

// derived is what is made of the settings when it is first asked for.
type derived struct {
	overrides  []override
	extensions extensions
	exclude    func() *walk.Patterns
	catalogue  func() (*rules.Catalogue, error)
	shared     *sync.Map // by key
	scopes     sync.Map  // of files, by name
}

// fresh returns what does not depend on where files lie.
func (d *derived) fresh() *derived {
	if d == nil { // of settings that nobody read
		return &derived{shared: new(sync.Map)}
	}
	return &derived{overrides: d.overrides, extensions: d.extensions, exclude: d.exclude, catalogue: d.catalogue, shared: d.shared}
}

// override is an override ready for use.
type override struct {
	files *walk.Patterns
	knobs knobs
}

// compile makes the derived settings.
func (c *Config) compile(base knobs) []error {
	var errs []error
	c.derived = &derived{overrides: []override{{knobs: base}}, shared: new(sync.Map)}
	for i := range c.file.Overrides {
		o := &c.file.Overrides[i]
		at := place{i + 1}
		if len(o.Paths) == 0 {
			errs = append(errs, at.fault("an override needs patterns of the files that it is for", "", "paths"))
		}
		if o.empty() {
			errs = append(errs, at.fault("an override changes nothing", ""))
		}
		k, wrong := knobsOf(o.Persona, o.FailOn, o.Rules.Skip, o.Rules.Severity, o.Thresholds, at)
		errs = append(errs, wrong...)
		c.overrides = append(c.overrides, override{walk.NewPatterns(o.Paths), k})
	}
	patterns := c.Exclude
	c.exclude = sync.OnceValue(func() *walk.Patterns { return walk.NewPatterns(patterns) })
	return errs
}

// For returns what holds for a file: its absolute path, or one relative to Root.
func (c *Config) For(file string) *Scope {
	if c.policy == nil && len(c.overrides) < 2 {
		file = "" // the same everywhere
	}
	if known, ok := c.scopes.Load(file); ok {
		return known.(*Scope)
	}
	made := c.scopeOf(file)
	if c.policy != nil {
		policy := c.policy.For(file)
		made = c.stricter(policy, c.fold(file, policy)) // what it leaves open is as the policy has it
	}
	known, _ := c.scopes.LoadOrStore(file, made)
	return known.(*Scope)
}

// scopeOf returns what holds for a file without a policy.
func (c *Config) scopeOf(file string) *Scope {
	s := &Scope{Persona: c.Persona, FailOn: c.FailOn}
	s.Thresholds, s.Severities = c.Thresholds, c.Severities
	s.Disabled = setOf(c.Skip)
	if len(c.overrides) < 2 {
		return s
	}
	for _, o := range c.overrides[1:] {
		s = o.over(s, c.relative(file))
	}
	return s
}

// fold returns what holds for a file on top of what holds otherwise.
func (c *Config) fold(file string, s *Scope) *Scope {
	for _, o := range c.overrides {
		s = o.over(s, c.relative(file))
	}
	return s
}

// over returns the scope with the override over it, if it is for the file.
func (o *override) over(s *Scope, file string) *Scope {
	if o.files != nil && (file == "" || !o.files.Match(file)) {
		return s
	}
	next := *s
	next.Disabled, next.Severities, next.Thresholds = maps.Clone(s.Disabled), maps.Clone(s.Severities), maps.Clone(s.Thresholds)
	if o.knobs.persona != nil {
		next.Persona = *o.knobs.persona
	}
	if o.knobs.failOn != nil {
		next.FailOn = *o.knobs.failOn
	}
	for id, severity := range o.knobs.severities {
		put(&next.Severities, id, severity)
		delete(next.Disabled, id)
		if severity == finding.Off {
			put(&next.Disabled, id, true)
		}
	}
	for _, id := range o.knobs.skip {
		put(&next.Disabled, id, true)
	}
	for name, value := range o.knobs.thresholds {
		put(&next.Thresholds, name, value)
	}
	return &next
}

// put sets an entry of a map that may be nil.
func put[V any](m *map[string]V, key string, value V) {
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = value
}

// relative returns a file's path relative to what patterns are relative to, with
// slashes, and "" if it does not lie below.
func (c *Config) relative(file string) string {
	if file == "" || c.Base == "" && !filepath.IsAbs(file) {
		return filepath.ToSlash(file)
	}
	if !filepath.IsAbs(file) {
		if c.Root == c.Base || c.Root == "" {
			return filepath.ToSlash(file)
		}
		file = filepath.Join(c.Root, filepath.FromSlash(file))
	}
	relative, err := filepath.Rel(c.Base, file)
	if err != nil || !filepath.IsLocal(relative) {
		return ""
	}
	return filepath.ToSlash(relative)
}

// HasPatterns reports whether the settings are not the same for all files.
func (c *Config) HasPatterns() bool {
	return len(c.Exclude) > 0 || len(c.overrides) > 1 || c.policy != nil && c.policy.HasPatterns()
}

// Excludes reports whether a file is left out.
func (c *Config) Excludes(file string) bool {
	if c.policy != nil {
		return c.policy.Excludes(file)
	}
	if len(c.Exclude) == 0 {
		return false
	}
	relative := c.relative(file)
	return relative != "" && c.exclude().Match(relative)
}

// ExcludeBase returns the folder that the patterns of Exclude are relative to.
func (c *Config) ExcludeBase() string {
	if c.policy != nil {
		return c.policy.Base
	}
	return c.Base
}

// WithoutExclude returns the settings for a run over files that are chosen.
func (c *Config) WithoutExclude() *Config {
	all := *c
	all.Exclude = nil
	if c.policy != nil {
		all.policy = c.policy.WithoutExclude()
	}
	return &all
}

// Shows reports whether the persona in force wants to see a finding.
func (c *Config) Shows(f *finding.Finding) bool {
	if c.policy == nil && len(c.overrides) < 2 {
		return f.Persona <= c.Persona
	}
	return f.Persona <= c.For(f.Primary.File).Persona
}

// Fails reports whether a finding fails a run: one that is shown, not silenced,
// and severe enough. A note never does.
func (c *Config) Fails(f *finding.Finding) bool {
	if f.Suppressed != nil || !c.Shows(f) || f.Severity <= finding.Note {
		return false
	}
	if c.policy == nil && len(c.overrides) < 2 {
		return f.Severity >= c.FailOn
	}
	return f.Severity >= c.For(f.Primary.File).FailOn
}

// Judge returns the judge that these settings ask for.
func (c *Config) Judge(catalogue *rules.Catalogue) *practice.Judge {
	j := &practice.Judge{
		Catalogue: catalogue,
		Messaging: c.Messaging,
		Enabled:   setOf(c.Rules),
		Scope:     func(file string) *practice.Scope { return &c.For(file).Scope },
	}
	if c.policy != nil {
		j.Locked = c.Locks
	}
	for _, host := range sortedKeys(c.Hosts) {
		if c.Hosts[host].Transport == VPN {
			j.VPNHosts = append(j.VPNHosts, host)
		}
	}
	return j
}

// Shared returns what make returns on the first call with this key: it is for
// what is costly and depends on the settings.
func (c *Config) Shared(key any, make func() any) any {
	value, ok := c.shared.Load(key)
	if !ok {
		value, _ = c.shared.LoadOrStore(key, sync.OnceValue(make))
	}
	return value.(func() any)()
}

// setOf returns the ids as a set.
func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
