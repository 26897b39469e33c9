package authtest_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
	"github.com/authlint/authlint/internal/finding"
)

const modules = "../../testdata/modules"

var (
	moduleNames = flag.String("modules", "", "scan these real modules, separated by commas, or all; needs the module proxy")
	moduleRows  = flag.Bool("rows", false, "print a row for each finding that nobody has read")
)

// TestModules scans real modules: each finding of the default persona must have
// been read by somebody, and what was found to be true must still be found.
func TestModules(t *testing.T) {
	list, err := authtest.ReadModules(modules)
	if err != nil {
		t.Fatal(err)
	}
	if *moduleNames == "" {
		t.Skip("slow, and needs the module proxy: run .ci/modules")
	}
	var table strings.Builder
	all, right, notRun := 0, 0, 0
	for _, m := range list {
		if !chosen(m.Name) {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			compared := false
			defer func() {
				if !compared {
					notRun++
					fmt.Fprintf(&table, "%-28s not run\n", m.Name)
				}
			}()
			c := compareModule(t, m)
			compared = true
			all, right = all+c.All, right+c.True
			fmt.Fprintf(&table, "%-28s %s, %d unread, %d lost\n", m.Name, precision(c.True, c.All), len(c.Unread), len(c.LostTrue))
		})
	}
	if table.Len() == 0 {
		t.Fatalf("no module is called %s", *moduleNames)
	}
	fmt.Fprintf(&table, "%-28s %s, %d not run", "total", precision(right, all), notRun)
	t.Logf("true findings of those that were read:\n%s", table.String())
}

// chosen reports whether a module is named on the command line.
func chosen(name string) bool {
	return *moduleNames == "all" || slices.Contains(strings.Split(*moduleNames, ","), name)
}

func precision(right, all int) string {
	if all == 0 {
		return "no finding"
	}
	return fmt.Sprintf("%d of %d true (%d %%)", right, all, 100*right/all)
}

// compareModule gets, scans and compares one module.
func compareModule(t *testing.T, m *authtest.Module) *authtest.Comparison {
	t.Helper()
	run := scanModule(t, m)
	c := m.Compare(run)
	for _, f := range c.Unread {
		t.Errorf("unread: %s:%d: %s: %s", f.Primary.File, f.Primary.Line, f.Rule, f.Message)
	}
	for _, row := range c.LostTrue {
		t.Errorf("lost, and it was true: %s: %s", row.Key(), row.Why)
	}
	for _, row := range c.LostFalse {
		t.Logf("no longer found, delete the row: %s", row.Key())
	}
	if *moduleRows {
		var rows strings.Builder
		if err := authtest.WriteRows(&rows, c.Unread); err != nil {
			t.Fatal(err)
		}
		t.Logf("rows to be read:\n%s", rows.String())
	}
	return c
}

// scanModule scans a copy of a real module.
func scanModule(t *testing.T, m *authtest.Module) *finding.Run {
	t.Helper()
	run, err := authtest.Scan(context.Background(), moduleTree(t, m))
	if err != nil {
		t.Fatal(err)
	}
	if run.Stats.Files == 0 || m.Source.Module != "" && run.Stats.Packages == 0 {
		t.Fatalf("nothing to scan, or no package analysed: %+v %v", run.Stats, run.Notices)
	}
	t.Logf("%s: %+v", m.Source, run.Stats)
	return run
}

// moduleTree returns a copy of a real module. One that is not there skips the test.
func moduleTree(t *testing.T, m *authtest.Module) string {
	t.Helper()
	// Not t.TempDir: its path has the test's name in it.
	dir, err := os.MkdirTemp("", "authlint-modules-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	tree, missing, err := m.Source.Tree(context.Background(), dir)
	if errors.Is(err, authtest.ErrNoCheckout) {
		t.Skip("NOT RUN: ", err)
	} else if err != nil {
		t.Fatal(err)
	}
	for _, err := range missing {
		t.Logf("missing: %v", err)
	}
	return tree
}
