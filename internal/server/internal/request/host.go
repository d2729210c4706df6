package request

import (
	"net"
	"net/netip"
	"slices"
	"strings"
)

// KnownHost reports whether a request is for this machine or one of the names. A
// page of another site can have a name of its own lead to this machine (DNS
// rebinding), but not an address, nor localhost.
func KnownHost(host string, names []string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	_, err := netip.ParseAddr(host)
	if err == nil || host == "" || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, host) })
}
