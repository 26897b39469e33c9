package authtest

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/fix"
)

// Damage is what is done to a tree after it was fixed, to see that it is noticed.
type Damage string

// The kinds of damage.
const (
	Undamaged      Damage = ""
	DamageBuild    Damage = "build"   // a changed file does not compile
	DamageFormat   Damage = "format"  // a changed file is not as gofmt writes it
	DamageTests    Damage = "tests"   // a package that is tested does something else
	DamageUnfixed  Damage = "unfixed" // a changed file is as it was
	damagedBuild          = "\nvar _ int = \"damaged\"\n"
	damagedFormat         = "\n\n\n"
	damagedPackage        = "\nfunc init() { panic(\"damaged\") }\n"
)

// Fixed is what came of the fixes of a tree.
type Fixed struct {
	// Places are the findings that are gone, Tested those of them in packages
	// that have tests which passed before.
	Places, Tested []*finding.Finding
	// Files are those that were written, relative to the tree, with slashes.
	Files []string
	// Kept counts the tests that passed before and after.
	Kept int
	// Faults are what whoever has the tree would not take, Notes what says how
	// far the rest is proven.
	Faults, Notes []string
}

// fixTrial is one tree as it was and as fixes make it.
type fixTrial struct {
	before, after string
	// env are the variables that fixes read, with the text that they took out.
	env map[string]string
	out *Fixed
}

// TryFixes fixes all that authlint can fix in a tree, which becomes another one,
// and looks whether it still builds, is formatted, passes its tests, and has
// nothing left to fix. The variables that fixes read are set in the tests to what
// stood in the source. The tests of the tree are run: it must be one that may be.
func TryFixes(ctx context.Context, tree string, damage Damage) (*Fixed, error) {
	t := &fixTrial{before: tree + ".before", after: tree, env: map[string]string{}, out: &Fixed{}}
	if err := CopyTree(tree, t.before); err != nil {
		return nil, err
	}
	if err := t.fix(ctx); err != nil {
		return nil, err
	}
	if err := t.compareFiles(); err != nil {
		return nil, err
	}
	packages := t.touched()
	if err := t.damage(damage, packages); err != nil {
		return nil, err
	}
	if err := t.checkFormat(); err != nil {
		return nil, err
	}
	if err := t.checkAgain(ctx); err != nil {
		return nil, err
	}
	for _, root := range sortedKeys(packages) {
		t.checkModule(ctx, root, packages[root])
	}
	return t.out, nil
}

// fix makes the fixes as --fix=all does.
func (t *fixTrial) fix(ctx context.Context) error {
	again := func() (*finding.Run, error) {
		run, err := Scan(ctx, t.after)
		if err == nil {
			t.learn(run)
		}
		return run, err
	}
	run, err := again()
	if err != nil {
		return err
	}
	outcome, err := fix.Repair(ctx, run, fix.Options{All: true}, again)
	if err != nil {
		return fmt.Errorf("fixing: %w", err)
	}
	t.out.Places = outcome.Fixed
	for _, n := range outcome.Notices {
		t.out.Notes = append(t.out.Notes, n.Message)
	}
	return nil
}

// learn notes which variables the fixes of a run read, and what stands there now.
func (t *fixTrial) learn(run *finding.Run) {
	for _, f := range run.Shown(false) {
		for _, offered := range f.Fixes {
			for _, e := range offered.Edits {
				if name := variableRead(e.NewText); name != "" {
					t.env[name] = t.literalAt(f.Primary)
				}
			}
		}
	}
}

// variableRead returns the name of the variable that Go code reads, if it reads one.
func variableRead(code string) string {
	for _, call := range [...]string{"LookupEnv(", "requiredEnv("} {
		if _, rest, ok := strings.Cut(code, call); ok {
			if quoted, err := strconv.QuotedPrefix(rest); err == nil {
				name, _ := strconv.Unquote(quoted)
				return name
			}
		}
	}
	return ""
}

// literalAt returns the text of a literal, without the scheme of a header.
func (t *fixTrial) literalAt(at finding.Location) string {
	data, err := os.ReadFile(filepath.Join(t.after, filepath.FromSlash(at.File)))
	lines := strings.Split(string(data), "\n")
	if err != nil || at.Line != at.EndLine || at.Line > len(lines) || at.EndColumn-1 > len(lines[at.Line-1]) {
		return "set"
	}
	text, err := strconv.Unquote(lines[at.Line-1][at.Column-1 : at.EndColumn-1])
	if err != nil || text == "" {
		return "set"
	}
	if _, rest, ok := strings.Cut(text, " "); ok {
		return rest
	}
	return text
}

