package rules

import "github.com/authlint/authlint/internal/tomlfile"

// TextKey is a key whose value is text of another language.
type TextKey struct {
	Kind string // as fences name the language
	// List says what the elements of a list are: lines of one text, or words of
	// one command line.
	List string
	// NameKey is the phrase of a key beside it that holds the name of the file
	// whose content the value is.
	NameKey string
	// KindKey is the phrase of a key beside it that names the language, With that
	// of a key whose value goes on with the words.
	KindKey, With string
	// Children is set where the values below the key are the texts.
	Children bool
	Files    []string // patterns of base names in lower case; any file if empty
	Context
}

// In reports whether the key means that in a file of this name.
func (k *TextKey) In(name string) bool {
	return matchesFile(k.Files, name)
}

// textDecl is a [[text]] of the table.
type textDecl struct {
	Kind     string   `toml:"kind"`
	List     string   `toml:"list"`
	KindKey  string   `toml:"kind-key"`
	With     string   `toml:"with"`
	NameKey  string   `toml:"name-key"`
	Children bool     `toml:"children"`
	Files    []string `toml:"files"`
	Keys     []string `toml:"keys"`
	contextDecl
}

// texts adds the keys of texts in other languages.
func (p *settingsParser) texts(list []textDecl) {
	for i, d := range list {
		p.oneOf("text", i, "list", d.List, "lines", "words")
		if d.Kind == "" {
			p.add(tomlfile.LineIn(p.data, "text", i, "kind"), "a text needs a kind")
		}
		p.patterns("text", i, d.Files)
		key := &TextKey{
			Kind: d.Kind, List: d.List, KindKey: Phrase(d.KindKey), With: Phrase(d.With), NameKey: Phrase(d.NameKey), Children: d.Children, Files: d.Files,
			Context: p.context(d.contextDecl),
		}
		p.keys("text", i, d.Keys, func(phrase string) {
			p.table.Texts[phrase] = append(p.table.Texts[phrase], key)
		})
	}
}
