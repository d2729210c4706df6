package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"broadsheet/internal/config"

	"github.com/spf13/cobra"
)

func newConfig() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config [DIR]",
		Short: "Print the settings that are in force, and where each comes from",
		Long: `Config takes the same flags as serve and prints every setting with its value and
its source: a flag, a variable, a line of the settings file, or the default.`,
		Example: `  broadsheet config posts
  broadsheet config posts --format json`,
		Args: cobra.MaximumNArgs(1),
	}
	var format string
	cmd.Flags().StringVar(&format, "format", "text", "form of the report: text or json")
	_ = cmd.RegisterFlagCompletionFunc("format",
		cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	addSettings(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		_, origins, err := load(cmd, dirOf(args))
		if err != nil {
			return err
		}
		switch format {
		case "text":
			return printOrigins(cmd, origins)
		case "json":
			e := json.NewEncoder(cmd.OutOrStdout())
			e.SetIndent("", "  ")
			return e.Encode(origins)
		}
		return wrongUse(fmt.Errorf("--format: %q is none of text, json", format))
	}
	return cmd
}

func printOrigins(cmd *cobra.Command, origins []config.Origin) error {
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	for _, o := range origins {
		fmt.Fprintf(w, "%s\t%s\t%s\n", o.Key, o.Value, o.From)
	}
	return w.Flush()
}
