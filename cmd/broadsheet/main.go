// Command broadsheet publishes a folder of Markdown posts as live RSS, Atom and
// JSON feeds.
//
//	broadsheet serve posts
//
// Run "broadsheet --help" for the other commands and their flags. It ends with
// 0 when all went well, with 2 on wrong use (a bad flag, a bad settings file,
// an address that is taken), else with 1.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // the container has no other source of time zones

	"broadsheet/cmd/broadsheet/hangup"
	"broadsheet/cmd/broadsheet/memlimit"
	"broadsheet/internal/config"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// Who asks twice means at once. Supervisors, though, send some signals twice.
	context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, stop) })
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run carries out one command line and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	var failed failure
	if !errors.As(err, &failed) {
		failed = failure{2, err} // cobra's own: unknown flags, commands, arguments
	}
	printError(stderr, failed.err)
	return failed.code
}

// failure is an error with the exit code it ends in.
type failure struct {
	code int
	err  error // nil: all has been said
}

func (f failure) Error() string { return fmt.Sprint(f.err) }
func (f failure) Unwrap() error { return f.err }

func wrongUse(err error) error { return failure{2, err} }
func broken(err error) error   { return failure{1, err} }

func printError(w io.Writer, err error) {
	var wrong config.Errors
	switch {
	case err == nil:
	case errors.As(err, &wrong):
		for _, p := range wrong {
			fmt.Fprintln(w, "broadsheet:", p.Error())
		}
	default:
		fmt.Fprintln(w, "broadsheet:", err)
	}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "broadsheet",
		Short: "Publish a folder of Markdown posts as live RSS, Atom and JSON feeds",
		Long: `Broadsheet watches a folder of Markdown posts with front matter and serves it
as RSS 2.0, Atom 1.0 and JSON Feed 1.1, always up to date.

Settings come from flags, from BROADSHEET_* variables (the flag's name in upper
case, with "_" for "-"), and from broadsheet.yaml in the posts folder or its
parent, in that order of precedence.`,
		Example: `  broadsheet serve posts --url https://example.org
  broadsheet check posts`,
		Version: version,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },

		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Name() != serveName && hangup.Ends() {
				return broken(errors.New("ended by SIGHUP"))
			}
			memlimit.Set()
			return nil
		},
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(strings.Replace(root.UsageTemplate(), usageExample, "", 1))
	root.CompletionOptions.HiddenDefaultCmd = false
	root.AddCommand(newServe(), newBuild(), newCheck(), newCompare(), newPin(), newNew(),
		newConfig(), newVersion(), newHealthcheck(), newMan())
	return root
}

// helpTemplate shows an example before anything else: it is what most people
// look for.
const helpTemplate = `{{with .Short}}{{.}}

{{end}}{{if .HasExample}}Example:
{{.Example}}

{{end}}{{if and .Long (ne .Long .Short)}}{{.Long}}

{{end}}{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}`

// usageExample is where cobra shows the example, far below.
const usageExample = `{{if .HasExample}}

Examples:
{{.Example}}{{end}}`
