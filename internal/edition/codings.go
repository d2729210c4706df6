package edition

import "broadsheet/internal/edition/internal/coding"

// Coding is a content coding (RFC 9110 section 8.4.1) of a document. The zero value is
// Identity: no compression.
type Coding = coding.Coding

// The codings after Identity, that of the smallest result first.
const (
	Identity = coding.Identity
	Brotli   = coding.Brotli
	Zstd     = coding.Zstd
	Gzip     = coding.Gzip
	Codings  = coding.Count // how many there are
)

// Has reports whether the content has a form in this coding. It compresses nothing.
func (c *Content) Has(k Coding) bool { return k == Identity || c.packed.Has(k) }

// In returns the body in a coding that c has, else nil. The first call makes the form;
// other callers wait for it.
func (c *Content) In(k Coding) []byte {
	if k == Identity {
		return c.Body
	}
	return c.packed.In(k)
}
