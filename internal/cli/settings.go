package cli

import (
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/known"
)

// settings are the flags over the configuration file, for the commands that
// judge code.
type settings struct {
	file, persona, failOn string
	only, skip            []string
}

// register adds the flags to a command.
func (s *settings) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&s.file, "config", "", "read the settings from this `file` (default: the nearest "+config.FileName+" up to the root of the repository)")
	flags.StringVar(&s.persona, "persona", "", "show what this `persona` acts on: regular or auditor")
	flags.StringSliceVar(&s.only, "rules", nil, "report only these rules (`ids` separated by commas)")
	flags.StringSliceVar(&s.skip, "skip", nil, "do not report these rules (`ids` separated by commas)")
}

// load returns the settings in force below dir: those of the file, with the
// flags over them. Every error is one of usage.
func (s *settings) load(dir string) (*config.Config, error) {
	c, err := s.read(dir)
	if err != nil {
		return nil, usage(err)
	}
	if c, err = s.over(c); err != nil {
		return nil, usage(err)
	}
	return c, nil
}

// read returns the settings of the file.
func (s *settings) read(dir string) (*config.Config, error) {
	path := s.file
	if path == "" {
		found, err := config.Find(dir)
		if err != nil {
			return nil, err
		}
		if found == "" {
			return config.Default(), nil
		}
		path = found
	}
	c, err := config.Load(shorten(path))
	if err != nil {
		return nil, err
	}
	if len(c.Rules)+len(c.Skip)+len(c.Thresholds) == 0 {
		return c, nil // nothing refers to the catalogue
	}
	names, err := known.Names()
	if err != nil {
		return nil, err
	}
	return c, c.Check(names)
}

// over returns the settings with the flags over them.
func (s *settings) over(c *config.Config) (*config.Config, error) {
	file := c.File()
	if s.persona != "" {
		file.Persona = s.persona
	}
	if s.failOn != "" {
		file.FailOn = s.failOn
	}
	if len(s.only) > 0 {
		file.Rules.Only = s.only
	}
	file.Rules.Skip = slices.Concat(file.Rules.Skip, s.skip)
	if len(s.only)+len(s.skip) > 0 {
		if err := knownRules(slices.Concat(s.only, s.skip)); err != nil {
			return nil, err
		}
	}
	return file.Config()
}

// shorten returns a path relative to the working directory if it lies below it.
func shorten(path string) string {
	if dir, err := os.Getwd(); err == nil {
		if short, ok := below(dir, path); ok {
			return short
		}
	}
	return path
}
