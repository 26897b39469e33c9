// Package snippet observes credentials and requests in the source of languages
// other than Go: Java, C#, PHP, Ruby, Python, JavaScript and TypeScript, Kotlin,
// Swift and Rust, in files of their own and in what documents show of them.
//
// The way is the lightest that is sound. One lexer knows strings, comments and
// expressions in strings of each language from a table, with exact places; one
// reader makes a tree of calls, members, assignments and literals of the tokens,
// whatever the language, and takes words beside each other, such as modifiers
// and types, for what they are: words. Code is then followed in order: variables
// have the values that they were given last, texts are known in part, objects
// are what calls made them, so that the address of a client, a header set three
// lines on and the call that sends it meet. A lexer of a general library takes a
// second for one or two megabytes and gives tokens without trees; grammars for
// whole languages would need a C compiler; expressions over lines know neither
// strings nor chains of calls. This takes several megabytes a second, and only
// of files that hold the name of a library, or say a credential somewhere; those are passed by at fifty
// or more.
//
// What is known of libraries is data: rules/snippets/*.toml says what arguments
// and members mean.
//
// Limits: a file over 1 MiB or with lines of 5,000 bytes on the average, which
// machines wrote, is left out; 400,000 tokens of a file are read; nesting beyond
// 120 is not followed. What is no program makes a tree all the same, and no error.
package snippet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// MaxSize is the size in bytes up to which a file is read.
const MaxSize = 1 << 20

// maxLine is the average length of a line beyond which machines wrote a file.
const maxLine = 5000

// observer is at work on one text.
type observer struct {
	text    *embed.Text
	decoded *embed.Text // the strings with escapes
	cat     *rules.Catalogue
	table   *rules.Snippets
	lang    *language

	scope, root *scope
	with        *object // what calls without a receiver are made on
	aliases     map[string]string
	tokens      []token
	roles       map[string]partial.Role // of names seen
	objects     []*object
	credentials []credentialOf
	told        map[[2]int]bool // literals that are observed
	meant       map[*node]bool
	hosts       map[*practice.TLS]bool // checks of names that are switched off
	bare        []*member              // headers without a scheme, by their variables
	parts       []part                 // of clients of OAuth
	grants      map[string]bool        // functions that name a grant of OAuth
	fallbacks   []*value               // that may be the environment's or a text
	peeked      []*peek                // tokens whose signature nothing checks
	verified    map[string]bool        // functions that check one
	fault       *practice.Token        // that was observed last
	kept        []kept                 // access tokens
	minds       bool                   // something looks at when a token ends
	perhaps     int                    // conditions around what is observed
	columns     []int                  // of those, where lines are indented
	mails       map[string]*mailProperties
	texts       map[string]bool // that were looked for
	addresses   map[int]*value  // with queries, by where they begin
	symbols     map[int]string  // the functions that they stand in
	out         embed.Result
}

// Reads reports whether a text is one that this package reads, and may hold a
// call that matters.
func Reads(t *embed.Text) bool {
	name := languageOf(t)
	if isComponent(t) {
		name = javascript
	}
	if name == "" || len(t.Data) == 0 {
		return false
	}
	table, err := rules.SnippetsOf(name)
	return err != nil || table != nil && isInteresting(t.Data, table)
}

// isInteresting reports whether a text holds one of the words of a table, or a
// common one and a name of a credential.
func isInteresting(data []byte, table *rules.Snippets) bool {
	return holdsAny(data, table.Words) || holdsAny(data, table.Common) && namesCredential(data)
}

func holdsAny(data []byte, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(data, []byte(w)) })
}

// namesCredential reports whether one of the names in a text, in its code or in
// its literals, is one of a credential.
func namesCredential(data []byte) bool {
	for name := range bytes.FieldsFuncSeq(data, isBetweenNames) {
		if shape.MayName(name) && shape.OfName(string(name)) != shape.None {
			return true
		}
	}
	return false
}

