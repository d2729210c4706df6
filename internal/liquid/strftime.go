package liquid

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxWidth bounds what a format pads to.
const maxWidth = 99

var errFormat = errors.New("invalid format")

// strftime prints a time by a format of Ruby's Time#strftime. What it does not know stays.
func strftime(format string, t time.Time) (string, error) {
	var b strings.Builder
	for format != "" {
		at := strings.IndexByte(format, '%')
		if at < 0 {
			b.WriteString(format)
			break
		}
		b.WriteString(format[:at])
		d, length := readDirective(format[at:])
		switch {
		case length == 0 || d.width > maxWidth:
			return "", fmt.Errorf("%w %s", errFormat, quote(format[at:]))
		default:
			text, known := d.print(t)
			if !known {
				text = format[at : at+length]
			}
			b.WriteString(text)
		}
		format = format[at+length:]
	}
	return b.String(), nil
}

// directive is a piece of a format, such as %-d.
type directive struct {
	verb    byte
	padding byte // '-', '_' or '0'; 0 for the usual one
	upper   bool // ^
	swap    bool // #
	colons  int
	width   int // 0 for the usual one
}

// readDirective reads a directive and returns its length; 0 if it does not end.
func readDirective(s string) (d directive, length int) {
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '-' || c == '_' || c == '0' && d.width == 0:
			d.padding = c
		case c == '^':
			d.upper = true
		case c == '#':
			d.swap = true
		case c == ':':
			d.colons++
		case '0' <= c && c <= '9':
			d.width = min(d.width*10+int(c-'0'), maxWidth+1)
		case c == 'E' || c == 'O':
		default:
			d.verb = c
			return d, i + 1
		}
	}
	return d, 0
}

// compounds are the directives that stand for formats.
var compounds = map[byte]string{
	'c': "%a %b %e %H:%M:%S %Y", 'D': "%m/%d/%y", 'F': "%Y-%m-%d", 'R': "%H:%M", 'r': "%I:%M:%S %p",
	'T': "%H:%M:%S", 'v': "%e-%^b-%Y", 'X': "%H:%M:%S", 'x': "%m/%d/%y", '+': "%a %b %e %H:%M:%S %Z %Y",
}

// names are the layouts of Go for directives that are words.
var names = map[byte]string{'A': "Monday", 'a': "Mon", 'B': "January", 'b': "Jan", 'h': "Jan", 'p': "PM", 'P': "pm", 'Z': "MST"}

// print prints a time by a directive; it is false for one that nobody knows.
func (d directive) print(t time.Time) (text string, known bool) {
	if d.colons > 0 && d.verb != 'z' {
		return "", false
	}
	if layout, ok := names[d.verb]; ok {
		return d.word(t.Format(layout)), true
	}
	if format, ok := compounds[d.verb]; ok && d.verb != '+' {
		text, _ = strftime(format, t)
		return d.word(text), true
	}
	if n, ok := numberOf(d.verb, t); ok {
		return d.number(n.value, n.width, n.padding), true
	}
	switch d.verb {
	case 'n':
		return d.word("\n"), true
	case 't':
		return d.word("\t"), true
	case '%':
		return d.word("%"), true
	case 'L', 'N':
		return d.fraction(t), true
	case 'z':
		return d.zone(t), true
	}
	return "", false
}

// word pads and changes a text.
func (d directive) word(text string) string {
	switch {
	case d.verb == 'p' && d.swap:
		text = strings.ToLower(text)
	case d.upper || d.swap && d.verb != 'P':
		text = strings.ToUpper(text)
	}
	padding := " "
	if d.padding == '0' {
		padding = "0"
	}
	return strings.Repeat(padding, max(0, d.width-len(text))) + text
}

// padded is a number, and how it is written without flags.
type padded struct {
	value, width int
	padding      byte
}

func numberOf(verb byte, t time.Time) (padded, bool) {
	year, week := t.ISOWeek()
	hour := (t.Hour()+11)%12 + 1
	all := map[byte]padded{
		'Y': {t.Year(), 1, '0'}, 'C': {t.Year() / 100, 2, '0'}, 'y': {t.Year() % 100, 2, '0'},
		'm': {int(t.Month()), 2, '0'}, 'd': {t.Day(), 2, '0'}, 'e': {t.Day(), 2, '_'}, 'j': {t.YearDay(), 3, '0'},
		'H': {t.Hour(), 2, '0'}, 'k': {t.Hour(), 2, '_'}, 'I': {hour, 2, '0'}, 'l': {hour, 2, '_'},
		'M': {t.Minute(), 2, '0'}, 'S': {t.Second(), 2, '0'}, 's': {int(t.Unix()), 1, '0'},
		'u': {(int(t.Weekday())+6)%7 + 1, 1, '0'}, 'w': {int(t.Weekday()), 1, '0'},
		'G': {year, 1, '0'}, 'g': {year % 100, 2, '0'}, 'V': {week, 2, '0'},
		'U': {(t.YearDay() + 6 - int(t.Weekday())) / 7, 2, '0'}, 'W': {(t.YearDay() + 6 - (int(t.Weekday())+6)%7) / 7, 2, '0'},
	}
	n, found := all[verb]
	return n, found
}

func (d directive) number(n, width int, padding byte) string {
	if d.padding != 0 {
		padding = d.padding
	}
	if d.width > 0 {
		width = d.width
	}
	digits := strconv.Itoa(n)
	switch {
	case padding == '-':
		return digits
	case padding == '_':
		return strings.Repeat(" ", max(0, width-len(digits))) + digits
	case n < 0:
		return "-" + strings.Repeat("0", max(0, width-len(digits))) + digits[1:]
	}
	return strings.Repeat("0", max(0, width-len(digits))) + digits
}

// fraction prints so many digits of the second.
func (d directive) fraction(t time.Time) string {
	width := d.width
	if width == 0 {
		width = map[byte]int{'L': 3, 'N': 9}[d.verb]
	}
	digits := fmt.Sprintf("%09d", t.Nanosecond())
	return (digits + strings.Repeat("0", max(0, width-len(digits))))[:width]
}

func (d directive) zone(t time.Time) string {
	seconds := offset(t)
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	h, m, s := seconds/3600, seconds/60%60, seconds%60
	var rest string
	switch d.colons {
	case 0:
		rest = fmt.Sprintf("%02d%02d", h, m)
	case 1:
		rest = fmt.Sprintf("%02d:%02d", h, m)
	default:
		rest = fmt.Sprintf("%02d:%02d:%02d", h, m, s)
	}
	return sign + strings.Repeat("0", max(0, d.width-len(rest)-1)) + rest
}

// offset returns how many seconds the zone of a time is east of Greenwich.
func offset(t time.Time) int {
	_, seconds := t.Zone()
	return seconds
}
