package document

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// words observes what the sentences of a document say themselves: a scheme of its
// provider that is misspelled, beside the right one, and credentials that a
// publisher gives as examples, in quotation marks.
func (d *document) words(cat *rules.Catalogue, p *rules.Provider) []practice.Observation {
	out := d.examples(cat)
	if p == nil {
		return out
	}
	for _, scheme := range p.Schemes {
		word := strings.ToUpper(scheme)
		if !isCoined(scheme) || !bytes.Contains(d.text.Data, []byte(word)) {
			continue
		}
		out = append(out, d.misspelled(word, p)...)
	}
	return out
}

// isCoined reports whether a scheme is no word of the language, so that a word
// like it can only be meant for it.
func isCoined(scheme string) bool {
	const least = 5
	switch scheme {
	case "basic", "bearer", "digest", "application", "token", "oauth", "session":
		return false
	}
	return len(scheme) >= least && !strings.Contains(scheme, "-")
}

// misspelled observes the words in capitals that are almost a scheme, outside of
// quotation marks: what stands in those is read as code.
func (d *document) misspelled(scheme string, p *rules.Provider) []practice.Observation {
	const most = 20
	var out []practice.Observation
	data := d.text.Data
	for i := 0; i < len(data) && len(out) < most; i++ {
		if data[i] != scheme[0] || i > 0 && (isNameByte(data[i-1]) || data[i-1] == '"' || data[i-1] == '\'') {
			continue
		}
		end := i
		for end < len(data) && isNameByte(data[end]) {
			end++
		}
		word := string(data[i:end])
		if n := len(word) - len(scheme); n < -1 || n > 1 || strings.ToUpper(word) != word {
			continue
		}
		if edits := nearest.Edits(word, scheme); edits == 0 || edits > 2 || edits == 2 && len(word) != len(scheme) {
			continue
		}
		src := d.text.Source(i, end)
		src.Document = true
		src.Key = "scheme of " + p.ID
		out = append(out, &practice.Request{Source: src, Provider: p.ID, Auth: []practice.Auth{{
			Scheme: strings.ToLower(word), Header: "Authorization", At: src.At, Text: "header Authorization",
			Raw: partial.Text{{Text: word + " "}, {Hole: &partial.Hole{Role: partial.Credential, Name: "token"}}},
		}}})
	}
	return out
}

// examples observes the credentials in quotation marks that a publisher prints.
func (d *document) examples(cat *rules.Catalogue) []practice.Observation {
	const shortest, longest, alone = 8, 300, 20 // shorter ones say something beside their name alone
	var out []practice.Observation
	data := d.text.Data
	for at := 0; at < len(data); {
		n := bytes.IndexByte(data[at:], '"')
		if n < 0 {
			break
		}
		start := at + n + 1
		end := start
		for end < len(data) && end-start <= longest && data[end] > ' ' && data[end] < 0x7f && data[end] != '"' {
			end++
		}
		at = end
		if end-start < shortest || end == len(data) || data[end] != '"' {
			continue
		}
		text := string(data[start:end])
		if _, ok := cat.PublishedExample(text); !ok || len(text) < alone && !strings.Contains(text, ":") {
			continue
		}
		c := &practice.Credential{Source: d.text.Source(start, end), Kind: shape.Secret, Value: practice.ValueOf(cat, text), Sink: true, Use: "text of the example", Same: practice.Identity(text)}
		c.Document = true
		c.Redact = []finding.Location{c.At}
		out = append(out, c)
	}
	return out
}
