package document

import (
	"strings"

	"broadsheet/internal/page"
	"broadsheet/internal/server/internal/reply"
)

// Header lines of documents.
var (
	exposed  = reply.NewField("Access-Control-Expose-Headers", "ETag, Last-Modified, Link")
	noRanges = reply.NewField("Accept-Ranges", "none")
	vary     = reply.NewField("Vary", "Accept-Encoding")

	// What a browser that shows a feed gets instead.
	browserXML  = reply.NewField("Content-Type", "application/xml; charset=utf-8")
	varyBrowser = reply.NewField("Vary", "Accept-Encoding, Accept")

	pageSecurity    = security(page.Scripts(false), "")
	previewSecurity = security(page.Scripts(true), "; connect-src 'self'")
)

// security returns the header lines that limit what pages with these scripts may do. Posts may show
// pictures, sound and films from anywhere, and nothing else.
func security(scripts []string, more string) []reply.Field {
	return []reply.Field{
		reply.NewField("Content-Security-Policy", "default-src 'none'; img-src * data:; media-src *; "+
			"style-src 'self' 'unsafe-inline'; font-src 'self'; manifest-src 'self'; script-src "+strings.Join(scripts, " ")+more+
			"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
		reply.NewField("Referrer-Policy", "strict-origin-when-cross-origin"),
	}
}
