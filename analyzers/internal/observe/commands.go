package observe

import (
	"sort"
	"strings"

	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/internal/practice"
)

// unknownPart stands for what is not known of an argument.
const unknownPart = "$part"

// Commands returns what a command that the package runs shows in its arguments
// and in the variables that it is given: the same as in a script. What it tells
// of credentials in the arguments themselves is left to those who follow them.
func (p *Pass) Commands(o *flow.Object) []practice.Observation {
	if o.Kind != "command" || o.Symbol == "" {
		return nil
	}
	line := commandLine{}
	var conditional bool
	for _, ev := range o.Events {
		if ev.Inherited {
			continue
		}
		switch v, _ := ev.Arg("value"); ev.Role {
		case "argument":
			conditional = conditional || ev.Conditional
			line.words = append(line.words, wordOf(ev, v))
		case "variable":
			if name, ok := ev.Arg("name"); ok {
				line.variables = append(line.variables, assignment(ev, name, v)...)
			}
		}
	}
	text := line.text()
	if len(line.words) == 0 || text == "" {
		return nil
	}
	t := (&embed.Text{Name: o.At.File, Symbol: o.Symbol, Test: p.Test(o.At.File)}).With([]byte(text), line.locate)
	t.Kind = embed.Shell
	var list []practice.Observation
	for _, obs := range dispatch.Observe(t, p.Catalogue).Observations {
		src := (*practice.Source)(nil)
		switch obs := obs.(type) {
		case *practice.Connection:
			src = &obs.Source
		case *practice.TLS:
			src = &obs.Source
		case *practice.Request:
			src = &obs.Source
		default:
			continue
		}
		src.Fixes = nil // the text is put together
		if conditional && src.Condition == practice.Always {
			src.Condition = practice.Conditional
		}
		list = append(list, obs)
	}
	return list
}

// commandWord is one argument, in the quotes of a shell.
type commandWord struct {
	text string
	at   finding.Location
}

// commandLine is a command as a shell would be given it.
type commandLine struct {
	variables, words []commandWord
	starts           []int
	placed           []finding.Location
}

// text returns the line and notes where its words begin.
func (c *commandLine) text() string {
	var b strings.Builder
	for _, w := range append(c.variables[:len(c.variables):len(c.variables)], c.words...) {
		c.starts, c.placed = append(c.starts, b.Len()), append(c.placed, w.at)
		b.WriteString(w.text + " ")
	}
	return b.String()
}

// locate returns the place of the word that a part of the line begins in.
func (c *commandLine) locate(start, _ int) finding.Location {
	i := sort.SearchInts(c.starts, start+1) - 1
	return c.placed[max(0, i)]
}

// wordOf returns an argument: its first reading, with what is not known of it as
// a variable.
func wordOf(ev *flow.Event, v flow.Value) commandWord {
	w := commandWord{text: `"` + unknownPart + `"`, at: ev.At}
	if len(v.Alts) == 0 {
		return w
	}
	if at := v.Alts[0].Origin(); !at.IsZero() && at.Package == "" && len(v.Alts) == 1 {
		w.at = at
	}
	w.text = quoted(readingOf(v.Alts[0]))
	return w
}

// readingOf returns a reading as text with variables in it.
func readingOf(alt flow.Alt) string {
	var b strings.Builder
	for _, part := range alt.Partial() {
		if part.Hole != nil {
			b.WriteString(unknownPart)
		} else {
			b.WriteString(part.Text)
		}
	}
	return b.String()
}

// quoted returns a word in quotes: in single ones, so that a script that a shell
// is given keeps its own, if it says anything beside its variables.
func quoted(text string) string {
	if !strings.Contains(text, unknownPart) || strings.ContainsAny(text, " \t\n") {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`").Replace(text) + `"`
}

// assignment returns a variable that a command is given.
func assignment(ev *flow.Event, name, value flow.Value) []commandWord {
	text, ok := name.Known()
	if !ok || strings.Trim(text, variableLetters) != "" {
		return nil
	}
	w := wordOf(ev, value)
	return []commandWord{{text + "=" + w.text, w.at}}
}

const variableLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
