package goload

import (
	"container/heap"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/finding"
)

// analyse checks and analyses the packages of a universe.
func (r *runner) analyse(ctx context.Context, u *universe, result *Result) {
	if len(u.nodes) == 0 {
		return
	}
	r.universes++
	u.byPath, u.cut = map[string][]*node{}, map[string]bool{}
	list := r.resolve(r.order(u, u.nodes), r.universes)
	r.total += countWaiting(list)
	var sound, tainted []*node
	for _, n := range list {
		u.byPath[n.path] = append(u.byPath[n.path], n)
		if n.tainted {
			tainted = append(tainted, n)
		} else {
			sound = append(sound, n)
		}
	}
	pair(sound)
	r.schedule(ctx, u, sound)
	if len(tainted) > 0 && ctx.Err() == nil {
		r.makeUp(ctx, u, tainted)
		for path := range u.madeUp {
			if !u.cut[path] {
				result.Stats.Synthesised++
			}
		}
		r.schedule(ctx, u, tainted)
	}
	if ctx.Err() != nil {
		return
	}
	r.collect(u, result)
	r.release(list)
}

// countWaiting returns how many of the packages are not done.
func countWaiting(list []*node) int {
	count := 0
	for _, n := range list {
		if !n.done {
			count++
		}
	}
	return count
}

// schedule processes the packages of a sorted list that are not done.
func (r *runner) schedule(ctx context.Context, u *universe, list []*node) {
	r.each(ctx, list, func(n *node) {
		r.process(u, n)
		r.progress()
	})
}

// each calls work for the packages of a sorted list that are not done, each
// after those that it imports.
func (r *runner) each(ctx context.Context, list []*node, work func(*node)) {
	q := newQueue(list)
	var group sync.WaitGroup
	for range r.opts.Workers {
		group.Go(func() {
			for {
				n := q.next()
				if n == nil {
					return
				}
				if ctx.Err() == nil {
					work(n)
				}
				q.finish(n)
			}
		})
	}
	group.Wait()
}

// progress tells how far the run is.
func (r *runner) progress() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	if r.opts.Progress != nil {
		r.opts.Progress(r.done, r.total)
	}
}

// queue hands out packages whose imports are done.
type queue struct {
	mu    sync.Mutex
	wake  *sync.Cond
	ready nodeHeap
	left  int
}

// newQueue counts what each package waits for. What it waits for stands before
// it in the list.
func newQueue(list []*node) *queue {
	q := &queue{}
	q.wake = sync.NewCond(&q.mu)
	queued := map[*node]bool{}
	for i, n := range list {
		if n.done || queued[n] {
			continue
		}
		queued[n] = true
		n.index, n.waits, n.dependents = i, 0, nil
		q.left++
		seen := map[*node]bool{}
		await := func(to *node) {
			if queued[to] && !seen[to] {
				seen[to] = true
				n.waits++
				to.dependents = append(to.dependents, n)
			}
		}
		await(n.twin)
		for _, to := range n.imports {
			await(to)
		}
		if n.waits == 0 {
			heap.Push(&q.ready, n)
		}
	}
	return q
}

// next returns a package to process, nil if none is left.
func (q *queue) next() *node {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.ready) == 0 && q.left > 0 {
		q.wake.Wait()
	}
	if q.left == 0 {
		return nil
	}
	return heap.Pop(&q.ready).(*node)
}

// finish notes that a package is done.
func (q *queue) finish(n *node) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n.done = true
	q.left--
	for _, d := range n.dependents {
		if d.waits--; d.waits == 0 {
			heap.Push(&q.ready, d)
		}
	}
	n.dependents = nil
	q.wake.Broadcast()
}

// nodeHeap is a heap of packages by their place in the list.
type nodeHeap []*node

// Len returns the number of packages.
func (h nodeHeap) Len() int { return len(h) }

// Less reports whether the package at i comes first.
func (h nodeHeap) Less(i, j int) bool { return h[i].index < h[j].index }

