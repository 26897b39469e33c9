package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// ErrRevision says that a revision is not known, or has nothing in common with
// what is checked out.
var ErrRevision = errors.New("unknown revision")

// Lines are lines of files, named relative to the folder of the repository.
type Lines map[string][]Span

// Span is a range of lines, from First to Last.
type Span struct{ First, Last int }

// Has reports whether any line of a range is among the lines.
func (l Lines) Has(file string, first, last int) bool {
	for _, s := range l[file] {
		if first <= s.Last && last >= s.First {
			return true
		}
	}
	return false
}

// whole is every line of a file.
var whole = Span{1, math.MaxInt}

// Changed returns the lines that were added or changed since the work tree
// left the line of rev, that is since their merge base: in files as they are,
// untracked ones included, or as they are staged. Where lines were deleted
// nothing is left to name, and a file that only has another name has no changed
// lines. What is no text has changed as a whole.
func (r *Repository) Changed(ctx context.Context, rev string, staged bool) (Lines, error) {
	base, err := r.base(ctx, rev)
	if err != nil {
		return nil, err
	}
	args := []string{
		"diff", "--unified=0", "--inter-hunk-context=0", "--find-renames", "--no-color", "--no-ext-diff", "--no-textconv",
		"--ignore-submodules=all", "--submodule=short", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/", "--diff-filter=d",
	}
	if staged {
		args = append(args, "--cached")
	}
	patch, err := r.git(ctx, nil, append(args, base, "--")...)
	if err != nil {
		return nil, err
	}
	files, _, err := gitdiff.Parse(bytes.NewReader(patch))
	if err != nil {
		return nil, errors.New("reading the output of git diff: it is of a form that is not understood")
	}
	lines := Lines{}
	for _, file := range files {
		if name, ok := r.below(file.NewName); ok && !file.IsDelete {
			lines[name] = append(lines[name], spansOf(file)...)
		}
	}
	if staged {
		return lines, nil
	}
	return lines, r.addUntracked(ctx, lines)
}

// spansOf returns the new lines of a file.
func spansOf(file *gitdiff.File) []Span {
	if file.IsBinary {
		return []Span{whole}
	}
	var spans []Span
	for _, f := range file.TextFragments {
		line := int(f.NewPosition)
		for _, l := range f.Lines {
			if l.Op == gitdiff.OpAdd {
				if n := len(spans); n > 0 && spans[n-1].Last == line-1 {
					spans[n-1].Last = line
				} else {
					spans = append(spans, Span{line, line})
				}
			}
			if l.New() {
				line++
			}
		}
	}
	return spans
}

// addUntracked adds all lines of the files that git neither tracks nor ignores.
func (r *Repository) addUntracked(ctx context.Context, lines Lines) error {
	out, err := r.git(ctx, nil, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		lines[name] = []Span{whole} // relative to the folder already
	}
	return nil
}

// base returns the commit from which the work tree and rev have gone apart.
func (r *Repository) base(ctx context.Context, rev string) (string, error) {
	hint := ""
	if r.isShallow(ctx) {
		hint = ": this is a shallow clone, fetch the whole history first (git fetch --unshallow, or fetch-depth: 0 for actions/checkout)"
	}
	commit, err := r.git(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		if ctx.Err() != nil {
			return "", err
		}
		return "", fmt.Errorf("%w: %q is no commit here%s", ErrRevision, rev, hint)
	}
	if _, err := r.git(ctx, nil, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"); err != nil {
		return "", fmt.Errorf("%w: nothing is committed here yet", ErrRevision)
	}
	out, err := r.git(ctx, nil, "merge-base", "--", strings.TrimSpace(string(commit)), "HEAD")
	if err != nil {
		if ctx.Err() != nil {
			return "", err
		}
		return "", fmt.Errorf("%w: %q and HEAD have no commit in common%s", ErrRevision, rev, hint)
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return first, nil
}
