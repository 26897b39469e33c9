package authtest

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"github.com/authlint/authlint/analyzers"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/goload"
	"github.com/authlint/authlint/rules"
)

// Fence is one example of a rule's page.
type Fence struct {
	rules.Example
	Rule *rules.Rule
	Bad  bool
	// Findings are what authlint finds in it, for every persona.
	Findings []finding.Finding
}

// String names the fence for a test: the page, its line, the file.
func (f *Fence) String() string { return path.Join(f.folder(), f.Name) }

// folder returns the path of a folder for the fence alone.
func (f *Fence) folder() string {
	kind := "good"
	if f.Bad {
		kind = "bad"
	}
	return fmt.Sprintf("%s/%s-line-%d", f.Rule.ID, kind, f.Line)
}

// Fences returns the examples of the pages, not yet run.
func Fences(list []*rules.Rule) []*Fence {
	var fences []*Fence
	for _, r := range list {
		for _, e := range r.Bad {
			fences = append(fences, &Fence{Example: e, Rule: r, Bad: true})
		}
		for _, e := range r.Good {
			fences = append(fences, &Fence{Example: e, Rule: r})
		}
	}
	return fences
}

// RunFences runs each fence through the front end that its language tag names
// and sets its findings. A language without a front end fails the test, and so
// does a fence that its front end cannot read whole.
func RunFences(t *testing.T, catalogue *rules.Catalogue, fences []*Fence) {
	t.Helper()
	var inGo []*Fence
	for _, f := range fences {
		switch {
		case f.Lang == "go":
			inGo = append(inGo, f)
		case embed.OfTag(f.Lang) == embed.OfTag(tagOf(f.Name)) && dispatch.Reads(embed.File(f.Name, []byte(f.Text))):
			runText(t, catalogue, f)
		default:
			t.Errorf("%s: no front end for language %q in a file of this name", f, f.Lang)
		}
	}
	runGo(t, inGo)
}

// tagOf returns the language tag of a file by its name: its extension, or its
// name if it has none.
func tagOf(name string) string {
	base := path.Base(name)
	if ext := path.Ext(base); ext != "" {
		return ext[1:]
	}
	return strings.ToLower(base)
}

// runText observes and judges a text that is not Go.
func runText(t *testing.T, catalogue *rules.Catalogue, f *Fence) {
	t.Helper()
	seen := dispatch.Observe(embed.File(f.Name, []byte(f.Text)), catalogue)
	for _, n := range seen.Notices {
		t.Errorf("%s: %s", f, n.Message)
	}
	f.Findings = config.Default().Judge(catalogue).Findings(seen.Observations)
}

// runGo analyses the Go fences in one run, each as a package of its own in a
// module that requires what this one does; packages of other modules are the
// stubs that their models are.
func runGo(t *testing.T, fences []*Fence) {
	t.Helper()
	// Not t.TempDir: a path with the word test in it makes test code of all.
	dir, err := os.MkdirTemp("", "authlint-fences-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		t.Fatal(err)
	}
	byFolder, imports := map[string]*Fence{}, map[string]bool{}
	for _, f := range fences {
		collectImports(f.Name, []byte(f.Text), imports)
		folder := filepath.Join(dir, filepath.FromSlash(f.folder()))
		write(t, filepath.Join(folder, f.Name), f.Text)
		byFolder[folder] = f
	}
	copyModule(t, dir, imports)
	result, err := goload.Run(context.Background(), goload.Options{
		Root: dir, Analyzers: analyzers.All(), Config: config.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range result.Notices {
		t.Errorf("analysing the Go examples: %s", n.Message)
	}
	if n := result.Stats.Packages; n != len(fences) {
		t.Errorf("%d of %d Go examples analysed whole", n, len(fences))
	}
	for _, found := range result.Findings {
		f := byFolder[filepath.Dir(found.Primary.File)]
		if f == nil {
			t.Fatalf("finding outside the examples: %+v", found)
		}
		f.Findings = append(f.Findings, found)
	}
}

// copyModule makes dir a module with the requirements of this one, and with
// stubs for what else is imported.
func copyModule(t *testing.T, dir string, imports map[string]bool) {
	t.Helper()
	root := moduleRoot(t)
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if name == "go.mod" {
			_, rest, _ := strings.Cut(text, "\n")
			text = "module example.com/fences\n" + rest
		}
		write(t, filepath.Join(dir, name), text)
	}
	file := filepath.Join(dir, "go.mod")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse(file, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	var there []string
	for _, r := range mod.Require {
		if !r.Indirect {
			there = append(there, r.Mod.Path)
		}
	}
	stubs := filepath.Join(dir, "_stubs")
	versions, err := writeStubs(stubs, imports, there)
	if err == nil {
		err = requireStubs(file, stubs, versions)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// moduleRoot returns the folder of this module's go.mod.
func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		t.Fatal("no go.mod above the working directory")
	}
}

// write writes a file and the folders above it.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
