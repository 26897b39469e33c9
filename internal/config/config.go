// Package config is what a user sets: the content of .authlint.toml, with the
// defaults filled in, below an organisation's policy if there is one. A Config
// is immutable once it is in use.
package config

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/tomlfile"
)

// FileName is the name of the configuration file.
const FileName = ".authlint.toml"

// Messaging is the profile for programs that send through a messaging provider.
const Messaging = "messaging"

// VPN is the transport of a host whose network is protected below TLS.
const VPN = "vpn"

// Config holds the settings in force where no override matches; For tells those
// of a file.
type Config struct {
	// Persona is the audience that findings are shown to.
	Persona finding.Persona
	// Messaging is set by profile = "messaging": what only the providers'
	// documents ask for holds everywhere.
	Messaging bool
	// FailOn is the least severity that fails a run.
	FailOn finding.Severity
	// Exclude are patterns, in git's ignore syntax, of files that are left out.
	Exclude []string
	// Rules are the only rules to report, all if empty; Skip are left out.
	Rules, Skip []string
	// Severities are the severities of rules where they are certain.
	Severities map[string]finding.Severity
	// Thresholds replace those of the catalogue, by name.
	Thresholds map[string]int
	// Hosts are declarations on hosts, by name, address or range.
	Hosts map[string]Host
	// Honour are the tools whose ignore comments hold.
	Honour []string
	// Base is the absolute path of the folder that patterns are relative to. If
	// it is empty they are relative to what files are told relative to.
	Base string
	// Root is the absolute path of the folder that files are told relative to,
	// where they are.
	Root string
	// Golangci makes diagnostics for golangci-lint: without related places, each
	// of which it would make an issue, and with those that a nolint comment
	// silences, which it must see itself lest it call the comment unused. It is no
	// setting of users.
	Golangci bool
	// Cached says that the driver keeps results and looks at Go files and flags
	// alone: what another file decides would be told when it holds no more. It is
	// no setting of users.
	Cached bool

	name   string // the file it came from, for messages
	source []byte // the file's text, for the lines of errors
	file   File   // what it says, with the flags over it
	flags  File   // what flags say
	policy *Config
	// attempts are what the policy does not let the settings do.
	attempts []Attempt
	*derived
}

// Default returns the settings without any file.
func Default() *Config {
	return &Config{FailOn: finding.Low, derived: &derived{shared: new(sync.Map)}}
}

// Load reads the file at path, and the files that it names. Patterns are
// relative to its folder.
func Load(path string) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	dir := filepath.Dir(path)
	c, err := parse(path, data, func(name string) ([]byte, error) { return readBelow(dir, name) })
	if err != nil {
		return nil, err
	}
	if c.Base, err = filepath.Abs(dir); err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	return c, nil
}

// readBelow reads a file that lies below dir, wherever symlinks lead.
func readBelow(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.ReadFile(filepath.FromSlash(name))
}

// LoadOwn is Load for a repository's own settings, which lock nothing.
func LoadOwn(path string) (*Config, error) {
	c, err := Load(path)
	if err != nil {
		return nil, err
	}
	return c, c.checkRole()
}

// LoadPolicy reads an organisation's policy at path: a configuration file that
// may lock rules. Patterns are relative to the root of what is read.
func LoadPolicy(path string) (*Config, error) {
	c, err := Load(path)
	if err != nil {
		return nil, err
	}
	c.Base = ""
	return c, nil
}

// Parse reads the text of a configuration file that has the text of the files
// that it names as well; name is for messages.
func Parse(name string, data []byte) (*Config, error) { return parse(name, data, nil) }

// parse reads a configuration; open reads the files that it names.
func parse(name string, data []byte, open func(name string) ([]byte, error)) (*Config, error) {
	var file File
	if err := tomlfile.Decode(name, data, &file); err != nil {
		return nil, err
	}
	c, err := file.config(name, open)
	if err = errors.Join(err, file.emptyWords(data)); err != nil {
		return nil, located(name, data, err)
	}
	c.source = data
	return c, nil
}

// emptyWords returns an error for keys that are there without a word.
func (f *File) emptyWords(data []byte) error {
	var errs []error
	check := func(at place, word string, allowed []string, key string) {
		if word == "" && exactLine(data, at, []string{key}, "") > 0 {
			errs = append(errs, at.wrong(word, allowed, key))
		}
	}
	check(place{}, f.Persona, personaWords(), "persona")
	check(place{}, f.Profile, []string{Messaging}, "profile")
	check(place{}, f.FailOn, failWords(), "fail-on")
	for i := range f.Overrides {
		check(place{i + 1}, f.Overrides[i].Persona, personaWords(), "persona")
		check(place{i + 1}, f.Overrides[i].FailOn, failWords(), "fail-on")
	}
	return errors.Join(errs...)
}

// Config returns the settings that a file gives, or what is wrong with it.
func (f *File) Config() (*Config, error) { return f.config("", nil) }

