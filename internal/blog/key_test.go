package blog_test

import (
	"reflect"
	"testing"
	"time"

	"broadsheet/internal/blog"
)

// A field that the key leaves out would show readers what was: each one counts, at
// whatever depth, but those that say nothing to readers.
func TestKeyFollowsFromEveryField(t *testing.T) {
	whole := func() *blog.Post {
		return &blog.Post{
			Extras: &blog.Extras{Aliases: []string{"/a"}, Parts: []string{"a/b"}, Enclosures: []blog.Enclosure{{URL: "e"}}, Episode: &blog.Episode{Transcripts: []blog.Transcript{{URL: "t"}}, People: []blog.Person{{Name: "P"}}}, Excerpt: []byte("x")}, Authors: []blog.Author{{Name: "A"}}, Terms: []blog.Term{{Name: "T"}},
			Body: []byte("b"),
		}
	}
	one, other := whole(), whole()
	if blog.KeyOf(one) != blog.KeyOf(other) {
		t.Fatal("equal posts have other keys")
	}
	silent := map[string]bool{"Key": true, "Text": true, "File": true, "Length": true, "Apart": true}
	changed := 0
	for i := range reflect.TypeFor[blog.Post]().NumField() {
		name := reflect.TypeFor[blog.Post]().Field(i).Name
		if silent[name] {
			continue
		}
		leaves := count(reflect.ValueOf(whole()).Elem().Field(i))
		for n := range leaves {
			p := whole()
			left := n
			change(reflect.ValueOf(p).Elem().Field(i), &left)
			if changed++; blog.KeyOf(p) == blog.KeyOf(whole()) {
				t.Errorf("a change of value %d in %s does not change the key", n, name)
			}
		}
	}
	if changed < 40 {
		t.Errorf("only %d values were changed", changed)
	}
}

var moment = reflect.TypeFor[time.Time]()

// count returns how many values a value holds, itself if it holds no others.
func count(v reflect.Value) int {
	n := 0
	switch {
	case v.Type() == moment:
		return 1
	case v.Kind() == reflect.Pointer:
		return count(v.Elem())
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			n += count(v.Field(i))
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		for i := range v.Len() {
			n += count(v.Index(i))
		}
	default:
		return 1
	}
	return n
}

// change changes the value of that number, counted down.
func change(v reflect.Value, left *int) {
	switch {
	case v.Type() == moment:
		if *left == 0 {
			v.Set(reflect.ValueOf(time.Unix(1, 0)))
		}
		*left--
	case v.Kind() == reflect.Pointer:
		change(v.Elem(), left)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			change(v.Field(i), left)
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		for i := range v.Len() {
			change(v.Index(i), left)
		}
	default:
		if *left == 0 {
			set(v)
		}
		*left--
	}
}

func set(v reflect.Value) {
	switch v.Kind() { //nolint:exhaustive // what posts are made of
	case reflect.String:
		v.SetString(v.String() + "changed")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Slice:
		v.SetBytes(append(v.Bytes(), '!'))
	case reflect.Uint8:
		v.SetUint(v.Uint() + 1)
	default:
		v.SetInt(v.Int() + 1)
	}
}

// What texts are made of tells where one ends and the next begins.
func TestKeysTellPartsApart(t *testing.T) {
	var a, b, none blog.Keyer
	if a.Text("ab", "c").Sum() == b.Text("a", "bc").Sum() {
		t.Error("two texts have the key of two others")
	}
	if none.Sum() == (blog.Key{}) {
		t.Error("nothing has the key that stands for none")
	}
}
