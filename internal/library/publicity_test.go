package library_test

import (
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
)

// stateOf tells in one word what became of the only file of a library.
func stateOf(l *library.Library) string {
	switch c := l.Counts; {
	case c.Posts == 1:
		return "public"
	case c.Unlisted == 1:
		return "unlisted"
	case c.Drafts == 1:
		return "draft"
	case c.Broken == 1:
		return "broken"
	case c.Scheduled == 1:
		return "scheduled"
	}
	return "other"
}

// one is the library of one post: the front matter is that, and a date.
func one(t *testing.T, settings, path, keys string) *library.Library {
	t.Helper()
	files := map[string]string{path: "---\ntitle: Hello\ndate: 2026-01-02\n" + keys + "\n---\nText.\n"}
	if name, text, ok := strings.Cut(settings, "="); ok {
		files[name] = text
	}
	o := options()
	o.Generator = generatorOf(t, files)
	return library.Build(nil, folder(files), o)
}

// TestKeysThatKeepAPostBack holds what each spelling of a switch means in a
// folder without rules of its own. With a star the problem names the line.
func TestKeysThatKeepAPostBack(t *testing.T) {
	for keys, want := range map[string]string{
		"": "public", "draft: false": "public", "draft:": "public", "draft: null": "public", "draft: ''": "public", "published:": "public",
		"draft: true": "draft", "draft: True": "draft", "draft: yes": "draft", "draft: on": "draft", "draft: y": "draft", "draft: Y": "draft",
		"draft: 1": "draft", "draft: t": "draft", "draft: 'true'": "draft", "draft: “true”": "draft", "draft: ‘yes’": "draft",
		"draft: «true»": "draft", "draft: \"'true'\"": "draft", "draft: ' TRUE '": "draft", "draft: !!str true": "draft", "draft: |\n  true": "draft",
		"draft: 0": "public", "draft: off": "public", "draft: n": "public", "draft: \u200bfalse": "public",
		"draft: tru": "draft*", "draft: ja": "draft*", "draft: [true]": "draft*", "draft: []": "draft*", "draft: {a: true}": "draft*",
		"draft: true;": "draft*", "draft: 2": "draft*", "draft: maybe": "draft*", "draft: ture": "draft*", "draft: truefalse": "draft*",
		"Draft: true": "draft", "DRAFT: true": "draft", "isDraft: true": "draft", "is_draft: true": "draft", "is-draft: true": "draft",
		"'draft ': true": "draft", "draft\u200b: true": "draft", "draft:: true": "draft", "saveAsDraft: true": "draft",
		"extra:\n  draft: true": "draft", "params:\n  draft: true": "draft", "extra: {draft: nein}": "draft*",
		"draft: true\ndraft: false": "draft", "draft: false\nDraft: true": "draft", "isDraft: false\ndraft: true": "draft",
		"draft: false\nisDraft: true": "draft", "published: true\ndraft: true": "draft", "draft: false\npublished: false": "draft",
		"draft：true": "draft", "draft:\u00a0true": "draft", "base: &b {draft: true}\n<<: *b": "draft",
		"draf: true": "draft*", "darft: true": "draft*", "dratf: yes": "draft*", "publishd: false": "draft*", "draf: false": "public",
		"published: true": "public", "published: yes": "public", "published: 1": "public", "published: 2026-01-05": "public",
		"published: false": "draft", "published: no": "draft", "published: 0": "draft", "published: n": "draft", "published: 'false'": "draft",
		"published: nein": "draft*", "published: flase": "draft*", "published: [false]": "draft*", "published: soon": "draft*",
		"publish: false": "draft", "publish: true": "public", "public: no": "draft", "dg-publish: false": "draft", "dg-publish: true": "public",
		"dgpublish: nope": "draft*", "is_published: 0": "draft", "isPublished: false": "draft", "routable: false": "draft",
		"private: true": "draft", "private: false": "public", "private: jo": "draft*", "isPrivate: true": "draft", "unpublished: true": "draft",
		"wip: true": "draft", "wip: 40%": "public", "secret: true": "draft", "confidential: yes": "draft", "exclude: [a]": "public", "skip: 3": "public",
		"status: draft": "draft", "status: Draft": "draft", "Status: DRAFT": "draft", "status: private": "draft", "status: hidden": "draft",
		"status: pending": "draft", "status: unpublished": "draft", "status: scheduled": "draft", "status: future": "draft",
		"status: trash": "draft", "status: auto-draft": "draft", "status: inherit": "draft", "status: skip": "draft", "post_status: draft": "draft",
		"post-status: draft": "draft", "publishStatus: draft": "draft", "publication_state: draft": "draft",
		"status: publish": "public", "status: published": "public", "status: Public": "public", "status: live": "public", "status: post": "public",
		"status: final": "public", "status: done": "public", "status: '“published”'": "public", "status:": "public",
		"status: Entwurf": "draft*", "status: brouillon": "draft*", "status: evergreen": "draft*", "status: [draft]": "draft*", "status: false": "draft*",
		"status: 0": "draft*", "status: unlisted": "unlisted",
		"visibility: private": "draft", "visibility: public": "public", "visibility: members": "draft", "visibility: paid": "draft",
		"visibility: unlisted": "unlisted", "visibility: hidden": "draft", "visibility: sichtbar": "draft*",
		"type: draft": "draft", "layout: draft": "draft", "layout: private": "draft", "layout: none": "public", "type: review": "public",
		"type: page": "public", "state: draft": "draft", "state: California": "public", "access: private": "draft", "access: open": "public",
		"password: hunter2": "draft", "password: ''": "public", "password:": "public", "password: false": "public", "protected: true": "draft",
		"unlisted: true": "unlisted", "unlisted: ja": "draft*", "hidden: true": "unlisted", "hidden: maybe": "draft*", "hidden: [toc]": "draft*",
		"eleventyExcludeFromCollections: true": "unlisted", "permalink: false": "draft", "permalink: /n/": "public", "render: false": "draft",
		"feed: false": "unlisted", "feed: {content: full}": "public", "feed: https://example.org/rss.xml": "public", "listed: false": "unlisted",
		"sitemap: false": "public", "noindex: true": "public", "searchable: false": "public", "tags: [draft]": "public", "keywords: draft": "public",
	} {
		l := one(t, "", "hello.md", keys)
		got := stateOf(l)
		for _, p := range l.Problems {
			if p.Severity == blog.Error && p.Line >= 4 {
				got += "*"
				break
			}
		}
		if got != want {
			t.Errorf("%q: got %s, want %s; problems %v", keys, got, want, l.Problems)
		}
	}
}