// ConfigIn is Config for a file of a folder: files that it names lie below, and
// patterns are relative to it.
func (f *File) ConfigIn(dir string) (*Config, error) {
	c, err := f.config("", func(name string) ([]byte, error) { return readBelow(dir, name) })
	if err != nil {
		return nil, err
	}
	c.Base = dir
	return c, nil
}

// config fills in the settings and reads the files that the file names.
func (f *File) config(name string, open func(name string) ([]byte, error)) (*Config, error) {
	c := Default()
	c.file, c.name = *f, name
	errs := append(c.fill(), f.lists()...)
	errs = append(errs, c.readExtensions(open)...)
	return c, errors.Join(errs...)
}

// fill sets the fields that the file gives, and returns what is wrong with it.
func (c *Config) fill() []error {
	f := &c.file
	k, errs := knobsOf(f.Persona, f.FailOn, f.Rules.Skip, f.Rules.Severity, f.Thresholds, place{})
	if k.persona != nil {
		c.Persona = *k.persona
	}
	if k.failOn != nil {
		c.FailOn = *k.failOn
	}
	if f.Profile != "" {
		c.Messaging = f.Profile == Messaging
		if !c.Messaging {
			errs = append(errs, place{}.wrong(f.Profile, []string{Messaging}, "profile"))
		}
	}
	c.Exclude, c.Rules, c.Skip = f.Exclude, f.Rules.Only, f.Rules.Skip
	c.Thresholds, c.Hosts, c.Severities, c.Honour = f.Thresholds, f.Hosts, k.severities, f.Ignores.Honour
	for _, id := range sortedKeys(k.severities) {
		if k.severities[id] == finding.Off && !slices.Contains(c.Skip, id) {
			c.Skip = append(slices.Clip(c.Skip), id)
		}
	}
	return append(errs, c.compile(k)...)
}

// lists checks the settings that are lists and tables.
func (f *File) lists() []error {
	var errs []error
	for _, host := range sortedKeys(f.Hosts) {
		if t := f.Hosts[host].Transport; t != VPN {
			errs = append(errs, place{}.wrong(t, []string{VPN}, "hosts", host, "transport"))
		}
	}
	for _, rule := range f.Rules.Skip {
		if slices.Contains(f.Rules.Only, rule) {
			errs = append(errs, place{}.fault(fmt.Sprintf("rule %q is in rules.only as well", rule), rule, "rules", "skip"))
		}
	}
	for _, tool := range f.Ignores.Honour {
		if !slices.Contains(ForeignTools(), tool) {
			err := place{}.wrong(tool, ForeignTools(), "ignores", "honour")
			err.element = tool
			errs = append(errs, err)
		}
	}
	return errs
}

// ForeignTools are the tools whose ignore comments can be honoured.
func ForeignTools() []string { return []string{"gosec", "trufflehog", "detect-secrets"} }

// ParseFailOn returns the severity that a word of --fail-on means.
func ParseFailOn(word string) (finding.Severity, error) {
	severity, ok := finding.ParseSeverity(word)
	if !ok || severity < finding.Low {
		return finding.Low, errors.New(place{}.wrong(word, failWords()).message)
	}
	return severity, nil
}

// File returns the settings as the file that says the same, without a policy.
func (c *Config) File() File { return c.file }

// Over returns the settings with what flags say over them: words replace, rules
// to skip are added.
func (c *Config) Over(flags File) (*Config, error) {
	file := c.file
	if flags.Persona != "" {
		file.Persona = flags.Persona
	}
	if flags.FailOn != "" {
		file.FailOn = flags.FailOn
	}
	if len(flags.Rules.Only) > 0 {
		file.Rules.Only = flags.Rules.Only
	}
	file.Rules.Skip = slices.Concat(file.Rules.Skip, flags.Rules.Skip)
	over, err := file.config(c.name, func(name string) ([]byte, error) { return c.extensionData(name) })
	if err != nil {
		return nil, err // of the flags: what the file says was right
	}
	over.source, over.flags = c.source, flags
	over.Base, over.Root, over.Golangci, over.policy = c.Base, c.Root, c.Golangci, c.policy
	return over, nil
}

// Name returns the name of the file that the settings came from, "" without one.
func (c *Config) Name() string { return c.name }

// In returns the settings for a run that tells files relative to root; patterns
// of settings that no file gave, or that a flag named, are relative to it.
func (c *Config) In(root string) *Config {
	in := *c
	in.Root, in.derived = root, c.derived.fresh()
	if in.Base == "" {
		in.Base = root
	}
	if c.policy != nil {
		in.policy = c.policy.In(root)
	}
	return &in
}

// Find returns the path of the configuration file for dir: the nearest one
// from dir up to the root of its repository. Outside a repository only dir
// itself is looked at. It returns "" if there is none.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("looking for %s: %w", FileName, err)
	}
	root := Repository(dir)
	for {
		path := filepath.Join(dir, FileName)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path, inTree(cmp.Or(root, dir), path)
		}
		if dir == root || root == "" {
			return "", nil
		}
		dir = filepath.Dir(dir)
	}
}

// Repository returns the root of the git repository that dir lies in, or "".
func Repository(dir string) string {
	for {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}
