package block

import (
	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/tree"
)

// tasks puts boxes before the items of a list that are tasks: - [ ] open, - [x] done. The
// items after one are those of a list of tasks, too.
func tasks(list *tree.Node) {
	tasks := false
	for _, item := range list.Children {
		if len(item.Children) == 0 || item.Children[0].Kind != tree.Paragraph {
			continue
		}
		p := item.Children[0]
		if done, rest, ok := marks.Task(p.RawText()); ok {
			tasks = true
			box := &tree.Node{Kind: tree.HTML, Inline: true, Name: "input"}
			box.Attrs = tree.Attrs{{Key: "type", Value: "checkbox"}, {Key: "class", Value: "task-list-item-checkbox"}, {Key: "disabled", Value: "disabled"}}
			if done {
				box.Attrs.Set("checked", "checked")
			}
			p.Children[0].Text = rest
			p.Children = append([]*tree.Node{box}, p.Children...)
		}
		if tasks {
			item.Attrs.AddClass("task-list-item")
		}
	}
	if tasks {
		list.Attrs.AddClass("task-list")
	}
}
