package main

import (
	"io"
	"os"
	"slices"

	"broadsheet/internal/config"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// defaultDir is the posts folder of a command that names none.
const defaultDir = "./posts"

// addSettings gives cmd the flags of the settings in these groups.
func addSettings(cmd *cobra.Command, groups ...config.Group) {
	flags := cmd.Flags()
	flags.SortFlags = false
	config.Flags(flags, groups...)
	flags.String("config", "", "settings file; by default broadsheet.yaml in the posts folder or its parent")
	for _, row := range config.Table() {
		if len(row.Values) > 0 && flags.Lookup(row.Key) != nil {
			complete := cobra.FixedCompletions(slices.Clone(row.Values), cobra.ShellCompDirectiveNoFileComp)
			_ = cmd.RegisterFlagCompletionFunc(row.Key, complete) // fails only for a flag that is not there
		}
	}
}

// load reads the settings that are in force for cmd.
func load(cmd *cobra.Command, dir string) (config.Settings, []config.Origin, error) {
	file, _ := cmd.Flags().GetString("config") // absent from commands without settings
	settings, origins, err := config.Load(config.Options{
		Dir: dir, File: file, LookupEnv: os.LookupEnv, Flags: cmd.Flags(),
	})
	if err != nil {
		return config.Settings{}, nil, wrongUse(err)
	}
	return settings, origins, nil
}

// dirOf returns the posts folder that the arguments name.
func dirOf(args []string) string {
	if len(args) == 0 {
		return defaultDir
	}
	return args[0]
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