// TestSwitchesOfGenerators holds which keys Jekyll and Hugo follow, and that what
// they do not know is told.
func TestSwitchesOfGenerators(t *testing.T) {
	const jekyll, hugo = "_config.yml=title: x\n", "hugo.toml=title = \"x\"\n"
	for _, c := range []struct{ settings, path, keys, want, told string }{
		{jekyll, "_posts/2026-01-02-a.md", "published: false", "draft", ""},
		{jekyll, "_posts/2026-01-02-a.md", "published: nein", "draft", "_posts/2026-01-02-a.md:4: error: published: \"nein\" cannot be read, so the post is kept back; expected true or false, or a date"},
		{jekyll, "_posts/2026-01-02-a.md", "published: 0", "draft", ""},
		{jekyll, "_posts/2026-01-02-a.md", "draft: true", "draft", ""},
		{jekyll, "_posts/2026-01-02-a.md", "Draft: true", "draft", ""},
		{jekyll, "_posts/2026-01-02-a.md", "hidden: true", "public", ""},
		{jekyll, "_posts/2026-01-02-a.md", "status: draft", "public", "_posts/2026-01-02-a.md:4: warning: status: \"draft\" means nothing to Jekyll, so the post is published; expected \"draft: true\" or \"published: false\""},
		{jekyll, "_posts/2026-01-02-a.md", "status: Entwurf", "public", ""},
		{jekyll, "_posts/2026-01-02-a.md", "private: true", "public", "_posts/2026-01-02-a.md:4: warning: private: \"true\" means nothing to Jekyll, so the post is published; expected \"draft: true\" or \"published: false\""},
		{jekyll, "_drafts/2026-01-02-a.md", "", "draft", ""},
		{hugo, "content/post/a.md", "draft: true", "draft", ""},
		{hugo, "content/post/a.md", "draft: 'true'", "draft", ""},
		{hugo, "content/post/a.md", "draft: yes", "draft", ""},
		{hugo, "content/post/a.md", "draft: tru", "draft", "content/post/a.md:4: error: draft: \"tru\" cannot be read, so the post is kept back; expected true or false"},
		{hugo, "content/post/a.md", "published: off", "draft", ""},
		{hugo, "content/post/a.md", "status: draft", "public", "content/post/a.md:4: warning: status: \"draft\" means nothing to Hugo, so the post is published; expected \"draft: true\" or \"published: false\""},
		{hugo + "buildDrafts = true\n", "content/post/a.md", "draft: true", "public", ""},
		{hugo, "content/post/a.md", "headless: true", "draft", ""},
		{hugo, "content/post/a.md", "headless: false", "public", ""},
		{hugo, "content/post/a.md", "build: {render: never}", "draft", ""},
		{hugo, "content/post/a.md", "_build: {render: false, list: never}", "draft", ""},
		{hugo, "content/post/a.md", "build: {list: never}", "unlisted", ""},
	} {
		l := one(t, c.settings, c.path, c.keys)
		told := ""
		for _, p := range l.Problems {
			told += strings.Replace(p.Error(), ": ", ": "+string(p.Severity)+": ", 1)
		}
		if got := stateOf(l); got != c.want || told != c.told {
			t.Errorf("%s %q: got %s, %s\nwant %s, %s", c.path, c.keys, got, told, c.want, c.told)
		}
	}
}