func isBetweenNames(r rune) bool {
	return r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// Observe returns what the calls in a text show.
func Observe(t *embed.Text, cat *rules.Catalogue) embed.Result {
	if isComponent(t) {
		return embed.Result{Texts: scriptsOf(t)}
	}
	lang := languageNamed(languageOf(t))
	if lang == nil {
		return embed.Result{}
	}
	table, err := rules.SnippetsOf(lang.name)
	if err != nil {
		return embed.Result{Notices: []finding.Notice{{ID: "internal-error", Level: "error", Message: "loading the tables of snippets: " + err.Error()}}}
	}
	if table == nil || !isInteresting(t.Data, table) || bytes.IndexByte(t.Data[:min(len(t.Data), 8000)], 0) >= 0 ||
		len(t.Data)/(1+bytes.Count(t.Data, []byte("\n"))) > maxLine {
		return embed.Result{}
	}
	if len(t.Data) > MaxSize {
		return tooBig(t)
	}
	x := lex(lang, t.Data)
	o := &observer{
		text: t, cat: cat, table: table, lang: lang, scope: &scope{}, told: map[[2]int]bool{}, meant: map[*node]bool{}, hosts: map[*practice.TLS]bool{}, roles: map[string]partial.Role{},
		grants: map[string]bool{}, verified: map[string]bool{},
		aliases: aliasesIn(lang, x.out), tokens: x.out,
	}
	o.root = o.scope
	o.decoded = t.Inside(embed.None, &x.decoded)
	o.statements(parse(lang, x.out))
	o.scope = o.root
	o.bareHeaders()
	o.clients()
	o.ignoresExpiry()
	o.believed()
	o.mailed()
	o.unsent()
	o.finish()
	o.otherwise()
	o.dropHosts()
	return o.out
}

// tooBig returns the notice that a text is left out.
func tooBig(t *embed.Text) embed.Result {
	at := t.Locate(0, 0)
	return embed.Result{Notices: []finding.Notice{{
		ID: "skipped-file", Level: "note", Where: at,
		Message: fmt.Sprintf("%s: calls are not read: it is larger than %d KiB", at.File, MaxSize>>10),
	}}}
}

// aliasesIn returns what imports call otherwise: import a as b, from a import b
// as c, const b = require("a"), import b from "a".
func aliasesIn(lang *language, tokens []token) map[string]string {
	out := map[string]string{}
	for i := range tokens {
		t := &tokens[i]
		if t.kind != wordToken {
			continue
		}
		switch {
		case lang.name == "python" && t.newline && t.text == "import":
			importedAs(tokens[i+1:], "", out)
		case lang.name == "python" && t.newline && t.text == "from":
			fromImport(tokens[i+1:], out)
		case lang.name == "javascript" && t.text == "require" && i >= 2 && tokens[i-1].text == "=" && tokens[i-2].kind == wordToken:
			if i+2 < len(tokens) {
				aliasOf(tokens[i-2].text, &tokens[i+2], out)
			}
		case lang.name == "javascript" && t.text == "from" && i >= 2 && tokens[i-1].kind == wordToken && i+1 < len(tokens):
			aliasOf(tokens[i-1].text, &tokens[i+1], out)
		}
	}
	return out
}

// aliasOf notes the module that a variable stands for.
func aliasOf(name string, module *token, out map[string]string) {
	if module.kind != stringToken || len(module.pieces) != 1 {
		return
	}
	text := module.pieces[0].text
	if strings.HasPrefix(text, ".") {
		return // a file of the program itself
	}
	scope, rest, _ := strings.Cut(text, "/")
	text = scope
	if strings.HasPrefix(scope, "@") {
		text, _, _ = strings.Cut(rest, "/")
	}
	if text != "" && text != name && isPlainName(text) {
		out[name] = text
	}
}

// importedAs reads "a.b as c, d as e".
func importedAs(tokens []token, module string, out map[string]string) {
	path := ""
	for i := 0; i < len(tokens) && i < 200; i++ {
		t := &tokens[i]
		switch {
		case t.newline && module == "":
			return
		case t.text == "," || t.text == "(":
			path = ""
		case t.text == ")" || t.newline && i > 0 && module != "" && path != "" && tokens[i-1].text != ",":
			return
		case t.kind == wordToken && t.text == "as" && i+1 < len(tokens):
			out[tokens[i+1].text] = module + path
			i++
		case t.kind == wordToken || t.text == ".":
			path += t.text
			if module != "" && t.kind == wordToken {
				out[t.text] = module + t.text
			}
		}
	}
}

// fromImport reads "a.b import c, d as e".
func fromImport(tokens []token, out map[string]string) {
	module := ""
	for i := 0; i < len(tokens) && i < 20; i++ {
		t := &tokens[i]
		if t.kind == wordToken && t.text == "import" {
			importedAs(tokens[i+1:], module+".", out)
			return
		}
		module += t.text
	}
}
