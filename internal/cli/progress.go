package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/authlint/authlint/internal/scan"
)

// progressAfter is how long work takes before progress is shown, and
// progressEvery how often its line changes.
const (
	progressAfter = 500 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// progress is a line on a terminal that tells how far a scan is. The one that
// is nil shows nothing.
type progress struct {
	out io.Writer
	now func() time.Time

	mutex      sync.Mutex
	begun      time.Time
	last       time.Time
	shown, end bool
}

// progress returns what tells a person at a terminal how far the work is.
func (c *Command) progress() *progress {
	if !c.isTerminal(c.Stderr) {
		return nil
	}
	return &progress{out: c.Stderr, now: time.Now, begun: time.Now()}
}

// report returns what a scan calls, or nil.
func (p *progress) report() func(stage scan.Stage, done, total int) {
	if p == nil {
		return nil
	}
	return p.step
}

// step shows how much of a stage is done.
func (p *progress) step(stage scan.Stage, done, total int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now := p.now()
	if p.end || now.Sub(p.begun) < progressAfter || now.Sub(p.last) < progressEvery {
		return
	}
	p.last, p.shown = now, true
	fmt.Fprintf(p.out, "\r\x1b[K%s: %d of %d", stage, done, total)
}

// close takes the line away, for good.
func (p *progress) close() {
	if p == nil {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.end = true
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// isTerminal reports whether a stream is a terminal that understands escape
// sequences.
func (c *Command) isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && c.getenv("TERM") != "dumb" && term.IsTerminal(int(file.Fd()))
}
