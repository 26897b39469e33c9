package dispatch_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// TestObserve follows texts into each other: what a front end hands on reaches
// the one that reads its kind, four deep and no deeper, with its place in the file.
func TestObserve(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	const leaf = "curl -k https://api.example.com/"
	tests := []struct{ name, file, text, want string }{
		{"shell", "a.sh", leaf, "1:6"},
		{"run step in a fence", "a.md", "```yaml\n- run: |\n    " + leaf + "\n```\n", "3:10"},
		{"script in a step in a fence", "a.md", "```yaml\n- run: sh -c '" + leaf + "'\n```\n", "2:20"},
		{"four deep", "a.md", "```yaml\n- run: |\n    cat > a.yml <<END\n    run: sh -c '" + leaf + "'\n    END\n```\n", ""},
		{"a file in a script", "a.sh", "cat > a.yml <<END\nrun: " + leaf + "\nEND\n", "2:11"},
		{"nothing", "a.bin", leaf, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, o := range dispatch.Observe(embed.File(tt.file, []byte(tt.text)), cat).Observations {
				if tls, ok := o.(*practice.TLS); ok {
					got = append(got, fmt.Sprintf("%d:%d", tls.At.Line, tls.At.Column))
				}
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
		})
	}
}
