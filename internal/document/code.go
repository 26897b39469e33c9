package document

import (
	"bytes"
	"slices"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/rules"
)

// Code that stands among prose without fences is found by its looks: each line is
// weighed for each language and for prose, and the text is parted into stretches
// of one language so that the weights add up to the most, where a change costs
// something. Lines that say little, such as a brace alone, go with those around
// them, and two languages may follow each other without a line of prose.

// speech is what a line is written in.
type speech uint8

// The speeches. What other code is written in nobody reads, but it must not be
// taken for something else.
const (
	prose speech = iota
	java
	csharp
	php
	ruby
	python
	javascript
	kotlin
	rust
	powershell
	golang
	other
	speeches
)

// kind returns the kind of text that code of a speech is handed on as, None for
// what is not read.
func (s speech) kind() embed.Kind {
	switch s {
	case java, csharp, php, ruby, python, javascript, kotlin, rust:
		return embed.Kind([...]string{"", "java", "csharp", "php", "ruby", "python", "javascript", "kotlin", "rust"}[s])
	case powershell:
		return embed.PowerShell
	}
	return embed.None
}

// line is a line of a text and what its looks say.
type line struct {
	start, end int
	weights    weights
}

// weights are what the looks of a line say for each speech.
type weights [speeches]float32

const (
	change   = 1.5 // what it costs to go from prose to code or back
	mix      = 2   // and from one language to another
	leastSay = 2.5 // what speaks for a language alone, in all of a stretch
)

// code hands on the stretches of a text that are source of some language. taken
// are the lines, by their offsets, that are known to be something else.
func (p *proseReader) code(taken map[int]bool) {
	lines := p.weigh(taken)
	if lines == nil {
		return
	}
	path := partition(lines)
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && path[j] == path[i] {
			j++
		}
		if s := path[i]; s.kind() != embed.None {
			p.stretch(lines[i:j], s)
		}
		i = j
	}
}

// stretch hands on lines of one language if enough speaks for it.
func (p *proseReader) stretch(lines []line, s speech) {
	isBlank := func(l line) bool { return len(bytes.TrimSpace(p.text.Data[l.start:l.end])) == 0 }
	for len(lines) > 0 && isBlank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	for len(lines) > 0 && isBlank(lines[0]) {
		lines = lines[1:]
	}
	said := float32(0)
	for _, l := range lines {
		own := l.weights[s] - l.weights[other]
		if most := slices.Max(l.weights[1:]); l.weights[s] >= most {
			said += own
		}
	}
	if said >= leastSay {
		p.hand(s.kind(), lines[0].start, lines[len(lines)-1].end)
	}
}

// weigh returns the lines of a text with their weights, nil if none of them says
// that it is code.
func (p *proseReader) weigh(taken map[int]bool) []line {
	var list []line
	var tag tagged
	isCode := false
	for at := 0; at < len(p.text.Data); {
		end, next := p.lineAt(at)
		l := line{start: at, end: end}
		text := string(bytes.TrimSpace(p.text.Data[at:end]))
		isTag := tag.next(string(p.text.Data[at:end]), text)
		switch {
		case taken[at] || isTag:
			l.weights[prose] = 3 * mix
		case tag.speech != prose:
			l.weights[tag.speech], isCode = 3*mix, true
		case text != "":
			l.weights = looksOf(text)
			isCode = isCode || slices.Max(l.weights[1:]) >= change
		}
		list = append(list, l)
		at = next
	}
	if !isCode {
		return nil
	}
	return list
}

// partition returns for each line what it is written in, so that the weights of
// the lines, less the cost of changes, add up to the most.
func partition(lines []line) []speech {
	back := make([][speeches]speech, len(lines))
	var sum weights
	for s := range sum {
		if s != int(prose) {
			sum[s] = -change
		}
	}
	for i, l := range lines {
		best := prose // of the code
		for s := prose + 1; s < speeches; s++ {
			if best == prose || sum[s] > sum[best] {
				best = s
			}
		}
		var to weights
		for s := range speeches {
			from, most := s, sum[s]
			if n := sum[prose] - change; s != prose && n > most {
				from, most = prose, n
			}
			cost := float32(mix)
			if s == prose {
				cost = change
			}
			if n := sum[best] - cost; n > most || n == most && s != prose && from == s {
				from, most = best, n // a brace at the end belongs to what it ends
			}
			to[s], back[i][s] = most+l.weights[s], from
		}
		sum = to
	}
	last := prose
	for s := range speeches {
		if sum[s] > sum[last] {
			last = s
		}
	}
	path := make([]speech, len(lines))
	for i := len(lines) - 1; i >= 0; i-- {
		path[i] = last
		last = back[i][last]
	}
	return path
}

// about notes in the parts of a document the provider that it is about, if that
// is one alone, and a host of it, and returns the provider.
func (d *document) about(cat *rules.Catalogue) *rules.Provider {
	if len(d.out) == 0 {
		return nil
	}
	const least, others = 3, 10 // mentions, and how many times more than of anybody else
	var most *rules.Provider
	count, second := 0, 0
	for i, n := range cat.Mentions(d.text.Data) {
		if n > count {
			most, count, second = cat.Providers()[i], n, count
		} else {
			second = max(second, n)
		}
	}
	if count < least || second*others > count {
		return nil
	}
	host := hostIn(bytes.ToLower(d.text.Data), most)
	for _, t := range d.out {
		t.Provider, t.Host = most.ID, host
	}
	return most
}

// hostIn returns the first host in the addresses of a text that belongs to a
// provider and takes only tokens of the provider's own, or else "".
func hostIn(text []byte, p *rules.Provider) string {
	for rest := text; ; {
		_, after, ok := bytes.Cut(rest, []byte("://"))
		if !ok {
			return ""
		}
		n := 0
		for n < len(after) && isHostByte(after[n]) {
			n++
		}
		if host := string(after[:n]); p.IssuesTokens(host) {
			return host
		}
		rest = after
	}
}

// isHostByte reports whether a byte can stand in a host in lower case.
func isHostByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '.' || b == '-'
}
