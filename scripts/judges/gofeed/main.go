// Command gofeed reads feeds as readers written in Go do. Arguments: files. It
// prints a line of JSON for each file.
package main

import (
	"encoding/json"
	"log"
	"os"
	"time"

	"github.com/mmcdole/gofeed"
)

type entry struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Link       string     `json:"link"`
	Date       *time.Time `json:"date"`
	Updated    *time.Time `json:"updated,omitempty"`
	Authors    []string   `json:"authors"`
	Terms      []string   `json:"terms"`
	Enclosures []string   `json:"enclosures"`
}

func main() {
	for _, name := range os.Args[1:] {
		entries, err := read(name)
		if err == nil {
			err = json.NewEncoder(os.Stdout).Encode(map[string]any{"reader": "gofeed", "file": name, "entries": entries})
		}
		if err != nil {
			log.Fatalf("%s: %v", name, err)
		}
	}
}

func read(name string) ([]entry, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // nothing was written
	feed, err := gofeed.NewParser().Parse(file)
	if err != nil {
		return nil, err
	}
	entries := []entry{}
	for _, item := range feed.Items {
		e := entry{ID: item.GUID, Title: item.Title, Link: item.Link, Date: item.PublishedParsed, Updated: item.UpdatedParsed, Terms: item.Categories}
		if item.DublinCoreExt != nil {
			e.Authors = item.DublinCoreExt.Creator
		} else {
			for _, author := range item.Authors {
				e.Authors = append(e.Authors, author.Name)
			}
		}
		for _, file := range item.Enclosures {
			e.Enclosures = append(e.Enclosures, file.URL)
		}
		entries = append(entries, e)
	}
	return entries, nil
}
