package meta_test

import (
	"os"
	"strings"
	"testing"

	"broadsheet/internal/frontmatter/meta"
)

func TestFirstKeyOfThePlainTableWins(t *testing.T) {
	for _, test := range []struct {
		name  string
		yaml  string
		field meta.Field
		key   string // "" where nothing is to be found
		text  string
	}{
		{"order of the table, not of the file", "date: 2020-01-01\npubDate: 2020-01-02", meta.Published, "pubDate", "2020-01-02"},
		{"any case", "PublishDate: 2020-01-01", meta.Published, "PublishDate", "2020-01-01"},
		{"the last of keys that differ in case", "title: a\nTitle: b\nTITLE: c", meta.Title, "TITLE", "c"},
		{"null is absent", "publishDate:\ndate: 2020-01-02", meta.Published, "date", "2020-01-02"},
		{"the empty text is absent", "summary: x\nexcerpt: ''", meta.Summary, "summary", "x"},
		{"the empty list is absent", "categories: []\ncategory: Developer Tools", meta.Categories, "category", "Developer Tools"},
		{"nothing", "layout: post", meta.Title, "", ""},
		{"a title that is switched off", "title: false", meta.Title, "title", "false"},
		{"published with a date", "published: 2020-01-01", meta.Published, "published", "2020-01-01"},
		{"published with a word is no date", "published: true", meta.Published, "", ""},
		{"published with a word is a switch", "published: no", meta.Public, "published", "no"},
		{"published with a date is no switch", "published: 2020-01-01", meta.Public, "", ""},
		{"updated", "updatedDate: 2020-01-01\nmodified: 2020-01-02", meta.Updated, "updatedDate", "2020-01-01"},
		{"expiry", "expirydate: 2020-01-01", meta.Expires, "expirydate", "2020-01-01"},
		{"draft", "draft: true", meta.Draft, "draft", "true"},
		{"unlisted", "eleventyExcludeFromCollections: true", meta.Unlisted, "eleventyExcludeFromCollections", "true"},
		{"not in feeds", "feed: false", meta.InFeed, "feed", "false"},
		{"settings of a feed are no switch", "feed: {excerpt_only: true}", meta.InFeed, "", ""},
		{"not in lists", "build: {list: never}", meta.Listed, "build.list", "never"},
		{"not rendered", "permalink: false", meta.Rendered, "permalink", "false"},
		{"a permalink is no switch", "permalink: false\nurl: /a/", meta.Permalink, "url", "/a/"},
		{"id", "guid: 1\nid: 2", meta.ID, "id", "2"},
		{"the id of a former host", "blogger_id: 'tag:blogger.com,1999:1'", meta.ID, "blogger_id", "tag:blogger.com,1999:1"},
		{"permalink before url", "url: /b/\npermalink: /a/", meta.Permalink, "permalink", "/a/"},
		{"slug that is a number", "slug: 2014", meta.Slug, "slug", "2014"},
		{"link post", "external_url: https://example.org/", meta.ExternalURL, "external_url", "https://example.org/"},
		{"stub", "redirect: /b/", meta.Redirect, "redirect", "/b/"},
		{"former URL", "redirect_from: /b/", meta.Aliases, "redirect_from", "/b/"},
		{"by", "by: Ada Example", meta.Authors, "by", "Ada Example"},
		{"address", "author_email: ada@example.org", meta.AuthorEmail, "author_email", "ada@example.org"},
		{"tags of Zola", "taxonomies: {tags: go}", meta.Tags, "taxonomies.tags", "go"},
		{"topics", "topics: go", meta.Tags, "topics", "go"},
		{"image", "image: a.png", meta.Image, "image", "a.png"},
		{"image in a map", "Image: {Path: a.png}", meta.Image, "Image.Path", "a.png"},
		{"a map without a picture", "image: {credit: Ada}\nthumbnail: a.png", meta.Image, "thumbnail", "a.png"},
		{"cover", "cover: {image: a.png, alt: A}", meta.Image, "cover.image", "a.png"},
		{"words for an image", "cover: {image: a.png, alt: A}", meta.ImageAlt, "cover.alt", "A"},
		{"language", "locale: de", meta.Language, "locale", "de"},
		{"translations", "translationKey: about", meta.TranslationKey, "translationKey", "about"},
		{"a text is no map", "build: list", meta.Listed, "", ""},
		{"an unknown field", "title: x", meta.Any, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, key, ok := meta.Plain.Find(pairs(t, test.yaml), test.field)
			if key != test.key || v.Text != test.text || ok != (test.key != "") {
				t.Errorf("got %q under %q (%v), want %q under %q", v.Text, key, ok, test.text, test.key)
			}
		})
	}
}

func TestExactTableMindsTheCase(t *testing.T) {
	keys := meta.Keys{Exact: true, Names: map[meta.Field][]string{meta.Title: {"title"}}}
	if v, _, ok := keys.Find(pairs(t, "Title: x"), meta.Title); ok {
		t.Errorf("found %q", v.Text)
	}
	if v, key, ok := keys.Find(pairs(t, "title: x\nTitle: y"), meta.Title); !ok || key != "title" || v.Text != "x" {
		t.Errorf("got %q under %q", v.Text, key)
	}
}

func TestListsAreFoundWhole(t *testing.T) {
	v, _, _ := meta.Plain.Find(pairs(t, "authors: [Ada Example, Bob Example]"), meta.Authors)
	if got := strings.Join(v.Strings(), "|"); got != "Ada Example|Bob Example" {
		t.Errorf("got %s", got)
	}
}

func TestPlainTableNamesEachFieldAndNoKeyTwice(t *testing.T) {
	if len(meta.Plain.Names) < 20 {
		t.Fatalf("the table holds %d fields", len(meta.Plain.Names))
	}
	for field, names := range meta.Plain.Names {
		seen := map[string]bool{}
		for _, name := range names {
			if folded := strings.ToLower(name); seen[folded] || name == "" {
				t.Errorf("%d: key %q is there twice", field, name)
			} else {
				seen[folded] = true
			}
		}
		if len(names) == 0 {
			t.Errorf("%d has no key", field)
		}
	}
}

// TestDocsListTheKeysThatKeepAPostBack: what authors are told is what is read.
func TestDocsListTheKeysThatKeepAPostBack(t *testing.T) {
	docs, err := os.ReadFile("../../../docs/posts.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []meta.Field{
		meta.Draft, meta.Public, meta.Withheld, meta.NotBefore, meta.Embargo, meta.Status, meta.Standing, meta.Locked,
		meta.Rendered, meta.Unlisted, meta.InFeed, meta.Listed,
	} {
		for _, name := range meta.Plain.Names[field] {
			name = strings.TrimPrefix(name, "_")
			folder, key, inside := strings.Cut(name, ".")
			whole := strings.Contains(string(docs), "`"+name+"`")
			parts := inside && strings.Contains(string(docs), "`"+folder+"`") && strings.Contains(string(docs), "`"+key+"` ")
			if !whole && !parts {
				t.Errorf("docs/posts.md does not list %s", name)
			}
		}
	}
}
