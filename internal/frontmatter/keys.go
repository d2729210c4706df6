package frontmatter

import "strings"

// Field is what a value means, whatever its key is called.
type Field string

// The fields of a post. Those that are marked as switches hold true or false.
const (
	Title          Field = "title" // false, unquoted, means that the post has none on purpose
	Published      Field = "published"
	Updated        Field = "updated"
	Expires        Field = "expires"
	Draft          Field = "draft"    // switch: true keeps the post from the public
	Public         Field = "public"   // switch: so does false
	Rendered       Field = "rendered" // switch: so does false
	Unlisted       Field = "unlisted" // switch: true keeps the post out of feeds and lists
	InFeed         Field = "in feed"  // switch: so does false
	Listed         Field = "listed"   // so do "never" and "local"
	ID             Field = "id"
	Permalink      Field = "permalink" // a path or a full URL
	Slug           Field = "slug"
	ExternalURL    Field = "external URL" // what a link post points at
	Redirect       Field = "redirect"     // the file is no post, it sends its visitors elsewhere
	Aliases        Field = "aliases"      // former URLs of the post
	Summary        Field = "summary"
	Authors        Field = "authors" // names or keys, or maps with name, email and url
	AuthorEmail    Field = "author email"
	Categories     Field = "categories"
	Tags           Field = "tags"
	Image          Field = "image"
	ImageAlt       Field = "image alt"
	Language       Field = "language"
	TranslationKey Field = "translation key"
)

// Keys says under which keys the fields of a dialect are found.
type Keys struct {
	// Exact makes the case of keys matter.
	Exact bool
	// Names lists the keys of each field, the first to be looked for first. A
	// key with dots looks into maps: "image.path".
	Names map[Field][]string
}

// Plain is the table of the dialect plain: the union of what generators use.
var Plain = Keys{Names: map[Field][]string{
	Title:          {"title"},
	Published:      {"publishDate", "publish_date", "pubDate", "date", "published", "created_at"},
	Updated:        {"lastmod", "last_modified_at", "updated", "updatedDate", "modified", "dateModified", "modified_time"},
	Expires:        {"expiryDate", "expires", "unpublishDate", "unpublish_date"},
	Draft:          {"draft"},
	Public:         {"published"},
	Rendered:       {"render", "permalink"},
	Unlisted:       {"unlisted", "hidden", "eleventyExcludeFromCollections", "headless", "build.headless"},
	InFeed:         {"feed"},
	Listed:         {"build.list", "_build.list"},
	ID:             {"guid", "id", "uid", "uuid", "blogger_id"},
	Permalink:      {"permalink", "url", "path"},
	Slug:           {"slug"},
	ExternalURL:    {"link", "external_url", "link_to"},
	Redirect:       {"redirect", "redirect_to"},
	Aliases:        {"aliases", "redirect_from", "oldurl"},
	Summary:        {"description", "excerpt", "summary", "custom_summary", "deck"},
	Authors:        {"author", "authors", "by", "author_name", "taxonomies.authors"},
	AuthorEmail:    {"author_email"},
	Categories:     {"categories", "category", "taxonomies.categories"},
	Tags:           {"tags", "tag", "topics", "taxonomies.tags", "taxonomies.topics", "keywords"},
	Image:          {"image.path", "image.url", "image.src", "image", "images", "heroImage", "cover.image", "cover", "featured_image", "thumbnail", "banner", "og_image"},
	ImageAlt:       {"image.alt", "image_alt", "heroImageAlt", "cover.alt"},
	Language:       {"lang", "language", "locale"},
	TranslationKey: {"translationKey"},
	// Further fields (enclosures, podcasts) are further lines here.
}}

// Find returns the value of a field and its key as written in the block. The
// first key of the table that holds something wins; an empty value counts as
// absent, and so does one that cannot be the field: a date or a permalink is
// never a boolean, a switch is nothing else, an image is no map. Where keys differ in nothing but
// their case, the last of them wins, unless the case matters.
func (k Keys) Find(b Block, f Field) (Value, string, bool) {
	for _, name := range k.Names[f] {
		v, key, ok := k.lookup(b.Meta, name)
		if ok && !v.Empty() && f.fits(v) {
			return v, key, true
		}
	}
	return Value{}, "", false
}

// lookup follows a name with dots through maps.
func (k Keys) lookup(m Pairs, name string) (Value, string, bool) {
	head, tail, dotted := strings.Cut(name, ".")
	for i := len(m) - 1; i >= 0; i-- {
		if m[i].Key != head && (k.Exact || !strings.EqualFold(m[i].Key, head)) {
			continue
		}
		if !dotted {
			return m[i].Value, m[i].Key, true
		}
		v, key, ok := k.lookup(m[i].Value.Map, tail)
		return v, m[i].Key + "." + key, ok
	}
	return Value{}, "", false
}

func (f Field) fits(v Value) bool {
	_, isBool := v.Bool()
	switch f {
	case Published, Updated, Expires, Permalink:
		return !isBool
	case Draft, Public, Rendered, Unlisted, InFeed:
		return isBool
	case Image:
		return v.Kind != Map
	}
	return true
}
