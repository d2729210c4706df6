package live_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// operation is something that happens to a post or to the service.
type operation struct {
	name   string
	weight int
	do     func()
}

func (w *world) operations() []operation {
	return []operation{
		{"save in place", 4, func() { w.with(w.revised, w.inPlace) }},
		{"save atomically", 4, func() { w.with(w.revised, w.atomically) }},
		{"save by moving the old one away", 2, func() { w.with(w.revised, w.aside) }},
		{"delete and create anew", 2, func() { w.among(seen, w.revised, w.anew) }},
		{"rename", 6, func() { w.among(movable, nil, w.moveAnywhere) }},
		{"rename twice", 2, func() { w.among(movable, nil, w.moveTwice) }},
		{"rename there and back", 2, func() { w.among(movable, nil, w.thereAndBack) }},
		{"move and edit", 4, func() { w.among(movable, w.retouched, w.moveThenEdit) }},
		{"write under a new name, delete the old", 4, func() { w.among(seenAndMovable, w.retouched, w.replace) }},
		{"move a folder", 2, w.moveFolder},
		{"swap two names", 3, w.swap},
		{"new", 3, w.create},
		{"new, made of another", 2, w.createFrom},
		{"delete", 2, func() { w.among(w.alone, nil, w.remove) }},
		{"restore", 3, w.restore},
		{"touch", 2, func() { w.with(nil, w.touch) }},
		{"chmod", 2, func() { w.with(nil, w.chmod) }},
		{"the clock of the file server is set", 1, w.skewed},
		{"draft or not", 2, func() { w.with(w.toggled, w.atomically) }},
		{"a line in a log beside the folder", 4, w.log},
		{"settings read anew", 1, func() { w.service.Reload(settings()) }},
		{"restart", 2, func() { w.restart(w.stop) }},
		{"crash", 2, func() { w.restart(w.kill) }},
	}
}

// operate lets one thing happen.
func (w *world) operate() {
	only := regexp.MustCompile(*happens)
	all := slices.DeleteFunc(w.operations(), func(o operation) bool { return !only.MatchString(o.name) })
	sum := 0
	for _, o := range all {
		sum += o.weight
	}
	n := w.r.IntN(sum)
	for _, o := range all {
		if n -= o.weight; n < 0 {
			w.tell("%s", o.name)
			o.do()
			return
		}
	}
}

// with does something to a living post, after the oracle was told how it changes.
func (w *world) with(change func(*character), do func(*character)) {
	w.among(func(*character) bool { return true }, change, do)
}

// movable posts are still known for what they are under another name. One that has much
// of its text from another is not, once its title or its date is another too: nobody
// could tell it from a third that was made of that other one. Nor is one that was gone, as
// long as nobody need have seen that it is back.
func movable(c *character) bool {
	return !c.rewritten && (!c.kin || !c.retitled) && knownToBeBack(c)
}

// knownToBeBack reports whether a post that was gone and came back as it was has been so for
// long enough that every service saw it. What is there afterwards under its name, with another
// title and another text, may as well be another post.
func knownToBeBack(c *character) bool { return time.Since(c.restored) > 3*time.Second }

// seen posts have been where they are for long enough that every service saw them. Twice
// away for a while, and never seen in between, is away for longer than the grace.
func seen(c *character) bool { return time.Since(c.back) > 3*time.Second }

func seenAndMovable(c *character) bool { return seen(c) && movable(c) }

// alone reports whether no post was made of this one or of its kin just now. If one was,
// and this one goes, that is the same as to give it another name and another title.
func (w *world) alone(c *character) bool {
	return !c.kin || !slices.ContainsFunc(w.living(), func(o *character) bool { return o != c && o.family == c.family && o.young })
}

// among does the same to one of some living posts.
func (w *world) among(these func(*character) bool, change, do func(*character)) {
	living := slices.DeleteFunc(w.living(), func(c *character) bool { return !these(c) })
	if len(living) == 0 {
		return
	}
	c := living[w.r.IntN(len(living))]
	if change != nil {
		w.expect(c, change)
	}
	w.tell("  post %d, %s", c.number, c.path)
	do(c)
}

// expect tells the oracle of a change before it is made: the service may be
// faster than the author.
func (w *world) expect(c *character, change func(*character)) {
	w.oracle.mu.Lock()
	defer w.oracle.mu.Unlock()
	change(c)
}

func (w *world) living() []*character {
	return slices.DeleteFunc(slices.Clone(w.oracle.all), func(c *character) bool { return !c.alive })
}

