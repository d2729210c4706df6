package page

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"

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

// files are the files of a theme by name.
type files map[string][]byte

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

// useTemplates takes what templates work. One that fails is left out, and the
// rest tried again.
func (t *Theme) useTemplates(own, theirs files) []blog.Problem {
	var problems []blog.Problem
	fails := func(err error, files ...string) bool {
		if err == nil {
			return false
		}
		problem, name := t.problem(err)
		if _, ours := theirs[name]; !ours {
			// The mistake shows in a file that is not to blame for it.
			problem.File, problem.Line, problem.Message = path.Join(t.folder, files[0]), 0, err.Error()
			name = files[0]
		}
		problems = append(problems, problem)
		delete(theirs, name)
		return true
	}
	if base, ok := theirs[baseFile]; ok {
		for _, kind := range Kinds {
			_, err := t.try(kind, own, files{baseFile: base})
			if fails(err, baseFile) {
				break
			}
		}
	}
	for _, kind := range Kinds {
		file := string(kind) + ".html"
		set, err := t.try(kind, own, theirs)
		if _, ok := theirs[file]; ok && fails(err, file) {
			set, err = t.try(kind, own, theirs)
		}
		if err == nil {
			t.templates[kind] = set
		}
	}
	return problems
}

// try makes the template of a kind and executes it with sample values.
func (t *Theme) try(kind Kind, own, theirs files) (*template.Template, error) {
	if theirs[baseFile] == nil && theirs[string(kind)+".html"] == nil {
		return t.builtIn[kind], nil
	}
	set, err := documentOf(kind, own, theirs)
	for _, p := range []Page{sample(), {}} {
		if err == nil {
			if kind != Post {
				p.Post = nil
			} else if p.Post == nil {
				p.Post = &Entry{}
			}
			_, err = t.execute(set, kind, p)
		}
	}
	return set, err
}

// documentOf returns the template that makes whole documents of a kind: the
// kind's own file if that is one, else the base.
func documentOf(kind Kind, own, theirs files) (*template.Template, error) {
	file := string(kind) + ".html"
	set := template.New(baseFile)
	for _, from := range []files{own, theirs} {
		for _, name := range []string{baseFile, file} {
			if text, ok := from[name]; ok {
				part := set
				if name != baseFile {
					part = set.New(name)
				}
				if _, err := part.Parse(string(text)); err != nil {
					return nil, err
				}
			}
		}
	}
	if whole := set.Lookup(file); whole != nil && whole.Tree != nil && !parse.IsEmptyTree(whole.Tree.Root) {
		return whole, nil
	}
	return set, nil
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

// read reads the files of a folder, all but the hidden ones.
func read(folder fs.FS, name string) (files, []blog.Problem) {
	found := files{}
	var problems []blog.Problem
	_ = fs.WalkDir(folder, ".", func(file string, entry fs.DirEntry, err error) error {
		hidden := file != "." && strings.HasPrefix(path.Base(file), ".")
		switch {
		case err == nil && entry.IsDir() && hidden:
			return fs.SkipDir
		case err == nil && (entry.IsDir() || hidden):
			return nil
		case err == nil:
			found[file], err = readFile(folder, file)
		}
		if err != nil && (file != "." || !errors.Is(err, fs.ErrNotExist)) {
			problems = append(problems, blog.Problem{File: path.Join(name, file), Severity: blog.Warning, Message: err.Error()})
			delete(found, file)
		}
		return nil
	})
	return found, problems
}

// maxFile is the largest file of a theme, in bytes.
const maxFile = 4 << 20

// readFile reads a file, but waits for no pipe and takes nothing boundless.
func readFile(folder fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(folder, name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errors.New("this is no regular file; it is never opened")
	case info.Size() > maxFile:
		return nil, fmt.Errorf("the file is larger than %d bytes", maxFile)
	}
	return fs.ReadFile(folder, name)
}

func (f files) hash() [sha256.Size]byte {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(h, "%q %d\n", name, len(f[name]))
		_, _ = h.Write(f[name])
	}
	for _, script := range []string{copyScript, reloadScript} {
		fmt.Fprintf(h, "%q\n", script)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// place is how the template packages say where a mistake is.
var place = regexp.MustCompile(`(?s)(?:html/)?template: ?([^:\s]+):(\d+)(?::\d+)?: ?(.*)`)

// problem words the error of a template for the person who wrote it, and names
// the file.
func (t *Theme) problem(err error) (blog.Problem, string) {
	p := blog.Problem{File: t.folder, Severity: blog.Warning, Message: err.Error()}
	found := place.FindStringSubmatch(err.Error())
	if found == nil {
		return p, ""
	}
	p.File, p.Message = path.Join(t.folder, found[1]), found[3]+"; the built-in file is used instead"
	p.Line, _ = strconv.Atoi(found[2])
	return p, found[1]
}
