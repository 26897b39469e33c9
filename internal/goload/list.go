package goload

import (
	"context"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"

	"github.com/authlint/authlint/internal/finding"
)

// listMode is what the go command is asked for: names, files and imports, so
// that it neither compiles nor runs cgo.
const listMode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps |
	packages.NeedModule | packages.NeedEmbedFiles | packages.NeedForTest

// hasToolchain reports whether there is a go command, and tells if there is none.
func (r *runner) hasToolchain() bool {
	path := r.getenv("PATH")
	for _, dir := range filepath.SplitList(path) {
		if _, err := exec.LookPath(filepath.Join(dir, "go")); err == nil {
			return true
		}
	}
	r.notices.add(finding.Notice{
		ID: "no-toolchain", Level: "error",
		Message: "no go command was found on PATH, so that Go packages were not analysed",
	})
	return false
}

// environ returns the environment of the go command. It neither changes go.mod
// nor reaches the network, not even for the modules that GOPRIVATE excepts from
// the proxy, unless downloads are allowed.
func (r *runner) environ(u *universe) []string {
	env := r.opts.Env
	if env == nil {
		env = os.Environ()
	}
	env = append(env[:len(env):len(env)], "GOTOOLCHAIN=local", "GOFLAGS="+r.goflags(), "GO111MODULE=on", "GOWORK="+u.work)
	if !r.opts.Download {
		env = append(env, "GOPROXY=off", "GOPRIVATE=", "GONOPROXY=none", "GOVCS=*:off", "GOSUMDB=off")
	}
	return env
}

// goflags returns GOFLAGS without what would change files or run programs.
func (r *runner) goflags() string {
	var kept []string
	for _, flag := range strings.Fields(r.getenv("GOFLAGS")) {
		name := strings.TrimLeft(flag, "-")
		name, _, _ = strings.Cut(name, "=")
		switch name {
		case "tags", "modcacherw", "modfile", "buildvcs", "compiler":
			kept = append(kept, flag)
		}
	}
	return strings.Join(kept, " ")
}

// buildFlags returns the flags that every call of the go command gets.
func (r *runner) buildFlags(more ...string) []string {
	if len(r.opts.Tags) > 0 {
		more = append(more, "-tags="+strings.Join(r.opts.Tags, ","))
	}
	return more
}

// list lists the packages of a universe and makes nodes of them. A module that
// the go command cannot list is listed from its files.
func (r *runner) list(ctx context.Context, u *universe) {
	if len(u.patterns) == 0 {
		r.listLoose(ctx, u)
		return
	}
	loaded, err := r.load(ctx, u, u.patterns)
	if err != nil && ctx.Err() == nil {
		if repaired, ok := r.loadRepaired(ctx, u, err); ok {
			loaded = repaired
		}
	}
	switch {
	case ctx.Err() != nil:
	case loaded != nil:
		r.build(ctx, u, loaded)
		r.processCgo(ctx, u)
	default:
		r.notices.add(r.listNotice(u, err))
		r.listLoose(ctx, u)
	}
}

// load calls the go command. The error may come with packages, if the module
// is not fit for listing all of them.
func (r *runner) load(ctx context.Context, u *universe, patterns []string, flags ...string) ([]*packages.Package, error) {
	loaded, err := packages.Load(&packages.Config{
		Context: ctx, Mode: listMode, Dir: u.dir, Env: r.environ(u), Tests: r.opts.Tests,
		BuildFlags: r.buildFlags(flags...), Overlay: r.opts.Overlay,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			if strings.Contains(e.Msg, "updates to go.mod needed") || strings.Contains(e.Msg, "missing go.sum entry") {
				err = errors.New(e.Msg)
			}
		}
	})
	return loaded, err
}

