// Package document finds what stands in Markdown and plain text for programs and
// shells: fences and code blocks in the language that they name, command lines
// the heads of HTTP messages and code among prose, and hands all of it on. What
// sentences say themselves it observes: schemes that are misspelled, examples of
// credentials, links to secrets.
//
// Limits: a text over 2 MiB is left out, with a notice if it is Markdown; a command goes over 60
// lines at most.
package document

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/markdown"
	"github.com/authlint/authlint/rules"
)

// MaxSize is the size in bytes up to which a document is read.
const MaxSize = 2 << 20

// maxNesting is how many marks of quotes and lists a line may begin with: each
// costs a call of the parser.
const maxNesting = 500

// Reads reports whether a text is a document.
func Reads(t *embed.Text) bool { return kindOf(t) != embed.None }

// kindOf returns the kind of a document, None for other texts.
func kindOf(t *embed.Text) embed.Kind {
	switch t.Kind {
	case embed.Markdown, embed.Prose:
		return t.Kind
	case embed.None:
	default:
		return embed.None
	}
	base := strings.ToLower(path.Base(strings.ReplaceAll(t.Name, `\`, "/")))
	switch ext := path.Ext(base); {
	case ext == ".md" || ext == ".markdown" || ext == ".mdx" || ext == ".mdown" || ext == ".mkd":
		return embed.Markdown
	case ext == ".txt" || ext == ".text" || ext == ".rst" || ext == ".adoc" || ext == ".asciidoc" || ext == ".org":
		return embed.Prose
	case base == "readme" || base == "install" || base == "usage" || base == "howto":
		return embed.Prose
	}
	return embed.None
}

// Observe returns the texts that stand in a document.
func Observe(t *embed.Text, cat *rules.Catalogue) embed.Result {
	kind := kindOf(t)
	if kind == embed.None || bytes.IndexByte(t.Data[:min(len(t.Data), 8000)], 0) >= 0 {
		return embed.Result{}
	}
	if len(t.Data) > MaxSize && kind == embed.Prose {
		return embed.Result{} // data: a list of words, a log
	}
	if len(t.Data) > MaxSize {
		return tooBig(t, fmt.Sprintf("it is larger than %d MiB", MaxSize>>20))
	}
	d := &document{text: t, commands: cat.Commands()}
	if kind == embed.Markdown {
		if isTooDeep(t.Data) {
			return tooBig(t, "it nests too deep")
		}
		d.blocks(markdown.Read(t.Data))
	} else {
		d.prose(t)
	}
	return embed.Result{Texts: d.out, Observations: d.words(cat, d.about(cat))}
}

// tooBig returns the notice that a document is left out.
func tooBig(t *embed.Text, reason string) embed.Result {
	at := t.Locate(0, 0)
	return embed.Result{Notices: []finding.Notice{{
		ID: "skipped-file", Level: "note", Where: at, Message: fmt.Sprintf("%s:%d: examples are not read: %s", at.File, at.Line, reason),
	}}}
}

// isTooDeep reports whether a line begins with so many marks of quotes and lists
// that blocks nest beyond what a parser that calls itself can take.
func isTooDeep(data []byte) bool {
	for line := range bytes.Lines(data) {
		marks := 0
		for _, b := range line {
			if strings.IndexByte("> \t-*+", b) < 0 && (b < '0' || b > '9') && b != '.' && b != ')' {
				break
			}
			if b == '>' || b == '-' || b == '*' || b == '+' || b == '.' || b == ')' {
				marks++
			}
		}
		if marks > maxNesting && bytes.ContainsAny(line, "> ") {
			return true
		}
	}
	return false
}

// document is a document under reading.
type document struct {
	text     *embed.Text
	commands *rules.Commands
	heading  string
	out      []*embed.Text
}

// blocks reads the blocks of Markdown.
func (d *document) blocks(list []markdown.Block) {
	for i := range list {
		b := &list[i]
		switch b.Kind {
		case markdown.Heading:
			d.heading = heading(b.Text)
		case markdown.Fence, markdown.Indented:
			d.code(b)
		case markdown.Paragraph:
			d.prose(d.part(embed.Prose, b))
		}
		d.blocks(b.Children)
	}
}

// heading returns a heading as the symbol of what stands below it.
func heading(text string) string {
	const longest, word = 60, 12
	if len(text) > longest || strings.ContainsAny(text, "=:`<>\n") {
		return ""
	}
	for w := range strings.FieldsSeq(text) {
		if len(w) >= word && strings.ContainsAny(w, "0123456789") || strings.ContainsAny(w, "!$%^&*_+") {
			return "" // may be a credential
		}
	}
	return strings.TrimSpace(text)
}

// part returns the content of a block as a text.
func (d *document) part(kind embed.Kind, b *markdown.Block) *embed.Text {
	var out embed.Builder
	if len(b.Lines) == 0 {
		out.Copy(d.text.Data, b.TextStart, min(len(d.text.Data), b.TextStart+len(b.Text)))
	}
	for _, line := range b.Lines {
		out.Put(strings.Repeat(" ", line.Padding), line.Start, line.Start)
		out.Copy(d.text.Data, line.Start, line.End)
	}
	t := d.text.Inside(kind, &out)
	t.Symbol, t.Key = d.heading, d.heading
	// An example is documentation wherever it stands.
	t.Document = true
	return t
}

// code hands on a fence or a code block in the language that it names. Without a
// name it is prose, in which commands are known by their looks.
func (d *document) code(b *markdown.Block) {
	kind := embed.None
	if b.Kind == markdown.Fence {
		kind = embed.OfTag(b.Info)
	}
	t := d.part(kind, b)
	switch kind {
	case embed.None, embed.Prose:
		t.Kind = embed.Prose
		d.out = append(d.out, t)
		d.prose(t)
		return
	case embed.Shell:
		if hasPrompt(t.Data) {
			t.Kind = embed.Console
		}
	}
	d.out = append(d.out, t)
}

// hasPrompt reports whether the first line that says something begins with the
// prompt of a shell.
func hasPrompt(data []byte) bool {
	for line := range bytes.Lines(data) {
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 && trimmed[0] != '#' {
			return bytes.HasPrefix(trimmed, []byte("$ ")) || bytes.HasPrefix(trimmed, []byte("> ")) || bytes.HasPrefix(trimmed, []byte("% "))
		}
	}
	return false
}
