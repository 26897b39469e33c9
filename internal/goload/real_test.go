package goload

import (
	"context"
	"os"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
)

func TestReal(t *testing.T) {
	root := os.Getenv("GOLOAD_ROOT")
	if root == "" {
		t.Skip()
	}
	start := time.Now()
	res, err := Run(context.Background(), Options{Root: root, Analyzers: []*analysis.Analyzer{toy, ssaToy}, Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range res.Notices {
		if i < 60 {
			t.Logf("%s %s %v %s", n.Level, n.ID, n.Where, n.Message)
		}
	}
	t.Logf("%+v bodies=%d findings=%d files=%d %v", res.Stats, res.Bodies, len(res.Findings), len(res.Files), time.Since(start))
}
