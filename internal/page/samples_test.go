package page_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
	"broadsheet/internal/page"
)

const base = "https://example.org"

var formats = []page.Feed{
	{Format: "RSS 2.0", Type: "application/rss+xml", URL: "rss.xml"},
	{Format: "Atom 1.0", Type: "application/atom+xml", URL: "atom.xml"},
	{Format: "JSON Feed 1.1", Type: "application/feed+json", URL: "feed.json"},
}

func feedsAt(title, root string) []page.Feed {
	feeds := make([]page.Feed, len(formats))
	for i, f := range formats {
		feeds[i] = page.Feed{Title: title, Format: f.Format, Type: f.Type, URL: root + f.URL}
	}
	return feeds
}

// posts reads testdata/posts, newest first.
func posts(t testing.TB) []page.Entry {
	t.Helper()
	names, err := filepath.Glob("testdata/posts/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sample posts: %v", err)
	}
	r := markdown.New(markdown.Options{Highlight: true, Typographer: true})
	var list []page.Entry
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		head, body, found := strings.Cut(string(file), "---\n")
		if !found {
			t.Fatalf("%s has no head", name)
		}
		e := page.Entry{Language: "en", URL: base + "/" + strings.TrimSuffix(filepath.Base(name), ".md") + "/"}
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			setField(t, &e, key, value)
		}
		c, err := r.Render(markdown.Source{Text: []byte(body), Base: e.URL})
		if err != nil {
			t.Fatal(err)
		}
		e.Content = page.Content(c.HTML, e.URL, func(string) (int, int) { return 1200, 800 })
		list = append(list, e)
	}
	return list
}

func setField(t testing.TB, e *page.Entry, key, value string) {
	t.Helper()
	switch key {
	case "title":
		e.Title = value
	case "date":
		date, err := time.Parse(time.RFC3339, value)
		if err != nil {
			t.Fatal(err)
		}
		e.Published, e.Updated = date, date
	case "updated":
		e.Updated = e.Updated.AddDate(0, 0, 2)
	case "author":
		e.Authors = []page.Listed{{Kind: "author", Name: value, URL: base + "/authors/x/"}}
	case "language":
		e.Language = value
	case "terms":
		for term := range strings.SplitSeq(value, ", ") {
			kind, name, _ := strings.Cut(term, " ")
			e.Terms = append(e.Terms, page.Listed{Kind: kind, Name: name, URL: base + "/tags/x/"})
		}
	case "summary":
		e.Summary = value
	case "link":
		e.ExternalURL = value
	case "mark":
		e.Mark = value
	case "image":
		words := strings.SplitN(value, " ", 3)
		e.Image = page.Image{URL: base + "/assets/" + words[0], Alt: words[2]}
		if _, err := fmt.Sscanf(words[1], "%dx%d", &e.Image.Width, &e.Image.Height); err != nil {
			t.Fatal(err)
		}
	default:
		t.Fatalf("sample post with unknown key %q", key)
	}
}

// site is the one that the samples belong to.
func site(language, title string) page.Site {
	return page.Site{
		Site: blog.Site{
			Title: title, URL: base, Language: language, Copyright: "© 2026 Ada Marsh", Icon: "",
			Description: map[string]string{"en": "Letters, lines, and the space between them.", "fa": "دربارهٔ واژه و حرف، سطرها و فاصلهٔ میانشان", "ja": "文字と行と、その間にあるもの"}[language],
		},
		Feeds: feedsAt("", base+"/"), Archive: base + "/archive/", Subscribe: base + "/subscribe",
		Nav: []page.Link{{URL: base + "/about/", Text: map[string]string{"fa": "درباره", "ja": "このサイトについて"}[language]}},
		Me:  []page.Link{{URL: "https://social.example/@ada", Text: "@ada@social.example"}},
	}
}

type sample struct {
	name string // of its golden file; also its path on the site
	kind page.Kind
	page page.Page
}

