package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/config/passconfig"
	"github.com/authlint/authlint/internal/goload"
	"github.com/authlint/authlint/internal/known"
)

// unitCommand is the argument behind which the program analyses a package for
// go vet below Supervise.
const unitCommand = "analyse-unit"

// Unit returns the arguments for unitchecker, and reports whether it can be
// left alone because it prints no source text: on questions about itself, for
// facts only, and below Supervise.
func Unit(args []string) ([]string, bool) {
	if len(args) > 0 && args[0] == unitCommand {
		return args[1:], true
	}
	args = slices.DeleteFunc(slices.Clone(args), quotesSource)
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return args, true
	}
	var unit struct{ VetxOnly bool }
	return args, json.Unmarshal(data, &unit) != nil || unit.VetxOnly
}

// Supervise analyses a package for go vet in a process of its own and returns
// its exit code. What the parser and the type checker say of broken code quotes
// it, so only what quotes nothing is told; unitchecker leaves no other way in.
func Supervise(args []string, stdout, stderr io.Writer) int {
	tool, err := os.Executable()
	if err != nil {
		fmt.Fprintf(stderr, "authlint: finding authlint itself: %v\n", err)
		return ExitFindings
	}
	cmd := exec.Command(tool, append([]string{unitCommand}, args...)...)
	var errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = stdout, &errs
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		fmt.Fprintf(stderr, "authlint: analysing a package for go vet: %v\n", err)
		return ExitFindings
	}
	if errs.Len() > 0 {
		tellUnit(stderr, errs.String(), settingsOf(args))
	}
	return cmd.ProcessState.ExitCode()
}

// settingsOf returns the settings that a unit's flags carry, the default ones if
// they are wrong: the unit has told that.
func settingsOf(args []string) *config.Config {
	cfg := config.Default()
	for _, arg := range args {
		if word, ok := strings.CutPrefix(strings.TrimLeft(arg, "-"), "authconfig.data="); ok {
			if given, err := config.Decode(word); err == nil {
				cfg = given
			}
		}
		if place, ok := strings.CutPrefix(strings.TrimLeft(arg, "-"), "authconfig.file="); ok {
			if given, err := passconfig.ReadFile(place); err == nil {
				cfg = given
			}
		}
	}
	return cfg
}

// unitPlace is a place in a file, as it stands before a message.
var unitPlace = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:[A-Za-z]:)?[^:"]*\.\w+:\d+(?::\d+)?: `) })

// tellUnit writes the messages of a unit: diagnostics and their further places
// as they are, others about code without what they quote of it.
func tellUnit(w io.Writer, text string, cfg *config.Config) {
	names, err := known.Names(cfg, "")
	if err != nil {
		fmt.Fprintf(w, "authlint: %v\n", err)
		return
	}
	names.Rules = append(names.Rules, "internal-error")
	for line := range strings.Lines(text) {
		place := unitPlace().FindString(line)
		further := place != "" && strings.HasPrefix(line[len(place):], "\t")
		switch {
		case further || hasFinding(line, names.Rules):
			fmt.Fprint(w, line)
		case place != "":
			message := strings.TrimSuffix(line[len(place):], "\n")
			fmt.Fprintf(w, "%s%s\n", place, goload.CodeMessage(message, "the package does not compile"))
		default: // a fault in the talk with go vet
			fmt.Fprint(w, line)
		}
	}
}
