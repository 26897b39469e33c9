package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is how many columns help takes at most.
const helpWidth = 80

// flagGroup is a part of the flags in help.
type flagGroup struct{ title, names string }

// flagGroups are the parts, in their order; what is in none comes first.
func flagGroups() []flagGroup {
	return []flagGroup{
		{"What to look at", "staged new-from-rev baseline no-baseline archive-depth tags download"},
		{"Settings", "config policy persona rules skip fail-on"},
		{"Reports", "format color verbose show-suppressed show-baselined sarif-category"},
		{"Fixes", "fix diff"},
	}
}

// setHelp gives the commands help that fits a screen.
func setHelp(root *cobra.Command) {
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		_, err := fmt.Fprint(cmd.OutOrStderr(), usageText(cmd))
		return err
	})
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		long := cmd.Long
		if long == "" {
			long = cmd.Short + "."
		}
		fmt.Fprint(cmd.OutOrStdout(), wrapped(long)+"\n\n"+usageText(cmd))
	})
}

// helpCommand tells of the command that its arguments name.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Help about any command",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd := root
			for _, arg := range args {
				below := slices.IndexFunc(cmd.Commands(), func(sub *cobra.Command) bool { return sub.Name() == arg })
				if below < 0 {
					return subcommandsOnly(cmd, []string{arg})
				}
				cmd = cmd.Commands()[below]
			}
			return cmd.Help()
		},
	}
}

// usageText returns how a command is called, with its flags in groups.
func usageText(cmd *cobra.Command) string {
	var b strings.Builder
	b.WriteString("Usage:\n")
	if cmd.Runnable() {
		fmt.Fprintf(&b, "  %s\n", cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s [command]\n", cmd.CommandPath())
	}
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", strings.TrimRight(cmd.Example, "\n"))
	}
	writeCommands(&b, cmd)
	writeFlags(&b, cmd)
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n'%s [command] --help' tells more of a command.\n", cmd.CommandPath())
	}
	return b.String()
}

// writeCommands writes the list of the commands below a command.
func writeCommands(b *strings.Builder, cmd *cobra.Command) {
	if !cmd.HasAvailableSubCommands() {
		return
	}
	b.WriteString("\nCommands:\n")
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			fmt.Fprintf(b, "  %-11s %s\n", sub.Name(), sub.Short)
		}
	}
}

// writeFlags writes the flags of a command, each in its group.
func writeFlags(b *strings.Builder, cmd *cobra.Command) {
	all := pflag.NewFlagSet("", pflag.ContinueOnError)
	all.SortFlags = false
	cmd.LocalFlags().VisitAll(all.AddFlag)
	cmd.InheritedFlags().VisitAll(all.AddFlag)
	grouped := map[string]bool{}
	var parts []string
	for _, group := range flagGroups() {
		set := pflag.NewFlagSet("", pflag.ContinueOnError)
		set.SortFlags = false
		for name := range strings.FieldsSeq(group.names) {
			if f := all.Lookup(name); f != nil {
				set.AddFlag(f)
				grouped[name] = true
			}
		}
		if text := flagText(set); text != "" {
			parts = append(parts, "\n"+group.title+":\n"+text)
		}
	}
	rest := pflag.NewFlagSet("", pflag.ContinueOnError)
	all.VisitAll(func(f *pflag.Flag) {
		if !grouped[f.Name] {
			rest.AddFlag(f)
		}
	})
	b.WriteString(strings.Join(parts, ""))
	if text := flagText(rest); text != "" {
		b.WriteString("\nFlags:\n" + text)
	}
}

// flagText returns the lines of flags.
func flagText(set *pflag.FlagSet) string {
	var b strings.Builder
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		if value != "" {
			name += " " + value
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" {
			usage += fmt.Sprintf(" (default %s)", f.DefValue)
		}
		const column = 27
		lines := fold(usage, helpWidth-column)
		if len(name)+2 > column {
			b.WriteString(name + "\n")
			name = ""
		}
		for _, line := range lines {
			fmt.Fprintf(&b, "%-*s%s\n", column, name, line)
			name = ""
		}
	})
	return b.String()
}

// wrapped returns the paragraphs of a text, folded.
func wrapped(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(fold(strings.ReplaceAll(p, "\n", " "), helpWidth), "\n")
	}
	return strings.Join(paragraphs, "\n\n")
}

// fold breaks a text into lines of at most width columns.
func fold(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
