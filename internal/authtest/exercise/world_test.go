package exercise

import (
	"fmt"
	"os"
	"sort"
	"testing"
)

func TestExercises(t *testing.T) {
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	var pairs []*Pair
	without, bad := 0, 0
	for _, pkg := range w.Packages {
		for _, d := range pkg.Decls {
			list := w.Exercises(d)
			if len(list) == 0 {
				without++
				fmt.Fprintln(out, "NONE", d.Name(), d.Directives)
			}
			for _, x := range list {
				p := w.pair(x)
				if p.Err != nil {
					bad++
					fmt.Fprintln(out, "CANNOT", x, p.Err)
					continue
				}
				pairs = append(pairs, p)
			}
		}
	}
	outcomes, err := w.Run(pairs)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	sort.SliceStable(outcomes, func(i, j int) bool { return false })
	for _, o := range outcomes {
		if len(o.Faults) > 0 {
			failed++
			src, _ := o.Bad.source()
			fmt.Fprintln(out, "FAIL", o, o.Faults, "\n"+src)
			src, _ = o.Good.source()
			fmt.Fprintln(out, src)
		}
	}
	t.Log(len(pairs), "pairs", without, "decls without", bad, "cannot", failed, "failed")
}

var out, _ = os.Create("/tmp/exercise.out")
