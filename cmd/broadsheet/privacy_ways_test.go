package main

import (
	"slices"
	"strings"
)

// way is how a post is kept from the public.
type way struct {
	name string
	hide func(x *text)
}

var (
	yes        = []string{"true", "True", "TRUE", "yes", "Yes", "on", "y", "Y", "t", "1", "'true'", "“true”", "‘yes’", "\"'on'\"", "' true '", "!!str true"}
	no         = []string{"false", "False", "no", "off", "n", "f", "0", "'false'", "“no”", "«0»"}
	unreadable = []string{"tru", "ja", "[true]", "[]", "{a: b}", "2", "maybe", "true;", "true false", "nein", "x"}
	later      = []string{"2099-01-01", "2099-01-01 10:00", "2099-01-01T10:00:00Z", "July 8, 2099", "'2099-01-01'", "Thu, 01 Jan 2099 10:00:00 GMT"}
	words      = []string{"draft", "Draft", "DRAFT", "private", "hidden", "pending", "unpublished", "scheduled", "future", "trash", "auto-draft", "Entwurf", "brouillon", "[draft]", "false", "0", "x"}
)

// switches are the keys of a dialect, and the values that keep a post back.
var switches = map[string]map[string][]string{
	plainDialect: {
		"draft isDraft is_draft is-draft Draft saveAsDraft private isPrivate unpublished dont_publish extra.draft params.draft data.draft": slices.Concat(yes, unreadable),
		"published publish isPublished is_published public dg-publish routable params.published":                                           slices.Concat(no, unreadable, later),
		"status post_status publishStatus publication-state visibility post_visibility":                                                    words,
		"state stage access privacy type layout":                                                                                           {"draft", "private", "unpublished", "trash"},
		"password passwd encrypted protected":                                                                                              {"x", "true", "hunter2", "[a]"},
		"wip secret confidential internal deleted disabled skip excluded invisible scheduled":                                              yes[:6],
		"render permalink": {"false"},
		"publish_on published_at publishAt scheduled_for embargoUntil not_before draft_until publishDate": slices.Concat(later, []string{"soon", "01/02/2026", "[2099-01-01]"}),
		"embargo datePublished go_live":    later,
		"expires expiryDate unpublishDate": {"2020-01-01", "2026-01-01 10:00"},
		"draf dratf privat":                {"true"},
	},
	jekyllDialect: {"published": slices.Concat(no, unreadable), "draft": slices.Concat(yes, unreadable), "date": {"2099-01-01", "2099-01-01 10:00:00 +0200"}},
	hugoDialect: {
		"draft": slices.Concat(yes, unreadable), "publishDate pubdate published": later, "published": no, "expiryDate unpublishdate": {"2020-01-01"},
		"headless": {"true"}, "build.render _build.render": {"never", "link"},
	},
}

// places are the folders and names of files that are not public.
var places = map[string][]string{
	plainDialect:  {"drafts/", "_drafts/", "Drafts/", "posts/draft/", "templates/", "_templates/", "archetypes/", "private/", "a/_private/b/", "unpublished/", "trash/", "_", ".", ".git/", "+.draft", "+.private", "+ (Conflicted copy Jo 202601011200)", "+.sync-conflict-20260101-120000-ABCDEFG", "node_modules/"},
	jekyllDialect: {"_drafts/", "blog/_drafts/", "_private/_posts/", "out/_posts/", "notes/", "_includes/", ".git/_posts/"},
	hugoDialect:   {"content/out/", "archetypes/", "drafts/", "layouts/", "content/posts/ignored-", "content/kept/"},
}

var settingsFiles = map[string]map[string]string{
	jekyllDialect: {"_config.yml": "title: A site\nexclude: [out]\n"},
	hugoDialect: {
		"hugo.toml": "title = 'A site'\nignoreFiles = ['content/out/', 'ignored-.*']\n", "content/kept/_index.md": "---\ntitle: Kept\ncascade:\n  draft: true\n---\n",
	},
}

// publicPlaces and secretPlaces are where the pictures lie that posts show. Jekyll and
// Hugo publish what lies in the former whatever posts say.
var (
	publicPlaces = map[string][]string{plainDialect: {"", "pictures/"}, jekyllDialect: {"", "pictures/"}, hugoDialect: {"static/", "static/pictures/"}}
	secretPlaces = map[string]string{jekyllDialect: "_pictures/", hugoDialect: "content/loose/"}
)

// aside are files that are nobody's business.
var aside = map[string][]string{
	plainDialect:  {"README.md", "LICENSE.md", ".env", ".git/config", "notes.txt", "posts/a.md.bak", "posts/.a.md.swp", "posts/a.md~", "broken.bin"},
	jekyllDialect: {"README.md", "notes.md", "_data/people.yml", "_includes/x.html", "_layouts/post.html", ".env", "_posts/undated.md"},
	hugoDialect:   {"README.md", "data/x.yaml", "layouts/x.html", "archetypes/default.md", ".env", "content/undated.md"},
}

