package main

import (
	"bytes"
	"io"
	"log/slog"
	"math"
	"runtime/debug"
	"time"

	"broadsheet/cmd/broadsheet/logqueue"
	"broadsheet/internal/config"
)

// flushing is how long the end of the service waits for the reader of the log.
const flushing = time.Second

// newLog returns the log that the settings ask for. Nothing ever waits for it; flush writes the
// lines that are left, and ends it.
func newLog(s config.Settings, w io.Writer) (log *slog.Logger, flush func()) {
	plain := s.LogFormat == "text" || s.LogFormat == "auto" && isTerminal(w)
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.LogLevel)) // package config has checked it
	to := func(w io.Writer) *slog.Logger {
		options := &slog.HandlerOptions{Level: level}
		if plain {
			return slog.New(slog.NewTextHandler(w, options))
		}
		return slog.New(slog.NewJSONHandler(w, options))
	}
	queue := logqueue.New(w, func(lines int) []byte {
		var line bytes.Buffer
		to(&line).Error("lines of the log are missing: they could not be written", slog.Int("lines", lines))
		return line.Bytes()
	})
	return to(queue), func() { queue.Close(flushing) }
}

// tellMemory logs the memory limit of the runtime, if there is one.
func tellMemory(log *slog.Logger) {
	const ask = -1
	if limit := debug.SetMemoryLimit(ask); limit != math.MaxInt64 {
		log.Info("memory is limited", slog.Int64("bytes", limit))
	}
}