// compareFiles notes which files are others now.
func (t *fixTrial) compareFiles() error {
	err := filepath.WalkDir(t.after, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(t.after, name)
		if err != nil {
			return err
		}
		was, err := os.ReadFile(filepath.Join(t.before, rel))
		if err != nil {
			return err
		}
		is, err := os.ReadFile(name)
		if err == nil && !bytes.Equal(was, is) {
			t.out.Files = append(t.out.Files, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("comparing the trees: %w", err)
	}
	return nil
}

// touched returns the folders of the packages that were changed, by the folder of
// their module: that of a file, or the nearest one above that has Go code.
func (t *fixTrial) touched() map[string][]string {
	list := map[string][]string{}
	for _, file := range t.out.Files {
		folder := t.packageOf(file)
		root := folder
		for root != "." && !exists(filepath.Join(t.after, root, "go.mod")) {
			root = path.Dir(root)
		}
		if exists(filepath.Join(t.after, root, "go.mod")) && hasGo(filepath.Join(t.after, folder), ".go") && !slices.Contains(list[root], folder) {
			list[root] = append(list[root], folder)
		}
	}
	return list
}

// packageOf returns the folder of the package that a file belongs to.
func (t *fixTrial) packageOf(file string) string {
	folder := path.Dir(file)
	for folder != "." && !hasGo(filepath.Join(t.after, folder), ".go") {
		folder = path.Dir(folder)
	}
	return folder
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// hasGo reports whether a folder has a file with a suffix.
func hasGo(folder, suffix string) bool {
	names, err := filepath.Glob(filepath.Join(folder, "*"+suffix))
	return err == nil && len(names) > 0
}

// damage damages the first file that it can be done to.
func (t *fixTrial) damage(kind Damage, packages map[string][]string) error {
	text := map[Damage]string{DamageBuild: damagedBuild, DamageFormat: damagedFormat, DamageTests: damagedPackage}[kind]
	for _, file := range t.out.Files {
		name := filepath.Join(t.after, filepath.FromSlash(file))
		switch {
		case kind == DamageUnfixed:
			data, err := os.ReadFile(filepath.Join(t.before, filepath.FromSlash(file)))
			if err == nil {
				err = os.WriteFile(name, data, 0o644)
			}
			return err
		case text == "" || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
		case kind == DamageTests && !hasGo(filepath.Dir(name), "_test.go"):
		default:
			data, err := os.ReadFile(name)
			if err != nil {
				return fmt.Errorf("damaging a file: %w", err)
			}
			return os.WriteFile(name, append(data, text...), 0o644)
		}
	}
	if kind != Undamaged {
		return fmt.Errorf("nothing to damage in %d modules", len(packages))
	}
	return nil
}

// checkFormat checks that what was as gofmt writes it still is.
func (t *fixTrial) checkFormat() error {
	for _, file := range t.out.Files {
		if path.Ext(file) != ".go" {
			continue
		}
		was, err := isFormatted(filepath.Join(t.before, file))
		if err != nil {
			return err
		}
		is, err := isFormatted(filepath.Join(t.after, file))
		if err != nil {
			return err
		}
		if was && !is {
			t.fault("%s is no longer as gofmt writes it", file)
		}
	}
	return nil
}

func isFormatted(name string) (bool, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return false, fmt.Errorf("reading a file: %w", err)
	}
	out, err := format.Source(data)
	return err == nil && bytes.Equal(out, data), nil
}

// checkAgain checks that another run has nothing left to fix.
func (t *fixTrial) checkAgain(ctx context.Context) error {
	run, err := Scan(ctx, t.after)
	if err != nil {
		return err
	}
	plan, err := fix.New(ctx, run, fix.Options{All: true})
	if err != nil {
		return fmt.Errorf("fixing again: %w", err)
	}
	for _, c := range plan.Changes {
		t.fault("another run changes %s", c.File)
	}
	return nil
}

func (t *fixTrial) fault(message string, args ...any) {
	t.out.Faults = append(t.out.Faults, fmt.Sprintf(message, args...))
}

func (t *fixTrial) note(message string, args ...any) {
	t.out.Notes = append(t.out.Notes, fmt.Sprintf(message, args...))
}
