package secrets

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/practice"
)

var packTrees = flag.String("trees", "", "folders in whose files the packs are to find nothing, separated by commas")

// TestPackTrees tells what the packs find in other people's files, for somebody
// to read each of it:
//
//	go test ./internal/secrets -run TestPackTrees -v -trees "$(go env GOMODCACHE)" -timeout 2h
func TestPackTrees(t *testing.T) {
	if *packTrees == "" {
		t.Skip("no -trees given")
	}
	e := mustNew(t, Options{Name: "packs.toml", Config: []byte("title = 'the packs alone'\n")})
	files, size, raw, told, published := 0, 0, 0, 0, 0
	for tree := range strings.SplitSeq(*packTrees, ",") {
		err := filepath.WalkDir(tree, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return nil //nolint:nilerr // what cannot be read is not searched
			}
			data, err := os.ReadFile(name)
			if err != nil || IsBinary(data) {
				return nil //nolint:nilerr // as above
			}
			files, size = files+1, size+len(data)
			matches := len(e.Scan(name, data))
			raw += matches
			if matches == 0 {
				return nil
			}
			for _, o := range e.Observe(File{Path: name, Data: data}) {
				m := o.(*practice.SecretMatch)
				if m.Value.Sample != "" {
					published++
					continue
				}
				told++
				t.Logf("%s:%d: %s %s", name, m.At.Line, m.RuleID, m.Value.Masked)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d files, %d bytes, %d matches, %d of them published examples, %d told", files, size, raw, published, told)
}
