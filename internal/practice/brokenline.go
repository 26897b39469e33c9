package practice

// brokenLineContinuation is the rule on commands whose lines do not hang
// together.
const brokenLineContinuation = "broken-line-continuation"

// BrokenLine is a command over several lines of which one does not go on where
// it seems to, so that the options behind it are lost.
type BrokenLine struct {
	Source
	Command string // "curl"
	// Sign is what stands at the end of the line in place of a backslash; Blank
	// is set if it is a backslash with blanks behind it.
	Sign  string
	Blank bool
	// Lost is the first option that is lost.
	Lost string
}

// brokenLine judges a command whose lines do not hang together.
func (c *court) brokenLine(o *BrokenLine) {
	how := "lacks the backslash at its end"
	switch {
	case o.Blank:
		how = "has blanks behind its backslash"
	case o.Sign != "":
		how = "ends in " + quoted(o.Sign) + " in place of a backslash"
	}
	c.pass(brokenLineContinuation, verdict{
		src: &o.Source, grades: sourceGrades(&o.Source), evidence: map[string]string{"command": o.Command},
		message: message("line of "+plain(o.Command, maxShort)+" "+how, []string{", so " + plain(o.Lost, maxShort) + " and what follows are not sent"}, ": end it in a backslash"),
	})
}
