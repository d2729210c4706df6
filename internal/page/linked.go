package page

import "cmp"

// posting is schema.org's BlogPosting, in JSON-LD.
type posting struct {
	Context   string   `json:"@context"`
	Type      string   `json:"@type"`
	Headline  string   `json:"headline,omitempty"`
	URL       string   `json:"url"`
	MainPage  string   `json:"mainEntityOfPage,omitempty"`
	Published string   `json:"datePublished"`
	Modified  string   `json:"dateModified"`
	Language  string   `json:"inLanguage,omitempty"`
	About     string   `json:"description,omitempty"`
	Image     string   `json:"image,omitempty"`
	Keywords  []string `json:"keywords,omitempty"`
	Authors   []thing  `json:"author,omitempty"`
	Blog      thing    `json:"isPartOf"`
}

type thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// LinkedData is what search engines want to know of a post. The template writes
// it as JSON, escaped for a script element.
func (v *view) LinkedData() posting {
	p := v.Post
	data := posting{
		Context: "https://schema.org", Type: "BlogPosting",
		Headline: p.Title, URL: p.URL, MainPage: v.URL,
		Published: v.Time(p.Published), Modified: v.Time(p.Updated),
		Language: cmp.Or(p.Language, v.Site.Language), About: p.Summary, Image: p.Image.URL,
		Blog: thing{"Blog", v.Site.Title, v.Site.URL + "/"},
	}
	for _, t := range p.Terms {
		data.Keywords = append(data.Keywords, t.Name)
	}
	for _, a := range p.Authors {
		data.Authors = append(data.Authors, thing{"Person", a.Name, cmp.Or(a.Home, a.URL)})
	}
	return data
}
