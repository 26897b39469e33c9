package secrets

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/tomlfile"
	"github.com/authlint/authlint/rules"
)

// configFile is a configuration in gitleaks' format.
type configFile struct {
	Title       string                 `toml:"title"`
	Description string                 `toml:"description"`
	MinVersion  string                 `toml:"minVersion"`
	Extend      extendTable            `toml:"extend"`
	Rules       []configRule           `toml:"rules"`
	Allowlist   *rules.SecretAllowlist `toml:"allowlist"` // the older form of one
	Allowlists  []globalAllowlist      `toml:"allowlists"`
}

// extendTable says what a configuration builds upon.
type extendTable struct {
	Path          string   `toml:"path"`
	URL           string   `toml:"url"`
	UseDefault    bool     `toml:"useDefault"`
	DisabledRules []string `toml:"disabledRules"`
}

// configRule is a rule with the older form of its allowlist.
type configRule struct {
	rules.SecretRule
	Allowlist *rules.SecretAllowlist `toml:"allowlist"`
}

// globalAllowlist is an allowlist for all rules, or for those it names.
type globalAllowlist struct {
	rules.SecretAllowlist
	TargetRules []string `toml:"targetRules"`
}

// ruleSet is a configuration as far as it is merged: rules in order, each id once.
type ruleSet struct {
	rules      []rules.SecretRule
	allowlists []rules.SecretAllowlist
	// targeted are added to the rules they name when everything is merged.
	targeted []targetedAllowlist
	places   map[string]place // of the user's rules, by id
	whole    place            // of what the user's configuration does as a whole
	// loosening are the user's allowlists for more than one rule.
	loosening []loosening
}

// place is where a rule or an allowlist stands, for errors; nothing is looked up
// before there is one.
type place struct {
	file string
	line func() int
}

// fault returns an error at the place.
func (p place) fault(format string, args ...any) error {
	line := 0
	if p.line != nil {
		line = p.line()
	}
	return &tomlfile.Error{File: p.file, Line: line, Message: fmt.Sprintf(format, args...)}
}

// targetedAllowlist is a global allowlist for some rules.
type targetedAllowlist struct {
	allowlist rules.SecretAllowlist
	ids       []string
	place     place
}

// index returns where the rule of this id is, or -1.
func (s *ruleSet) index(id string) int {
	for i := range s.rules { // they are too large to be handed about
		if s.rules[i].ID == id {
			return i
		}
	}
	return -1
}

// maxExtend is how many configurations may build upon each other.
const maxExtend = 3

// loader reads configurations.
type loader struct {
	packs []rules.SecretRule
	open  func(path string) ([]byte, error)
}

// standard returns gitleaks' default rules and the packs.
func (l *loader) standard() (*ruleSet, error) {
	set, err := standardConfig()
	if err != nil {
		return nil, err
	}
	set.join(l.packs)
	return &set.ruleSet, nil
}

// load reads a user's configuration with all it builds upon. The packs are part
// of every configuration, but for the rules that it disables.
func (l *loader) load(name string, data []byte) (*ruleSet, error) {
	set, err := l.extended(name, data, 1)
	if err != nil {
		return nil, err
	}
	if !set.withPacks {
		packs := slices.DeleteFunc(slices.Clone(l.packs), func(r rules.SecretRule) bool {
			return slices.Contains(set.disabled, r.ID)
		})
		set.join(packs)
	}
	return &set.ruleSet, set.finish()
}

// extended reads a configuration and what it builds upon, but does not finish it.
func (l *loader) extended(name string, data []byte, depth int) (*userSet, error) {
	own, err := parseConfig(name, data, false)
	if err != nil {
		return nil, err
	}
	var base *ruleSet
	switch {
	case own.extend.URL != "":
		return nil, own.extendPlace.fault("extend.url is not supported: nothing is fetched")
	case own.extend.UseDefault && own.extend.Path != "":
		return nil, own.extendPlace.fault("extend.useDefault and extend.path exclude each other")
	case own.extend.UseDefault:
		base, err = l.standard()
		own.withPacks = true
	case own.extend.Path != "":
		base, err = l.follow(own, depth)
	default:
		return own, nil
	}
	if err != nil {
		return nil, err
	}
	for _, id := range own.disabled {
		if base.index(id) < 0 && !slices.ContainsFunc(l.packs, func(r rules.SecretRule) bool { return r.ID == id }) {
			return nil, own.extendPlace.fault("disabled rule %q does not exist", id)
		}
	}
	base.rules = slices.DeleteFunc(base.rules, func(r rules.SecretRule) bool { return slices.Contains(own.disabled, r.ID) })
	own.override(base)
	return own, nil
}

