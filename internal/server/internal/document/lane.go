package document

import (
	"bytes"
	"fmt"
	"net/http"
	"time"

	"broadsheet/internal/server/lane"
)

// Lane returns the response that a poll gets through the lane, with flags that follow from its
// path.
func (p *Response) Lane(q *lane.Request, f Flags) lane.Response {
	v, f := p.choose(q.Conditions, f, q.Received)
	r := lane.Response{Head: p.head(v, f, q.Received), Status: http.StatusNotModified, Document: p.path}
	if f&notModified == 0 {
		r.Status, r.Coding = http.StatusOK, v.coding
		if !q.Head {
			r.Body = v.full().body
		}
	}
	return r
}

// head returns the beginning of a response as net/http would write it, up to the
// Date. It is made once Last-Modified has come.
func (p *Response) head(v *variant, f Flags, now time.Time) []byte {
	young := p.young(now)
	if made := v.heads[f].Load(); made != nil && !young {
		return *made
	}
	header := http.Header{}
	p.setCommon(header, v, f, now)
	status := p.setRest(header, v, f)
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	_ = header.Write(&b) // a Buffer takes all
	made := b.Bytes()
	if !young {
		v.heads[f].Store(&made)
	}
	return made
}
