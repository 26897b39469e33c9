// Package config is what a user sets: the content of .authlint.toml, with the
// defaults filled in. A Config is immutable once it is made.
package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/tomlfile"
)

// FileName is the name of the configuration file.
const FileName = ".authlint.toml"

// Messaging is the profile for programs that send through a messaging provider.
const Messaging = "messaging"

// VPN is the transport of a host whose network is protected below TLS.
const VPN = "vpn"

// Host is what a user declares of one host.
type Host struct {
	Transport string `toml:"transport,omitempty" json:"transport,omitempty"`
}

// Selection says which rules report.
type Selection struct {
	Only []string `toml:"only,omitempty" json:"only,omitempty"` // if any, no others report
	Skip []string `toml:"skip,omitempty" json:"skip,omitempty"`
}

// File is the content of .authlint.toml as it stands, and of the settings of
// the golangci-lint plugin.
type File struct {
	Persona    string          `toml:"persona,omitempty" json:"persona,omitempty"`
	Profile    string          `toml:"profile,omitempty" json:"profile,omitempty"`
	FailOn     string          `toml:"fail-on,omitempty" json:"fail-on,omitempty"`
	Exclude    []string        `toml:"exclude,omitempty" json:"exclude,omitempty"`
	Rules      Selection       `toml:"rules,omitempty" json:"rules,omitzero"`
	Thresholds map[string]int  `toml:"thresholds,omitempty" json:"thresholds,omitempty"`
	Hosts      map[string]Host `toml:"hosts,omitempty" json:"hosts,omitempty"`
}

// Config holds the settings in force.
type Config struct {
	// Persona is the audience that findings are shown to.
	Persona finding.Persona
	// Messaging is set by profile = "messaging": what only the providers'
	// documents ask for holds everywhere.
	Messaging bool
	// FailOn is the least severity that fails a run.
	FailOn finding.Severity
	// Exclude are patterns, in git's ignore syntax, of files that the command
	// line leaves out.
	Exclude []string
	// Rules are the only rules to report, all if empty; Skip are left out.
	Rules, Skip []string
	// Thresholds replace those of the catalogue, by name.
	Thresholds map[string]int
	// Hosts are declarations on hosts, by name, address or range.
	Hosts map[string]Host
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
}

// Default returns the settings without any file.
func Default() *Config { return &Config{FailOn: finding.Low} }

// Load reads the file at path.
func Load(path string) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading configuration: %w", err)
	}
	return Parse(path, data)
}

// Parse reads the text of a configuration file; name is for messages.
func Parse(name string, data []byte) (*Config, error) {
	var file File
	if err := tomlfile.Decode(name, data, &file); err != nil {
		return nil, err
	}
	c, err := file.Config()
	if err != nil {
		return nil, place(name, data, err)
	}
	c.name, c.source = name, data
	return c, nil
}

// Config returns the settings that a file gives, or what is wrong with it.
func (f *File) Config() (*Config, error) {
	c := Default()
	c.Exclude = f.Exclude
	c.Rules, c.Skip = f.Rules.Only, f.Rules.Skip
	c.Thresholds, c.Hosts = f.Thresholds, f.Hosts
	return c, errors.Join(f.words(c), f.values())
}

// words sets the settings that are one of a few words.
func (f *File) words(c *Config) error {
	var errs []error
	if f.Persona != "" {
		persona, ok := finding.ParsePersona(f.Persona)
		if !ok {
			errs = append(errs, wrong("persona", f.Persona, "regular", "auditor"))
		}
		c.Persona = persona
	}
	if f.Profile != "" {
		c.Messaging = f.Profile == Messaging
		if !c.Messaging {
			errs = append(errs, wrong("profile", f.Profile, Messaging))
		}
	}
	if f.FailOn != "" {
		severity, err := ParseFailOn(f.FailOn)
		if err != nil {
			errs = append(errs, &valueError{path: []string{"fail-on"}, message: err.Error()})
		}
		c.FailOn = severity
	}
	return errors.Join(errs...)
}

// values checks the settings that are lists and tables.
func (f *File) values() error {
	var errs []error
	for _, host := range slices.Sorted(maps.Keys(f.Hosts)) {
		if t := f.Hosts[host].Transport; t != VPN {
			err := wrong("transport", t, VPN)
			err.path = []string{"hosts", host, "transport"}
			errs = append(errs, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.Thresholds)) {
		if f.Thresholds[name] < 0 {
			errs = append(errs, &valueError{path: []string{"thresholds", name}, message: "a threshold cannot be negative"})
		}
	}
	for _, rule := range f.Rules.Skip {
		if slices.Contains(f.Rules.Only, rule) {
			errs = append(errs, &valueError{[]string{"rules", "skip"}, rule, fmt.Sprintf("rule %q is in rules.only as well", rule)})
		}
	}
	return errors.Join(errs...)
}

// ParseFailOn returns the severity that a word of --fail-on means.
func ParseFailOn(word string) (finding.Severity, error) {
	severity, ok := finding.ParseSeverity(word)
	if !ok || severity < finding.Low {
		err := wrong("fail-on", word, "low", "medium", "high", "critical")
		return finding.Low, errors.New(err.message)
	}
	return severity, nil
}

// File returns the settings as a file that says the same.
func (c *Config) File() File {
	f := File{
		Persona: c.Persona.String(), FailOn: c.FailOn.String(),
		Exclude: c.Exclude, Rules: Selection{Only: c.Rules, Skip: c.Skip},
		Thresholds: c.Thresholds, Hosts: c.Hosts,
	}
	if c.Messaging {
		f.Profile = Messaging
	}
	return f
}

// Text returns the settings as the text of a configuration file. Equal settings
// have equal texts.
func (c *Config) Text() ([]byte, error) { return tomlfile.Encode(c.File()) }

// Encode returns the settings as one word for an analyzer flag: Base64 of a
// configuration file. Equal settings have equal words.
func (c *Config) Encode() (string, error) {
	data, err := c.Text()
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(data), nil
}

// Decode reads what Encode wrote, or the Base64 of any configuration file.
func Decode(word string) (*Config, error) {
	data, err := base64.StdEncoding.DecodeString(word)
	if err != nil {
		return nil, fmt.Errorf("decoding configuration: %w", err)
	}
	return Parse(FileName, data)
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
			return path, nil
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

// valueError is a wrong value at a key, before its line is known.
type valueError struct {
	path    []string
	element string // of an array
	message string
}

// Error returns the key and what is wrong with it.
func (e *valueError) Error() string { return strings.Join(e.path, ".") + ": " + e.message }

// wrong returns the error for a word that is none of those allowed.
func wrong(key, got string, allowed ...string) *valueError {
	message := fmt.Sprintf("%q is none of %s%s", got, strings.Join(allowed, ", "), nearest.Hint(got, allowed))
	return &valueError{path: []string{key}, message: message}
}

// place gives every valueError joined in err its line in the file.
func place(name string, data []byte, err error) error {
	var value *valueError
	if err == nil || data == nil { // no file, no line
		return err
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, place(name, data, e))
		}
		return errors.Join(all...)
	}
	if !errors.As(err, &value) {
		return err
	}
	line := 0
	for path := value.path; line == 0 && len(path) > 0; path = path[:len(path)-1] {
		line = tomlfile.LineOf(data, path, value.element) // of the table, if the key is missing
	}
	return &tomlfile.Error{File: name, Line: line, Message: value.Error()}
}
