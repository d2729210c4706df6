package clean

import "strings"

var htmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;")

// HTML returns HTML that shows the plain text s.
func HTML(s string) string { return htmlText.Replace(s) }
