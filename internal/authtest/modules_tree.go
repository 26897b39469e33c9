package authtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// CheckoutsVariable names a directory with a checkout of each repository that
// the module proxy does not serve as a whole, as <owner>+<name>.
const CheckoutsVariable = "AUTHLINT_CHECKOUTS"

// ErrNoCheckout is returned for a repository that is not there. It says that
// nothing was compared, which is no success.
var ErrNoCheckout = errors.New("no checkout")

// Tree writes the source to a new folder below dir and returns the folder. The
// modules that it requires are then in the module cache, as far as they can be
// had; missing are the errors for what cannot be had.
func (s Source) Tree(ctx context.Context, dir string) (tree string, missing []error, err error) {
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", nil, fmt.Errorf("finding the folder for %s: %w", s, err)
	}
	if s.Module != "" {
		tree = filepath.Join(dir, strings.ReplaceAll(s.Module, "/", "+"))
		err = s.fromProxy(ctx, tree)
	} else {
		tree = filepath.Join(dir, strings.ReplaceAll(s.Repository, "/", "+"))
		missing, err = s.fromCheckout(ctx, tree)
	}
	if err != nil {
		return "", nil, err
	}
	tree = filepath.Join(tree, filepath.FromSlash(s.Folder))
	return tree, append(missing, downloadRequirements(ctx, tree)...), nil
}

// fromProxy copies the module's files out of the module cache.
func (s Source) fromProxy(ctx context.Context, tree string) error {
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", s.String())
	cmd.Dir = os.TempDir() // outside of every module
	cmd.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=on")
	out, failed := cmd.Output()
	var m struct{ Dir, Error string }
	if err := json.Unmarshal(out, &m); err != nil {
		return fmt.Errorf("downloading %s: %w", s, errors.Join(failed, err))
	}
	if m.Dir == "" {
		return fmt.Errorf("downloading %s: %s", s, m.Error)
	}
	return CopyTree(m.Dir, tree)
}

// fromCheckout writes the files of the commit, whatever the checkout has in its
// working tree, and leaves the checkout as it is. A checkout may lack contents,
// such as those of very large files; they are told as missing.
func (s Source) fromCheckout(ctx context.Context, tree string) (missing []error, err error) {
	root := os.Getenv(CheckoutsVariable)
	if root == "" {
		return nil, fmt.Errorf("%w of %s: %s is not set", ErrNoCheckout, s, CheckoutsVariable)
	}
	folder := strings.ReplaceAll(s.Repository, "/", "+")
	checkout := filepath.Join(root, folder)
	if _, err := os.Stat(checkout); err != nil {
		return nil, fmt.Errorf("%w of %s: %s has no folder %s", ErrNoCheckout, s, CheckoutsVariable, folder)
	}
	if err := os.MkdirAll(tree, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder for %s: %w", s, err)
	}
	index := tree + ".index"
	defer os.Remove(index)
	git := func(args ...string) (string, error) {
		cmd := exec.CommandContext(ctx, "git", append([]string{"-c", "core.autocrlf=false"}, args...)...)
		cmd.Dir = checkout
		cmd.Env = append(os.Environ(), "GIT_INDEX_FILE="+index)
		out, err := cmd.Output()
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			err = fmt.Errorf("reading %s: git %s: %w: %s", s, args[0], err, firstLine(string(exit.Stderr)))
		}
		return string(out), err
	}
	if _, err := git("read-tree", s.Commit); err != nil {
		return nil, err
	}
	_, failed := git("checkout-index", "--all", "--prefix="+tree+string(filepath.Separator))
	list, err := git("ls-files", "-z")
	if err != nil || failed == nil {
		return nil, err
	}
	written := false
	for name := range strings.SplitSeq(strings.TrimRight(list, "\x00"), "\x00") {
		if _, err := os.Lstat(filepath.Join(tree, filepath.FromSlash(name))); err == nil {
			written = true
		} else {
			missing = append(missing, fmt.Errorf("the checkout has no content of %s", name))
		}
	}
	if !written {
		return nil, failed
	}
	return missing, nil
}

// CopyTree copies the directories and regular files of a tree, all writable.
func CopyTree(from, to string) error {
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
	if err != nil {
		return fmt.Errorf("copying a tree: %w", err)
	}
	return nil
}

// downloadRequirements fills the module cache with what the modules of the tree
// require. What cannot be had is no failure: the scan copes with missing code.
func downloadRequirements(ctx context.Context, tree string) (missing []error) {
	err := filepath.WalkDir(tree, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if base := d.Name(); d.IsDir() && (base == "testdata" || base == "vendor" || name != tree && strings.IndexAny(base, "._") == 0) {
			return filepath.SkipDir
		}
		if d.Name() != "go.mod" {
			return nil
		}
		cmd := exec.CommandContext(ctx, "go", "mod", "download")
		cmd.Dir = filepath.Dir(name)
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOTOOLCHAIN=local")
		if out, err := cmd.CombinedOutput(); err != nil {
			rel, _ := filepath.Rel(tree, name)
			missing = append(missing, fmt.Errorf("%s: %w: %s", rel, err, firstLine(string(out))))
		}
		return nil
	})
	if err != nil {
		missing = append(missing, err)
	}
	return missing
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