// follow reads the configuration that own builds upon by path.
func (l *loader) follow(own *userSet, depth int) (*ruleSet, error) {
	fail := func(err error) (*ruleSet, error) { return nil, own.extendPlace.fault("extend.path: %v", err) }
	if depth == maxExtend {
		return fail(fmt.Errorf("more than %d files build upon each other", maxExtend))
	}
	if l.open == nil {
		return fail(errors.New("no other file can be read here"))
	}
	data, err := l.open(own.extend.Path)
	if err != nil {
		return fail(err)
	}
	base, err := l.extended(own.extend.Path, data, depth+1)
	if err != nil {
		return nil, err
	}
	own.withPacks = base.withPacks
	own.targeted = append(own.targeted, base.targeted...)
	return &base.ruleSet, nil
}

// userSet is a configuration on its way.
type userSet struct {
	ruleSet
	extend      extendTable
	extendPlace place
	disabled    []string
	withPacks   bool
}

// parseConfig reads one file and checks all that can be checked without the
// files it builds upon. The built-in file is not checked: a test does that.
func parseConfig(name string, data []byte, builtIn bool) (*userSet, error) {
	var f configFile
	if err := tomlfile.Decode(name, data, &f); err != nil {
		return nil, err
	}
	return f.userSet(name, string(data), builtIn)
}

// userSet checks what a file says.
func (f *configFile) userSet(name, text string, builtIn bool) (*userSet, error) {
	check := checker{name: name, text: text, builtIn: builtIn}
	set := &userSet{extend: f.Extend, disabled: f.Extend.DisabledRules, extendPlace: check.table("extend")}
	set.places, set.whole = make(map[string]place, len(f.Rules)), set.extendPlace
	set.rules = make([]rules.SecretRule, 0, len(f.Rules))
	for i := range f.Rules {
		r := &f.Rules[i]
		_, again := set.places[r.ID]
		set.places[r.ID] = check.key("rules", i, "id")
		set.rules = append(set.rules, check.rule(i, r, again))
	}
	if f.Allowlist != nil {
		at := check.table("allowlist")
		if len(f.Allowlists) > 0 {
			check.add(at, "[allowlist] and [[allowlists]] exclude each other")
		}
		check.allowlist(at, "", f.Allowlist)
		set.loosening = append(set.loosening, loosening{at, "an allowlist hides nothing of the rules that the policy locks"})
		set.allowlists = append(set.allowlists, *f.Allowlist)
	}
	for i := range f.Allowlists {
		a := &f.Allowlists[i]
		at := check.key("allowlists", i, "description")
		check.allowlist(at, "", &a.SecretAllowlist)
		if len(a.TargetRules) == 0 {
			set.loosening = append(set.loosening, loosening{at, "an allowlist hides nothing of the rules that the policy locks"})
			set.allowlists = append(set.allowlists, a.SecretAllowlist)
			continue
		}
		set.targeted = append(set.targeted, targetedAllowlist{a.SecretAllowlist, a.TargetRules, at})
	}
	return set, errors.Join(check.faults...)
}

// join adds the rules that s has not.
func (s *ruleSet) join(more []rules.SecretRule) {
	known := make(map[string]bool, len(s.rules)+len(more))
	for i := range s.rules {
		known[s.rules[i].ID] = true
	}
	for i := range more {
		if r := &more[i]; !known[r.ID] {
			known[r.ID] = true
			s.rules = append(s.rules, *r)
		}
	}
}

// override puts s upon base: a rule that both have is the base's with what s
// gives it. gitleaks drops the parts that such a rule requires; here they count.
func (s *userSet) override(base *ruleSet) {
	merged := base.rules
	for _, own := range s.rules {
		at := base.index(own.ID)
		if at < 0 {
			merged = append(merged, own)
			continue
		}
		merged[at] = overrideRule(merged[at], own)
	}
	s.rules = merged
	for id, at := range base.places {
		if _, ok := s.places[id]; !ok {
			s.places[id] = at
		}
	}
	s.allowlists = append(s.allowlists, base.allowlists...)
}

// overrideRule returns base with everything that own says.
func overrideRule(base, own rules.SecretRule) rules.SecretRule {
	replace(&base.Description, own.Description)
	replace(&base.Regex, own.Regex)
	replace(&base.Path, own.Path)
	replace(&base.Advice, own.Advice)
	replace(&base.Entropy, own.Entropy)
	replace(&base.SecretGroup, own.SecretGroup)
	replace(&base.SkipReport, own.SkipReport)
	replace(&base.Generic, own.Generic)
	base.Tags = slices.Concat(base.Tags, own.Tags)
	base.Keywords = slices.Concat(base.Keywords, own.Keywords)
	base.Allowlists = slices.Concat(base.Allowlists, own.Allowlists)
	base.Required = slices.Concat(base.Required, own.Required)
	return base
}

