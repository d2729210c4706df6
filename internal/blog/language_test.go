package blog_test

import (
	"testing"

	"broadsheet/internal/blog"
)

func TestLanguageTagsAreWellFormed(t *testing.T) {
	for said, want := range map[string]string{
		"en": "en", " en_US ": "en-US", "zh-cmn-Hans-CN": "zh-cmn-Hans-CN", "sr-Latn": "sr-Latn", "es-419": "es-419", "de-1996": "de-1996",
		"sl-rozaj-biske": "sl-rozaj-biske", "en-u-ca-buddhist": "en-u-ca-buddhist", "de-x-foo": "de-x-foo", "x-klingon": "x-klingon", "i-klingon": "i-klingon",
		"xx": "xx", "qaa": "qaa", "en-XX": "en-XX", "fr-Latn-FR-xxxxx": "fr-Latn-FR-xxxxx",
		"xx-YY-zz": "", "English": "", "deutsch": "", "abcd": "", "a": "", "en-": "", "e n": "", "": "", "-": "", "日本語": "", "en,de": "", "en-US-US": "", "<b>": "",
	} {
		got, ok := blog.LanguageTag(said)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q (%v), want %q", said, got, ok, want)
		}
	}
}
