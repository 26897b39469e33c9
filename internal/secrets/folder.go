package secrets

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ConfigName is the name of the file by which users of gitleaks change its rules.
const ConfigName = ".gitleaks.toml"

// ReadFolder has the options take a user's configuration from a folder, if there
// is one.
func (o *Options) ReadFolder(dir string) error {
	data, err := readInside(dir, ConfigName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("reading %s: %w", ConfigName, err)
	}
	o.Name, o.Config = ConfigName, data
	o.Open = func(name string) ([]byte, error) {
		switch {
		case filepath.IsAbs(name):
			return os.ReadFile(name) // as the user says
		case !filepath.IsLocal(name):
			return os.ReadFile(filepath.Join(dir, name))
		}
		return readInside(dir, name)
	}
	return nil
}

// ReadIgnores reads the findings that a folder's .gitleaksignore names.
func ReadIgnores(dir string) (Ignores, error) {
	data, err := readInside(dir, ignoreFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", ignoreFile, err)
	}
	return ParseIgnores(data), nil
}

// readInside reads a file of a folder, but for a link that leads out of it.
func readInside(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fs.ErrNotExist
	}
	defer root.Close()
	return root.ReadFile(name)
}
