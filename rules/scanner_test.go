package rules_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/authlint/authlint/internal/secrets"
)

// TestNothingForScanners: whoever runs gitleaks over a copy of this folder is
// told of nothing; the examples are made up so. The packs of the providers are
// left out, because they find their own samples.
func TestNothingForScanners(t *testing.T) {
	engine, err := secrets.New(secrets.Options{NoPacks: true})
	if err != nil {
		t.Fatal(err)
	}
	// The engine finds what it should, or the test would be empty.
	if found := engine.Scan("x.go", []byte(`const key = "`+"AKIA"+"Z7QXM4LTD2RVWK5B"+`"`)); len(found) == 0 {
		t.Fatal("the engine finds nothing at all")
	}
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range engine.Scan(path, data) {
			if !m.Allowed {
				t.Errorf("%s:%d: %s", path, m.Line, m.RuleID)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
