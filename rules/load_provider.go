package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/tomlfile"
)

// providerFile is the file of one provider. Its [[rules]] are gitleaks' own, so
// that gitleaks reads the file as it is and passes over the rest.
type providerFile struct {
	Name          string       `toml:"name"`
	Hosts         []string     `toml:"hosts"`
	Brands        []string     `toml:"brands"`
	Schemes       []string     `toml:"schemes"`
	KeyScheme     string       `toml:"key-scheme"`
	AccountClient bool         `toml:"account-client"`
	BasicAdvice   string       `toml:"basic-advice"`
	BasicPaths    []string     `toml:"basic-paths"`
	SecretPaths   []string     `toml:"secret-paths"`
	OwnTokens     []string     `toml:"own-tokens"`
	KeyPaths      []string     `toml:"key-paths"`
	KeyFields     keyFields    `toml:"key-fields"`
	Rotation      string       `toml:"rotation"`
	Parameters    paramNames   `toml:"parameters"`
	AccountWide   []wideFile   `toml:"account-wide"`
	Send          []sendFile   `toml:"send"`
	Published     []sampleFile `toml:"published"`
	Samples       hostSamples  `toml:"samples"`
	Rules         []SecretRule `toml:"rules"`
}

type paramNames struct {
	Secret    []string `toml:"secret"`
	User      []string `toml:"user"`
	Message   []string `toml:"message"`
	Recipient []string `toml:"recipient"`
}

type sendFile struct {
	Path             string `toml:"path"`
	Method           string `toml:"method"`
	QueryCredentials bool   `toml:"query-credentials"`
	Instead          string `toml:"instead"`
}

type wideFile struct {
	What    string   `toml:"what"`
	Instead string   `toml:"instead"`
	Users   []string `toml:"users"`
	Names   []string `toml:"names"`
	Headers []string `toml:"headers"`

	UserNames   []string `toml:"user-names"`
	AccountPath string   `toml:"account-path"`
}

// keyFields are the fields of the request that makes an API key.
type keyFields struct {
	Expiry    []string `toml:"expiry"`
	Addresses []string `toml:"addresses"`
	Scope     []string `toml:"scope"`
	Wide      []string `toml:"wide"`
}

type hostSamples struct {
	Hosts []string `toml:"hosts"`
	Other []string `toml:"other-hosts"`
}

// methods are the HTTP methods that an endpoint may ask for.
var methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}

// ParseProvider reads the file of a provider, whose id is the file's name.
// Errors name the file and the line.
func ParseProvider(file string, data []byte) (*Provider, error) {
	entry, err := parseProvider(file, data)
	return entry.Provider, err
}

// parseProvider is ParseProvider, and returns the published samples as well.
func parseProvider(file string, data []byte) (providerEntry, error) {
	var f providerFile
	if err := tomlfile.Decode(file, data, &f); err != nil {
		return providerEntry{}, err
	}
	p := &Provider{
		ID: nameOf(file), Name: f.Name, Hosts: f.Hosts, Brands: f.Brands, Schemes: f.Schemes,
		KeyScheme: f.KeyScheme, AccountClient: f.AccountClient, BasicAdvice: f.BasicAdvice, BasicPaths: f.BasicPaths, SecretPaths: f.SecretPaths,
		OwnTokens: f.OwnTokens, KeyPaths: f.KeyPaths, KeyFields: KeyFields(f.KeyFields), Rotation: f.Rotation,
		SecretParams: f.Parameters.Secret, UserParams: f.Parameters.User,
		MessageParams: f.Parameters.Message, RecipientParams: f.Parameters.Recipient,
		SampleHosts: f.Samples.Hosts, OtherHosts: f.Samples.Other,
	}
	check := providerCheck{faults{file: file}, data}
	check.provider(p)
	for i, w := range f.AccountWide {
		p.AccountWide = append(p.AccountWide, AccountWide(w))
		check.accountWide(i, w)
	}
	for i, s := range f.Send {
		p.Send = append(p.Send, SendEndpoint(s))
		check.send(i, s)
	}
	checkSamples(&check.faults, data, f.Published)
	for i, r := range f.Rules {
		r.Provider, r.File = p.ID, file
		check.secretRule(i, r, p.SecretRules)
		p.SecretRules = append(p.SecretRules, r)
	}
	if err := check.err(); err != nil {
		return providerEntry{}, err
	}
	return providerEntry{p, f.Published}, nil
}

// providerCheck checks the values of a provider file.
type providerCheck struct {
	faults
	data []byte
}

