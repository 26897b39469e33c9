// Package sarif writes the outcome of a run as SARIF 2.1.0, the way GitHub code
// scanning reads it and other viewers do too. It is the only importer of
// go-sarif, whose model it fills and whose writing it replaces: that one leaves
// nulls in places where the schema wants none.
//
// A log has one run. Columns count UTF-16 units, addresses are relative to the
// root of the run, and nothing in it shows a secret.
package sarif

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	gosarif "github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/authlint/authlint/internal/baseline"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/redact"
	"github.com/authlint/authlint/internal/report/source"
	"github.com/authlint/authlint/rules"
)

// RuleSource says what is known of rules; *rules.Catalogue is one.
type RuleSource interface {
	Rule(id string) (*rules.Rule, bool)
	SecretRule(id string) *rules.Rule
	Rules() []*rules.Rule
	PageURL(id string) string
}

// Options are the choices of one log.
type Options struct {
	// Rules describes the rules; nil is the catalogue that is built in.
	Rules RuleSource
	// Active are the ids of the rules in force; nil means all of Rules. Rules
	// with findings are listed in any case.
	Active []string
	// ShowSuppressed adds the suppressed findings, marked as such. GitHub opens
	// alerts for them all the same.
	ShowSuppressed bool
	// Category distinguishes logs that are uploaded for one commit. GitHub's
	// upload action sets it by itself if the log has none.
	Category string
	// VersionControl is given if the run knows the repository.
	VersionControl *VersionControl
}

// VersionControl says which revision was read.
type VersionControl struct {
	RepositoryURI string // user info in it is left out
	RevisionID    string
	Branch        string
}

// schemaURI names the schema in its last published form.
const schemaURI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// Write writes run as a SARIF log.
func Write(w io.Writer, run *finding.Run, opts Options) error {
	data, err := encode(run, opts, githubLimits)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("writing SARIF: %w", err)
	}
	return nil
}

// encode returns the log as JSON that ends in a line break.
func encode(run *finding.Run, opts Options, lim limits) ([]byte, error) {
	if opts.Rules == nil {
		catalogue, err := rules.Default()
		if err != nil {
			return nil, fmt.Errorf("loading rules: %w", err)
		}
		opts.Rules = catalogue
	}
	tree := source.NewTree(run.Root)
	defer tree.Close()
	b := &builder{
		run:    run,
		opts:   opts,
		limits: lim,
		tree:   tree,
		redact: redact.New(tree, run),
	}
	b.marker = baseline.NewMarker(tree, b.redact)
	report := &gosarif.Report{Version: string(gosarif.Version210), Schema: schemaURI, Runs: []*gosarif.Run{b.build()}}
	data, err := marshal(report)
	if err != nil {
		return nil, err
	}
	size, err := compressedSize(data, lim.bytes)
	if err != nil || size <= lim.bytes {
		return data, err
	}
	b.notify("report-too-large", "warning", fmt.Sprintf(
		"this log has %.1f MB compressed, and GitHub takes no more than %.1f MB", megabytes(size), megabytes(lim.bytes)))
	b.finish(report.Runs[0])
	return marshal(report)
}

func megabytes(n int) float64 { return float64(n) / 1e6 }

// compressedSize returns the size of data under gzip, or less where that is
// seen to be within the limit without compressing.
func compressedSize(data []byte, limit int) (int, error) {
	if len(data) <= limit {
		return len(data), nil
	}
	var n counter
	z := gzip.NewWriter(&n)
	if _, err := io.Copy(z, bytes.NewReader(data)); err != nil {
		return 0, fmt.Errorf("compressing SARIF: %w", err)
	}
	if err := z.Close(); err != nil {
		return 0, fmt.Errorf("compressing SARIF: %w", err)
	}
	return int(n), nil
}

// counter counts the bytes written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// WriteFile writes run as a SARIF log to the file path. It writes beside the
// file and renames, so that a reader never sees half a log. What is no regular
// file, a pipe or a device, is written to directly.
func WriteFile(path string, run *finding.Run, opts Options) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return replaceFile(path, 0o666, run, opts)
	case err != nil:
		return fmt.Errorf("writing SARIF: %w", err)
	case info.Mode().IsRegular():
		return replaceFile(path, info.Mode().Perm(), run, opts)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("writing SARIF: %w", err)
	}
	return errors.Join(Write(f, run, opts), f.Close())
}

// replaceFile writes the log to a new file and gives it the name path.
func replaceFile(path string, mode fs.FileMode, run *finding.Run, opts Options) error {
	name := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+strconv.FormatUint(rand.Uint64(), 36)+".tmp")
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("writing SARIF: %w", err)
	}
	err = errors.Join(Write(f, run, opts), f.Close())
	if err == nil {
		err = os.Rename(name, path)
	}
	if err != nil {
		_ = os.Remove(name)
		return fmt.Errorf("writing SARIF to %s: %w", path, err)
	}
	return nil
}
