package rules

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/tomlfile"
)

// ExtensionFile is a file of a user's own, in the format of this folder's.
type ExtensionFile struct {
	Name string // for messages; of a provider, whose id it gives
	Data []byte
}

// Extension is what a user adds to the catalogue.
type Extension struct {
	Providers []ExtensionFile // in the format of providers/
	Models    []ExtensionFile // in the format of models/
	// Secrets are in gitleaks' format. The catalogue takes from them only what
	// pages of pattern rules say; package secrets reads them strictly.
	Secrets []ExtensionFile
}

// Extend returns the catalogue with more providers and models. They are read
// at once and as strictly as those of the catalogue; what is known already
// cannot be redefined, only added to. Errors name the file and the line.
func (c *Catalogue) Extend(ext Extension) (*Catalogue, error) {
	known, err := c.providers()
	if err != nil {
		return nil, err
	}
	providers, err := known.with(c, ext.Providers)
	if err != nil {
		return nil, err
	}
	models, err := c.models.with(ext.Models, func(id string) error { return knownProvider(providers, id) })
	if err != nil {
		return nil, err
	}
	published, err := c.published()
	if err != nil {
		return nil, err
	}
	own := &Catalogue{
		infos: secretInfos(ext.Secrets), ids: c.ids, pages: c.pages, thresholds: c.thresholds, parameters: c.parameters,
		commands: c.commands, links: c.links, templates: c.templates, models: models,
	}
	own.providers = func() (*providerSet, error) { return providers, nil }
	own.published = sync.OnceValues(func() (map[string]string, error) { return providers.published(published), nil })
	own.formats = sync.OnceValues(func() ([]issuedFormat, error) { return loadFormats(providers), nil })
	return own, nil
}

// secretInfos returns what files of pattern rules say for pages, by rule.
func secretInfos(files []ExtensionFile) map[string]SecretInfo {
	infos := map[string]SecretInfo{}
	for _, file := range files {
		var f struct {
			Title       string       `toml:"title"`
			Description string       `toml:"description"`
			MinVersion  string       `toml:"minVersion"`
			Allowlist   any          `toml:"allowlist"`
			Allowlists  any          `toml:"allowlists"`
			Rules       []SecretRule `toml:"rules"`
		}
		if tomlfile.Decode(file.Name, file.Data, &f) != nil {
			continue // told where it is read strictly, or of an older form
		}
		for _, r := range f.Rules {
			infos[r.ID] = SecretInfo{ID: r.ID, Title: r.Description, Advice: r.Advice, Generic: r.Generic}
		}
	}
	return infos
}

// knownProvider returns an error unless there is a provider of this id.
func knownProvider(set *providerSet, id string) error {
	var ids []string
	for _, p := range set.list {
		if p.ID == id {
			return nil
		}
		ids = append(ids, p.ID)
	}
	return fmt.Errorf("unknown provider %q%s", id, nearest.Hint(id, ids))
}

// with returns the set with the providers of more files.
func (s *providerSet) with(c *Catalogue, files []ExtensionFile) (*providerSet, error) {
	own := newProviderSet()
	for _, p := range s.list {
		own.list, own.samples[p.ID], own.text[p.ID] = append(own.list, p), s.samples[p.ID], s.text[p.ID]
	}
	for host, p := range s.byHost {
		own.byHost[host] = p
	}
	own.patterns = slices.Clone(s.patterns)
	var all []error
	for _, file := range files {
		entry, err := parseProvider(file.Name, file.Data)
		if err != nil {
			all = append(all, err)
			continue
		}
		if known := knownProvider(own, entry.Provider.ID); known == nil {
			all = append(all, &tomlfile.Error{File: file.Name, Message: fmt.Sprintf("there is a provider %q already", entry.Provider.ID)})
			continue
		}
		all = append(all, own.add(file.Name, file.Data, entry))
	}
	own.sort()
	all = append(all, c.checkSecretRules(own))
	return own, errors.Join(all...)
}

// published returns the published examples of a catalogue with those of all
// providers.
func (s *providerSet) published(known map[string]string) map[string]string {
	all := make(map[string]string, len(known))
	for sum, publisher := range known {
		all[sum] = publisher
	}
	for _, p := range s.list {
		for _, sample := range s.samples[p.ID] {
			all[sample.SHA256] = p.Name
		}
	}
	return all
}

