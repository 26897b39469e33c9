package cli

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/known"
	"github.com/authlint/authlint/internal/nearest"
	"github.com/authlint/authlint/rules"
)

// rulesCommand lists the rules.
func (c *Command) rulesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Long:  "List the rules: id, severity where it is certain, title. Secret patterns come last.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			catalogue, err := rules.Default()
			if err != nil {
				return fmt.Errorf("loading the rules: %w", err)
			}
			patterns, err := known.Patterns(catalogue)
			if err != nil {
				return err
			}
			out := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
			for _, rule := range catalogue.Rules() {
				fmt.Fprintf(out, "%s\t%s\t%s\n", rule.ID, rule.Grades["certain"].Severity, rule.Title)
			}
			for _, id := range patterns {
				rule := catalogue.SecretRule(id)
				fmt.Fprintf(out, "%s\t%s\t%s\n", rule.ID, rule.Grades["certain"].Severity, rule.Title)
			}
			return out.Flush()
		},
	}
}

// explainCommand prints the page of a rule.
func (c *Command) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain <rule>",
		Short: "Explain a rule: what it reports, examples, how to fix",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			id := args[0]
			if err := knownRules(args); err != nil {
				return err
			}
			catalogue, err := rules.Default()
			if err != nil {
				return fmt.Errorf("loading the rules: %w", err)
			}
			rule, ok := catalogue.Rule(id)
			if !ok {
				rule = catalogue.SecretRule(id)
			}
			_, err = fmt.Fprintf(c.Stdout, "# %s (%s)\n\n%s\n\n%s\n", rule.Title, rule.ID,
				strings.TrimSpace(rule.Markdown), catalogue.PageURL(id))
			return err
		},
	}
}

// knownRules returns an error for the first id that is no rule's.
func knownRules(ids []string) error {
	names, err := known.Names()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.Contains(names.Rules, id) {
			return usage(fmt.Errorf("unknown rule %q%s\nrun 'authlint rules' for the list", id, nearest.Hint(id, names.Rules)))
		}
	}
	return nil
}