// samples are pages of every kind, and of sites in several languages.
func samples(t testing.TB) []sample {
	t.Helper()
	all := posts(t)
	var list []sample
	add := func(name string, kind page.Kind, p page.Page) {
		p.URL = cmp.Or(p.URL, base+"/"+name)
		list = append(list, sample{name, kind, p})
	}
	for _, s := range []page.Site{site("en", "The Quiet Margin"), site("fa", "حاشیهٔ آرام"), site("ja", "静かな余白"), site("sv", "Den tysta marginalen")} {
		if s.Language != "fa" && s.Language != "ja" {
			s.Nav[0].Text = "About"
		}
		lists := []page.List{
			{Kind: "categories", Items: listed("category", "Craft", "Links", "كتابة", "組版")},
			{Kind: "tags", Items: listed("tag", "typography", "print", "C++", "naïve café", "中文")},
		}
		prefix := s.Language + "-"
		add(prefix+"index", page.Index, page.Page{Site: s, Posts: all, Lists: lists, Number: 1, Of: 3, Older: page.Link{URL: base + "/page/2/"}})
		add(prefix+"subscribe", page.Subscribe, page.Page{Site: s, Subscribe: offers(all, lists)})
		if s.Language == "sv" || s.Language == "ja" {
			continue
		}
		add(prefix+"term", page.Term, page.Page{Site: s, Posts: all[:2], Term: lists[0].Items[0], Feeds: feedsAt("Craft", base+"/categories/craft/"), Lists: lists[1:]})
		add(prefix+"listing", page.Listing, page.Page{Site: s, Lists: []page.List{{Kind: "tags", Items: lists[1].Items, Total: 1205}}, Number: 2, Of: 3,
			Newer: page.Link{URL: base + "/tags/"}, Older: page.Link{URL: base + "/tags/page/3/"}})
		add(prefix+"author", page.Author, page.Page{Site: s, Posts: all[:3], Term: page.Listed{Kind: "author", Name: "Ada Marsh", Count: 3, Home: "https://ada.example/"}, Feeds: feedsAt("Ada Marsh", base+"/authors/ada-marsh/")})
		add(prefix+"archive", page.Archive, page.Page{Site: s, Lists: lists, Years: []page.Year{
			{Year: 2026, Count: 6, Posts: all[:6]}, {Year: 2025, Count: 1, Posts: all[6:]}, {Year: 2024, URL: base + "/archive/2024/", Count: 12},
		}})
		add(prefix+"404", page.NotFound, page.Page{Site: s, Posts: all[:4]})
		for i := range all {
			if s.Language == "fa" && i != 2 {
				continue
			}
			p := page.Page{Site: s, Post: &all[i]}
			if i > 0 {
				p.Newer = page.Link{URL: all[i-1].URL, Text: cmp.Or(all[i-1].Title, "–")}
			}
			if i < len(all)-1 {
				p.Older = page.Link{URL: all[i+1].URL, Text: cmp.Or(all[i+1].Title, "–")}
			}
			add(prefix+"post-"+strings.Trim(strings.TrimPrefix(all[i].URL, base), "/"), page.Post, p)
		}
	}
	for i := range list {
		if list[i].kind == page.NotFound {
			list[i].page.URL = ""
		}
	}
	return list
}

func listed(kind string, names ...string) []page.Listed {
	items := make([]page.Listed, len(names))
	for i, name := range names {
		items[i] = page.Listed{Kind: kind, Name: name, URL: fmt.Sprintf("%s/%s/%d/", base, kind, i), Count: 2*i + 1}
	}
	return items
}

func offers(all []page.Entry, lists []page.List) page.Feeds {
	offer := page.Feeds{Newest: all[0].Published, Count: len(all), OPML: base + "/feeds.opml"}
	for _, l := range lists {
		group := page.FeedGroup{Kind: l.Kind}
		for _, item := range l.Items {
			group.Rows = append(group.Rows, page.FeedRow{Listed: item, Newest: all[item.Count%len(all)].Published, Feeds: feedsAt(item.Name, item.URL)})
		}
		offer.Groups = append(offer.Groups, group)
	}
	return offer
}

func load(t testing.TB) *page.Theme {
	t.Helper()
	theme, problems := page.Load(nil, "theme")
	if len(problems) > 0 {
		t.Fatalf("the built-in theme has problems: %v", problems)
	}
	return theme
}

func render(t testing.TB, theme *page.Theme, s sample) []byte {
	t.Helper()
	document, err := theme.Render(s.kind, s.page)
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	return document
}
