package frontmatter_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// FuzzParse checks the promises of Parse, and that the same bytes always give
// the same block and problems.
func FuzzParse(f *testing.F) {
	for _, file := range glob(f, "testdata/posts/*.md") {
		f.Add(read(f, file))
	}
	index := meta.Plain.Index()
	f.Fuzz(func(t *testing.T, data []byte) {
		block, err := frontmatter.Parse("post.md", data)
		checkPromises(t, data, block, err)
		again, errAgain := frontmatter.Parse("post.md", data)
		if diff := cmp.Diff(block, again); diff != "" || (err == nil) != (errAgain == nil) || err != nil && err.Error() != errAgain.Error() {
			t.Errorf("read again: %v\n%s", errAgain, diff)
		}
		held := index.In(block.Meta)
		for field := range meta.Plain.Names {
			if v, key, ok := meta.Plain.Find(block.Meta, field); ok && (v.Empty() || key == "" || !held.Has(field)) {
				t.Errorf("found nothing for %d, or what the index does not know of", field)
			}
		}
		if err != nil || block.Format == frontmatter.None {
			return
		}
		// A body of one's own does not change what the block says.
		head := data[:len(data)-len(block.Body)]
		alone, err := frontmatter.Parse("post.md", head)
		if diff := cmp.Diff(block.Meta, alone.Meta); diff != "" || err != nil {
			t.Errorf("read without its body: %v\n%s", err, diff)
		}
	})
}
