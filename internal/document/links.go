package document

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// ReadsLinks reports whether a text is a file that may hold links, whatever its
// kind. Reports of scanners, authlint's own among them, explain links to people.
func ReadsLinks(t *embed.Text) bool {
	return !t.IsPart() && !strings.HasSuffix(strings.ToLower(t.Name), ".sarif") && len(t.Data) <= MaxSize && bytes.Contains(t.Data, []byte("://"))
}

// maxLink is the length of the longest link that is looked at.
const maxLink = 500

// ObserveLinks observes the links in a file with which a secret is read once.
func ObserveLinks(t *embed.Text, cat *rules.Catalogue) embed.Result {
	var out embed.Result
	for at := 0; ; {
		n := bytes.Index(t.Data[at:], []byte("://"))
		if n < 0 {
			return out
		}
		start := at + n
		for start > at && start > at+n-len("https") && isLetter(t.Data[start-1]) {
			start--
		}
		end := at + n + len("://")
		for end < len(t.Data) && end-start < maxLink && isLinkByte(t.Data[end]) {
			end++
		}
		at = end
		text := strings.TrimRight(string(t.Data[start:end]), ".,;:!?")
		if !strings.HasPrefix(text, "http") {
			continue
		}
		service, ok := cat.SecretLink(text)
		if !ok {
			continue
		}
		c := &practice.Credential{Source: t.Source(start, start+len(text)), Kind: shape.Secret, Value: shape.Of(text), Use: "link", Link: service}
		c.Key, c.Redact = "link of "+service, []finding.Location{c.At}
		out.Observations = append(out.Observations, c)
	}
}

// isLetter reports whether a byte is a letter of a scheme.
func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// isLinkByte reports whether a byte can stand in a link in prose.
func isLinkByte(b byte) bool {
	return b > ' ' && b < 0x7f && strings.IndexByte("\"'<>()[]{}|\\^`", b) < 0
}
