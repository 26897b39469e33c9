package settings

import (
	"bytes"

	"github.com/authlint/authlint/internal/embed"
)

// formOf returns the format that a text has by all of its lines, None if they are
// of several forms, or of none that is known: a file whose name does not say it.
func formOf(data []byte) embed.Kind {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) < shortestBody:
		return embed.None
	case data[0] == '{' && data[len(data)-1] == '}' && bytes.Contains(data, []byte(`":`)):
		return embed.JSON
	case bytes.HasPrefix(data, []byte("<?xml")):
		return embed.XML
	}
	if isKeysOfYAML(data) {
		return embed.YAML
	}
	sections, tight, loose, others := 0, 0, 0, 0
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' || line[0] == ';' {
			continue
		}
		if line[0] == '[' && line[len(line)-1] == ']' {
			sections++
			continue
		}
		at := bytes.IndexByte(line, '=')
		switch {
		case at > 0 && isAssignable(string(line[:at])):
			tight++
		case at > 0 && isAssignable(string(bytes.TrimSpace(line[:at]))):
			loose++
		default:
			others++
		}
	}
	switch {
	case others > 0 || tight+loose == 0:
		return embed.None
	case sections > 0 || loose > 0:
		return embed.INI
	}
	return embed.Env
}

// isKeysOfYAML reports whether all lines of a text are keys of YAML or elements of
// its lists, and one has others below it or is an element.
func isKeysOfYAML(data []byte) bool {
	lines, nested := 0, false
	for line := range bytes.Lines(data) {
		text := bytes.TrimSpace(line)
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		entry, element := bytes.CutPrefix(text, []byte("- "))
		name, _, ok := bytes.Cut(entry, []byte(":"))
		rest := entry[min(len(entry), len(name)+1):]
		if !ok || !isAssignable(string(bytes.Trim(name, `"'`))) || len(rest) > 0 && rest[0] != ' ' {
			return false
		}
		nested = nested || element || line[0] == ' ' && lines > 0
		lines++
	}
	return lines > 1 && nested
}
