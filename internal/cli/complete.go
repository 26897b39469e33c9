package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/authlint/authlint/internal/known"
	"github.com/authlint/authlint/internal/nearest"
)

// completion returns what a shell offers for a word in the making.
type completion = func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective)

// completions are what shells offer for the values of flags, by name.
func completions() map[string]completion {
	return map[string]completion{
		"format":   words(formatNames()...),
		"persona":  words("regular", "auditor"),
		"fail-on":  words("low", "medium", "high", "critical"),
		"color":    words("auto", "always", "never"),
		"rules":    ruleList,
		"skip":     ruleList,
		"config":   files("toml"),
		"policy":   files("toml"),
		"baseline": files("sarif"),
	}
}

// setCompletions has shells complete the flags of all commands.
func setCompletions(cmd *cobra.Command) {
	all := completions()
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if complete, ok := all[f.Name]; ok {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, complete) // fails only for flags that are not there
		}
	})
	for _, sub := range cmd.Commands() {
		setCompletions(sub)
	}
}

// words offers words.
func words(list ...string) completion {
	return cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp)
}

// files offers files with an extension.
func files(extension string) completion {
	return cobra.FixedCompletions([]string{extension}, cobra.ShellCompDirectiveFilterFileExt)
}

// ruleIDs returns the ids of all rules in force here, none if the settings are
// wrong.
func ruleIDs() []string {
	cfg, folder, err := here()
	if err != nil {
		return nil
	}
	names, err := known.Names(cfg, folder)
	if err != nil {
		return nil
	}
	return names.Rules
}

// oneRule offers the id of a rule as the only argument.
func oneRule(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return ruleIDs(), cobra.ShellCompDirectiveNoFileComp
}

// ruleList offers ids for a list with commas between.
func ruleList(_ *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	before := ""
	if at := strings.LastIndexByte(word, ','); at >= 0 {
		before = word[:at+1]
	}
	given := strings.Split(before, ",")
	var list []string
	for _, id := range ruleIDs() {
		if !slices.Contains(given, id) {
			list = append(list, before+id)
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// subcommandsOnly refuses arguments of a command that only has others below it,
// and tells what was meant.
func subcommandsOnly(cmd *cobra.Command, args []string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	if len(args) == 0 {
		return usage(fmt.Errorf("name what to do: %s %s", cmd.CommandPath(), strings.Join(names, ", ")))
	}
	return usage(fmt.Errorf("unknown command %q for %q%s", args[0], cmd.CommandPath(), nearest.Hint(args[0], names)))
}

// commandNames returns the names of the commands.
func commandNames() []string {
	names := []string{"help"}
	for _, cmd := range new(Command).root(new(int)).Commands() {
		names = append(names, cmd.Name())
	}
	return names
}
