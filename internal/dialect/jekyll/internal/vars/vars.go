// Package vars makes what the templates of a Jekyll site find: of settings and front matter,
// and of data files.
package vars

import (
	"bytes"
	"encoding/csv"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/liquid"
)

// OfData are the data files below _data, by folder and name.
func OfData(data map[string][]byte) liquid.Object {
	var vars folder
	for _, name := range slices.Sorted(maps.Keys(data)) {
		below, ok := strings.CutPrefix(name, "_data/")
		if !ok {
			continue
		}
		value, ok := dataVar(name, data[name])
		if !ok {
			continue
		}
		in := &vars
		folders := strings.Split(strings.TrimSuffix(below, path.Ext(below)), "/")
		for _, name := range folders[:len(folders)-1] {
			in = in.below(name)
		}
		in.set(folders[len(folders)-1], value)
	}
	return vars.object()
}

// dataVar reads a data file; it is false for one that cannot be read.
func dataVar(name string, data []byte) (any, bool) {
	switch path.Ext(name) {
	case ".csv":
		return table(data, ',')
	case ".tsv":
		return table(data, '\t')
	}
	v, _, err := frontmatter.ParseData(name, data)
	return varOf(v), err == nil
}

// table reads rows of cells; the first one names them. An empty cell is nil.
func table(data []byte, comma rune) (any, bool) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.FieldsPerRecord = comma, -1
	records, err := r.ReadAll()
	if err != nil {
		return nil, false
	}
	rows := []any{}
	for _, cells := range records[min(1, len(records)):] {
		row := make(liquid.Object, len(records[0]))
		for i, name := range records[0] {
			row[i].Key = name
			if i < len(cells) && cells[i] != "" {
				row[i].Value = cells[i]
			}
		}
		rows = append(rows, row)
	}
	return rows, true
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
