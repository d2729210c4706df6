package edition

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

// Of returns the rendered body of p.
func (t *texts) Of(p *blog.Post) (markdown.Content, error) { return t.of(p) }

// Size returns the size of the picture at an address.
func (t *texts) Size(at string) (width, height int) { return t.sizeOf(at) }

// Shows notes which pictures the page of p shows.
func (t *texts) Shows(p *blog.Post, pictures []string) { t.shows(p, pictures) }
