package authtest

import (
	"context"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
)

// planted are the operators of mutations that authlint has a fix for, and that
// reach for nothing when the tests of the module run them.
var planted = []string{
	"literal-for-env", "fallback-for-env", "literal-for-argument", "literal-for-field", "literal-for-assigned", "literal-for-result",
	"literal-for-element", "literal-for-basic", "literal-authorization", "literal-for-default",
	"tls-minimum-lowered", "tls-minimum-added", "length-lowered", "tag-minimum-lowered",
}

// Plant puts bad practices into packages of a module that have tests, as gofmt
// writes them.
func Plant(ctx context.Context, tree string, seed uint64, count int) ([]Mutation, error) {
	m, err := NewMutator(ctx, tree, seed)
	if err != nil {
		return nil, err
	}
	for operator, sites := range m.sites {
		m.sites[operator] = slices.DeleteFunc(sites, func(s site) bool {
			return !slices.Contains(planted, operator) || !hasGo(filepath.Dir(m.fset.Position(s.fn).Filename), "_test.go")
		})
	}
	list, err := m.Apply(count)
	if err != nil {
		return nil, err
	}
	for _, mutation := range list {
		for _, place := range mutation.Places {
			name := filepath.Join(tree, filepath.FromSlash(place.File))
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, fmt.Errorf("reading a planted file: %w", err)
			}
			if data, err = format.Source(data); err != nil {
				return nil, fmt.Errorf("formatting a planted file: %w", err)
			}
			if err := os.WriteFile(name, data, 0o644); err != nil {
				return nil, fmt.Errorf("writing a planted file: %w", err)
			}
		}
	}
	return list, nil
}
