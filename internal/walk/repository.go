package walk

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// repository is a git work tree, or a folder outside of any.
type repository struct {
	top     string // absolute path of the work tree, or of the folder itself
	gitDir  string // "" outside of any work tree
	exclude *ignoreFile
	tracked func() trackedFiles
}

// findRepository returns the work tree that holds folder. Outside of any, ignore
// files hold from root on, or from the folder on if it does not lie below root.
// Both paths are absolute.
func findRepository(root, folder string) *repository {
	for top := folder; ; {
		if r := openRepository(top); r != nil {
			return r
		}
		parent := filepath.Dir(top)
		if parent == top {
			if relative, err := filepath.Rel(root, folder); err == nil && filepath.IsLocal(relative) {
				folder = root
			}
			return &repository{top: folder, tracked: func() trackedFiles { return nil }}
		}
		top = parent
	}
}

// openRepository returns the repository whose work tree begins at top, nil if
// none does. Nothing of git is run: a foreign repository's configuration may
// name programs.
func openRepository(top string) *repository {
	gitDir := filepath.Join(top, ".git")
	info, err := os.Lstat(gitDir)
	if err != nil {
		return nil
	}
	if info.Mode().IsRegular() {
		gitDir = linkedFolder(gitDir, "gitdir: ")
	} else if !info.IsDir() {
		return nil
	}
	if head, err := os.Lstat(filepath.Join(gitDir, "HEAD")); err != nil || head.IsDir() {
		return nil
	}
	common := gitDir
	if shared := linkedFolder(filepath.Join(gitDir, "commondir"), ""); shared != "" {
		common = shared // a linked work tree
	}
	exclude := &ignoreFile{patterns: readIgnore(filepath.Join(common, "info", "exclude"))}
	return &repository{top: top, gitDir: gitDir, exclude: exclude, tracked: sync.OnceValue(func() trackedFiles {
		return readIndex(filepath.Join(gitDir, "index"))
	})}
}

// linkLimit is the size in bytes above which a file names no folder.
const linkLimit = 64 << 10

// linkedFolder returns the folder that a small file names behind a prefix,
// relative names from the file's folder; "" if it names none.
func linkedFolder(file, prefix string) string {
	info, err := os.Lstat(file)
	if err != nil || !info.Mode().IsRegular() || info.Size() > linkLimit {
		return ""
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	folder, ok := strings.CutPrefix(strings.TrimRight(string(text), "\r\n"), prefix)
	if !ok || folder == "" {
		return ""
	}
	folder = filepath.FromSlash(folder)
	if filepath.IsAbs(folder) {
		return folder
	}
	return filepath.Join(filepath.Dir(file), folder)
}

// ignoreFor returns the ignore files that hold for what lies in folder, given
// relative to the work tree, but without the folder's own.
func (r *repository) ignoreFor(folder string) *ignoreFile {
	chain := r.exclude
	if folder == "" {
		return chain
	}
	chain = r.enter(chain, "")
	for at := range len(folder) {
		if folder[at] == '/' {
			chain = r.enter(chain, folder[:at])
		}
	}
	return chain
}

// ignoreName is the name of ignore files.
const ignoreName = ".gitignore"

// enter adds the folder's own ignore file to the chain.
func (r *repository) enter(chain *ignoreFile, folder string) *ignoreFile {
	patterns := readIgnore(filepath.Join(r.top, filepath.FromSlash(folder), ignoreName))
	if len(patterns) == 0 {
		return chain
	}
	if folder != "" {
		folder += "/"
	}
	return &ignoreFile{base: folder, patterns: patterns, next: chain}
}
