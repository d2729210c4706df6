package memory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/library"
	"broadsheet/internal/store"
)

// The files that earlier versions of the program kept. The snapshot is the state as a
// whole, the journal what changed since, a line each time. They are read once, for a
// database that is new, and never written.
const (
	stateFile   = "broadsheet.json"
	journalFile = "broadsheet.journal"
)

// change is a line of the journal: what is known now, null where that is nothing.
type change struct {
	Posts map[string]*library.Identity `json:"posts,omitempty"`
	Dates map[string]*edition.Record   `json:"dates,omitempty"`
}

// readFiles returns what the files hold. What is damaged is told of, and what can be read
// of it is part of it. An error means that nothing is known of them.
func (m *Memory) readFiles(dir *store.Folder, now time.Time) (old remembered, err error) {
	old = newRemembered()
	snapshot, written, err := bytesOf(dir, stateFile)
	if err != nil {
		return old, err
	}
	lines, _, err := bytesOf(dir, journalFile)
	if err != nil {
		return old, err
	}
	if snapshot != nil && !old.decode(snapshot) {
		m.tellOfDamage(stateFile)
		old.Begun = nextSecond(now)
	}
	if !old.replay(lines) {
		m.tellOfDamage(journalFile)
		old.Begun = nextSecond(now)
	}
	old.clamp(now, written)
	return old, nil
}

func (m *Memory) tellOfDamage(name string) {
	m.tell("the state in %s was damaged; the file is left as it is, and what could not be read of it is begun anew", name)
}

// bytesOf returns what a file holds, nil if there is none, and when it was written.
func bytesOf(dir *store.Folder, name string) ([]byte, time.Time, error) {
	if _, err := dir.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, time.Time{}, nil
	}
	info, err := dir.Stat(name)
	if err != nil {
		return nil, time.Time{}, err
	}
	if !info.Mode().IsRegular() {
		return nil, time.Time{}, fmt.Errorf("%s is no file", name)
	}
	data, err := dir.ReadFile(name)
	return data, info.ModTime(), err
}

// decode takes what can be read of a snapshot, and reports whether that is all.
func (r *remembered) decode(data []byte) bool {
	var file struct {
		Posts, Dates  map[string]json.RawMessage
		Gone          gone
		Looked, Begun time.Time
	}
	err := json.Unmarshal(data, &file)
	whole := err == nil && (file.Posts != nil || file.Dates != nil)
	for path, raw := range file.Posts {
		if post, ok := decodeAs(raw, path, validPost); ok {
			r.Posts[path] = &post
		} else {
			whole = false
		}
	}
	for path, raw := range file.Dates {
		if date, ok := decodeAs(raw, path, validDate); ok {
			r.Dates[path] = date
		} else {
			whole = false
		}
	}
	if file.Gone.valid() {
		maps.Copy(r.Gone.Posts, file.Gone.Posts)
		maps.Copy(r.Gone.Dates, file.Gone.Dates)
	} else {
		whole = false
	}
	r.Looked, r.Begun = file.Looked, file.Begun
	return whole
}

func decodeAs[V any](raw json.RawMessage, path string, valid func(string, V) bool) (v V, ok bool) {
	return v, json.Unmarshal(raw, &v) == nil && valid(path, v)
}

func (g gone) valid() bool {
	for _, days := range []map[string]int{g.Posts, g.Dates} {
		for _, n := range days {
			if n < 0 {
				return false
			}
		}
	}
	return true
}

// replay makes the changes of a journal. It reports whether they are all there: a
// crash may cost the end of it, and nothing before that.
func (r *remembered) replay(journal []byte) bool {
	torn, whole := false, true
	for line := range bytes.Lines(journal) {
		c, ok := parseChange(line)
		if !ok {
			torn = true
			continue
		}
		whole = whole && !torn
		r.apply(c)
	}
	return whole
}

func parseChange(line []byte) (c change, ok bool) {
	sum, data, found := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
	if !found || string(sum) != fmt.Sprintf("%08x", crc32.ChecksumIEEE(data)) {
		return change{}, false
	}
	return c, json.Unmarshal(data, &c) == nil
}

func (r *remembered) apply(c change) {
	for path, post := range c.Posts {
		if post == nil {
			delete(r.Posts, path)
		} else {
			r.Posts[path] = post
		}
	}
	for path, date := range c.Dates {
		if date != nil {
			r.Dates[path] = *date
		}
	}
}
