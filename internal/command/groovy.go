package command

import (
	"bytes"

	"github.com/authlint/authlint/internal/embed"
)

// groovyScripts returns the scripts of a pipeline of Jenkins, which are the strings
// given to the steps sh, bat, powershell and pwsh, and what variables and
// parameters are set to, as lines of a .env file.
func groovyScripts(t *embed.Text) (list []*embed.Text) {
	data := t.Data
	set := groovySettings{data: data}
	defer func() {
		if set.env.Len() > 0 {
			list = append(list, t.Inside(embed.Env, &set.env))
		}
	}()
	for at := 0; at < len(data); {
		switch c := data[at]; {
		case c == '/' && at+1 < len(data) && data[at+1] == '/':
			end, next := lineAt(data, at)
			at = max(end, next)
		case c == '/' && at+1 < len(data) && data[at+1] == '*':
			n := bytes.Index(data[at:], []byte("*/"))
			if n < 0 {
				return list
			}
			at += n + 2
		case c == '\'' || c == '"':
			_, at = groovyString(data, at)
		case isNameByte(c):
			end := at
			for end < len(data) && isNameByte(data[end]) {
				end++
			}
			kind := stepKind(string(data[at:end]))
			start := at
			if at = end; kind == embed.None {
				at = set.read(start, end)
				continue
			}
			if start, ok := argumentAt(data, end); ok {
				script, next := groovyString(data, start)
				list = append(list, t.Inside(kind, script))
				at = next
			}
		default:
			at++
		}
	}
	return list
}

// groovySettings collects what names are set to.
type groovySettings struct {
	data []byte
	env  embed.Builder
	name [2]int // of the parameter that is being declared
}

// read reads what stands behind the name between two offsets: NAME = 'text', or
// name: 'text' among arguments. It returns where to go on.
func (g *groovySettings) read(start, end int) int {
	at := end
	for at < len(g.data) && (g.data[at] == ' ' || g.data[at] == '\t') {
		at++
	}
	if at+1 >= len(g.data) || g.data[at] != '=' && g.data[at] != ':' {
		return end
	}
	for at++; at < len(g.data) && (g.data[at] == ' ' || g.data[at] == '\t'); at++ {
	}
	if at >= len(g.data) || g.data[at] != '\'' && g.data[at] != '"' {
		return end
	}
	_, next := groovyString(g.data, at)
	if text := g.data[at:next]; next-at < 3 || text[len(text)-1] != text[0] || text[1] == text[0] || bytes.ContainsAny(text, "\\\n") {
		return next
	}
	switch string(g.data[start:end]) {
	case "name":
		g.name = [2]int{at + 1, next - 1}
		return next
	case "defaultValue":
		if g.name[0] == 0 || len(bytes.Trim(g.data[g.name[0]:g.name[1]], nameBytes)) > 0 {
			return next
		}
		start, end = g.name[0], g.name[1]
	}
	g.env.Copy(g.data, start, end)
	g.env.Put("=", at, at)
	g.env.Copy(g.data, at, next)
	g.env.Put("\n", next, next)
	return next
}

// nameBytes are the bytes that a variable of the environment has.
const nameBytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

// isNameByte reports whether a byte is one of a name.
func isNameByte(b byte) bool {
	return b == '_' || b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9'
}

// stepKind returns the language of the string that a step is given.
func stepKind(name string) embed.Kind {
	switch name {
	case "sh":
		return embed.Shell
	case "bat":
		return embed.Batch
	case "powershell", "pwsh":
		return embed.PowerShell
	}
	return embed.None
}

// argumentAt returns where the string begins that stands behind the name of a
// step: sh '...', sh(...), sh(script: '...').
func argumentAt(data []byte, at int) (int, bool) {
	const near = 200
	for end := min(len(data), at+near); at < end; at++ {
		switch c := data[at]; {
		case c == '\'' || c == '"':
			return at, true
		case bytes.HasPrefix(data[at:], []byte("script:")):
			at += len("script:") - 1
		case bytes.HasPrefix(data[at:], []byte("returnStdout:")), bytes.HasPrefix(data[at:], []byte("returnStatus:")), bytes.HasPrefix(data[at:], []byte("label:")):
			n := bytes.IndexByte(data[at:end], ',')
			if n < 0 {
				return 0, false
			}
			at += n
		case c != ' ' && c != '\t' && c != '(' && c != '\n' && c != '\r':
			return 0, false
		}
	}
	return 0, false
}

// groovyString reads the string that begins here, in one or three quotes, and
// returns where it ends.
func groovyString(data []byte, at int) (b *embed.Builder, next int) {
	b = &embed.Builder{}
	quote := data[at : at+1]
	if triple := bytes.Repeat(quote, 3); bytes.HasPrefix(data[at:], triple) {
		quote = triple
	}
	at += len(quote)
	from := at
	for at < len(data) {
		switch {
		case bytes.HasPrefix(data[at:], quote):
			b.Copy(data, from, at)
			return b, at + len(quote)
		case len(quote) == 1 && data[at] == '\n':
			b.Copy(data, from, at)
			return b, at // never closed
		case data[at] == '\\' && at+1 < len(data):
			b.Copy(data, from, at)
			b.Put(unescapedByte(data[at+1]), at, at+2)
			at += 2
			from = at
		default:
			at++
		}
	}
	b.Copy(data, from, at)
	return b, at
}

// unescapedByte returns what a byte behind a backslash stands for.
func unescapedByte(c byte) string {
	switch c {
	case 'n':
		return "\n"
	case 't':
		return "\t"
	case 'r':
		return "\r"
	case '\n':
		return ""
	}
	return string(c)
}
