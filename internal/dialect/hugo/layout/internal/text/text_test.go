package text_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"broadsheet/internal/dialect/hugo/layout/internal/text"
)

func TestTextsOfOne(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"lower", "ÄB", "äb"}, {"upper", "äß", "Äß"}, {"firstupper", "élan vital", "Élan vital"}, {"firstupper", "", ""},
		{"title", "the art of the possible", "The Art of the Possible"}, {"title", "war and", "War And"}, {"title", "", ""},
		{"humanize", "my-first_post", "My first post"}, {"humanize", "", ""}, {"chomp", "a\r\n\n", "a"}, {"trimspace", " \ta\n", "a"},
		{"urlize", "Ab  c! d", "ab-c-d"}, {"urlize", "Grüße/aus_Köln", "grüße/aus_köln"}, {"anchorize", " What's new? ", "whats-new"}, {"anchorize", "a_b-c.d", "a_b-cd"},
		{"plainify", "<p>a &amp; <b>b</b></p>", "a & b"}, {"plainify", "a < b", "a < b"}, {"emojify", ":smile:", ":smile:"},
		{"htmlEscape", `<a b="c">`, "&lt;a b=&#34;c&#34;&gt;"}, {"htmlUnescape", "&lt;&#34;", `<"`},
		{"md5", "a", "0cc175b9c0f1b6a831c399e269772661"}, {"sha1", "a", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"},
		{"sha256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}, {"base64Encode", "a?>", "YT8+"},
		{"pathbase", "a/b.md", "b.md"}, {"pathext", "a/b.md", ".md"}, {"pathdir", "a/b.md", "a"}, {"pathclean", "a//b/../c", "a/c"}, {"pathbasename", "a/b.tar.gz", "b.tar"},
	} {
		if got := text.OfOne[c.name](c.in); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestTextsOfTwo(t *testing.T) {
	for _, c := range []struct {
		name, first, second string
		want                any
	}{
		{"trim", "--a--", "-", "a"}, {"trimLeft", "-", "--a-", "a-"}, {"trimRight", "-", "-a--", "-a"}, {"trimPrefix", "ab", "abc", "c"}, {"trimPrefix", "x", "abc", "abc"},
		{"trimSuffix", "bc", "abc", "a"}, {"hasPrefix", "abc", "ab", true}, {"hasPrefix", "abc", "b", false}, {"hasSuffix", "abc", "bc", true},
		{"contains", "abc", "b", true}, {"containsany", "abc", "xyc", true}, {"containsany", "abc", "xy", false}, {"countof", "a", "banana", 3},
		{"split", "a,b,", ",", []string{"a", "b", ""}},
	} {
		if got := text.OfTwo[c.name](c.first, c.second); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %q %q: %v, want %v", c.name, c.first, c.second, got, c.want)
		}
	}
}

func TestSubstr(t *testing.T) {
	for _, c := range []struct {
		at    []any
		toEnd bool
		want  string
	}{
		{nil, false, "größer"}, {[]any{2}, false, "ößer"}, {[]any{-2}, false, "er"}, {[]any{-99}, false, "größer"}, {[]any{99}, false, ""},
		{[]any{1, 2}, false, "rö"}, {[]any{1, 99}, false, "rößer"}, {[]any{1, -1}, false, "röße"}, {[]any{1, 0}, false, ""}, {[]any{"1", "2"}, false, "rö"},
		{[]any{1, 3}, true, "rö"}, {[]any{3, 3}, true, ""}, {[]any{0, 99}, true, "größer"},
	} {
		if got, err := text.Substr("größer", c.at, c.toEnd); got != c.want || err != nil {
			t.Errorf("%v, to an end %v: %q, %v; want %q", c.at, c.toEnd, got, err, c.want)
		}
	}
}

func TestTruncateCutsBetweenWords(t *testing.T) {
	for _, c := range []struct {
		limit any
		args  []any
		want  string
	}{
		{5, []any{"one two"}, "one…"}, {7, []any{"one two"}, "one two"}, {3, []any{"one two"}, "one…"}, {2, []any{"one two"}, "on…"}, {0, []any{"one"}, "…"},
		{-3, []any{"one"}, "…"}, {5, []any{" [more]", "one two"}, "one [more]"}, {4, []any{"größer"}, "größ…"}, {5, nil, ""}, {8, []any{"one two  three"}, "one two…"},
	} {
		if got, err := text.Truncate(c.limit, c.args...); got != c.want || err != nil {
			t.Errorf("%v of %v: %q, %v; want %q", c.limit, c.args, got, err, c.want)
		}
	}
	if got, err := text.Truncate("many", "one"); err == nil {
		t.Errorf("a limit that is no number: %q", got)
	}
}

// Whatever is cut, the result is valid text, and not longer than what was asked for and its mark.
func TestCutsAreWholeCharacters(t *testing.T) {
	whole := func(s string, from, length int8) bool {
		s = strings.ToValidUTF8(s, "?")
		part, err := text.Substr(s, []any{int(from), int(length)}, false)
		short, err2 := text.Truncate(int(length), "", s)
		return err == nil && err2 == nil && utf8.ValidString(part) && strings.Contains(s, part) && utf8.ValidString(short) && strings.HasPrefix(s, short) &&
			utf8.RuneCountInString(short) <= max(int(length), 0)
	}
	if err := quick.Check(whole, nil); err != nil {
		t.Error(err)
	}
}

func TestReplaceSome(t *testing.T) {
	pair := regexp.MustCompile(`(\w)(\d)`)
	for _, c := range []struct {
		left int
		want string
	}{{-1, "1a, 2b, 3c!"}, {0, "a1, b2, c3!"}, {2, "1a, 2b, c3!"}, {9, "1a, 2b, 3c!"}} {
		if got := text.ReplaceSome(pair, "a1, b2, c3!", "$2$1", c.left); got != c.want {
			t.Errorf("%d: %q, want %q", c.left, got, c.want)
		}
	}
}
