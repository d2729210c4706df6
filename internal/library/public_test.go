package library_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library"
)

// publicOf returns the media files that are public, of all.
func publicOf(l *library.Library, all *address.Files) string {
	var public []string
	for _, file := range all.Paths() {
		if l.Public(file) {
			public = append(public, file)
		}
	}
	return strings.Join(public, " ")
}

func TestMediaFilesArePublicWithThePostsThatNameThem(t *testing.T) {
	files := map[string]string{
		"a.md":        "---\ndate: 2026-01-01\nimage: cover.jpg\nenclosure: /talks/Teil 1.mp3\n---\n![x](one.png) <img src='sub/t%20wo.png'> [p](caf\u00e9.pdf)\n",
		"draft.md":    "---\ndate: 2026-01-01\ndraft: true\n---\n![x](draft.png) ![x](one.png)\n",
		"later.md":    "---\ndate: 2026-07-01\n---\n![x](later.png)\n",
		"expired.md":  "---\ndate: 2026-01-01\nexpires: 2026-02-01\n---\n![x](expired.png)\n",
		"unlisted.md": "---\ndate: 2026-01-01\nunlisted: true\n---\n![x](unlisted.png)\n",
		"sub/b.md":    "---\ndate: 2026-01-02\n---\n![x](beside.png) ![y](../up.png) <!-- ![z](hidden.png) -->\n",
		"one.png":     "", "cover.jpg": "", "talks/Teil 1.mp3": "", "sub/t wo.png": "", "cafe\u0301.pdf": "",
		"draft.png": "", "later.png": "", "expired.png": "", "unlisted.png": "", "sub/beside.png": "", "beside.png": "", "up.png": "",
		"hidden.png": "", "private.pdf": "", "images/any.png": "", "sub/images/no.png": "", "icon.png": "", "_drafts/x.png": "",
	}
	o := options()
	o.Folders, o.Named = []string{"images"}, []string{"https://example.org/icon.png"}
	all := mediaOf(files)
	o.Media = all
	l := library.Build(nil, folder(files), o)
	const always = "cafe\u0301.pdf cover.jpg"
	if got, want := publicOf(l, all), always+" icon.png images/any.png one.png sub/beside.png sub/t wo.png talks/Teil 1.mp3 unlisted.png up.png"; got != want {
		t.Errorf("public: %s\nwant    %s", got, want)
	}
	o.Now = time.Date(2026, 7, 2, 0, 0, 0, 0, time.UTC)
	files["a.md"] = strings.Replace(files["a.md"], "---\n!", "draft: true\n---\n!", 1)
	next := library.Build(l, folder(files), o)
	if got, want := publicOf(next, all), "icon.png images/any.png later.png sub/beside.png unlisted.png up.png"; got != want {
		t.Errorf("later: %s\nwant   %s", got, want)
	}
	o.Drafts = true
	if got := publicOf(library.Build(next, folder(files), o), all); !strings.Contains(got, "draft.png") || !strings.Contains(got, "one.png") {
		t.Errorf("with drafts: %s", got)
	}
}

// One file that changed is looked at without the others.
func TestEditMovesWhatIsPublic(t *testing.T) {
	files := map[string]string{"x.png": "", "y.png": "", "a.md": "---\ndate: 2026-01-01\n---\n![](x.png)\n", "b.md": "---\ndate: 2026-01-02\n---\nnothing\n"}
	o, all := options(), mediaOf(files)
	o.Media = all
	l := library.Build(nil, folder(files), o)
	for _, step := range []struct{ a, b, want string }{
		{"![](x.png)", "![](y.png)", "x.png y.png"},
		{"none", "![](y.png)", "y.png"},
		{"none", "![](x.png)", "x.png"},
		{"[x]: x.png", "none", "x.png"},
		{"none", "none", ""},
	} {
		files["a.md"], files["b.md"] = "---\ndate: 2026-01-01\n---\n"+step.a+"\n", "---\ndate: 2026-01-02\n---\n"+step.b+"\n"
		l = library.Build(l, folder(files), o)
		if got := publicOf(l, all); got != step.want {
			t.Errorf("with %q and %q: %q, want %q", step.a, step.b, got, step.want)
		}
	}
}

