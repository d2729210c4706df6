package server_test

import (
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var statusOf = regexp.MustCompile(`(?m)^HTTP/1\.1 (\d{3}) `)

func statuses(said string) string {
	var list []string
	for _, m := range statusOf.FindAllStringSubmatch(said, -1) {
		list = append(list, m[1])
	}
	return strings.Join(list, " ")
}

// A body is no place to look for empty lines, nor for requests.
const postPoll = "POST /rss.xml HTTP/1.1\r\nHost: x\r\ncontent-LENGTH: 6\r\n\r\n\r\n\r\nab"

func TestEmptyLinesBeforeARequestAreIgnored(t *testing.T) {
	e := newEdition(t, 2)
	for name, c := range map[string]struct{ sent, want string }{
		"none":                       {plainPoll, "200"},
		"one":                        {"\r\n" + plainPoll, "200"},
		"three":                      {"\r\n\r\n\r\n" + plainPoll, "200"},
		"a bare line feed":           {"\n" + plainPoll, "200"},
		"a request for net/http":     {"\r\n" + oddPoll, "200"},
		"between polls":              {plainPoll + "\r\n" + plainPoll + "\r\n\r\n" + plainPoll, "200 200 200"},
		"between others":             {oddPoll + "\r\n" + oddPoll + "\r\n\r\n" + oddPoll, "200 200 200"},
		"between a poll and another": {plainPoll + "\r\n" + oddPoll + "\r\n" + plainPoll, "200 200 200"},
		"at the end":                 {plainPoll + "\r\n\r\n", "200"},
		"only":                       {"\r\n\r\n\r\n\r\n", ""},
		"after a body":               {postPoll + "\r\n" + plainPoll, "405 200"},
		"a body of empty lines":      {"\r\n" + postPoll + plainPoll, "405 200"},
		"a space":                    {" \r\n" + plainPoll, "400"},
		"within a header":            {"GET /rss.xml HTTP/1.1\r\n\r\nHost: x\r\n\r\n", "400"},
	} {
		for way, h := range bothWays(e) {
			said, _ := transcript(t, h, c.sent)
			if got := statuses(said); got != c.want {
				t.Errorf("%s, %s: %q, want %q", name, way, got, c.want)
			}
		}
	}
}

// However a client cuts what it sends, and wherever it puts empty lines between
// requests, it gets the answers that it gets without. The seed of a failure can be
// given in BROADSHEET_SEED.
func TestEmptyLinesChangeNoAnswer(t *testing.T) {
	seed, err := strconv.ParseUint(os.Getenv("BROADSHEET_SEED"), 10, 64)
	if err != nil {
		seed = rand.Uint64()
	}
	t.Logf("BROADSHEET_SEED=%d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	requests := []string{
		plainPoll, oddPoll, "HEAD /atom.xml HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1\r\n\r\n",
		"OPTIONS /rss.xml HTTP/1.1\nHost: x\n\n", "GET /nowhere HTTP/1.1\r\nHost: x\r\nX: y\r\n\tcontent-length: 5\r\n\r\n",
	}
	e := newEdition(t, 2)
	for range 40 {
		var plain, spaced strings.Builder
		for range 1 + random.IntN(5) {
			request := requests[random.IntN(len(requests))]
			plain.WriteString(request)
			for range random.IntN(4) {
				spaced.WriteString([]string{"\r\n", "\n"}[random.IntN(2)])
			}
			spaced.WriteString(request)
		}
		sent := spaced.String()
		cuts := []int{0, random.IntN(len(sent) + 1), random.IntN(len(sent) + 1), len(sent)}
		slices.Sort(cuts)
		for way, h := range bothWays(e) {
			want, _ := transcript(t, h, plain.String())
			got, _ := transcript(t, h, sent[:cuts[1]], sent[cuts[1]:cuts[2]], sent[cuts[2]:])
			if got != want {
				t.Errorf("%s, BROADSHEET_SEED=%d: cut at %v, %q is answered\n%q, want\n%q", way, seed, cuts[1:3], sent, got, want)
			}
		}
	}
}
