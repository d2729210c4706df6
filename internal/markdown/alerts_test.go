package markdown_test

import (
	"strings"
	"testing"

	"broadsheet/internal/markdown"
)

// Quotes of GitHub and Obsidian that begin with a kind have it, or their title, in front.
func TestAlerts(t *testing.T) {
	with, without := markdown.New(markdown.Options{Flavour: markdown.Flavour{Alerts: true}}), markdown.New(markdown.Options{})
	for text, want := range map[string]string{
		"> [!NOTE]\n> Text *here*.\n> More.":            "<blockquote><p><strong>Note</strong><br/>Text <em>here</em>.More.</p></blockquote>",
		"> [!warning]\n>\n> A paragraph.\n>\n> Another": "<blockquote><p><strong>Warning</strong><br/>A paragraph.</p><p>Another</p></blockquote>",
		"> [!TIP]- A *title*\n> Text":                   "<blockquote><p><strong>A <em>title</em></strong><br/>Text</p></blockquote>",
		"> [!Caution]+\n> - a list":                     "<blockquote><p><strong>Caution</strong></p><ul><li>a list</li></ul></blockquote>",
		"> [!IMPORTANT]":                                "<blockquote><p><strong>Important</strong></p></blockquote>",
		"> > [!bug]\n> > Deep":                          "<blockquote><blockquote><p><strong>Bug</strong><br/>Deep</p></blockquote></blockquote>",
		"> [!unknown]\n> Text":                          "<blockquote><p>[!unknown]Text</p></blockquote>",
		"> Text\n> [!NOTE]":                             "<blockquote><p>Text[!NOTE]</p></blockquote>",
		"> [!NOTE](https://example.net/) Text":          `<blockquote><p><a href="https://example.net/">!NOTE</a> Text</p></blockquote>`,
		"[!NOTE]\nText":                                 "<p>[!NOTE]Text</p>",
		"> Text":                                        "<blockquote><p>Text</p></blockquote>",
		">":                                             "<blockquote></blockquote>",
	} {
		content, err := with.Render(markdown.Source{Text: []byte(text), Base: "https://example.org/"})
		if got := strings.ReplaceAll(content.HTML, "\n", ""); err != nil || got != want {
			t.Errorf("%q is %s, want %s (%v)", text, got, want, err)
		}
		content, err = without.Render(markdown.Source{Text: []byte(text), Base: "https://example.org/"})
		if err != nil || strings.Contains(content.HTML, "<strong>") {
			t.Errorf("%q is %s where there are no alerts (%v)", text, content.HTML, err)
		}
	}
}
