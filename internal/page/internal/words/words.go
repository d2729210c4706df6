// Package words holds what a theme says in one language, and which way
// languages are written.
package words

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Words are what the templates say in one language.
type Words struct {
	Tag language.Tag `json:"-"`

	Date   string            `json:"date"` // with {day}, {month} and {year}
	Months []string          `json:"months"`
	Digits string            `json:"digits"` // 0 to 9; empty: as in English
	Words  map[string]string `json:"words"`
}

// Parse reads a file of words in the language of a tag. Those that it lacks are
// taken from others.
func Parse(tag string, data []byte, others *Words) (*Words, error) {
	w := &Words{}
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
	if w.Tag, err = language.Parse(tag); err != nil {
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

// Say returns a text with {0}, {1} and so on filled in.
func (w *Words) Say(key string, values ...any) (string, error) {
	text, ok := w.Words[key]
	if !ok {
		return "", fmt.Errorf("no words for %q", key)
	}
	for i, v := range values {
		if n, ok := v.(int); ok {
			v = w.Number(n)
		}
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", fmt.Sprint(v))
	}
	return text, nil
}

// Number returns n in the digits of the language.
func (w *Words) Number(n int) string {
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

// On returns a date for people.
func (w *Words) On(t time.Time) string {
	return strings.NewReplacer("{day}", w.Number(t.Day()), "{month}", w.Months[t.Month()-1], "{year}", w.Number(t.Year())).Replace(w.Date)
}

// rightToLeft are the scripts that are written so.
var rightToLeft = []string{"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}

// Direction returns "rtl" or "ltr" for a BCP 47 tag.
func Direction(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil {
		return "ltr"
	}
	if script, _ := parsed.Script(); slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}
