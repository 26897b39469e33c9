package scan

import (
	"context"
	"fmt"
	"io"
	"math"
	"sync"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/gopass"
	"github.com/authlint/authlint/internal/secrets"
	"github.com/authlint/authlint/internal/secrets/general"
	"github.com/authlint/authlint/internal/walk"
)

// StandardInput is the name of what is read from there, in findings.
const StandardInput = "-"

// Secrets looks for secret patterns alone, in files of every size. With an input
// it reads that instead of files. The error is that of Run.
func Secrets(ctx context.Context, opts Options, input io.Reader) (*finding.Run, error) {
	s, err := newScan(opts)
	if err != nil {
		return nil, err
	}
	l := looker{scan: s, names: append(s.catalogue.IDs(), s.engine.RuleIDs()...)}
	if input != nil {
		s.run.Root = "" // nothing there can be quoted
		s.run.Stats.Files = 1
		l.add(l.input(ctx, input))
		s.finish()
		return s.run, ctx.Err()
	}
	entries, notices := s.entries(ctx, math.MaxInt64)
	s.run.Notices = append(s.run.Notices, notices...)
	s.run.Stats.Files = len(entries)
	if len(entries) == 0 {
		s.run.Notices = append(s.run.Notices, s.nothing())
		return s.run, ctx.Err()
	}
	l.all(ctx, entries)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("scanning files: %w", err)
	}
	s.finish()
	return s.run, nil
}

// looker looks at files for secret patterns.
type looker struct {
	*scan
	names []string // of all rules
	mu    sync.Mutex
}

// add takes the outcome of a file.
func (l *looker) add(out outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.run.Findings = append(l.run.Findings, out.findings...)
	l.run.Notices = append(l.run.Notices, out.notices...)
}

// all looks at all files.
func (l *looker) all(ctx context.Context, entries []walk.Entry) {
	todo := make(chan walk.Entry)
	var group sync.WaitGroup
	done := 0
	for range l.opts.Workers {
		group.Go(func() {
			for e := range todo {
				l.add(l.file(ctx, e))
				l.mu.Lock()
				done++
				l.progress(Files, done, len(entries))
				l.mu.Unlock()
			}
		})
	}
	for _, e := range entries {
		if ctx.Err() != nil {
			break
		}
		todo <- e
	}
	close(todo)
	group.Wait()
}

// file looks at one file, and at what is in it if it is an archive.
func (l *looker) file(ctx context.Context, e walk.Entry) (out outcome) {
	defer l.recovered(e.Path, &out)
	file, size, err := e.Open()
	if err != nil {
		return outcome{notices: []finding.Notice{e.Unreadable(err)}}
	}
	defer file.Close()
	if l.opts.ArchiveDepth > 0 {
		if open := archiveOf(e.Path); open != nil {
			return l.archive(ctx, open, e, file, size)
		}
	}
	return l.stream(ctx, e, file)
}

// input looks at standard input.
func (l *looker) input(ctx context.Context, input io.Reader) (out outcome) {
	defer l.recovered(StandardInput, &out)
	return l.stream(ctx, walk.Entry{Path: StandardInput}, interruptible{ctx, input})
}

// recovered makes a notice of a panic.
func (l *looker) recovered(name string, out *outcome) {
	if value := recover(); value != nil {
		// The value may hold text of the file.
		*out = outcome{notices: []finding.Notice{{
			ID: gopass.InternalError, Level: "error", Where: finding.Location{File: name},
			Message: fmt.Sprintf("looking at %s failed: panic with a %T", name, value),
		}}}
	}
}

// stream looks at a text piece by piece.
func (l *looker) stream(ctx context.Context, e walk.Entry, in io.Reader) outcome {
	var out outcome
	p := newPieces(in)
	defer p.release()
	for ctx.Err() == nil {
		data, err := p.next()
		if err != nil {
			out.notices = append(out.notices, e.Unreadable(err))
			break
		}
		if data == nil {
			break
		}
		found := l.piece(e, data, !p.first())
		p.place(&found)
		out.findings = append(out.findings, found.findings...)
		out.notices = append(out.notices, found.notices...)
	}
	return out
}

// piece looks at a piece of a file as if it were all of it; text is set if it is
// known to be text.
func (l *looker) piece(e walk.Entry, data []byte, text bool) outcome {
	list := l.engine.Observe(secrets.File{Path: e.Path, Data: data, ThirdParty: e.ThirdParty || general.IsQuiet(e.Path, data), Text: text})
	out := outcome{findings: l.judge.Findings(list)}
	if text || !secrets.IsBinary(data) {
		out.notices = l.silence(e, data, out.findings, false, l.names)
	}
	return out
}