func TestPlacesThatKeepAPostBack(t *testing.T) {
	for path, want := range map[string]string{
		"a.md": "public", "2026/a.md": "public", "_posts/a.md": "public", "posts/_blog/a.md": "public", "draft-beer/a.md": "public",
		"drafts/a.md": "draft", "_drafts/a.md": "draft", "Drafts/a.md": "draft", "posts/DRAFTS/2026/a.md": "draft", "draft/a.md": "draft",
		"templates/a.md": "draft", "_templates/a.md": "draft", "Templates/x/a.md": "draft", "archetypes/a.md": "draft", "scaffolds/a.md": "draft",
		"private/a.md": "draft", "_private/a.md": "draft", "Unpublished/a.md": "draft", "trash/a.md": "draft",
		"_a.md": "draft", "posts/_a.md": "draft", "a.draft.md": "draft", "a.Private.md": "draft", "drafts.md": "public", "_index.md": "other",
	} {
		if got := stateOf(one(t, "", path, "")); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

// TestTemplatesNeedNoDate: what is set aside may lack what a post needs.
func TestTemplatesNeedNoDate(t *testing.T) {
	for _, path := range []string{"templates/post.md", "_drafts/idea.md", "_partial.md"} {
		l := library.Build(nil, folder(map[string]string{path: "---\ntitle: '{{title}}'\ndate: '{{date}}'\n---\nText.\n"}), options())
		if len(l.Problems) > 0 || len(l.Posts) > 0 {
			t.Errorf("%s: %d posts, problems %v", path, len(l.Posts), l.Problems)
		}
	}
}

// TestWithdrawnPostIsGoneThoughItCannotBeRead: the last good version of a post
// stands in for one that is broken, unless that one says that it is a draft.
func TestWithdrawnPostIsGoneThoughItCannotBeRead(t *testing.T) {
	for after, stays := range map[string]bool{
		"---\ntitle: x\ndate: tomorrow\n---\n":                                 true,
		"---\ntitle: x\ndate: tomorrow\ndraft: true\n---\n":                    false,
		"---\ntitle: x\ndate: 2026-01-02\ndraft: nope\n---\n":                  false,
		"---\ntitle: x\npublished: nein\n---\n":                                false,
		"+++\ntitle = \"x\"\ndate = 2026-01-02\ndraft = True\n+++\n":           false,
		"+++\ntitle = \"x\"\ndate = 2026-01-02\ndraft = “true”\n+++\n":         false,
		"+++\ntitle = x\ndate = 2026-01-02\ndraft = false\n+++\n":              true,
		"---\ntitle: x\ndate: 2026-01-02\ndraft: true\n\nNever closed.\n":      false,
		"---\ntitle: x\ndate: 2026-01-02\n\nNever closed. My draft: a new day": true,
		"{\"title\": \"x\", \"draft\": True}\n":                                false,
		"{\"title\": \"x\",\n \"draft\": true,\n}\n":                           false,
		"---\ntitle: x\ndate: 2026-01-02\nstatus: draft\nbad: \x00\n---\n":     false,
	} {
		before := library.Build(nil, folder(map[string]string{"a.md": "---\ntitle: x\ndate: 2026-01-02\n---\nText.\n"}), options())
		l := library.Build(before, folder(map[string]string{"a.md": after}), options())
		if got := len(l.Posts) == 1; got != stays {
			t.Errorf("%q: public %v, want %v; %v", after, got, stays, l.Problems)
		}
		if len(l.Problems) == 0 && !strings.Contains(after, "nope") {
			t.Errorf("%q: no word of it", after)
		}
	}
}
