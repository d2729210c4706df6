package meta

// Plain is the table of the dialect plain: the union of what generators use.
var Plain = Keys{Names: map[Field][]string{
	Title:     {"title"},
	Published: {"publishDate", "publish_date", "pubDate", "date", "published", "created_at"},
	Updated:   {"lastmod", "last_modified_at", "updated", "updatedDate", "modified", "dateModified", "modified_time"},
	Expires: {
		"expiryDate", "expiry_date", "expires", "expiry", "expires_at", "expiresAt", "expires_on", "expire_date",
		"expireDate", "expirationDate", "expiration_date", "unpublishDate", "unpublish_date", "unpublishAt",
		"unpublish_at", "unpublish_on", "published_until", "publish_until", "visible_until",
	},
	Draft: {
		"draft", "isDraft", "saveAsDraft", "draft_mode", "private", "isPrivate", "unpublished", "unpublish",
		"noPublish", "dont_publish", "do_not_publish", "dg-draft", "extra.draft", "extra.private", "params.draft",
		"params.private", "meta.draft", "metadata.draft", "data.draft", "attributes.draft",
	},
	Public: {
		"published", "publish", "isPublished", "is_public", "public", "dg-publish", "routable", "extra.published",
		"params.published", "meta.published", "metadata.published", "data.published", "attributes.published",
	},
	Withheld: {
		"wip", "work_in_progress", "secret", "confidential", "internal", "embargo", "embargoed", "deleted",
		"trashed", "trash", "disabled", "ignore", "ignored", "skip", "exclude", "excluded", "drafts", "invisible",
		"scheduled",
	},
	NotBefore: {
		"publishDate", "publishedDate", "publishAt", "publishedAt", "publishOn", "publishedOn", "publishTime",
		"publishedTime", "publishFrom", "pubDate", "scheduledAt", "scheduledFor", "scheduledDate", "scheduleDate",
		"notBefore", "embargoUntil", "embargoedUntil", "embargoDate", "draftUntil", "hiddenUntil", "hideUntil",
		"privateUntil", "goLiveAt", "goLiveDate", "extra.publishDate", "params.publishDate", "meta.publishDate",
		"metadata.publishDate", "data.publishDate", "attributes.publishDate",
	},
	Embargo: {
		"publicationDate", "datePublished", "scheduled", "schedule", "embargo", "embargoed", "goLive", "liveAt",
		"liveFrom", "visibleFrom", "availableFrom",
	},
	Status: {
		"status", "post_status", "publish_status", "publishing_status", "publication_status", "publication_state",
		"visibility", "post_visibility",
	},
	Standing: {
		"state", "stage", "access", "audience", "privacy", "type", "post_type", "layout", "extra.status",
		"params.status", "meta.status", "metadata.status", "extra.visibility",
	},
	Locked:   {"password", "passwd", "pwd", "encrypt", "encrypted", "protected", "passphrase"},
	Rendered: {"render", "permalink"},
	Unlisted: {
		"unlisted", "isUnlisted", "hidden", "isHidden", "eleventyExcludeFromCollections", "headless",
		"build.headless", "exclude_from_feed", "exclude_from_rss", "no_feed", "hide_from_feed",
	},
	InFeed: {"feed", "in_feed", "listed", "discoverable"},
	Listed: {"build.list", "_build.list"},
	// The first is the one that pin writes, and so the strongest.
	ID:          {"id", "guid", "uid", "uuid", "blogger_id"},
	Permalink:   {"permalink", "url", "path"},
	Slug:        {"slug"},
	ExternalURL: {"link", "external_url", "link_to"},
	Redirect:    {"redirect", "redirect_to"},
	Aliases:     {"aliases", "redirect_from", "oldurl"},
	Summary:     {"description", "excerpt", "summary", "custom_summary", "deck"},
	Authors:     {"author", "authors", "by", "author_name", "taxonomies.authors"},
	AuthorEmail: {"author_email"},
	Categories:  {"categories", "category", "taxonomies.categories"},
	Tags:        {"tags", "tag", "topics", "taxonomies.tags", "taxonomies.topics", "keywords"},
	Image: {
		"image.path", "image.url", "image.src", "image", "images", "heroImage", "cover.image", "cover",
		"featured_image", "thumbnail", "banner", "og_image",
	},
	ImageAlt:       {"image.alt", "image_alt", "heroImageAlt", "cover.alt"},
	Language:       {"lang", "language", "locale"},
	TranslationKey: {"translationKey"},
	Carry:          {"feed.content", "feed_content"},
	ExcerptOnly:    {"feed.excerpt_only", "excerpt_only"},
	Enclosures: {
		"enclosure", "enclosures", "audio_with_metadata", "audio", "video", "podcast_file", "podcast.enclosure",
		"podcast.file", "podcast.url", "podcast.audio", "itunes.enclosure", "episode_file", "mp3",
		"audio_url", "audioUrl", "audio_file", "audioFile", "audio_file_path", "podcast_audio", "episode_audio", "mp3_url", "mp3_file",
		"podcast_link", "podcast_url", "file", "file_url", "media", "media_url",
	},
	EnclosureSize: {
		"podcast_bytes", "podcast_size", "podcast_length", "enclosure_length", "enclosure_size", "audio_bytes",
		"audio_size", "audio_length", "audio_file_size", "podcast.bytes", "podcast.size", "podcast.length", "itunes.length",
		"filesize", "file_size", "length",
	},
	EnclosureType: {
		"enclosure_type", "audio_type", "podcast_mime", "podcast.mime", "podcast.mime_type", "mime_type",
	},
	Duration: {
		"podcast_duration", "itunes_duration", "audio_duration", "audio_file_duration", "enclosure_duration", "podcast.duration",
		"itunes.duration", "duration",
	},
	Episode: {
		"itunes_episode", "podcast_episode", "itunes.episode", "podcast.episode", "episode_number", "episode",
	},
	Season: {"itunes_season", "podcast_season", "itunes.season", "podcast.season", "season_number", "season"},
	EpisodeType: {
		"itunes_episodeType", "itunes_episode_type", "itunes.episodeType", "podcast.episodeType",
		"podcast.episode_type", "episodeType", "episode_type",
	},
	EpisodeTitle: {"itunes_title", "itunes.title", "podcast.title"},
	EpisodeImage: {"itunes_image", "itunes.image", "podcast.image", "podcast_image", "episode_image"},
	Explicit:     {"itunes_explicit", "itunes.explicit", "podcast.explicit", "podcast_explicit", "explicit"},
	Transcripts:  {"transcript", "transcripts", "podcast.transcript", "podcast.transcripts"},
	Chapters:     {"chapters", "podcast.chapters"},
	Location:     {"podcast_location", "podcast.location"},
	People:       {"podcast.person", "podcast.persons", "podcast.people", "persons", "people"},
	Hosts:        {"hosts", "host", "podcast.hosts", "podcast.host"},
	Guests:       {"guests", "guest", "podcast.guests", "podcast.guest"},
}}
