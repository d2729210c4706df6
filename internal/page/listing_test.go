package page_test

import (
	"strings"
	"testing"

	"broadsheet/internal/page"
)

// A list that goes on elsewhere says where, and how much there is, in every language.
func TestListsLeadToAllOfAKind(t *testing.T) {
	theme := load(t)
	for language, want := range map[string]string{
		"en": "All 1205 tags", "de": "Alle 1205 Schlagwörter", "es": "Todas las etiquetas (1205)", "fr": "Toutes les étiquettes (1205)",
		"ja": "1205件のタグをすべて見る", "zh": "全部 1205 个标签", "ar": "كل الوسوم (1205)", "fa": "همهٔ ۱۲۰۵ برچسب",
	} {
		for _, kind := range []string{"categories", "tags", "authors", "languages", "sections"} {
			items := listed("tag", "a", "b")
			p := page.Page{
				Site: site(language, "Example"), Lists: []page.List{{Kind: kind, Items: items, Total: 1205, URL: base + "/" + kind + "/"}},
				Subscribe: page.Feeds{OPML: base + "/feeds.opml", Groups: []page.FeedGroup{{Kind: kind, Rows: []page.FeedRow{{Listed: items[0]}}, Total: 1205, URL: base + "/" + kind + "/"}}},
			}
			for _, of := range []page.Kind{page.Index, page.Subscribe} {
				found := ""
				for _, a := range all(parsed(t, render(t, theme, sample{"lists", of, p})), "a") {
					if attribute(a, "href") == "/"+kind+"/" {
						found += text(a)
					}
				}
				if kind == "tags" && found != want || !strings.Contains(found, "1205") && !strings.Contains(found, "۱۲۰۵") {
					t.Errorf("%s: the %s page says %q of %s, want %q", language, of, found, kind, want)
				}
			}
		}
	}
}

// Pages of a listing turn by words of their own: "older posts" are none of it.
func TestListingsTurnInEveryLanguage(t *testing.T) {
	theme := load(t)
	for language, want := range map[string]string{
		"en": "Previous page|Next page", "de": "Vorige Seite|Nächste Seite", "es": "Página anterior|Página siguiente", "fr": "Page précédente|Page suivante",
		"ja": "前のページ|次のページ", "zh": "上一页|下一页", "ar": "الصفحة السابقة|الصفحة التالية", "fa": "صفحهٔ قبل|صفحهٔ بعد",
	} {
		p := page.Page{
			Site: site(language, "Example"), Lists: []page.List{{Kind: "tags", Items: listed("tag", "a")}}, Number: 2, Of: 3,
			Newer: page.Link{URL: base + "/tags/"}, Older: page.Link{URL: base + "/tags/page/3/"},
		}
		var said []string
		for _, a := range all(parsed(t, render(t, theme, sample{"listing", page.Listing, p})), "a") {
			if relation := attribute(a, "rel"); relation == "prev" || relation == "next" {
				said = append(said, text(a))
			}
		}
		if got := strings.Join(said, "|"); got != want {
			t.Errorf("%s: %s, want %s", language, got, want)
		}
	}
}
