// Package walk decides which files are scanned: git's ignore rules hold below
// every named path, tracked files are never ignored, symlinks are not followed,
// and third-party folders count only where git tracks them.
//
// What git ignores through a user's global configuration is scanned all the
// same: the outcome must not depend on the machine. Version control's own
// folders are scanned only if they are named.
package walk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/authlint/authlint/internal/finding"
)

// DefaultMaxSize is the size in bytes above which a file is left out.
const DefaultMaxSize = 10 << 20

// Entry is one file to scan.
type Entry struct {
	// Path is relative to the root, with slashes; it begins with ../ for a
	// named path outside of the root.
	Path string
	// Abs is the absolute path.
	Abs  string
	Size int64
	// Named is set for a file that was named itself.
	Named bool
	// ThirdParty is set for tracked files of vendor folders and the like:
	// secret patterns are looked for in them, their code is not analysed.
	ThirdParty bool

	repo   *repository
	inside string      // the path relative to the repository's top
	info   fs.FileInfo // as the walk found it; nil for a file that was named
}

// Options change which files are returned.
type Options struct {
	// MaxSize is the size in bytes above which files are left out with a
	// notice; 0 is DefaultMaxSize.
	MaxSize int64
	// Exclude are patterns as in an ignore file in Base. What they match is left
	// out, whatever git tracks, unless the file was named itself.
	Exclude []string
	// Base is the absolute path of a folder; the root if empty.
	Base string
}

// Files returns the files to scan below the named paths, sorted by path, each
// once, and what could not be read or was left out. Paths are relative to the
// root or absolute; without any, the root is walked. A cancelled context ends
// the walk early.
func Files(ctx context.Context, root string, paths []string, opts Options) ([]Entry, []finding.Notice) {
	absolute, err := filepath.Abs(root)
	if err != nil {
		return nil, []finding.Notice{unreadable(root, err)}
	}
	w := &walker{ctx: ctx, root: absolute, maxSize: cmp.Or(opts.MaxSize, DefaultMaxSize), seen: map[string]int{}}
	w.exclude, w.base = NewPatterns(opts.Exclude), cmp.Or(opts.Base, absolute)
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, name := range paths {
		w.named(name)
	}
	slices.SortFunc(w.entries, func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortStableFunc(w.notices, func(a, b finding.Notice) int {
		return cmp.Or(cmp.Compare(a.Where.File, b.Where.File), cmp.Compare(a.ID, b.ID))
	})
	return w.entries, slices.CompactFunc(w.notices, func(a, b finding.Notice) bool { return a == b })
}

// Read returns the content of the file, as Open finds it.
func (e Entry) Read() ([]byte, error) {
	file, size, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data := make([]byte, size)
	n, err := io.ReadFull(file, data)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return data[:n], nil // shorter if the file was cut meanwhile
}

// Open opens the file for reading and returns its size. It fails if the file is
// no longer the regular file that the walk saw, so that a symlink put in its
// place leads nowhere.
func (e Entry) Open() (file *os.File, size int64, err error) {
	if e.info != nil {
		if file, size, err = openSame(e.Abs, e.info); err == nil {
			return file, size, nil
		}
	}
	before, err := os.Lstat(e.Abs)
	if err != nil {
		return nil, 0, err
	}
	if before.Mode()&fs.ModeSymlink != 0 && e.Named {
		before, err = os.Stat(e.Abs) // who names a symlink means its target
		if err != nil {
			return nil, 0, err
		}
	}
	if !before.Mode().IsRegular() {
		return nil, 0, &fs.PathError{Op: "read", Path: e.Abs, Err: errors.New("no regular file")}
	}
	return openSame(e.Abs, before)
}

// openSame opens a file, without waiting for anybody, and returns its size. It fails
// if it is another one than before.
func openSame(name string, before fs.FileInfo) (file *os.File, size int64, err error) {
	file, err = os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, 0, err
	}
	opened, err := file.Stat()
	if err == nil && !os.SameFile(before, opened) {
		err = &fs.PathError{Op: "read", Path: name, Err: errors.New("changed while reading")}
	}
	if err != nil {
		_ = file.Close()
		return nil, 0, err
	}
	return file, opened.Size(), nil
}

