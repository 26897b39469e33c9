package goload

import (
	"context"
	"errors"
	"fmt"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/authlint/authlint/internal/finding"
)

// universe is a set of packages that are listed and type-checked together: the
// packages of a module, of a workspace, or of directories outside of modules.
type universe struct {
	// dir is where the go command runs; patterns are what it lists.
	dir      string
	patterns []string
	// work is the go.work file to use, "off" for none.
	work string
	// loose are directories that belong to no module, or to one that the go
	// command cannot list.
	loose []string

	excluded []string // files that build constraints exclude

	nodes  []*node // of the packages under analysis
	byPath map[string][]*node
	madeUp map[string]*types.Package
	// cut are import paths of packages of import cycles that are made up as well.
	cut map[string]bool
}

// tree is what is below the paths.
type tree struct {
	universes []*universe
	modules   int
}

// selection tells which files are to be analysed.
type selection struct {
	paths []string        // absolute, cleaned
	files map[string]bool // nil stands for all
}

// newSelection completes paths; the root stands for none.
func newSelection(root string, paths, files []string) *selection {
	s := &selection{}
	for _, p := range paths {
		if !filepath.IsAbs(p) {
			p = filepath.Join(root, p)
		}
		s.paths = append(s.paths, filepath.Clean(p))
	}
	if len(s.paths) == 0 {
		s.paths = []string{root}
	}
	if files != nil {
		s.files = make(map[string]bool, len(files))
		for _, f := range files {
			s.files[filepath.Clean(f)] = true
		}
	}
	return s
}

// has reports whether the file is one of those that may be looked at.
func (s *selection) has(file string) bool {
	if s.files != nil {
		return s.files[file]
	}
	_, ok := s.inside(file)
	return ok
}

// inside returns the path of a file relative to the longest named path that
// holds it, and reports whether there is one.
func (s *selection) inside(file string) (string, bool) {
	best, found := "", false
	for _, p := range s.paths {
		rel, err := filepath.Rel(p, file)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			continue
		}
		if !found || len(rel) < len(best) {
			best, found = rel, true
		}
	}
	return best, found
}

// isLeftOut reports whether the go command does not look into the directory
// when it expands "..." at the named path.
func (s *selection) isLeftOut(dir string) bool {
	rel, ok := s.inside(dir)
	return !ok || hasIgnoredElement(rel)
}

// isLeftOutFile reports the same of a file, which may be named itself.
func (s *selection) isLeftOutFile(file string) bool {
	rel, ok := s.inside(file)
	return !ok || rel != "." && (isHidden(filepath.Base(rel)) || hasIgnoredElement(filepath.Dir(rel)))
}

// hasIgnoredElement reports whether "..." does not match the path.
func hasIgnoredElement(rel string) bool {
	return slices.ContainsFunc(strings.Split(filepath.ToSlash(rel), "/"), func(element string) bool {
		return element != "." && (isHidden(element) || element == "testdata" || element == "vendor")
	})
}

// isHidden reports whether the go command ignores files and directories of that name.
func isHidden(name string) bool {
	return strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".")
}

// directories returns the directories with Go files below the paths, sorted.
func (r *runner) directories(ctx context.Context) []string {
	found := map[string]bool{}
	note := func(file string) {
		if dir := filepath.Dir(file); strings.HasSuffix(file, ".go") && !found[dir] && !r.chosen.isLeftOutFile(file) {
			found[dir] = true
		}
	}
	if r.chosen.files != nil {
		for file := range r.chosen.files {
			note(file)
		}
		return sortedKeys(found)
	}
	for _, path := range r.chosen.paths {
		// What cannot be read is told by package walk, which reads every file.
		_ = filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				return nil
			case entry.IsDir() && file != path && r.chosen.isLeftOut(file):
				return filepath.SkipDir
			case entry.Type().IsRegular():
				note(file)
			case isSource(file) && isIrregular(file, entry):
				r.irregular[filepath.Dir(file)] = true
			}
			return nil
		})
	}
	return sortedKeys(found)
}

// sortedKeys returns the keys of a set in order.
func sortedKeys[V any](set map[string]V) []string {
	return slices.Sorted(maps.Keys(set))
}

// discover groups the directories by module and workspace.
func (r *runner) discover(ctx context.Context) (*tree, error) {
	byModule := map[string][]string{}
	var loose []string
	roots := map[string]string{}
	dirs := r.directories(ctx)
	r.withoutIrregular(append(sortedKeys(r.irregular), dirs...))
	for _, dir := range dirs {
		if module := r.moduleRoot(dir, roots); module != "" {
			byModule[module] = append(byModule[module], dir)
		} else {
			loose = append(loose, dir)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("looking for Go packages: %w", err)
	}
	t := &tree{modules: len(byModule)}
	t.universes = r.group(byModule)
	if len(loose) > 0 {
		t.universes = append(t.universes, &universe{dir: r.opts.Root, work: "off", loose: loose})
	}
	return t, nil
}

// moduleRoot returns the nearest directory at or above dir with a go.mod file,
// "" if there is none.
func (r *runner) moduleRoot(dir string, known map[string]string) string {
	if root, ok := known[dir]; ok {
		return root
	}
	root := ""
	if r.isFile(filepath.Join(dir, "go.mod")) {
		root = dir
	} else if parent := filepath.Dir(dir); parent != dir {
		root = r.moduleRoot(parent, known)
	}
	known[dir] = root
	return root
}

// isFile reports whether a path names a regular file, in the tree if it seems to.
func (r *runner) isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && !r.links.lead(path)
}

