package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/browsertest"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"broadsheet": main})
}

// tests are those of this package, after which the browser that they share ends.
type tests struct{ *testing.M }

func (t tests) Run() int {
	defer browsertest.Close()
	return t.M.Run()
}

// TestCommands runs the command lines in testdata/script. Besides testscript's
// own commands these are known:
//
//	port NAME...         sets each variable to a free loopback address
//	get URL [TEXT]       waits until the URL answers 200 with TEXT in its body;
//	                     with "!" until it does not
//	browse URL TEXT      the same as a browser does: it wants a page, and follows
//	                     where it is sent
//	logged FILE TEXT     waits until the file holds TEXT
//	save URL FILE        writes the body of the answer to a file
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"port": freePort, "get": get, "browse": browse, "logged": logged, "save": save},
	})
}

func freePort(ts *testscript.TestScript, _ bool, names []string) {
	for _, name := range names {
		ts.Setenv(name, freeAddress())
	}
}

// get polls, so that no script need know how long a service takes to catch up.
func get(ts *testscript.TestScript, neg bool, args []string) { poll(ts, neg, args, "*/*") }

func browse(ts *testscript.TestScript, neg bool, args []string) {
	poll(ts, neg, args, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
}

func poll(ts *testscript.TestScript, neg bool, args []string, accept string) {
	text := strings.Join(args[1:], " ")
	var status int
	var body string
	var err error
	for end := time.Now().Add(hang); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		status, body, err = fetch(args[0], accept)
		if (err == nil && status == http.StatusOK && strings.Contains(body, text)) != neg {
			return
		}
	}
	ts.Fatalf("get %s %q (negated: %v) in vain: status %d, error %v, body:\n%s", args[0], text, neg, status, err, body)
}

func logged(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(hang); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		if strings.Contains(ts.ReadFile(args[0]), args[1]) {
			return
		}
	}
	ts.Fatalf("%s never says %q:\n%s", args[0], args[1], ts.ReadFile(args[0]))
}

func save(ts *testscript.TestScript, _ bool, args []string) {
	_, body, err := fetch(args[0], "*/*")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(body), 0o644))
}

func fetch(url, accept string) (int, string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), hang)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, "", fmt.Errorf("read %s: %w", url, err)
	}
	return response.StatusCode, string(body), nil
}
