package meta

// Field is what a value means, whatever its key is called.
type Field uint8

// The fields of a post. Those that are marked as switches hold true or false.
const (
	Any   Field = iota // no field in particular: any value that is written
	Title              // false, unquoted, means that the post has none on purpose
	Published
	PageDate // Hugo's date of a page, as opposed to that of its publication
	Updated
	Expires
	Draft     // switch: true keeps the post from the public
	Public    // switch: false keeps it from the public; a date does until then
	Withheld  // true keeps it from the public; the keys have other uses, so other values are ignored
	NotBefore // a date before which the post is not public, whatever its own date
	Embargo   // as NotBefore; the keys have other uses, so values that are no dates are ignored
	Status    // a word for who may see the post; see Value.Audience
	Standing  // as Status; the keys have other uses, so unknown words are ignored
	Locked    // anything but false, such as a password, keeps the post from the public
	Rendered  // switch: false keeps the post from the public
	Unlisted  // switch: true keeps the post out of feeds and lists
	InFeed    // switch: false keeps it out of them
	Listed    // "never", "local" and false keep it out of them
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

// fits reports whether v is of a form that the field can have.
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
