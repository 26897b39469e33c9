package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/internal/report"
)

// formatNames are the formats of --format.
func formatNames() []string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	return append(names, "sarif")
}

// output is one value of --format: a format and where it goes.
type output struct {
	format string
	path   string // "" is standard output
	// shared is set for a file that others write to as well: the report is
	// appended.
	shared bool
}

// parseOutputs reads the values of --format. At most one report can go to
// standard output, and no two to the same file.
func parseOutputs(specs []string) ([]output, error) {
	var outputs []output
	for _, spec := range specs {
		format, path, toFile := strings.Cut(spec, ":")
		if !slices.Contains(formatNames(), format) {
			return nil, fmt.Errorf("unknown format %q%s\nwant %s, each with :file if it does not go to standard output",
				format, nearest.Hint(format, formatNames()), strings.Join(formatNames(), ", "))
		}
		if toFile && path == "" {
			return nil, fmt.Errorf("format %q names no file behind the colon", spec)
		}
		if path == "-" {
			path = ""
		}
		for _, o := range outputs {
			if o.path != path {
				continue
			}
			if path == "" {
				return nil, fmt.Errorf("formats %s and %s both go to standard output: name a file for one, as in %s:report", o.format, format, format)
			}
			return nil, fmt.Errorf("formats %s and %s both go to %s", o.format, format, path)
		}
		outputs = append(outputs, output{format: format, path: path})
	}
	return outputs, nil
}

// writeTo hands write standard output or the output's file. A regular file is
// replaced whole, so that a failed run leaves no half report behind.
func (o output) writeTo(stdout io.Writer, write func(io.Writer) error) error {
	if o.path == "" {
		return write(stdout)
	}
	var err error
	if info, missing := os.Stat(o.path); missing == nil && (o.shared || !info.Mode().IsRegular()) {
		err = appendTo(o.path, write) // a pipe or a device
	} else {
		err = replace(o.path, write)
	}
	if err != nil {
		return fmt.Errorf("writing the %s report to %s: %w", o.format, o.path, causeOf(err))
	}
	return nil
}

// causeOf returns what is wrong with a file, without the name of the one that
// was to take its place.
func causeOf(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// replace writes a file beside another one and gives it that one's name.
func replace(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".authlint-*")
	if err != nil {
		return err
	}
	err = errors.Join(write(file), file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// printJSON prints a value for programs on standard output.
func (c *Command) printJSON(value any) error {
	encoder := json.NewEncoder(c.Stdout)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// appendTo writes to something that is not replaced.
func appendTo(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
