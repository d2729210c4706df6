package guess

// MatchesKeyLine reports whether the regular expression alone takes a line for a key with a value.
func MatchesKeyLine(line []byte) bool { return keyLine.Match(line[:min(len(line), maxLine)]) }
