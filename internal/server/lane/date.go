package lane

import (
	"net/http"
	"time"
)

// dateSuffix is the end of a header during one second, as net/http writes it: on a connection that
// is kept, and on one that will be closed.
type dateSuffix struct {
	second        int64 // Unix
	kept, closing []byte
}

// dateSuffix returns the end of a header at a time. It is made once a second.
func (l *Lane) dateSuffix(now time.Time, closing bool) []byte {
	s := l.date.Load()
	if s == nil || s.second != now.Unix() {
		date := "Date: " + now.UTC().Format(http.TimeFormat) + "\r\n"
		s = &dateSuffix{now.Unix(), []byte(date + "\r\n"), []byte(date + "Connection: close\r\n\r\n")}
		l.date.Store(s)
	}
	if closing {
		return s.closing
	}
	return s.kept
}
