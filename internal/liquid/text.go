package liquid

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
)

// addLength adds how many bytes the text of a value has at least, up to a little over
// maxText.
func addLength(value any, n *int) {
	switch v := value.(type) {
	case string:
		*n += len(v)
	case *big.Int:
		*n += v.BitLen() / 4
	case []any:
		for i := 0; i < len(v) && *n <= maxText; i++ {
			addLength(v[i], n)
		}
	case *hash:
		for i := 0; i < len(v.pairs) && *n <= maxText; i++ {
			*n += len(v.pairs[i].Key)
			addLength(v.pairs[i].Value, n)
		}
	}
}

// shown returns what {{ value }} prints: of a list all values, those of lists in it too.
func shown(value any) string {
	if list, ok := value.([]any); ok {
		var b strings.Builder
		show(&b, list)
		return b.String()
	}
	return toText(value)
}

func show(b *strings.Builder, list []any) {
	for _, item := range list {
		if inner, ok := item.([]any); ok {
			show(b, inner)
		} else {
			b.WriteString(toText(item))
		}
		if b.Len() > maxText {
			return
		}
	}
}

// toText returns what filters take a value for: lists and maps look as in Ruby's code.
func toText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case nil, emptiness:
		return ""
	case []any, *hash:
		var b strings.Builder
		inspect(&b, value)
		return b.String()
	case float64:
		return floatText(v)
	case *loopState:
		if v.columns > 0 {
			return "Liquid::TablerowloopDrop"
		}
		return "Liquid::ForloopDrop"
	}
	return fmt.Sprint(value)
}

// inspect writes a value as in Ruby's code.
func inspect(b *strings.Builder, value any) {
	if b.Len() > maxText {
		return
	}
	switch v := value.(type) {
	case nil:
		b.WriteString("nil")
	case string:
		inspectString(b, v)
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			inspect(b, item)
		}
		b.WriteByte(']')
	case *hash:
		b.WriteByte('{')
		for i, pair := range v.pairs {
			if i > 0 {
				b.WriteString(", ")
			}
			inspectString(b, pair.Key)
			b.WriteString("=>")
			inspect(b, pair.Value)
		}
		b.WriteByte('}')
	case moment:
		b.WriteString(v.inspect())
	case emptiness:
		b.WriteString(`""`)
	default:
		b.WriteString(toText(value))
	}
}

// inspect shows a day with its number, as Ruby counts them.
func (m moment) inspect() string {
	if !m.day {
		return m.String()
	}
	const unixDay = 2440588
	days := m.at.Unix() + int64(offset(m.at))
	return fmt.Sprintf("#<Date: %s ((%dj,0s,0n),+0s,2299161j)>", m, days/(24*60*60)+unixDay)
}

var namedEscapes = map[rune]string{
	'"': `\"`, '\\': `\\`, '\n': `\n`, '\t': `\t`, '\r': `\r`, '\v': `\v`, '\f': `\f`, '\a': `\a`, '\b': `\b`, 0x1b: `\e`,
}

func inspectString(b *strings.Builder, s string) {
	b.WriteByte('"')
	for i, c := range s {
		switch next := s[i+1:]; {
		case ' ' <= c && c < 0x7f && c != '"' && c != '#' && c != '\\':
			b.WriteByte(byte(c))
		case namedEscapes[c] != "":
			b.WriteString(namedEscapes[c])
		case c == '#' && next != "" && strings.IndexByte("{$@", next[0]) >= 0:
			b.WriteString(`\#`)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(b, `\x%02X`, c)
		case !unicode.IsPrint(c) && !unicode.In(c, unicode.Zs, unicode.Cf, unicode.Co):
			b.WriteString(unprintable(c))
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
}

func unprintable(c rune) string {
	if c > math.MaxUint16 {
		return fmt.Sprintf(`\u{%X}`, c)
	}
	return fmt.Sprintf(`\u%04x`, c)
}

// floatText shows that a number is not an integer.
func floatText(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case math.IsNaN(f):
		return "NaN"
	case f != 0 && (math.Abs(f) >= 1e16 || math.Abs(f) < 1e-4):
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
		return withFraction(mantissa) + "e" + exponent
	}
	return withFraction(strconv.FormatFloat(f, 'f', -1, 64))
}

func withFraction(number string) string {
	if !strings.Contains(number, ".") {
		return number + ".0"
	}
	return number
}

// toJSON writes the JSON of a value, its keys in their order.
func toJSON(b *strings.Builder, value any) {
	if b.Len() > maxText {
		return
	}
	switch v := value.(type) {
	case nil:
		b.WriteString("null")
	case bool, int, *big.Int:
		fmt.Fprint(b, v)
	case float64:
		b.WriteString(floatText(v))
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			toJSON(b, item)
		}
		b.WriteByte(']')
	case *hash:
		b.WriteByte('{')
		for i, pair := range v.pairs {
			if i > 0 {
				b.WriteByte(',')
			}
			jsonString(b, pair.Key)
			b.WriteByte(':')
			toJSON(b, pair.Value)
		}
		b.WriteByte('}')
	default:
		jsonString(b, toText(value))
	}
}

func jsonString(b *strings.Builder, s string) {
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(s) != nil {
		return
	}
	b.WriteString(lineSeparators.Replace(strings.TrimSuffix(quoted.String(), "\n")))
}

// lineSeparators stand in JSON as they are, where Go writes escapes.
var lineSeparators = strings.NewReplacer(`\\`, `\\`, `\u2028`, "\u2028", `\u2029`, "\u2029")

// textCost is what it costs to read through a string.
func textCost(value any) int {
	s, _ := value.(string)
	return len(s) / 4
}
