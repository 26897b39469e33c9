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
	"time"

	"github.com/authlint/authlint/internal/tomlfile"
)

//go:embed settings/*.toml
var settingsFiles embed.FS

// SettingsTable is what is known of the keys of configuration files: names and
// phrases by which a front end reads them. A phrase is lower-case words without
// anything between them ("minversion"), see Phrase.
type SettingsTable struct {
	Roles      map[string]map[string]bool // role to phrases: user, host, url, port, scheme, method, secure
	Qualifiers map[string]bool            // words that tell no service from another
	Foreign    map[string]bool            // words of URLs that credentials do not go to
	Local      map[string]bool            // words of credentials that are not sent
	Containers map[string]bool            // phrases of mappings that belong to the URL above them
	Pairs      []SettingPair
	OfParent   map[string]bool // phrases of keys that hold the value of the key above
	Lists      map[string]bool // phrases of keys above lists of NAME=value
	Headers    map[string]bool // header names in lower case

	Versions map[string][]*VersionKey
	Switches map[string][]*SwitchKey
	Numbers  map[string][]*NumberKey
	Texts    map[string][]*TextKey
	Products map[string][]*ProductKey
	Lines    []*LineFile

	Transfer     map[string]bool // words
	LoginSchema  map[string]bool // phrases
	ProtocolKeys map[string]bool // phrases
	Sections     map[string]string
	Export       map[string]bool // words
	SSHArguments map[string]bool // phrases

	Ranges     map[string]*RangeKey // phrases of keys above lists of addresses
	AdminPorts map[int]bool         // ports that few addresses should reach
	Lifetimes  map[string][]*LifetimeKey
	Identity   map[string]bool // words of identity providers
	Classes    map[string]bool // phrases that demand a class of characters

	Silence Silence
}

// RangeKey is a key whose value is addresses that are allowed to come in.
type RangeKey struct {
	Purpose string // access, proxy, ingress: a rule of a firewall, which says of which port
	Context
}

// LifetimeKey is a key whose value is how long a token is valid.
type LifetimeKey struct {
	Unit    time.Duration // of a number without one; 0 if the key or the value must say it
	Session bool
	Context
}

// SettingPair names two keys of a mapping that give the name and the value of
// a setting.
type SettingPair struct {
	Name  string `toml:"name"`
	Value string `toml:"value"`
}

// Context says which words must stand in the path before a key, and which
// must not stand nearer to it.
type Context struct{ Any, Without map[string]bool }

// VersionKey is a key whose value is one TLS version or several.
type VersionKey struct {
	Aspect string // min, max, list
	Bare   bool   // a number alone is a version
	Context
}

// SwitchKey is a key that switches the check of a peer, of a host key, a second
// factor or the demand for one, or the count of failed logins off.
type SwitchKey struct {
	Aspect string   // peer, host-key, second-factor, second-factor-demand, attempts, empty
	Bad    []string // the values that do so; true and false stand for all spellings
	Context
}

// NumberKey is a key whose value is a number of a policy.
type NumberKey struct {
	Kind    string // min-length, max-attempts, max-age
	Machine bool   // the secret is one that a service changes by itself
	Context
}

// Silence says where keys that speak of credentials hold none.
type Silence struct {
	files              names
	TranslationFolders map[string]bool
	TranslationStems   map[string]bool
	Languages          map[string]bool
	VectorFolders      map[string]bool
	VectorKeys         map[string]bool
	DescriptionKeys    map[string]bool
	DescriptionKinds   map[string]bool
	DescriptionSchemas []string
	References         map[string]bool // phrases
	Sections           map[string]bool // exact keys
}

var defaultSettings = sync.OnceValues(func() (*SettingsTable, error) { return LoadSettings(settingsFiles) })

// Settings returns the built-in table of keys, read on first use.
func Settings() (*SettingsTable, error) { return defaultSettings() }

// Phrase returns words as the table spells a phrase: in lower case, with
// nothing between them.
func Phrase(words string) string { return strings.ToLower(strings.ReplaceAll(words, " ", "")) }

