package address_test

import (
	"fmt"
	"testing"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/media"
)

// What an author writes in a post, and where it leads.
func ExampleBook_Find() {
	book := address.New(address.Options{
		Site:  blog.Site{URL: "https://example.org/blog"},
		Files: address.NewFiles([]blog.Media{{Path: "talks/cat.png", Type: "image/png"}}),
		Posts: map[string]*blog.Post{"talks/b.md": {URL: "https://example.org/blog/b/"}},
	})
	for _, ref := range []string{"cat.png", "/talks/cat.png", "b.md#end", "../c.md"} {
		at, found := book.Find("talks/a.md", ref)
		fmt.Println(ref, found, at)
	}
	// Output:
	// cat.png true https://example.org/blog/talks/cat.png
	// /talks/cat.png true https://example.org/blog/talks/cat.png
	// b.md#end true https://example.org/blog/b/#end
	// ../c.md false
}

func TestFilesOfTheStaticFolderAreAtTheTop(t *testing.T) {
	book := address.New(address.Options{
		Site: blog.Site{URL: "https://example.org"}, Static: "static",
		Files: address.NewFiles([]blog.Media{{Path: "static/a.png"}, {Path: "static/static/b.png"}, {Path: "content/c.png"}}),
		Facts: map[string]media.Facts{"static/a.png": {Width: 3, Height: 2}},
	})
	for at, want := range map[string]string{
		"https://example.org/a.png": "static/a.png", "https://example.org/static/a.png": "", "https://example.org/static/b.png": "static/static/b.png",
		"https://example.org/content/c.png": "content/c.png", "https://example.org/a.png?v=1#x": "static/a.png", "https://elsewhere.example/a.png": "",
		"https://example.org/%61.png": "static/a.png", "https://example.org/%zz.png": "",
	} {
		file, found := book.At(at)
		if file.Path != want || found != (want != "") {
			t.Errorf("%s is %q, want %q", at, file.Path, want)
		}
		if want != "" && book.Served(want) == "" {
			t.Errorf("%s is handed out nowhere", want)
		}
	}
	if got := book.FactsAt("https://example.org/a.png"); got.Width != 3 || got.Height != 2 {
		t.Errorf("the picture is %+v", got)
	}
	var none *address.Book
	if none.FactsAt("https://example.org/a.png") != (media.Facts{}) {
		t.Error("no book knows of a picture")
	}
}

// Pelican says in front of a link that it means a file.
func TestLinksOfPelican(t *testing.T) {
	book := address.New(address.Options{
		Site: blog.Site{URL: "https://example.org"}, Files: address.NewFiles([]blog.Media{{Path: "x/a.png"}, {Path: "b.pdf"}}),
		Posts: map[string]*blog.Post{"x/b.md": {URL: "https://example.org/b/"}},
	})
	for ref, want := range map[string]string{
		"{filename}b.md": "https://example.org/b/", "{filename}/x/b.md#part": "https://example.org/b/#part", "%7Bfilename%7Db.md": "https://example.org/b/",
		"|filename|b.md": "https://example.org/b/", "{static}/b.pdf": "https://example.org/b.pdf", "{attach}a.png": "https://example.org/x/a.png",
		"{filename}c.md": "", "{other}b.md": "", "{filename}": "", "{": "", "%7B": "",
	} {
		if got, found := book.Find("x/a.md", ref); got != want || found != (want != "") {
			t.Errorf("%q means %q, want %q", ref, got, want)
		}
	}
}

func TestNamesMeetHoweverTheyAreComposed(t *testing.T) {
	const composed, decomposed = "caf\u00e9.png", "cafe\u0301.png"
	for _, name := range []string{composed, decomposed} {
		files := address.NewFiles([]blog.Media{{Path: name}})
		for _, asked := range []string{composed, decomposed} {
			if file, found := files.Find(asked); !found || file.Path != name {
				t.Errorf("%q is %q", asked, file.Path)
			}
		}
		book := address.New(address.Options{Site: blog.Site{URL: "https://example.org"}, Posts: map[string]*blog.Post{name + ".md": {URL: "https://example.org/p/"}}})
		if _, found := book.Find("a.md", composed+".md"); !found {
			t.Errorf("the post in %q is not found", name)
		}
	}
}

func TestFilesCanBeLeftOut(t *testing.T) {
	files := address.NewFiles([]blog.Media{{Path: "a.png"}, {Path: "b.png"}})
	if files.Only(func(string) bool { return true }) != files {
		t.Error("all files are others")
	}
	some := files.Only(func(path string) bool { return path == "b.png" })
	if fmt.Sprint(some.Paths()) != "[b.png]" || some.Has("a.png") || !files.Has("a.png") {
		t.Errorf("left: %v of %v", some.Paths(), files.Paths())
	}
	var none *address.Files
	if none.Has("a.png") || none.Paths() != nil || none.Only(nil) != nil {
		t.Error("no files hold some")
	}
}
