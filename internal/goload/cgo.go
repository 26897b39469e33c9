package goload

import (
	"bytes"
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/internal/finding"
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
			if n.only != nil {
				continue // cgo takes no package that the go command does not know
			}
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
		Context: ctx, Mode: listMode | packages.NeedCompiledGoFiles, Dir: u.dir,
		Env: r.environ(u), Tests: r.opts.Tests, BuildFlags: r.buildFlags(),
	}, sortedKeys(paths)...)
	if err != nil {
		loaded = nil
	}
	b := &builder{r: r, u: u, nodes: map[string]*node{}}
	packages.Visit(loaded, nil, b.convert)
	for _, p := range loaded {
		n := wanted[p.ID]
		if n == nil || len(p.Errors) > 0 || slices.ContainsFunc(p.CompiledGoFiles, usesCgo) {
			continue
		}
		n.goFiles, n.fakeC = p.CompiledGoFiles, false
		for _, path := range []string{"syscall", "unsafe", "runtime/cgo"} { // of the generated code
			if to := b.nodes[path]; to != nil && n.imports[path] == nil {
				n.imports[path] = to
			}
		}
	}
	for _, id := range sortedKeys(wanted) {
		if n := wanted[id]; n.fakeC {
			r.notices.add(finding.Notice{
				ID: "broken-package", Level: "warning", Where: r.place(n.dir, 0, 0),
				Message: fmt.Sprintf("package %s was analysed in part: cgo cannot be run on it, so that functions with C names are left out", n.path),
			})
		}
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