// settingsDecl is all files of the table together, each of which has some of the keys.
type settingsDecl struct {
	Roles      map[string][]string `toml:"roles"`
	Qualifiers struct {
		Words   []string `toml:"words"`
		Foreign []string `toml:"foreign"`
		Local   []string `toml:"local"`
	} `toml:"qualifiers"`
	Containers namesDecl     `toml:"containers"`
	Pair       []SettingPair `toml:"pair"`
	Values     struct {
		OfParent    []string `toml:"of_parent"`
		Assignments []string `toml:"assignments"`
	} `toml:"values"`
	Headers      namesDecl     `toml:"headers"`
	Version      []versionDecl `toml:"version"`
	Switch       []switchDecl  `toml:"switch"`
	Number       []numberDecl  `toml:"number"`
	Text         []textDecl    `toml:"text"`
	Product      []productDecl `toml:"product"`
	Line         []lineDecl    `toml:"line"`
	Transfer     wordsDecl     `toml:"transfer"`
	LoginSchema  wordsDecl     `toml:"login_schema"`
	Protocol     keysDecl      `toml:"protocol"`
	Section      []sectionDecl `toml:"section"`
	Export       wordsDecl     `toml:"export"`
	SSHArguments keysDecl      `toml:"ssh_arguments"`
	Range        []rangeDecl   `toml:"range"`
	AdminPorts   struct {
		Numbers []int `toml:"numbers"`
	} `toml:"admin_ports"`
	Lifetime []lifetimeDecl `toml:"lifetime"`
	Identity wordsDecl      `toml:"identity"`
	Classes  keysDecl       `toml:"classes"`
	silenceDecl
}

type (
	namesDecl struct {
		Names []string `toml:"names"`
	}
	wordsDecl struct {
		Words []string `toml:"words"`
	}
	keysDecl struct {
		Keys []string `toml:"keys"`
	}
	contextDecl struct {
		Context []string `toml:"context"`
		Without []string `toml:"without"`
	}
	versionDecl struct {
		Aspect string   `toml:"aspect"`
		Bare   bool     `toml:"bare"`
		Keys   []string `toml:"keys"`
		contextDecl
	}
	switchDecl struct {
		Aspect string   `toml:"aspect"`
		Bad    []string `toml:"bad"`
		Keys   []string `toml:"keys"`
		contextDecl
	}
	numberDecl struct {
		Kind    string   `toml:"kind"`
		Machine bool     `toml:"machine"`
		Keys    []string `toml:"keys"`
		contextDecl
	}
	rangeDecl struct {
		Purpose string   `toml:"purpose"`
		Keys    []string `toml:"keys"`
		contextDecl
	}
	lifetimeDecl struct {
		Unit    string   `toml:"unit"`
		Session bool     `toml:"session"`
		Keys    []string `toml:"keys"`
		contextDecl
	}
	sectionDecl struct {
		Protocol string   `toml:"protocol"`
		Words    []string `toml:"words"`
	}
	silenceDecl struct {
		Files        namesDecl `toml:"files"`
		Translations struct {
			Folders   []string `toml:"folders"`
			Stems     []string `toml:"stems"`
			Languages []string `toml:"languages"`
		} `toml:"translations"`
		Vectors struct {
			Folders []string `toml:"folders"`
			Keys    []string `toml:"keys"`
		} `toml:"vectors"`
		Descriptions struct {
			Keys    []string `toml:"keys"`
			Kinds   []string `toml:"kinds"`
			Schemas []string `toml:"schemas"`
		} `toml:"descriptions"`
		References struct {
			Keys     []string `toml:"keys"`
			Sections []string `toml:"sections"`
		} `toml:"references"`
	}
)

// settingRoles are the roles that a table gives.
var settingRoles = []string{"user", "host", "url", "port", "scheme", "method", "secure"}

