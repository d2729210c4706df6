package page_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the pages in testdata/pages")

// version changes with every stroke of the style sheet.
var version = regexp.MustCompile(`\?v=[0-9a-f]{8}`)

// testdata/pages shows what each kind of page looks like.
func TestPagesStayAsTheyAre(t *testing.T) {
	theme := load(t)
	for _, s := range samples(t) {
		t.Run(s.name, func(t *testing.T) {
			name := filepath.Join("testdata", "pages", s.name+".html")
			got := version.ReplaceAll(render(t, theme, s), []byte("?v=1"))
			if *update {
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("the page differs; -update rewrites it (-want +got):\n%s", diff)
			}
		})
	}
}