// loadRepaired lists a module whose go.mod the go command does not take as it
// is: one that is not tidy, has errors, asks for a newer toolchain or disagrees
// with its vendor folder. It works on a copy, so that nothing of the user's is
// changed.
func (r *runner) loadRepaired(ctx context.Context, u *universe, cause error) ([]*packages.Package, bool) {
	if u.work != "off" {
		return nil, false // a workspace takes no other go.mod
	}
	dir, err := os.MkdirTemp("", "authlint-mod-")
	if err != nil {
		return nil, false
	}
	defer os.RemoveAll(dir)
	if err := r.copyModule(ctx, u, dir); err != nil {
		return nil, false
	}
	loaded, _ := r.load(ctx, u, u.patterns, "-mod=mod", "-modfile="+filepath.Join(dir, "go.mod"))
	if loaded == nil {
		return nil, false
	}
	n := r.listNotice(u, cause)
	n.Message += "; a corrected copy was used"
	r.notices.add(n)
	return loaded, true
}

// copyModule writes a copy of the module's go.mod and go.sum that the toolchain
// takes: without lines that it does not understand, and without a go version
// beyond its own.
func (r *runner) copyModule(ctx context.Context, u *universe, to string) error {
	data, err := os.ReadFile(filepath.Join(u.dir, "go.mod"))
	if err != nil {
		return fmt.Errorf("reading go.mod: %w", err)
	}
	file, err := parseModule(data)
	if err != nil {
		return err
	}
	if file.Module == nil {
		if err := file.AddModuleStmt("authlint.invalid/" + filepath.Base(u.dir)); err != nil {
			return fmt.Errorf("naming the module: %w", err)
		}
	}
	file.DropToolchainStmt()
	if ours := r.toolchain(ctx, u); file.Go != nil && ours != "" && version.Compare("go"+file.Go.Version, "go"+ours) > 0 {
		if err := file.AddGoStmt(ours); err != nil {
			return fmt.Errorf("lowering the go version: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(to, "go.mod"), modfile.Format(file.Syntax), 0o600); err != nil {
		return fmt.Errorf("copying go.mod: %w", err)
	}
	sum, err := os.ReadFile(filepath.Join(u.dir, "go.sum"))
	if err != nil {
		return nil // a module may have none
	}
	if err := os.WriteFile(filepath.Join(to, "go.sum"), sum, 0o600); err != nil {
		return fmt.Errorf("copying go.sum: %w", err)
	}
	return nil
}

// parseModule parses a go.mod file without its faulty lines.
func parseModule(data []byte) (*modfile.File, error) {
	lines := strings.Split(string(data), "\n")
	for {
		file, err := modfile.Parse("go.mod", []byte(strings.Join(lines, "\n")), nil)
		if err == nil {
			return file, nil
		}
		list, ok := errors.AsType[modfile.ErrorList](err)
		changed := false
		for _, e := range list {
			if at := e.Pos.Line - 1; ok && at >= 0 && at < len(lines) && lines[at] != "" {
				lines[at], changed = "", true
			}
		}
		if !changed {
			return nil, fmt.Errorf("reading go.mod: %w", err)
		}
	}
}

// toolchain returns the version of the go command, such as 1.26.8, "" if it does not tell.
func (r *runner) toolchain(ctx context.Context, u *universe) string {
	cmd := exec.CommandContext(ctx, "go", "env", "GOVERSION")
	cmd.Env, cmd.Dir = r.environ(u), os.TempDir()
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	word, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(string(out)), "go"), " ")
	return word
}

// listNotice tells that the go command could not list the packages of a universe.
func (r *runner) listNotice(u *universe, err error) finding.Notice {
	name := "go.mod"
	if u.work != "off" {
		name = "go.work"
	}
	file := filepath.Join(u.dir, name)
	at := r.place(file, 0, 0)
	message := r.listMessage(err.Error())
	return finding.Notice{
		ID: "broken-module", Level: "warning", Where: at,
		Message: fmt.Sprintf("the go command cannot list the packages of %s: %s", r.relative(file), message),
	}
}
