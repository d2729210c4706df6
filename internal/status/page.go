package status

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // of the template and the style sheet
	"encoding/base64"
	"fmt"
	"html/template"
	"time"
)

var (
	//go:embed page.html
	pageText string
	//go:embed page.css
	pageStyle string

	document = template.Must(template.New("page.html").Funcs(template.FuncMap{"visible": visible, "size": size}).Parse(pageText))
)

// Policy returns the Content-Security-Policy of the page: its own style sheet and
// nothing else.
func Policy() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// Still is the query that asks for a page that does not refresh itself.
const Still = "still"

// maxProblems is how many problems the page shows.
const maxProblems = 200

// Page returns the page that says what f says. It refreshes itself, unless it is
// to keep still: whoever reads slowly, or has it read aloud, needs that.
func Page(f Facts, still bool) ([]byte, error) {
	v := view{Facts: f, Shown: f.Problems[:min(len(f.Problems), maxProblems)], Refresh: 5, Still: Still, Style: template.CSS(pageStyle)} // part of the program
	if still {
		v.Refresh = 0
	}
	var page bytes.Buffer
	err := document.Execute(&page, v)
	return page.Bytes(), err
}

// view is what the template sees.
type view struct {
	Facts
	Shown   []Problem
	Refresh int // seconds; 0: never
	Still   string
	Style   template.CSS
}

// Summary says how things are in a few words, for the title of a window among
// others.
func (v view) Summary() string {
	switch n := len(v.Problems); n {
	case 0:
		return string(v.State) + ", no problems"
	case 1:
		return string(v.State) + ", 1 problem"
	default:
		return fmt.Sprintf("%s, %d problems", v.State, n)
	}
}

// Moment is a time as the template shows it.
type Moment struct {
	Machine, Human string
	Distance       string // from the moment of the facts, such as "3 min ago"
}

// When returns a time for the template, nil for none. It takes both of the forms
// in which Facts hold times.
func (v view) When(t any) *Moment {
	var at time.Time
	switch t := t.(type) {
	case time.Time:
		at = t
	case *time.Time:
		if t != nil {
			at = *t
		}
	}
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &Moment{at.Format(time.RFC3339), at.Format("2006-01-02 15:04:05"), distance(at.Sub(v.Time))}
}

// distance words how far off something is, in the largest unit that fits.
func distance(d time.Duration) string {
	if -time.Second < d && d < time.Second {
		return "now"
	}
	if d > 0 {
		return "in " + length(d)
	}
	return length(-d) + " ago"
}

func length(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < 2*day:
		return fmt.Sprintf("%d h", d/time.Hour)
	}
	return fmt.Sprintf("%d days", d/day)
}

// size words a number of bytes.
func size(bytes int) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1000*1000:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}
