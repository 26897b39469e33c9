package rules

import (
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/tomlfile"
)

// Commands are the options of commands that take a credential and whose names
// do not say so.
type Commands struct{ byName map[string]CommandOptions }

// CommandOptions are such options of one command.
type CommandOptions struct {
	// With take the credential in the same argument or in the next one, Next in
	// the next one, Attached in the same one.
	With, Next, Attached []string
	// Pair take user and password in the next argument, a colon between them.
	Pair []string
}

type commandsFile struct {
	Command []struct {
		Names    []string `toml:"names"`
		With     []string `toml:"with"`
		Next     []string `toml:"next"`
		Attached []string `toml:"attached"`
		Pair     []string `toml:"pair"`
	} `toml:"command"`
}

// ParseCommands reads a file of commands. Errors name the file and the line.
func ParseCommands(file string, data []byte) (*Commands, error) {
	var f commandsFile
	if err := tomlfile.Decode(file, data, &f); err != nil {
		return nil, err
	}
	c := &Commands{byName: map[string]CommandOptions{}}
	check := faults{file: file}
	for _, entry := range f.Command {
		options := slices.Concat(entry.With, entry.Next, entry.Attached, entry.Pair)
		if len(entry.Names) == 0 || len(options) == 0 {
			check.add(1, "a command without names or without options: %q", entry.Names)
		}
		for _, o := range options {
			if len(o) < 2 || o[0] != '-' {
				check.add(tomlfile.LineOf(data, nil, o), "%q is no option", o)
			}
		}
		for _, name := range entry.Names {
			if _, ok := c.byName[name]; ok {
				check.add(tomlfile.LineOf(data, nil, name), "command %q is there twice", name)
			}
			c.byName[name] = CommandOptions{entry.With, entry.Next, entry.Attached, entry.Pair}
		}
	}
	return c, check.err()
}

// Options returns the options of a command, by its name or the path of its file.
func (c *Commands) Options(command string) CommandOptions {
	name := path.Base(strings.ReplaceAll(command, `\`, "/"))
	return c.byName[strings.TrimSuffix(name, ".exe")]
}
