package source

import (
	"path"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/authlint/authlint/internal/finding"
)

// Resolve returns l with its file relative to the root. A place that is known
// by package and base name only, from a fact, gets its file if the package
// belongs to the module around the file near, or to one around that; otherwise
// it keeps Package and base name.
func (t *Tree) Resolve(l finding.Location, near string) finding.Location {
	if l.Package == "" {
		l.File, _ = t.Rel(l.File)
		return l
	}
	from, below := t.Rel(near)
	if !below {
		return l
	}
	for dir := path.Dir(from); ; dir = path.Dir(dir) {
		if rest, ok := within(l.Package, t.module(dir)); ok {
			if name := path.Join(dir, rest, path.Base(l.File)); t.File(name) != nil {
				l.File, l.Package = name, ""
				return l
			}
		}
		if dir == "." {
			return l
		}
	}
}

// module returns the path of the module whose go.mod lies in dir, or "".
func (t *Tree) module(dir string) string {
	if mod, known := t.modules[dir]; known {
		return mod
	}
	mod := ""
	if f := t.File(path.Join(dir, "go.mod")); f != nil {
		mod = modfile.ModulePath(f.data)
	}
	t.modules[dir] = mod
	return mod
}

// within returns the folder of a package in a module and reports whether it
// belongs there.
func within(pkg, mod string) (string, bool) {
	if mod == "" {
		return "", false
	}
	if pkg == mod {
		return ".", true
	}
	return strings.CutPrefix(pkg, mod+"/")
}
