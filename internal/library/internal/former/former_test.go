package former_test

import (
	"maps"
	"slices"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/identity"
	"broadsheet/internal/library/internal/former"
	"broadsheet/internal/library/internal/layered"
)

var site = blog.Site{URL: "https://example.org"}

// posts are three: one that moved, one that bears the address which it had first, and one
// that nobody may see.
func posts() former.Posts {
	p := former.Posts{
		IDs: layered.Of(map[string]*identity.Identity{
			"moved.md":  {ID: "1", Path: "/now/", Was: "/first/ /then/"},
			"bears.md":  {ID: "2", Path: "/first/"},
			"hidden.md": {ID: "3", Path: "/hidden/"},
		}),
		Public: map[string]*blog.Post{
			"moved.md": {URL: site.URL + "/now/"},
			"bears.md": {URL: site.URL + "/first/", Extras: &blog.Extras{Aliases: []string{"/alias/", "/now/"}}},
		},
	}
	p.Former = p.Which(p.IDs.Keys())
	return p
}

func TestPostsWithOtherAddressesAreFound(t *testing.T) {
	if got, want := posts().Former, []string{"bears.md", "hidden.md", "moved.md"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := posts().Which(slices.Values([]string{"none.md"})); len(got) > 0 {
		t.Errorf("a file that is not there has %v", got)
	}
}

func TestFormerAddressesLeadToPostsUnlessOneIsThere(t *testing.T) {
	want := map[string]string{"/then/": site.URL + "/now/", "/alias/": site.URL + "/first/"}
	if got := posts().Redirects(site); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAddressGoesToThePostThatBearsIt(t *testing.T) {
	want := identity.Identity{ID: "1", Path: "/now/", Was: "/then/"}
	if got := posts().HandedOver(); len(got) != 1 || got.At("moved.md") != want {
		t.Errorf("%d change, to %v; want %v", len(got), got.At("moved.md"), want)
	}
}
