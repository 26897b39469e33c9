package goload

import (
	"context"
	"errors"
	"go/scanner"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Compile type-checks the Go code below the paths, tests included, and returns
// what a compiler would not take, unused names and imports among it: "file:
// message", by the directory of the package, sorted, each once. Lines are left
// out, so that the errors before and after an edit can be compared. Messages may
// quote the source.
func Compile(ctx context.Context, opts Options) (map[string][]string, error) {
	opts.Analyzers, opts.Config, opts.Tests = nil, nil, true
	r, err := newRunner(opts)
	if err != nil {
		return nil, err
	}
	var mu sync.Mutex
	faults := map[string][]string{}
	r.onTypeError = func(n *node, err error) {
		mu.Lock()
		defer mu.Unlock()
		for _, text := range r.compileErrors(err) {
			faults[n.dir] = append(faults[n.dir], text)
		}
	}
	if _, err := r.run(ctx); err != nil {
		return nil, err
	}
	for dir, list := range faults {
		slices.Sort(list)
		faults[dir] = slices.Compact(list)
	}
	return faults, nil
}

// compileErrors returns an error of the parser or the type checker as text.
func (r *runner) compileErrors(err error) []string {
	if list, ok := errors.AsType[scanner.ErrorList](err); ok {
		var texts []string
		for _, e := range list {
			texts = append(texts, filepath.Base(e.Pos.Filename)+": "+e.Msg)
		}
		return texts
	}
	if e, ok := errors.AsType[types.Error](err); ok {
		return []string{filepath.Base(r.fset.Position(e.Pos).Filename) + ": " + e.Msg}
	}
	return []string{err.Error()}
}

// tellTypeError tells an error of a package under analysis to whom it may concern.
func (r *runner) tellTypeError(n *node, err error) {
	if r.onTypeError != nil && n.role == underAnalysis {
		r.onTypeError(n, err)
	}
}

// read returns the content of a file, of the overlay if that has it.
func (r *runner) read(name string) ([]byte, error) {
	if data, ok := r.opts.Overlay[name]; ok {
		return data, nil
	}
	if r.links.lead(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("a link that leads out of the tree")}
	}
	return os.ReadFile(name)
}
