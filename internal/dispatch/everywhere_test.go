package dispatch_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/snippet"
	"github.com/authlint/authlint/rules"
)

// frontEnds are the kinds of files that every rule of everywhere is to be found in,
// by the end of a name.
var frontEnds = []string{
	// Settings.
	".yaml", ".json", ".toml", ".ini", ".properties", ".env", ".tf", ".xml", ".http", "compose.yaml", "workflows/ci.yml", ".ipynb",
	// Commands.
	".sh", "Dockerfile", "Makefile", ".ps1", ".bat", ".cron",
	// Documents.
	".md",
}

// extensions are those of the languages that package snippet reads.
var extensions = map[string]string{
	"java": ".java", "kotlin": ".kt", "csharp": ".cs", "javascript": ".js", "python": ".py", "ruby": ".rb", "php": ".php", "rust": ".rs", "swift": ".swift",
}

// everywhere are rules that hold for each kind of file. Their archives in
// testdata/everywhere have a file of each kind, in which the rule must be found.
// Go has its examples on the pages of the rules.
var everywhere = []string{"lookalike-host", "shared-credential", "one-time-secret-link"}

// TestEverywhere checks that the rules are found in every kind of file, and that
// no kind is without a file.
func TestEverywhere(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	kinds := slices.Clone(frontEnds)
	for _, language := range snippet.Languages() {
		if extensions[language] == "" {
			t.Errorf("no extension for %s", language)
		}
		kinds = append(kinds, extensions[language])
	}
	for _, rule := range everywhere {
		t.Run(rule, func(t *testing.T) {
			archive, err := txtar.ParseFile(filepath.Join("testdata", "everywhere", rule+".txtar"))
			if err != nil {
				t.Fatal(err)
			}
			missing := slices.Clone(kinds)
			for _, f := range archive.Files {
				seen := dispatch.Observe(embed.File(f.Name, f.Data), cat)
				found := (&practice.Judge{Catalogue: cat}).Findings(seen.Observations)
				missing = slices.DeleteFunc(missing, func(kind string) bool { return strings.HasSuffix(f.Name, kind) })
				if !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Rule == rule }) {
					t.Errorf("%s: nothing found", f.Name)
				}
			}
			if len(missing) > 0 {
				t.Errorf("no file of the kinds %v", missing)
			}
			if page, ok := cat.Rule(rule); !ok || !slices.ContainsFunc(page.Bad, func(e rules.Example) bool { return e.Lang == "go" }) {
				t.Error("the page has no bad example in Go")
			}
		})
	}
}
