package snippet

import (
	"path"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/rules"
)

// holes is how a language writes an expression inside a string.
type holes uint8

const (
	noHoles     holes = iota
	dollarBrace       // ${x}
	dollarName        // $x and ${x} or {$x}
	hashBrace         // #{x}
	brace             // {x}, with {{ for a brace
	backslash         // \(x)
)

// language is what the lexer and the reader need to know of a language.
type language struct {
	name   string // as in rules/snippets
	lines  []string
	blocks [][2]string
	nested bool // block comments nest

	quotes    string // characters that begin a string
	triple    string // those that begin a string over many lines when tripled
	oneLine   string // those whose strings end with the line
	plain     string // those whose strings have no escapes but of the quote
	holes     holes  // in strings between double quotes
	tripleRaw bool   // tripled quotes end escapes
	prefix    string // characters that may stand before a quote
	rawMark   string // those among them that end escapes
	holeMark  string // those among them that begin holes in braces
	hashes    bool   // raw strings have # around their quotes
	doubled   bool   // a quote in a raw string is doubled

	words      string // further characters of names
	regexps    bool   // /x/ is a literal
	newlines   bool   // the end of a line ends a statement
	indented   bool   // functions end where their indentation does
	functions  bool   // variables belong to functions, not to blocks
	dotJoins   bool   // a dot joins texts; members stand behind arrows
	arrowPairs bool   // => is between a key and its value
	commands   bool   // arguments may stand without brackets
	casts      bool   // (T) before a value is a cast
}

// languages returns what is known of each language.
func languages() []*language {
	const c = "//"
	block := [][2]string{{"/*", "*/"}}
	return []*language{
		{
			name: "java", lines: []string{c}, blocks: block, quotes: `"'`, triple: `"`, oneLine: `"'`, words: "$@", casts: true,
		}, {
			name: "csharp", lines: []string{c, "#"}, blocks: block, quotes: `"'`, triple: `"`, tripleRaw: true, oneLine: `"'`,
			prefix: "$@", rawMark: "@", holeMark: "$", doubled: true, casts: true,
		}, {
			name: "kotlin", lines: []string{c}, blocks: block, nested: true, quotes: `"'`, triple: `"`, tripleRaw: true, oneLine: `"'`,
			holes: dollarName, words: "@", newlines: true,
		}, {
			name: "swift", lines: []string{c}, blocks: block, nested: true, quotes: `"`, triple: `"`, oneLine: `"`, holes: backslash, words: "@#", newlines: true,
		}, {
			name: "rust", lines: []string{c}, blocks: block, nested: true, quotes: `"'`, prefix: "rbc", rawMark: "r", hashes: true,
		}, {
			name: "javascript", lines: []string{c}, blocks: block, quotes: "\"'`", oneLine: `"'`, words: "$@#", regexps: true, newlines: true,
		}, {
			name: "php", lines: []string{c, "#"}, blocks: block, quotes: "\"'`", plain: "'", holes: dollarName, words: "$@\\", functions: true,
			dotJoins: true, arrowPairs: true, casts: true,
		}, {
			name: "python", lines: []string{"#"}, quotes: `"'`, triple: `"'`, oneLine: `"'`, prefix: "rRbBuUfFtT", rawMark: "rR", holeMark: "fFtT",
			words: "@", newlines: true, indented: true, functions: true,
		}, {
			name: "ruby", lines: []string{"#"}, blocks: [][2]string{{"\n=begin", "\n=end"}}, quotes: "\"'`", plain: "'", holes: hashBrace, words: "@$",
			regexps: true, newlines: true, indented: true, functions: true, arrowPairs: true, commands: true,
		},
	}
}

// languageNamed returns a language by its name, nil for others.
func languageNamed(name string) *language {
	for _, l := range languages() {
		if l.name == name {
			return l
		}
	}
	return nil
}

// languageOf returns the name of the language of a text, "" for those that this
// package does not read.
func languageOf(t *embed.Text) string {
	if t.Kind != embed.None {
		return named(string(t.Kind))
	}
	base := strings.ToLower(path.Base(strings.ReplaceAll(t.Name, `\`, "/")))
	if strings.HasSuffix(base, ".min.js") || strings.HasSuffix(base, ".d.ts") {
		return ""
	}
	switch base {
	case "fastfile", "rakefile", "gemfile", "podfile", "capfile", "guardfile", "dangerfile", "appfile", "matchfile", "deliverfile", "pluginfile":
		return "ruby"
	case "jenkinsfile":
		return "java"
	}
	return named(strings.TrimPrefix(path.Ext(base), "."))
}

// named returns the language that an extension or the tag of a fence names.
func named(word string) string {
	switch word {
	case "java", "groovy", "gradle":
		return "java"
	case "cs", "csharp", "c#", "dotnet":
		return "csharp"
	case "kt", "kts", "kotlin":
		return "kotlin"
	case "swift":
		return "swift"
	case "rs", "rust":
		return "rust"
	case "js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts", "javascript", "typescript", "node", "nodejs":
		return "javascript"
	case "php", "phtml", "php5", "php7":
		return "php"
	case "py", "python", "python3", "py3", "pyw":
		return "python"
	case "rb", "ruby", "rake", "gemspec":
		return "ruby"
	}
	return ""
}

// Languages returns the names of the languages that this package reads.
func Languages() []string {
	var list []string
	for _, l := range languages() {
		if table, err := rules.SnippetsOf(l.name); table != nil || err != nil {
			list = append(list, l.name)
		}
	}
	return list
}
