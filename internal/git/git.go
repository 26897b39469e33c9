// Package git asks git, by its command, which lines have changed and what is
// staged.
//
// A repository may come from strangers, and its configuration may name programs:
// git is called so that it runs none of them for a diff, fetches nothing, asks
// nothing and writes nothing. What it prints is never shown raw.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// Repository is a git work tree, or a folder in one.
type Repository struct {
	dir    string // where git runs
	env    []string
	prefix string // of dir in the work tree, "" or with a slash at its end
}

// ErrMissing says that there is no git command.
var ErrMissing = errors.New("no git command on PATH")

// Open returns the repository that holds dir. The environment is that of the
// caller: in a hook it says which index is meant.
func Open(ctx context.Context, dir string, env []string) (*Repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, ErrMissing
	}
	r := &Repository{dir: dir, env: environ(env)}
	out, err := r.git(ctx, nil, "rev-parse", "--is-inside-work-tree", "--show-prefix")
	if err != nil {
		return nil, err
	}
	inside, prefix, _ := strings.Cut(string(out), "\n")
	if inside != "true" {
		return nil, errors.New("this is no work tree of git")
	}
	r.prefix = strings.TrimSuffix(prefix, "\n")
	return r, nil
}

// environ returns the environment of git.
func environ(env []string) []string {
	env = slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		switch name {
		case "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_TRACE", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS":
			return true
		}
		return false
	})
	return append(env, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_PAGER=cat")
}

// Error is what git complains of.
type Error struct {
	Command string // the subcommand
	Message string // the first line of it
}

// Error returns the complaint.
func (e *Error) Error() string { return fmt.Sprintf("git %s: %s", e.Command, e.Message) }

// git runs a command and returns what it prints.
func (r *Repository) git(ctx context.Context, input []byte, args ...string) ([]byte, error) {
	cmd := r.command(ctx, args...)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return out.Bytes(), nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case !errors.As(err, &exit):
		return nil, fmt.Errorf("running git: %w", err)
	}
	message, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n")
	message = strings.TrimPrefix(message, "fatal: ")
	if message == "" {
		message = err.Error()
	}
	return nil, &Error{Command: args[0], Message: message}
}

// command returns git with arguments, before it runs.
func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	fixed := []string{"-C", r.dir, "-c", "core.fsmonitor=false", "-c", "core.quotePath=true", "-c", "diff.external=", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never"}
	cmd := exec.CommandContext(ctx, "git", append(fixed, args...)...)
	cmd.Env = r.env
	return cmd
}

// isShallow reports whether the history was cut off when it was cloned.
func (r *Repository) isShallow(ctx context.Context) bool {
	out, err := r.git(ctx, nil, "rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

// below returns the name of a file of the work tree relative to the folder of
// the repository, and reports whether it lies there.
func (r *Repository) below(name string) (string, bool) { return strings.CutPrefix(name, r.prefix) }
