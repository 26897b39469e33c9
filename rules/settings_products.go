package rules

import (
	"path"
	"strings"

	"github.com/authlint/authlint/internal/tomlfile"
)

// ProductKey is what a key means in the files of a product that has words of its
// own for it.
type ProductKey struct {
	// Means is what a bad value says: peer, plaintext, log, hash, clear; or what the
	// value is: password, secret, key, token.
	Means string
	// Protocol is what goes without TLS, for plaintext.
	Protocol string
	// Bad are the values that say so, Maybe those that leave it to the other side;
	// true and false stand for all spellings, any for every value.
	Bad, Maybe []string
	// Take is the part of a value that is a credential: all of it, its last word,
	// or, as jaas, the option of a login module of Java.
	Take string
	// Address is the phrase of a key beside it that holds the host; self for the
	// value itself.
	Address string
	// Beside are phrases of keys beside it that must be there and not be switched
	// off, Unless those that must not be there.
	Beside, Unless []string
	Files          []string // patterns of names; any file if empty
	// Children is set where the keys below have the meaning, whatever their names.
	Children bool
	Context
}

// In reports whether the key means that in a file of this name.
func (k *ProductKey) In(name string) bool { return matchesFile(k.Files, name) }

// matchesFile reports whether the end of a path matches one of the patterns, or
// there is none.
func matchesFile(patterns []string, name string) bool {
	if len(patterns) == 0 {
		return true
	}
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	for _, pattern := range patterns {
		if ok, _ := path.Match(pattern, tail(name, strings.Count(pattern, "/"))); ok {
			return true
		}
	}
	return false
}

// tail returns the base name of a path and as many folders before it.
func tail(name string, folders int) string {
	at := len(name)
	for ; folders >= 0; folders-- {
		cut := strings.LastIndexByte(name[:at], '/')
		if cut < 0 {
			return name
		}
		at = cut
	}
	return name[at+1:]
}

// productDecl is a [[product]] of the table.
type productDecl struct {
	Means    string   `toml:"means"`
	Protocol string   `toml:"protocol"`
	Bad      []string `toml:"bad"`
	Maybe    []string `toml:"maybe"`
	Take     string   `toml:"take"`
	Address  string   `toml:"address"`
	Beside   []string `toml:"beside"`
	Unless   []string `toml:"unless"`
	Children bool     `toml:"children"`
	Files    []string `toml:"files"`
	Keys     []string `toml:"keys"`
	contextDecl
}

// products adds the keys of products.
func (p *settingsParser) products(list []productDecl) {
	for i, d := range list {
		p.oneOf("product", i, "means", d.Means, "peer", "plaintext", "log", "hash", "clear", "password", "secret", "key", "token")
		p.oneOf("product", i, "take", d.Take, "", "last", "jaas")
		p.patterns("product", i, d.Files)
		isValue := d.Means == "password" || d.Means == "secret" || d.Means == "key" || d.Means == "token"
		if isValue != (len(d.Bad)+len(d.Maybe) == 0) {
			p.add(tomlfile.LineIn(p.data, "product", i, "means"), "bad values belong to what is switched, and to nothing else")
		}
		key := &ProductKey{
			Means: d.Means, Protocol: d.Protocol, Bad: d.Bad, Maybe: d.Maybe, Take: d.Take, Address: Phrase(d.Address),
			Beside: phrasesOf(d.Beside), Unless: phrasesOf(d.Unless), Files: d.Files, Children: d.Children, Context: p.context(d.contextDecl),
		}
		p.keys("product", i, d.Keys, func(phrase string) {
			p.table.Products[phrase] = append(p.table.Products[phrase], key)
		})
	}
}

// patterns adds a fault for each pattern of file names that is none.
func (p *settingsParser) patterns(table string, i int, list []string) {
	for _, pattern := range list {
		if _, err := path.Match(pattern, ""); err != nil || pattern != strings.ToLower(pattern) {
			p.add(tomlfile.LineIn(p.data, table, i, "files"), "%q is not a pattern in lower case", pattern)
		}
	}
}

// phrasesOf returns the phrases of a list of words.
func phrasesOf(list []string) []string {
	var out []string
	for _, words := range list {
		out = append(out, Phrase(words))
	}
	return out
}

// LineForm is a line that holds a login in a file of lines: words that must be
// there, * for any, ... for any number of them, and words with parts in braces
// that have a role: {user}, {host}, {password}, {secret}, {key}.
type LineForm struct{ Words []string }

// LineFile is the lines of one product.
type LineFile struct {
	Files    []string
	Forms    []LineForm
	Means    string // plaintext, or "" for a credential
	Protocol string
}

// LineForms returns the forms of lines in a file of this name.
func (t *SettingsTable) LineForms(name string) []*LineFile {
	var out []*LineFile
	for _, f := range t.Lines {
		if matchesFile(f.Files, name) {
			out = append(out, f)
		}
	}
	return out
}

// lineDecl is a [[line]] of the table.
type lineDecl struct {
	Files    []string `toml:"files"`
	Forms    []string `toml:"forms"`
	Means    string   `toml:"means"`
	Protocol string   `toml:"protocol"`
}

// lines adds the forms of lines.
func (p *settingsParser) lines(list []lineDecl) {
	for i, d := range list {
		p.oneOf("line", i, "means", d.Means, "", "plaintext")
		p.patterns("line", i, d.Files)
		if len(d.Files) == 0 || len(d.Forms) == 0 {
			p.add(tomlfile.LineIn(p.data, "line", i, "files"), "lines need files and forms")
		}
		file := &LineFile{Files: d.Files, Means: d.Means, Protocol: d.Protocol}
		for _, form := range d.Forms {
			if strings.Count(form, "...") > 2 || !strings.Contains(form, "{") {
				p.add(tomlfile.LineIn(p.data, "line", i, "forms"), "%q has no role, or more than two gaps", form)
			}
			file.Forms = append(file.Forms, LineForm{strings.Fields(form)})
		}
		p.table.Lines = append(p.table.Lines, file)
	}
}
