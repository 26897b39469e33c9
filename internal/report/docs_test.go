package report

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestFormatsAreDocumented holds the guide to the list of formats.
func TestFormatsAreDocumented(t *testing.T) {
	data, err := os.ReadFile("../../docs/reports.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Formats() {
		if !strings.Contains(string(data), fmt.Sprintf("\n| %s | %s |\n", f.Name, f.Help)) || !strings.Contains(string(data), "\n## "+f.Name+"\n") {
			t.Errorf("docs/reports.md does not tell of %s: %s", f.Name, f.Help)
		}
	}
}
