package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Index is what is staged for the next commit.
type Index struct {
	repository *Repository
	// Staged are the regular files whose content differs from that of the last
	// commit, or that are new: names relative to the folder, sorted. What is
	// deleted, has only another mode, is a link or a submodule is not among them.
	Staged []string
	// Unmerged are files in conflict, which have no staged content.
	Unmerged []string
	entries  map[string]string // hashes of regular files, by name
}

// Index reads what is staged.
func (r *Repository) Index(ctx context.Context) (*Index, error) {
	x := &Index{repository: r, entries: map[string]string{}}
	if err := x.list(ctx); err != nil {
		return nil, err
	}
	out, err := r.git(ctx, nil, "diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv",
		"--ignore-submodules=all", "--no-relative")
	if err != nil {
		return nil, err
	}
	// ":oldmode newmode oldhash newhash status" NUL name NUL
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		about := strings.Fields(strings.TrimPrefix(fields[i], ":"))
		name, below := r.below(fields[i+1])
		if len(about) != 5 || !below {
			continue
		}
		_, isFile := x.entries[name]
		if isFile && about[2] != about[3] {
			x.Staged = append(x.Staged, name)
		}
	}
	slices.Sort(x.Staged)
	return x, nil
}

// list reads the names and hashes of all files in the index.
func (x *Index) list(ctx context.Context) error {
	out, err := x.repository.git(ctx, nil, "ls-files", "--stage", "-z")
	if err != nil {
		return err
	}
	// "mode hash stage" TAB name NUL, names relative to the folder
	for entry := range strings.SplitSeq(string(out), "\x00") {
		about, name, ok := strings.Cut(entry, "\t")
		words := strings.Fields(about)
		if !ok || len(words) != 3 || !strings.HasPrefix(words[0], "100") {
			continue
		}
		if words[2] != "0" {
			x.Unmerged = append(x.Unmerged, name)
			continue
		}
		x.entries[name] = words[1]
	}
	x.Unmerged = slices.Compact(x.Unmerged)
	return nil
}

// Has reports whether the index holds a file.
func (x *Index) Has(name string) bool {
	_, ok := x.entries[name]
	return ok
}

// Extract writes files of the index below dir: those that are staged, and those
// that wanted asks for. Their content is what git keeps, before filters and
// changes of line breaks. Links are not written, so that none leads out of dir.
func (x *Index) Extract(ctx context.Context, dir string, wanted func(name string) bool) error {
	var names []string
	for name := range x.entries {
		_, staged := slices.BinarySearch(x.Staged, name)
		if staged || wanted(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var hashes bytes.Buffer
	for _, name := range names {
		hashes.WriteString(x.entries[name] + "\n")
	}
	cmd := x.repository.command(ctx, "cat-file", "--batch")
	cmd.Stdin = &hashes
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("running git: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("running git: %w", err)
	}
	in := bufio.NewReaderSize(out, 1<<16)
	for _, name := range names {
		if err = extract(in, dir, name); err != nil {
			break
		}
	}
	_, _ = io.Copy(io.Discard, in) // so that git ends
	if waited := cmd.Wait(); err == nil && waited != nil {
		err = fmt.Errorf("running git cat-file: %w", waited)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// extract writes the next object of git cat-file as a file below dir.
func extract(in *bufio.Reader, dir, name string) error {
	header, err := in.ReadString('\n')
	if err != nil {
		return errors.New("git cat-file ended early")
	}
	words := strings.Fields(header)
	if len(words) != 3 || words[1] != "blob" {
		return fmt.Errorf("the content of %q is not in this clone", name)
	}
	size, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil {
		return fmt.Errorf("the content of %q has no size", name)
	}
	local := filepath.FromSlash(path.Clean(name))
	if !filepath.IsLocal(local) {
		return fmt.Errorf("%q does not lie in the work tree", name)
	}
	to := filepath.Join(dir, local)
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return fmt.Errorf("copying what is staged: %w", err)
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("copying what is staged: %w", err)
	}
	_, err = io.CopyN(file, in, size)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("copying what is staged: %w", err)
	}
	_, err = in.Discard(1) // the line break behind each object
	return err
}
