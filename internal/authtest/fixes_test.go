package authtest_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/authtest"
)

// fixedModules is the list of modules whose fixes are tried.
const fixedModules = "../../testdata/fixes/modules.txt"

var (
	fixNames  = flag.String("fixes", "", "fix these modules of testdata/fixes (names, or folders; separated by commas), or all; needs the module proxy and runs their tests")
	fixDamage = flag.String("damage", "", "damage what was fixed: build, format, tests or unfixed")
	fixPlant  = flag.Int("plant", 0, "plant this many bad practices in tested packages of each module first")
	fixSeed   = flag.Uint64("plantseed", 1, "decides what is planted")
)

// TestFixes fixes real modules: they still build, their tests still pass, and
// another run has nothing left to do.
func TestFixes(t *testing.T) {
	list, err := authtest.ReadFixedModules(fixedModules)
	if err != nil {
		t.Fatal(err)
	}
	if *fixNames == "" {
		t.Skip("slow, and needs the module proxy: run .ci/fixes")
	}
	total := &tally{}
	seen := map[string]bool{}
	for _, m := range list {
		if *fixNames == "all" || slices.Contains(strings.Split(*fixNames, ","), m.Source.Module) {
			seen[m.Source.Module] = true
			t.Run(m.Source.String(), func(t *testing.T) { total.fix(t, m.Source.String(), m.Places) })
		}
	}
	for name := range strings.SplitSeq(*fixNames, ",") {
		if name != "all" && !seen[name] {
			t.Run(name, func(t *testing.T) { total.fix(t, name, -1) })
		}
	}
	t.Logf("%d places in %d modules, %d of them in packages whose tests passed before; %d tests pass before and after\n%s",
		total.places, total.modules, total.tested, total.kept, total.byRule())
}

// tally is what came of several modules.
type tally struct {
	modules, places, tested, kept int
	rules                         map[string]int
}

// fix tries the fixes of one module. The number of places is -1 if nobody has
// counted them.
func (s *tally) fix(t *testing.T, name string, places int) {
	tree := treeOf(t, name)
	planted := 0
	if *fixPlant > 0 {
		list, err := authtest.Plant(context.Background(), tree, *fixSeed, *fixPlant)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			t.Logf("planted: %s: %s", m.Places[0], m.Operator)
		}
		planted, places = len(list), -1
	}
	out, err := authtest.TryFixes(context.Background(), tree, authtest.Damage(*fixDamage))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range out.Places {
		t.Logf("fixed: %s:%d: %s", f.Primary.File, f.Primary.Line, f.Rule)
	}
	for _, note := range out.Notes {
		t.Logf("note: %s", note)
	}
	for _, fault := range out.Faults {
		t.Errorf("%s", fault)
	}
	if places >= 0 && len(out.Places) != places {
		t.Errorf("%d places are fixed, want %d", len(out.Places), places)
	}
	t.Logf("%s: %d places in %d files (%d planted), %d in tested packages, %d tests pass before and after", name, len(out.Places), len(out.Files), planted, len(out.Tested), out.Kept)
	s.add(out)
}

func (s *tally) add(out *authtest.Fixed) {
	s.modules++
	s.places += len(out.Places)
	s.tested += len(out.Tested)
	s.kept += out.Kept
	if s.rules == nil {
		s.rules = map[string]int{}
	}
	for _, f := range out.Places {
		s.rules[f.Rule]++
	}
}

func (s *tally) byRule() string {
	var b strings.Builder
	for _, rule := range slices.Sorted(maps.Keys(s.rules)) {
		fmt.Fprintf(&b, "%6d %s\n", s.rules[rule], rule)
	}
	return b.String()
}

// TestFixesOfASmallModule fixes a module that is at hand, and damages it: .ci/fixes
// does that to real ones.
func TestFixesOfASmallModule(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and tests a module")
	}
	archive, err := txtar.ParseFile("testdata/fixes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, damage := range []authtest.Damage{authtest.Undamaged, authtest.DamageTests} {
		tree := filepath.Join(t.TempDir(), "tree")
		writeArchive(t, archive, tree)
		out, err := authtest.TryFixes(context.Background(), tree, damage)
		if err != nil {
			t.Fatal(err)
		}
		if (len(out.Faults) == 0) != (damage == authtest.Undamaged) {
			t.Errorf("damage %q: %q", damage, out.Faults)
		}
		if len(out.Places) != 2 || len(out.Tested) != 1 || damage == authtest.Undamaged && out.Kept != 1 {
			t.Errorf("damage %q: %d fixed, %d of them tested, %d tests kept", damage, len(out.Places), len(out.Tested), out.Kept)
		}
	}
}
