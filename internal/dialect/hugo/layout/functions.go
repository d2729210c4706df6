package layout

import (
	"html/template"
	"maps"
	"strings"

	"broadsheet/internal/dialect/hugo/layout/internal/value"
)

// functions are those that layouts may call, for one page.
func (r *Run) functions() template.FuncMap {
	all := template.FuncMap{stepFunc: r.step}
	for _, some := range []template.FuncMap{value.Comparisons, value.Conversions, value.Numbers(r.joined), r.texts(), r.lists(), r.pageFuncs(), r.moments()} {
		maps.Copy(all, some)
	}
	maps.Copy(all, escapers)
	for name, function := range all {
		if name != stepFunc {
			all[name] = r.charged(name, function)
		}
	}
	return all
}

// known are the names of all functions, with those of Go's templates.
var known = knownFunctions()

func knownFunctions() map[string]bool {
	all := map[string]bool{}
	for name := range (&Run{}).functions() {
		all[name] = true
	}
	for _, name := range []string{"and", "or", "not", "len", "index", "print", "printf", "println", "html", "js", "urlquery", "call", "slice", "break", "continue"} {
		all[name] = true
	}
	return all
}

// shortNames are the names for short of functions with the name of a package, in
// lower case.
var shortNames = allShortNames()

func allShortNames() map[string]string {
	all := map[string]string{
		"compare.conditional": "cond", "collections.dictionary": "dict", "strings.firstupper": "firstupper", "urls.ref": "ref", "urls.relref": "relref",
		"urls.anchorize": "anchorize", "strings.runecount": "countrunes", "strings.countwords": "countwords",
		"collections.slice": "slice", "collections.index": "index", "collections.len": "len", "fmt.print": "print", "fmt.printf": "printf", "fmt.println": "println",
		"cast.toint": "int", "cast.tofloat": "float", "cast.tostring": "string", "encoding.jsonify": "jsonify", "time.format": "dateformat", "time.now": "now", "time.astime": "time",
		"partials.include": "partial", "partials.includecached": "partialCached", "collections.indexfunction": "index",
		"strings.contains": "contains", "strings.count": "countof", "strings.repeat": "repeat", "path.join": "pathjoin", "path.base": "pathbase", "path.ext": "pathext", "path.dir": "pathdir",
		"path.basename": "pathbasename", "path.clean": "pathclean", "time.asTime": "time", "strings.containsany": "containsany", "strings.trimspace": "trimspace",
		"math.abs": "abs", "math.ceil": "ceil", "math.floor": "floor", "math.round": "round", "math.max": "max", "math.min": "min", "urls.parse": "urlparse", "math.pow": "pow",
	}
	for space, names := range map[string]string{
		"strings":     "chomp findRE hasPrefix hasSuffix replace replaceRE slicestr split substr title trim trimLeft trimRight trimPrefix trimSuffix truncate",
		"collections": "after append apply complement delimit dict first group in intersect isset last merge querify reverse seq shuffle sort symdiff union uniq where",
		"transform":   "emojify highlight htmlEscape htmlUnescape markdownify plainify",
		"inflect":     "humanize pluralize singularize", "urls": "absURL relURL absLangURL relLangURL urlize",
		"compare": "default eq ne lt le gt ge", "math": "add sub mul div mod modBool",
		"safe":   "safeHTML:html safeURL:url safeCSS:css safeJS:js safeHTMLAttr:htmlattr",
		"crypto": "md5 sha1 sha256", "encoding": "base64Encode base64Decode",
	} {
		for name := range strings.FieldsSeq(names) {
			short, long, other := strings.Cut(name, ":")
			if !other {
				long = strings.ToLower(short)
			}
			all[space+"."+long] = short
		}
	}
	all["strings.tolower"], all["strings.toupper"] = "lower", "upper"
	all["strings.findre"], all["strings.replacere"] = "findRE", "replaceRE"
	return all
}