// group makes one universe of each workspace and of each module outside of one.
func (r *runner) group(byModule map[string][]string) []*universe {
	var list []*universe
	spaces := map[string]*universe{}
	files := workspaces{r: r, known: map[string]*workspace{}}
	for _, module := range sortedKeys(byModule) {
		work := files.of(module)
		u := spaces[work]
		if work == "off" || u == nil {
			u = &universe{dir: module, work: work}
			if work != "off" {
				u.dir = filepath.Dir(work)
				spaces[work] = u
			}
			list = append(list, u)
		}
		u.patterns = append(u.patterns, r.patternsOf(u.dir, module, byModule[module])...)
		u.loose = append(u.loose, byModule[module]...)
	}
	return list
}

// patternsOf returns the patterns that name the wanted packages of a module,
// relative to the directory in which the go command runs.
func (r *runner) patternsOf(from, module string, dirs []string) []string {
	relative := func(dir string) string {
		rel, err := filepath.Rel(from, dir)
		if err != nil {
			return filepath.ToSlash(dir) // another drive
		}
		return dotted(filepath.ToSlash(rel))
	}
	if _, ok := r.chosen.inside(module); ok && !r.chosen.isLeftOut(module) {
		return []string{relative(module) + "/..."}
	}
	named := map[string]bool{} // paths below the module
	for _, path := range r.chosen.paths {
		for _, dir := range dirs {
			if rel, err := filepath.Rel(path, dir); err == nil && rel != ".." && !strings.HasPrefix(rel, "../") {
				named[relative(path)+"/..."] = true
			} else if filepath.Dir(path) == dir {
				named[relative(dir)] = true // a file was named
			}
		}
	}
	return sortedKeys(named)
}

// dotted returns a relative path in the form that the go command takes for a
// directory instead of an import path.
func dotted(rel string) string {
	if rel == "." || strings.HasPrefix(rel, "./") || strings.HasPrefix(rel, "../") || filepath.IsAbs(rel) {
		return rel
	}
	return "./" + rel
}

// workspaces finds the go.work files that modules belong to.
type workspaces struct {
	r     *runner
	known map[string]*workspace // by path of the file
}

// workspace is a go.work file and the modules that it uses.
type workspace struct {
	uses map[string]bool
}

// of returns the go.work file that uses the module, "off" if there is none.
func (w *workspaces) of(module string) string {
	switch set := w.r.getenv("GOWORK"); {
	case set == "off":
		return "off"
	case set != "":
		if w.read(set).uses[module] {
			return set
		}
		return "off"
	}
	for dir := module; ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, "go.work")
		if w.r.isFile(file) {
			if w.read(file).uses[module] {
				return file
			}
			return "off"
		}
		if dir == filepath.Dir(dir) {
			return "off"
		}
	}
}

// read reads a go.work file; one with errors uses nothing, and is told.
func (w *workspaces) read(file string) *workspace {
	if known, ok := w.known[file]; ok {
		return known
	}
	space := &workspace{uses: map[string]bool{}}
	w.known[file] = space
	data, err := os.ReadFile(file)
	if err != nil {
		return space
	}
	parsed, err := modfile.ParseWork(file, data, nil)
	if err != nil {
		w.r.notices.add(w.r.modNotice(file, err))
		return space
	}
	for _, use := range parsed.Use {
		dir := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(filepath.Dir(file), dir)
		}
		space.uses[filepath.Clean(dir)] = true
	}
	return space
}

// modNotice tells that a go.mod or go.work file has errors.
func (r *runner) modNotice(file string, err error) finding.Notice {
	at := r.place(file, 0, 0)
	message := err.Error()
	if list, ok := errors.AsType[modfile.ErrorList](err); ok && len(list) > 0 {
		at.Line, at.EndLine = list[0].Pos.Line, list[0].Pos.Line
		at.Column, at.EndColumn = list[0].Pos.LineRune, list[0].Pos.LineRune
		if list[0].Err != nil {
			message = list[0].Err.Error()
		}
	}
	return finding.Notice{
		ID: "broken-module", Level: "warning", Where: at,
		Message: fmt.Sprintf("%s has errors, so that its modules are not known: %s", r.relative(file), r.listMessage(message)),
	}
}

// getenv returns a variable of the go command's environment.
func (r *runner) getenv(name string) string {
	env := r.opts.Env
	if env == nil {
		return os.Getenv(name)
	}
	value := ""
	for _, pair := range env {
		if key, v, _ := strings.Cut(pair, "="); key == name {
			value = v // the last one counts
		}
	}
	return value
}