// at returns the line of a key, or of an element of its list.
func (c *providerCheck) at(element string, path ...string) int {
	return max(1, tomlfile.LineOf(c.data, path, element))
}

// provider checks everything but the arrays of tables.
func (c *providerCheck) provider(p *Provider) {
	if !isName(p.ID) {
		c.add(0, "the id %q is not words joined by hyphens", p.ID)
	}
	for _, must := range []struct {
		key     string
		present bool
	}{{"name", p.Name != ""}, {"hosts", len(p.Hosts) > 0}, {"schemes", len(p.Schemes) > 0}, {"rotation", p.Rotation != ""}} {
		if !must.present {
			c.add(c.at("", must.key), "missing or empty key %q", must.key)
		}
	}
	c.each("hosts", p.Hosts, isHostPattern, "a host name in lower case, without scheme, port and path")
	c.each("brands", p.Brands, isName, "a word in lower case")
	c.each("schemes", p.Schemes, isKebab, "a word in lower case")
	c.each("own-tokens", p.OwnTokens, isHostPattern, "a host name in lower case, without scheme, port and path")
	c.each("key-paths", p.KeyPaths, isPathPattern, "a path that begins with a slash")
	c.each("basic-paths", p.BasicPaths, isPathPattern, "a path that begins with a slash")
	c.each("secret-paths", p.SecretPaths, isSecretPath, "a path that begins with a slash and has {key} for a segment")
	var names []string
	for _, params := range []struct {
		key   string
		names []string
	}{{"secret", p.SecretParams}, {"user", p.UserParams}, {"message", p.MessageParams}, {"recipient", p.RecipientParams}} {
		c.each("parameters."+params.key, params.names, isParamName, "a name of lower-case letters and digits")
		for _, name := range params.names {
			if slices.Contains(names, name) {
				c.add(c.at(name, "parameters", params.key), "parameter %q is of two kinds", name)
			}
		}
		names = append(names, params.names...)
	}
	for _, host := range p.SampleHosts {
		if !p.Matches(host) {
			c.add(c.at(host, "samples", "hosts"), "sample %q matches none of the hosts", host)
		}
	}
	for _, host := range p.OtherHosts {
		if p.Matches(host) {
			c.add(c.at(host, "samples", "other-hosts"), "sample %q matches the hosts", host)
		}
	}
}

// each checks the elements of a list: each once, and each good.
func (c *providerCheck) each(key string, list []string, good func(string) bool, want string) {
	for i, s := range list {
		line := func() int { return c.at(s, strings.Split(key, ".")...) }
		if !good(s) {
			c.add(line(), "%s: %q is not %s", key, s, want)
		}
		if slices.Contains(list[:i], s) {
			c.add(line(), "%s: %q is there twice", key, s)
		}
	}
}

// accountWide checks one credential that gives the account away.
func (c *providerCheck) accountWide(i int, w wideFile) {
	at := func(key string) int { return tomlfile.LineIn(c.data, "account-wide", i, key) }
	if w.What == "" || w.Instead == "" {
		c.add(at("what"), "an account-wide credential needs what it is and what to use instead")
	}
	if len(w.Users)+len(w.Names)+len(w.Headers) == 0 {
		c.add(at("what"), "an account-wide credential needs users, names or headers to know it by")
	}
	for _, name := range w.Names {
		if !isParamName(name) {
			c.add(at("names"), "names: %q is not a name of lower-case letters and digits", name)
		}
	}
}

// send checks one endpoint.
func (c *providerCheck) send(i int, s sendFile) {
	if !isPathPattern(s.Path) {
		c.add(tomlfile.LineIn(c.data, "send", i, "path"), "path %q does not begin with a slash", s.Path)
	}
	if !slices.Contains(methods, s.Method) {
		c.add(tomlfile.LineIn(c.data, "send", i, "method"), "unknown method %q", s.Method)
	}
	if s.Instead != "" && !isPathPattern(s.Instead) {
		c.add(tomlfile.LineIn(c.data, "send", i, "instead"), "path %q does not begin with a slash", s.Instead)
	}
}

