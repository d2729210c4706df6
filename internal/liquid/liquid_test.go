package liquid_test

import (
	"fmt"
	"testing"

	"broadsheet/internal/liquid"
)

func TestTry(t *testing.T) {
	r := liquid.New(liquid.Site{Vars: map[string]any{"url": "https://x.org", "data": map[string]any{"a": []any{1, 2}}}, Includes: map[string]string{"a.html": "<{{ include.x }}{{ y | nope }}>"}})
	out, p := r.Render([]byte("{% assign issue_numbers = \"1037|1040\" | split: \"|\" %}\n{% for issue in issue_numbers %}\n[#{{ issue }}]: {{ site.url\n}}/issues/{{ issue }} {{ 3 | plus: 1.5 }}\n{% endfor %}{% if site.data.a contains 2 and x == nil %}yes{% else %}no{% endif %}{% include a.html x=\"q\\\"\" %}\n{% highlight Ruby %}\n```x{{ 1 }}\n{% endhighlight %}\n{% foo %}a{{ page.date | date: \"%Y\" }}{% endfoo %}{% link x %} {{ \"Ab c\" | slugify | upcase | append: '!' }} {{ a | unknown }} {{ 'now' | date: '%Y'}}"), map[string]any{}, "p.md", 3)
	fmt.Println(string(out))
	for _, x := range p {
		fmt.Println(x.Error())
	}
}
