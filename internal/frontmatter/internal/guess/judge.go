package guess

import (
	"strings"

	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// headKeys are the keys that make lines look like front matter.
var headKeys = index(meta.Title, meta.Published, meta.Updated, meta.Draft, meta.Public, meta.Status, meta.Unlisted,
	meta.Permalink, meta.Slug, meta.Aliases, meta.Summary, meta.Authors, meta.Categories, meta.Tags, meta.Language,
	meta.ID)

// visibilityKeys are the keys by which authors say who may see a post.
var visibilityKeys = index(meta.Draft, meta.Public, meta.Status)

// index returns the index of some fields of the plain table.
func index(fields ...meta.Field) meta.Index {
	keys := meta.Keys{Names: map[meta.Field][]string{}}
	for _, f := range fields {
		keys.Names[f] = meta.Plain.Names[f]
	}
	return keys.Index()
}

// fieldsOf returns the fields that a key of front matter may mean; 0 if it is none.
func fieldsOf(key string) meta.Fields {
	folded := meta.FoldKey(key)
	if folded == "layout" {
		return 1 << meta.Any
	}
	return headKeys[folded]
}

// IsHeadKey reports whether posts have such a key.
func IsHeadKey(key string) bool { return fieldsOf(key) != 0 }

// IsVisibilityKey reports whether authors say with such a key who may see a post.
func IsVisibilityKey(key string) bool { return visibilityKeys[meta.FoldKey(key)] != 0 }

// judgement says what the keys of a run look like.
type judgement struct {
	known    int  // keys that front matter has
	title    bool // one of them is the title
	switched bool // one says in one word who may see the post
	withheld bool // one says that the post is not for the public
	dated    bool // one is a date
}

func judge(keys meta.Pairs) (j judgement) {
	for _, k := range keys {
		if fields := fieldsOf(k.Key); fields != 0 {
			j.known++
			j.title = j.title || fields.Has(meta.Title)
			j.switched = j.switched || isOneWord(k.Value) && isVisibility(fields) && k.Value.Said()
			j.withheld = j.withheld || withholds(fields, k.Value)
			j.dated = j.dated || fields.Has(meta.Published) && isDate(k.Value)
		}
	}
	return j
}

func isOneWord(v meta.Value) bool {
	return len(v.Text) <= 20 && !strings.ContainsAny(strings.TrimSpace(v.Text), " \t")
}

func isDate(v meta.Value) bool {
	_, err := dates.Parse(v.Text, nil)
	return err == nil
}

func isVisibility(fields meta.Fields) bool {
	return fields.Has(meta.Draft) || fields.Has(meta.Public) || fields.Has(meta.Status)
}

// withholds reports whether v, as one of the fields, keeps a post from the public.
func withholds(fields meta.Fields, v meta.Value) bool {
	on, isSwitch := v.Switch()
	return fields.Has(meta.Draft) && isSwitch && on || fields.Has(meta.Public) && isSwitch && !on ||
		fields.Has(meta.Status) && v.Audience() == meta.Nobody
}

// LooksWhole reports whether the run is a header of its own. Its first line opens it, and a row of
// marks may close it.
func (r Run) LooksWhole() bool {
	j := judge(r.Keys)
	return j.title || j.switched || j.dated || r.Closed && j.known >= 2
}

// looksFenced reports whether the run, below a line that may be meant to open it, is front matter.
func (r Run) looksFenced() bool {
	j := judge(r.Keys)
	return j.switched || j.title && (r.Closed || j.known >= 2) || j.known >= 2 && r.Closed
}

// looksUnfenced reports whether the run, without any line above it, is front matter.
func (r Run) looksUnfenced() bool {
	j := judge(r.Keys)
	return j.switched || j.title && j.known >= 2
}

// isWithheld reports whether the run is closed and keeps its post from the public.
func (r Run) isWithheld() bool { return r.Closed && judge(r.Keys).withheld }
