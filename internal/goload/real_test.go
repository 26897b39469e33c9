package goload

import (
	"context"
	"os"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/authlint/authlint/analyzers"
)

func TestReal(t *testing.T) {
	root := os.Getenv("GOLOAD_ROOT")
	if root == "" {
		t.Skip()
	}
	list := []*analysis.Analyzer{toy, ssaToy}
	if os.Getenv("GOLOAD_ALL") != "" {
		list = analyzers.All()
	}
	start := time.Now()
	res, err := Run(context.Background(), Options{Root: root, Analyzers: list, Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range res.Notices {
		if i < 60 {
			t.Logf("%s %s %v %s", n.Level, n.ID, n.Where, n.Message)
		}
	}
	for _, f := range res.Findings {
		if f.Suppressed == nil && f.Persona == 0 {
			t.Logf("FIND %s %s:%d %s", f.Rule, f.Primary.File, f.Primary.Line, f.Message)
		}
	}
	t.Logf("%+v bodies=%d findings=%d files=%d %v", res.Stats, res.Bodies, len(res.Findings), len(res.Files), time.Since(start))
}
