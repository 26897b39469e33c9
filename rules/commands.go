package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/tomlfile"
)

// Commands is what is known of commands and their options.
type Commands struct {
	list     []*Command
	byName   map[string][]*Command
	wrappers map[string][]*Wrapper
}

// Command is a command, or some subcommands of one.
type Command struct {
	Names []string
	Sub   []string // the words behind the name that the row is about
	// Protocol is what it speaks: http, ftp, ssh, tls, a database's.
	Protocol string
	// Style is how its options are written: "" as GNU programs have them, or one
	// of the Style words.
	Style string
	// TLS is "off" where connections have none unless an option says so.
	TLS string
	// Arguments are the roles of the words that are no options; the last one
	// holds for further ones.
	Arguments []string

	// Input is what it reads from its standard input: one of the Input words, ""
	// for nothing that matters. If the row has an option with the role stdin, only
	// with that.
	Input string

	roles map[string]string
	has   map[string]bool // roles that an option has
}

// What commands read from their standard input.
const (
	InputPairs    = "pairs"    // lines of user:password
	InputPassword = "password" // a password, the same again perhaps
)

// NeedsStdin reports whether an option decides that the standard input is read.
func (c *Command) NeedsStdin() bool { return c.has["stdin"] }

// NeedsBatch reports whether an option decides that the password stands among
// the arguments.
func (c *Command) NeedsBatch() bool { return c.has["batch"] }

// TakesPassword reports whether one of the words that are no options is a
// password.
func (c *Command) TakesPassword() bool { return slices.Contains(c.Arguments, "password") }

// The styles of options.
const (
	StyleLong   = "long"   // several letters behind one hyphen
	StyleCmdlet = "cmdlet" // of PowerShell: whole words in any case
)

// Role returns what an option means, and whether the table has it.
func (c *Command) Role(option string) (role string, ok bool) {
	if c == nil {
		return "", false
	}
	role, ok = c.roles[option]
	return role, ok
}

// Argument returns the role of the n-th word that is no option, "" if it has none.
func (c *Command) Argument(n int) string {
	if c == nil || len(c.Arguments) == 0 {
		return ""
	}
	return c.Arguments[min(n, len(c.Arguments)-1)]
}

// Wrapper is a command that runs another one, which stands behind it.
type Wrapper struct {
	Names  []string `toml:"names"`
	Sub    []string `toml:"sub"`
	Skip   int      `toml:"skip"`
	After  string   `toml:"after"`
	Script []string `toml:"script"`
	Env    []string `toml:"env"`
	Value  []string `toml:"value"`
	Rest   bool     `toml:"rest"`
}

// CommandOptions are the options of one command that take a credential and
// whose names do not say so.
type CommandOptions struct {
	// With take the credential in the same argument or in the next one, Next in
	// the next one, Attached in the same one.
	With, Next, Attached []string
	// Pair take user and password in the next argument, a colon between them.
	Pair []string
}

// optionRoles are the roles of options; true for those that take a value.
var optionRoles = map[string]bool{
	"user": true, "password": true, "password-attached": true, "password-next": true, "pair": true, "proxy-pair": true, "login": true,
	"login-percent": true, "pass-argument": true, "token": true, "url": true, "proxy": true, "method": true, "header": true, "data": true,
	"form": true, "json": true, "query": true, "cookie": true, "upload": true, "dsn": true, "host": true, "port": true, "sql": true,
	"script": true, "lftp": true, "ssh-option": true, "git-option": true, "set": true, "tls-max": true, "tls-name": true, "tls-max-name": true,
	"tls-mode": true, "insecure-value": true, "value": true, "headers": true,
	"get": false, "head": false, "form-flag": false, "insecure": false, "follow": false, "digest": false, "tls": false, "tls-off": false,
	"tls-maybe": false, "ssl2": false, "ssl3": false, "tls10": false, "tls11": false, "flag": false, "plain": false, "stdin": false, "batch": false, "no-file": false, "encrypted": false,
}

// TakesValue reports whether options of the role take a value.
func TakesValue(role string) bool { return optionRoles[role] }

// argumentRoles are the roles of words that are no options.
var argumentRoles = []string{"url", "host", "port", "file", "script", "dsn", "password", "user", "other"}

type commandsFile struct {
	Command []commandDecl `toml:"command"`
	Wrapper []*Wrapper    `toml:"wrapper"`
}

type commandDecl struct {
	Names     []string            `toml:"names"`
	Sub       []string            `toml:"sub"`
	Protocol  string              `toml:"protocol"`
	Style     string              `toml:"style"`
	TLS       string              `toml:"tls"`
	Arguments []string            `toml:"arguments"`
	Input     string              `toml:"input"`
	Options   map[string][]string `toml:"options"`
}