// Unreadable returns the notice for a file that Read failed on.
func (e Entry) Unreadable(err error) finding.Notice { return unreadable(e.Path, err) }

// walker collects the files of one call of Files.
type walker struct {
	ctx     context.Context
	root    string
	maxSize int64
	exclude *Patterns
	base    string
	entries []Entry
	notices []finding.Notice
	seen    map[string]int // absolute path to index in entries
}

// named adds the file or folder that was named.
func (w *walker) named(name string) {
	absolute := filepath.Clean(name)
	if !filepath.IsAbs(absolute) {
		absolute = filepath.Join(w.root, name)
	}
	info, err := os.Stat(absolute)
	switch {
	case err != nil:
		w.notices = append(w.notices, unreadable(w.relative(absolute), err))
	case info.IsDir():
		w.namedFolder(absolute)
	case info.Mode().IsRegular():
		repo := findRepository(w.root, filepath.Dir(absolute))
		inside, err := filepath.Rel(repo.top, absolute)
		if err != nil {
			repo = nil // another drive
		}
		w.add(absolute, info.Size(), Entry{Named: true, repo: repo, inside: filepath.ToSlash(inside)})
	default:
		w.notices = append(w.notices, unreadable(w.relative(absolute), errors.New("no regular file")))
	}
}

// namedFolder walks a folder that is scanned whatever the ignore files above say of it.
func (w *walker) namedFolder(absolute string) {
	repo := findRepository(w.root, absolute)
	relative, err := filepath.Rel(repo.top, absolute)
	if err != nil {
		w.notices = append(w.notices, unreadable(w.relative(absolute), err))
		return
	}
	inside := filepath.ToSlash(relative)
	if inside == "." {
		inside = ""
	}
	w.folder(folder{repo: repo, inside: inside, absolute: absolute, ignore: repo.ignoreFor(inside).without(inside)})
}

// folder is one folder on the way of a walk.
type folder struct {
	repo     *repository
	inside   string // relative to the work tree, "" for its top
	absolute string
	ignore   *ignoreFile // without the folder's own file
	// trackedOnly is set in ignored and in third-party folders.
	trackedOnly bool
	thirdParty  bool
}

// folder walks one folder.
func (w *walker) folder(f folder) {
	if w.ctx.Err() != nil {
		return
	}
	list, err := os.ReadDir(f.absolute) // sorted by name
	if err != nil {
		w.notices = append(w.notices, unreadable(w.relative(f.absolute), err))
	}
	if !f.trackedOnly && (err != nil || slices.ContainsFunc(list, func(e fs.DirEntry) bool { return e.Name() == ignoreName })) {
		f.ignore = f.repo.enter(f.ignore, f.inside)
	}
	for _, entry := range list {
		switch {
		case entry.IsDir():
			w.subfolder(f, entry.Name())
		case entry.Type().IsRegular():
			w.file(f, entry)
		}
	}
}

// subfolder decides whether and how a folder below f is walked.
func (w *walker) subfolder(f folder, name string) {
	if isMetadata(name) {
		return
	}
	sub := f
	sub.inside, sub.absolute = path.Join(f.inside, name), filepath.Join(f.absolute, name)
	if own := openRepository(sub.absolute); own != nil {
		// A submodule has its own rules; an untracked clone is scanned as well.
		if !f.trackedOnly && f.ignore.verdict(sub.inside, true) != ignored {
			w.folder(folder{repo: own, absolute: sub.absolute, ignore: own.exclude, thirdParty: f.thirdParty})
		}
		return
	}
	third := isThirdParty(sub.absolute, name)
	sub.thirdParty = f.thirdParty || third
	isIgnored := !f.trackedOnly && f.ignore.verdict(sub.inside, true) == ignored
	sub.trackedOnly = f.trackedOnly || isIgnored || third
	if !sub.trackedOnly || f.repo.tracked().below(sub.inside) {
		w.folder(sub)
		return
	}
	if third && !isIgnored && !f.trackedOnly {
		w.notices = append(w.notices, finding.Notice{
			ID: "skipped-folder", Level: "note", Where: finding.Location{File: w.relative(sub.absolute)},
			Message: w.relative(sub.absolute) + " holds third-party files that git does not track; name it to scan it",
		})
	}
}

