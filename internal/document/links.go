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

// Link is a link with which a secret is read once: where it stands in a text, and
// the service that it is of.
type Link struct {
	Start, End int
	Service    string
}

// Links returns the links in a text with which a secret is read once.
func Links(data []byte, cat *rules.Catalogue) []Link {
	var out []Link
	for at := 0; ; {
		n := bytes.Index(data[at:], []byte("://"))
		if n < 0 {
			return out
		}
		start := at + n
		for start > at && start > at+n-len("https") && isLetter(data[start-1]) {
			start--
		}
		end := at + n + len("://")
		for end < len(data) && end-start < maxLink && isLinkByte(data[end]) {
			end++
		}
		at = end
		text := strings.TrimRight(string(data[start:end]), ".,;:!?")
		if !strings.HasPrefix(text, "http") {
			continue
		}
		if service, ok := cat.SecretLink(text); ok {
			out = append(out, Link{start, start + len(text), service})
		}
	}
}

// LinkObservation returns the observation of a link whose text that is.
func LinkObservation(src practice.Source, text string, l Link) *practice.Credential {
	c := &practice.Credential{Source: src, Kind: shape.Secret, Value: shape.Of(text), Use: "link", Link: l.Service}
	c.Key, c.Redact = "link of "+l.Service, []finding.Location{c.At}
	return c
}

// ObserveLinks observes the links in a file with which a secret is read once.
func ObserveLinks(t *embed.Text, cat *rules.Catalogue) embed.Result {
	var out embed.Result
	for _, l := range Links(t.Data, cat) {
		out.Observations = append(out.Observations, LinkObservation(t.Source(l.Start, l.End), string(t.Data[l.Start:l.End]), l))
	}
	return out
}

// isLetter reports whether a byte is a letter of a scheme.
func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// isLinkByte reports whether a byte can stand in a link in prose.
func isLinkByte(b byte) bool {
	return b > ' ' && b < 0x7f && strings.IndexByte("\"'<>()[]{}|\\^`", b) < 0
}
