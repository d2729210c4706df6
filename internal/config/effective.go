package config

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// settle fills in what follows from other settings.
func (l *loader) settle() {
	s := &l.settings
	s.Timezone = s.Zone.String()
	s.URLConfigured = s.URL != ""
	if !s.URLConfigured {
		s.URL = localURL(s.Listen)
	}
	l.movesEnd()
	host := ""
	if u, err := url.Parse(s.URL); err == nil {
		host = u.Hostname()
	}
	if s.Title == "" {
		s.Title = l.titleFor(host)
	}
	if s.Authority == "" {
		l.authorityFrom(host)
	}
}

// movesEnd refuses moves that lead to each other.
func (l *loader) movesEnd() {
	for _, m := range l.settings.Moved {
		for _, other := range l.settings.Moved {
			if other.Covers(m.To) {
				l.complain(l.from["moved"], fmt.Sprintf("moved: %s leads to %s, which has moved as well; state where it leads in the end", m.From, m.To))
				return
			}
		}
	}
}

// localURL is how this machine reaches the listener.
func localURL(listen string) string {
	host, port, _ := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(strings.ToLower(host), port)
}

// authorityFrom asks for an authority where the public host cannot be one: a
// stand-in would be in every id for good.
func (l *loader) authorityFrom(host string) {
	var err error
	if l.settings.Authority, err = authority(host); err == nil {
		return
	}
	l.settings.Authority = "localhost"
	if l.settings.URLConfigured {
		l.complain(l.from["url"], "the host "+host+" cannot be part of an id; state id-authority, such as example.org")
	}
}

// mute is a folder's name that tells nothing of what is in it.
var mute = regexp.MustCompile(`^(?i:[.]*|/|_?posts?|content|site|src)$`)

// titleFor makes a title of the folder's name. It takes the name as it was
// given and not the folder's full path, which differs between machines.
func (l *loader) titleFor(host string) string {
	name := filepath.ToSlash(filepath.Base(l.settings.Dir))
	title, err := oneLine(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	switch {
	case err == nil && title != "" && !mute.MatchString(name):
		first, size := utf8.DecodeRuneInString(title)
		return string(unicode.ToUpper(first)) + title[size:]
	case l.settings.URLConfigured:
		return host
	}
	return "Broadsheet"
}