// text is what the author writes.
func (c *character) text() string {
	head := fmt.Sprintf("---\ntitle: %s\ndate: %s\n%s", c.title, c.date.Format(time.RFC3339), c.stated)
	if c.draft {
		head += "draft: true\n"
	}
	return fmt.Sprintf("%s---\n\nBegin %d.%d.\n\n%s\n\nEnd %d.%d.\n", head, c.number, c.version, strings.Join(c.words, "\n\n"), c.number, c.version)
}

// written counts a version that the author means to finish.
func (c *character) written() {
	c.version++
	c.versions = append(c.versions, c.version)
	if c.draft {
		c.drafts = append(c.drafts, c.version)
	}
}

// revised changes anything about a post that is saved where it lies.
func (w *world) revised(c *character) {
	if w.r.IntN(6) == 0 && !c.moved && !c.retitled && knownToBeBack(c) && w.alone(c) {
		w.tell("  another title and another text")
		c.title, c.words, c.rewritten = w.title(), w.paragraphs(), true
	}
	w.changed(c, 5)
}

// retouched changes no more of a post, between two rests, than that it is still
// known to be the same under another name: its date and title stay, or most of
// its text does.
func (w *world) retouched(c *character) {
	if c.kin {
		w.changed(c, 3) // it stays movable
	} else {
		w.changed(c, 5)
	}
}

// changed does one of so many things to a post, of which the later ones touch its
// title and date.
func (w *world) changed(c *character, ways int) {
	defer c.written()
	if !c.retitled && !c.rewritten && !c.moved {
		switch w.r.IntN(ways) {
		case 0:
			w.tell("  another text")
			c.words, c.retitled = w.paragraphs(), true
			return
		case 3:
			w.tell("  another title")
			c.title, c.retitled = w.title(), true
		case 4:
			w.tell("  another date")
			c.date, c.retitled = c.date.Add(time.Duration(1+w.r.IntN(3600))*time.Second), true
		}
	}
	if c.edits++; c.edits <= 2 {
		c.words[w.r.IntN(len(c.words))] = w.paragraph()
	}
}

func (w *world) toggled(c *character) {
	c.draft = !c.draft
	c.written()
}

func (w *world) title() string { return strings.TrimSuffix(w.paragraph(), ".") }

func (w *world) paragraphs() []string {
	words := make([]string, 8+w.r.IntN(8))
	for i := range words {
		words[i] = w.paragraph()
	}
	return words
}

func (w *world) paragraph() string {
	words := make([]string, 6+w.r.IntN(8))
	for i := range words {
		words[i] = fmt.Sprintf("w%03d", w.r.IntN(1000))
	}
	return strings.Join(words, " ") + "."
}

// name returns a path that no post has had.
func (w *world) name() string {
	w.next++
	return fmt.Sprintf("%sn%d.md", []string{"", "", "deep/", "2026/11/"}[w.r.IntN(4)], w.next)
}

func (w *world) file(rel string) string { return filepath.Join(w.root, filepath.FromSlash(rel)) }

// put writes a file in one go. In virtual time it bears a virtual date, so that no two
// versions have the same.
func (w *world) put(name, text string) {
	w.check(os.MkdirAll(filepath.Dir(name), 0o755))
	w.check(os.WriteFile(name, []byte(text), 0o644))
	w.stamp(name)
}

func (w *world) stamp(name string) {
	if w.virtual || w.skew != 0 {
		at := time.Now().Add(w.skew)
		w.check(os.Chtimes(name, at, at))
	}
}

func (w *world) rename(from, to string) {
	w.check(os.MkdirAll(filepath.Dir(to), 0o755))
	w.check(os.Rename(from, to))
}

func (w *world) create() {
	if len(w.living()) >= 12 {
		return
	}
	c := &character{number: len(w.oracle.all), family: len(w.oracle.all), path: w.name(), title: w.title(), words: w.paragraphs(), alive: true, young: true,
		date: time.Date(2020, 1, 1+w.r.IntN(365), w.r.IntN(24), w.r.IntN(60), 0, 0, time.UTC)}
	if w.r.IntN(4) == 0 {
		c.stated = fmt.Sprintf("id: urn:x-post:%d\n", c.number)
	}
	if w.r.IntN(6) == 0 {
		c.stated += fmt.Sprintf("permalink: /stated/%d/\n", c.number)
	}
	w.born(c)
}

