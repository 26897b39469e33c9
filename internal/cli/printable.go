package cli

import (
	"bytes"
	"fmt"
	"io"

	"github.com/authlint/authlint/internal/report/redact"
)

// printableLines hands on what another program prints, line by line, without
// what a terminal would act on: names of files may come from strangers.
type printableLines struct {
	to   io.Writer
	rest []byte // of a line that has not ended
}

// Write takes text and hands on the lines that end in it.
func (p *printableLines) Write(text []byte) (int, error) {
	p.rest = append(p.rest, text...)
	for {
		line, rest, ended := bytes.Cut(p.rest, []byte("\n"))
		if !ended {
			return len(text), nil
		}
		p.rest = rest
		if err := p.line(line, "\n"); err != nil {
			return len(text), err
		}
	}
}

// flush hands on what is left behind the last line.
func (p *printableLines) flush() error {
	if len(p.rest) == 0 {
		return nil
	}
	line := p.rest
	p.rest = nil
	return p.line(line, "")
}

// line hands on one line; tabs at its start are meant.
func (p *printableLines) line(line []byte, end string) error {
	text := bytes.TrimLeft(line, "\t")
	_, err := fmt.Fprintf(p.to, "%s%s%s", line[:len(line)-len(text)], redact.Printable(string(text)), end)
	return err
}
