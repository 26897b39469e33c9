package cli

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/baseline"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/known"
)

// settings are the flags over the configuration file, for the commands that
// judge code.
type settings struct {
	file, policy, persona, failOn string
	only, skip                    []string
}

// register adds the flags to a command.
func (s *settings) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&s.file, "config", "", "settings in `file` (default: the nearest "+config.FileName+")")
	flags.StringVar(&s.policy, "policy", "", "organisation's policy in `file`: settings may tighten it, not loosen it")
	flags.StringVar(&s.persona, "persona", "", "show what this `persona` acts on: regular, auditor")
	flags.StringSliceVar(&s.only, "rules", nil, "report only these rules, `ids` with commas between")
	flags.StringSliceVar(&s.skip, "skip", nil, "do not report these rules, `ids` with commas between")
}

// load returns the settings in force below dir: those of the file, with the
// flags over them, and the policy over all. Every error is one of usage.
func (s *settings) load(dir string) (*config.Config, error) {
	c, err := s.loaded(dir)
	if err != nil {
		return nil, usage(err)
	}
	return c, nil
}

// loaded is load, with errors as they are.
func (s *settings) loaded(dir string) (*config.Config, error) {
	c, err := s.read(dir)
	if err != nil {
		return nil, err
	}
	folder := repositoryOf(dir)
	if err := check(c, folder); err != nil {
		return nil, err
	}
	if c, err = s.over(c, folder); err != nil || s.policy == "" {
		return c, err
	}
	policy, err := config.LoadPolicy(shorten(s.policy))
	if err != nil {
		return nil, err
	}
	if err := check(policy, ""); err != nil {
		return nil, err
	}
	return c.Under(policy)
}

// check checks what settings name, and the files that they add.
func check(c *config.Config, folder string) error {
	if !c.NeedsCheck() {
		return nil
	}
	names, err := known.Names(c, folder)
	if err != nil {
		return err
	}
	return c.Check(names)
}

// repositoryOf returns the root of the repository that dir lies in, else dir.
func repositoryOf(dir string) string {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	if root := config.Repository(absolute); root != "" {
		return root
	}
	return absolute
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
	c, err := config.LoadOwn(shorten(path))
	if err == nil && s.file != "" {
		c.Base = "" // its place says nothing: patterns are relative to what is scanned
	}
	return c, err
}

// over returns the settings with the flags over them.
func (s *settings) over(c *config.Config, folder string) (*config.Config, error) {
	if len(s.only)+len(s.skip) > 0 {
		if err := knownRules(c, folder, slices.Concat(s.only, s.skip)); err != nil {
			return nil, err
		}
	}
	return c.Over(config.File{Persona: s.persona, FailOn: s.failOn, Rules: config.Selection{Only: s.only, Skip: s.skip}})
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

// under puts the baseline below a policy: the one that lies in the repository
// counts for nothing, since a pull request can bring it along. One that is named
// is the word of whoever set up the run.
func (b *baselineFlags) under(s *subject) []finding.Notice {
	if s.config.Policy() == nil || b.none || b.file != "" || s.root == "" {
		return nil
	}
	b.none = true
	if _, err := os.Lstat(filepath.Join(s.root, baseline.FileName)); err != nil {
		return nil
	}
	return []finding.Notice{{ID: "policy", Level: "warning", Where: finding.Location{File: baseline.FileName},
		Message: baseline.FileName + ": the policy lets no baseline of the repository hold: name it with --baseline"}}
}
