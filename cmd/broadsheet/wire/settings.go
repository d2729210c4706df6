// Package wire turns the settings of the command line into those of the packages that do the work.
package wire

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/edition"
	"broadsheet/internal/page"
	"broadsheet/internal/publish"
)

// Publish returns the settings of package publish.
func Publish(s config.Settings, theme *page.Theme) publish.Settings {
	return publish.Settings{
		Site: s.Site(), Document: document(s), Theme: theme, Made: s.Generator, Drafts: s.Drafts, Future: s.Future,
		Exclude: s.Exclude, Moves: s.Moved, Gone: s.Gone, Folders: s.Media,
	}
}

// Live returns the settings of a service, which shows posts that are not public to their author
// only.
func Live(s config.Settings, theme *page.Theme) publish.Settings {
	settings := Publish(s, theme)
	settings.Document.Preview = s.Drafts || s.Future
	return settings
}

func document(s config.Settings) edition.Settings {
	return edition.Settings{
		Dialect: s.Dialect, FeedPath: s.Generator.FeedPath(), Languages: s.Generator.Languages(),
		TermPaths: s.Generator.TermPaths(), TermPages: s.Generator.TermPages(), Items: s.Items, Bytes: s.MaxBytes, ArchiveItems: s.ArchiveItems,
		Content: blog.Extent(s.Content), Markdown: s.SourceMarkdown, ExternalLinks: s.LinkPosts == "target", TTL: s.TTL,
		Pages:     s.Pages == "yes" || s.Pages == "auto" && s.Generator.Pages(),
		Highlight: s.Highlight, Emoji: s.Emoji, Typography: s.Typographer, Syntax: s.Generator.Syntax(), Flavour: s.Generator.Flavour(), ExcludeFromMain: s.ExcludeFromMain,
	}
}
