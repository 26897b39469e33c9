package config

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/rules"
)

// Value is one value in force and where it comes from.
type Value struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Origin string `json:"origin"` // default, file:line, --flag
	// Paths are the patterns of the files that it is for, none for all.
	Paths []string `json:"paths,omitempty"`
}

// Describe returns every value in force with its origin, in the order of the
// keys. Numbers of the catalogue are told with those who ask for them.
func (c *Config) Describe() ([]Value, error) {
	catalogue, err := c.Catalogue()
	if err != nil {
		return nil, err
	}
	d := describer{c: c, catalogue: catalogue}
	d.add(c.Persona.String(), "persona")
	if c.Messaging {
		d.add(Messaging, "profile")
	}
	d.add(c.FailOn.String(), "fail-on")
	d.list(c.Exclude, "exclude")
	d.list(c.Rules, "rules", "only")
	for _, id := range c.Skip {
		if s, ok := c.Severities[id]; !ok || s != finding.Off {
			d.element(id, "rules", "skip")
		}
	}
	for _, id := range sortedKeys(c.Severities) {
		d.add(c.Severities[id].String(), "rules", "severity", id)
	}
	for _, name := range slices.Sorted(slices.Values(catalogue.ThresholdNames())) {
		d.threshold(name)
	}
	for _, host := range sortedKeys(c.Hosts) {
		d.add(c.Hosts[host].Transport, "hosts", host, "transport")
	}
	d.list(c.Honour, "ignores", "honour")
	d.files()
	if c.policy != nil {
		d.locked()
		d.overrides(c.policy)
	}
	d.overrides(c)
	return d.values, nil
}

// describer collects values.
type describer struct {
	c         *Config
	catalogue *rules.Catalogue
	values    []Value
}

// add adds the value of a key.
func (d *describer) add(value string, path ...string) { d.value(value, "", path) }

// element adds an element of a list.
func (d *describer) element(value string, path ...string) { d.value(value, value, path) }

// list adds the elements of a list.
func (d *describer) list(values []string, path ...string) {
	for _, v := range values {
		d.element(v, path...)
	}
}

// value adds a value with its origin.
func (d *describer) value(value, element string, path []string) {
	d.values = append(d.values, Value{Key: keyPath(path), Value: value, Origin: d.origin(value, element, path)})
}

// origin returns where a value comes from: what has been refused is not it.
func (d *describer) origin(value, element string, path []string) string {
	m := merger{own: d.c, policy: d.c.policy}
	if flag := m.flag(element, path); flag != "" && !d.c.refused(flag) {
		return flag
	}
	key := keyPath(path)
	for _, c := range []*Config{d.c, d.c.policy} {
		if c == nil || c.source == nil || c == d.c && d.c.refused(key) && element == "" {
			continue
		}
		if given, ok := c.given(element, path); ok {
			return given
		}
	}
	if d.c.policy != nil {
		return "default, which the policy leaves as it is"
	}
	return "default"
}

// refused reports whether a key, or a flag, has no effect for the policy's sake.
func (c *Config) refused(key string) bool {
	return slices.ContainsFunc(c.attempts, func(a Attempt) bool { return a.Key == key })
}

// given returns the place in the settings' file that gives a value.
func (c *Config) given(element string, path []string) (string, bool) {
	line := exactLine(c.source, place{}, path, element)
	if line == 0 || element != "" && !c.has(element, path) {
		return "", false
	}
	return fmt.Sprintf("%s:%d", c.name, line), true
}

// has reports whether a list of the file has an element.
func (c *Config) has(element string, path []string) bool {
	f := &c.file
	switch keyPath(path) {
	case "exclude":
		return slices.Contains(f.Exclude, element)
	case "rules.only":
		return slices.Contains(f.Rules.Only, element)
	case "rules.skip":
		return slices.Contains(f.Rules.Skip, element)
	case "ignores.honour":
		return slices.Contains(f.Ignores.Honour, element)
	case "locked":
		return slices.Contains(f.Locked, element)
	}
	return true
}

// threshold adds a number that practices are judged by.
func (d *describer) threshold(name string) {
	value, own := d.c.Thresholds[name]
	if !own {
		t := d.catalogue.Threshold(name)
		d.values = append(d.values, Value{Key: "thresholds." + name, Value: strconv.Itoa(t.Value), Origin: "default (" + t.Source + ")"})
		return
	}
	d.add(strconv.Itoa(value), "thresholds", name)
}

// files adds the files that extend the catalogue.
func (d *describer) files() {
	e := &d.c.file.Extend
	lists := []struct {
		key   string
		names []string
	}{{"providers", e.Providers}, {"models", e.Models}, {"secrets", e.Secrets}}
	for _, l := range lists {
		for _, name := range l.names {
			if d.c.policy == nil || l.key == "secrets" {
				d.element(name, "extend", l.key)
			}
		}
	}
}

// locked adds the rules that the policy locks.
func (d *describer) locked() {
	list := d.c.policy.file.Locked
	if len(list) == 0 {
		d.values = append(d.values, Value{Key: "locked", Value: "all rules", Origin: d.c.policy.name})
		return
	}
	d.list(list, "locked")
}

// overrides adds what holds for some files only.
func (d *describer) overrides(c *Config) {
	for i := range c.file.Overrides {
		o, at := &c.file.Overrides[i], place{i + 1}
		add := func(value, element string, path ...string) {
			origin := c.name
			if line := exactLine(c.source, at, path, element); line > 0 {
				origin = fmt.Sprintf("%s:%d", c.name, line)
			}
			if slices.ContainsFunc(d.c.attempts, func(a Attempt) bool {
				return a.Key == "overrides."+keyPath(path) && origin == fmt.Sprintf("%s:%d", a.File, a.Line)
			}) {
				return
			}
			d.values = append(d.values, Value{Key: "overrides." + keyPath(path), Value: value, Origin: origin, Paths: o.Paths})
		}
		if o.Persona != "" {
			add(o.Persona, "", "persona")
		}
		if o.FailOn != "" {
			add(o.FailOn, "", "fail-on")
		}
		for _, id := range o.Rules.Skip {
			add(id, id, "rules", "skip")
		}
		for _, id := range sortedKeys(o.Rules.Severity) {
			add(o.Rules.Severity[id], "", "rules", "severity", id)
		}
		for _, name := range sortedKeys(o.Thresholds) {
			add(strconv.Itoa(o.Thresholds[name]), "", "thresholds", name)
		}
	}
}
