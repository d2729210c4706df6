// Package vars makes what the templates of a Jekyll site find: of settings and front matter,
// and of data files.
package vars

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/liquid"
)

// maxCells bounds the cells of all tables of a site. A short file may have very many: each row
// has all columns.
const maxCells = 1 << 20

// OfData are the data files below _data, by folder and name, and what is wrong with those that
// are left out.
func OfData(data map[string][]byte) (liquid.Object, []blog.Problem) {
	var vars folder
	var problems []blog.Problem
	left := maxCells
	for _, name := range slices.Sorted(maps.Keys(data)) {
		below, ok := strings.CutPrefix(name, "_data/")
		if !ok {
			continue
		}
		value, found, err := dataVar(name, data[name], &left)
		problems = append(problems, found...)
		if err != nil {
			problems = append(problems, blog.Problem{File: name, Severity: blog.Warning,
				Message: "the data are left out of site.data: " + err.Error()})
			continue
		}
		in := &vars
		folders := strings.Split(strings.TrimSuffix(below, path.Ext(below)), "/")
		for _, name := range folders[:len(folders)-1] {
			in = in.below(name)
		}
		in.set(folders[len(folders)-1], value)
	}
	return vars.object(), problems
}

// dataVar reads a data file. Of the cells that are left it takes those that it has.
func dataVar(name string, data []byte, left *int) (value any, problems []blog.Problem, err error) {
	switch path.Ext(name) {
	case ".csv":
		value, err = table(data, ',', left)
	case ".tsv":
		value, err = table(data, '\t', left)
	default:
		var v meta.Value
		v, problems, err = frontmatter.ParseData(name, data)
		value = varOf(v)
	}
	return value, problems, err
}

// table reads rows of cells; the first one names them. An empty cell is nil.
func table(data []byte, comma rune, left *int) (any, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.FieldsPerRecord = comma, -1
	rows := []any{}
	names, err := r.Read()
	r.ReuseRecord = true
	most := *left
	for err == nil {
		var cells []string
		if cells, err = r.Read(); err != nil {
			break
		}
		*left -= len(names)
		if *left < 0 {
			*left = most // for other files
			return nil, fmt.Errorf("the tables of the site have more than %d cells", maxCells)
		}
		rows = append(rows, rowOf(names, cells))
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	return rows, nil
}

func rowOf(names, cells []string) liquid.Object {
	row := make(liquid.Object, len(names))
	for i, name := range names {
		row[i].Key = name
		if i < len(cells) && cells[i] != "" {
			row[i].Value = cells[i]
		}
	}
	return row
}

// folder is a folder of data files, in the order of their names.
type folder struct {
	names  []string
	values map[string]any // of a file, or *folder
}

func (f *folder) set(name string, value any) {
	if f.values == nil {
		f.values = map[string]any{}
	}
	if _, known := f.values[name]; !known {
		f.names = append(f.names, name)
	}
	f.values[name] = value
}

// below returns the folder of a name, which takes the place of a file.
func (f *folder) below(name string) *folder {
	next, ok := f.values[name].(*folder)
	if !ok {
		next = &folder{}
		f.set(name, next)
	}
	return next
}

func (f *folder) object() (o liquid.Object) {
	for _, name := range f.names {
		value := f.values[name]
		if inner, ok := value.(*folder); ok {
			value = inner.object()
		}
		o = append(o, liquid.Pair{Key: name, Value: value})
	}
	return o
}

// Of makes of metadata what templates work with.
func Of(m meta.Pairs) liquid.Object {
	vars := make(liquid.Object, len(m))
	for i, pair := range m {
		vars[i] = liquid.Pair{Key: pair.Key, Value: varOf(pair.Value)}
	}
	return vars
}

// yamlDay matches what YAML takes for a date.
var yamlDay = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

func varOf(v meta.Value) any {
	switch v.Kind {
	case meta.Null:
		return nil
	case meta.Map:
		return Of(v.Map)
	case meta.List:
		list := make([]any, len(v.List))
		for i, one := range v.List {
			list[i] = varOf(one)
		}
		return list
	case meta.Bool:
		value, _ := v.Bool()
		return value
	case meta.Number:
		if n, err := strconv.Atoi(v.Text); err == nil {
			return n
		}
		if n, err := strconv.ParseFloat(v.Text, 64); err == nil {
			return n
		}
	}
	if v.Quoted {
		return v.Text
	}
	d, err := dates.Parse(v.Text, time.UTC)
	switch {
	case err == nil && d.HasClock:
		return d.Time
	case err == nil && yamlDay.MatchString(v.Text):
		return liquid.Day(d.Time)
	}
	return v.Text
}