// born writes a new post, plainly or by a rename.
func (w *world) born(c *character) {
	c.written()
	w.oracle.mu.Lock()
	w.oracle.all = append(w.oracle.all, c)
	w.oracle.mu.Unlock()
	w.tell("  post %d is born as %s", c.number, c.path)
	if w.r.IntN(2) == 0 {
		w.atomically(c)
	} else {
		w.put(w.file(c.path), c.text())
	}
}

// createFrom begins a post with the text of another, which stays: no more than its
// title, its date and a paragraph are its own. If the other one got another name and
// another title just now, nobody could tell which of the two is which.
func (w *world) createFrom() {
	living := slices.DeleteFunc(w.living(), func(c *character) bool { return c.moved && (c.retitled || c.rewritten) })
	if len(living) == 0 || len(w.living()) >= 12 {
		return
	}
	other := living[w.r.IntN(len(living))]
	other.kin = true
	w.born(&character{number: len(w.oracle.all), family: other.family, path: w.name(), title: w.title(), alive: true, kin: true, young: true,
		words: append(slices.Clone(other.words), w.paragraph()), date: other.date.Add(24 * time.Hour)})
}

// inPlace writes a file where it lies, in several steps with pauses.
func (w *world) inPlace(c *character) {
	f, err := os.Create(w.file(c.path))
	w.check(err)
	text := c.text()
	longest := 350 * time.Millisecond
	if !w.virtual {
		longest = 100 * time.Millisecond // on a busy machine pauses are longer, and a file that is left alone is taken
	}
	for n := w.r.IntN(4); n > 0; n-- {
		part := w.r.IntN(len(text))
		_, err := f.WriteString(text[:part])
		w.check(err)
		w.stamp(f.Name())
		text = text[part:]
		w.pause(w.between(0, longest))
	}
	_, err = f.WriteString(text)
	w.check(err)
	w.check(f.Close())
	w.stamp(f.Name())
}

func (w *world) atomically(c *character) {
	temporary := w.file(path.Join(path.Dir(c.path), ".save.tmp"))
	w.put(temporary, c.text())
	w.rename(temporary, w.file(c.path))
}

// aside saves as vim does: the old file gets another name, and goes.
func (w *world) aside(c *character) {
	name := w.file(c.path)
	w.check(os.Rename(name, name+"~"))
	w.pause(w.between(0, 50*time.Millisecond))
	w.put(name, c.text())
	w.check(os.Remove(name + "~"))
}

func (w *world) anew(c *character) {
	w.check(os.Remove(w.file(c.path)))
	w.pause(w.between(0, time.Second))
	w.put(w.file(c.path), c.text())
	c.back = time.Now()
}

func (w *world) move(c *character, to string) {
	w.rename(w.file(c.path), w.file(to))
	c.path, c.moved = to, true
	w.tell("  now %s", to)
}

func (w *world) moveAnywhere(c *character) { w.move(c, w.name()) }

func (w *world) moveTwice(c *character) {
	w.move(c, w.name())
	w.pause(w.between(0, 700*time.Millisecond))
	w.move(c, w.name())
}

func (w *world) thereAndBack(c *character) {
	first := c.path
	w.move(c, w.name())
	w.pause(w.between(0, 700*time.Millisecond))
	w.move(c, first)
}

// moveThenEdit is a move and an edit in one go, or nearly so.
func (w *world) moveThenEdit(c *character) {
	w.move(c, w.name())
	if w.r.IntN(2) == 0 {
		w.pause(w.between(0, 600*time.Millisecond))
	}
	if w.r.IntN(2) == 0 {
		w.atomically(c)
	} else {
		w.inPlace(c)
	}
}

// replace is what a checkout does of a commit that moved and edited a file:
// there is another file under another name.
func (w *world) replace(c *character) {
	old := w.file(c.path)
	c.path, c.moved = w.name(), true
	w.tell("  now %s", c.path)
	if w.r.IntN(2) == 0 {
		w.put(w.file(c.path), c.text())
		w.check(os.Remove(old))
		return
	}
	w.check(os.Remove(old))
	if w.r.IntN(2) == 0 {
		w.pause(w.between(0, 700*time.Millisecond))
	}
	w.put(w.file(c.path), c.text())
	c.back = time.Now()
}

