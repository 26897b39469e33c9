package goload

import (
	"bytes"
	"context"
	"go/parser"
	"go/token"
	"os"
	"slices"

	"golang.org/x/tools/go/packages"
)

// processCgo has cgo run on the packages under analysis that need it, so that
// their C names have types. Where that fails, and in dependencies, C names have
// no type and the bodies with them are dropped.
func (r *runner) processCgo(ctx context.Context, u *universe) {
	wanted := map[string]*node{}
	paths := map[string]bool{}
	for _, n := range u.nodes {
		if slices.ContainsFunc(n.goFiles, usesCgo) {
			n.fakeC = true
			wanted[n.id] = n
			if n.forTest != "" {
				paths[n.forTest] = true
			} else {
				paths[n.path] = true
			}
		}
	}
	if len(wanted) == 0 {
		return
	}
	loaded, err := packages.Load(&packages.Config{
		Context: ctx, Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedForTest,
		Dir: u.dir, Env: r.environ(u), Tests: r.opts.Tests, BuildFlags: r.buildFlags(),
	}, sortedKeys(paths)...)
	if err != nil {
		return
	}
	for _, p := range loaded {
		n := wanted[p.ID]
		if n == nil || len(p.Errors) > 0 || slices.ContainsFunc(p.CompiledGoFiles, usesCgo) {
			continue
		}
		n.goFiles, n.fakeC = p.CompiledGoFiles, false
	}
}

// usesCgo reports whether a file imports "C".
func usesCgo(name string) bool {
	data, err := os.ReadFile(name)
	if err != nil || !bytes.Contains(data, []byte(`"C"`)) {
		return false
	}
	file, _ := parser.ParseFile(token.NewFileSet(), name, data, parser.ImportsOnly|parser.SkipObjectResolution)
	return file != nil && slices.Contains(importPaths(file), "C")
}