// LoadSettings reads the table from the files settings/*.toml of fsys. Errors
// name the file and the line.
func LoadSettings(fsys fs.FS) (*SettingsTable, error) {
	files, err := fs.Glob(fsys, "settings/*.toml")
	if err != nil {
		return nil, fmt.Errorf("listing settings: %w", err)
	}
	t := newSettingsTable()
	var all []error
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("reading settings: %w", err)
		}
		all = append(all, t.parse(file, data))
	}
	for _, role := range settingRoles {
		if len(t.Roles[role]) == 0 {
			all = append(all, fmt.Errorf("settings: role %q has no key", role))
		}
	}
	return t, errors.Join(all...)
}

// newSettingsTable returns an empty table.
func newSettingsTable() *SettingsTable {
	t := &SettingsTable{Roles: map[string]map[string]bool{}, Sections: map[string]string{}}
	const some, many = 100, 250 // what the built-in table has of them, more or less
	t.Versions, t.Switches, t.Numbers = make(map[string][]*VersionKey, some), make(map[string][]*SwitchKey, many), make(map[string][]*NumberKey, some)
	t.Texts, t.Products = map[string][]*TextKey{}, make(map[string][]*ProductKey, many)
	t.Ranges, t.AdminPorts, t.Lifetimes = map[string]*RangeKey{}, map[int]bool{}, map[string][]*LifetimeKey{}
	for _, set := range t.sets() {
		*set = map[string]bool{}
	}
	return t
}

// sets returns the plain sets of the table.
func (t *SettingsTable) sets() []*map[string]bool {
	s := &t.Silence
	return []*map[string]bool{
		&t.Qualifiers, &t.Foreign, &t.Local, &t.Containers, &t.OfParent, &t.Lists, &t.Headers, &t.Transfer, &t.LoginSchema,
		&t.ProtocolKeys, &t.Export, &t.Identity, &t.Classes, &t.SSHArguments, &s.TranslationFolders, &s.TranslationStems, &s.Languages, &s.VectorFolders,
		&s.VectorKeys, &s.DescriptionKeys, &s.DescriptionKinds, &s.References, &s.Sections,
	}
}

// parse adds one file to the table.
func (t *SettingsTable) parse(file string, data []byte) error {
	var d settingsDecl
	if err := decode(file, data, &d); err != nil {
		return err
	}
	p := settingsParser{faults: faults{file: file}, data: data, table: t}
	for role, names := range d.Roles {
		if !slices.Contains(settingRoles, role) {
			p.add(p.line("roles", role), "unknown role %q", role)
		}
		set := map[string]bool{}
		p.phrases(set, names, "roles", role)
		t.Roles[role] = set
	}
	p.phrases(t.Qualifiers, d.Qualifiers.Words, "qualifiers", "words")
	p.phrases(t.Foreign, d.Qualifiers.Foreign, "qualifiers", "foreign")
	p.phrases(t.Local, d.Qualifiers.Local, "qualifiers", "local")
	p.phrases(t.Containers, d.Containers.Names, "containers", "names")
	p.phrases(t.OfParent, d.Values.OfParent, "values", "of_parent")
	p.phrases(t.Lists, d.Values.Assignments, "values", "assignments")
	p.exact(t.Headers, d.Headers.Names, "headers", "names")
	p.phrases(t.Transfer, d.Transfer.Words, "transfer", "words")
	p.phrases(t.LoginSchema, d.LoginSchema.Words, "login_schema", "words")
	p.phrases(t.ProtocolKeys, d.Protocol.Keys, "protocol", "keys")
	p.phrases(t.Export, d.Export.Words, "export", "words")
	p.phrases(t.SSHArguments, d.SSHArguments.Keys, "ssh_arguments", "keys")
	p.pairs(d.Pair)
	p.sections(d.Section)
	p.versions(d.Version)
	p.switches(d.Switch)
	p.numbers(d.Number)
	p.texts(d.Text)
	p.products(d.Product)
	p.lines(d.Line)
	p.phrases(t.Identity, d.Identity.Words, "identity", "words")
	p.phrases(t.Classes, d.Classes.Keys, "classes", "keys")
	p.ranges(d.Range)
	for _, port := range d.AdminPorts.Numbers {
		t.AdminPorts[port] = true
	}
	p.lifetimes(d.Lifetime)
	p.silence(&d.silenceDecl)
	return p.err()
}

