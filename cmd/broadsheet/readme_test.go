package main

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"broadsheet/internal/config"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the settings table of docs/settings.md")

const (
	readme     = "../../README.md"
	settings   = "../../docs/settings.md"
	tableHead  = "| flag | variable | default | meaning |\n|---|---|---|---|\n"
	tableStart = "<!-- settings: this table is held to the program by a test -->\n"
	tableEnd   = "<!-- end of settings -->\n"
)

func TestDocsListTheSettingsThatThereAre(t *testing.T) {
	data, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), tableStart)
	table, after, closed := strings.Cut(rest, tableEnd)
	if !ok || !closed {
		t.Fatal("the page has no settings table")
	}
	want := tableHead
	for _, row := range config.Table() {
		want += "| " + strings.Join([]string{code(row.Flag), code(row.Variable), code(row.Default), meaning(row)}, " | ") + " |\n"
	}
	if *update {
		if err := os.WriteFile(settings, []byte(before+tableStart+want+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("run the test with -update; want -, got +:\n%s", diff)
	}
}

// The README shows the settings that matter most, and says of them what is so.
func TestReadmeSaysOfSettingsWhatIsSo(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for _, row := range config.Table() {
		known[code(row.Flag)] = strings.Join([]string{code(row.Flag), code(row.Default), meaning(row)}, " | ")
	}
	shown := regexp.MustCompile("(?m)^\\| (`--[a-z-]+`) .*$").FindAllStringSubmatch(string(data), -1)
	if len(shown) < 5 {
		t.Errorf("only %d settings are shown", len(shown))
	}
	for _, row := range shown {
		if want := "| " + known[row[1]] + " |"; row[0] != want {
			t.Errorf("%s, want %s", row[0], want)
		}
	}
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

func meaning(row config.Row) string {
	if len(row.Values) == 0 {
		return row.Usage
	}
	return row.Usage + " (`" + strings.Join(row.Values, "`, `") + "`)"
}

func TestReadmeNamesEveryCommand(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, cmd := range newRoot().Commands() {
		if !regexp.MustCompile("`(broadsheet )?" + cmd.Name() + "\\b").Match(data) {
			t.Errorf("the README does not name the command %s", cmd.Name())
		}
	}
}