// Model returns the model of a package: the one for this major version, else
// the one for all versions, else nil. A model is read on first use and shared;
// it must not be changed.
func (c *Catalogue) Model(importPath string) (*PackageModel, error) {
	return c.models.model(importPath)
}

// StructTags returns the tag directives of all models by struct tag key.
func (c *Catalogue) StructTags() (map[string][]Directive, error) { return c.models.structTags() }

// modelSet is the models of a catalogue: those that are built in, and a user's.
type modelSet struct {
	own  map[string]*PackageModel // by import path as it stands in the file
	tags func() (map[string][]Directive, error)
}

// builtInModels returns the models that are built in.
func builtInModels() *modelSet { return &modelSet{tags: StructTags} }

// with returns the set with the models of more files.
func (s *modelSet) with(files []ExtensionFile, provider func(id string) error) (*modelSet, error) {
	own := &modelSet{own: map[string]*PackageModel{}}
	var all []error
	for _, file := range files {
		list, err := ParseModels(file.Name, file.Data)
		if err != nil {
			all = append(all, err)
			continue
		}
		for _, m := range list {
			if _, twice := own.own[m.Path]; twice {
				all = append(all, fmt.Errorf("%s: package %s has a model already", file.Name, m.Path))
				continue
			}
			if m.Provider != "" {
				if err := provider(m.Provider); err != nil {
					all = append(all, fmt.Errorf("%s: %w", file.Name, err))
				}
			}
			added, err := addModel(file.Name, m)
			all = append(all, err)
			own.own[m.Path] = added
		}
	}
	own.tags = sync.OnceValues(own.allTags)
	return own, errors.Join(all...)
}

// addModel returns a user's model together with what is known of the package,
// or of the one that it is said to be the same as. A declaration has the roles
// of one model only.
func addModel(file string, m *PackageModel) (*PackageModel, error) {
	path, same := m.Path, false
	for _, d := range m.Decls[PackageKey] {
		if d.Verb == "same" {
			path, same = d.Words[0], true
		}
	}
	known, err := Model(path)
	switch {
	case err != nil:
		return m, err
	case known == nil && same:
		return m, fmt.Errorf("%s: %s is the same as %s, which has no model", file, m.Path, path)
	case known == nil:
		return m, nil
	}
	merged := *m
	merged.Decls = make(map[string][]Directive, len(known.Decls)+len(m.Decls))
	for key, list := range known.Decls {
		merged.Decls[key] = list
	}
	var all []error
	for _, key := range slices.Sorted(maps.Keys(m.Decls)) {
		if _, there := known.Decls[key]; there && key != PackageKey {
			d := m.Decls[key][0]
			all = append(all, &tomlfile.Error{File: d.File, Line: d.Line, Message: fmt.Sprintf("%s of %s has a model already", key, path)})
			continue
		}
		merged.Decls[key] = slices.Concat(merged.Decls[key], m.Decls[key])
	}
	// A package that is missing is made of one stub: the one that knows more.
	merged.Source = known.Source
	if same {
		merged.Source = renamed(known.Source, m.Source)
	}
	return &merged, errors.Join(all...)
}

// model returns the model of a package.
func (s *modelSet) model(importPath string) (*PackageModel, error) {
	if m, ok := s.own[importPath]; ok {
		return m, nil
	}
	if m, ok := s.own[unversioned(importPath)]; ok {
		return m, nil
	}
	return Model(importPath)
}

// structTags returns the tag directives.
func (s *modelSet) structTags() (map[string][]Directive, error) { return s.tags() }

// allTags returns the tag directives of the built-in models and the user's.
func (s *modelSet) allTags() (map[string][]Directive, error) {
	known, err := StructTags()
	if err != nil || len(s.own) == 0 {
		return known, err
	}
	all := make(map[string][]Directive, len(known))
	for key, list := range known {
		all[key] = list
	}
	for _, path := range slices.Sorted(maps.Keys(s.own)) {
		for _, d := range s.own[path].Decls[PackageKey] {
			if d.Verb == "tag" && !slices.Contains(describe(all[d.Words[0]]), d.String()) {
				all[d.Words[0]] = append(slices.Clone(all[d.Words[0]]), d)
			}
		}
	}
	return all, nil
}

// describe returns directives as they are written.
func describe(list []Directive) []string {
	var texts []string
	for _, d := range list {
		texts = append(texts, d.String())
	}
	return texts
}
