package page_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/internal/page"
)

func TestPipesAndHugeFilesOfAThemeAreLeftOut(t *testing.T) {
	theme, problems := page.Load(fstest.MapFS{
		"pipe.css": {Mode: fs.ModeNamedPipe}, "huge.png": {Data: make([]byte, 5<<20)}, "small.png": {Data: []byte("x")},
	}, "theme")
	if len(problems) != 2 || !strings.Contains(problems[0].Message+problems[1].Message, "no regular file") {
		t.Errorf("problems: %v", problems)
	}
	for _, a := range theme.Assets() {
		if a.Name == "pipe.css" || a.Name == "huge.png" {
			t.Errorf("%s is handed out", a.Name)
		}
	}
}
