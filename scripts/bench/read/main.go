// Command read reads all files of a folder with two goroutines, which is the
// least that starting from that folder can take. Argument: the folder.
package main

import (
	"log"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

func main() {
	folder := os.Args[1]
	entries, err := os.ReadDir(folder)
	if err != nil {
		log.Fatal(err)
	}
	var next atomic.Int64
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(entries)); n = next.Add(1) - 1 {
				if _, err := os.ReadFile(filepath.Join(folder, entries[n].Name())); err != nil {
					log.Fatal(err)
				}
			}
		})
	}
	readers.Wait()
}
