package rules

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/tomlfile"
)

// Every rule id has a hyphen, so *-*.md are the pages of the rules.
//
//go:embed *-*.md providers/*.toml secrets/*.md secrets/names.toml thresholds.toml parameters.toml commands/*.toml links.toml published.toml gosec.toml
var embedded embed.FS

// The folders and files of a catalogue.
const (
	pagePattern     = "*-*.md"
	providerPattern = "providers/*.toml"
	issuedPage      = "secrets/issued.md"
	genericPage     = "secrets/generic.md"
	namesFile       = "secrets/names.toml"
	thresholdFile   = "thresholds.toml"
	parameterFile   = "parameters.toml"
	linksFileName   = "links.toml"
	publishedFile   = "published.toml"
)

// Catalogue is what authlint reports and knows. Its parts are read when they
// are first asked for; it is safe for use by several goroutines.
type Catalogue struct {
	ids        []string
	pages      map[string]func() (*Rule, error)
	providers  func() (*providerSet, error)
	thresholds func() (map[string]Threshold, error)
	parameters func() (*Parameters, error)
	commands   func() (*Commands, error)
	links      func() ([]linkService, error)
	published  func() (map[string]string, error)
	templates  func() (*secretTemplates, error)
	formats    func() ([]issuedFormat, error)
	models     *modelSet
	infos      map[string]SecretInfo // of a user's own pattern rules
	secrets    sync.Map              // id to *Rule
}

var defaultCatalogue = sync.OnceValues(func() (*Catalogue, error) { return open(embedded) })

// Default returns the catalogue that is built in. It only lists the pages:
// `go vet` starts the tool once a package, and most packages need no rule.
func Default() (*Catalogue, error) { return defaultCatalogue() }

// Load reads the catalogue in fsys, which has the layout of this folder, and
// checks all of it.
func Load(fsys fs.FS) (*Catalogue, error) {
	c, err := open(fsys)
	if err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c, nil
}

// open lists the catalogue in fsys without reading it.
func open(fsys fs.FS) (*Catalogue, error) {
	files, err := fs.Glob(fsys, pagePattern)
	if err != nil {
		return nil, fmt.Errorf("listing rules: %w", err)
	}
	c := &Catalogue{pages: make(map[string]func() (*Rule, error), len(files)), models: builtInModels()}
	for _, file := range files {
		c.ids = append(c.ids, strings.TrimSuffix(file, ".md"))
	}
	slices.Sort(c.ids)
	for _, id := range c.ids {
		c.pages[id] = sync.OnceValues(func() (*Rule, error) {
			data, err := fs.ReadFile(fsys, id+".md")
			if err != nil {
				return nil, err
			}
			return kept(id+".md", data, func(file string, data []byte) (*Rule, error) { return ParsePage(file, data, c.has) })
		})
	}
	c.providers = sync.OnceValues(func() (*providerSet, error) { return loadProviders(fsys) })
	c.thresholds = once(fsys, thresholdFile, ParseThresholds)
	c.parameters = once(fsys, parameterFile, ParseParameters)
	c.commands = sync.OnceValues(func() (*Commands, error) { return LoadCommands(fsys) })
	c.links = once(fsys, linksFileName, parseLinks)
	c.published = sync.OnceValues(func() (map[string]string, error) { return loadPublished(fsys, c.providers) })
	c.formats = sync.OnceValues(func() ([]issuedFormat, error) {
		set, err := c.providers()
		if err != nil {
			return nil, err
		}
		return loadFormats(set), nil
	})
	c.templates = sync.OnceValues(func() (*secretTemplates, error) { return loadTemplates(fsys) })
	return c, nil
}

// once returns a function that reads and parses the file on its first call.
func once[T any](fsys fs.FS, file string, parse func(string, []byte) (T, error)) func() (T, error) {
	return sync.OnceValues(func() (T, error) {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			var none T
			return none, err
		}
		return parse(file, data)
	})
}

// check reads every part of the catalogue and what no part can see alone.
func (c *Catalogue) check() error {
	var all []error
	absorbs := map[string][]string{}
	for _, id := range c.ids {
		rule, err := c.pages[id]()
		if err != nil {
			all = append(all, err)
			continue
		}
		absorbs[id] = rule.Absorbs
	}
	for _, id := range c.ids {
		if slices.Contains(reach(absorbs, id), id) {
			all = append(all, &tomlfile.Error{File: id + ".md", Message: "absorbs itself through other rules"})
		}
	}
	providers, err := c.providers()
	all = append(all, err)
	if err == nil {
		all = append(all, c.checkSecretRules(providers))
	}
	for _, part := range []func() error{
		func() error { _, err := c.thresholds(); return err },
		func() error { _, err := c.parameters(); return err },
		func() error { _, err := c.commands(); return err },
		func() error { _, err := c.links(); return err },
		func() error { _, err := c.published(); return err },
		func() error { _, err := c.templates(); return err },
	} {
		all = append(all, part())
	}
	return errors.Join(all...)
}

