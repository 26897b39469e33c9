package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// keepOutside has the modules of a copy of the tree find what lies beside the
// tree: a replacement with a path that leads out of the copy leads to where it
// does from the original.
func keepOutside(dir, root string) error {
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || entry.Name() != "go.mod" && entry.Name() != "go.work" {
			return err
		}
		folder, err := filepath.Rel(dir, filepath.Dir(file))
		if err != nil {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		changed := outside(entry.Name(), data, func(to string) (string, bool) {
			if filepath.IsAbs(to) || filepath.IsLocal(filepath.Join(folder, to)) {
				return "", false
			}
			return filepath.Join(root, folder, to), true
		})
		if changed == nil {
			return nil
		}
		return os.WriteFile(file, changed, 0o600)
	})
	if err != nil {
		return fmt.Errorf("copying what is staged: %w", err)
	}
	return nil
}

// outside returns a go.mod or go.work file whose replacements by folders are
// those that moved gives, nil if it gives none or the file cannot be read: the
// go command will say so.
func outside(name string, data []byte, moved func(path string) (string, bool)) []byte {
	var replaced []*modfile.Replace
	var add func(oldPath, oldVersion, newPath, newVersion string) error
	var syntax *modfile.FileSyntax
	if name == "go.work" {
		file, err := modfile.ParseWork(name, data, nil)
		if err != nil {
			return nil
		}
		replaced, add, syntax = file.Replace, file.AddReplace, file.Syntax
	} else {
		file, err := modfile.Parse(name, data, nil)
		if err != nil {
			return nil
		}
		replaced, add, syntax = file.Replace, file.AddReplace, file.Syntax
	}
	changed := false
	for _, r := range replaced {
		to, ok := moved(filepath.FromSlash(r.New.Path))
		if r.New.Version != "" || !ok {
			continue
		}
		if err := add(r.Old.Path, r.Old.Version, filepath.ToSlash(to), ""); err != nil {
			return nil
		}
		changed = true
	}
	if !changed {
		return nil
	}
	return modfile.Format(syntax)
}
