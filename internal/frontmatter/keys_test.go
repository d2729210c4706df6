package frontmatter_test

import (
	"os"
	"strings"
	"testing"

	"broadsheet/internal/frontmatter"
)

func TestFirstKeyOfThePlainTableWins(t *testing.T) {
	for _, test := range []struct {
		name  string
		yaml  string
		field frontmatter.Field
		key   string // "" where nothing is to be found
		text  string
	}{
		{"order of the table, not of the file", "date: 2020-01-01\npubDate: 2020-01-02", frontmatter.Published, "pubDate", "2020-01-02"},
		{"any case", "PublishDate: 2020-01-01", frontmatter.Published, "PublishDate", "2020-01-01"},
		{"the last of keys that differ in case", "title: a\nTitle: b\nTITLE: c", frontmatter.Title, "TITLE", "c"},
		{"null is absent", "publishDate:\ndate: 2020-01-02", frontmatter.Published, "date", "2020-01-02"},
		{"the empty text is absent", "summary: x\nexcerpt: ''", frontmatter.Summary, "summary", "x"},
		{"the empty list is absent", "categories: []\ncategory: Developer Tools", frontmatter.Categories, "category", "Developer Tools"},
		{"nothing", "layout: post", frontmatter.Title, "", ""},
		{"a title that is switched off", "title: false", frontmatter.Title, "title", "false"},
		{"published with a date", "published: 2020-01-01", frontmatter.Published, "published", "2020-01-01"},
		{"published with a word is no date", "published: true", frontmatter.Published, "", ""},
		{"published with a word is a switch", "published: no", frontmatter.Public, "published", "no"},
		{"published with a date is no switch", "published: 2020-01-01", frontmatter.Public, "", ""},
		{"updated", "updatedDate: 2020-01-01\nmodified: 2020-01-02", frontmatter.Updated, "updatedDate", "2020-01-01"},
		{"expiry", "expirydate: 2020-01-01", frontmatter.Expires, "expirydate", "2020-01-01"},
		{"draft", "draft: true", frontmatter.Draft, "draft", "true"},
		{"unlisted", "eleventyExcludeFromCollections: true", frontmatter.Unlisted, "eleventyExcludeFromCollections", "true"},
		{"not in feeds", "feed: false", frontmatter.InFeed, "feed", "false"},
		{"settings of a feed are no switch", "feed: {excerpt_only: true}", frontmatter.InFeed, "", ""},
		{"not in lists", "build: {list: never}", frontmatter.Listed, "build.list", "never"},
		{"not rendered", "permalink: false", frontmatter.Rendered, "permalink", "false"},
		{"a permalink is no switch", "permalink: false\nurl: /a/", frontmatter.Permalink, "url", "/a/"},
		{"id", "guid: 1\nid: 2", frontmatter.ID, "id", "2"},
		{"the id of a former host", "blogger_id: 'tag:blogger.com,1999:1'", frontmatter.ID, "blogger_id", "tag:blogger.com,1999:1"},
		{"permalink before url", "url: /b/\npermalink: /a/", frontmatter.Permalink, "permalink", "/a/"},
		{"slug that is a number", "slug: 2014", frontmatter.Slug, "slug", "2014"},
		{"link post", "external_url: https://example.org/", frontmatter.ExternalURL, "external_url", "https://example.org/"},
		{"stub", "redirect: /b/", frontmatter.Redirect, "redirect", "/b/"},
		{"former URL", "redirect_from: /b/", frontmatter.Aliases, "redirect_from", "/b/"},
		{"by", "by: Ada Example", frontmatter.Authors, "by", "Ada Example"},
		{"address", "author_email: ada@example.org", frontmatter.AuthorEmail, "author_email", "ada@example.org"},
		{"tags of Zola", "taxonomies: {tags: go}", frontmatter.Tags, "taxonomies.tags", "go"},
		{"topics", "topics: go", frontmatter.Tags, "topics", "go"},
		{"image", "image: a.png", frontmatter.Image, "image", "a.png"},
		{"image in a map", "Image: {Path: a.png}", frontmatter.Image, "Image.Path", "a.png"},
		{"a map without a picture", "image: {credit: Ada}\nthumbnail: a.png", frontmatter.Image, "thumbnail", "a.png"},
		{"cover", "cover: {image: a.png, alt: A}", frontmatter.Image, "cover.image", "a.png"},
		{"words for an image", "cover: {image: a.png, alt: A}", frontmatter.ImageAlt, "cover.alt", "A"},
		{"language", "locale: de", frontmatter.Language, "locale", "de"},
		{"translations", "translationKey: about", frontmatter.TranslationKey, "translationKey", "about"},
		{"a text is no map", "build: list", frontmatter.Listed, "", ""},
		{"an unknown field", "title: x", frontmatter.Any, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, key, ok := frontmatter.Plain.Find(meta(t, test.yaml), test.field)
			if key != test.key || v.Text != test.text || ok != (test.key != "") {
				t.Errorf("got %q under %q (%v), want %q under %q", v.Text, key, ok, test.text, test.key)
			}
		})
	}
}

func TestExactTableMindsTheCase(t *testing.T) {
	keys := frontmatter.Keys{Exact: true, Names: map[frontmatter.Field][]string{frontmatter.Title: {"title"}}}
	if v, _, ok := keys.Find(meta(t, "Title: x"), frontmatter.Title); ok {
		t.Errorf("found %q", v.Text)
	}
	if v, key, ok := keys.Find(meta(t, "title: x\nTitle: y"), frontmatter.Title); !ok || key != "title" || v.Text != "x" {
		t.Errorf("got %q under %q", v.Text, key)
	}
}

func TestListsAreFoundWhole(t *testing.T) {
	v, _, _ := frontmatter.Plain.Find(meta(t, "authors: [Ada Example, Bob Example]"), frontmatter.Authors)
	if got := strings.Join(v.Strings(), "|"); got != "Ada Example|Bob Example" {
		t.Errorf("got %s", got)
	}
}

func TestPlainTableNamesEachFieldAndNoKeyTwice(t *testing.T) {
	if len(frontmatter.Plain.Names) < 20 {
		t.Fatalf("the table holds %d fields", len(frontmatter.Plain.Names))
	}
	for field, names := range frontmatter.Plain.Names {
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
	docs, err := os.ReadFile("../../docs/posts.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []frontmatter.Field{
		frontmatter.Draft, frontmatter.Public, frontmatter.Withheld, frontmatter.NotBefore, frontmatter.Embargo, frontmatter.Status, frontmatter.Standing, frontmatter.Locked,
		frontmatter.Rendered, frontmatter.Unlisted, frontmatter.InFeed, frontmatter.Listed,
	} {
		for _, name := range frontmatter.Plain.Names[field] {
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
