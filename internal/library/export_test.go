package library

// BuildWhole makes a library without regard to how little changed.
var BuildWhole = build
