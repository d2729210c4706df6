package settings

import (
	"regexp"
	"strings"
)

// Glob returns a pattern of file names as a regular expression, without anchors.
// With across a * matches slashes too, as Ruby's fnmatch has it; ** always does.
func Glob(pattern string, across bool) string {
	star := `[^/]*`
	if across {
		star = `.*`
	}
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case strings.HasPrefix(pattern[i:], "**/"):
			b.WriteString(`(?:.*/)?`)
			i += 2
		case strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(`.*`)
			i++
		case c == '*':
			b.WriteString(star)
		case c == '?':
			b.WriteString(`.`)
		case c == '[' && strings.IndexByte(pattern[i:], ']') > 1:
			end := i + strings.IndexByte(pattern[i:], ']')
			b.WriteString("[" + strings.NewReplacer(`\`, `\\`, `[`, `\[`).Replace(strings.Replace(pattern[i+1:end], "!", "^", 1)) + "]")
			i = end
		default:
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	if _, err := regexp.Compile(b.String()); err != nil {
		return regexp.QuoteMeta(pattern)
	}
	return b.String()
}