// moveFolder renames a folder with all that is in it; half of the time one of
// the posts is edited in the same go.
func (w *world) moveFolder() {
	within := slices.DeleteFunc(w.living(), func(c *character) bool { return !strings.HasPrefix(c.path, "deep/") })
	if len(within) == 0 || slices.ContainsFunc(within, func(c *character) bool { return !movable(c) }) {
		return
	}
	edit := w.r.IntN(2) == 0
	if edit {
		w.expect(within[0], w.retouched)
	}
	w.next++
	to := fmt.Sprintf("folder%d", w.next)
	w.rename(w.file("deep"), w.file(to))
	for _, c := range within {
		c.path, c.moved = to+strings.TrimPrefix(c.path, "deep"), true
		w.tell("  post %d, now %s", c.number, c.path)
	}
	if edit {
		w.atomically(within[0])
	}
}

// swap exchanges the names of two posts, of which none is new: nobody who has not seen it
// could tell that from the other one rewritten, beside a copy of how that was.
func (w *world) swap() {
	living := slices.DeleteFunc(w.living(), func(c *character) bool { return !movable(c) || c.young })
	if len(living) < 2 {
		return
	}
	a, b := living[0], living[len(living)-1]
	w.tell("  posts %d, %s, and %d, %s", a.number, a.path, b.number, b.path)
	between := w.name() // a post's name, or none
	pause := w.r.IntN(2) == 0
	if w.r.IntN(2) == 0 {
		between, pause = ".swapped", false
	}
	first, second := a.path, b.path
	w.move(a, between)
	if pause {
		w.pause(w.between(0, 400*time.Millisecond))
	}
	w.move(b, first)
	if pause {
		w.pause(w.between(0, 400*time.Millisecond))
	}
	w.move(a, second)
}

// remove deletes a post. The folder is never emptied: that is taken for an
// accident for a while.
func (w *world) remove(c *character) {
	if len(w.living()) < 2 {
		return
	}
	w.expect(c, func(c *character) { c.alive, c.bytes, c.lost = false, c.text(), c.version != c.published })
	w.check(os.Remove(w.file(c.path)))
}

// restore brings a deleted post back as it was, under its name or another.
func (w *world) restore() {
	for _, c := range w.oracle.all {
		if !c.alive && !c.lost && w.state != "" {
			if w.r.IntN(3) == 0 {
				c.path, c.moved = w.name(), true
			}
			w.tell("  post %d, %s", c.number, c.path)
			w.expect(c, func(c *character) { c.alive, c.restored = true, time.Now() })
			w.put(w.file(c.path), c.bytes)
			return
		}
	}
}

// touch dates a file anew: now, long ago, or in the future.
func (w *world) touch(c *character) {
	at := time.Now().Add([]time.Duration{0, -1000 * time.Hour, 5 * time.Second, 1000 * time.Hour}[w.r.IntN(4)])
	w.check(os.Chtimes(w.file(c.path), at, at))
}

// skewed sets the clock that dates the files, which need not be that of the service.
func (w *world) skewed() {
	w.skew = []time.Duration{0, -time.Hour, -5 * time.Second, -300 * time.Millisecond, 300 * time.Millisecond, 5 * time.Second, time.Hour}[w.r.IntN(7)]
}

func (w *world) chmod(c *character) {
	w.check(os.Chmod(w.file(c.path), []os.FileMode{0o600, 0o644, 0o664}[w.r.IntN(3)]))
}

// log writes where programs do that are started in the blog's folder.
func (w *world) log() {
	name := filepath.Join(filepath.Dir(w.root), "log")
	if w.r.IntN(2) == 0 {
		name = w.file("notes.txt")
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	w.check(err)
	_, err = f.WriteString("another line\n")
	w.check(err)
	w.check(f.Close())
}

// restart ends the process in some way and begins another. Meanwhile the author
// may go on.
func (w *world) restart(end func()) {
	if w.state == "" {
		return // nobody promises anything then
	}
	end()
	for range w.r.IntN(4) {
		w.offline()
	}
	w.start()
	w.pause(w.between(10*time.Millisecond, 2*time.Second))
}

// offline lets something happen to the folder while nobody looks.
func (w *world) offline() {
	all := []func(){
		func() { w.with(w.revised, w.atomically) },
		func() { w.among(movable, nil, w.moveAnywhere) },
		func() { w.among(seenAndMovable, w.retouched, w.replace) },
		func() { w.among(w.alone, nil, w.remove) },
		func() { w.with(w.toggled, w.atomically) },
		w.moveFolder, w.swap, w.create, w.createFrom, w.restore,
	}
	n := w.r.IntN(len(all))
	w.tell("  offline %d", n)
	all[n]()
}
