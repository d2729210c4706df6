package edition_test

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

// processor returns the processor time that the process has used.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkEdit makes the edition that follows an edit among many posts.
func BenchmarkEdit(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			posts := make([]*blog.Post, n)
			for i := range posts {
				at := now.Add(-time.Duration(i) * time.Hour)
				p := &blog.Post{
					Path: fmt.Sprintf("%d.md", i), ID: fmt.Sprintf("tag:example.org,2026:%d", i), URL: fmt.Sprintf("%s/%s/post-%d/", site.URL, at.Format("2006/01/02"), i),
					Title: fmt.Sprintf("Post %d", i), Published: at, Updated: at, Body: []byte("Some *words*."), BodyLine: 1,
					Terms: []blog.Term{{Kind: blog.Category, Name: fmt.Sprint("Category ", i%7)}, {Kind: blog.Tag, Name: fmt.Sprint("tag ", i%101)}},
				}
				p.Text = p.TextKey()
				p.Key = blog.KeyOf(p)
				posts[i] = p
			}
			in := input(posts...)
			in.Settings.Pages = true
			in.Cache = edition.NewCache(0)
			e := edition.New(in)
			e.Publish(now)
			began := processor()
			for i := 0; b.Loop(); i++ {
				next := append([]*blog.Post{}, posts...)
				p := *posts[3]
				p.Title = fmt.Sprint("Edited ", i)
				p.Key = blog.KeyOf(&p)
				next[3] = &p
				in.Posts = next
				before := e
				e = edition.New(in)
				e.Publish(now)
				e.Same(before)
			}
			b.ReportMetric(float64((processor()-began).Microseconds())/float64(b.N)/1000, "cpu-ms/op")
		})
	}
}
