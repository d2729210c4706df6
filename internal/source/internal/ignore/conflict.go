package ignore

import (
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Programs that synchronise folders keep both sides of a conflict, and name one
// of them after it, in the language of the system. What they have in common is
// the word, and where it stands: in brackets at the end, together with a word for
// a copy or with a number, or behind a full stop or an underscore.
var (
	conflictWord = regexp.MustCompile(`conflict|konfli|conflit|conflitt|конфл|競合|冲突|衝突|충돌|ขัดแย้ง|çakış|ütköz|διένεξη|motstrid|motstrij|case clash|xung đột|تعارض|התנגש`)

	// bracketed matches the last brackets of a name and what counts them up.
	bracketed = regexp.MustCompile(`[(\[（【]([^()\[\]（）【】]*)[)\]）】](?: ?\(?\d{1,3}\)?)?$`)

	// copied matches what stands beside the word: a copy, in a few languages, or
	// what the conflict is about, or who made it and when.
	copied = regexp.MustCompile(`\d|cop[iy]|cópia|kopi|копи|копі|コピー|副本|複本|复制|사본|salinan|สำเนา|kopya|másolat|αντίγραφο|bản sao|نسخة|עותק|` +
		`case|encoding|white ?space|selective|clash|sfconflict|@|gro(?:ß|ss)|casse|mayús|version`)

	// appended matches a word that is part of the name: of ownCloud, rclone, Resilio,
	// Syncthing and Synology, and the files of git mergetool.
	appended = regexp.MustCompile(`sync-conflict|conflicted copy|[._ -]conflict-\d{8}-?\d{4,6}|\.conflict\d*$|_[a-z]{3}-\d{2}-\d{4}-\d{4}_conflict$|` +
		`_(?:backup|base|local|remote)_\d+$|~(?:head|ours|theirs)$`)
)

// Conflict reports whether the name, or the path, is of a copy that a program for
// synchronising made of one side of a conflict.
func Conflict(name string) bool {
	stem := path.Base(name)
	stem = strings.TrimSuffix(stem, path.Ext(stem))
	if !strings.ContainsAny(stem, "~_.([（【") && !strings.Contains(stem, "conflict") {
		return false // as nearly all are
	}
	stem = strings.ToLower(norm.NFC.String(strings.TrimSpace(stem)))
	if appended.MatchString(stem) || strings.Contains(name, "sync-conflict") {
		return true
	}
	m := bracketed.FindStringSubmatch(stem)
	return m != nil && conflictWord.MatchString(m[1]) && copied.MatchString(m[1])
}