// Swap swaps two packages.
func (h nodeHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push appends a package.
func (h *nodeHeap) Push(x any) { *h = append(*h, x.(*node)) }

// Pop removes the last package.
func (h *nodeHeap) Pop() any {
	old := *h
	n := old[len(old)-1]
	*h = old[:len(old)-1]
	return n
}

// process checks one package, runs the analyzers on it and keeps types, facts
// and findings alone.
func (r *runner) process(u *universe, n *node) {
	if n.pkg != nil {
		return // unsafe
	}
	defer func() {
		if value := recover(); value != nil { // the packages that import it go on without it
			n.partial = true
			r.notices.add(finding.Notice{
				ID: "internal-error", Level: "error", Where: r.place(n.dir, 0, 0),
				Message: fmt.Sprintf("analysing package %s failed: %v", n.path, panicError(value)),
			})
		}
	}()
	c := r.check(u, n)
	n.pkg = c.pkg
	n.bodies, n.dropped = c.bodies, c.dropped
	n.partial = c.dropped+c.patched > 0 || c.illTyped || len(c.whole) < len(n.goFiles)
	if n.role == underAnalysis {
		n.whole = c.whole
		r.tellErrors(n, c)
	}
	switch {
	case n.twin != nil:
		r.facts.copyFacts(n.pkg, n.twin.pkg)
		n.hasFacts = n.twin.hasFacts
	case c.info != nil:
		r.runAnalyzers(n, c)
	}
}

// tellErrors tells that a package was analysed in part.
func (r *runner) tellErrors(n *node, c *checked) {
	if n.only != nil || c.first == nil || c.dropped+c.patched == 0 && !c.illTyped {
		return
	}
	at := r.fset.Position(c.first.Pos)
	level, cause := "warning", CodeMessage(c.first.Msg, "type error")
	if n.tainted {
		level, cause = "note", cause+" (it depends on packages that are missing)"
	}
	if c.illTyped {
		level = "error"
	}
	var lacks []string
	if c.dropped > 0 || c.illTyped {
		lacks = append(lacks, count(c.dropped, "function body or initial value", "function bodies and initial values"))
	}
	if c.patched > 0 {
		lacks = append(lacks, "parts of "+count(c.patched, "function body or initial value", "function bodies and initial values"))
	}
	r.notices.add(finding.Notice{
		ID: "broken-package", Level: level, Where: r.place(at.Filename, at.Line, at.Column),
		Message: fmt.Sprintf("package %s was analysed without %s, for want of types: %s, at %s:%d",
			n.path, strings.Join(lacks, " and "), cause, r.relative(at.Filename), at.Line),
	})
}

// tells reports whether findings in a file are wanted of this package.
func (n *node) tells(file string) bool { return n.only == nil || n.only[file] }

// wantsBodies reports whether the function bodies of a package are looked at.
func (r *runner) wantsBodies(n *node) bool {
	switch {
	case n.role == underAnalysis:
		return true
	case n.role == typesOnly || len(r.plan.facts) == 0 || n.twin != nil:
		return false
	case r.opts.NeedsFacts == nil || n.module == nil || n.module.Version == "":
		return true
	}
	return r.opts.NeedsFacts(sortedKeys(n.imports), func(path string) bool {
		to := n.imports[path]
		return to != nil && to.hasFacts
	})
}

// collect adds what the packages under analysis gave to the result.
func (r *runner) collect(u *universe, result *Result) {
	for _, name := range u.excluded {
		r.excluded[name] = true
	}
	parts := map[string]bool{} // by directory: whether a package there was analysed in part
	for _, n := range u.nodes {
		if n.only == nil {
			result.Bodies += n.bodies
			result.Stats.DroppedBodies += n.dropped
			parts[n.dir] = parts[n.dir] || n.partial
		} else {
			parts[n.dir] = parts[n.dir] // a directory of such files alone counts as well
		}
		for _, file := range n.whole {
			if r.chosen.has(file) && n.tells(file) { // and not made by cgo
				result.Files[file] = true
			}
		}
		for _, f := range n.findings {
			u.resolve(r, &f)
			if r.chosen.has(f.Primary.File) && n.tells(f.Primary.File) {
				result.Findings = append(result.Findings, f)
			}
		}
		n.findings = nil
	}
	for _, partial := range parts {
		if partial {
			result.Stats.PartPackages++
		} else {
			result.Stats.Packages++
		}
	}
}

// release forgets the packages that no later universe can share: their facts
// and the positions of their files.
func (r *runner) release(list []*node) {
	shared := map[string]*node{}
	for _, n := range list {
		if !n.tainted && (n.role == typesOnly || n.role == factsOnly && n.module != nil && n.module.Version != "") {
			shared[n.key] = n
		}
	}
	for key, n := range r.kept {
		if shared[key] != nil {
			continue
		}
		if n.pkg != nil {
			r.facts.forget(n.pkg)
		}
		r.forgetPositions(n)
	}
	r.kept = shared
}

// forgetPositions frees what the file set knows of a package's files.
func (r *runner) forgetPositions(n *node) {
	for _, file := range n.positions {
		r.fset.RemoveFile(file)
	}
	n.positions = nil
}

// resolve completes the places of a finding that are known from facts: these
// have the base name of a file and the import path of its package.
func (u *universe) resolve(r *runner, f *finding.Finding) {
	complete := func(at *finding.Location) {
		if at.Package == "" || filepath.IsAbs(at.File) {
			return
		}
		for _, n := range u.byPath[at.Package] {
			for _, name := range n.goFiles {
				if filepath.Base(name) == at.File && r.isBelowRoot(name) {
					at.File, at.Package = name, ""
					return
				}
			}
		}
	}
	complete(&f.Primary)
	for i := range f.Steps {
		complete(&f.Steps[i].Location)
	}
	for i := range f.Places {
		complete(&f.Places[i])
	}
	for i := range f.Redact {
		complete(&f.Redact[i])
	}
}