// replace sets into to value unless that is empty.
func replace[T comparable](into *T, value T) {
	var none T
	if value != none {
		*into = value
	}
}

// finish adds the targeted allowlists and checks what needs all rules.
func (s *userSet) finish() error {
	var faults []error
	for _, t := range s.targeted {
		for _, id := range t.ids {
			at := s.index(id)
			if at < 0 {
				faults = append(faults, t.place.fault("target rule %q does not exist", id))
				continue
			}
			s.rules[at].Allowlists = slices.Concat(s.rules[at].Allowlists, []rules.SecretAllowlist{t.allowlist})
		}
	}
	for _, r := range s.rules {
		fail := func(format string, args ...any) {
			faults = append(faults, s.places[r.ID].fault(format, args...))
		}
		if r.Regex == "" && r.Path == "" {
			fail("rule %q has neither regex nor path", r.ID)
		}
		if re, err := regexp.Compile(r.Regex); err == nil && r.SecretGroup > re.NumSubexp() {
			fail("rule %q has no group %d", r.ID, r.SecretGroup)
		}
		for _, part := range r.Required {
			if s.index(part.ID) < 0 {
				fail("rule %q requires %q, which does not exist", r.ID, part.ID)
			}
		}
	}
	return errors.Join(faults...)
}

// checker collects the faults of one file.
type checker struct {
	name    string
	text    string
	builtIn bool
	faults  []error
}

// table returns the place of a table.
func (c *checker) table(name string) place {
	return place{c.name, func() int { return tomlfile.LineOf([]byte(c.text), []string{name}, "") }}
}

// key returns the place of a key in the n-th table of an array, or of the table
// if it has no such key.
func (c *checker) key(table string, n int, key string) place {
	return place{c.name, func() int { return tomlfile.LineIn([]byte(c.text), table, n, key) }}
}

// add adds a fault.
func (c *checker) add(at place, format string, args ...any) {
	c.faults = append(c.faults, at.fault(format, args...))
}

// rule checks the n-th rule, whose id may have been there again, and returns it
// with the older form of its allowlist turned into the newer.
func (c *checker) rule(n int, r *configRule, again bool) rules.SecretRule {
	id := c.key("rules", n, "id")
	if strings.TrimSpace(r.ID) == "" {
		c.add(id, "a rule has no id")
	}
	if again {
		c.add(id, "rule %q is there twice", r.ID)
	}
	c.expression(c.key("rules", n, "regex"), r.ID, r.Regex)
	c.expression(c.key("rules", n, "path"), r.ID, r.Path)
	if r.Allowlist != nil {
		if len(r.Allowlists) > 0 {
			c.add(id, "rule %q: [rules.allowlist] and [[rules.allowlists]] exclude each other", r.ID)
		}
		r.Allowlists = append(r.Allowlists, *r.Allowlist)
	}
	for i := range r.Allowlists {
		c.allowlist(id, r.ID, &r.Allowlists[i])
	}
	for _, part := range r.Required {
		if part.ID == "" {
			c.add(id, "rule %q requires a rule without id", r.ID)
		}
	}
	r.File = c.name
	return r.SecretRule
}

// allowlist checks one allowlist, of a rule or, with an empty id, of all.
func (c *checker) allowlist(at place, id string, a *rules.SecretAllowlist) {
	if c.builtIn {
		return
	}
	if len(a.Commits)+len(a.Paths)+len(a.Regexes)+len(a.Stopwords) == 0 {
		c.add(at, "an allowlist has neither commits, paths, regexes nor stopwords")
	}
	if _, ok := conditionOf(a.Condition); !ok {
		c.add(at, "allowlist condition %q is neither AND nor OR", a.Condition)
	}
	switch a.RegexTarget {
	case "", "secret", "match", "line":
	default:
		c.add(at, "allowlist regexTarget %q is neither secret, match nor line", a.RegexTarget)
	}
	for _, expression := range slices.Concat(a.Paths, a.Regexes) {
		c.expression(at, id, expression)
	}
	// gitleaks joins them, and so does the engine.
	c.expression(at, id, joined(a.Paths))
	c.expression(at, id, joined(a.Regexes))
}

// expression checks one regular expression.
func (c *checker) expression(at place, id, text string) {
	if c.builtIn {
		return
	}
	if _, err := regexp.Compile(text); err != nil {
		if id != "" {
			id = fmt.Sprintf("rule %q: ", id)
		}
		c.add(at, "%s%s", id, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
}
