package cli

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"
)

func TestLinesOfOtherProgramsAreMadePrintable(t *testing.T) {
	var out bytes.Buffer
	p := &printableLines{to: &out}
	in := "# pkg\n\ta\x1b[31m.go:1: ü\n\r\x07end"
	if _, err := io.Copy(p, iotest.OneByteReader(bytes.NewBufferString(in))); err != nil {
		t.Fatal(err)
	}
	if err := p.flush(); err != nil {
		t.Fatal(err)
	}
	if want := "# pkg\n\ta\\x1b[31m.go:1: ü\n\\r\\x07end"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
