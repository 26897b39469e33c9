package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestEverythingHasAScript holds the scripts to cover every command and flag.
func TestEverythingHasAScript(t *testing.T) {
	var lines []string
	paths, err := filepath.Glob("../../testdata/script/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if strings.HasPrefix(line, "exec ") {
				lines = append(lines, " "+strings.TrimSpace(line)+" ")
			}
		}
	}
	uses := func(words ...string) bool {
		for _, line := range lines {
			found := true
			for _, word := range words {
				found = found && (strings.Contains(line, " "+word+" ") || strings.Contains(line, " "+word+"="))
			}
			if found {
				return true
			}
		}
		return false
	}
	root := new(Command).root(new(int))
	for _, cmd := range append([]*cobra.Command{root}, root.Commands()...) {
		name := cmd.Name()
		if !uses(name) {
			t.Errorf("no script runs authlint %s", name)
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !uses(name, "--"+f.Name) {
				t.Errorf("no script uses %s --%s", name, f.Name)
			}
		})
	}
}
