package liquid_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v4"

	"broadsheet/internal/liquid"
)

// The battery is a folder of archives, one for each topic. An archive holds values.yaml
// (with page and site), includes, and templates, each with what Liquid and Jekyll make of
// it: NAME.liquid with NAME.out, or NAME.error where Jekyll stops. Liquid writes the latter;
// scripts/liquid.sh has it do so.
const battery = "testdata/battery"

// topic is an archive of the battery.
type topic struct {
	path     string
	about    string // above its files, and written back as it is
	values   string
	includes map[string]string
	cases    []*batteryCase
}

type batteryCase struct {
	name, template string
	out            string
	err            string // why Jekyll stops; out is empty then
}

func topics(t *testing.T) []*topic {
	t.Helper()
	paths, err := filepath.Glob(battery + "/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives in %s (%v)", battery, err)
	}
	var all []*topic
	for _, path := range paths {
		all = append(all, readTopic(t, path))
	}
	return all
}

func readTopic(t *testing.T, path string) *topic {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	read := &topic{path: path, about: string(archive.Comment), includes: map[string]string{}}
	for _, f := range archive.Files {
		text := strings.TrimSuffix(string(f.Data), "\n")
		name, kind := strings.TrimSuffix(f.Name, filepath.Ext(f.Name)), filepath.Ext(f.Name)
		include, isInclude := strings.CutPrefix(f.Name, "_includes/")
		switch {
		case isInclude:
			read.includes[include] = text
		case f.Name == "values.yaml":
			read.values = string(f.Data)
		case kind == ".liquid":
			read.cases = append(read.cases, &batteryCase{name: name, template: text})
		case kind == ".out" && len(read.cases) > 0:
			read.cases[len(read.cases)-1].out = text
		case kind == ".error" && len(read.cases) > 0:
			read.cases[len(read.cases)-1].err = text
		default:
			t.Fatalf("%s: what is %s?", path, f.Name)
		}
	}
	return read
}

// name returns the name of the topic.
func (b *topic) name() string { return strings.TrimSuffix(filepath.Base(b.path), ".txtar") }

// site returns the site and the page of the values.
func (b *topic) site(t *testing.T) (site liquid.Site, page liquid.Object) {
	t.Helper()
	site = liquid.Site{Includes: b.includes, Zone: time.UTC}
	given := readObject(t, []byte(b.values))
	site.Vars, _ = given.Get("site").(liquid.Object)
	page, _ = given.Get("page").(liquid.Object)
	site.URL, _ = site.Vars.Get("url").(string)
	site.BaseURL, _ = site.Vars.Get("baseurl").(string)
	return site, page
}

// ordered makes a value of YAML, its maps in the order of the file.
func ordered(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		var object liquid.Object
		for i := 0; i < len(n.Content); i += 2 {
			object = append(object, liquid.Pair{Key: n.Content[i].Value, Value: ordered(n.Content[i+1])})
		}
		return object
	case yaml.SequenceNode:
		list := []any{}
		for _, one := range n.Content {
			list = append(list, ordered(one))
		}
		return list
	}
	var value any
	if err := n.Decode(&value); err != nil {
		return n.Value
	}
	if at, ok := value.(time.Time); ok && len(n.Value) == len("2006-01-02") {
		return liquid.Day(at)
	}
	return value
}

// readObject reads a map of YAML.
func readObject(t *testing.T, text []byte) liquid.Object {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal(text, &n); err != nil {
		t.Fatal(err)
	}
	if len(n.Content) == 0 {
		return nil
	}
	object, _ := ordered(n.Content[0]).(liquid.Object)
	return object
}

// object makes an object of a map of Go, keys sorted.
func object(m map[string]any) (o liquid.Object) {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		o = append(o, liquid.Pair{Key: key, Value: m[key]})
	}
	return o
}

// TestBattery holds the templates to what Liquid and Jekyll make of them. Where Jekyll
// stops, we name a problem.
func TestBattery(t *testing.T) {
	count := 0
	for _, b := range topics(t) {
		count += len(b.cases)
		t.Run(b.name(), func(t *testing.T) {
			site, page := b.site(t)
			r := liquid.New(site)
			equal := 0
			for _, c := range b.cases {
				out, problems := r.Render([]byte(c.template), page, "post.md", 1)
				switch {
				case c.err != "" && len(problems) == 0:
					t.Errorf("%s: %q, but Jekyll stops: %s", c.name, out, c.err)
				case c.err == "" && string(out) != c.out:
					t.Errorf("%s\n%s\n got %q\nwant %q; %v", c.name, c.template, out, c.out, problems)
				default:
					equal++
				}
			}
			t.Logf("%s: %d of %d", b.name(), equal, len(b.cases))
		})
	}
	const least = 250
	if count < least {
		t.Errorf("the battery holds %d templates, want %d", count, least)
	}
}
