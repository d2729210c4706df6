-- Prints what wrk measured as a line of JSON, times in seconds.
function done(summary, latency)
  local e = summary.errors
  print(string.format(
    '{"answers": %d, "seconds": %.6f, "bytes": %.0f, "p99": %.6f, "errors": %d}',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(99) / 1e6,
    e.connect + e.read + e.write + e.status + e.timeout))
end
