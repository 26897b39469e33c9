package authtest

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"github.com/authlint/authlint/internal/secrets/secrettest"
	"github.com/authlint/authlint/rules"
)

// Materialise copies the modules below src to dst, fills the {{...}}
// placeholders in string literals, and gives every import that has a model a
// stub module made of that model, so that no network is needed.
func Materialise(src, dst string) error {
	imports := map[string]bool{}
	var mods []string
	err := filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dst, rel)
		if d.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch {
		case filepath.Ext(path) == ".go":
			data, err = expandGo(data)
			collectImports(path, data, imports)
		case d.Name() == "go.mod":
			mods = append(mods, to)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", rel, err)
		}
		return os.WriteFile(to, data, 0o644)
	})
	if err != nil {
		return err
	}
	stubs := filepath.Join(dst, "_stubs")
	versions, err := writeStubs(stubs, imports, nil)
	if err != nil {
		return err
	}
	for _, mod := range mods {
		if err := requireStubs(mod, stubs, versions); err != nil {
			return err
		}
	}
	return nil
}

// expandGo fills the placeholders in string literals.
func expandGo(src []byte) ([]byte, error) {
	var out bytes.Buffer
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, 0)
	last := 0
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		if tok != token.STRING || !strings.Contains(lit, "{{") {
			continue
		}
		offset := file.Offset(pos)
		out.Write(src[last:offset])
		out.WriteString(secrettest.Expand(lit))
		last = offset + len(lit)
	}
	out.Write(src[last:])
	return out.Bytes(), nil
}

func collectImports(path string, src []byte, imports map[string]bool) {
	f, err := parser.ParseFile(token.NewFileSet(), path, src, parser.ImportsOnly)
	if err != nil {
		return // a broken file is a case of its own
	}
	for _, spec := range f.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			imports[p] = true
		}
	}
}

// writeStubs writes a module for each imported package that has a model, and
// for those that its model imports, but for packages of the modules that are
// there. It returns the modules' versions.
func writeStubs(dir string, imports map[string]bool, there []string) (map[string]string, error) {
	versions := map[string]string{}
	queue := make([]string, 0, len(imports))
	for p := range imports {
		queue = append(queue, p)
	}
	sort.Strings(queue)
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		first, _, _ := strings.Cut(path, "/")
		if versions[path] != "" || !strings.Contains(first, ".") || isBelow(path, there) {
			continue
		}
		m, err := rules.Model(path)
		if err != nil {
			return nil, err
		}
		if m == nil {
			continue
		}
		versions[path] = version(path)
		more := map[string]bool{}
		if err := writeStub(filepath.Join(dir, filepath.FromSlash(path)), path, m.Source, more); err != nil {
			return nil, err
		}
		for p := range more {
			queue = append(queue, p)
		}
	}
	return versions, nil
}

// isBelow reports whether a package belongs to one of the modules.
func isBelow(path string, modules []string) bool {
	return slices.ContainsFunc(modules, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") })
}

// version returns a version that the module path's suffix allows.
func version(path string) string {
	_, major, ok := module.SplitPathVersion(path)
	if !ok || major == "" {
		return "v0.0.0"
	}
	return strings.TrimLeft(major, "/.") + ".0.0"
}

var packageClause = regexp.MustCompile(`(?m)^package `)

func writeStub(dir, path, source string, imports map[string]bool) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	collectImports(path, []byte(source), imports)
	if !packageClause.MatchString(source) {
		return fmt.Errorf("the model of %s is no Go source", path)
	}
	for name, text := range map[string]string{
		"stub.go": source,
		"stub.s":  "", // lets the compiler accept functions without bodies
		"go.mod":  "module " + path + "\n\ngo 1.26\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// requireStubs adds the stubs to a go.mod, as siblings that replace the modules.
func requireStubs(path, stubs string, versions map[string]string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	f, err := modfile.Parse(path, data, nil)
	if err != nil {
		return nil //nolint:nilerr // a broken go.mod is a case of its own
	}
	paths := make([]string, 0, len(versions))
	for p := range versions {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	for _, p := range paths {
		if err := f.AddRequire(p, versions[p]); err != nil {
			return err
		}
		rel, err := filepath.Rel(filepath.Dir(path), filepath.Join(stubs, filepath.FromSlash(p)))
		if err != nil {
			return err
		}
		if !strings.HasPrefix(rel, ".") {
			rel = "./" + rel
		}
		if err := f.AddReplace(p, "", filepath.ToSlash(rel), ""); err != nil {
			return err
		}
	}
	f.Cleanup()
	out, err := f.Format()
	if err != nil {
		return err
	}
	return os.WriteFile(path, out, 0o644)
}
