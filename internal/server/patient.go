package server

import (
	"io"
	"net/http"
	"time"
)

// progressStep is how many bytes a client must take within the time of an answer.
const progressStep = 64 << 10

// patientWriter sends a long body to a client that is slow for as long as it
// takes: each step has the time of an answer of its own.
type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	timeout time.Duration
}

// patient returns w with deadlines that move on with what the client takes.
func patient(w http.ResponseWriter, r *http.Request) *patientWriter {
	timeout, ok := r.Context().Value(timeoutKey{}).(time.Duration)
	if !ok {
		timeout = answerTimeout
	}
	if c, ok := r.Context().Value(connKey{}).(*conn); ok {
		c.sendSoon()
	}
	return &patientWriter{w, http.NewResponseController(w), timeout}
}

// Unwrap is for http.ResponseController.
func (p *patientWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// renew puts the deadline off. A writer without deadlines does without.
func (p *patientWriter) renew() { _ = p.control.SetWriteDeadline(time.Now().Add(p.timeout)) }

// Write sends b step by step.
func (p *patientWriter) Write(b []byte) (written int, err error) {
	for len(b) > 0 && err == nil {
		p.renew()
		var n int
		n, err = p.ResponseWriter.Write(b[:min(len(b), progressStep)])
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
		step := &io.LimitedReader{R: whole.R, N: min(whole.N, progressStep)}
		want := step.N
		n, err := io.Copy(p.ResponseWriter, step)
		sent, whole.N = sent+n, whole.N-n
		if err != nil || n < want {
			return sent, err
		}
	}
	return sent, nil
}
