package rules

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/tomlfile"
)

//go:embed snippets/*.toml
var snippetFiles embed.FS

// Snippets is what is known of the libraries of one language.
type Snippets struct {
	// Words are what a text must hold one of to be read at all.
	Words []string
	// Common are words that as many texts hold without anything to tell: they count
	// only where something is named like a credential too.
	Common []string
	calls  map[string][]*SnippetCall
	fields map[string][]*SnippetField
	words  map[string]*SnippetWord
}

// SnippetCall is a function, a method or a constructor and what its arguments
// mean.
type SnippetCall struct {
	// Names are dotted paths; those that begin with a dot are of methods.
	Names []string `toml:"names"`
	// On are the kinds of objects that it is a method of, any if there are none.
	On []string `toml:"on"`
	// Args are the roles of the arguments by their places, Keys of those with
	// names and of the members of what the role options stands for.
	Args []string          `toml:"args"`
	Keys map[string]string `toml:"keys"`
	// Match are texts that arguments must have, by place; "" is any.
	Match []string `toml:"match"`
	// Makes is the kind of the object that comes out, Result what the value that
	// comes out is otherwise.
	Makes  string `toml:"makes"`
	Result string `toml:"result"`
	// Is is what the call is in itself.
	Is string `toml:"is"`
	// Method is the method of the request that it sends, Scheme of the address
	// that has none, Protocol that of a connection.
	Method   string `toml:"method"`
	Scheme   string `toml:"scheme"`
	Protocol string `toml:"protocol"`
	// TLS is "on" or "off" where a connection has it or not by itself.
	TLS string `toml:"tls"`
	// Kind is the kind of the credential for the role secret.
	Kind string `toml:"kind"`
	// Provider is the id of the provider whose library it is.
	Provider string `toml:"provider"`
	// Body is what the body of a function of this name must be: empty, true.
	Body string `toml:"body"`
	// Parameter is a word that must stand among its parameters.
	Parameter string `toml:"parameter"`
	// Digest is the fast hash function that it is.
	Digest string `toml:"digest"`
}

// SnippetField is a member or a variable that is set, and what it means.
type SnippetField struct {
	Names []string `toml:"names"`
	On    []string `toml:"on"`
	Role  string   `toml:"role"`
	Kind  string   `toml:"kind"`
	// Key is set for members that mean this in whatever has them, unless one of
	// Without stands beside them.
	Key     bool     `toml:"key"`
	Without []string `toml:"without"`
}

// SnippetWord is a name whose use says something in itself.
type SnippetWord struct {
	Names []string `toml:"names"`
	Is    string   `toml:"is"`
}

// snippetRoles are the roles of arguments and members.
var snippetRoles = []string{
	"", "url", "base", "host", "port", "path", "method", "user", "password", "login", "pair", "token", "authorization", "header-name",
	"header-value", "header-line", "headers", "query", "query-name", "query-value", "form", "json", "cookie", "secret", "options", "option-name", "option-value",
	"verify", "verify-host", "insecure", "insecure-host", "callback", "tls-min", "tls-max", "tls", "key", "keys", "algorithm", "jwt-verify", "jwt-off", "jwt-options", "dsn", "subject", "join",
	"host-key", "host-key-callback", "host-key-off", "value", "fallback", "scheme", "user-info",
	"digest", "hashed", "cost-bcrypt", "cost-pbkdf2", "min-length", "max-attempts", "encoder", "tls-auto", "tls-mode", "lifetime",
	"expiry", "expiry-off", "across-redirect", "trusts",
}

// snippetKinds are the kinds of objects.
var snippetKinds = []string{"", "http", "client", "ftp", "ssh", "smtp", "db", "jwt", "login", "tls", "connection", "map", "digest", "smpp", "ldap"}

