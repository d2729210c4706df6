package blog

import (
	"errors"
	"strings"

	"golang.org/x/text/language"
)

// LanguageTag returns a tag in the form of BCP 47 (RFC 5646 section 2.1), an
// underscore of a locale's name mended; false where it is not well-formed. A subtag
// that nobody has registered is as good as any: who wrote it may know more.
func LanguageTag(said string) (tag string, ok bool) {
	tag = strings.ReplaceAll(strings.TrimSpace(said), "_", "-")
	_, err := language.Parse(tag)
	var unknown language.ValueError
	return tag, tag != "" && (err == nil || errors.As(err, &unknown))
}
