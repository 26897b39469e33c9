package document

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/embed"
)

// maxLines is how many lines a command or the head of a message goes over.
const maxLines = 60

// prose hands on the commands, the heads of HTTP messages and the code that stand
// on lines of their own in a text.
func (d *document) prose(t *embed.Text) {
	p := proseReader{document: d, text: t, handed: len(d.out)}
	taken := map[int]bool{}
	for at := 0; at < len(t.Data); {
		next := p.line(at)
		if handed := len(p.out); handed > p.handed {
			p.handed = handed
			for at < next {
				taken[at] = true
				_, at = p.lineAt(at)
			}
		}
		at = next
	}
	p.code(taken)
}

// proseReader reads a text line by line.
type proseReader struct {
	*document
	text   *embed.Text
	handed int // how much is handed on so far
}

// lineAt returns the end of the line at an offset, without its line break, and
// where the next line begins.
func (p *proseReader) lineAt(at int) (end, next int) {
	n := bytes.IndexByte(p.text.Data[at:], '\n')
	if n < 0 {
		return len(p.text.Data), len(p.text.Data)
	}
	return at + n, at + n + 1
}

// line reads the line at an offset and returns where to go on.
func (p *proseReader) line(at int) int {
	end, next := p.lineAt(at)
	start := p.begin(at, end)
	text := string(p.text.Data[start:end])
	switch {
	case p.isCommand(text):
		stop := p.command(start, end, next)
		p.hand(embed.Shell, start, stop)
		return max(next, stop)
	case isHeader(text):
		p.hand(embed.HTTP, start, end)
	}
	return next
}

// hand hands on a range of the text.
func (p *proseReader) hand(kind embed.Kind, start, end int) {
	part := p.text.Part(kind, start, end)
	part.Document = true
	p.out = append(p.out, part)
}

// begin returns the offset behind blanks, the mark of a list and a prompt.
func (p *proseReader) begin(at, end int) int {
	data := p.text.Data
	for _, mark := range []string{"", "- ", "* ", "> ", "$ ", "# ", "% ", "`"} {
		for at < end && (data[at] == ' ' || data[at] == '\t') {
			at++
		}
		if mark != "" && bytes.HasPrefix(data[at:end], []byte(mark)) {
			at += len(mark)
		}
	}
	return at
}

// isCommand reports whether a line is a command: its first word is a command that
// is known, and the next one is no word of a sentence.
func (p *proseReader) isCommand(text string) bool {
	first, rest, ok := strings.Cut(text, " ")
	if !ok || first == "" || strings.ToLower(first) != first {
		return false
	}
	if first == "sudo" || first == "time" || first == "watch" {
		return p.isCommand(rest)
	}
	if first == "export" {
		name, _, assigns := strings.Cut(rest, "=")
		return assigns && name != "" && !strings.Contains(name, " ")
	}
	if p.commands.Find(first, strings.Fields(rest)) == nil {
		return false
	}
	words := strings.Fields(rest)
	return len(words) > 0 && (looksLikeArgument(words[0]) || len(words) > 1 && looksLikeArgument(words[1]))
}

// looksLikeArgument reports whether a word is one that commands take and
// sentences do not have.
func looksLikeArgument(word string) bool {
	if strings.HasPrefix(word, "-") && len(word) > 1 {
		return word[1] == '-' && len(word) > 2 || word[1]|0x20 >= 'a' && word[1]|0x20 <= 'z'
	}
	return strings.Contains(word, "://") || strings.ContainsAny(word, "@$") && len(word) > 2 || strings.HasPrefix(word, "'") && len(word) > 2
}

// command returns where a command that begins here ends: it goes on where its
// line says so, where a quote is open, and where the next line is an option of it.
func (p *proseReader) command(start, end, next int) int {
	for range maxLines {
		if next >= len(p.text.Data) {
			return end
		}
		nextEnd, after := p.lineAt(next)
		following := bytes.TrimSpace(p.text.Data[next:nextEnd])
		if openQuote(p.text.Data[start:end]) != 0 {
			closed, behind, ok := p.closed(start, next)
			if !ok {
				return end // an apostrophe
			}
			end, next = closed, behind
			continue
		}
		if len(following) == 0 || !goesOn(p.text.Data[start:end]) && !isOption(following) {
			return end
		}
		end, next = nextEnd, after
	}
	return end
}

// closed returns the end of the line in which the quote that is open before next
// is closed, and where the line behind it begins. A blank line ends the search.
func (p *proseReader) closed(start, next int) (end, after int, ok bool) {
	for range maxLines {
		if next >= len(p.text.Data) {
			return 0, 0, false
		}
		end, after = p.lineAt(next)
		if len(bytes.TrimSpace(p.text.Data[next:end])) == 0 {
			return 0, 0, false
		}
		if openQuote(p.text.Data[start:end]) == 0 {
			return end, after, true
		}
		next = after
	}
	return 0, 0, false
}

// goesOn reports whether a line says that the command goes on.
func goesOn(text []byte) bool {
	trimmed := bytes.TrimRight(text, " \t\r")
	return bytes.HasSuffix(trimmed, []byte(`\`)) || bytes.HasSuffix(trimmed, []byte(" /"))
}

// isOption reports whether a line begins with an option.
func isOption(line []byte) bool {
	return len(line) > 2 && line[0] == '-' && (line[1] == '-' || line[2] == ' ' && (line[1]|0x20 >= 'a' && line[1]|0x20 <= 'z'))
}

// openQuote returns the quotation mark that is open at the end of a text, 0 if
// there is none.
func openQuote(text []byte) byte {
	open := byte(0)
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b == '\\' && open != '\'':
			i++
		case open != 0:
			if b == open {
				open = 0
			}
		case b == '\'' || b == '"':
			open = b
		}
	}
	return open
}

// isHeader reports whether a line is a header that carries a credential.
func isHeader(text string) bool {
	name, value, ok := strings.Cut(text, ":")
	if !ok || strings.TrimSpace(value) == "" || len(name) > 40 {
		return false
	}
	switch strings.ToLower(strings.Trim(name, "`\"'")) {
	case "authorization", "proxy-authorization", "x-api-key", "x-auth-token":
	default:
		return false
	}
	const most = 3 // words of a value; what is longer says something
	return len(strings.Fields(value)) <= most
}
