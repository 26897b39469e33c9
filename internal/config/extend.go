package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"github.com/authlint/authlint/rules"
)

// extensions are the files that the settings name.
type extensions struct{ rules.Extension }

// none reports whether the catalogue is as it is built in.
func (e *extensions) none() bool { return len(e.Providers)+len(e.Models)+len(e.Secrets) == 0 }

// readExtensions reads the files that the settings name. Their text is in the
// settings themselves, or else open reads them.
func (c *Config) readExtensions(open func(name string) ([]byte, error)) []error {
	var errs []error
	var named []string
	for _, kind := range []struct {
		key   string
		names []string
		into  *[]rules.ExtensionFile
	}{
		{"providers", c.file.Extend.Providers, &c.extensions.Providers},
		{"models", c.file.Extend.Models, &c.extensions.Models},
		{"secrets", c.file.Extend.Secrets, &c.extensions.Secrets},
	} {
		for i, name := range kind.names {
			fault := func(format string, args ...any) {
				errs = append(errs, place{}.fault(fmt.Sprintf(format, args...), name, "extend", kind.key))
			}
			if slices.Contains(kind.names[:i], name) {
				fault("%q is there twice", name)
				continue
			}
			named = append(named, name)
			data, err := c.file.read(name, open)
			if err != nil {
				fault("%v", err)
				continue
			}
			*kind.into = append(*kind.into, rules.ExtensionFile{Name: path.Join(filepath.ToSlash(filepath.Dir(c.name)), name), Data: data})
		}
	}
	for _, name := range sortedKeys(c.file.Files) {
		if !slices.Contains(named, name) {
			errs = append(errs, place{}.fault("extend names no such file", "", "files", name))
		}
	}
	c.catalogue = sync.OnceValues(func() (*rules.Catalogue, error) {
		catalogue, err := rules.Default()
		if err != nil || c.extensions.none() {
			return catalogue, err
		}
		return catalogue.Extend(c.extensions.Extension)
	})
	return errs
}

// read returns the text of a file that the settings name.
func (f *File) read(name string, open func(name string) ([]byte, error)) ([]byte, error) {
	if text, ok := f.Files[name]; ok {
		return []byte(text), nil
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, fmt.Errorf("%q does not lie below the folder of the settings", name)
	}
	if open == nil {
		return nil, fmt.Errorf("no file can be read here: give the text of %q in [files]", name)
	}
	data, err := open(name)
	var wrapped *fs.PathError
	if errors.As(err, &wrapped) {
		err = wrapped.Err // without the machine's paths
	}
	if err != nil {
		return nil, fmt.Errorf("reading %q: %w", name, err)
	}
	return data, nil
}

// extensionData returns the text of a file that was read before.
func (c *Config) extensionData(name string) ([]byte, error) {
	for _, kind := range []struct {
		names []string
		files []rules.ExtensionFile
	}{
		{c.file.Extend.Providers, c.extensions.Providers}, {c.file.Extend.Models, c.extensions.Models}, {c.file.Extend.Secrets, c.extensions.Secrets},
	} {
		if i := slices.Index(kind.names, name); i >= 0 {
			return kind.files[i].Data, nil
		}
	}
	return nil, fs.ErrNotExist
}

// Catalogue returns the catalogue with the providers and models of the user's
// own. They are read when it is first asked for; the error names file and line.
func (c *Config) Catalogue() (*rules.Catalogue, error) {
	if c.policy != nil {
		return c.policy.Catalogue()
	}
	if c.catalogue == nil {
		return rules.Default()
	}
	return c.catalogue()
}

// SecretFiles returns the user's own files of pattern rules.
func (c *Config) SecretFiles() []rules.ExtensionFile {
	if c.policy != nil {
		return slices.Concat(c.policy.SecretFiles(), c.extensions.Secrets)
	}
	return c.extensions.Secrets
}
