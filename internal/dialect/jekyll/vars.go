package jekyll

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// dataVars are the data files, by folder and name.
func dataVars(data map[string][]byte) map[string]any {
	vars := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(data)) {
		below, ok := strings.CutPrefix(name, "_data/")
		if !ok {
			continue
		}
		v, _, err := frontmatter.ParseData(name, data[name])
		if err != nil {
			continue
		}
		in := vars
		folders := strings.Split(strings.TrimSuffix(below, path.Ext(below)), "/")
		for _, folder := range folders[:len(folders)-1] {
			next, ok := in[folder].(map[string]any)
			if !ok {
				next = map[string]any{}
				in[folder] = next
			}
			in = next
		}
		in[folders[len(folders)-1]] = varOf(v)
	}
	return vars
}

// varsOf makes of metadata what templates work with.
func varsOf(m meta.Pairs) map[string]any {
	vars := make(map[string]any, len(m))
	for _, pair := range m {
		vars[pair.Key] = varOf(pair.Value)
	}
	return vars
}

func varOf(v meta.Value) any {
	switch v.Kind {
	case meta.Null:
		return nil
	case meta.Map:
		return varsOf(v.Map)
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
	if d, err := dates.Parse(v.Text, time.UTC); err == nil && d.HasClock && !v.Quoted {
		return d.Time
	}
	return v.Text
}
