package goload

import (
	"cmp"
	"context"
	"encoding/gob"
	"go/types"
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/internal/flow"
	"github.com/authlint/authlint/rules"
)

// counter counts what is written to it.
type counter int

// Write counts.
func (c *counter) Write(data []byte) (int, error) {
	*c += counter(len(data))
	return len(data), nil
}

// weights are what facts weigh beside the source they tell of.
type weights struct {
	mu                      sync.Mutex
	packages, source, facts int
	heaviest                string
	most                    int
}

// weigh returns an analyzer that weighs the facts of another as drivers write
// them to files.
func (w *weights) weigh(analyzer *analysis.Analyzer) *analysis.Analyzer {
	copied := *analyzer
	copied.Run = func(pass *analysis.Pass) (any, error) {
		var size counter
		encoder := gob.NewEncoder(&size)
		exportObject, exportPackage := pass.ExportObjectFact, pass.ExportPackageFact
		var failed error
		pass.ExportObjectFact = func(o types.Object, f analysis.Fact) {
			failed = cmp.Or(failed, encoder.Encode(f))
			exportObject(o, f)
		}
		pass.ExportPackageFact = func(f analysis.Fact) {
			failed = cmp.Or(failed, encoder.Encode(f))
			exportPackage(f)
		}
		result, err := analyzer.Run(pass)
		w.add(pass, int(size))
		return result, cmp.Or(err, failed)
	}
	return &copied
}

func (w *weights) add(pass *analysis.Pass, facts int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.packages++
	w.facts += facts
	for _, f := range pass.Files {
		w.source += pass.Fset.File(f.FileStart).Size()
	}
	if facts > w.most {
		w.heaviest, w.most = pass.Pkg.Path(), facts
	}
}

// TestFactsWeigh holds the facts of real code to a budget: of this module with
// all that it is built from, and of the corpus, which has little but what facts
// tell of.
func TestFactsWeigh(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses all dependencies")
	}
	catalogue, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		root, path string
		permille   int // of the source
		most       int // of one package
	}{
		"this module": {"../..", "internal/cli", 1200, 1_600_000},
		"the corpus":  {"../../testdata/corpus", ".", 400, 60_000},
	} {
		t.Run(name, func(t *testing.T) {
			root, err := filepath.Abs(c.root)
			if err != nil {
				t.Fatal(err)
			}
			var w weights
			if _, err := Run(context.Background(), Options{
				Root: root, Paths: []string{c.path}, NeedsFacts: flow.NeedsFacts(catalogue),
				Analyzers: []*analysis.Analyzer{w.weigh(flow.Analyzer)},
			}); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d packages of %d bytes have facts of %d bytes; %s has the most, %d", w.packages, w.source, w.facts, w.heaviest, w.most)
			switch {
			case w.facts == 0:
				t.Error("there are no facts")
			case w.facts*1000 > w.source*c.permille:
				t.Errorf("the facts weigh more than %d/1000 of the source", c.permille)
			case w.most > c.most:
				t.Errorf("%s has facts of %d bytes, more than %d", w.heaviest, w.most, c.most)
			}
		})
	}
}
