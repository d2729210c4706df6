package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// pause lets a writer rest. It makes the fault; no test waits for it.
func pause(d time.Duration) { <-time.After(d) }

// TestFaultWriters saves a post in the ways in which programs do. Readers see the
// old post or the new one, never a part, never none, and no other.
func TestFaultWriters(t *testing.T) {
	stalls := func(s *service, text string, at int, rest time.Duration) {
		f, err := os.OpenFile(s.path("a.md"), os.O_WRONLY|os.O_TRUNC, 0)
		must(s.t, err)
		defer f.Close()
		_, err = f.WriteString(text[:at])
		must(s.t, err)
		pause(rest)
		_, err = f.WriteString(text[at:])
		must(s.t, err)
	}
	inPieces := func(s *service, text string, n int, rest time.Duration) {
		f, err := os.OpenFile(s.path("a.md"), os.O_WRONLY|os.O_TRUNC, 0)
		must(s.t, err)
		defer f.Close()
		for i := range n {
			_, err := f.WriteString(text[len(text)*i/n : len(text)*(i+1)/n])
			must(s.t, err)
			if i < n-1 {
				pause(rest)
			}
		}
	}
	rename := func(s *service, from, to string) { must(s.t, os.Rename(s.path(from), s.path(to))) }
	ways := []struct {
		name, program string
		save          func(s *service, text string)
	}{
		{"atomic rename", "", func(s *service, text string) { s.save("a.md", text) }},
		{"in place", "", func(s *service, text string) { s.write("a.md", text) }},
		{"truncated, and written a second later", "", func(s *service, text string) { stalls(s, text, 0, time.Second) }},
		{"slowly, in eight pieces", "", func(s *service, text string) { inPieces(s, text, 8, 150*time.Millisecond) }},
		{"a stall in the front matter", "", func(s *service, text string) { stalls(s, text, 12, 1200*time.Millisecond) }},
		{"preallocated", "", func(s *service, text string) {
			f, err := os.Create(s.path("a.md"))
			must(s.t, err)
			defer f.Close()
			must(s.t, f.Truncate(int64(len(text))))
			pause(300 * time.Millisecond)
			_, err = f.WriteString(text)
			must(s.t, err)
		}},
		{"preallocated, filled much later", "", func(s *service, text string) {
			f, err := os.Create(s.path("a.md"))
			must(s.t, err)
			defer f.Close()
			must(s.t, f.Truncate(int64(len(text))))
			pause(1500 * time.Millisecond)
			_, err = f.WriteString(text)
			must(s.t, err)
		}},
		{"emacs, with a lock and a backup", "", func(s *service, text string) {
			must(s.t, os.Symlink("user@host.1:1", s.path(".#a.md")))
			rename(s, "a.md", "a.md~")
			s.write("a.md", text)
			must(s.t, os.Remove(s.path(".#a.md")))
			must(s.t, os.Chmod(s.path("a.md"), 0o600))
		}},
		{"JetBrains' safe write", "", func(s *service, text string) {
			s.write("a.md___jb_tmp___", text)
			rename(s, "a.md", "a.md___jb_old___")
			rename(s, "a.md___jb_tmp___", "a.md")
			must(s.t, os.Remove(s.path("a.md___jb_old___")))
		}},
		{"sed -i", "sed", func(s *service, text string) {
			program(s.t, s.root, "sed", "-i", "s/"+titleIn(s, "a.md")+"/"+title(text)+"/", "a.md")
		}},
		{"vim", "vim", func(s *service, text string) {
			vim(s, "set backupcopy=yes", text)
		}},
		{"vim that renames", "vim", func(s *service, text string) { vim(s, "set backupcopy=no", text) }},
		{"rsync -t", "rsync", func(s *service, text string) { rsync(s, text, "-t") }},
		{"rsync --inplace -t", "rsync", func(s *service, text string) { rsync(s, text, "-t", "--inplace") }},
		{"cp -p of an older file", "", func(s *service, text string) {
			old := s.root + "-old.md"
			must(s.t, os.WriteFile(old, []byte(text), 0o644))
			must(s.t, os.Chtimes(old, time.Unix(1e9, 0), time.Unix(1e9, 0)))
			program(s.t, s.root, "cp", "-p", old, "a.md")
		}},
		{"deleted and created", "", func(s *service, text string) {
			must(s.t, os.Remove(s.path("a.md")))
			s.write("a.md", text)
		}},
	}
	for _, tt := range ways {
		t.Run(tt.name, func(t *testing.T) {
			if tt.program != "" {
				needs(t, tt.program)
			}
			t.Parallel() // they mostly wait
			s := startService(t, newFolder(t))
			s.write("a.md", article("Before"))
			s.write("other.md", article("Other"))
			s.until("the posts", func() bool { return s.shows("End of Before") && s.shows("End of Other") })
			before := s.steady().Edition.Number
			defer s.watchers(1, s.public+"/feed.json", func(a answer) {
				if got := strings.Join(served(t, a.body), ", "); got != "Before, Other" && got != "After, Other" {
					t.Errorf("served: %q", got)
				}
			})()
			tt.save(s, article("After"))
			took := s.until("the new text", func() bool { return s.shows("End of After") })
			t.Logf("served %v after the last byte, in %d editions", took.Round(time.Millisecond), s.steady().Edition.Number-before)
		})
	}
}

