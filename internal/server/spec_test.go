package server_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// demands says which tests hold the service to what is demanded of a server of
// feeds. Real proxies, browsers and readers are asked by scripts besides.
var demands = []struct {
	what  string
	tests []string // functions, or test scripts of the command
}{
	{"1 a 200 has every header and no other", []string{"TestDocumentAnswersHaveExactlyTheseHeaders"}},
	{"2 the tag received gives 304 with both validators", []string{"TestDocumentAnswersHaveExactlyTheseHeaders", "TestEveryDocumentIsConditional"}},
	{"3 If-Modified-Since in every form", []string{"TestIfModifiedSince", "TestIfModifiedSinceInTheFuture"}},
	{"4 the tag beats the date", []string{"TestTagBeatsDate"}},
	{"5 tags are compared leniently", []string{"TestIfNoneMatch", "TestIfNoneMatchOnSeveralLines"}},
	{"6 the tag of one coding serves for the others", []string{"TestTagOfOneCodingServesForTheOthers"}},
	{"8 Accept-Encoding", []string{"TestAcceptEncoding", "TestNoAcceptEncodingMeansIdentity", "TestAcceptEncodingOnSeveralLines", "FuzzHeaders"}},
	{"9 HEAD", []string{"TestDocumentAnswersHaveExactlyTheseHeaders", "TestEveryDocumentIsConditional", "TestHeadWritesNoBody"}},
	{"10 two changes within a second", []string{"TestValidatorsFollowTheContent", "TestDatesMoveForwardWithEveryChange"}},
	{"11 a restart changes nothing", []string{"TestRestartKeepsValidators", "TestDatesOfEarlierRunsStay", "TestStateOutlivesTheProcess", "restart.txtar"}},
	{"12 dates go forward though file times go back", []string{"TestValidatorsFollowTheContent"}},
	{"13 a touched file changes nothing", []string{"TestValidatorsFollowTheContent", "TestTouchedFileKeepsItsBytes"}},
	{"14 an edit of an old post changes tag and dates", []string{"TestValidatorsFollowTheContent"}},
	{"15 aliases", []string{"TestAliasesAnswerLikeTheDocument", "TestFormatsThatChangeNothing", "TestAliasesAnswerWithTheSameDocument"}},
	{"16 queries change nothing", []string{"TestQueryChangesNothing"}},
	{"17 Accept is never refused", []string{"TestBrowserIsShownTheFeed"}},
	{"18 ranges are ignored", []string{"TestRangeIsIgnored"}},
	{"19 methods", []string{"TestOtherAnswersAreExactlyThese", "TestOptionsForTheWholeServer"}},
	{"20 versions of HTTP", []string{"TestServeSpeaksEveryVersionOfHTTP"}},
	{"21 deltas", []string{"TestDeltaHoldsWhatIsNewOrChanged", "TestWholeFeedWhereThereIsNoDelta", "TestDeltaNeverClaimsToBeComplete", "TestDeltasAreKnownForSixtyFourVersions", "FuzzHeaders"}},
	{"23 other origins may read", []string{"TestOtherAnswersAreExactlyThese", "TestDocumentAnswersHaveExactlyTheseHeaders"}},
	{"24 404 and 410", []string{"TestOtherAnswersAreExactlyThese", "TestMovedAndGoneAreExactlyThese", "TestMovedGoneAndQueriedAddresses"}},
	{"25 a folder that is missing or lost", []string{"TestOtherAnswersAreExactlyThese", "TestMissingFolderIsWaitedFor", "TestLostFolderKeepsTheLastEdition", "missing.txtar"}},
	{"26 a broken post", []string{"TestDocumentThatFailsItsCheckKeepsPreviousBytes", "TestDocumentThatWasNeverRenderedIsNotThereYet", "TestProblemIsLoggedOnceAndGoesAway", "serve.txtar"}},
	{"27 slow and boundless clients", []string{"TestClientThatSendsAByteASecondIsCutOff", "TestClientThatReadsAByteASecondIsCutOff", "TestThousandIdleConnectionsHurtNobody", "TestBoundlessHeadersGet431", "TestTenThousandTagsAreCompared"}},
	{"28 a thousand polls during a swap", []string{"TestThousandPollsDuringSwaps"}},
	{"29 content types", []string{"TestEveryFeedHasItsContentType"}},
	{"30 links lead to every feed", []string{"TestLinksLeadToEveryFormat", "TestPageLeadsToEveryFeed", "TestOtherAnswersAreExactlyThese"}},
}

