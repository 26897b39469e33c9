package cli

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/known"
	"github.com/authlint/authlint/internal/nearest"
)

// rulesCommand lists the rules.
func (c *Command) rulesCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Long:  "List the rules: id, severity where it is certain, title. Secret patterns come last.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			list, err := listedRules()
			if err != nil {
				return err
			}
			if asJSON {
				return c.printJSON(list)
			}
			out := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
			for _, r := range list {
				fmt.Fprintf(out, "%s\t%s\t%s\n", r.ID, r.Severity, r.Title)
			}
			return out.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

// listedRule is what rules --json tells of a rule.
type listedRule struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Severity  string   `json:"severity"` // where it is certain
	Precision string   `json:"precision,omitempty"`
	CWE       []int    `json:"cwe,omitempty"`
	Since     string   `json:"since,omitempty"`
	Absorbs   []string `json:"absorbs,omitempty"`
	Secret    bool     `json:"secret"` // a pattern of secrets
	URL       string   `json:"url"`
}

// listedRules returns all rules that are known here.
func listedRules() ([]listedRule, error) {
	cfg, folder, err := here()
	if err != nil {
		return nil, err
	}
	catalogue, err := cfg.Catalogue()
	if err != nil {
		return nil, usage(fmt.Errorf("loading the rules: %w", err))
	}
	patterns, err := known.Patterns(cfg, folder)
	if err != nil {
		return nil, usage(err)
	}
	all := catalogue.Rules()
	for _, id := range patterns {
		all = append(all, catalogue.SecretRule(id))
	}
	list := make([]listedRule, len(all))
	for i, r := range all {
		list[i] = listedRule{
			ID: r.ID, Title: r.Title, Severity: r.Grades["certain"].Severity.String(), Precision: r.Precision,
			CWE: r.CWE, Since: r.Since, Absorbs: r.Absorbs, Secret: r.Secret, URL: catalogue.PageURL(r.ID),
		}
	}
	return list, nil
}

// explainCommand prints the page of a rule.
func (c *Command) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "explain <rule>",
		Short:             "Explain a rule: what it reports, examples, how to fix",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: oneRule,
		RunE: func(_ *cobra.Command, args []string) error {
			id := args[0]
			cfg, folder, err := here()
			if err != nil {
				return err
			}
			if err := knownRules(cfg, folder, args); err != nil {
				return err
			}
			catalogue, err := cfg.Catalogue()
			if err != nil {
				return usage(fmt.Errorf("loading the rules: %w", err))
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

// here returns the settings of the working directory, and the folder whose
// .gitleaks.toml holds there.
func here() (*config.Config, string, error) {
	var s settings
	cfg, err := s.read(".")
	if err != nil {
		return nil, "", usage(err)
	}
	return cfg, repositoryOf("."), nil
}

// knownRules returns an error for the first id that is no rule's.
func knownRules(cfg *config.Config, folder string, ids []string) error {
	names, err := known.Names(cfg, folder)
	if err != nil {
		return usage(err)
	}
	for _, id := range ids {
		if !slices.Contains(names.Rules, id) {
			return usage(fmt.Errorf("unknown rule %q%s\nrun 'authlint rules' for the list", id, nearest.Hint(id, names.Rules)))
		}
	}
	return nil
}
