package authtest_test

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
)

var (
	mutateCount = flag.Int("mutate", 0, "make this many mutations of each module named by -modules")
	mutateFiles = flag.Int("mutatefiles", 0, "make this many mutations of the other files of each repository named by -modules")
	mutateAll   = flag.Bool("all", false, "print every mutation, not only those that were missed")
	mutateSeed  = flag.Uint64("seed", 1, "decides what is mutated")
)

// leastFound is the share of mutations of real modules, in percent, that the
// default persona must be told of.
const leastFound = 80

// leastInFiles is that share of mutations of files that are not Go.
const leastInFiles = 85

// TestFileMutations puts bad practices into files of real repositories that are
// not Go and looks which are found.
func TestFileMutations(t *testing.T) {
	if *mutateFiles == 0 {
		t.Skip("slow, and needs checkouts: run .ci/mutations -files")
	}
	list, err := authtest.ReadModules(modules)
	if err != nil {
		t.Fatal(err)
	}
	all := &authtest.MutationReport{}
	var table strings.Builder
	for _, m := range list {
		if !chosen(m.Name) || *moduleNames == "all" && m.Source.Repository == "" {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			r := mutateFilesOf(t, moduleTree(t, m), *mutateSeed, *mutateFiles)
			all.Outcomes, all.New, all.Lost = append(all.Outcomes, r.Outcomes...), append(all.New, r.New...), append(all.Lost, r.Lost...)
			fmt.Fprintf(&table, "%-28s %d of %d found, %d new elsewhere, %d lost elsewhere\n", m.Name, r.Found(), len(r.Outcomes), len(r.New), len(r.Lost))
		})
	}
	var text strings.Builder
	if err := all.Write(&text, *mutateAll); err != nil {
		t.Fatal(err)
	}
	t.Logf("seed %d:\n%s%s", *mutateSeed, table.String(), text.String())
	if len(all.Outcomes) == 0 || all.Found()*100 < leastInFiles*len(all.Outcomes) {
		t.Errorf("found %d of %d mutations, want %d %%", all.Found(), len(all.Outcomes), leastInFiles)
	}
}

// mutateFilesOf scans a tree, mutates its files and scans it again.
func mutateFilesOf(t *testing.T, tree string, seed uint64, count int) *authtest.MutationReport {
	t.Helper()
	before, err := authtest.ScanAll(context.Background(), tree)
	if err != nil {
		t.Fatal(err)
	}
	mutator, err := authtest.NewFileMutator(tree, seed)
	if err != nil {
		t.Fatal(err)
	}
	mutations, err := mutator.Apply(count)
	if err != nil {
		t.Fatal(err)
	}
	after, err := authtest.ScanAll(context.Background(), tree)
	if err != nil {
		t.Fatal(err)
	}
	return authtest.CompareMutations(mutations, nil, before, after)
}

// TestMutations puts bad practices into real modules and looks which are found.
func TestMutations(t *testing.T) {
	if *mutateCount == 0 {
		t.Skip("slow, and needs the module proxy: run .ci/mutations")
	}
	list, err := authtest.ReadModules(modules)
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	applied, found := 0, 0
	for _, m := range list {
		if !chosen(m.Name) {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			r := mutateModule(t, moduleTree(t, m), *mutateSeed, *mutateCount)
			applied, found = applied+len(r.Outcomes), found+r.Found()
			fmt.Fprintf(&table, "%-28s %d of %d found, %d new elsewhere, %d lost elsewhere\n", m.Name, r.Found(), len(r.Outcomes), len(r.New), len(r.Lost))
			if len(r.New)+len(r.Lost) > 0 {
				t.Errorf("mutations change findings elsewhere")
			}
		})
	}
	if applied == 0 {
		t.Fatal("nothing was mutated")
	}
	t.Logf("seed %d:\n%s%-28s %d of %d found (%d %%)", *mutateSeed, table.String(), "total", found, applied, 100*found/applied)
	if found*100 < leastFound*applied {
		t.Errorf("found %d of %d mutations, want %d %%", found, applied, leastFound)
	}
}

// mutateModule scans a tree, mutates it, scans it again and prints the report.
func mutateModule(t *testing.T, tree string, seed uint64, count int) *authtest.MutationReport {
	t.Helper()
	ctx := context.Background()
	if err := authtest.RequireForMutations(ctx, tree); err != nil {
		t.Logf("mutating without: %v", err)
	}
	before, err := authtest.ScanAll(ctx, tree)
	if err != nil {
		t.Fatal(err)
	}
	mutator, err := authtest.NewMutator(ctx, tree, seed)
	if err != nil {
		t.Fatal(err)
	}
	mutations, err := mutator.Apply(count)
	if err != nil {
		t.Fatal(err)
	}
	after, err := authtest.ScanAll(ctx, tree)
	if err != nil {
		t.Fatal(err)
	}
	if b, a := before.Stats.DroppedBodies, after.Stats.DroppedBodies; a > b {
		t.Errorf("%d function bodies dropped before, %d after: a mutation does not type-check", b, a)
	}
	r := authtest.CompareMutations(mutations, mutator.Dropped(), before, after)
	var text strings.Builder
	if err := r.Write(&text, *mutateAll); err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", text.String())
	return r
}
