package frontmatter

import "strings"

// Field is what a value means, whatever its key is called.
type Field uint8

// The fields of a post. Those that are marked as switches hold true or false.
const (
	Any   Field = iota // no field in particular: any value that is written
	Title              // false, unquoted, means that the post has none on purpose
	Published
	PageDate // what Hugo calls the date of a page, as opposed to that of its publication
	Updated
	Expires
	Draft     // switch: true keeps the post from the public
	Public    // switch: so does false; a date does until then
	Withheld  // true does too, but the keys have other uses, and any other value says nothing
	NotBefore // a date before which the post is not public, whatever its own date
	Embargo   // so it is here, but the keys have other uses, and what is no date says nothing
	Status    // a word for who may see the post; see Value.Audience
	Standing  // so it is here, but the keys have other uses, and an unknown word says nothing
	Locked    // anything but false, such as a password, keeps the post from the public
	Rendered  // switch: so does false
	Unlisted  // switch: true keeps the post out of feeds and lists
	InFeed    // switch: so does false
	Listed    // so do "never" and "local"
	ID
	Permalink // a path or a full URL
	Slug
	ExternalURL // what a link post points at
	Redirect    // the file is no post, it sends its visitors elsewhere
	Aliases     // former URLs of the post
	Summary
	Authors // names or keys, or maps with name, email and url
	AuthorEmail
	Categories
	Tags
	Image
	ImageAlt
	Language
	TranslationKey
	Carry       // how much of the post its entries carry: both, full, summary
	ExcerptOnly // switch: true means the summary only

	Enclosures // addresses, or maps with url, length, type, duration, title
	EnclosureSize
	EnclosureType
	Duration
	Episode // a number
	Season  // a number
	EpisodeType
	EpisodeTitle
	EpisodeImage
	Explicit // a switch, or one of Apple's words
	Transcripts
	Chapters
	Location
	People
	Hosts
	Guests
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
	Title:     {"title"},
	Published: {"publishDate", "publish_date", "pubDate", "date", "published", "created_at"},
	Updated:   {"lastmod", "last_modified_at", "updated", "updatedDate", "modified", "dateModified", "modified_time"},
	Expires: {"expiryDate", "expiry_date", "expires", "expiry", "expires_at", "expiresAt", "expires_on", "expire_date", "expireDate",
		"expirationDate", "expiration_date", "unpublishDate", "unpublish_date", "unpublishAt", "unpublish_at", "unpublish_on", "published_until",
		"publish_until", "visible_until"},
	Draft: {"draft", "isDraft", "saveAsDraft", "draft_mode", "private", "isPrivate", "unpublished", "unpublish", "noPublish",
		"dont_publish", "do_not_publish", "dg-draft", "extra.draft", "extra.private", "params.draft", "params.private", "meta.draft",
		"metadata.draft", "data.draft", "attributes.draft"},
	Public: {"published", "publish", "isPublished", "is_public", "public", "dg-publish", "routable", "extra.published",
		"params.published", "meta.published", "metadata.published", "data.published", "attributes.published"},
	Withheld: {"wip", "work_in_progress", "secret", "confidential", "internal", "embargo", "embargoed", "deleted", "trashed", "trash",
		"disabled", "ignore", "ignored", "skip", "exclude", "excluded", "drafts", "invisible", "scheduled"},
	NotBefore: {"publishDate", "publishedDate", "publishAt", "publishedAt", "publishOn", "publishedOn", "publishTime", "publishedTime",
		"publishFrom", "pubDate", "scheduledAt", "scheduledFor", "scheduledDate", "scheduleDate", "notBefore", "embargoUntil",
		"embargoedUntil", "embargoDate", "draftUntil", "hiddenUntil", "hideUntil", "privateUntil", "goLiveAt", "goLiveDate",
		"extra.publishDate", "params.publishDate", "meta.publishDate", "metadata.publishDate", "data.publishDate", "attributes.publishDate"},
	Embargo: {"publicationDate", "datePublished", "scheduled", "schedule", "embargo", "embargoed", "goLive", "liveAt", "liveFrom", "visibleFrom", "availableFrom"},
	Status:  {"status", "post_status", "publish_status", "publishing_status", "publication_status", "publication_state", "visibility", "post_visibility"},
	Standing: {"state", "stage", "access", "audience", "privacy", "type", "post_type", "layout", "extra.status", "params.status",
		"meta.status", "metadata.status", "extra.visibility"},
	Locked:   {"password", "passwd", "pwd", "encrypt", "encrypted", "protected", "passphrase"},
	Rendered: {"render", "permalink"},
	Unlisted: {"unlisted", "isUnlisted", "hidden", "isHidden", "eleventyExcludeFromCollections", "headless", "build.headless",
		"exclude_from_feed", "exclude_from_rss", "no_feed", "hide_from_feed"},
	InFeed:         {"feed", "in_feed", "listed", "discoverable"},
	Listed:         {"build.list", "_build.list"},
	ID:             {"id", "guid", "uid", "uuid", "blogger_id"}, // the first is what pin writes, and so the strongest
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
	Carry:          {"feed.content", "feed_content"},
	ExcerptOnly:    {"feed.excerpt_only", "excerpt_only"},

	Enclosures: {"enclosure", "enclosures", "audio_with_metadata", "audio", "video", "podcast_file", "podcast.enclosure",
		"podcast.file", "podcast.url", "podcast.audio", "itunes.enclosure", "episode_file", "mp3"},
	EnclosureSize: {"podcast_bytes", "podcast_size", "podcast_length", "enclosure_length", "enclosure_size", "audio_bytes", "audio_size",
		"audio_length", "podcast.bytes", "podcast.size", "podcast.length", "itunes.length", "filesize", "file_size"},
	EnclosureType: {"enclosure_type", "audio_type", "podcast_mime", "podcast.mime", "podcast.mime_type", "mime_type"},
	Duration:      {"podcast_duration", "itunes_duration", "audio_duration", "enclosure_duration", "podcast.duration", "itunes.duration", "duration"},
	Episode:       {"itunes_episode", "podcast_episode", "itunes.episode", "podcast.episode", "episode_number", "episode"},
	Season:        {"itunes_season", "podcast_season", "itunes.season", "podcast.season", "season_number", "season"},
	EpisodeType:   {"itunes_episodeType", "itunes_episode_type", "itunes.episodeType", "podcast.episodeType", "podcast.episode_type", "episodeType", "episode_type"},
	EpisodeTitle:  {"itunes_title", "itunes.title", "podcast.title"},
	EpisodeImage:  {"itunes_image", "itunes.image", "podcast.image", "podcast_image", "episode_image"},
	Explicit:      {"itunes_explicit", "itunes.explicit", "podcast.explicit", "podcast_explicit", "explicit"},
	Transcripts:   {"transcript", "transcripts", "podcast.transcript", "podcast.transcripts"},
	Chapters:      {"chapters", "podcast.chapters"},
	Location:      {"podcast_location", "podcast.location"},
	People:        {"podcast.person", "podcast.persons", "podcast.people", "persons", "people"},
	Hosts:         {"hosts", "host", "podcast.hosts", "podcast.host"},
	Guests:        {"guests", "guest", "podcast.guests", "podcast.guest"},
}}

