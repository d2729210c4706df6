//go:build !linux

package source

import (
	"io/fs"
	"os"
	"time"
)

// noFollow is not to be had everywhere.
const noFollow = 0

// statOf tells nothing: changes are then seen by size and time alone.
func statOf(fs.FileInfo) (fileID, time.Time) { return fileID{}, time.Time{} }

// closed tells nothing either: every file is given its time to settle.
func closed(string) bool { return false }

func writtenTo(string) bool { return false }

// birthOf tells nothing: moves are found by their bytes alone.
func birthOf(*os.File) time.Time { return time.Time{} }

func bornAt(string) time.Time { return time.Time{} }
