package layout

import "broadsheet/internal/dialect/hugo/layout/internal/view"

// What layouts see.
type (
	Args     = view.Args
	Call     = view.Call
	Page     = view.Page
	File     = view.File
	Site     = view.Site
	Language = view.Language
)

// NewSite returns a site whose addresses are below an absolute one.
func NewSite(s Site, root string) *Site { return view.NewSite(s, root) }
