package exercise

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Report is what became of all exercises.
type Report struct {
	Decls    []*Decl
	Outcomes []*Outcome
	// Written are the programs that are not generated.
	Written []*Written
	// Unwritten are the exercises for which no program can be made.
	Unwritten []*Pair
	// Uncovered are the declarations that no exercise shows.
	Uncovered []*Decl
}

// writtenDir holds the programs that are not generated.
const writtenDir = "../../../testdata/exercise/written"

// Exercise writes and runs the exercises of the packages that keep accepts.
func (w *World) Exercise(keep func(p *Package) bool) (*Report, error) {
	r := &Report{}
	var pairs []*Pair
	for _, pkg := range w.Packages {
		if !keep(pkg) {
			continue
		}
		for _, d := range pkg.Decls {
			r.Decls = append(r.Decls, d)
			for _, x := range w.Exercises(d) {
				if p := w.pair(x); p.Err == nil {
					pairs = append(pairs, p)
				} else {
					r.Unwritten = append(r.Unwritten, p)
				}
			}
		}
	}
	var err error
	if r.Outcomes, err = w.Run(pairs); err != nil {
		return nil, err
	}
	if r.Written, err = w.Written(writtenDir); err != nil {
		return nil, err
	}
	r.cover()
	return r, nil
}

// cover finds the declarations that no exercise shows. A type is shown by its
// fields and methods, and by the calls that make its values.
func (r *Report) cover() {
	shown := map[string]bool{}
	for _, o := range r.Outcomes {
		if len(o.Faults) > 0 {
			continue
		}
		shown[o.Decl.Name()] = true
		if d := o.Decl; d.owner != nil {
			shown[d.Package.Model.Path+"."+d.owner.Obj().Name()] = true
		}
		if d := o.Decl; d.fn != nil && o.Directive.Verb != "transfer" {
			if made, ok := d.newOf(); ok && made.Words[0] != "login" {
				d.showResult(shown)
			}
		}
	}
	for _, d := range r.Decls {
		byHand := slices.ContainsFunc(r.Written, func(x *Written) bool { return len(x.Faults) == 0 && x.Shown[d.object()] })
		if !shown[d.Name()] && !byHand {
			r.Uncovered = append(r.Uncovered, d)
		}
	}
}

// showResult marks the type of what a call makes.
func (d *Decl) showResult(shown map[string]bool) {
	at, ok := d.made()
	if !ok {
		return
	}
	if n := pointee(d.typeAt(at)); n != nil {
		if p := d.Package.world.byPath[pathOf(n.Obj())]; p != nil {
			shown[p.Model.Path+"."+n.Obj().Name()] = true
		}
	}
}

// ReadExceptions reads the declarations and exercises that are not found, with
// the reason: a line "# reason" stands over the names that it is true of.
func ReadExceptions(r io.Reader) (map[string]string, error) {
	list := map[string]string{}
	reason := ""
	for s := bufio.NewScanner(r); s.Scan(); {
		line := strings.TrimSpace(s.Text())
		switch text, isReason := strings.CutPrefix(line, "# "); {
		case line == "":
		case isReason:
			reason = text
		case reason == "":
			return nil, fmt.Errorf("%q stands under no reason", line)
		default:
			list[line] = reason
		}
	}
	return list, nil
}
