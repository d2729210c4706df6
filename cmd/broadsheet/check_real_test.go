package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var updateCheck = flag.Bool("update-check", false, "rewrite what check says of the real blogs")

// TestCheckOfRealBlogs holds all that check says of the blogs: each line is something that its
// author can mend, and no cause has more than a few of them. -update-check writes it anew.
func TestCheckOfRealBlogs(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no real blogs beside the tree: " + corpus)
	}
	for _, blog := range []string{"ado-podcast", "digitalgov-sub", "dougbeal-micro", "jekyllrb", "letsencrypt", "mediumish", "seedlike-cc0", "swift-org"} {
		site := filepath.Join(corpus, blog, "site")
		said, _ := command(t, "check", site, "--url", "https://example.org", "--title", "T")
		said = strings.ReplaceAll(said, site, "SITE")
		file := filepath.Join("testdata", "check", blog+".txt")
		if *updateCheck {
			if err := os.WriteFile(file, []byte(said), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), said); diff != "" {
			t.Errorf("%s: check says something else (-want +got):\n%s", blog, diff)
		}
	}
}
