package goload

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// links tells which files below a root lie there in truth: the go command
// follows symbolic links, and a tree from strangers may have one to anywhere.
type links struct {
	root string // absolute
	once sync.Once
	real string

	mu      sync.Mutex
	folders map[string]bool // whether each folder lies below the root, by path
}

// lead reports whether a file below the root is a link out of it, or lies
// behind one. What is not below the root was not found by way of the tree.
func (l *links) lead(file string) bool {
	rel, err := filepath.Rel(l.root, file)
	if err != nil || !filepath.IsLocal(rel) {
		return false
	}
	l.once.Do(func() { l.real, _ = filepath.EvalSymlinks(l.root) })
	if l.leadsFolder(filepath.Dir(file)) {
		return true
	}
	info, err := os.Lstat(file)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return false
	}
	return !l.isInside(file)
}

// leadsFolder reports the same of a folder.
func (l *links) leadsFolder(folder string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	inside, known := l.folders[folder]
	if !known {
		inside = l.isInside(folder)
		l.folders[folder] = inside
	}
	return !inside
}

// isInside reports whether a path ends below the root when all links are followed.
func (l *links) isInside(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return true // nothing is there
	}
	rel, err := filepath.Rel(l.real, real)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