func title(text string) string { return strings.Fields(text)[2] }

func titleIn(s *service, name string) string {
	data, err := os.ReadFile(s.path(name))
	must(s.t, err)
	return title(string(data))
}

func vim(s *service, setting, text string) {
	cmd := exec.Command("vim", "-u", "NONE", "-es", "-c", setting, "-c", "%s/"+titleIn(s, "a.md")+"/"+title(text)+"/", "-c", "wq", "a.md")
	cmd.Dir = s.root
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("vim: %v: %s", err, out)
	}
}

func rsync(s *service, text string, args ...string) {
	from := s.root + "-from.md"
	must(s.t, os.WriteFile(from, []byte(text), 0o644))
	program(s.t, s.root, "rsync", append(args, from, "a.md")...)
}

// Bad YAML keeps the last good version, is named on the status page, and goes
// without a restart.
func TestFaultBrokenThenFixed(t *testing.T) {
	t.Parallel() // it mostly waits
	s := startService(t, newFolder(t))
	s.write("a.md", article("Before"))
	s.until("the post", func() bool { return s.shows("End of Before") })
	s.write("a.md", "---\ntitle: \"After\ndate: [\n---\n")
	s.until("the problem", func() bool {
		p := s.facts().Problems
		return len(p) == 1 && p[0].File == "a.md" && p[0].Line > 0
	})
	if !s.shows("End of Before") {
		t.Error("the last good version is gone")
	}
	s.save("a.md", article("After"))
	s.until("the mended post", func() bool { return s.shows("End of After") })
	s.until("the problem to go", func() bool { return len(s.facts().Problems) == 0 })
}

func TestFaultStorms(t *testing.T) {
	storms := map[string]func(s *service, n int){
		"chmod": func(s *service, n int) { must(s.t, os.Chmod(s.path("storm.md"), []os.FileMode{0o644, 0o600}[n%2])) },
		"write": func(s *service, n int) { s.write("storm.md", article("Storm")+strings.Repeat("\n", n%9)) },
	}
	for name, storm := range storms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startService(t, newFolder(t))
			s.write("storm.md", article("Storm"))
			s.write("a.md", article("Before"))
			s.until("the posts", func() bool { return s.shows("End of Storm") && s.shows("End of Before") })
			s.until("the status to count them", func() bool { return s.facts().Posts.Posts == 2 })
			before := s.steady().Edition.Number
			stop, stopped := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(stopped)
				tick := time.NewTicker(10 * time.Millisecond)
				defer tick.Stop()
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					case <-tick.C:
						storm(s, n)
					}
				}
			}()
			defer func() { close(stop); <-stopped }()
			if after := s.steady().Edition.Number; after != before {
				t.Errorf("the storm alone made %d editions", after-before)
			}
			s.save("a.md", article("After"))
			took := s.until("the edit beside the storm", func() bool { return s.shows("End of After") })
			t.Logf("served after %v", took)
		})
	}
}

func TestFaultFoldersThatMove(t *testing.T) {
	t.Parallel() // it mostly waits
	s := startService(t, newFolder(t))
	s.write("n0/sub/a.md", article("Round 0"))
	s.until("the post", func() bool { return s.shows("End of Round 0") })
	defer s.watchers(1, s.public+"/feed.json", func(a answer) {
		if n := len(served(t, a.body)); n != 1 {
			t.Errorf("%d posts were served, want 1", n)
		}
	})()
	for i := range rounds(20) {
		from, to := "n"+string(rune('0'+i%2)), "n"+string(rune('0'+(i+1)%2))
		must(t, os.Rename(s.path(from), s.path(to)))
		text := "Round " + strings.Repeat("I", i+1)
		s.write(to+"/sub/a.md", article(text)) // at once: the file is known by its inode
		s.until("the edit inside", func() bool { return s.shows("End of " + text + ".") })
	}
}

func TestFaultMkdirpAndFile(t *testing.T) {
	t.Parallel() // it mostly waits
	s := startService(t, newFolder(t))
	for i := range rounds(20) {
		name, text := "r"+strings.Repeat("x", i)+"/y/z/"+strings.Repeat("p", i+1)+".md", "New "+strings.Repeat("I", i+1)
		s.write(name, article(text))
		s.until("the file in new folders", func() bool { return s.shows("End of " + text + ".") })
		s.save(name, article(text+" edited"))
		s.until("its edit", func() bool { return s.shows("End of " + text + " edited") })
	}
}

func TestFaultChangedCase(t *testing.T) {
	t.Parallel() // it mostly waits
	s := startService(t, newFolder(t))
	s.write("a.md", article("Case"))
	s.until("the post", func() bool { return s.shows("/a/") })
	id := strings.Split(strings.Split(s.feed(), `"id":"`)[1], `"`)[0]
	defer s.watchers(1, s.public+"/feed.json", func(a answer) {
		if strings.Count(a.body, `"date_published":`) != 1 || !strings.Contains(a.body, id) {
			t.Errorf("served: %s", a.body)
		}
	})()
	must(t, os.Rename(s.path("a.md"), s.path("A.md")))
	s.steady()
}