// snippetResults are what values come out of calls.
var snippetResults = []string{"", "same", "base64", "base64-url", "base64-mime", "format", "env", "bearer", "basic", "to-base64", "to-base64-url", "first", "scheme", "or", "either", "preset", "placeholder", "query-text", "members", "decoded", "parsed"}

// snippetMeanings are what a call or a word is in itself.
var snippetMeanings = []string{
	"", "unchecked", "accepts-all", "host-key", "unsigned", "unverified", "ssl2", "ssl3", "tls10", "tls11", "sends", "tls", "prints", "logs", "signs", "peeks", "verifies",
	"runs", "raises", "responds", "claims", "stores", "encoder", "clear",
}

type snippetsFile struct {
	Languages []string        `toml:"languages"`
	Words     []string        `toml:"words"`
	Common    []string        `toml:"common"`
	Call      []*SnippetCall  `toml:"call"`
	Field     []*SnippetField `toml:"field"`
	Word      []*SnippetWord  `toml:"word"`
}

var defaultSnippets = sync.OnceValues(func() (map[string]*Snippets, error) { return LoadSnippets(snippetFiles) })

// SnippetsOf returns what is known of the libraries of a language, read on first
// use; nil for a language that the files do not name.
func SnippetsOf(language string) (*Snippets, error) {
	all, err := defaultSnippets()
	return all[language], err
}

// LoadSnippets reads the files snippets/*.toml of fsys. Errors name the file and
// the line.
func LoadSnippets(fsys fs.FS) (map[string]*Snippets, error) {
	files, err := fs.Glob(fsys, "snippets/*.toml")
	if err != nil {
		return nil, fmt.Errorf("listing snippets: %w", err)
	}
	out := map[string]*Snippets{}
	var all []error
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("reading snippets: %w", err)
		}
		all = append(all, parseSnippets(file, data, out))
	}
	return out, errors.Join(all...)
}

// parseSnippets adds one file.
func parseSnippets(file string, data []byte, out map[string]*Snippets) error {
	var f snippetsFile
	if err := decode(file, data, &f); err != nil {
		return err
	}
	check := faults{file: file}
	if len(f.Languages) == 0 {
		check.add(1, "no languages")
	}
	for _, name := range f.Languages {
		s := out[name]
		if s == nil {
			s = &Snippets{calls: map[string][]*SnippetCall{}, fields: map[string][]*SnippetField{}, words: map[string]*SnippetWord{}}
			out[name] = s
		}
		s.Words = append(s.Words, f.Words...)
		s.Common = append(s.Common, f.Common...)
		s.add(&f)
	}
	for i, c := range f.Call {
		checkSnippetCall(&check, c, func(key string) int { return tomlfile.LineIn(data, "call", i, key) })
	}
	for i, d := range f.Field {
		line := func(string) int { return tomlfile.LineIn(data, "field", i, "names") }
		checkSnippet(&check, line, "names", d.Names, nil)
		checkSnippet(&check, line, "on", d.On, snippetKinds)
		checkSnippet(&check, line, "role", []string{d.Role}, snippetRoles)
		checkSnippet(&check, line, "kind", []string{d.Kind}, snippetSecrets)
	}
	for i, w := range f.Word {
		line := func(string) int { return tomlfile.LineIn(data, "word", i, "names") }
		checkSnippet(&check, line, "names", w.Names, nil)
		checkSnippet(&check, line, "is", []string{w.Is}, snippetMeanings)
	}
	return check.err()
}

// snippetSecrets are the kinds of credentials.
var snippetSecrets = []string{"", "password", "secret", "key", "token"}

