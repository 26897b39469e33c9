// Package source reads the lines that reports quote and counts their columns.
//
// Findings carry byte columns, as Go does; reports need UTF-16 units (SARIF) or
// a place on the screen (text). All reading goes through a Tree, which never
// leaves the directory of the run, not even through a symbolic link.
package source

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/authlint/authlint/internal/finding"
)

// maxSize is the size above which a file is not quoted from.
const maxSize = 64 << 20

// cachedBytes bounds what a Tree keeps in memory.
const cachedBytes = 32 << 20

// Tree reads files below one directory. It is not safe for concurrent use.
type Tree struct {
	root    string
	dir     *os.Root // opened on first use, nil if that failed
	opened  bool
	files   map[string]*File // nil entries are files that cannot be read
	held    int
	modules map[string]string // directory to module path, "" where there is none
}

// NewTree returns a Tree of the directory root. An empty root makes a Tree
// without files.
func NewTree(root string) *Tree {
	return &Tree{root: root, files: map[string]*File{}, modules: map[string]string{}}
}

// Close releases the directory.
func (t *Tree) Close() {
	if t.dir != nil {
		_ = t.dir.Close()
		t.dir = nil
	}
}

// Rel returns name relative to the root, with slashes, and reports whether it
// lies below the root.
func (t *Tree) Rel(name string) (string, bool) {
	if !path.IsAbs(name) && !filepath.IsAbs(name) {
		clean := path.Clean(name)
		return clean, clean != ".." && !strings.HasPrefix(clean, "../")
	}
	if t.root == "" {
		return name, false
	}
	rel, err := filepath.Rel(t.root, filepath.FromSlash(name))
	if err != nil {
		return name, false
	}
	rel = filepath.ToSlash(rel)
	if rel == ".." || strings.HasPrefix(rel, "../") {
		return name, false
	}
	return rel, true
}

// File returns the file of that name, or nil if it cannot be read.
func (t *Tree) File(name string) *File {
	rel, below := t.Rel(name)
	if !below {
		return nil
	}
	if f, known := t.files[rel]; known {
		return f
	}
	f := t.read(rel)
	if f != nil && t.held+len(f.data) > cachedBytes {
		t.files, t.held = map[string]*File{}, 0
	}
	t.files[rel] = f
	if f != nil {
		t.held += len(f.data)
	}
	return f
}

func (t *Tree) read(rel string) *File {
	if !t.opened && t.root != "" {
		t.opened = true
		t.dir, _ = os.OpenRoot(t.root) // unreadable: every file is missing
	}
	if t.dir == nil {
		return nil
	}
	name := filepath.FromSlash(rel)
	info, err := t.dir.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSize {
		return nil
	}
	in, err := t.dir.Open(name)
	if err != nil {
		return nil
	}
	defer in.Close()
	data := make([]byte, info.Size())
	n, err := io.ReadFull(in, data)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return NewFile(rel, data[:n]) // shorter if the file was cut meanwhile
}

// File is the content of one file, cut into lines.
type File struct {
	Name   string // relative to the root, with slashes
	data   []byte
	starts []int // byte offset of each line's start
	// marks are places in long lines whose UTF-16 column is known.
	marks map[int][]mark
}

// NewFile returns data as a File.
func NewFile(name string, data []byte) *File {
	starts := make([]int, 1, 1+bytes.Count(data, []byte{'\n'}))
	for at := 0; ; {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			break
		}
		at += n + 1
		starts = append(starts, at)
	}
	return &File{Name: name, data: data, starts: starts}
}

// Data returns the content, which must not be changed.
func (f *File) Data() []byte { return f.data }

// Lines returns the number of lines; a file that ends in a line break has an
// empty last line.
func (f *File) Lines() int { return len(f.starts) }

// Bounds returns the byte offsets of a line, counted from 1, without its line
// break, and reports whether the file has such a line.
func (f *File) Bounds(line int) (start, end int, ok bool) {
	if line < 1 || line > len(f.starts) {
		return 0, 0, false
	}
	start, end = f.starts[line-1], len(f.data)
	if line < len(f.starts) {
		end = f.starts[line] - 1
		if end > start && f.data[end-1] == '\r' {
			end--
		}
	}
	return start, end, true
}

// Line returns the text of a line, counted from 1, without its line break.
func (f *File) Line(line int) (string, bool) {
	start, end, ok := f.Bounds(line)
	if !ok {
		return "", false
	}
	return string(f.data[start:end]), true
}

// Offset returns the byte offset of a line and byte column, both counted from
// 1. A column beyond the line means the line's end.
func (f *File) Offset(line, column int) (int, bool) {
	start, end, ok := f.Bounds(line)
	if !ok {
		return 0, false
	}
	return min(start+max(column, 1)-1, end), true
}

// Range returns the byte offsets of a location and reports whether the file
// has its lines. A location without an end is empty.
func (f *File) Range(l finding.Location) (start, end int, ok bool) {
	start, ok = f.Offset(l.Line, l.Column)
	if !ok {
		return 0, 0, false
	}
	if l.EndLine == 0 {
		return start, start, true
	}
	end, ok = f.Offset(l.EndLine, l.EndColumn)
	if !ok {
		return 0, 0, false
	}
	return start, max(start, end), true
}

// UTF16Column returns the column in UTF-16 units, counted from 1, of a byte
// column of a line. Without that line, the byte column is the best that is known.
func (f *File) UTF16Column(line, column int) int {
	column = max(column, 1)
	if f == nil {
		return column
	}
	start, end, ok := f.Bounds(line)
	if !ok {
		return column
	}
	text := f.data[start:end]
	at := min(column-1, len(text))
	if at < markEvery {
		return UTF16Len(text[:at]) + 1
	}
	m := f.marksOf(line, text)[at/markEvery]
	return m.units + UTF16Len(text[m.at:max(m.at, at)]) + 1
}

// mark says how many UTF-16 units stand before a byte of a line.
type mark struct{ at, units int }

// markEvery is the distance of marks in bytes: a minified file may be one line
// with thousands of findings.
const markEvery = 4096

// marksOf returns a mark for every markEvery bytes of a line.
func (f *File) marksOf(line int, text []byte) []mark {
	if marks, known := f.marks[line]; known {
		return marks
	}
	marks := []mark{{}}
	at, units := 0, 0
	for at < len(text) {
		r, size := Decode(text[at:])
		at += size
		units++
		if r > 0xFFFF {
			units++
		}
		if at >= len(marks)*markEvery {
			marks = append(marks, mark{at, units})
		}
	}
	if f.marks == nil {
		f.marks = map[int][]mark{}
	}
	f.marks[line] = marks
	return marks
}