// Find returns the value of a field and its key as written in the block. The
// first key of the table that holds something wins; an empty value counts as
// absent, and so does one that cannot be the field: a date or a permalink is
// never a boolean, a switch is nothing else, an image is no map. Where keys differ in nothing but
// their case, the last of them wins, unless the case matters.
func (k Keys) Find(b Block, f Field) (Value, string, bool) {
	for _, name := range k.Names[f] {
		if v, key, ok := k.Under(b.Meta, f, name); ok {
			return v, key, true
		}
	}
	return Value{}, "", false
}

// Under is Find for one name of the field only, which need not be in the table.
func (k Keys) Under(m Pairs, f Field, name string) (Value, string, bool) {
	if v, key, ok := k.lookup(m, name); ok && !v.Empty() && f.fits(v) {
		return v, key, true
	}
	return Value{}, "", false
}

// Written returns the key under which the block has the field, as written there.
// Unlike Find it takes a key for what it is, whatever its value.
func (k Keys) Written(b Block, f Field) (string, bool) {
	for _, name := range k.Names[f] {
		if _, key, ok := k.lookup(b.Meta, name); ok {
			return key, true
		}
	}
	return "", false
}

// lookup follows a name with dots through maps.
func (k Keys) lookup(m Pairs, name string) (Value, string, bool) {
	head, tail, dotted := strings.Cut(name, ".")
	for i := len(m) - 1; i >= 0; i-- {
		// Names are ASCII, so that keys of another length are other keys.
		if len(m[i].Key) != len(head) || m[i].Key != head && (k.Exact || !strings.EqualFold(m[i].Key, head)) {
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

// Fields is a set of fields.
type Fields uint64

// Has reports whether the field is in the set.
func (s Fields) Has(f Field) bool { return s&(1<<f) != 0 }

// Index is a Keys table turned round, to look at each key of a block once: the
// fields that may be found under a key, by the key as All compares it. Of the fields
// that a table knows, a block holds a few; the others need not be looked for.
type Index map[string]Fields

// Index returns the index of the table.
func (k Keys) Index() Index {
	x := make(Index, 4*len(k.Names))
	for field, names := range k.Names {
		for _, name := range names {
			head, _, _ := strings.Cut(name, ".")
			x[foldKey(head)] |= 1 << field
		}
	}
	return x
}

// In returns the fields that may be found in m. All others are absent.
func (x Index) In(m Pairs) Fields {
	var fields Fields
	for i := range m {
		fields |= x[foldKey(m[i].Key)]
	}
	return fields
}

func (f Field) fits(v Value) bool {
	_, isBool := v.Bool()
	_, isSwitch := v.Switch()
	switch f {
	case Published, Updated, Expires:
		return !isSwitch
	case Permalink:
		return !isBool
	case Draft, Public, Rendered, Unlisted, InFeed, ExcerptOnly:
		return isBool
	case Image:
		return v.Kind != Map
	}
	return true
}
