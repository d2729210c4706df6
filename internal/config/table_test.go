package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"broadsheet/internal/config"
)

func names(groups ...config.Group) []string {
	fs := pflag.NewFlagSet("test", pflag.ContinueOnError)
	config.Flags(fs, groups...)
	var list []string
	fs.SortFlags = false
	fs.VisitAll(func(f *pflag.Flag) { list = append(list, f.Name) })
	return list
}

func TestFlagsByGroup(t *testing.T) {
	if diff := cmp.Diff([]string{"log-format", "log-level"}, names(config.Log)); diff != "" {
		t.Error(diff)
	}
	want := []string{"listen", "admin-listen", "admin-hosts", "max-age", "deltas", "state", "watch", "log-format", "log-level"}
	if diff := cmp.Diff(want, names(config.Server, config.Log)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(names(), names(config.Site, config.Server, config.Log)); diff != "" {
		t.Error(diff)
	}
}

func TestHelp(t *testing.T) {
	fs := commandLine(t)
	fs.SortFlags = false
	golden(t, "testdata/help.txt", fs.FlagUsages())
}

func TestBareSwitch(t *testing.T) {
	for args, want := range map[string]bool{"--drafts": true, "--drafts=false": false, "--drafts=true": true} {
		got, _, err := world{file: "drafts: false\n", flags: []string{args}}.load(t)
		if err != nil || got.Drafts != want {
			t.Errorf("%s: drafts are %v (%v)", args, got.Drafts, err)
		}
	}
}

// A default that its own check refused would be lost without a word.
func TestDefaultsPassTheirOwnChecks(t *testing.T) {
	for _, row := range config.Table() {
		if row.Default == "" {
			continue
		}
		_, origins, err := world{flags: []string{row.Flag + "=" + row.Default}}.load(t)
		if err != nil {
			t.Errorf("%s: %v", row.Key, err)
		} else if o := origin(t, origins, row.Key); o.Value != row.Default && row.Default != "auto" || o.From != row.Flag {
			t.Errorf("%s: default %q became %q from %s", row.Key, row.Default, o.Value, o.From)
		}
	}
}

func TestTableIsFitForAManual(t *testing.T) {
	rows, seen := config.Table(), map[string]bool{}
	if len(rows) == 0 {
		t.Fatal("no rows")
	}
	for _, row := range rows {
		if seen[row.Key] {
			t.Errorf("%s is there twice", row.Key)
		}
		seen[row.Key] = true
		if row.Flag != "--"+row.Key || row.Group == "" {
			t.Errorf("row %#v", row)
		}
		if row.Usage == "" || strings.ContainsAny(row.Usage, "\n`|") || strings.HasSuffix(row.Usage, ".") {
			t.Errorf("%s: usage %q", row.Key, row.Usage)
		}
		for _, value := range row.Values {
			if _, _, err := (world{env: map[string]string{row.Variable: value}}).load(t); err != nil {
				t.Errorf("%s: value %q is listed, yet %v", row.Key, value, err)
			}
		}
	}
}

func TestFlagOfTheCommandItselfIsNoSetting(t *testing.T) {
	fs := pflag.NewFlagSet("test", pflag.ContinueOnError)
	fs.String("title", "", "title of the new post")
	if err := fs.Parse([]string{"--title", "Hello"}); err != nil {
		t.Fatal(err)
	}
	got, _, err := config.Load(config.Options{Dir: "posts", Flags: fs})
	if err != nil || got.Title != "Broadsheet" {
		t.Errorf("title %q, error %v", got.Title, err)
	}
}
