//go:build race

package main

// slow is by what factor the race detector slows the service down.
const slow = 5
