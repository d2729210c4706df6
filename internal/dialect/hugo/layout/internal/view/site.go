package view

import (
	"net/url"
	"strings"
)

// Site is what the settings say.
type Site struct {
	Title, BaseURL, LanguageCode, Copyright string
	Params                                  map[string]any // keys in lower case
	Language                                Language
	IsServer, IsMultiLingual                bool
	root                                    string
}

// Language is one of the site.
type Language struct {
	Lang, LanguageName, LanguageCode, LanguageDirection, Title string

	Folder string // of its pages; empty: the top
}

// String is its short name.
func (l Language) String() string { return l.Lang }

// Param is a parameter of the site. Dots lead into maps.
func (s *Site) Param(key string) any { return at(s.Params, key) }

// at follows a path of keys into maps.
func at(m map[string]any, key string) any {
	var v any = m
	for part := range strings.SplitSeq(strings.ToLower(key), ".") {
		inside, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = inside[part]
	}
	return v
}

// relative is an address without the host.
func relative(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	_, rest, _ = strings.Cut(rest, "/")
	return "/" + rest
}

// NewSite returns a site whose addresses are below an absolute one.
func NewSite(s Site, root string) *Site {
	s.root = strings.TrimRight(root, "/")
	return &s
}

// Absolute is the absolute form of an address of the site. One that begins with a slash
// is from the top of the host.
func (s *Site) Absolute(ref string) string {
	if hasHost(ref) {
		return ref
	}
	if strings.HasPrefix(ref, "/") {
		return strings.TrimSuffix(s.root, strings.TrimRight(relative(s.root+"/"), "/")) + ref
	}
	return s.root + "/" + ref
}

// Relative is the same without the host.
func (s *Site) Relative(ref string) string {
	if below, ok := strings.CutPrefix(ref, s.root+"/"); ok {
		ref = below
	} else if hasHost(ref) || strings.HasPrefix(ref, "#") {
		return ref
	}
	if strings.HasPrefix(ref, "/") {
		return ref
	}
	return relative(s.root + "/" + ref)
}

func hasHost(ref string) bool {
	u, err := url.Parse(ref)
	return err == nil && (u.Scheme != "" || u.Host != "")
}

// InLanguage is an address below the folder of a site's language. It is no method, since layouts
// could call that.
func InLanguage(s *Site, ref string) string {
	if s.Language.Folder == "" || hasHost(ref) {
		return ref
	}
	return strings.Trim(s.Language.Folder, "/") + "/" + strings.TrimPrefix(ref, "/")
}

// String is the title of the site.
func (s Site) String() string { return s.Title }
