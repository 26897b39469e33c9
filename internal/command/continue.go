package command

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/practice"
)

// previous is the command before, as long as a line may go on with its options.
type previous struct {
	inv *invocation
	end int // offset behind its last word
}

// goesOn reports whether a command is options alone, which belong to the command
// on the line before: that line ends without the backslash that joins the two.
func (s *script) goesOn(words []word) bool {
	p := s.before
	if p.inv == nil || !isOption(words[0]) || s.commands.Find(p.inv.name(), nil) == nil {
		return false
	}
	between := s.text.Data[min(p.end, words[0].start):words[0].start]
	return bytes.Count(between, []byte("\n")) == 1 && len(bytes.TrimSpace(between)) == 0
}

// isOption reports whether a word begins as an option.
func isOption(w word) bool {
	prefix := strings.TrimLeft(w.reading().Prefix(), "-")
	return w.startsWith("-") && prefix != "" && (prefix[0]|0x20) >= 'a' && (prefix[0]|0x20) <= 'z'
}

// join observes the broken line and the command as it is meant.
func (s *script) join(inv *invocation) *invocation {
	before := s.before.inv
	words := before.words
	last := words[len(words)-1]
	sign, at := "", word{start: s.before.end, end: s.before.end}
	if text, ok := last.known(); ok && len(words) > 1 && (text == "/" || strings.TrimSpace(text) == "") {
		words, at = words[:len(words)-1], last
		sign = text
	}
	start := at.start
	if sign == "" {
		start = words[len(words)-1].start
	}
	obs := &practice.BrokenLine{
		Source: s.source(s.text.Locate(start, max(at.end, s.before.end))), Command: before.name(), Sign: strings.TrimSpace(sign), Blank: sign != "" && sign != "/",
		Lost: optionName(inv.words[0]),
	}
	obs.Key = "line of " + obs.Command
	if !before.broken {
		s.add(obs)
	}
	joined := append(words[:len(words):len(words)], inv.words...)
	return &invocation{words: joined, shown: inv.shown, input: inv.input, piped: inv.piped, broken: true}
}

// optionName returns an option without its value, for a message.
func optionName(w word) string {
	name, _, _ := strings.Cut(w.reading().Prefix(), "=")
	const longest = 20
	if len(name) > longest || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return "its options"
	}
	return name
}
