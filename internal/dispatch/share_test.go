package dispatch

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/authlint/authlint/internal/command"
	"github.com/authlint/authlint/internal/document"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/settings"
	"github.com/authlint/authlint/internal/snippet"
)

var shareOf = flag.String("tree", "", "tell the share of the files of this tree that are parsed")

// TestShare tells which share of a tree a grammar is put to, by files and bytes.
func TestShare(t *testing.T) {
	if *shareOf == "" {
		t.Skip("for .ci/bench-files")
	}
	var files, parsed, size, parsedSize int
	err := filepath.WalkDir(*shareOf, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(*shareOf, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files, size = files+1, size+len(data)
		if text := embed.File(filepath.ToSlash(rel), data); settings.Parses(text) || command.Reads(text) || document.Reads(text) || snippet.Reads(text) {
			parsed, parsedSize = parsed+1, parsedSize+len(data)
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files: %v", files, err)
	}
	t.Logf("share: %d of %d files parsed (%d %% skipped), %.1f of %.1f MB", parsed, files, 100*(files-parsed)/files, float64(parsedSize)/1e6, float64(size)/1e6)
}
