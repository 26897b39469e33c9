package scan

import (
	"context"
	"os"
	"testing"
	"time"
)

func TestReal(t *testing.T) {
	root := os.Getenv("SCAN_ROOT")
	if root == "" {
		t.Skip()
	}
	run, err := Run(context.Background(), Options{Paths: []string{root}, Now: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range run.Notices {
		t.Logf("%s %s %v %s", n.Level, n.ID, n.Where, n.Message)
	}
	for _, f := range run.Findings {
		t.Logf("%s %s:%d %s %v %s %s", f.Rule, f.Primary.File, f.Primary.Line, f.Message, f.Absorbed, f.Fingerprint, f.Symbol)
	}
	t.Logf("%+v", run.Stats)
}
