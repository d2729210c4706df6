package page

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

//go:embed theme
var embedded embed.FS

// wordsFolder is where a theme has one file for each language of its words.
const wordsFolder = "words/"

// words are what the templates say in one language.
type words struct {
	tag language.Tag

	Date   string            `json:"date"` // with {day}, {month} and {year}
	Months []string          `json:"months"`
	Digits string            `json:"digits"` // 0 to 9; empty: as in English
	Words  map[string]string `json:"words"`
}

// parseWords reads a file of words. Those that it lacks are taken from others.
func parseWords(name string, data []byte, others *words) (*words, error) {
	w := &words{}
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(w)
	switch {
	case err != nil:
		return nil, err
	case len(w.Months) != 0 && len(w.Months) != 12:
		return nil, fmt.Errorf("%d months; expected 12", len(w.Months))
	case w.Digits != "" && len([]rune(w.Digits)) != 10:
		return nil, fmt.Errorf("%d digits; expected 10", len([]rune(w.Digits)))
	}
	if w.tag, err = language.Parse(strings.TrimSuffix(strings.TrimPrefix(name, wordsFolder), ".json")); err != nil {
		return nil, fmt.Errorf("the file is named after no language: %w", err)
	}
	if others == nil {
		return w, nil
	}
	for key, text := range others.Words {
		if _, ok := w.Words[key]; !ok {
			if w.Words == nil {
				w.Words = map[string]string{}
			}
			w.Words[key] = text
		}
	}
	if w.Months == nil || w.Date == "" {
		w.Date, w.Months = others.Date, others.Months
	}
	return w, nil
}

// say returns a text with {0}, {1} and so on filled in.
func (w *words) say(key string, values ...any) (string, error) {
	text, ok := w.Words[key]
	if !ok {
		return "", fmt.Errorf("no words for %q", key)
	}
	for i, v := range values {
		if n, ok := v.(int); ok {
			v = w.number(n)
		}
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", fmt.Sprint(v))
	}
	return text, nil
}

func (w *words) number(n int) string {
	digits := []rune(w.Digits)
	if len(digits) != 10 {
		return strconv.Itoa(n)
	}
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		return digits[r-'0']
	}, strconv.Itoa(n))
}

func (w *words) date(t time.Time) string {
	return strings.NewReplacer("{day}", w.number(t.Day()), "{month}", w.Months[t.Month()-1], "{year}", w.number(t.Year())).Replace(w.Date)
}

// choose returns the words for a language; English where it has none.
func (t *Theme) choose(tag string) (w *words, known bool) {
	if wanted, err := language.Parse(tag); err == nil {
		if _, i, confidence := t.matcher.Match(wanted); confidence >= language.High {
			return t.words[i], true
		}
	}
	return t.words[0], false
}

// rightToLeft are the scripts that are written so.
var rightToLeft = []string{"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}

// direction returns "rtl" or "ltr" for a BCP 47 tag.
func direction(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil {
		return "ltr"
	}
	if script, _ := parsed.Script(); slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}

// langAttributes returns lang and dir for an element of language inner within
// one of language outer; nothing where they are the same.
func langAttributes(outer, inner string) template.HTMLAttr {
	if inner == "" || strings.EqualFold(outer, inner) {
		return ""
	}
	return template.HTMLAttr(fmt.Sprintf(` lang="%s" dir="%s"`, template.HTMLEscapeString(inner), direction(inner))) //nolint:gosec // escaped above
}
