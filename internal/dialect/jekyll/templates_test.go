package jekyll_test

import (
	"strings"
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

// TestVariablesOfAPage holds what templates see to what Jekyll 4.3 shows of the same files.
func TestVariablesOfAPage(t *testing.T) {
	f := dt.Folder{
		Settings: "url: https://example.org\npermalink: pretty\n",
		Data: map[string]string{
			"_data/tabs.tsv": "a\tb\n1\tx y\n", "_data/sub/commas.csv": "a,b\n1,\"x, y\"\n,z\n",
			"_data/sub/map.json": `{"k": [1, 2.5, null], "a": {"z": true}}`,
		},
	}
	templates := f.Templates(t, jekyll.Dialect, rules.Addresses{})
	for _, c := range []struct{ name, front, body, want string }{
		{"_posts/2020-01-02-one-post.md", "title: One\ntags: a b\ncategory: Kat", "{{ page.name }} {{ page.collection }} {{ page.relative_path }} {{ page.ext }} {{ page.draft }}",
			"2020-01-02-one-post.md posts _posts/2020-01-02-one-post.md .md false"},
		{"_posts/2020-01-02-one-post.md", "title: One\ntags: a b\ncategory: Kat", "{{ page.categories | jsonify }}{{ page.tags | jsonify }}", `["Kat"]["a","b"]`},
		{"cats/_posts/2020-01-03-Two.md", "tags: [x, y z]\ncategories: [C, d]", "{{ page.categories | jsonify }}{{ page.tags | jsonify }}", `["cats","C","d"]["x","y z"]`},
		{"_posts/2020-01-02-none.md", "title: None", "{{ page.categories | jsonify }}{{ page.tags | jsonify }}{{ page.tag }}", "[][]"},
		{"_posts/2020-01-02-none.md", "title: None\nday: 2020-02-03\nat: 2020-02-03 04:05:06\nquoted: '2020-02-03'", "{{ page.day }} {{ page.at | date: '%H' }} {% if page.quoted == '2020-02-03' and page.day != '2020-02-03' %}ok{% endif %}", "2020-02-03 06 ok"},
		{"_posts/2020-01-02-none.md", "m: {z: 1, a: 2}", "{{ page.m }}{% for p in page.m %}{{ p[0] }}{% endfor %}", `{"z"=>1, "a"=>2}za`},
		{"_posts/2020-01-02-none.md", "title: None", "{{ site.data.tabs | jsonify }}", `[{"a":"1","b":"x y"}]`},
		{"_posts/2020-01-02-none.md", "title: None", "{{ site.data.sub.commas | jsonify }}", `[{"a":"1","b":"x, y"},{"a":null,"b":"z"}]`},
		{"_posts/2020-01-02-none.md", "title: None", "{{ site.data.sub.map | jsonify }}{{ paginator }}{{ jekyll.environment }}", `{"k":[1,2.5,null],"a":{"z":true}}production`},
	} {
		r := f.Read(t, jekyll.Dialect, c.name, "---\n"+c.front+"\n---\n"+c.body)
		if r.Post == nil || r.Meta == nil {
			t.Errorf("%s: no template text of a post: %v", c.body, r.Problems)
			continue
		}
		if got, _, problems := templates.Render(r.Post, r.Meta); string(got) != c.want || len(problems) > 0 {
			t.Errorf("%s: %q, want %q; problems %v", c.body, got, c.want, problems)
		}
	}
}

// What is wrong with a data file is told by the posts that look at the data. A table of a few
// kilobytes may have a hundred million cells: each row has all columns.
func TestDataThatAreLeftOut(t *testing.T) {
	wide := strings.Repeat(",", 3000) + strings.Repeat("\nb", 3000)
	for name, c := range map[string]struct{ text, want string }{
		"_data/a.csv":   {"a\n\"b\n", "extraneous or missing"},
		"_data/a.tsv":   {strings.ReplaceAll(wide, ",", "\t"), "the tables of the site have more than 1048576 cells"},
		"_data/x/a.csv": {wide, "the tables of the site have more than 1048576 cells"},
		"_data/a.yml":   {"a: [", "expected"},
	} {
		f := dt.Folder{Settings: "url: https://example.org\n", Data: map[string]string{name: c.text, "_data/b.csv": "k\nstays\n"}}
		templates := f.Templates(t, jekyll.Dialect, rules.Addresses{})
		for body, count := range map[string]int{"{{ 'a' }}": 0, "{{ site.data.b[0].k }}{{ site.data.a }}": 1} {
			r := f.Read(t, jekyll.Dialect, "_posts/2020-01-02-one.md", "---\ntitle: One\n---\n"+body)
			got, _, problems := templates.Render(r.Post, r.Meta)
			if len(problems) != count || count == 1 && (!strings.HasPrefix(string(got), "stays") || problems[0].File != name || !strings.Contains(problems[0].Message, c.want)) {
				t.Errorf("%s: %q is %q with problems %v", name, body, got, problems)
			}
		}
	}
}
