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
	data, err := os.ReadFile(filepath.Join(dir, ConfigName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("reading %s: %w", ConfigName, err)
	}
	o.Name, o.Config = ConfigName, data
	o.Open = func(name string) ([]byte, error) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		return os.ReadFile(name)
	}
	return nil
}

// ReadIgnores reads the findings that a folder's .gitleaksignore names.
func ReadIgnores(dir string) (Ignores, error) {
	data, err := os.ReadFile(filepath.Join(dir, ignoreFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", ignoreFile, err)
	}
	return ParseIgnores(data), nil
}