// What a text shows is public, in whichever way it says so.
func TestNamesAreReadAsRenderersDo(t *testing.T) {
	for _, text := range []string{
		"![](x%2Epng)", "![](%78.pn%67)", "![](x&#46;png)", "![](x\\.png)", "<img src='x&period;png'>", "[![](x.png)](y)", "[a]\n\n[a]: x.png", "<img srcset='x.png 2x, y 3x'>",
		"![](<x.png>)", "![](./x.png)", "![](/x.png?v=2#top)", "![](\"x.png\")" + "![](x.png)", "{{ x.png }} ![](x.png)",
	} {
		files := map[string]string{"x.png": "", "a.md": "---\ndate: 2026-01-01\n---\n" + text + "\n", "b.md": "---\ndate: 2026-01-02\n---\nb\n"}
		o, all := options(), mediaOf(files)
		o.Media = all
		l := library.Build(nil, folder(files), o)
		if got := publicOf(l, all); got != "x.png" {
			t.Errorf("%s: public: %q", text, got)
		}
		files["b.md"] += "more\n"
		if l = library.Build(l, folder(files), o); publicOf(l, all) != "x.png" {
			t.Errorf("%s: after an edit of another post: %q", text, publicOf(l, all))
		}
		files["a.md"] = "---\ndate: 2026-01-01\n---\nnothing\n"
		if l = library.Build(l, folder(files), o); publicOf(l, all) != "" {
			t.Errorf("%s: after an edit of the post: %q", text, publicOf(l, all))
		}
	}
}

func TestGeneratorsPublishTheirOwn(t *testing.T) {
	for kind, want := range map[dialect.Kind]string{
		"plain":  "",
		"jekyll": "content/p/x.png pics/x.png static/x.png",
		"hugo":   "content/p/deep/y.png content/p/x.png static/x.png",
	} {
		files := map[string]string{
			"content/p/index.md": "---\ntitle: P\ndate: 2026-01-01\n---\np\n", "content/q/index.md": "---\ntitle: Q\ndate: 2026-01-01\ndraft: true\n---\nq\n",
			"content/p/x.png": "", "static/x.png": "", "pics/x.png": "", "_posts/x.png": "", "_includes/x.png": "",
		}
		if kind == "hugo" {
			files["content/p/deep/y.png"], files["content/q/x.png"] = "", ""
		}
		o, all := options(), mediaOf(files)
		o.Media, o.Generator = all, dialect.Site{Kind: kind}
		if got := publicOf(library.Build(nil, folder(files), o), all); got != want {
			t.Errorf("%s: public: %s, want %s", kind, got, want)
		}
	}
}

// What lies beside a page that Hugo keeps back is not public because another post shows it.
func TestResourcesOfPagesThatAreKeptBackAreNotPublic(t *testing.T) {
	files := map[string]string{
		"hugo.toml":                      "baseURL = 'https://example.org/'\ndisableLanguages = ['fr']\n[languages.en]\n[languages.fr]\n",
		"content/posts/pub/index.md":     "---\ndate: 2026-01-01\n---\n![](own.png)\n",
		"content/posts/undated/index.md": "---\ntitle: A page\n---\n",
	}
	for name, front := range map[string]string{
		"draft": "date: 2026-01-01\ndraft: true", "expired": "date: 2026-01-01\nexpiryDate: 2026-01-02", "future": "date: 2099-01-01", "headless": "date: 2026-01-01\nheadless: true",
		"never": "date: 2026-01-01\nbuild: {render: nevr}", "withheld": "date: 2026-01-01\nbuild: {publishResources: false}", "off": "date: 2026-01-01\nbuild: {publishResources: 'off'}",
		"unread": "date: 2026-01-01\nbuild: {publishResources: off please}", "both": "draft: true\ndate: 2026-01-01\nbuild: {publishResources: false}", "no-page": "build: {publishResources: false}",
	} {
		files["content/posts/"+name+"/index.md"] = "---\n" + front + "\n---\n"
		files["content/posts/"+name+"/r.png"] = ""
		files["content/posts/pub/index.md"] += "![](../" + name + "/r.png)\n"
	}
	files["content/posts/fr/index.fr.md"], files["content/posts/fr/r.png"] = "---\ndate: 2026-01-01\n---\n", ""
	files["content/posts/pub/index.md"] += "![](../fr/r.png) ![](../undated/r.png)\n"
	files["content/posts/pub/own.png"], files["content/posts/undated/r.png"] = "", ""
	o, all := options(), mediaOf(files)
	o.Media, o.Generator = all, generatorOf(t, files)
	l := library.Build(nil, folder(files), o)
	if got, want := publicOf(l, all), "content/posts/pub/own.png content/posts/undated/r.png"; got != want {
		t.Errorf("public: %s\nwant    %s", got, want)
	}
}
