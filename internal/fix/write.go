package fix

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// read returns the content of a regular file of the root.
func (p *planner) read(name string) ([]byte, error) {
	info, err := p.root.Lstat(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("no regular file")}
	}
	return p.root.ReadFile(filepath.FromSlash(name))
}

// thirdParty are the names of folders whose files are somebody else's.
var thirdParty = [...]string{"vendor", "node_modules", "third_party", "bower_components"}

// isOurs reports whether a file is one that people edit: text that no program
// made and that comes from nowhere else.
func isOurs(name string, data []byte) bool {
	if bytes.IndexByte(data, 0) >= 0 || isGenerated(data) {
		return false
	}
	folders := strings.Split(path.Dir(name), "/")
	return !slices.ContainsFunc(thirdParty[:], func(folder string) bool { return slices.Contains(folders, folder) })
}

// generatedLines is how many lines at the head of a file are searched for the
// words of the program that made it.
const generatedLines = 40

// isGenerated reports whether a program made the file, by what its head says.
func isGenerated(data []byte) bool {
	n := 0
	for line := range bytes.Lines(data) {
		if n++; n > generatedLines {
			return false
		}
		if bytes.Contains(line, []byte("DO NOT EDIT")) || bytes.Contains(line, []byte("@generated")) {
			return true
		}
	}
	return false
}

// Write writes the changed files. A file that is no longer what the plan was
// made for is not touched; the error names the files that were not written.
func (p *Plan) Write() error {
	root, err := os.OpenRoot(p.root)
	if err != nil {
		return fmt.Errorf("opening the root: %w", err)
	}
	defer root.Close()
	var failed []error
	for _, c := range p.Changes {
		if err := c.write(root); err != nil {
			failed = append(failed, fmt.Errorf("writing %s: %w", c.File, err))
		}
	}
	return errors.Join(failed...)
}

// write puts a new file in the place of the old one, with its permissions.
func (c *Change) write(root *os.Root) error {
	name := filepath.FromSlash(c.File)
	info, err := root.Lstat(name)
	if err != nil {
		return err
	}
	now, err := root.ReadFile(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || !bytes.Equal(now, c.Before) {
		return errors.New("it has changed meanwhile")
	}
	temporary := filepath.Join(filepath.Dir(name), ".authlint-"+rand.Text())
	file, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(c.After)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = root.Chmod(temporary, info.Mode().Perm())
	}
	if err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		_ = root.Remove(temporary)
	}
	return err
}