// LoadCommands reads the files commands/*.toml of fsys. Errors name the file
// and the line.
func LoadCommands(fsys fs.FS) (*Commands, error) {
	files, err := fs.Glob(fsys, "commands/*.toml")
	if err != nil {
		return nil, fmt.Errorf("listing commands: %w", err)
	}
	c := &Commands{byName: map[string][]*Command{}, wrappers: map[string][]*Wrapper{}}
	var all []error
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("reading commands: %w", err)
		}
		all = append(all, c.parse(file, data))
	}
	return c, errors.Join(all...)
}

// parse adds one file.
func (c *Commands) parse(file string, data []byte) error {
	var f commandsFile
	if err := decode(file, data, &f); err != nil {
		return err
	}
	check := faults{file: file}
	for i, d := range f.Command {
		c.add(&check, data, i, d)
	}
	for i, w := range f.Wrapper {
		if len(w.Names) == 0 {
			check.add(tomlfile.LineIn(data, "wrapper", i, "names"), "a wrapper without names")
		}
		for _, name := range w.Names {
			c.wrappers[name] = append(c.wrappers[name], w)
		}
	}
	return check.err()
}

// add adds the i-th command of a file.
func (c *Commands) add(check *faults, data []byte, i int, d commandDecl) {
	line := func(key string) int { return tomlfile.LineIn(data, "command", i, key) }
	cmd := &Command{
		Names: d.Names, Sub: d.Sub, Protocol: d.Protocol, Style: d.Style, TLS: d.TLS, Arguments: d.Arguments, Input: d.Input,
		roles: map[string]string{}, has: map[string]bool{},
	}
	if len(d.Names) == 0 {
		check.add(line("names"), "a command without names")
	}
	if d.Style != "" && d.Style != StyleLong && d.Style != StyleCmdlet {
		check.add(line("style"), "unknown style %q", d.Style)
	}
	if d.TLS != "" && d.TLS != "off" {
		check.add(line("tls"), "tls is off or not there")
	}
	if d.Input != "" && d.Input != InputPairs && d.Input != InputPassword {
		check.add(line("input"), "unknown input %q", d.Input)
	}
	for _, role := range d.Arguments {
		if !slices.Contains(argumentRoles, role) {
			check.add(line("arguments"), "unknown role %q of an argument", role)
		}
	}
	for role, options := range d.Options {
		if _, ok := optionRoles[role]; !ok {
			check.add(line("names"), "unknown role %q of an option", role)
		}
		for _, o := range options {
			if len(o) < 2 || o[0] != '-' {
				check.add(line("names"), "%q is no option", o)
			}
			if other, ok := cmd.roles[o]; ok {
				check.add(line("names"), "%q has two roles, %s and %s", o, role, other)
			}
			cmd.roles[o], cmd.has[role] = role, true
		}
	}
	c.list = append(c.list, cmd)
	for _, name := range d.Names {
		c.byName[name] = append(c.byName[name], cmd)
	}
}

// All returns all commands.
func (c *Commands) All() []*Command { return c.list }

// BaseName returns the name of a command without the folders of its file and
// without what Windows appends.
func BaseName(command string) string {
	name := path.Base(strings.ReplaceAll(command, `\`, "/"))
	if lower := strings.ToLower(name); strings.HasSuffix(lower, ".exe") || strings.HasSuffix(lower, ".cmd") {
		name = lower[:len(lower)-4]
	}
	return name
}

// Find returns the row of a command by its name or the path of its file and
// the words behind it that are no options; nil if there is none.
func (c *Commands) Find(command string, words []string) *Command {
	for _, cmd := range c.byName[BaseName(command)] {
		if len(cmd.Sub) == 0 || startsWithAny(words, cmd.Sub) > 0 {
			return cmd
		}
	}
	return nil
}

// Wrapper returns what is known of a command as one that runs another one, and
// how many of the words behind it, options left out, make it do so.
func (c *Commands) Wrapper(command string, words []string) (w *Wrapper, sub int) {
	for _, w := range c.wrappers[BaseName(command)] {
		if len(w.Sub) == 0 {
			return w, 0
		}
		if n := startsWithAny(words, w.Sub); n > 0 {
			return w, n
		}
	}
	return nil, 0
}

// startsWithAny returns the number of words of the phrase that the words begin
// with, 0 if there is none.
func startsWithAny(words, phrases []string) int {
	for _, phrase := range phrases {
		want := strings.Fields(phrase)
		if len(words) >= len(want) && slices.Equal(words[:len(want)], want) {
			return len(want)
		}
	}
	return 0
}

// Options returns the options of a command that take a credential.
func (c *Commands) Options(command string) CommandOptions {
	var out CommandOptions
	for _, cmd := range c.byName[BaseName(command)] {
		for option, role := range cmd.roles {
			switch role {
			case "password":
				out.With = append(out.With, option)
			case "password-attached":
				out.Attached = append(out.Attached, option)
			case "password-next":
				out.Next = append(out.Next, option)
			case "pair", "proxy-pair", "login":
				out.Pair = append(out.Pair, option)
			}
		}
	}
	for _, list := range [][]string{out.With, out.Attached, out.Next, out.Pair} {
		slices.Sort(list)
	}
	return out
}
