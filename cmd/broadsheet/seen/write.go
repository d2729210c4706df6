package seen

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"broadsheet/cmd/broadsheet/report"
)

// WriteJSON writes the report as one JSON object.
func (r Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteText writes a line for each finding, and one with their numbers.
func (r Report) WriteText(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, list := range []struct {
		kind     string
		findings []Finding
	}{
		{"shown again", r.ShownAgain}, {"lost", r.Lost},
		{"changed link", r.ChangedLink}, {"changed date", r.ChangedDate}, {"changed title", r.ChangedTitle},
	} {
		for _, f := range list.findings {
			name := Entry{ID: f.ID, Link: f.Link, Title: f.Title}.Name()
			fmt.Fprintf(table, "%s\t%s\t%s\n", list.kind, report.Printable(name), report.Printable(detail(f)))
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d shown again, %d lost, "+
		"%d changed links, %d changed dates, %d changed titles, %d new, %d same\n",
		len(r.ShownAgain), len(r.Lost), len(r.ChangedLink), len(r.ChangedDate), len(r.ChangedTitle), r.New, r.Same)
	return err
}

func detail(f Finding) string {
	if f.File == "" {
		return f.Title
	}
	return fmt.Sprintf("%s: %s -> %s", f.File, f.Was, f.Now)
}
