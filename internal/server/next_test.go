package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
	"broadsheet/internal/source"
)

// editionOf has one post, whose text is apart from it; lost: it is not there any more.
func editionOf(text string, lost *atomic.Bool) *edition.Edition {
	day := time.Date(2020, 1, 1, 9, 0, 0, 0, time.UTC)
	site := blog.Site{Title: "Example", URL: "https://example.org", Authority: "example.org", Zone: time.UTC}
	return edition.New(edition.Input{
		Site: site, Now: published, Settings: edition.Settings{Pages: true, Items: 1},
		Posts: []*blog.Post{
			{Path: "new.md", Published: day, Updated: day, ID: "new", URL: site.URL + "/new/", Slug: "new", Body: []byte("New.")},
			{Path: "old.md", Published: day, Updated: day, ID: "old", URL: site.URL + "/old/", Slug: "old", Length: len(text), Apart: true},
		},
		Whole: func(p *blog.Post) (*blog.Post, error) {
			if !p.Apart {
				return p, nil
			}
			if lost.Load() {
				return nil, fmt.Errorf("old.md: %w", source.ErrChanged)
			}
			whole := *p
			whole.Body, whole.Apart = []byte(text), false
			return &whole, nil
		},
	})
}

// Who asks for a text that changed since it was read has the one of the next edition.
func TestTextsThatChangedAreAnsweredByTheNextEdition(t *testing.T) {
	for what, comes := range map[string]bool{"it comes": true, "it does not come": false} {
		synctest.Test(t, func(t *testing.T) {
			var lost, never atomic.Bool
			var now atomic.Pointer[edition.Edition]
			changed := make(chan struct{})
			now.Store(editionOf("Before.", &lost))
			h := server.New(server.Options{Edition: now.Load, Changed: func() <-chan struct{} { return changed }})
			lost.Store(true)
			answer := httptest.NewRecorder()
			done := make(chan struct{})
			go func() {
				defer close(done)
				h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/old/", http.NoBody))
			}()
			synctest.Wait()
			if comes {
				now.Store(editionOf("After.", &never))
				close(changed)
			}
			<-done
			body, status := answer.Body.String(), answer.Code
			switch {
			case comes && (status != 200 || !strings.Contains(body, "After.")):
				t.Errorf("%s: %d %s", what, status, body)
			case !comes && (status != 503 || answer.Header().Get("Retry-After") == ""):
				t.Errorf("%s: %d %v", what, status, answer.Header())
			}
		})
	}
}
