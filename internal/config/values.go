package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/language"
)

// field connects a setting's text with its place in Settings.
type field struct {
	set    func(*Settings, string) error // leaves Settings alone when it fails
	get    func(Settings) string         // what set would take
	values []string                      // the only texts allowed; nil: as set says
	many   bool                          // several values with semicolons between them
	start  bool                          // read at the start of the service only
}

// atStart is a field that a running service cannot change.
func atStart(f field) field {
	f.start = true
	return f
}

// of is the field at a place, whose text parse gets without space around it.
func of[T any](at func(*Settings) *T, parse func(string) (T, error), show func(T) string) field {
	return field{
		set: func(s *Settings, raw string) error {
			value, err := parse(strings.TrimSpace(raw))
			if err == nil {
				*at(s) = value
			}
			return err
		},
		get: func(s Settings) string { return show(*at(&s)) },
	}
}

func text(at func(*Settings) *string, check func(string) (string, error)) field {
	return of(at, check, func(value string) string { return value })
}

func choice(at func(*Settings) *string, values ...string) field {
	f := text(at, func(raw string) (string, error) {
		if i := slices.Index(values, strings.ToLower(raw)); i >= 0 {
			return values[i], nil
		}
		return "", fmt.Errorf("%q is none of %s", raw, strings.Join(values, ", "))
	})
	f.values = values
	return f
}

func number(at func(*Settings) *int, least, most int) field {
	return of(at, func(raw string) (int, error) {
		n, err := strconv.Atoi(raw)
		if err != nil || n < least || n > most {
			return 0, fmt.Errorf("%q is no whole number from %d to %d", raw, least, most)
		}
		return n, nil
	}, strconv.Itoa)
}

func toggle(at func(*Settings) *bool) field {
	f := of(at, func(raw string) (bool, error) {
		switch strings.ToLower(raw) {
		case "true", "yes", "on", "1":
			return true, nil
		case "false", "no", "off", "0":
			return false, nil
		}
		return false, fmt.Errorf("%q is neither true nor false", raw)
	}, strconv.FormatBool)
	f.values = []string{"true", "false"}
	return f
}

// zone refuses Local: the same settings mean the same dates on every machine.
func zone(raw string) (*time.Location, error) {
	z, err := time.LoadLocation(raw)
	if err != nil || raw == "" || raw == "Local" {
		return nil, fmt.Errorf("%q is no time zone of the IANA database, such as Europe/London", raw)
	}
	return z, nil
}

// oneLine accepts any text that can stand in a feed, and joins its lines.
func oneLine(raw string) (string, error) {
	value := strings.Join(strings.Fields(raw), " ")
	if !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) {
		return "", fmt.Errorf("%q is no plain UTF-8 text", raw)
	}
	return value, nil
}

// folder takes a path as it stands: its spaces may be part of it.
func folder(raw string) (string, error) {
	_, err := oneLine(raw)
	return raw, err
}

// credentials matches a URL that must not be shown, not even in a problem.
var credentials = regexp.MustCompile(`^[^/]*//[^/]*@`)

// baseURL returns the URL with its host in the form of DNS: in lower case
// (RFC 3986 section 3.2.2) and, where it holds other letters, in ASCII.
func baseURL(raw string) (string, error) {
	if raw == "" {
		return "", nil
	}
	if credentials.MatchString(raw) {
		return "", errors.New("the URL holds a user name or password, which every link would publish")
	}
	u, err := url.Parse(raw)
	if err != nil || !isWeb(u) {
		return "", fmt.Errorf("%q is no absolute http or https URL, such as https://example.org/blog", raw)
	}
	if strings.ContainsAny(raw, "?#") {
		return "", fmt.Errorf("%q ends in a query or fragment, which every link would start with", raw)
	}
	if u.Host, err = dnsHost(u.Host); err != nil {
		return "", fmt.Errorf("the host of %q is no name in DNS: %w", raw, err)
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func dnsHost(host string) (string, error) {
	host = strings.ToLower(host)
	if !strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII }) {
		return host, nil // Lookup would refuse the underscores of private networks
	}
	name, port, _ := strings.Cut(host, ":")
	name, err := idna.Lookup.ToASCII(name)
	return strings.TrimSuffix(name+":"+port, ":"), err
}

func isWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// reference accepts an absolute http or https URL, or a path.
func reference(raw string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil || !isWeb(u) && (u.Scheme != "" || u.Host != "") {
		return "", fmt.Errorf("%q is neither an absolute http or https URL nor a path, such as /icon.png", raw)
	}
	return u.String(), nil
}

// languageTag brings a tag, or a locale's name such as en_US, into BCP 47 form.
func languageTag(raw string) (string, error) {
	if raw == "" {
		return "", nil
	}
	tag, err := language.Parse(raw)
	if err != nil {
		return "", fmt.Errorf("%q is no language tag, such as en or pt-BR", raw)
	}
	return tag.String(), nil
}

// address accepts host:port. Port 0 lets the system choose one.
func address(raw string) (string, error) {
	_, port, err := net.SplitHostPort(raw)
	if _, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil {
		return "", fmt.Errorf("%q is no address to listen on, such as :8080 or 127.0.0.1:8080", raw)
	}
	return raw, nil
}

// plainHost is a name in DNS, or of a container, whose name may have underscores.
var plainHost = regexp.MustCompile(`^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$`)

// hostName reads a name as requests have it, without scheme and port.
func hostName(raw string) (string, error) {
	name, err := dnsHost(strings.TrimSuffix(raw, "."))
	if err != nil || len(name) > 253 || !plainHost.MatchString(name) {
		return "", fmt.Errorf("%q is no host name, such as status.example.org, without a scheme and a port", raw)
	}
	return name, nil
}

// label is one part of a DNSname in RFC 4151 section 2.1, in lower case.
const label = `[a-z0-9](?:[a-z0-9-]*[a-z0-9])?`

var tagAuthority = regexp.MustCompile(`^(?:[a-z0-9._-]+@)?` + label + `(?:\.` + label + `)*$`)

func authority(raw string) (string, error) {
	value := strings.ToLower(raw)
	if value != "" && !tagAuthority.MatchString(value) {
		return "", fmt.Errorf("%q is neither a host name nor an e-mail address as RFC 4151 wants it in an id", raw)
	}
	return value, nil
}

var (
	placeholder  = regexp.MustCompile(`:[a-z]+(?:_[a-z]+)*`)
	placeholders = []string{":year", ":month", ":day", ":hour", ":minute", ":second",
		":i_month", ":i_day", ":short_year", ":y_day", ":slug", ":title", ":path"}
	distinguishing = regexp.MustCompile(`:(?:slug|title|path)`)
	unfitForPath   = regexp.MustCompile(`^(?:[^/]|$)|[\pZ\pC?#%\\]|//|/\.\.?(?:/|$)`)
)

func permalink(raw string) (string, error) {
	for _, name := range placeholder.FindAllString(raw, -1) {
		if !slices.Contains(placeholders, name) {
			return "", fmt.Errorf("%q holds %s, which is none of %s", raw, name, strings.Join(placeholders, " "))
		}
	}
	if unfitForPath.MatchString(raw) {
		return "", fmt.Errorf("%q is no path that starts with a slash, such as /:year/:month/:day/:slug/", raw)
	}
	if !distinguishing.MatchString(raw) {
		return "", fmt.Errorf("%q gives many posts the same path; it needs :slug, :title or :path", raw)
	}
	return raw, nil
}