// checkSnippetCall checks the words of a call.
func checkSnippetCall(check *faults, c *SnippetCall, line func(key string) int) {
	checkSnippet(check, line, "names", c.Names, nil)
	checkSnippet(check, line, "on", c.On, snippetKinds)
	checkSnippet(check, line, "args", c.Args, snippetRoles)
	for _, role := range c.Keys {
		checkSnippet(check, line, "keys", []string{role}, snippetRoles)
	}
	checkSnippet(check, line, "makes", []string{c.Makes}, snippetKinds)
	checkSnippet(check, line, "result", []string{c.Result}, snippetResults)
	checkSnippet(check, line, "is", []string{c.Is}, snippetMeanings)
	checkSnippet(check, line, "tls", []string{c.TLS}, []string{"", "on", "off", "maybe"})
	checkSnippet(check, line, "kind", []string{c.Kind}, snippetSecrets)
	checkSnippet(check, line, "body", []string{c.Body}, []string{"", "empty", "true"})
	if len(c.Args) == 0 && len(c.Keys) == 0 && c.Makes == "" && c.Result == "" && c.Is == "" && c.Method == "" {
		check.add(line("names"), "a call that says nothing")
	}
}

// checkSnippet checks that words are among those that are known; without those,
// that there are words.
func checkSnippet(check *faults, line func(key string) int, key string, words, known []string) {
	if known == nil && len(words) == 0 {
		check.add(line(key), "%s is empty", key)
	}
	for _, w := range words {
		if known != nil && !slices.Contains(known, w) || known == nil && strings.Trim(w, ".") == "" {
			check.add(line(key), "unknown word %q of %s", w, key)
		}
	}
}

// add adds the rows of a file by the last part of their names.
func (s *Snippets) add(f *snippetsFile) {
	for _, c := range f.Call {
		for _, name := range c.Names {
			last := lastName(name)
			if list := s.calls[last]; !slices.Contains(list, c) {
				s.calls[last] = append(list, c)
			}
		}
	}
	for _, d := range f.Field {
		for _, name := range d.Names {
			last := lastName(name)
			s.fields[last] = append(s.fields[last], d)
		}
	}
	for _, w := range f.Word {
		for _, name := range w.Names {
			s.words[name] = w
		}
	}
}

// lastName returns the last part of a dotted name.
func lastName(name string) string {
	return strings.TrimPrefix(name[strings.LastIndexByte(name, '.')+1:], "@")
}

// Calls returns the rows whose names end with a word.
func (s *Snippets) Calls(last string) []*SnippetCall { return s.calls[last] }

// Fields returns the rows of members whose names end with a word.
func (s *Snippets) Fields(last string) []*SnippetField { return s.fields[last] }

// Word returns what a dotted name is in itself, "" if nothing. A name stands for
// all whose last parts it is.
func (s *Snippets) Word(path string) string {
	for {
		if w := s.words[path]; w != nil {
			return w.Is
		}
		_, rest, ok := strings.Cut(path, ".")
		if !ok {
			return ""
		}
		path = rest
	}
}

// Fits reports whether one of the names stands for a dotted path, and returns
// whether it is the name of a method.
func (c *SnippetCall) Fits(path string) (fits, isMethod bool) { return nameFits(c.Names, path) }

// Fits reports whether one of the names stands for a dotted path, and returns
// whether it is the name of a member.
func (d *SnippetField) Fits(path string) (fits, isMember bool) { return nameFits(d.Names, path) }

// Longest returns the length of the longest of the names that stand for a dotted
// path; names of methods come behind all others.
func (c *SnippetCall) Longest(path string) int {
	longest := 0
	for _, name := range c.Names {
		rest, member := strings.CutPrefix(name, ".")
		if path != rest && !strings.HasSuffix(path, "."+rest) {
			continue
		}
		n := len(rest) + 10
		if member {
			n = 1
		}
		longest = max(longest, n)
	}
	return longest
}

// nameFits reports whether one of the names stands for a dotted path.
func nameFits(names []string, path string) (fits, isMember bool) {
	for _, name := range names {
		rest, member := strings.CutPrefix(name, ".")
		switch {
		case path == rest:
			return true, member
		case strings.HasSuffix(path, "."+rest):
			return true, member
		}
	}
	return false, false
}
