package frontmatter_test

import (
	"fmt"
	"time"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// A post is split; the fields are found under the keys that generators use, and its date is read in
// the zone of the site.
func Example() {
	post := "---\ntitle: A fine day\npubDate: July 8, 2022 at 10pm\ndraft: no\n---\nIt began early.\n"
	block, err := frontmatter.Parse("fine-day.md", []byte(post))
	if err != nil {
		fmt.Println(err)
		return
	}
	title, _, _ := meta.Plain.Find(block.Meta, meta.Title)
	published, key, _ := meta.Plain.Find(block.Meta, meta.Published)
	date, err := dates.Parse(published.Text, time.FixedZone("", 2*3600))
	fmt.Println(title.Text, key, date.Time.Format(time.RFC3339), err)
	fmt.Printf("%v, line %d: %s", block.Format, block.BodyLine, block.Body)
	// Output:
	// A fine day pubDate 2022-07-08T22:00:00+02:00 <nil>
	// YAML, line 6: It began early.
}
