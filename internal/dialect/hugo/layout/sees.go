package layout

import "broadsheet/internal/dialect/hugo/layout/internal/view"

type (
	// Args are the arguments of a shortcode.
	Args = view.Args
	// Call is one use of a shortcode, as its layout sees it.
	Call = view.Call
	// Page is the page that the shortcodes stand in.
	Page = view.Page
	// File is where a page lies.
	File = view.File
	// Site is what the settings say.
	Site = view.Site
	// Language is one of the site.
	Language = view.Language
)

// NewSite returns a site whose addresses are below an absolute one.
func NewSite(s Site, root string) *Site { return view.NewSite(s, root) }