// settingsParser checks one file and adds what it says to the table.
type settingsParser struct {
	faults
	data  []byte
	table *SettingsTable
}

// line returns the line of a key.
func (p *settingsParser) line(keys ...string) int { return tomlfile.LineOf(p.data, keys, "") }

// phrases adds phrases to a set; a phrase that is there already is a fault.
func (p *settingsParser) phrases(set map[string]bool, list []string, keys ...string) {
	for _, words := range list {
		phrase := Phrase(words)
		switch {
		case words == "" || words != strings.ToLower(words) || strings.ContainsAny(words, "_-.") || strings.TrimSpace(words) != words:
			p.add(tomlfile.LineOf(p.data, keys, words), "%q is not lower-case words with single spaces", words)
		case set[phrase]:
			p.add(tomlfile.LineOf(p.data, keys, words), "%q is there twice", words)
		}
		set[phrase] = true
	}
}

// exact adds texts to a set as they are.
func (p *settingsParser) exact(set map[string]bool, list []string, keys ...string) {
	for _, text := range list {
		if text == "" || set[text] {
			p.add(tomlfile.LineOf(p.data, keys, text), "%q is empty or there twice", text)
		}
		set[text] = true
	}
}

// pairs adds pairs of keys.
func (p *settingsParser) pairs(list []SettingPair) {
	for i, pair := range list {
		if pair.Name == "" || pair.Value == "" {
			p.add(tomlfile.LineIn(p.data, "pair", i, "name"), "a pair needs a name and a value")
		}
	}
	p.table.Pairs = append(p.table.Pairs, list...)
}

// sections adds the words that speak of a protocol.
func (p *settingsParser) sections(list []sectionDecl) {
	for i, d := range list {
		if d.Protocol == "" || len(d.Words) == 0 {
			p.add(tomlfile.LineIn(p.data, "section", i, "protocol"), "a section needs a protocol and words")
		}
		for _, word := range d.Words {
			p.table.Sections[word] = d.Protocol
		}
	}
}

// context returns the context of the i-th table of a kind.
func (p *settingsParser) context(d contextDecl) Context {
	c := Context{Any: map[string]bool{}, Without: map[string]bool{}}
	for _, words := range d.Context {
		c.Any[Phrase(words)] = true
	}
	for _, words := range d.Without {
		c.Without[Phrase(words)] = true
	}
	return c
}

// keys calls add with the phrase of each key of the i-th table of a kind.
func (p *settingsParser) keys(table string, i int, keys []string, add func(phrase string)) {
	if len(keys) == 0 {
		p.add(tomlfile.LineIn(p.data, table, i, "keys"), "no keys")
	}
	for k, words := range keys {
		if words != strings.ToLower(words) || slices.Contains(keys[:k], words) {
			p.add(tomlfile.LineIn(p.data, table, i, "keys"), "%q is there twice, or not in lower case", words)
		}
		add(Phrase(words))
	}
}

// versions adds the keys of TLS versions.
func (p *settingsParser) versions(list []versionDecl) {
	for i, d := range list {
		p.oneOf("version", i, "aspect", d.Aspect, "min", "max", "list")
		key := &VersionKey{Aspect: d.Aspect, Bare: d.Bare, Context: p.context(d.contextDecl)}
		p.keys("version", i, d.Keys, func(phrase string) {
			p.table.Versions[phrase] = append(p.table.Versions[phrase], key)
		})
	}
}

