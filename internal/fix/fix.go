// Package fix makes edits of remedies and applies them.
//
// A fix is offered by whoever knows the syntax of its place: the Go passes
// (gopass/remedy), front ends that read settings and commands, and Text of this
// package for what can be told from a place in a text alone. Of the fixes of a
// run a Plan takes those that do not meet, the most severe findings first; the
// rest is for the next pass, over the files as they are then. Go is type-checked
// in memory before anything is written, and a fix that breaks its package is
// left out; a file that gofmt had nothing to change in stays so.
//
// Files are written by a rename, with their permissions, line breaks and byte
// order mark. Symbolic links, generated files, files of third parties and files
// with NUL bytes are left alone.
package fix

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// Options say what to fix.
type Options struct {
	// All takes fixes as well that need a look at what they do.
	All bool
	// Tags are build tags, Env the environment of the go command, and Download
	// lets it fetch missing modules, as for the scan.
	Tags     []string
	Env      []string
	Download bool
}

// Change is what a plan makes of a file.
type Change struct {
	File          string // relative to the root, with slashes
	Before, After []byte
	// Written are the lines of text that the edits put into the file.
	Written []string
}

// Plan is what one pass changes.
type Plan struct {
	// Changes are the files that become others, by name.
	Changes []Change
	// Fixed are the findings that the changes are made for.
	Fixed []*finding.Finding
	// Later counts the fixes that met another one of this pass.
	Later   int
	Notices []finding.Notice

	root string
}

// maxEdits is how many edits a file gets in one pass.
const maxEdits = 2000

// job is a fix that is to be made.
type job struct {
	finding *finding.Finding
	fix     *finding.Fix
}

// planner makes a plan.
type planner struct {
	opts  Options
	dir   string
	root  *os.Root
	files map[string]*file
	plan  *Plan
	// before are the errors of directories as they are, once asked for.
	before map[string][]string
}

// file is a file that may be changed.
type file struct {
	text  *text
	edits []edit
}

// New returns what one pass changes for the findings of a run. What somebody
// silenced or a baseline holds stays as it is.
func New(ctx context.Context, run *finding.Run, opts Options) (*Plan, error) {
	root, err := os.OpenRoot(run.Root)
	if err != nil {
		return nil, fmt.Errorf("opening the root: %w", err)
	}
	defer root.Close()
	p := &planner{opts: opts, dir: run.Root, root: root, files: map[string]*file{}, plan: &Plan{root: run.Root}}
	jobs := p.choose(p.jobs(run))
	if jobs, err = p.compiled(ctx, jobs); err != nil {
		return nil, err
	}
	for _, j := range jobs {
		p.plan.Fixed = append(p.plan.Fixed, j.finding)
	}
	results := p.results(jobs)
	for _, name := range slices.Sorted(maps.Keys(results)) {
		if before := p.files[name].text.data; string(before) != string(results[name]) {
			p.plan.Changes = append(p.plan.Changes, Change{File: name, Before: before, After: results[name], Written: written(jobs, name)})
		}
	}
	return p.plan, nil
}

// written returns the lines that fixes put into a file, without the blanks
// around them.
func written(jobs []job, file string) []string {
	var lines []string
	for _, j := range jobs {
		for _, e := range j.fix.Edits {
			if e.Location.File != file {
				continue
			}
			for line := range strings.Lines(e.NewText) {
				if line = strings.TrimSpace(line); line != "" {
					lines = append(lines, line)
				}
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// jobs returns the fixes of a run, one a finding, in the order of their right to
// a place: the most severe first.
func (p *planner) jobs(run *finding.Run) []job {
	var jobs []job
	for _, f := range run.Shown(false) {
		if f.Baseline == finding.BaselineUnchanged {
			continue
		}
		for i := range f.Fixes {
			if fix := &f.Fixes[i]; (fix.Safe || p.opts.All) && len(fix.Edits) > 0 {
				jobs = append(jobs, job{f, fix})
				break
			}
		}
	}
	slices.SortStableFunc(jobs, func(a, b job) int { return cmp.Compare(b.finding.Severity, a.finding.Severity) })
	return jobs
}

// choose returns the fixes that do not meet and whose files may be changed.
func (p *planner) choose(jobs []job) []job {
	var chosen []job
	for _, j := range jobs {
		switch ok, possible := p.add(j); {
		case ok:
			chosen = append(chosen, j)
		case possible:
			p.plan.Later++
		}
	}
	return chosen
}

// add adds the edits of a fix to those of its files, all or none. It reports
// whether it did, and if not, whether only other edits are in the way.
func (p *planner) add(j job) (ok, possible bool) {
	added := map[*file][]edit{}
	for _, e := range j.fix.Edits {
		f := p.file(e.Location)
		if f == nil {
			return false, false
		}
		own, known := f.text.edit(e)
		if !known {
			return false, false
		}
		edits, touched := added[f]
		if !touched {
			edits = slices.Clone(f.edits)
		}
		edits, fits := merged(edits, own)
		if !fits || len(edits) > maxEdits {
			return false, true
		}
		added[f] = edits
	}
	for f, edits := range added {
		f.edits = edits
	}
	return true, true
}

// file returns the file of a place, nil if it may not be changed.
func (p *planner) file(at finding.Location) *file {
	if at.Package != "" || !filepath.IsLocal(filepath.FromSlash(at.File)) {
		return nil
	}
	f, known := p.files[at.File]
	if !known {
		if data, err := p.read(at.File); err == nil && isOurs(at.File, data) {
			f = &file{text: newText(data)}
		}
		p.files[at.File] = f
	}
	return f
}

// results returns the files of fixes with these made, by name. The fixes do not
// meet.
func (p *planner) results(jobs []job) map[string][]byte {
	edits := map[string][]edit{}
	for _, j := range jobs {
		for _, e := range j.fix.Edits {
			own, _ := p.files[e.Location.File].text.edit(e)
			edits[e.Location.File], _ = merged(edits[e.Location.File], own)
		}
	}
	out := map[string][]byte{}
	for name, list := range edits {
		t := p.files[name].text
		out[name] = t.apply(list)
		if isGo(name) {
			out[name] = formatted(t.data, withoutImports(t.data, out[name]))
		}
	}
	return out
}

// isGo reports whether the file is Go source by its name.
func isGo(name string) bool { return path.Ext(name) == ".go" }