// waysOf returns all ways of a dialect, the kinds of them equally often.
func waysOf(dialect string) []way {
	kinds := [][]way{nil, nil, nil, nil}
	for keys, values := range switches[dialect] {
		for key := range strings.FieldsSeq(keys) {
			for _, value := range values {
				kinds[0] = append(kinds[0], way{key + ": " + value, func(x *text) { x.set(key, value) }})
			}
		}
	}
	slices.SortFunc(kinds[0], func(a, b way) int { return strings.Compare(a.name, b.name) })
	for _, place := range places[dialect] {
		kinds[1] = append(kinds[1], way{"its place: " + place, func(x *text) { x.move(place) }})
	}
	if dialect == plainDialect {
		for _, opening := range []string{"----", " ---", "—", "-- -", "```yaml", "<!--", "---\u200b", "--- # x", "...", "—--", "***", "___", "~~~"} {
			kinds[2] = append(kinds[2], way{"draft: true behind " + opening, func(x *text) {
				x.plainKeys()
				x.open, x.close = opening, opening
				x.keys = append(x.keys, "draft: true")
			}})
		}
	}
	kinds[3] = append(kinds[3], way{"a merge under way", func(x *text) {
		x.body += "\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\n"
	}})
	most := 0
	for _, k := range kinds {
		most = max(most, len(k))
	}
	var all []way
	for i, k := range kinds {
		for n := range most * []int{6, 2, 1, 1}[i] / 4 {
			if len(k) > 0 {
				all = append(all, k[n%len(k)])
			}
		}
	}
	return all
}

// set writes a key and its value as they are.
func (x *text) set(key, value string) {
	x.plainKeys()
	if outer, inner, nested := strings.Cut(key, "."); nested {
		key, value = outer, "\n  "+inner+": "+value
	}
	if key == "date" {
		x.keys = slices.DeleteFunc(x.keys, func(line string) bool { return strings.HasPrefix(line, "date:") })
	}
	x.keys = append(x.keys, key+": "+value)
}

// plainKeys makes the front matter YAML.
func (x *text) plainKeys() {
	if x.format == "yaml" {
		return
	}
	for i, line := range x.keys {
		name, value, _ := strings.Cut(line, map[string]string{"toml": " = ", "json": ": "}[x.format])
		x.keys[i] = strings.Trim(name, `"`) + ": " + value
	}
	x.format = "yaml"
}

// move puts the file elsewhere: in a folder, under a name that begins otherwise, or,
// with +, ends so.
func (x *text) move(place string) {
	if end, ok := strings.CutPrefix(place, "+"); ok {
		x.name += end
		return
	}
	x.folder = place
}

// fieldParts are how parts of a title or a description are hidden.
var fieldParts = []string{"<!-- %s -->", "<i hidden>%s</i>", "<span style=\"display:none\">%s</span>", "<b title='a>b' hidden>%s</b>", "<i hidden=until-found>%s <b>%s</b></i>", "<span STYLE='visibility : hidden'>%s</span>"}

// partsOf are how parts of a text are hidden.
func partsOf(dialect, ext string) []string {
	parts := append([]string{
		"<!--%s-->", "<!--\n%s\n-->", "<!-- %s --!>", "<i hidden>%s</i>", "<I HIDDEN>%s</I>", "<span\nhidden\n>%s</span>", "<i title=\"a>b\" hidden>%s</i>", "<i title='a>b' hidden=''>%s</i>",
		"<i hidden><b title='</i>'>%s</b> %s</i>", "<i style='display:none'>%s</i>", "<i style=\"color:red; DISPLAY : none ! important\">%s</i>", "<i style=\"display&#58;none\">%s</i>",
		"<i style=\"dis/**/play:none\">%s</i>", "<i style=visibility:hidden>%s</i>", "<template>%s</template>", "<dialog>%s</dialog>", "<i hidden><!-- </i> -->%s</i>", "<input type=hidden value=\"%s\">",
	}, map[string][]string{
		plainDialect:  {"{% comment %}%s{% endcomment %}", "{{< comment >}}%s{{< /comment >}}", "%%%s%%", "{/* %s */}", "{# %s #}", "{::comment}%s{:/comment}", "{{/* %s */}}"},
		jekyllDialect: {"{% comment %}%s{% endcomment %}", "{%- comment -%}\n%s\n{%- endcomment -%}", "{::comment}%s{:/comment}"},
		hugoDialect:   {"{{< comment >}}%s{{< /comment >}}", "{{% comment %}}%s{{% /comment %}}"},
	}[dialect]...)
	if ext == ".html" {
		return parts
	}
	parts = append(parts, "\n\n<div hidden>\n\n%s *x* `</div>` %s\n\n</div>\n\n", "\n\n[//]: # (%s)\n\n", "\n\n[comment]: <> (%s)\n\n", "<pre><!-- %s --></pre>")
	if dialect != hugoDialect {
		parts = append(parts, "\n\n%s\n{: hidden=\"hidden\"}\n\n", "\n\n{: style=\"display:none\"}\n%s\n\n", "*%s*{: hidden}", "\n\n* %s\n\n* %s\n{: hidden}\n\n", "[%s](/x){: style='display: none'}")
	}
	return parts
}

// endlessOf are hidden parts that take the rest of the text with them.
func endlessOf(dialect, ext string) []string {
	parts := []string{"<!-- %s", "<div hidden>%s", "<i style='display:none'>%s"}
	if dialect == plainDialect && ext == ".md" {
		parts = append(parts, "%%\n%s")
	}
	return append(parts, map[string][]string{
		plainDialect: {"{% comment %}%s", "{{< comment >}}%s", "{::comment}%s", "{/* %s", "<template>%s"}, jekyllDialect: {"{::comment}%s"}, hugoDialect: {"{{< comment >}}%s"},
	}[dialect]...)
}
