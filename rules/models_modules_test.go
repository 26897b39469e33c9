package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// modulesVariable switches the tests on that need the network.
const modulesVariable = "AUTHLINT_MODEL_MODULES"

// refusedFile lists the modules that the module proxy does not give: their
// models were checked by hand.
const refusedFile = "testdata/models/refused.txt"

// Every modelled declaration of the standard library exists as modelled.
func TestModelsMatchStandardLibrary(t *testing.T) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("no go command: ", err)
	}
	root := filepath.Join(strings.TrimSpace(string(out)), "src")
	if _, err := os.Stat(filepath.Join(root, "net/http")); err != nil {
		t.Skip("the toolchain comes without the source of its library")
	}
	for _, p := range ModelPaths() {
		if models().fileName(p) == stdModels {
			checkPackage(t, p, false, []string{filepath.Join(root, filepath.FromSlash(p))})
		}
	}
}

// Every modelled declaration of a module that can be had exists as modelled.
func TestModelsMatchModules(t *testing.T) {
	if os.Getenv(modulesVariable) == "" {
		t.Skip("needs the network: " + modulesVariable + "=1 go test ./rules -run ModelsMatchModules")
	}
	refused := refusedModules(t)
	var wanted []string
	for _, f := range allModelFiles(t) {
		for _, m := range f.modules {
			if m.Path != stdModels && !slices.Contains(refused, m.Path) {
				wanted = append(wanted, m.Path+"@"+m.Version)
			}
		}
	}
	dirs, err := downloadModules(t, wanted)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range wanted {
		if dirs[m] == "" {
			t.Errorf("the proxy does not give %s; if it is refused for good, name the module in %s", m, refusedFile)
		}
	}
	for _, f := range allModelFiles(t) {
		if f.modules[0].Path != stdModels {
			checkModules(t, f, refused, dirs)
		}
	}
}

// A module on the list of refused ones that can be had belongs off the list.
func TestModelsRefusedModules(t *testing.T) {
	refused := refusedModules(t)
	var wanted []string
	for _, f := range allModelFiles(t) {
		for _, m := range f.modules {
			if slices.Contains(refused, m.Path) {
				wanted = append(wanted, m.Path+"@"+m.Version)
				refused = slices.DeleteFunc(refused, func(p string) bool { return p == m.Path })
			}
		}
	}
	for _, p := range refused {
		t.Errorf("%s: no model of %s", refusedFile, p)
	}
	if os.Getenv(modulesVariable) == "" {
		t.Skip("needs the network: " + modulesVariable + "=1 go test ./rules -run ModelsRefusedModules")
	}
	dirs, err := downloadModules(t, wanted)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range wanted {
		if dirs[m] != "" {
			t.Errorf("%s is available now: take it off %s", m, refusedFile)
		}
	}
}

func allModelFiles(t *testing.T) []*modelFile {
	t.Helper()
	var files []*modelFile
	for name := range models().names {
		f, err := models().file(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b *modelFile) int { return strings.Compare(a.name, b.name) })
	return files
}

func refusedModules(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(refusedFile)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, line := range strings.Split(string(data), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
}

// downloadModules returns the folders of the modules that could be had.
func downloadModules(t *testing.T, modules []string) (map[string]string, error) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"mod", "download", "-json"}, modules...)...)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := cmd.Output() // fails if one module does
	if len(out) == 0 {
		return nil, fmt.Errorf("downloading modules: %w", err)
	}
	dirs := make(map[string]string)
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var m struct{ Path, Version, Error, Dir string }
		if err := dec.Decode(&m); errors.Is(err, io.EOF) {
			return dirs, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the list of modules: %w", err)
		}
		if m.Error == "" {
			dirs[m.Path+"@"+m.Version] = m.Dir
		}
	}
}

// checkModules compares the sections of a file with the modules that its header
// names. A section with a version in its path is of that version only.
func checkModules(t *testing.T, f *modelFile, refused []string, dirs map[string]string) {
	for i := range f.sections {
		s := &f.sections[i]
		var at []string
		skipped := false
		for _, m := range modulesOf(f, s.path) {
			if slices.Contains(refused, m.Path) {
				skipped = true
				continue
			}
			rest := strings.TrimPrefix(unversioned(s.path), unversioned(m.Path))
			dir := filepath.Join(dirs[m.Path+"@"+m.Version], filepath.FromSlash(rest))
			if _, err := os.Stat(dir); err == nil { // not every version has every package
				at = append(at, dir)
			}
		}
		_, same := s.sameAs()
		if len(at) == 0 {
			at = literally(f, s.path, dirs)
		}
		switch {
		case len(at) > 0:
			checkPackage(t, s.path, same, at)
		case !skipped:
			t.Errorf("%s: no module of the header holds %s", f.name, s.path)
		}
	}
}

// literally returns the folder of a section whose path ends like that of a major
// version and is none.
func literally(f *modelFile, sectionPath string, dirs map[string]string) []string {
	for _, m := range f.modules {
		rest, ok := strings.CutPrefix(sectionPath, m.Path+"/")
		if !ok || dirs[m.Path+"@"+m.Version] == "" {
			continue
		}
		dir := filepath.Join(dirs[m.Path+"@"+m.Version], filepath.FromSlash(rest))
		if _, err := os.Stat(dir); err == nil {
			return []string{dir}
		}
	}
	return nil
}

// modulesOf returns the modules that a section speaks of.
func modulesOf(f *modelFile, sectionPath string) []ModelModule {
	var list []ModelModule
	longest := 0
	for _, m := range f.modules {
		prefix := unversioned(m.Path)
		rest, ok := strings.CutPrefix(unversioned(sectionPath), prefix)
		if !ok || rest != "" && rest[0] != '/' || len(prefix) < longest {
			continue
		}
		versioned := unversioned(sectionPath) != sectionPath
		own := f.section(path.Join(m.Path, rest)) != nil && m.Path != prefix
		if versioned != own || versioned && path.Join(m.Path, rest) != sectionPath {
			continue
		}
		if len(prefix) > longest {
			list, longest = nil, len(prefix)
		}
		list = append(list, m)
	}
	return list
}

// checkPackage checks that each declaration of a model is, as modelled, in one
// of the folders. A package that shares another's model may have less of it.
func checkPackage(t *testing.T, importPath string, shared bool, dirs []string) {
	t.Helper()
	stub, err := surfaceOfSource(mustModel(t, importPath).Source)
	if err != nil {
		t.Fatal(err)
	}
	var real []*surface
	for _, dir := range dirs {
		s, err := surfaceOfDir(dir)
		if err != nil {
			t.Errorf("%s: %v", importPath, err)
			return
		}
		real = append(real, s)
	}
	for _, name := range stub.names() {
		want := stub.decls[name][0]
		found := ""
		ok := slices.ContainsFunc(real, func(s *surface) bool {
			for _, got := range s.find(name) {
				found = got
				if sameDecl(want, got) {
					return true
				}
			}
			return s.isElsewhere(name)
		})
		if !ok && (found != "" || !shared) {
			t.Errorf("%s: %s is modelled as %q, the module has %q", importPath, name, want, found)
		}
	}
}
