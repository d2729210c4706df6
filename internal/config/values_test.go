package config_test

import (
	"strings"
	"testing"

	"broadsheet/internal/config"
)

// TestValues gives each text to a flag, and wants either the value in force or
// a part of the problem.
func TestValues(t *testing.T) {
	tests := []struct{ key, text, want, problem string }{
		{"title", "  Two\n words ", "Two words", ""},
		{"title", "2024: ünïcode & <b>", "2024: ünïcode & <b>", ""},
		{"title", "a\x00b", "", "no plain UTF-8 text"},
		{"title", "a\xffb", "", "no plain UTF-8 text"},

		{"url", "https://example.org", "https://example.org", ""},
		{"url", "HTTPS://Example.ORG/Blog//", "https://example.org/Blog", ""},
		{"url", "http://example.org:8080/", "http://example.org:8080", ""},
		{"url", "http://my_host/blog", "http://my_host/blog", "state id-authority"},
		{"url", "https://MÜnchen.example:8443/", "https://xn--mnchen-3ya.example:8443", ""},
		{"url", "https://münchen.example/käse", "https://xn--mnchen-3ya.example/k%C3%A4se", ""},
		{"url", "https://ü\u200e.example/", "", "no name in DNS"},
		{"url", "https://example.org/@ada", "https://example.org/@ada", ""},
		{"url", "http://[2001:db8::1]/", "", "state id-authority"},
		{"url", "example.org", "", "no absolute http or https URL"},
		{"url", "//example.org", "", "no absolute http or https URL"},
		{"url", "/blog", "", "no absolute http or https URL"},
		{"url", "https://", "", "no absolute http or https URL"},
		{"url", "https://:80/", "", "no absolute http or https URL"},
		{"url", "ftp://example.org", "", "no absolute http or https URL"},
		{"url", "http://exa mple.org", "", "no absolute http or https URL"},
		{"url", "https://example.org/?a=b", "", "query or fragment"},
		{"url", "https://example.org/?", "", "query or fragment"},
		{"url", "https://example.org/#", "", "query or fragment"},

		{"admin-hosts", "Status.Example.org.; broadsheet.feeds.svc ;my_admin", "status.example.org; broadsheet.feeds.svc; my_admin", ""},
		{"admin-hosts", "münchen.example", "xn--mnchen-3ya.example", ""},
		{"admin-hosts", " ; ", "", ""},
		{"admin-hosts", "https://status.example.org", "", "no host name, such as status.example.org, without a scheme and a port"},
		{"admin-hosts", "status.example.org:9090", "", "no host name"},
		{"admin-hosts", "status.example.org, other.example.org", "", "no host name"},
		{"admin-hosts", "*.example.org", "", "no host name"},
		{"admin-hosts", "*", "", "no host name"},
		{"admin-hosts", "a..example.org", "", "no host name"},
		{"admin-hosts", "-a.example.org", "", "no host name"},
		{"admin-hosts", strings.Repeat("a.", 128), "", "no host name"},

		{"language", "en", "en", ""},
		{"language", "en_US", "en-US", ""},
		{"language", "PT-br", "pt-BR", ""},
		{"language", "zh-hant-tw", "zh-Hant-TW", ""},
		{"language", "english", "", "no language tag"},
		{"language", "xx", "", "no language tag"},
		{"language", "en-US.UTF-8", "", "no language tag"},

		{"timezone", "America/New_York", "America/New_York", ""},
		{"timezone", "Mars/Olympus", "", "Europe/London"},
		{"timezone", "Local", "", "no time zone"},
		{"timezone", "", "", "no time zone"},
		{"timezone", "../../etc/passwd", "", "no time zone"},

		{"author", "Ada Example", "Ada Example", ""},
		{"author", "Ada Example <ada@example.org>", "Ada Example <ada@example.org>", ""},
		{"author", "Ada  Example<https://ada.example/>", "Ada Example <https://ada.example/>", ""},
		{"author", "Ada, Countess <ada@example.org> <https://ada.example/>; Bob;", "Ada, Countess <ada@example.org> <https://ada.example/>; Bob", ""},
		{"author", "ada@example.org", "ada@example.org <ada@example.org>", ""},
		{"author", "<ada@example.org>", "ada@example.org <ada@example.org>", ""},
		{"author", "https://ada.example/me/", "ada.example/me <https://ada.example/me/>", ""},
		{"author", "<ada@example.org> <https://ada.example>; Bob", "ada@example.org <ada@example.org> <https://ada.example>; Bob", ""},
		{"author", "Ada <ada>", "", "expected an e-mail address or a URL"},
		{"author", "Ada <ada@example.org", "", "expected an e-mail address or a URL"},
		{"author", "Ada <>", "", "expected an e-mail address or a URL"},
		{"author", "Ada\x07", "", "no plain UTF-8 text"},

		{"icon", "/icon.png", "/icon.png", ""},
		{"icon", "https://cdn.example/i.png", "https://cdn.example/i.png", ""},
		{"icon", "data:image/png;base64,AA", "", "neither an absolute"},
		{"icon", "//cdn.example/i.png", "", "neither an absolute"},
		{"icon", "%", "", "neither an absolute"},

		{"id-authority", "Example.ORG", "example.org", ""},
		{"id-authority", "ada.b_c-d@example.org", "ada.b_c-d@example.org", ""},
		{"id-authority", "localhost", "localhost", ""},
		{"id-authority", "example.org,2024", "", "RFC 4151"},
		{"id-authority", "-example.org", "", "RFC 4151"},
		{"id-authority", "example..org", "", "RFC 4151"},
		{"id-authority", "example.org:80", "", "RFC 4151"},
		{"id-authority", "https://example.org", "", "RFC 4151"},

		{"permalink", "/:path/", "/:path/", ""},
		{"permalink", "/:year_:month/:slug.html", "/:year_:month/:slug.html", ""},
		{"permalink", "/:i_day/:short_year/:y_day/:title", "/:i_day/:short_year/:y_day/:title", ""},
		{"permalink", ":slug", "", "starts with a slash"},
		{"permalink", "pretty", "", "starts with a slash"},
		{"permalink", "", "", "starts with a slash"},
		{"permalink", "/:slug?x", "", "no path"},
		{"permalink", "/a b/:slug", "", "no path"},
		{"permalink", "//:slug", "", "no path"},
		{"permalink", "/../:slug", "", "no path"},
		{"permalink", "/:slug/.", "", "no path"},
		{"permalink", "/:categories/:slug", "", "holds :categories"},
		{"permalink", "/:slugs", "", "holds :slugs"},
		{"permalink", "/:year/:month/", "", "many posts"},

		{"dialect", "Plain", "plain", ""},
		{"dialect", "hugo", "hugo", ""},
		{"dialect", "Jekyll", "jekyll", ""},
		{"dialect", "eleventy", "", "none of auto, plain, jekyll, hugo"},

		{"items", "1", "1", ""},
		{"items", " 1000 ", "1000", ""},
		{"items", "0", "", "whole number from 1 to 1000"},
		{"items", "1001", "", "whole number from 1 to 1000"},
		{"items", "-3", "", "whole number from 1 to 1000"},
		{"items", "2.5", "", "whole number from 1 to 1000"},
		{"items", "", "", "whole number from 1 to 1000"},
		{"items", "99999999999999999999", "", "whole number from 1 to 1000"},

		{"drafts", "Yes", "true", ""},
		{"drafts", "off", "false", ""},
		{"drafts", "1", "true", ""},
		{"drafts", "2", "", "neither true nor false"},

		{"content", "Summary", "summary", ""},
		{"content", "none", "", "none of both, full, summary"},
		{"log-level", "DEBUG", "debug", ""},

		{"listen", ":0", ":0", ""},
		{"listen", "localhost:80", "localhost:80", ""},
		{"listen", "[::]:8080", "[::]:8080", ""},
		{"listen", "8080", "", "no address to listen on"},
		{"listen", "localhost", "", "no address to listen on"},
		{"listen", ":http", "", "no address to listen on"},
		{"listen", ":65536", "", "no address to listen on"},
		{"listen", "", "", "no address to listen on"},

		{"state", "my  state", "my  state", ""},
		{"state", "a\x00b", "", "no plain UTF-8 text"},
	}
	for _, tt := range tests {
		t.Run(tt.key+"="+strings.ToValidUTF8(tt.text, "?"), func(t *testing.T) {
			_, origins, err := config.Load(config.Options{Dir: "posts", Flags: commandLine(t, "--"+tt.key+"="+tt.text)})
			switch {
			case tt.problem == "" && err != nil:
				t.Fatal(err)
			case tt.problem == "":
				if got := origin(t, origins, tt.key).Value; got != tt.want {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			case err == nil:
				t.Errorf("accepted as %q", origin(t, origins, tt.key).Value)
			case !strings.HasPrefix(err.Error(), "--"+tt.key+": ") || !strings.Contains(err.Error(), tt.problem):
				t.Errorf("problem %q lacks %q", err, tt.problem)
			}
		})
	}
}

func TestPasswordIsNotShown(t *testing.T) {
	for _, text := range []string{"https://ada:secret@example.org/", "https://ada:secret@exa mple.org", "//ada:secret@x"} {
		_, _, err := world{env: map[string]string{"BROADSHEET_URL": text}}.load(t)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestEffectiveValues(t *testing.T) {
	tests := map[string]struct {
		dir                   string
		flags                 []string
		title, url, authority string
	}{
		"port of the listener":    {"posts", []string{"--listen=:1234"}, "Broadsheet", "http://localhost:1234", "localhost"},
		"every address":           {"posts", []string{"--listen=0.0.0.0:80"}, "Broadsheet", "http://localhost:80", "localhost"},
		"every IPv6 address":      {"posts", []string{"--listen=[::]:80"}, "Broadsheet", "http://localhost:80", "localhost"},
		"one address":             {"posts", []string{"--listen=192.0.2.1:80"}, "Broadsheet", "http://192.0.2.1:80", "192.0.2.1"},
		"one IPv6 address":        {"posts", []string{"--listen=[::1]:80"}, "Broadsheet", "http://[::1]:80", "localhost"},
		"host of the URL":         {"_posts", []string{"--url=https://example.org:8443/b"}, "example.org", "https://example.org:8443/b", "example.org"},
		"folder's name":           {"/srv/my-travel_notes/", []string{"--url=https://example.org"}, "My travel notes", "https://example.org", "example.org"},
		"folder without a name":   {"..", nil, "Broadsheet", "http://localhost:8080", "localhost"},
		"root":                    {"/", nil, "Broadsheet", "http://localhost:8080", "localhost"},
		"folder with an odd name": {"/a\xff", nil, "Broadsheet", "http://localhost:8080", "localhost"},
		"other letters":           {"élan", nil, "Élan", "http://localhost:8080", "localhost"},
		"authority stated":        {"posts", []string{"--url=http://[::1]", "--id-authority=example.org"}, "::1", "http://[::1]", "example.org"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, _, err := config.Load(config.Options{Dir: tt.dir, Flags: commandLine(t, tt.flags...)})
			if err != nil {
				t.Fatal(err)
			}
			if got.Title != tt.title || got.URL != tt.url || got.Authority != tt.authority {
				t.Errorf("title %q, URL %q, authority %q; want %q, %q, %q",
					got.Title, got.URL, got.Authority, tt.title, tt.url, tt.authority)
			}
			if want := strings.Contains(strings.Join(tt.flags, " "), "--url"); got.URLConfigured != want {
				t.Errorf("URLConfigured is %v", got.URLConfigured)
			}
		})
	}
}
