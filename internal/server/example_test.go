package server_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// A service with documents, something of its own beside them, and a log of what was
// asked for.
func Example() {
	day := time.Date(2020, 1, 1, 9, 0, 0, 0, time.UTC)
	current := edition.New(edition.Input{
		Site: blog.Site{Title: "Example", URL: "https://example.org", Zone: time.UTC},
		Posts: []*blog.Post{{
			Path: "hello.md", ID: "tag:example.org,2020:hello", URL: "https://example.org/hello/", Slug: "hello",
			Title: "Hello", Body: []byte("Hello, world."), BodyLine: 1, Published: day, Updated: day, File: blog.StampOf(day),
		}},
		Now: day,
	})
	asked := make(chan string, 10)
	documents := server.New(server.Options{
		Edition: func() *edition.Edition { return current },
		Observe: func(e server.Event) { asked <- fmt.Sprint(e.Method, " ", e.Document, " ", e.Status) },
	})
	mux := http.NewServeMux()
	mux.Handle("/", documents)
	mux.HandleFunc("POST /hub", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) })

	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx, l, mux, server.ServeOptions{Documents: documents}) }()

	base := "http://" + l.Addr().String()
	feed, err := http.Get(base + "/feed/")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer feed.Body.Close()
	fmt.Println(feed.Status, feed.Header.Get("Content-Type"))
	hub, err := http.Post(base+"/hub", "text/plain", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer hub.Body.Close()
	fmt.Println(hub.Status)
	fmt.Println(<-asked)

	stop()
	fmt.Println(<-ended)
	// Output:
	// 200 OK application/rss+xml; charset=utf-8
	// 202 Accepted
	// GET /rss.xml 200
	// <nil>
}