// secretRule checks one pattern rule against what gitleaks refuses or passes
// over in silence.
func (c *providerCheck) secretRule(i int, r SecretRule, before []SecretRule) {
	at := func(key string) int { return tomlfile.LineIn(c.data, "rules", i, key) }
	if !isKebab(r.ID) || !strings.Contains(r.ID, "-") {
		c.add(at("id"), "rule id %q is not words joined by hyphens", r.ID)
	}
	if slices.ContainsFunc(before, func(b SecretRule) bool { return b.ID == r.ID }) {
		c.add(at("id"), "rule %q is there twice", r.ID)
	}
	if r.Description == "" {
		c.add(at("description"), "rule %q has no description", r.ID)
	}
	if r.Regex == "" && r.Path == "" {
		c.add(at("id"), "rule %q has neither regex nor path", r.ID)
	}
	groups := c.regex(i, "regex", r.ID, r.Regex)
	c.regex(i, "path", r.ID, r.Path)
	if r.SecretGroup < 0 || r.SecretGroup > groups {
		c.add(at("secretGroup"), "rule %q has no group %d", r.ID, r.SecretGroup)
	}
	for _, k := range r.Keywords {
		if k == "" || k != strings.ToLower(k) {
			c.add(at("keywords"), "rule %q: keyword %q is not in lower case", r.ID, k)
		}
	}
	for _, list := range r.Allowlists {
		for _, re := range slices.Concat(list.Regexes, list.Paths) {
			c.regex(i, "id", r.ID, re)
		}
	}
}

// regex checks an expression of the i-th rule and returns how many groups it has.
func (c *providerCheck) regex(i int, key, id, text string) int {
	re, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		c.add(tomlfile.LineIn(c.data, "rules", i, key), "rule %q: %v", id, err)
		return 0
	}
	return re.MaxCap()
}

// isName reports whether s is words joined by hyphens, the first of which may
// begin with a digit.
func isName(s string) bool { return isKebab("x" + s) }

// isHostPattern reports whether s is a host name in lower case; a label may be *.
func isHostPattern(s string) bool {
	labels := strings.Split(s, ".")
	for i, label := range labels {
		if label == "*" && i < len(labels)-2 {
			continue
		}
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return len(labels) >= 2
}

// isPathPattern reports whether s begins with a slash and holds no query.
func isPathPattern(s string) bool {
	return strings.HasPrefix(s, "/") && !strings.ContainsAny(s, "?# ")
}

// isSecretPath reports whether s is a path pattern with a segment for a credential.
func isSecretPath(s string) bool {
	return isPathPattern(s) && strings.Contains(s, "/"+SecretSegment+"/")
}

// providerSet is all providers, by id and by host.
type providerSet struct {
	list     []*Provider
	byHost   map[string]*Provider // plain host names
	patterns []*Provider          // those with a * in a host
	samples  map[string][]sampleFile
	text     map[string][]byte // of the files, by id, for the places of faults
	brands   func() *brandLooks
}

func newProviderSet() *providerSet {
	return &providerSet{byHost: map[string]*Provider{}, samples: map[string][]sampleFile{}, text: map[string][]byte{}}
}

// sort sorts the providers by id.
func (s *providerSet) sort() {
	slices.SortFunc(s.list, func(a, b *Provider) int { return strings.Compare(a.ID, b.ID) })
	s.brands = sync.OnceValue(func() *brandLooks { return newBrandLooks(s.list) })
}

// add adds the provider of a file. The error tells which hosts are another's.
func (s *providerSet) add(file string, data []byte, entry providerEntry) error {
	p := entry.Provider
	s.list = append(s.list, p)
	s.samples[p.ID], s.text[p.ID] = entry.Samples, data
	var all []error
	for _, host := range p.Hosts {
		if strings.Contains(host, "*") {
			s.patterns = append(s.patterns, p)
			continue
		}
		if first, ok := s.byHost[host]; ok {
			line := tomlfile.LineOf(data, []string{"hosts"}, host)
			all = append(all, &tomlfile.Error{File: file, Line: line, Message: fmt.Sprintf("host %q belongs to %s already", host, first.Name)})
		}
		s.byHost[host] = p
	}
	return errors.Join(all...)
}

// loadProviders reads all provider files.
func loadProviders(fsys fs.FS) (*providerSet, error) {
	files, err := fs.Glob(fsys, providerPattern)
	if err != nil {
		return nil, fmt.Errorf("listing providers: %w", err)
	}
	set := newProviderSet()
	var all []error
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		entry, err := kept(file, data, parseProvider)
		if err != nil {
			all = append(all, err)
			continue
		}
		all = append(all, set.add(file, data, entry))
	}
	set.sort()
	return set, errors.Join(all...)
}

// of returns the provider of a host: that of the longest name the host ends in.
func (s *providerSet) of(host string) (*Provider, bool) {
	host = cleanHost(host)
	for name := host; name != ""; {
		if p, ok := s.byHost[name]; ok {
			return p, true
		}
		_, name, _ = strings.Cut(name, ".")
	}
	for _, p := range s.patterns {
		if p.Matches(host) {
			return p, true
		}
	}
	return nil, false
}