func TestEveryDemandHasItsTests(t *testing.T) {
	var names []string
	for _, pattern := range []string{"../*/*_test.go", "../../cmd/broadsheet/testdata/script/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no %s: %v", pattern, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, filepath.Base(file))
			for _, match := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)`).FindAllSubmatch(source, -1) {
				names = append(names, string(match[1]))
			}
		}
	}
	for _, demand := range demands {
		for _, test := range demand.tests {
			if !slices.Contains(names, test) {
				t.Errorf("%s: there is no %s", demand.what, test)
			}
		}
	}
}

// post is one of day n of January 2020.
func post(n int, body string) *blog.Post {
	day, slug := time.Date(2020, 1, n, 9, 0, 0, 0, time.UTC), fmt.Sprintf("post-%d", n)
	return &blog.Post{
		Path: slug + ".md", File: blog.StampOf(day), Published: day, Updated: day, ID: "tag:example.org,2020:" + slug,
		URL: "https://example.org/" + slug + "/", Slug: slug, Title: slug, Body: []byte(body), BodyLine: 1,
	}
}

// cacheOf returns what the edition that follows e is made with.
func cacheOf(e *edition.Edition) *edition.Cache {
	if e == nil {
		return nil
	}
	_, _ = e.Documents()[0].Content() // what is handed out is published
	return e.Cache()
}

func publish(before *edition.Edition, now time.Time, dates edition.Dates, posts ...*blog.Post) *edition.Edition {
	return edition.New(edition.Input{
		Cache: cacheOf(before),
		Site:  blog.Site{Title: "Example", URL: "https://example.org", Zone: time.UTC}, Posts: posts, Now: now, Dates: dates.Of,
	})
}

// The steps follow one another; the first is the beginning.
func TestValidatorsFollowTheContent(t *testing.T) {
	touched := post(2, "two")
	touched.File = blog.StampOf(touched.File.Time().Add(48 * time.Hour))
	older := post(2, "written anew, with a file time of long ago")
	older.File = blog.StampOf(time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC))
	first := post(1, "one")
	steps := []struct {
		name  string
		after time.Duration // since the beginning
		posts []*blog.Post
		moves bool
	}{
		{"beginning", 0, []*blog.Post{post(2, "two"), first}, true},
		{"the same anew", time.Minute, []*blog.Post{post(2, "two"), first}, false},
		{"touched", time.Hour, []*blog.Post{touched, first}, false},
		{"a new post", 2 * time.Hour, []*blog.Post{post(3, "three"), touched, first}, true},
		{"another in the same second", 2 * time.Hour, []*blog.Post{post(4, "four"), post(3, "three"), touched, first}, true},
		{"an old post edited", 3 * time.Hour, []*blog.Post{post(4, "four"), post(3, "three"), touched, post(1, "edited")}, true},
		{"a file time of long ago", 4 * time.Hour, []*blog.Post{post(4, "four"), post(3, "three"), older, post(1, "edited")}, true},
		{"a clock that went back", time.Hour, []*blog.Post{post(4, "4"), post(3, "three"), older, post(1, "edited")}, true},
		{"a post gone", 5 * time.Hour, []*blog.Post{post(3, "three"), older, post(1, "edited")}, true},
	}
	for _, path := range []string{"/rss.xml", "/atom.xml"} {
		var current atomic.Pointer[edition.Edition]
		address := start(t, server.New(server.Options{Edition: current.Load}))
		var last reply
		for i, step := range steps {
			current.Store(publish(current.Load(), published.Add(step.after), nil, step.posts...))
			if i == 0 {
				last = ask(t, address, "GET", path)
				continue
			}
			got := ask(t, address, "GET", path)
			byTag := ask(t, address, "GET", path, "If-None-Match: "+last.get("ETag"))
			byDate := ask(t, address, "GET", path, "If-Modified-Since: "+last.get("Last-Modified"))
			if want := map[bool]int{true: 200, false: 304}[step.moves]; byTag.status != want || byDate.status != want {
				t.Errorf("%s, %s: %d by the tag, %d by the date, want %d", path, step.name, byTag.status, byDate.status, want)
			}
			moved := modified(t, got).Sub(modified(t, last))
			if step.moves && moved < time.Second || !step.moves && moved != 0 {
				t.Errorf("%s, %s: Last-Modified moved by %v", path, step.name, moved)
			}
			last = got
		}
	}
}

func modified(t *testing.T, r reply) time.Time {
	t.Helper()
	date, err := http.ParseTime(r.get("Last-Modified"))
	if err != nil {
		t.Fatal(err)
	}
	return date
}

func TestRestartKeepsValidators(t *testing.T) {
	posts := []*blog.Post{post(2, "two"), post(1, "one")}
	cold := publish(nil, published, nil, posts...)
	changed := publish(cold, published.Add(time.Hour), nil, append([]*blog.Post{post(3, "three")}, posts...)...)
	askOf := func(e *edition.Edition) reply {
		return ask(t, start(t, server.New(server.Options{Edition: always(e)})), "GET", "/atom.xml")
	}
	before, coldBefore := askOf(changed), askOf(cold)
	for name, test := range map[string]struct {
		again  *edition.Edition
		before reply
	}{
		"with what was remembered": {publish(nil, published.Add(9*time.Hour), changed.Dates(), changed.Posts...), before},
		"with nothing":             {publish(nil, published.Add(9*time.Hour), nil, posts...), coldBefore},
	} {
		if diff := cmp.Diff(test.before, askOf(test.again), cmp.AllowUnexported(reply{})); diff != "" {
			t.Errorf("%s (-before +after the restart):\n%s", name, diff)
		}
	}
}

func TestMovedAndGoneAreExactlyThese(t *testing.T) {
	e := edition.New(edition.Input{Site: blog.Site{URL: "https://example.org", Title: "Example", Zone: time.UTC}, Now: published, Redirects: edition.Redirects{
		Moves: []blog.Move{{From: "/old.xml", To: "/rss.xml"}}, Gone: []string{"/retired.xml"},
	}})
	address := start(t, server.New(server.Options{Edition: always(e)}))
	const moved, gone = "This has moved to https://example.org/rss.xml\n", "What was at this address is gone, and will not come back.\n"
	text := func(body string, lines ...string) http.Header {
		return headers(append(lines, "Content-Type: text/plain; charset=utf-8", fmt.Sprintf("Content-Length: %d", len(body)),
			"Cache-Control: public, max-age=86400", "Access-Control-Allow-Origin: *", "X-Content-Type-Options: nosniff")...)
	}
	for path, want := range map[string]reply{
		"/old.xml":     {301, text(moved, "Location: https://example.org/rss.xml"), moved},
		"/retired.xml": {410, text(gone), gone},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			if method == "HEAD" {
				want.body = ""
			}
			got := ask(t, address, method, path, "If-None-Match: *", "Accept-Encoding: br")
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(reply{})); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", method, path, diff)
			}
		}
	}
}

// linkOf takes one element of a Link header apart (RFC 8288 section 3).
var linkOf = regexp.MustCompile(`<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?`)

func TestLinksLeadToEveryFormat(t *testing.T) {
	address := start(t, newHandler(t))
	for _, root := range []string{"/", "/languages/en/"} {
		for _, file := range []string{"rss.xml", "atom.xml", "feed.json"} {
			var targets []string
			for _, link := range linkOf.FindAllStringSubmatch(ask(t, address, "HEAD", root+file).get("Link"), -1) {
				path := strings.TrimPrefix(link[1], "https://example.org")
				want := map[bool]string{true: "self", false: "alternate"}[path == root+file]
				mime, _, _ := strings.Cut(ask(t, address, "GET", path).get("Content-Type"), ";")
				if link[2] != want || link[3] != mime {
					t.Errorf("%s%s: %s is said to be %s of type %s, and is %s of type %s", root, file, path, link[2], link[3], want, mime)
				}
				targets = append(targets, path)
			}
			if want := []string{root + "rss.xml", root + "atom.xml", root + "feed.json"}; !slices.Equal(targets, want) {
				t.Errorf("%s%s leads to %q, want %q", root, file, targets, want)
			}
		}
	}
}

func TestPageLeadsToEveryFeed(t *testing.T) {
	address := start(t, newHandler(t))
	page := ask(t, address, "GET", "/").body
	links := regexp.MustCompile(`<link rel="alternate" type="([^"]+)" title="[^"]+" href="https://example.org([^"]+)">`).FindAllStringSubmatch(page, -1)
	if len(links) != 3 {
		t.Fatalf("%d links for readers to find, want one for each format:\n%s", len(links), page)
	}
	for _, link := range links {
		got := ask(t, address, "GET", link[2])
		mime, _, _ := strings.Cut(got.get("Content-Type"), ";")
		if got.status != 200 || mime != strings.ReplaceAll(link[1], "+", "+") {
			t.Errorf("%s: %d %s, want 200 %s", link[2], got.status, mime, link[1])
		}
	}
}
