package walk

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

// Listed returns the files of a list, names relative to the root, as Files
// returns them when git tracks them: no ignore file holds for them, the patterns
// of the options do. What is no regular file or lies behind a symlink is left out.
func Listed(ctx context.Context, root string, names []string, opts Options) ([]Entry, []finding.Notice) {
	absolute, err := filepath.Abs(root)
	if err != nil {
		return nil, []finding.Notice{unreadable(root, err)}
	}
	w := &walker{ctx: ctx, root: absolute, maxSize: cmp.Or(opts.MaxSize, DefaultMaxSize), seen: map[string]int{}}
	w.exclude, w.base = NewPatterns(opts.Exclude), cmp.Or(opts.Base, absolute)
	for _, name := range slices.Sorted(slices.Values(names)) {
		local := filepath.FromSlash(name)
		if ctx.Err() != nil || !filepath.IsLocal(local) {
			continue
		}
		info, err := os.Lstat(filepath.Join(absolute, local))
		switch {
		case err != nil:
			w.notices = append(w.notices, unreadable(name, err))
		case info.Mode().IsRegular() && !w.isLinked(local):
			w.add(filepath.Join(absolute, local), info.Size(), Entry{ThirdParty: w.isThirdPartyFile(local)})
		}
	}
	return w.entries, w.notices
}

// isLinked reports whether a folder on the way to a file is a symlink.
func (w *walker) isLinked(local string) bool {
	return w.anyFolder(local, func(absolute, _ string) bool {
		info, err := os.Lstat(absolute)
		return err != nil || info.Mode()&fs.ModeSymlink != 0
	})
}

// isThirdPartyFile reports whether a file lies in a folder of other people's code.
func (w *walker) isThirdPartyFile(local string) bool { return w.anyFolder(local, isThirdParty) }

// anyFolder reports whether is holds for a folder between the root and a file.
func (w *walker) anyFolder(local string, is func(absolute, name string) bool) bool {
	for folder := filepath.Dir(local); folder != "."; folder = filepath.Dir(folder) {
		if is(filepath.Join(w.root, folder), filepath.Base(folder)) {
			return true
		}
	}
	return false
}
