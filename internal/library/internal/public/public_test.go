package public_test

import (
	"slices"
	"testing"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/library/internal/public"
)

// folder is a folder of pictures with a public post, which shows one, and another post.
func folder() public.Media {
	site := blog.Site{URL: "https://example.org"}
	files := address.NewFiles([]blog.Media{{Path: "all/x.png"}, {Path: "closed.png"}, {Path: "named.png"}, {Path: "shown.png"}})
	posts := map[string]*blog.Post{"a.md": {Path: "a.md", URL: site.URL + "/2026/a/"}}
	m := public.Media{
		Files: files, Folders: []string{"all"}, Named: []string{"named.png"}, Posts: posts,
		Book:  address.New(address.Options{Site: site, Files: files, Posts: posts}),
		Shows: map[string][]string{"a.md": {"shown.png"}, "draft.md": {"closed.png"}},
	}
	m.Mentions = public.MentionsOf(m.Shows)
	return m
}

func TestOnlyWhatPublicPostsOrTheSiteOpenIsPublic(t *testing.T) {
	m := folder()
	for file, want := range map[string]bool{
		"all/x.png": true, "closed.png": false, "named.png": true, "shown.png": true, "none.png": false, "SHOWN.png": false,
	} {
		if got := m.Public(file); got != want {
			t.Errorf("%s is public: %v, want %v", file, got, want)
		}
		if _, got := m.Served("/" + file); file != "SHOWN.png" && got != want {
			t.Errorf("/%s is served: %v, want %v", file, got, want)
		}
	}
}

func TestLinkOpensWhatIsMeantByIt(t *testing.T) {
	m := folder()
	for link, want := range map[string]bool{"shown.png": true, "named.png": true, "all/x.png": false} {
		if got := m.Opens(link, "closed.png"); got != want {
			t.Errorf("%s opens closed.png: %v, want %v", link, got, want)
		}
	}
}

// A post that no longer refers to a file opens it no longer, though it is still hinted at.
func TestMentionOnlyHints(t *testing.T) {
	m := folder()
	m.Mentions.Add("a.md", []string{"closed.png"})
	if m.Public("closed.png") {
		t.Error("a hint alone opens a file")
	}
	m.Shows["a.md"] = []string{"closed.png"}
	if !m.Public("closed.png") || m.Public("shown.png") {
		t.Errorf("once the post shows another file, that is public: %v, and the first: %v", m.Public("closed.png"), m.Public("shown.png"))
	}
}

func TestReferencesAreFoundFromThePostAndFromItsPage(t *testing.T) {
	m := folder()
	got := public.Referred(m.Book, m.Posts["a.md"], []string{"../../named.png", "shown.png", "https://example.org/all/x.png", "none.png", "https://example.com/closed.png"})
	if want := []string{"all/x.png", "named.png", "shown.png"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
