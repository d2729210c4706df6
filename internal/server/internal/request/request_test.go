package request_test

import (
	"net/http"
	"testing"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/internal/request"
)

func TestCodingOfARequest(t *testing.T) {
	for accept, want := range map[string]edition.Coding{
		"":                              edition.Identity,
		"gzip":                          edition.Gzip,
		"x-gzip":                        edition.Gzip,
		"*":                             edition.Gzip,
		"gzip;q=0, *":                   edition.Identity,
		"identity;q=0":                  edition.Identity,
		"deflate, gzip;q=0.5, br;q=0.4": edition.Gzip,
		"gzip;q=2":                      edition.Identity,
		"gzip;q=nan":                    edition.Identity,
	} {
		if got := request.Coding([]string{accept}); got != want {
			t.Errorf("%q gets %v, want %v", accept, got, want)
		}
	}
}

func TestDeltaBaseIsTheOneVersionThatIsNamed(t *testing.T) {
	const hash = "0123456789abcdef0123456789abcdef"
	for name, c := range map[string]struct {
		method, im, agent, want string
		tags                    []string
	}{
		"a tag":            {method: "GET", im: "feed", tags: []string{`"` + hash + `"`}, want: hash},
		"of a coding":      {method: "GET", im: "vcdiff, feed;q=0.5", tags: []string{`W/"` + hash + `-gzip"`}, want: hash},
		"without quotes":   {method: "GET", im: "FEED", tags: []string{hash}, want: hash},
		"HEAD":             {method: "HEAD", im: "feed", tags: []string{`"` + hash + `"`}},
		"another change":   {method: "GET", im: "vcdiff", tags: []string{`"` + hash + `"`}},
		"not at all":       {method: "GET", im: "feed;q=0", tags: []string{`"` + hash + `"`}},
		"two tags":         {method: "GET", im: "feed", tags: []string{`"` + hash + `", "a"`}},
		"two lines":        {method: "GET", im: "feed", tags: []string{`"` + hash + `"`, `"a"`}},
		"no tag":           {method: "GET", im: "feed"},
		"a short tag":      {method: "GET", im: "feed", tags: []string{`"0123"`}},
		"a longer tag":     {method: "GET", im: "feed", tags: []string{`"` + hash + `0"`}},
		"rss2email":        {method: "GET", im: "feed", agent: "rss2email/3.14", tags: []string{`"` + hash + `"`}},
		"any version, '*'": {method: "GET", im: "feed", tags: []string{"*"}},
	} {
		r := &http.Request{Method: c.method, Header: http.Header{"A-Im": {c.im}, "User-Agent": {c.agent}}}
		if c.tags != nil {
			r.Header["If-None-Match"] = c.tags
		}
		if got := request.DeltaBase(r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTagsAreQuotedAgain(t *testing.T) {
	for tag, want := range map[string]string{`"a"`: `"a"`, "a": `"a"`, ` "a" `: `"a"`, `"a`: `"a"`, `W/"a"`: `W/"a"`} {
		if got := request.Quoted(tag); got != want {
			t.Errorf("%q becomes %q, want %q", tag, got, want)
		}
	}
}

func TestHostsThatLeadToThisMachine(t *testing.T) {
	names := []string{"Example.org"}
	for host, want := range map[string]bool{
		"": true, "localhost": true, "LOCALHOST:80": true, "a.localhost": true, "127.0.0.1:8080": true, "[::1]:80": true,
		"[::1]": true, "192.0.2.1": true, "example.org:80": true, "example.org.": true,
		"example.com": false, "notlocalhost": false, "localhost.example.com": false, "1.2.3.4.example.com": false,
	} {
		if got := request.KnownHost(host, names); got != want {
			t.Errorf("%q is known: %v, want %v", host, got, want)
		}
	}
}
