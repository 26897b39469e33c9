package authtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/scan"
)

// Missing is what scans of a tree find with and without what it depends on.
type Missing struct {
	// Kept are found either way, Lost only with the dependencies, New only
	// without them.
	Kept, Lost, New []Key
	// Dropped is how many function bodies were not analysed without them.
	Dropped int
}

// Share is how many of a hundred findings are kept.
func (m *Missing) Share() int {
	all := len(m.Kept) + len(m.Lost)
	if all == 0 {
		return 100
	}
	return 100 * len(m.Kept) / all
}

// WithoutDependencies scans a tree twice: with the modules that it requires, and
// without them. Take takes away what of them lies in the tree itself.
func WithoutDependencies(ctx context.Context, tree string, take func() error) (*Missing, error) {
	whole, _, err := goFindings(ctx, tree, nil)
	if err != nil {
		return nil, err
	}
	if err := take(); err != nil {
		return nil, fmt.Errorf("taking dependencies away: %w", err)
	}
	empty, err := os.MkdirTemp("", "authlint-missing-")
	if err != nil {
		return nil, fmt.Errorf("making an empty module cache: %w", err)
	}
	defer os.RemoveAll(empty)
	env := append(os.Environ(), "GOMODCACHE="+empty, "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off")
	part, dropped, err := goFindings(ctx, tree, env)
	if err != nil {
		return nil, err
	}
	m := &Missing{Lost: Difference(whole, part), New: Difference(part, whole), Dropped: dropped}
	lost := map[Key]bool{}
	for _, k := range m.Lost {
		lost[k] = true
	}
	m.Kept = Difference(whole, lost)
	return m, nil
}

// goFindings scans a tree and returns its findings in Go files.
func goFindings(ctx context.Context, tree string, env []string) (map[Key]bool, int, error) {
	conf := config.Default()
	conf.Persona = finding.Regular
	run, err := scan.Run(ctx, scan.Options{Root: tree, Dir: tree, Config: conf, Env: env})
	if err != nil {
		return nil, 0, fmt.Errorf("scanning %s: %w", filepath.Base(tree), err)
	}
	keys := map[Key]bool{}
	for _, f := range run.Shown(false) {
		if filepath.Ext(f.Primary.File) == ".go" {
			keys[keyOf(f)] = true
		}
	}
	return keys, run.Stats.DroppedBodies, nil
}
