package document

import (
	"strings"

	"github.com/authlint/authlint/internal/embed"
)

// tagged follows the lines of plain text that are said to be of a language: below
// a directive of reStructuredText, below an attribute of AsciiDoc, in a fence.
type tagged struct {
	speech speech
	// until is the line that ends the block; "" for one that goes on as long as its
	// lines are indented.
	until string
	// opens is set where the block begins with the line of its delimiter.
	opens bool
}

// next takes in a line, whole and without the blanks around it, and reports
// whether it is a mark of the block and not of its text.
func (t *tagged) next(whole, text string) bool {
	switch {
	case t.opens && isDelimiter(text):
		t.opens, t.until = false, text
		return true
	case t.opens:
		*t = tagged{}
	case t.until != "" && text == t.until:
		*t = tagged{}
		return true
	case t.speech != prose && t.until == "" && text != "" && whole[0] != ' ' && whole[0] != '\t':
		*t = tagged{}
	case t.speech != prose:
		return false
	}
	switch {
	case strings.HasPrefix(text, ".. code"), strings.HasPrefix(text, ".. sourcecode"):
		_, tag, _ := strings.Cut(text, "::")
		t.speech = speechOf(tag)
		return true
	case strings.HasPrefix(text, "[source,"):
		tag, _, _ := strings.Cut(strings.TrimPrefix(text, "[source,"), ",")
		t.speech = speechOf(strings.TrimSuffix(tag, "]"))
		t.opens = t.speech != prose
		return true
	case strings.HasPrefix(text, "```"), strings.HasPrefix(text, "~~~"):
		if t.speech = speechOf(text[3:]); t.speech != prose {
			t.until = text[:3]
		}
		return true
	}
	return false
}

// isDelimiter reports whether a line stands around blocks of AsciiDoc.
func isDelimiter(text string) bool {
	return len(text) >= 4 && strings.Trim(text, text[:1]) == "" && strings.Contains("-.=", text[:1]) || text == "```"
}

// speechOf returns the language that a tag names, prose for those that are not
// read here.
func speechOf(tag string) speech {
	kind := embed.OfTag(strings.TrimSpace(tag))
	switch kind {
	case "js", "node", "nodejs", "ts", "typescript", "jsx", "tsx":
		return javascript
	case "cs", "c#", "dotnet":
		return csharp
	case "py", "python3":
		return python
	case "rb":
		return ruby
	case "kt":
		return kotlin
	case "rs":
		return rust
	}
	for s := prose + 1; s < golang; s++ {
		if s.kind() == kind && kind != embed.None {
			return s
		}
	}
	return prose
}
