package kramdown

import (
	"fmt"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// Options are how a site has kramdown read its texts.
type Options struct{ options tree.Options }

// Default are the options of a site that says nothing.
func Default() Options { return Options{tree.Default()} }

// Set sets an option as settings say it. What is no option that changes HTML counts for
// nothing.
func (o *Options) Set(name, value string) { o.options.Set(name, value) }

// Key tells the options from all others.
func (o Options) Key() string { return fmt.Sprintf("kramdown %+v", o.options) }
