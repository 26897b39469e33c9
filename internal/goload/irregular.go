package goload

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
)

// excludedFile is a file that every build leaves out.
const excludedFile = "//go:build ignore\n\npackage ignored\n"

// withoutIrregular has the go command see nothing of what is named like source
// and is no regular file: it would wait for ever for a pipe to be written.
func (r *runner) withoutIrregular(dirs []string) {
	hidden := map[string][]byte{}
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // told by package walk
		}
		for _, entry := range entries {
			file := filepath.Join(dir, entry.Name())
			if isSource(entry.Name()) && isIrregular(file, entry) {
				hidden[file] = []byte(excludedFile)
			}
		}
	}
	if len(hidden) == 0 {
		return
	}
	maps.Copy(hidden, r.opts.Overlay)
	r.opts.Overlay = hidden
}

// isIrregular reports whether an entry is a pipe, a socket or a device, or a
// link to one.
func isIrregular(file string, entry fs.DirEntry) bool {
	kind := entry.Type()
	if kind&fs.ModeSymlink != 0 {
		info, err := os.Stat(file)
		if err != nil {
			return false // nothing is there
		}
		kind = info.Mode().Type()
	}
	return kind&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice|fs.ModeCharDevice|fs.ModeIrregular) != 0
}

// isSource reports whether the go command looks into files of that name.
func isSource(name string) bool {
	switch filepath.Ext(name) {
	case ".go", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90", ".s", ".S", ".sx", ".swig", ".swigcxx":
		return true
	}
	return false
}
