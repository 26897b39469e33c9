package command

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/embed"
)

// dockerfile reads the instructions of a container file. The commands of a stage
// become one script, in which ENV and ARG set variables.
type dockerfile struct {
	text   *embed.Text
	data   []byte
	at     int
	escape byte
	kind   embed.Kind // of RUN: the shell, or what SHELL says
	script embed.Builder
	out    []*embed.Text
}

// dockerScripts returns the scripts and files that a container file holds.
func dockerScripts(t *embed.Text) []*embed.Text {
	d := &dockerfile{text: t, data: t.Data, escape: '\\', kind: embed.Shell}
	d.directives()
	for d.at < len(d.data) {
		d.instruction()
	}
	d.flush()
	return d.out
}

// directives reads the comments at the top that say how the file is read.
func (d *dockerfile) directives() {
	for _, line := range bytes.SplitN(d.data[:min(len(d.data), 1000)], []byte("\n"), 5) {
		text := strings.ToLower(strings.ReplaceAll(string(line), " ", ""))
		if !strings.HasPrefix(text, "#") {
			return
		}
		if strings.HasPrefix(text, "#escape=`") {
			d.escape = '`'
		}
	}
}

// flush ends the script of a stage.
func (d *dockerfile) flush() {
	if d.script.Len() > 0 {
		d.out = append(d.out, d.text.Inside(d.kind, &d.script))
	}
	d.script = embed.Builder{}
}

// piece is a range of the source that belongs to an instruction.
type piece struct{ start, end int }

// line returns the range of the line at an offset, without its end, and where the
// next one begins.
func lineAt(data []byte, at int) (end, next int) {
	n := bytes.IndexByte(data[at:], '\n')
	if n < 0 {
		return len(data), len(data)
	}
	end = at + n
	if end > at && data[end-1] == '\r' {
		end--
	}
	return end, at + n + 1
}

// instruction reads one instruction with the lines on which it goes on.
func (d *dockerfile) instruction() {
	var pieces []piece
	for d.at < len(d.data) {
		start := d.at
		end, next := lineAt(d.data, d.at)
		d.at = next
		trimmed := bytes.TrimSpace(d.data[start:end])
		if len(trimmed) == 0 || trimmed[0] == '#' {
			if len(pieces) == 0 {
				return
			}
			continue // comments and blank lines within an instruction
		}
		pieces = append(pieces, piece{start, next})
		if trimmed[len(trimmed)-1] != d.escape {
			break
		}
	}
	if len(pieces) == 0 {
		return
	}
	first := &pieces[0]
	for first.start < first.end && isBlankByte(d.data[first.start]) {
		first.start++
	}
	from := first.start
	for first.start < first.end && !isBlankByte(d.data[first.start]) {
		first.start++
	}
	d.named(strings.ToUpper(string(d.data[from:first.start])), pieces)
}

