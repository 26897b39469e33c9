package cli

import (
	"bytes"
	"testing"
	"time"

	"github.com/authlint/authlint/internal/scan"
)

// TestProgress has short work show nothing, and long work one line that is gone
// at the end.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := &progress{out: &out, now: func() time.Time { return now }, begun: now}
	p.step(scan.Files, 1, 9)
	if out.Len() > 0 {
		t.Errorf("at once: %q", out.String())
	}
	now = now.Add(progressAfter)
	p.step(scan.Files, 2, 9)
	p.step(scan.Files, 3, 9) // too soon
	now = now.Add(progressEvery)
	p.step(scan.Files, 4, 9)
	p.close()
	now = now.Add(progressEvery)
	p.step(scan.Files, 5, 9) // a worker that was still at it
	if got, want := out.String(), "\r\x1b[Kfiles: 2 of 9\r\x1b[Kfiles: 4 of 9\r\x1b[K"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}

	out.Reset()
	quick := &progress{out: &out, now: time.Now, begun: time.Now()}
	quick.step(scan.Files, 1, 1)
	quick.close()
	if out.Len() > 0 {
		t.Errorf("of short work: %q", out.String())
	}
	var none *progress
	if none.report() != nil {
		t.Error("without a terminal there is no progress")
	}
	none.close()
	if p := (&Command{Stderr: &out}).progress(); p != nil {
		t.Error("a buffer is no terminal")
	}
}
