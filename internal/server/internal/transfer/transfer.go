// Package transfer sends bodies to clients that may be slow. A long body has time for as long as
// the client takes some of it.
package transfer

import (
	"io"
	"net/http"
	"time"

	"broadsheet/internal/server/lane"
)

// Timeout is how long a client may take for an answer, or for each step of a long one.
const Timeout = time.Minute

// patientWriter sends a long body to a client that is slow for as long as it
// takes: each step has the time of an answer of its own.
type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

// Patient returns w with deadlines that move on with what the client takes.
func Patient(w http.ResponseWriter, r *http.Request) *patientWriter {
	if c := lane.ConnOf(r); c != nil {
		c.SendSoon()
	}
	return &patientWriter{w, http.NewResponseController(w)}
}

// Unwrap is for http.ResponseController.
func (p *patientWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// renew moves the deadline, if the writer has any.
func (p *patientWriter) renew() { _ = p.control.SetWriteDeadline(time.Now().Add(Timeout)) }

// Write sends b step by step.
func (p *patientWriter) Write(b []byte) (written int, err error) {
	for len(b) > 0 && err == nil {
		p.renew()
		var n int
		n, err = p.ResponseWriter.Write(b[:min(len(b), lane.Step)])
		written, b = written+n, b[n:]
	}
	return written, err
}

// ReadFrom sends what from holds step by step, by the system alone where it can.
func (p *patientWriter) ReadFrom(from io.Reader) (sent int64, err error) {
	whole, bounded := from.(*io.LimitedReader)
	if !bounded {
		whole = &io.LimitedReader{R: from, N: 1<<63 - 1}
	}
	for whole.N > 0 {
		p.renew()
		step := &io.LimitedReader{R: whole.R, N: min(whole.N, lane.Step)}
		want := step.N
		n, err := io.Copy(p.ResponseWriter, step)
		sent, whole.N = sent+n, whole.N-n
		if err != nil || n < want {
			return sent, err
		}
	}
	return sent, nil
}

// Write writes the body of an answer to r. A long body has time as long as the
// client takes some of it.
func Write(w http.ResponseWriter, r *http.Request, body []byte) {
	if lane.Send(w, r, body) {
		return
	}
	var out io.Writer = w
	if len(body) > lane.Step {
		out = Patient(w, r)
	}
	_, _ = out.Write(body) // an error means that the client has left
}