// switches adds the keys of switches.
func (p *settingsParser) switches(list []switchDecl) {
	for i, d := range list {
		p.oneOf("switch", i, "aspect", d.Aspect, "peer", "host-key", "second-factor", "second-factor-demand", "attempts", "empty")
		if len(d.Bad) == 0 {
			p.add(tomlfile.LineIn(p.data, "switch", i, "bad"), "no bad values")
		}
		key := &SwitchKey{Aspect: d.Aspect, Bad: d.Bad, Context: p.context(d.contextDecl)}
		p.keys("switch", i, d.Keys, func(phrase string) {
			p.table.Switches[phrase] = append(p.table.Switches[phrase], key)
		})
	}
}

// numbers adds the keys of policies.
func (p *settingsParser) numbers(list []numberDecl) {
	for i, d := range list {
		p.oneOf("number", i, "kind", d.Kind, "min-length", "max-attempts", "max-age")
		key := &NumberKey{Kind: d.Kind, Machine: d.Machine, Context: p.context(d.contextDecl)}
		p.keys("number", i, d.Keys, func(phrase string) {
			p.table.Numbers[phrase] = append(p.table.Numbers[phrase], key)
		})
	}
}

// ranges adds the keys of lists of addresses.
func (p *settingsParser) ranges(list []rangeDecl) {
	for i, d := range list {
		p.oneOf("range", i, "purpose", d.Purpose, "access", "proxy", "ingress")
		key := &RangeKey{Purpose: d.Purpose, Context: p.context(d.contextDecl)}
		p.keys("range", i, d.Keys, func(phrase string) { p.table.Ranges[phrase] = key })
	}
}

// lifetimeUnits are the units of numbers that say none.
var lifetimeUnits = map[string]time.Duration{
	"": 0, "millisecond": time.Millisecond, "second": time.Second, "minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour,
}

// lifetimes adds the keys of lifetimes of tokens.
func (p *settingsParser) lifetimes(list []lifetimeDecl) {
	for i, d := range list {
		unit, ok := lifetimeUnits[d.Unit]
		if !ok {
			p.add(tomlfile.LineIn(p.data, "lifetime", i, "unit"), "unknown unit %q", d.Unit)
		}
		key := &LifetimeKey{Unit: unit, Session: d.Session, Context: p.context(d.contextDecl)}
		p.keys("lifetime", i, d.Keys, func(phrase string) {
			p.table.Lifetimes[phrase] = append(p.table.Lifetimes[phrase], key)
		})
	}
}

// oneOf adds a fault unless value is one of the words.
func (p *settingsParser) oneOf(table string, i int, key, value string, words ...string) {
	if !slices.Contains(words, value) {
		p.add(tomlfile.LineIn(p.data, table, i, key), "%s must be one of %s", key, strings.Join(words, ", "))
	}
}

// silence adds where keys hold no credentials.
func (p *settingsParser) silence(d *silenceDecl) {
	s := &p.table.Silence
	for _, pattern := range d.Files.Names {
		if _, err := path.Match(pattern, ""); err != nil || pattern != strings.ToLower(pattern) {
			p.add(tomlfile.LineOf(p.data, []string{"files", "names"}, pattern), "%q is not a pattern in lower case", pattern)
		}
		s.files.add(pattern)
	}
	p.exact(s.TranslationFolders, d.Translations.Folders, "translations", "folders")
	p.exact(s.TranslationStems, d.Translations.Stems, "translations", "stems")
	p.exact(s.Languages, d.Translations.Languages, "translations", "languages")
	p.exact(s.VectorFolders, d.Vectors.Folders, "vectors", "folders")
	p.exact(s.VectorKeys, d.Vectors.Keys, "vectors", "keys")
	p.exact(s.DescriptionKeys, d.Descriptions.Keys, "descriptions", "keys")
	p.exact(s.DescriptionKinds, d.Descriptions.Kinds, "descriptions", "kinds")
	s.DescriptionSchemas = append(s.DescriptionSchemas, d.Descriptions.Schemas...)
	p.phrases(s.References, d.References.Keys, "references", "keys")
	p.exact(s.Sections, d.References.Sections, "references", "sections")
}
