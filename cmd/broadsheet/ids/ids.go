// Package ids reads the id that a post states, and checks that another one changes nothing else of
// it.
package ids

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"broadsheet/cmd/broadsheet/wire"
	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/dialect"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/library"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
)

// SameBut returns an error unless the library makes the same post of data as of the file, except
// for its id.
func SameBut(f source.File, data []byte, id string, s config.Settings) error {
	in := publish.Input{Settings: wire.Publish(s, nil), Now: time.Now()}
	in.Settings.Drafts = true
	build := func(data []byte) (*library.Library, blog.Post) {
		in.Files = &source.Snapshot{Files: []source.File{{Path: f.Path, Data: data}}}
		l := publish.Posts(in)
		var post blog.Post
		if len(l.Posts) > 0 {
			post = *l.Posts[0]
			post.ID, post.BodyLine = "", 0 // the lines move
			post.Key, post.Text = blog.Key{}, blog.Key{}
		}
		return l, post
	}
	before, was := build(f.Data)
	after, is := build(data)
	read := ""
	if identity, isPost := after.ID(f.Path); isPost {
		read = identity.ID
	}
	switch {
	case read != id:
		return fmt.Errorf("the id would be read as %q", read)
	case before.Counts != after.Counts || !reflect.DeepEqual(was, is):
		return errors.New("an id in its front matter would change something else of the post")
	}
	return nil
}

// Stated returns the key of the front matter that should hold the id, and the id; both may be
// empty. Generators know no such key; in their folders it is the one that pin writes.
func Stated(f source.File, kind dialect.Kind) (key, id string) {
	block, err := frontmatter.Parse(f.Path, f.Data)
	if err != nil {
		return "", ""
	}
	key, _ = meta.Plain.Written(block.Meta, meta.ID)
	if v, _, ok := meta.Plain.Find(block.Meta, meta.ID); ok {
		id = slices.Concat(v.Strings(), []string{""})[0]
	}
	if !kind.Bare() && !strings.EqualFold(key, "id") {
		return "", ""
	}
	return key, id
}
