// Package dispatch gives a text to the front ends that read its kind, and what
// stands in it of another kind to theirs.
package dispatch

import (
	"fmt"

	"github.com/authlint/authlint/internal/command"
	"github.com/authlint/authlint/internal/document"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/secretfile"
	"github.com/authlint/authlint/internal/settings"
	"github.com/authlint/authlint/internal/snippet"
	"github.com/authlint/authlint/rules"
)

// MaxDepth is how deep texts are followed into each other; a file is at 0.
const MaxDepth = 4

// frontEnd is a reader of texts.
type frontEnd struct {
	// reads reports whether the front end has anything to say to a text, by its
	// kind, its name and, cheaply, its bytes.
	reads   func(*embed.Text) bool
	observe func(*embed.Text, *rules.Catalogue) embed.Result
}

// frontEnds returns all front ends.
func frontEnds() []frontEnd {
	return []frontEnd{
		{settings.ReadsText, settings.ObserveText},
		{command.Reads, command.Observe},
		{document.Reads, document.Observe},
		{document.ReadsLinks, document.ObserveLinks},
		{snippet.Reads, snippet.Observe},
		{snippet.ReadsTemplate, snippet.ObserveTemplate},
		{secretfile.Reads, secretfile.Observe},
		{secretfile.ReadsPublic, secretfile.ObservePublic},
	}
}

// Reads reports whether a front end reads the text.
func Reads(t *embed.Text) bool {
	for _, front := range frontEnds() {
		if front.reads(t) {
			return true
		}
	}
	return false
}

// Settles reports whether a front end reads the text that takes every credential
// in it: what it leaves is none, or doubtful. The one for other languages takes
// what is given to calls, and leaves what a variable is given.
func Settles(t *embed.Text) bool {
	return settings.ReadsText(t) || command.Reads(t) || document.Reads(t)
}

// Observe returns what the front ends observe in a text and in the texts inside
// it. A front end that fails on a text costs what stands in that text alone.
func Observe(t *embed.Text, cat *rules.Catalogue) embed.Result {
	var out embed.Result
	follow(t, cat, 0, &out)
	out.Texts = nil
	return out
}

// follow observes one text and those inside it.
func follow(t *embed.Text, cat *rules.Catalogue, depth int, out *embed.Result) {
	for _, front := range frontEnds() {
		if !front.reads(t) {
			continue
		}
		found := guarded(front, t, cat)
		inner := found.Texts
		out.Add(found)
		if depth == MaxDepth {
			continue
		}
		for _, text := range inner {
			follow(text, cat, depth+1, out)
		}
	}
}

// guarded has a front end observe a text. A panic becomes a notice.
func guarded(front frontEnd, t *embed.Text, cat *rules.Catalogue) (found embed.Result) {
	defer func() {
		if value := recover(); value != nil {
			at := t.Locate(0, 0)
			found = embed.Result{Notices: []finding.Notice{{
				ID: "internal-error", Level: "error", Where: at,
				// The value may hold text of the file.
				Message: fmt.Sprintf("looking at %s failed: panic with a %T", at.File, value),
			}}}
		}
	}()
	return front.observe(t, cat)
}
