// Package settings reads configuration files of every common format into one
// tree of settings and observes credentials, requests, TLS settings, policies
// and connections in them.
//
// A reader for each format (YAML, JSON with and without comments, TOML, .env,
// Java properties, INI, systemd units, HCL, XML, SQL, and what servers read: blocks
// as of nginx, lines as of OpenSSH, Apache, HAProxy and PAM) yields the same tree of
// Setting, with byte-exact places. Formats that hold nothing but logins (.netrc,
// .pgpass, .npmrc, htpasswd ...) are read into the same tree and say themselves
// what is a credential.
// What keys mean is data: rules/settings/*.toml says which phrases speak of TLS
// versions, of password policies, of users and hosts, and where words that speak
// of credentials hold none. Whether a name or a value can be a credential is for
// package shape, and the verdict for package practice.
//
// Limits: a file over 4 MiB, or with more than 400,000 lines and elements, is
// left out with a notice; nesting deeper than 1,000 is a fault of the file; YAML
// aliases may stand for 20,000 settings. A text in which nothing could be observed
// is not parsed at all (gate.go), so that nobody is told when it is malformed. Any
// other malformed file yields one notice that names the place and the parser's
// reason and never quotes the file; what could be read is observed. In templates of
// YAML, JSON and TOML, expressions count as words; those that are of no format even
// so yield a note.
package settings

import (
	"path"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// Reads reports whether the file is one that this package reads, by its name.
func Reads(path string) bool { return formatOf(path) != nil }

// observer collects the observations of one file.
type observer struct {
	table          *rules.SettingsTable
	cat            *rules.Catalogue
	path           string
	test, document bool
	fileWords      []string              // of the file's name, as context
	kinds          map[string]shape.Kind // of names seen

	ends   *endings // of the names that the table knows
	found  []int    // by a walk through them
	recent recent

	traits // of the document under observation
	depth  int

	out    []practice.Observation
	text   *embed.Text // under observation
	texts  []*embed.Text
	handed map[*Setting]bool // values that are handed on

	services map[roleIn]map[string][]*Setting // see servicesOf
}

// traits are what a document says of itself.
type traits struct {
	flat        bool // keys without sections, as in .env
	checks      bool // holds what passwords are checked with
	description bool // describes data or an API: names of credentials mean nothing
	kube        bool // is an object of Kubernetes
}

// observe walks one document.
func (o *observer) observe(f *format, doc *Setting) {
	if isTranslation(o.table, o.path, doc) || isVector(o.table, doc) || isPatterns(doc) {
		return
	}
	kind := doc.Child("kind")
	o.traits = traits{flat: f.name == "env", checks: f.name == "htpasswd" || f.name == "LDIF", description: isDescription(o.table, doc)}
	o.kube = kind != nil && doc.Child("apiVersion") != nil
	foldFunctions(doc)
	accountLines(doc)
	if o.kube && kind.Text == "Secret" {
		decodeData(doc)
	}
	arrange(doc, o.table)
	o.describe(doc)
	if f.name == "INI" {
		o.markINI(doc)
	}
	o.markLogins(doc)
	o.markTransfer(doc)
	doc.All(o.markProduct)
	o.visit(doc)
}

// embedded observes a file that stands in a value under its own name, as in the
// ConfigMaps of Kubernetes.
func (o *observer) embedded(s *Setting) {
	if o.depth == maxEmbedded || !s.Quoted {
		return
	}
	f := formatOf(s.Name)
	if f == nil && strings.Contains(s.Text, "\n") && path.Ext(s.Name) != "" {
		text := o.part(s)
		text.Kind, text.Name, text.Symbol, text.Key = embed.None, s.Name, s.symbol(false), s.symbol(true)
		o.texts = append(o.texts, text)
	}
	if f == nil && path.Ext(s.Name) == "" && strings.Count(s.Text, "\n") > 1 && !o.handed[s] {
		if kind := formOf([]byte(s.Text)); kind != embed.None {
			text := o.part(s)
			text.Kind, text.Symbol, text.Key = kind, s.symbol(false), s.symbol(true)
			o.texts = append(o.texts, text)
		}
	}
	if f == nil || isQuietFile(o.table, s.Name) || !isInteresting([]byte(s.Text), "") {
		return
	}
	inner := newSource(s.src.file, []byte(s.Text))
	inner.outer, inner.via = s.src, s.val
	docs, _ := guarded(f, inner) // what is no document here is text
	outer := o.traits
	o.depth++
	for _, doc := range docs {
		doc.Parent = s
		o.observe(f, doc)
	}
	o.depth--
	o.traits = outer
}

// visit observes a setting and what is below it.
func (o *observer) visit(s *Setting) {
	if o.table.Silence.Sections[s.Name] || o.kube && s.Name == "status" && s.Parent.Parent == nil {
		return // names of what is kept elsewhere, or what a cluster tells of itself
	}
	if o.handOn(s) {
		return
	}
	switch s.Kind {
	case Scalar:
		o.scalar(s)
	case Mapping:
		o.mapping(s)
	case List:
		if o.mayMean(s, ofVersion) {
			o.versionList(s)
		}
	}
	for _, item := range s.Items {
		o.visit(item)
	}
}

// scalar observes one value.
func (o *observer) scalar(s *Setting) {
	if s.Aliased || s.Parent == nil {
		return // a file that is one text has no settings
	}
	if !o.description {
		o.product(s)
	}
	if s.Text == "" {
		return
	}
	keyed := o.mayMean(s, keyed)
	if keyed {
		o.number(s)
		o.lifetime(s)
	}
	if o.description || s.Parent != nil && isSchema(s.Parent) {
		o.parameter(s)
		return
	}
	o.embedded(s)
	if keyed {
		o.version(s)
		o.toggle(s)
	}
	if keyed || s.isNamedValue() {
		o.safelist(s)
	}
	o.terms(s)
	o.sshArguments(s)
	o.signingKey(s)
	o.exposed(s)
	o.printed(s)
	o.credential(s)
	o.address(s)
	o.dsn(s)
	o.body(s)
}

// mapping observes settings that belong together.
func (o *observer) mapping(s *Setting) {
	if s.Aliased || o.description {
		return
	}
	o.requests(s)
	o.connections(s)
	o.classes(s)
}

// isJobService reports whether a setting belongs to a container that a CI job
// starts beside its tests and throws away with them.
func (o *observer) isJobService(s *Setting) bool {
	if !strings.Contains("/"+o.path, "/.github/workflows/") && !strings.Contains("/"+o.path, "/.forgejo/workflows/") && !strings.Contains("/"+o.path, "/.gitea/workflows/") {
		return false
	}
	path := s.Path()
	return len(path) > 3 && path[0] == "jobs" && path[2] == "services"
}

// source returns what every observation says of its place: the value of s.
func (o *observer) source(s *Setting) practice.Source {
	at := s.Location()
	return practice.Source{
		At: at, Origin: at, Symbol: s.symbol(false), Key: s.symbol(true), Test: o.test || o.isJobService(s), Document: o.document,
	}
}
