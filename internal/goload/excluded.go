package goload

import (
	"context"
	"go/build"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/internal/finding"
)

// mostVariants is how many variants of a package are made for files that build
// constraints exclude, and mostCompanions how many files each of them takes along.
const (
	mostVariants   = 4
	mostCompanions = 100
)

// tellExcluded tells once how many of the excluded files were not analysed whole.
func (r *runner) tellExcluded(result *Result) {
	open := 0
	for name := range r.excluded {
		if !result.Files[name] {
			open++
		}
	}
	if open == 0 {
		return
	}
	r.notices.add(finding.Notice{
		ID: "excluded-file", Level: "note",
		Message: count(open, "file that build constraints exclude was", "files that build constraints exclude were") +
			" analysed in part, for want of what only another platform has",
	})
}

// variants makes packages of the files of a directory that build constraints
// exclude: each with the files of the package that is analysed there, but for
// those that declare the same names, as with another platform's version of a
// file. Files are all of the directory, list what was made of the others.
func variants(excluded, files []looseFile, list []*node, make func(name string, files []looseFile) *node) []*node {
	groups := map[string][]looseFile{}
	for _, f := range excluded {
		groups[f.pkg] = append(groups[f.pkg], f)
	}
	var made []*node
	for _, name := range sortedKeys(groups) {
		var base *node
		for _, n := range list {
			if n.name == name && n.only == nil && (base == nil || len(n.goFiles) > len(base.goFiles)) {
				base = n
			}
		}
		parts := split(groups[name])
		if name == "main" && base == nil {
			parts = units(groups[name])
		}
		for _, part := range parts {
			n := make(name, slices.Concat(part, companions(part, files, base)))
			n.role, n.only = underAnalysis, map[string]bool{}
			for _, f := range part {
				n.only[f.name] = true
			}
			n.id += " excluded (" + filepath.Base(part[0].name) + ")"
			if base != nil {
				n.path, n.forTest, n.module = base.path, base.forTest, base.module
				n.otherFiles, n.ignoredFiles, n.embedFiles = base.otherFiles, base.ignoredFiles, base.embedFiles
			}
			made = append(made, n)
		}
	}
	return made
}

// split separates files that declare the same names; those for which there is
// no room are left to the search for patterns.
func split(files []looseFile) [][]looseFile {
	var parts [][]looseFile
	var names []map[string]bool
	for _, f := range files {
		at := slices.IndexFunc(names, func(taken map[string]bool) bool { return !f.conflicts(taken) })
		if at < 0 && len(parts) == mostVariants {
			continue
		}
		if at < 0 {
			at = len(parts)
			parts, names = append(parts, nil), append(names, map[string]bool{})
		}
		parts[at] = append(parts[at], f)
		for name := range f.declares {
			names[at][name] = true
		}
	}
	return parts
}

// companions returns the files of a package that go with excluded ones.
func companions(part, files []looseFile, base *node) []looseFile {
	if base == nil || len(base.goFiles) > mostCompanions {
		return nil
	}
	taken := map[string]bool{}
	for _, f := range part {
		for name := range f.declares {
			taken[name] = true
		}
	}
	var list []looseFile
	for _, f := range files {
		if slices.Contains(base.goFiles, f.name) && !f.conflicts(taken) {
			list = append(list, f)
		}
	}
	return list
}

// excluded makes packages of the files of a module that build constraints, or
// what the go command holds against them, keep out of its packages.
func (b *builder) excluded(ctx context.Context, roots []*node) []*node {
	taken := map[string]bool{}
	byDir := map[string][]*node{}
	for _, n := range b.nodes {
		for _, name := range n.goFiles {
			taken[name] = true
		}
	}
	for _, n := range roots {
		byDir[n.dir] = append(byDir[n.dir], n)
	}
	context := build.Default
	var made []*node
	for _, dir := range b.u.loose {
		if !b.r.leavesOut(dir, taken) {
			continue
		}
		var out []looseFile
		files := b.r.readDirectory(&context, dir)
		for _, f := range files {
			if !taken[f.name] && b.r.isWanted(f.name) {
				out = append(out, f)
				b.u.excluded = append(b.u.excluded, f.name)
			}
		}
		made = append(made, variants(out, files, byDir[dir], func(name string, files []looseFile) *node {
			n := b.loose(dir, name, files)
			if len(byDir[dir]) > 0 {
				n.module = byDir[dir][0].module
			}
			return n
		})...)
	}
	b.find(ctx, made)
	return made
}

// leavesOut reports whether a directory has wanted files that no package has.
func (r *runner) leavesOut(dir string, taken map[string]bool) bool {
	names, err := filepath.Glob(filepath.Join(escape(dir), "*.go"))
	return err == nil && slices.ContainsFunc(names, func(name string) bool {
		return !taken[name] && !isHidden(filepath.Base(name)) && r.isWanted(name)
	})
}

// escape makes a directory's name a pattern that matches it alone.
func escape(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// loose makes a package of files of a directory.
func (b *builder) loose(dir, name string, files []looseFile) *node {
	n := &node{id: dir + " (" + name + ")", path: "excluded/" + name, name: name, dir: dir, imports: map[string]*node{}, role: factsOnly}
	for _, f := range files {
		n.goFiles = append(n.goFiles, f.name)
		n.fakeC = n.fakeC || slices.Contains(f.imports, "C")
		b.connect(n, f.imports)
	}
	return n
}

// find looks for packages that only excluded files import.
func (b *builder) find(ctx context.Context, made []*node) {
	wanted := map[string]bool{}
	for _, n := range made {
		for _, path := range n.missing {
			wanted[path] = true
		}
	}
	var std, other []string
	for _, path := range sortedKeys(wanted) {
		if isStandardPath(path) {
			std = append(std, path)
		} else {
			other = append(other, path)
		}
	}
	known, err := b.r.loadStandard(ctx, b.u, std)
	if err != nil {
		known = nil // made up, as what is missing is
	}
	if len(other) > 0 {
		b.loadMore(ctx, other)
	}
	for _, n := range made {
		n.missing = slices.DeleteFunc(n.missing, func(path string) bool {
			to := b.nodes[path]
			if to == nil {
				to = known[path]
			}
			if to != nil && to != n {
				n.imports[path] = to
			}
			return to != nil && to != n
		})
	}
}

// loadMore lists further packages that the module can see.
func (b *builder) loadMore(ctx context.Context, paths []string) {
	loaded, err := b.r.load(ctx, b.u, paths)
	if err != nil {
		return
	}
	packages.Visit(loaded, nil, func(p *packages.Package) {
		if b.nodes[p.ID] == nil && !isTestMain(p) && len(p.Errors) == 0 {
			b.convert(p)
		}
	})
}
