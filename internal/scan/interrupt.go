package scan

import (
	"context"
	"io"
)

// interruptible reads until the context ends: a person who types into a program
// that waits for more must be able to leave it.
type interruptible struct {
	ctx context.Context
	in  io.Reader
}

// Read reads, or returns the context's error. What arrives after that is lost.
func (r interruptible) Read(p []byte) (int, error) {
	type outcome struct {
		n   int
		err error
	}
	buf := make([]byte, len(p)) // p is the caller's again once this returns
	done := make(chan outcome, 1)
	go func() {
		n, err := r.in.Read(buf)
		done <- outcome{n, err}
	}()
	select {
	case o := <-done:
		return copy(p, buf[:o.n]), o.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}