// checkSecretRules reports pattern rules that share an id with another rule.
func (c *Catalogue) checkSecretRules(set *providerSet) error {
	var all []error
	seen := map[string]SecretRule{}
	for _, p := range set.list {
		for i, r := range p.SecretRules {
			line := func() int { return tomlfile.LineIn(set.text[p.ID], "rules", i, "id") }
			if c.has(r.ID) {
				all = append(all, &tomlfile.Error{File: r.File, Line: line(), Message: fmt.Sprintf("rule %q is a page already", r.ID)})
			}
			if first, ok := seen[r.ID]; ok {
				all = append(all, &tomlfile.Error{File: r.File, Line: line(), Message: fmt.Sprintf("rule %q is in %s already", r.ID, first.File)})
			}
			seen[r.ID] = r
		}
	}
	return errors.Join(all...)
}

// reach returns the ids that can be reached from id.
func reach(edges map[string][]string, id string) []string {
	var found []string
	for queue := slices.Clone(edges[id]); len(queue) > 0; queue = queue[1:] {
		if slices.Contains(found, queue[0]) {
			continue
		}
		found = append(found, queue[0])
		queue = append(queue, edges[queue[0]]...)
	}
	return found
}

// has reports whether a rule of this id has a page.
func (c *Catalogue) has(id string) bool {
	_, ok := c.pages[id]
	return ok
}

// must returns v. An error means a fault in the built-in files, which the test
// of this package excludes: Load has checked any other catalogue.
func must[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("rules: broken catalogue: %v", err))
	}
	return v
}

// IDs returns the ids of all rules that have a page, sorted.
func (c *Catalogue) IDs() []string { return slices.Clone(c.ids) }

// Rule returns the rule of this id and reports whether there is one.
func (c *Catalogue) Rule(id string) (*Rule, bool) {
	page, ok := c.pages[id]
	if !ok {
		return nil, false
	}
	return must(page()), true
}

// Rules returns all rules that have a page, sorted by id.
func (c *Catalogue) Rules() []*Rule {
	list := make([]*Rule, 0, len(c.ids))
	for _, id := range c.ids {
		list = append(list, must(c.pages[id]()))
	}
	return list
}

// Provider returns the provider of this id and reports whether there is one.
func (c *Catalogue) Provider(id string) (*Provider, bool) {
	for _, p := range must(c.providers()).list {
		if p.ID == id {
			return p, true
		}
	}
	return nil, false
}

// Providers returns all providers, sorted by id.
func (c *Catalogue) Providers() []*Provider {
	return slices.Clone(must(c.providers()).list)
}

// ProviderOf returns the provider that a host belongs to and reports whether
// there is one.
func (c *Catalogue) ProviderOf(host string) (*Provider, bool) {
	return must(c.providers()).of(host)
}

// Threshold returns the threshold of this name, one of ThresholdNames; for any
// other name it returns the zero Threshold.
func (c *Catalogue) Threshold(name string) Threshold { return must(c.thresholds())[name] }

// Parameters returns the dictionary of parameter names.
func (c *Catalogue) Parameters() *Parameters { return must(c.parameters()) }

// Commands returns what is known of commands.
func (c *Catalogue) Commands() *Commands { return must(c.commands()) }

// nameOf returns the base name of a file without its extension.
func nameOf(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// isKebab reports whether s is made of lower-case words and digits joined by
// single hyphens, and begins with a letter.
func isKebab(s string) bool {
	for word := range strings.SplitSeq(s, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return false
		}
	}
	return s[0] >= 'a'
}

// faults collects the faults of one file.
type faults struct {
	file string
	list []error
}

// add adds a fault at a line; line 0 means that the place is not known.
func (f *faults) add(line int, format string, args ...any) {
	f.list = append(f.list, &tomlfile.Error{File: f.file, Line: line, Message: fmt.Sprintf(format, args...)})
}

// err returns all faults as one error, nil if there is none.
func (f *faults) err() error { return errors.Join(f.list...) }
