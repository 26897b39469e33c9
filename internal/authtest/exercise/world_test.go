package exercise

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

var (
	show = flag.String("show", "", "print the exercises whose names match")
	log  = flag.String("log", "", "write a list of faults to a file")
)

func TestExercises(t *testing.T) {
	w, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	out := os.Stderr
	if *log != "" {
		out, _ = os.Create(*log)
	} else if *show == "" {
		out, _ = os.Open(os.DevNull)
	}
	var pairs []*Pair
	without, bad, total, roleless := 0, 0, 0, map[string]int{}
	for _, pkg := range w.Packages {
		for _, d := range pkg.Decls {
			total++
			list := w.Exercises(d)
			written := 0
			var errs []string
			for _, x := range list {
				p := w.pair(x)
				if p.Err != nil && x.optional {
					continue
				}
				if p.Err != nil {
					errs = append(errs, fmt.Sprint("CANNOT ", x, ": ", p.Err))
					continue
				}
				written++
				pairs = append(pairs, p)
			}
			if written == 0 {
				without++
				fmt.Fprintln(out, "NONE", d.Name(), d.Directives)
				for _, dir := range d.Directives {
					roleless[dir.Verb+" "+roleOf(dir)]++
				}
			}
			if len(errs) > 0 {
				bad += len(errs)
				fmt.Fprintln(out, strings.Join(errs, "\n"))
			}
		}
	}
	outcomes, err := w.Run(pairs)
	if err != nil {
		t.Fatal(err)
	}
	failed := 0
	for _, o := range outcomes {
		if len(o.Faults) > 0 {
			failed++
			fmt.Fprintln(out, "FAIL", o, o.Faults)
		}
		if *show != "" && regexp.MustCompile(*show).MatchString(o.String()) {
			src, _ := o.Bad.source()
			good, _ := o.Good.source()
			fmt.Println(o, o.Faults, "\n"+number(src)+"\n"+number(good))
		}
	}
	t.Log(total, "decls", len(pairs), "pairs", without, "decls without", bad, "cannot", failed, "failed")
	if *log != "" {
		for k, n := range roleless {
			fmt.Fprintln(out, "ROLE", n, k)
		}
	}
}

func number(src string) string {
	var b strings.Builder
	for i, l := range strings.Split(src, "\n") {
		if i > 1 && l != "" && !strings.HasPrefix(l, "import") && l != "func main() {}" {
			fmt.Fprintf(&b, "%d\t%s\n", i+1, l)
		}
	}
	return b.String()
}
