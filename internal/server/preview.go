package server

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// private returns what a preview answers instead of found: no cache keeps it, and no
// other site may read it. Documents and files are made so already.
func private(found any) any {
	switch f := found.(type) {
	case *fixed:
		return f.private()
	case moved:
		return movedPrivately{f}
	}
	return found
}

// knownHost reports whether a request is for this machine or one of the names. A
// page of another site can have a name of its own lead to this machine (DNS
// rebinding), but not an address, nor localhost.
func knownHost(host string, names []string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if _, err := netip.ParseAddr(host); err == nil || host == "" || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, host) })
}

// misdirected is the answer to a request for another host.
var misdirected = newText(http.StatusMisdirectedRequest,
	"This is not for everybody: ask by an address, as localhost, or by a name that the settings give.\n", noStore, noSniff)
