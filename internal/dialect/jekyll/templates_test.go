package jekyll_test

import (
	"testing"

	dt "broadsheet/internal/dialect/internal/dialecttest"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/jekyll"
)

func TestTemplates(t *testing.T) {
	f := dt.Folder{
		Settings: "title: My Site\nbaseurl: /blog\n",
		Data: map[string]string{
			"_data/people/list.yml": "- name: Ada\n- name: Bob\n",
			"_includes/note.html":   "<b>{{ include.text }}</b>",
		},
	}
	templates := f.Templates(t, jekyll.Dialect, rules.Addresses{
		Posts:  map[string]string{"_posts/2026-01-31-other.md": dt.URL + "/2026/01/31/other.html"},
		IsFile: func(path string) bool { return path == "pics/a.png" },
	})
	for body, want := range map[string]string{
		"{{ site.title }} {{ page.title }}":                             "My Site A",
		"{{ page.url }}":                                                "/2026/03/02/Hello-World.html",
		"{% post_url 2026-01-31-other %}":                               "/2026/01/31/other.html",
		"{% link _posts/2026-01-31-other.md %}":                         "/2026/01/31/other.html",
		"{% link pics/a.png %}":                                         "/blog/pics/a.png",
		"{% for p in site.data.people.list %}{{ p.name }}.{% endfor %}": "Ada.Bob.",
		`{% include note.html text="x" %}`:                              "<b>x</b>",
		"{% raw %}{{ a }}{% endraw %}":                                  "{{ a }}",
		"*{{ page.count | plus: 1 }}*{: .big}":                          "*8*{: .big}", // Markdown comes after it
		`{{ "render({:a => 1})" | markdownify }}`:                       "<p>render({:a =&gt; 1})</p>\n",
		"{{ '*a*{: .b}' | markdownify }}":                               "<p><em>a</em></p>\n",
	} {
		r := f.Read(t, jekyll.Dialect, dated, "---\ntitle: A\ncount: 7\n---\n"+body)
		if r.Post == nil || r.Meta == nil {
			t.Errorf("%s: no template text of a post: %v", body, r.Problems)
			continue
		}
		if got, _, problems := templates.Render(r.Post, r.Meta); string(got) != want || len(problems) > 0 {
			t.Errorf("%s: %q, want %q; problems %v", body, got, want, problems)
		}
	}
	if r := f.Read(t, jekyll.Dialect, dated, dt.Front("title: A")); r.Meta != nil {
		t.Error("a post without template text is to be rendered")
	}
}
