package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

type feed struct {
	Version string  `json:"version"`
	Title   string  `json:"title"`
	Home    string  `json:"home_page_url"`
	Self    string  `json:"feed_url"`
	Items   *[]item `json:"items"`
}

type item struct {
	ID        string  `json:"id"`
	URL       string  `json:"url"`
	External  string  `json:"external_url"`
	Image     string  `json:"image"`
	HTML      *string `json:"content_html"`
	Text      *string `json:"content_text"`
	Published string  `json:"date_published"`
	Modified  string  `json:"date_modified"`
}

// JSON checks a JSON Feed 1.1 document.
func JSON(doc []byte) error {
	var f feed
	if err := json.Unmarshal(doc, &f); err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	switch {
	case f.Version != "https://jsonfeed.org/version/1.1":
		return fmt.Errorf("the version %q is not that of JSON Feed 1.1", f.Version)
	case blank(f.Title):
		return errors.New("the feed has no title")
	case f.Items == nil:
		return errors.New("the feed has no items, not even an empty list")
	}
	var entries []entry
	for _, i := range *f.Items {
		e := entry{id: i.ID, links: given(i.URL, i.External, i.Image), dates: given(i.Published, i.Modified)}
		if i.HTML == nil && i.Text == nil {
			e.missing = "content_html and no content_text"
		}
		entries = append(entries, e)
	}
	return document(given(f.Home, f.Self), entries, time.RFC3339)
}
