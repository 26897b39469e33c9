package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/known"
)

// configCommand has the commands about settings.
func (c *Command) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Check the settings, or show what is in force and why",
		Args:  subcommandsOnly,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Usage() },
	}
	cmd.AddCommand(c.configVerifyCommand(), c.configShowCommand(), c.configSchemaCommand())
	return cmd
}

// configVerifyCommand checks a configuration file.
func (c *Command) configVerifyCommand() *cobra.Command {
	policy := false
	cmd := &cobra.Command{
		Use:     "verify [file]",
		Short:   "Check a configuration file, by default the one in force",
		Long:    "Check a configuration file and the files that it names: keys, words, rule ids,\npatterns. Without a file it is the one in force in the working directory.",
		Example: "  authlint config verify\n  authlint config verify --as-policy policy.toml",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.verify(args, policy)
		},
	}
	cmd.Flags().BoolVar(&policy, "as-policy", false, "check the file as an organisation's policy, which can lock rules")
	return cmd
}

// verify carries out config verify.
func (c *Command) verify(args []string, policy bool) error {
	path := ""
	if len(args) > 0 {
		path = args[0]
	} else {
		found, err := config.Find(".")
		if err != nil {
			return usage(err)
		}
		if found == "" {
			return usage(fmt.Errorf("there is no %s: 'authlint init' writes one", config.FileName))
		}
		path = shorten(found)
	}
	load := config.LoadOwn
	if policy {
		load = config.LoadPolicy
	}
	cfg, err := load(path)
	if err != nil {
		return usage(err)
	}
	if err := check(cfg, repositoryOf(".")); err != nil {
		return usage(err)
	}
	_, err = fmt.Fprintf(c.Stdout, "%s is right\n", path)
	return err
}

// configShowCommand shows the settings in force.
func (c *Command) configShowCommand() *cobra.Command {
	var s settings
	asJSON, encoded := false, false
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Show each setting in force and where it comes from",
		Long: "Show each setting in force in the working directory, and where it comes from:\n" +
			"a default, a line of the configuration file or of the policy, a flag. What a\n" +
			"policy does not let pass is told.",
		Example: "  authlint config show\n  authlint config show --policy policy.toml --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			cfg, err := s.load(".")
			if err != nil {
				return err
			}
			if encoded {
				word, err := cfg.In(repositoryOf(".")).Encode()
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(c.Stdout, word)
				return err
			}
			return c.show(cfg, asJSON)
		},
	}
	s.register(cmd)
	cmd.Flags().StringVar(&s.failOn, "fail-on", "", "as if this `severity` were given to authlint")
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	cmd.Flags().BoolVar(&encoded, "encoded", false, "as one word for -authconfig.data, the flag of the analyzers")
	return cmd
}

// shown is what config show --json prints.
type shown struct {
	File    string         `json:"file,omitempty"`
	Policy  string         `json:"policy,omitempty"`
	Values  []config.Value `json:"values"`
	Refused []string       `json:"refused,omitempty"`
}

// show prints the settings in force.
func (c *Command) show(cfg *config.Config, asJSON bool) error {
	values, err := cfg.Describe()
	if err != nil {
		return usage(err)
	}
	out := shown{File: cfg.Name(), Values: values}
	if cfg.Policy() != nil {
		out.Policy = cfg.Policy().Name()
	}
	for _, a := range cfg.Attempts() {
		out.Refused = append(out.Refused, a.Notice().Message)
	}
	if asJSON {
		return c.printJSON(out)
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, v := range values {
		origin := v.Origin
		if len(v.Paths) > 0 {
			origin += ", for " + strings.Join(v.Paths, " ")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", v.Key, v.Value, origin)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, message := range out.Refused {
		fmt.Fprintf(c.Stdout, "no effect: %s\n", message)
	}
	return nil
}

// configSchemaCommand prints the schema.
func (c *Command) configSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of " + config.FileName,
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			names, err := known.Names(nil, "")
			if err != nil {
				return err
			}
			data, err := config.Schema(names)
			if err != nil {
				return err
			}
			_, err = c.Stdout.Write(data)
			return err
		},
	}
}
