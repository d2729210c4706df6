package liquid_test

import (
	"fmt"

	"broadsheet/internal/liquid"
)

// A post of a Jekyll site holds template text. What cannot be rendered is named, with its line.
func Example() {
	r := liquid.New(liquid.Site{
		Vars:     liquid.Object{{Key: "title", Value: "My Site"}, {Key: "data", Value: map[string]any{"people": []any{"Ada", "Bob"}}}},
		Includes: map[string]string{"note.html": `<p class="note">{{ include.text }}</p>`},
		URL:      "https://example.org",
	})
	body := `# {{ page.title | upcase }}, {{ site.title }}
{% for name in site.data.people %}{{ forloop.index }}. {{ name }}
{% endfor %}{% include note.html text="Mind the step" %}
{{ "/feed.xml" | absolute_url }}
{{ page.title | shout }}
`
	out, problems := r.Render([]byte(body), liquid.Object{{Key: "title", Value: "Hello"}}, "hello.md", 5)
	fmt.Printf("%s", out)
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// # HELLO, My Site
	// 1. Ada
	// 2. Bob
	// <p class="note">Mind the step</p>
	// https://example.org/feed.xml
	// Hello
	// hello.md:9: unknown filter "shout": left out
}
