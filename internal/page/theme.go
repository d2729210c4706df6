package page

import (
	"cmp"
	"crypto/sha256"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	texttemplate "text/template"

	"broadsheet/internal/blog"
	"broadsheet/internal/media"
	"broadsheet/internal/page/internal/words"

	"golang.org/x/text/language"
)

const (
	baseFile  = "base.html"
	styleFile = "feed.css"
)

// Theme makes pages. It is safe for concurrent use.
type Theme struct {
	templates, builtIn      map[Kind]*template.Template
	feedStyle, builtInStyle *texttemplate.Template
	words                   []*words.Words // English first
	matcher                 language.Matcher
	assets                  []Asset
	hash                    [sha256.Size]byte
	names                   []string
	folder                  string // of the overrides, for problems
}

// Asset is a file that pages need, or that a theme adds.
type Asset struct {
	Name string // slash-separated path below the base URL
	Data []byte
}

// Assets returns the files to hand out below the base URL, by name: the style
// sheet, the icon, and those that the theme adds.
func (t *Theme) Assets() []Asset { return t.assets }

// Hash is the same for themes that make the same pages.
func (t *Theme) Hash() [sha256.Size]byte { return t.hash }

// Names returns what may be names of media files in the files that a folder put in
// place of the built-in ones.
func (t *Theme) Names() []string {
	if t == nil {
		return nil
	}
	return t.names
}

// Load makes a theme of the built-in one and the overrides in a folder, which
// may be nil. What is wrong with an override is a problem, and the built-in file
// takes its place. Problems name files below folder, as the folder is called.
//
// A template of a folder may define single parts, such as "main" or "footer",
// or be a whole document. It is tried with sample values, many and none.
func Load(overrides fs.FS, folder string) (*Theme, []blog.Problem) {
	t := &Theme{folder: folder}
	built, err := fs.Sub(embedded, "theme")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	own, problems := read(built, folder)
	t.builtIn, t.builtInStyle = map[Kind]*template.Template{}, texttemplate.Must(texttemplate.New(styleFile).Parse(string(own[styleFile])))
	for _, kind := range Kinds {
		t.builtIn[kind] = template.Must(documentOf(kind, own, nil))
	}
	t.templates, t.feedStyle = maps.Clone(t.builtIn), t.builtInStyle
	problems = append(problems, t.useWords(own, nil)...)
	if overrides != nil {
		theirs, unread := read(overrides, folder)
		problems = append(problems, unread...)
		problems = append(problems, t.override(own, theirs)...)
		for _, name := range slices.Sorted(maps.Keys(theirs)) {
			if slices.Contains([]string{".html", ".css", ".js"}, path.Ext(name)) {
				t.names = append(t.names, media.Names(theirs[name])...)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if path.Ext(name) != ".html" && name != styleFile && !strings.HasPrefix(name, wordsFolder) {
			t.assets = append(t.assets, Asset{name, own[name]})
		}
	}
	t.hash = own.hash()
	blog.SortProblems(problems)
	return t, problems
}

// override puts files in place of the built-in ones where they work.
func (t *Theme) override(own, theirs files) []blog.Problem {
	problems := t.useWords(own, theirs)
	for _, name := range slices.Sorted(maps.Keys(theirs)) {
		if path.Ext(name) == ".html" && name != baseFile && !slices.Contains(Kinds, Kind(strings.TrimSuffix(name, ".html"))) {
			problems = append(problems, blog.Problem{File: path.Join(t.folder, name), Severity: blog.Warning,
				Message: "no page is made from this template, and it is not published"})
			delete(theirs, name)
		}
	}
	problems = append(problems, t.useTemplates(own, theirs)...)
	if style, ok := theirs[styleFile]; ok {
		parsed, err := texttemplate.New(styleFile).Parse(string(style))
		if err == nil {
			_, err = t.fill(parsed, sample().Site)
		}
		if err == nil {
			t.feedStyle = parsed
		} else {
			problem, _ := t.problem(err)
			problems = append(problems, problem)
			delete(theirs, styleFile)
		}
	}
	maps.Copy(own, theirs)
	return problems
}

// useWords takes the words of all languages; those of theirs override.
func (t *Theme) useWords(own, theirs files) []blog.Problem {
	var problems []blog.Problem
	english, err := words.Parse("en", own[wordsFolder+"en.json"], nil)
	if err != nil {
		return []blog.Problem{{File: wordsFolder + "en.json", Severity: blog.Error, Message: err.Error()}}
	}
	byName := map[string]*words.Words{}
	for _, from := range []files{own, theirs} {
		for _, name := range slices.Sorted(maps.Keys(from)) {
			if !strings.HasPrefix(name, wordsFolder) {
				continue
			}
			w, err := words.Parse(strings.TrimSuffix(strings.TrimPrefix(name, wordsFolder), ".json"), from[name], cmp.Or(byName[name], english))
			if err != nil {
				problems = append(problems, blog.Problem{File: path.Join(t.folder, name), Severity: blog.Warning, Message: err.Error()})
				delete(from, name)
				continue
			}
			byName[name] = w
		}
	}
	t.words = []*words.Words{byName[wordsFolder+"en.json"]}
	delete(byName, wordsFolder+"en.json")
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		t.words = append(t.words, byName[name])
	}
	tags := make([]language.Tag, len(t.words))
	for i, w := range t.words {
		tags[i] = w.Tag
	}
	t.matcher = language.NewMatcher(tags)
	return problems
}
