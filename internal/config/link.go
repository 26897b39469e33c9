package config

import (
	"fmt"
	"path/filepath"
)

// inTree refuses a file that was found by its name and is a link out of the
// tree below root: a message about it would quote what is not of this tree. Who
// means it names it himself.
func inTree(root, path string) error {
	realRoot, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil // reading the file tells
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil
	}
	if rel, err := filepath.Rel(realRoot, real); err != nil || !filepath.IsLocal(rel) {
		return fmt.Errorf("%s is a link that leads out of the tree: name the file with --config if you mean it", filepath.Base(path))
	}
	return nil
}
