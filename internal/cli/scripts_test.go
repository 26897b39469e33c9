package cli

import (
	"os"
	"path/filepath"
	"slices"
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
	var visit func(cmd *cobra.Command, path []string)
	visit = func(cmd *cobra.Command, path []string) {
		path = append(slices.Clip(path), cmd.Name())
		if !uses(path...) {
			t.Errorf("no script runs %s", cmd.CommandPath())
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !uses(append(slices.Clip(path), "--"+f.Name)...) {
				t.Errorf("no script uses %s --%s", cmd.CommandPath(), f.Name)
			}
		})
		for _, sub := range cmd.Commands() {
			visit(sub, path)
		}
	}
	visit(new(Command).root(new(int)), nil)
}
