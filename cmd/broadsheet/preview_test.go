package main

import (
	"strings"
	"testing"

	"broadsheet/internal/browsertest"

	"github.com/chromedp/chromedp"
)

// contains reports whether the page shows a text; a page that is being left shows
// nothing.
func (v *visitor) contains(text string) bool {
	shown, err := browsertest.Run(v.ctx, chromedp.Evaluate[string](`document.body.innerText`))
	return err == nil && strings.Contains(shown, text)
}

// The page of a draft reloads itself: what is saved is read in a moment.
func TestPreviewReloadsItself(t *testing.T) {
	t.Parallel()
	s := startService(t, newFolder(t), "--drafts")
	draft := func(text string) string {
		return "---\ntitle: Half a thought\ndate: 2026-01-02\ndraft: true\n---\n" + text + "\n"
	}
	s.save("thought.md", draft("The first word."))
	s.until("the draft", func() bool { return s.shows("The first word.") })
	v := newVisitor(s)
	v.visit("/2026/01/02/thought/", 200)
	v.expect("the draft", "The first word.", "Draft")
	s.save("thought.md", draft("The second word."))
	took := s.until("the page to reload itself", func() bool { return v.contains("The second word.") })
	t.Logf("reloaded %v after the save", took)
}

// The status page names a broken post, and forgets it once it is mended, without a
// hand on the keyboard.
func TestStatusPageFollows(t *testing.T) {
	t.Parallel()
	s := startService(t, newFolder(t))
	s.save("a.md", article("Whole"))
	s.until("the post", func() bool { return s.shows("End of Whole") })
	v := newVisitor(s)
	_, err := browsertest.Run(v.ctx, chromedp.NavigateResponse(s.admin+"/status"))
	must(t, err)
	if v.contains("a.md") {
		t.Error("a post without a fault is named")
	}
	s.save("a.md", "---\ntitle: [\ndate: 2026-01-02\n---\nBroken.\n")
	s.until("the fault on the page", func() bool {
		return v.contains("a.md") && v.contains("not valid YAML") && v.contains("date: 2026-01-02")
	})
	s.save("a.md", article("Mended"))
	s.until("the fault to leave the page", func() bool { return !v.contains("a.md") && v.contains("Broadsheet") })
}
