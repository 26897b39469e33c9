package rules

import (
	"bufio"
	"bytes"
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed models/*.txtar
var modelFiles embed.FS

// modelDir is the folder of the embedded files; stdModels the name of the
// standard library's.
const (
	modelDir  = "models"
	modelExt  = ".txtar"
	stdModels = "std"
)

// modelStore keeps what has been read of the embedded models.
type modelStore struct {
	names map[string]bool // file names without extension

	mu       sync.Mutex
	files    map[string]*modelFile // by name
	packages map[string]modelResult
}

type modelResult struct {
	model *PackageModel
	err   error
}

var models = sync.OnceValue(newModelStore)

func newModelStore() *modelStore {
	s := &modelStore{
		names:    make(map[string]bool),
		files:    make(map[string]*modelFile),
		packages: make(map[string]modelResult),
	}
	entries, err := modelFiles.ReadDir(modelDir)
	if err != nil {
		panic(err) // the folder is embedded
	}
	for _, e := range entries {
		s.names[strings.TrimSuffix(e.Name(), modelExt)] = true
	}
	return s
}

// Model returns the model of a package: the one for this major version, else
// the one for all versions, else nil. A model is read on first use and shared;
// it must not be changed.
func Model(importPath string) (*PackageModel, error) {
	return models().model(importPath)
}

// ModelPaths returns the import paths that have a model, sorted. Those without
// a major version hold for every version.
func ModelPaths() []string {
	return models().paths()
}

// StructTags returns the tag directives of all models by struct tag key. They
// hold for every struct: the package of a type seldom imports the package that
// reads its tags.
func StructTags() (map[string][]Directive, error) {
	return structTags()
}

var structTags = sync.OnceValues(func() (map[string][]Directive, error) { return models().tags() })

func (s *modelStore) model(importPath string) (*PackageModel, error) {
	name := s.fileName(importPath)
	if name == "" {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.load(name, importPath, 0)
}

// load returns the model of a package of a file; s.mu is held. Depth counts
// how many packages were found to be the same as another.
func (s *modelStore) load(name, importPath string, depth int) (*PackageModel, error) {
	if r, ok := s.packages[importPath]; ok {
		return r.model, r.err
	}
	m, err := s.read(name, importPath, depth)
	s.packages[importPath] = modelResult{m, err}
	return m, err
}

func (s *modelStore) read(name, importPath string, depth int) (*PackageModel, error) {
	f, err := s.file(name)
	if err != nil {
		return nil, err
	}
	section := f.section(importPath)
	if section == nil {
		section = f.section(unversioned(importPath))
	}
	if section == nil {
		return nil, nil
	}
	m, err := parseSection(f, section)
	if err != nil {
		return nil, err
	}
	same, ok := section.sameAs()
	if !ok {
		return m, nil
	}
	return s.share(m, f, section, same, depth)
}

// share returns the model of the package that section says to be the same,
// under the section's own path and module.
func (s *modelStore) share(m *PackageModel, f *modelFile, section *modelSection, same string, depth int) (*PackageModel, error) {
	other := s.fileName(same)
	if other == "" || depth > 0 {
		return nil, fmt.Errorf("%s:%d: %s is the same as %s, which has no model of its own", f.name, section.line+1, section.path, same)
	}
	shared, err := s.load(other, same, depth+1)
	if err != nil {
		return nil, err
	}
	if shared == nil {
		return nil, fmt.Errorf("%s:%d: %s is the same as %s, which has no model", f.name, section.line+1, section.path, same)
	}
	m.Decls, m.Source = shared.Decls, renamed(shared.Source, m.Source)
	if m.Provider == "" {
		m.Provider = shared.Provider
	}
	return m, nil
}

// renamed returns the source of a stub under the package name of another.
func renamed(source, other string) string {
	old, rest := packageClause(source)
	clause, _ := packageClause(other)
	if old == "" || clause == "" {
		return source
	}
	return strings.TrimSuffix(source, old+rest) + clause + rest
}

// packageClause returns the package clause of a stub and what follows it.
func packageClause(source string) (clause, rest string) {
	const keyword = "package "
	at := strings.Index("\n"+source, "\n"+keyword)
	if at < 0 {
		return "", ""
	}
	end := strings.IndexByte(source[at:], '\n')
	if end < 0 {
		return source[at:], ""
	}
	return source[at : at+end], source[at+end:]
}

// file returns a file split into sections; s.mu is held.
func (s *modelStore) file(name string) (*modelFile, error) {
	if f, ok := s.files[name]; ok {
		return f, nil
	}
	file := path.Join(modelDir, name+modelExt)
	data, err := modelFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading models: %w", err)
	}
	f, err := splitModelFile(file, data)
	if err != nil {
		return nil, err
	}
	s.files[name] = f
	return f, nil
}

// fileName returns the name of the file that an import path's model is in, if
// there is one: the longest that is a prefix of the path.
func (s *modelStore) fileName(importPath string) string {
	base := unversioned(importPath)
	first, _, _ := strings.Cut(base, "/")
	if !strings.Contains(first, ".") {
		return stdModels
	}
	for base != "." && base != "" {
		if name := strings.ReplaceAll(base, "/", "_"); s.names[name] {
			return name
		}
		base = path.Dir(base)
	}
	return ""
}

func (s *modelStore) paths() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var paths []string
	for name := range s.names {
		f, err := s.file(name)
		if err != nil {
			continue // Model tells the error
		}
		for _, section := range f.sections {
			paths = append(paths, section.path)
		}
	}
	slices.Sort(paths)
	return paths
}

// tags finds the sections with tag directives by their text and parses only those.
func (s *modelStore) tags() (map[string][]Directive, error) {
	byKey := make(map[string][]Directive)
	for _, importPath := range s.paths() {
		if !s.mentions(importPath, directivePrefix+"tag ") {
			continue
		}
		m, err := s.model(importPath)
		if err != nil {
			return nil, err
		}
		for _, d := range m.Decls[PackageKey] {
			if d.Verb == "tag" {
				byKey[d.Words[0]] = append(byKey[d.Words[0]], d)
			}
		}
	}
	return byKey, nil
}

// mentions reports whether a line of the package's section begins with prefix.
func (s *modelStore) mentions(importPath, prefix string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.file(s.fileName(importPath))
	if err != nil {
		return false
	}
	section := f.section(importPath)
	if section == nil {
		return false
	}
	lines := bufio.NewScanner(bytes.NewReader(section.data))
	for lines.Scan() {
		if bytes.HasPrefix(lines.Bytes(), []byte(prefix)) {
			return true
		}
	}
	return false
}

// unversioned returns an import path without the major version that modules
// carry: the first element v2, v3 ... or, on gopkg.in, the ending .v1, .v2 ...
func unversioned(importPath string) string {
	elements := strings.Split(importPath, "/")
	for i, e := range elements {
		if elements[0] == "gopkg.in" {
			if base, version, ok := strings.Cut(e, ".v"); ok && isDigits(version) {
				elements[i] = base
				return strings.Join(elements, "/")
			}
		}
		if i > 0 && len(e) > 1 && e[0] == 'v' && e != "v1" && isDigits(e[1:]) {
			return strings.Join(slices.Delete(elements, i, i+1), "/")
		}
	}
	return importPath
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
