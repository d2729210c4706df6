package server

import (
	"strings"

	"broadsheet/internal/page"
)

// Header lines of documents.
var (
	exposed  = newField("Access-Control-Expose-Headers", "ETag, Last-Modified, Link")
	noRanges = newField("Accept-Ranges", "none")
	vary     = newField("Vary", "Accept-Encoding")

	// What a browser that is shown a feed gets instead.
	browserXML  = newField("Content-Type", "application/xml; charset=utf-8")
	varyBrowser = newField("Vary", "Accept-Encoding, Accept")
	varyAccept  = newField("Vary", "Accept")

	pageSecurity    = security(page.Scripts(false), "")
	previewSecurity = security(page.Scripts(true), "; connect-src 'self'")
)

// security is what pages with these scripts may do. Posts may show pictures, sound
// and films from anywhere, and nothing else.
func security(scripts []string, more string) []field {
	return []field{
		newField("Content-Security-Policy", "default-src 'none'; img-src * data:; media-src *; style-src 'self' 'unsafe-inline'; "+
			"font-src 'self'; manifest-src 'self'; script-src "+strings.Join(scripts, " ")+more+
			"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
		newField("Referrer-Policy", "strict-origin-when-cross-origin"),
	}
}