// isBlankByte reports whether a byte is white space.
func isBlankByte(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

// named reads an instruction by its name; pieces hold what stands behind it.
func (d *dockerfile) named(name string, pieces []piece) {
	switch name {
	case "FROM":
		d.flush()
		d.kind = embed.Shell
	case "SHELL":
		d.flush()
		d.kind = embed.Shell
		if text := strings.ToLower(string(d.data[pieces[0].start:pieces[0].end])); strings.Contains(text, "powershell") || strings.Contains(text, "pwsh") {
			d.kind = embed.PowerShell
		} else if strings.Contains(text, "cmd") {
			d.kind = embed.Batch
		}
	case "RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "ONBUILD":
		d.command(pieces)
	case "ENV":
		d.environment(pieces, "export ")
	case "ARG":
		d.environment(pieces, "")
	case "COPY", "ADD":
		d.file(pieces)
	}
}

// skipFlags moves the beginning behind options and the words of instructions that
// hold another one.
func (d *dockerfile) skipFlags(p *piece) {
	for {
		for p.start < p.end && isBlankByte(d.data[p.start]) {
			p.start++
		}
		end := p.start
		for end < p.end && !isBlankByte(d.data[end]) {
			end++
		}
		word := string(d.data[p.start:end])
		if !strings.HasPrefix(word, "--") && word != "CMD" && word != "RUN" {
			return
		}
		p.start = end
	}
}

// command adds a command to the script.
func (d *dockerfile) command(pieces []piece) {
	d.skipFlags(&pieces[0])
	rest := d.data[pieces[0].start:pieces[0].end]
	if bytes.HasPrefix(rest, []byte("[")) {
		d.words(pieces)
		return
	}
	if bytes.HasPrefix(rest, []byte("<<")) {
		d.document(rest)
		return
	}
	for _, p := range pieces {
		end := p.end
		if d.escape != '\\' {
			if k := bytes.LastIndexByte(d.data[p.start:p.end], d.escape); k >= 0 && len(bytes.TrimSpace(d.data[p.start+k+1:p.end])) == 0 {
				end = p.start + k
				d.script.Copy(d.data, p.start, end)
				continue
			}
		}
		d.script.Copy(d.data, p.start, end)
	}
	d.here(pieces)
	last := pieces[len(pieces)-1].end
	d.script.Put("\n", last, last)
}

// words adds a command that is a list of words in JSON.
func (d *dockerfile) words(pieces []piece) {
	for _, p := range pieces {
		for i := p.start; i < p.end; i++ {
			if d.data[i] != '"' {
				continue
			}
			d.script.Put("'", i, i)
			for i++; i < p.end && d.data[i] != '"'; i++ {
				switch {
				case d.data[i] == '\'':
					d.script.Put(`'\''`, i, i+1)
				case d.data[i] == '\\' && i+1 < p.end:
					d.script.Put(string(d.data[i+1]), i, i+2)
					i++
				default:
					d.script.Copy(d.data, i, i+1)
				}
			}
			d.script.Put("' ", i, i)
		}
	}
	end := pieces[len(pieces)-1].end
	d.script.Put("\n", end, end)
}

// marker returns the word that ends the here-document which a text opens.
func marker(text []byte) string {
	k := bytes.Index(text, []byte("<<"))
	if k < 0 || bytes.HasPrefix(text[k:], []byte("<<<")) {
		return ""
	}
	word := strings.TrimLeft(string(text[k+2:]), "-")
	if end := strings.IndexAny(word, " \t\r\n;|&>)"); end >= 0 {
		word = word[:end]
	}
	word = strings.Trim(word, `"'`)
	if word == "" || strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return ""
	}
	return word
}

// body returns the range of the here-document that begins here, and goes behind it.
func (d *dockerfile) body(end string) (start, stop int) {
	start = d.at
	for at := d.at; at < len(d.data); {
		lineEnd, next := lineAt(d.data, at)
		if strings.TrimLeft(string(d.data[at:lineEnd]), "\t") == end {
			d.at = next
			return start, at
		}
		at = next
	}
	return start, start // never closed: no document
}

// document adds the lines of a here-document that the shell runs.
func (d *dockerfile) document(opening []byte) {
	if end := marker(opening); end != "" {
		start, stop := d.body(end)
		d.script.Copy(d.data, start, stop)
		d.script.Put("\n", stop, stop)
	}
}

// here adds the here-document that a command reads.
func (d *dockerfile) here(pieces []piece) {
	last := pieces[len(pieces)-1]
	if end := marker(d.data[last.start:last.end]); end != "" {
		start, stop := d.body(end)
		if stop > start {
			d.script.Copy(d.data, start, d.at)
		}
	}
}

// file hands on a file that stands in the container file.
func (d *dockerfile) file(pieces []piece) {
	last := pieces[len(pieces)-1]
	line := d.data[last.start:last.end]
	end := marker(line)
	if end == "" {
		return
	}
	start, stop := d.body(end)
	fields := strings.Fields(string(line))
	if stop <= start || len(fields) == 0 {
		return
	}
	text := d.text.Part(embed.None, start, stop)
	text.Name = strings.Trim(fields[len(fields)-1], `"'`)
	d.out = append(d.out, text)
}

// environment adds the variables that ENV and ARG set: NAME=value, several of
// them, or NAME value.
func (d *dockerfile) environment(pieces []piece, before string) {
	p := &pieces[0]
	d.skipFlags(p)
	end := p.start
	for end < p.end && !isBlankByte(d.data[end]) && d.data[end] != '=' {
		end++
	}
	if end >= p.end || end == p.start {
		return
	}
	d.script.Put(before, p.start, p.start)
	if d.data[end] == '=' {
		for _, p := range pieces {
			d.script.Copy(d.data, p.start, p.end)
		}
		last := pieces[len(pieces)-1].end
		d.script.Put("\n", last, last)
		return
	}
	d.script.Copy(d.data, p.start, end)
	d.script.Put("='", end, end)
	stop, _ := lineAt(d.data, end)
	value := bytes.TrimSpace(d.data[end:stop])
	if bytes.IndexByte(value, '\'') < 0 && len(pieces) == 1 {
		from := end + bytes.Index(d.data[end:stop], value)
		d.script.Copy(d.data, from, from+len(value))
	}
	d.script.Put("'\n", stop, stop)
}