// file decides whether a file in f is scanned.
func (w *walker) file(f folder, entry fs.DirEntry) {
	inside := path.Join(f.inside, entry.Name())
	if f.trackedOnly && !f.repo.tracked().has(inside) {
		return
	}
	if !f.trackedOnly && f.ignore.verdict(inside, false) == ignored && !f.repo.tracked().has(inside) {
		return
	}
	absolute := filepath.Join(f.absolute, entry.Name())
	info, err := entry.Info()
	if err != nil {
		w.notices = append(w.notices, unreadable(w.relative(absolute), err))
		return
	}
	w.add(absolute, info.Size(), Entry{ThirdParty: f.thirdParty, repo: f.repo, inside: inside, info: info})
}

// add appends the file unless it is there or too large.
func (w *walker) add(absolute string, size int64, entry Entry) {
	if at, ok := w.seen[absolute]; ok {
		w.entries[at].Named = w.entries[at].Named || entry.Named
		return
	}
	entry.Path, entry.Abs, entry.Size = w.relative(absolute), absolute, size
	if !entry.Named && w.excluded(absolute) {
		return
	}
	if size > w.maxSize {
		w.notices = append(w.notices, finding.Notice{
			ID: "skipped-file", Level: "note", Where: finding.Location{File: entry.Path},
			Message: fmt.Sprintf("%s has %d bytes, more than the %d that are scanned", entry.Path, size, w.maxSize),
		})
		return
	}
	w.seen[absolute] = len(w.entries)
	w.entries = append(w.entries, entry)
}

// excluded reports whether the patterns of Options leave out a file.
func (w *walker) excluded(absolute string) bool {
	relative, err := filepath.Rel(w.base, absolute)
	return err == nil && filepath.IsLocal(relative) && w.exclude.Match(filepath.ToSlash(relative))
}

// relative returns an absolute path relative to the root, with slashes.
func (w *walker) relative(absolute string) string {
	relative, err := filepath.Rel(w.root, absolute)
	if err != nil {
		return filepath.ToSlash(absolute) // another drive
	}
	return filepath.ToSlash(relative)
}

// unreadable returns the notice for a path that could not be read.
func unreadable(name string, err error) finding.Notice {
	var wrapped *fs.PathError
	if errors.As(err, &wrapped) {
		err = wrapped.Err // the message names the path already, and not the machine's
	}
	return finding.Notice{
		ID: "unreadable-file", Level: "error", Where: finding.Location{File: name},
		Message: fmt.Sprintf("cannot read %s: %v", name, err),
	}
}

// isMetadata reports whether a folder of this name holds version control's own files.
func isMetadata(name string) bool {
	switch name {
	case ".git", ".hg", ".svn", ".jj", ".bzr":
		return true
	}
	return false
}

// isThirdParty reports whether the folder holds other people's code as a
// package manager puts it there. A folder called vendor alone is not enough: it
// may be about vendors.
func isThirdParty(absolute, name string) bool {
	switch name {
	case "node_modules", "bower_components":
		return true
	case "vendor":
	default:
		return false
	}
	for _, sign := range []string{"modules.txt", "autoload.php", "composer", "bundle", "vendor.json", "github.com"} {
		if _, err := os.Lstat(filepath.Join(absolute, sign)); err == nil {
			return true
		}
	}
	return false
}
