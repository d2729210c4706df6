package server

import (
	"net/http"

	"broadsheet/internal/edition"
	"broadsheet/internal/server/internal/reply"
)

// routes are the paths that are answered where the edition has no document of that name.
var routes = map[string]*reply.Fixed{
	"/robots.txt":  reply.Text(http.StatusOK, edition.Robots, reply.CacheDay, reply.NoSniff),
	"/favicon.ico": {Status: http.StatusNoContent, Fields: []reply.Field{reply.CacheDay}},
}

// The answers without a document.
var (
	cacheMinute = reply.NewField("Cache-Control", "public, max-age=60")
	notFound    = reply.Text(http.StatusNotFound, "There is nothing at this address.\n", cacheMinute, reply.NoSniff)

	gone = reply.Text(http.StatusGone, "What was at this address is gone, and will not come back.\n",
		reply.CacheDay, reply.AnyOrigin, reply.NoSniff)

	// The wait is in whole seconds, since some readers cannot parse a date here.
	notYet = reply.Text(http.StatusServiceUnavailable,
		"This is not available yet. Please come back in half a minute.\n",
		reply.NewField("Retry-After", "30"), reply.NoStore)

	preflight = &reply.Fixed{Status: http.StatusNoContent, Fields: []reply.Field{
		reply.Allow,
		reply.AnyOrigin,
		reply.NewField("Access-Control-Allow-Methods", "GET, HEAD"),
		reply.NewField("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since, A-IM"),
		reply.NewField("Access-Control-Max-Age", "86400"),
	}}
)

// movedTo redirects to an absolute URL, for good. The status is 301 rather than 308, which old
// readers do not know.
func movedTo(url string) *reply.Fixed {
	return reply.Text(http.StatusMovedPermanently, "This has moved to "+url+"\n",
		reply.NewField("Location", url), reply.CacheDay, reply.AnyOrigin, reply.NoSniff)
}
