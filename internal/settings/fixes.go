package settings

import (
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
)

// goal is the version that fixes write; only TLS 1.2 is known wherever the old
// ones are.
const goal = 0x0303

// raised returns the fix of a key of TLS versions: a weak one among others goes,
// one that stands alone becomes TLS 1.2, and of "all" the weak ones are taken
// out. It is nil if the places of the words are not exact.
func raised(tokens []token, low *lowest) map[practice.Remedy]finding.Fix {
	for _, t := range tokens {
		if t.at.Line != t.at.EndLine || t.at.EndColumn-t.at.Column != len(t.text) {
			return nil
		}
	}
	var edits []finding.Edit
	if strings.EqualFold(strings.TrimPrefix(low.text, "+"), "all") {
		edits = withoutWeak(tokens)
	} else {
		edits = strongOnly(tokens)
	}
	if len(edits) == 0 {
		return nil
	}
	return map[practice.Remedy]finding.Fix{practice.RaiseTLSFloor: {Title: "allow TLS 1.2 and higher only", Safe: true, Edits: edits}}
}

// withoutWeak returns the edit that takes the weak versions out of all.
func withoutWeak(tokens []token) []finding.Edit {
	gone := map[uint16]bool{}
	for _, t := range tokens {
		if version, _ := tlsVersion(strings.TrimLeft(t.text, "-!")); strings.HasPrefix(t.text, "-") {
			gone[version] = true
		}
	}
	text := ""
	if !gone[0x0301] {
		text += " -TLSv1"
	}
	if !gone[0x0302] {
		text += " -TLSv1.1"
	}
	at := tokens[len(tokens)-1].at
	at.Line, at.Column = at.EndLine, at.EndColumn
	return []finding.Edit{{Location: at, NewText: text}}
}

// strongOnly returns the edits that leave the versions from TLS 1.2 on, with one
// that is made of a weak one if there is none.
func strongOnly(tokens []token) []finding.Edit {
	weak := make([]bool, len(tokens))
	first, strong := -1, false
	for i, t := range tokens {
		version, _ := tlsVersion(strings.TrimPrefix(t.text, "+"))
		switch {
		case strings.HasPrefix(t.text, "-"), strings.HasPrefix(t.text, "!"):
		case version == 0:
			return nil
		case version < goal:
			weak[i] = true
			if first < 0 {
				first = i
			}
		default:
			strong = true
		}
	}
	if first < 0 {
		return nil
	}
	var edits []finding.Edit
	if !strong {
		text := spelled(tokens[first].text)
		if text == "" {
			return nil
		}
		edits = append(edits, finding.Edit{Location: tokens[first].at, NewText: text})
		weak[first] = false
	}
	for i := 0; i < len(tokens); i++ {
		if !weak[i] {
			continue
		}
		end := i
		for end+1 < len(tokens) && weak[end+1] {
			end++
		}
		at := tokens[i].at
		if end+1 < len(tokens) { // with what parts it from the next one
			at.EndLine, at.EndColumn = tokens[end+1].at.Line, tokens[end+1].at.Column
		} else {
			at.Line, at.Column = tokens[i-1].at.EndLine, tokens[i-1].at.EndColumn
			at.EndLine, at.EndColumn = tokens[end].at.EndLine, tokens[end].at.EndColumn
		}
		edits = append(edits, finding.Edit{Location: at})
		i = end
	}
	return edits
}

// spelled returns TLS 1.2 as the text spells another version, "" if that cannot
// be told: TLSv1 and TLSv1.2, TLS_1_0 and TLS_1_2, 0x0301 and 0x0303.
func spelled(text string) string {
	digit := strings.IndexAny(text, "0123456789")
	if digit < 0 {
		return ""
	}
	prefix, number, out := text[:digit], text[digit:], ""
	prefix = strings.NewReplacer("SSL", "TLS", "ssl", "tls", "Ssl", "Tls").Replace(prefix)
	switch number {
	case "1", "2", "3", "1.0", "1.1", "3.0", "2.0":
		out = prefix + "1.2"
	case "1_0", "1_1", "3_0":
		out = prefix + "1_2"
	case "10", "11", "30":
		out = prefix + "12"
	case "0x0300", "0x0301", "0x0302":
		out = prefix + "0x0303"
	case "768", "769", "770":
		out = prefix + "771"
	}
	if version, _ := tlsVersion(strings.TrimPrefix(out, "+")); version != goal {
		return ""
	}
	return out
}
