package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/authlint/authlint/internal/scan"
)

// progressEvery is how often the line of progress changes.
const progressEvery = 100 * time.Millisecond

// progress returns what tells a person at a terminal how far a scan is, or nil.
func (c *Command) progress() func(stage scan.Stage, done, total int) {
	if !c.isTerminal(c.Stderr) {
		return nil
	}
	var last time.Time
	return func(stage scan.Stage, done, total int) {
		if now := time.Now(); done < total && now.Sub(last) >= progressEvery {
			last = now
			fmt.Fprintf(c.Stderr, "\r\x1b[K%s: %d of %d", stage, done, total)
		}
		if done == total {
			fmt.Fprint(c.Stderr, "\r\x1b[K")
		}
	}
}

// isTerminal reports whether a stream is a terminal that understands escape
// sequences.
func (c *Command) isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && c.getenv("TERM") != "dumb" && term.IsTerminal(int(file.Fd()))
}
