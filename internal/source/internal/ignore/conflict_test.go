package ignore_test

import (
	"testing"

	"broadsheet/internal/source/internal/ignore"
)

// TestCopiesInConflictAreNoPosts holds the names that programs give them, and
// names that are like them and are posts.
func TestCopiesInConflictAreNoPosts(t *testing.T) {
	for name, copied := range map[string]bool{
		"hello (Conflicted copy ThinkPad-T14-G5 202603121129).md":   true, // Obsidian
		"hello (conflicted copy 2026-03-12 112900).md":              true, // Nextcloud
		"hello (Ann's conflicted copy 2026-01-01).md":               true, // Dropbox
		"hello (Ann's conflicted copy 2026-01-01) (2).md":           true,
		"hello (In Konflikt stehende Kopie von Ada 2026-11-28).md":  true,
		"hello (Adas in Konflikt stehende Kopie 2026-11-28).md":     true,
		"hello (Copie en conflit de Ada 2026-11-28).md":             true,
		"hello (Copia en conflicto de Ada 2026-11-28).md":           true,
		"hello (copia in conflitto di Ada 2026-11-28).md":           true,
		"hello (Co\u0301pia em conflito de Ada 2026-11-28).md":      true, // decomposed
		"hello (Cópia em conflito de Ada).md":                       true,
		"hello (conflicterende kopie van Ada 2026-11-28).md":        true,
		"hello (kopia powodująca konflikty Ada 2026-11-28).md":      true,
		"hello (Adas konfliktkopia 2026-11-28).md":                  true,
		"hello (konfliktní kopie).md":                               true,
		"hello (конфликтующая копия Ada 2026-11-28).md":             true,
		"hello (Ada の競合コピー 2026-11-28).md":                          true,
		"hello (Ada 的冲突副本 2026-11-28).md":                           true,
		"hello（Ada 的冲突副本）.md":                                       true,
		"hello (Ada 的衝突複本).md":                                      true,
		"hello (Ada의 충돌하는 사본 2026-11-28).md":                        true,
		"hello (Salinan konflik Ada 2026-11-28).md":                 true,
		"hello (Ada'nın çakışan kopyası 2026-11-28).md":             true,
		"hello (Case Conflict).md":                                  true,
		"hello (Case Conflict 1).md":                                true,
		"hello (Unicode Encoding Conflict).md":                      true,
		"hello (Selective Sync Conflict).md":                        true,
		"hello (case clash from Ada 2026-01-01).md":                 true,
		"hello (SFConflict ada@example.org 2026-03-12-11-29-00).md": true, // Seafile
		"hello_conflict-20260312-112900.md":                         true, // ownCloud
		"hello.sync-conflict-20260101-120000-ABCDEFG.md":            true, // Syncthing
		"hello.Conflict.md":                                         true, // Resilio
		"hello.conflict1.md":                                        true, // rclone
		"hello_DiskStation_Oct-23-1234-2020_Conflict.md":            true, // Synology
		"hello [conflicted copy].md":                                true,
		"hello_BACKUP_1234.md":                                      true, // git mergetool
		"hello_REMOTE_1234.md":                                      true,
		"hello~HEAD.md":                                             true,
		"conflict.md":                                               false,
		"2026-01-01-conflict.md":                                    false,
		"the-art-of-conflict.md":                                    false,
		"iran-conflict-2026.md":                                     false,
		"Notes (conflict resolution).md":                            false,
		"hello (1).md":                                              false,
		"hello 2.md":                                                false,
		"hello-LAPTOP.md":                                           false,
		"copy.md":                                                   false,
		"working-remote.md":                                         false,
		"base_64.md":                                                false,
		"kopie.md":                                                  false,
	} {
		if got := ignore.Conflict(name); got != copied {
			t.Errorf("%s: a copy in conflict %v", name, got)
		}
		if got := ignore.Name(name); got != copied {
			t.Errorf("%s: ignored %v", name, got)
		}
	}
}
