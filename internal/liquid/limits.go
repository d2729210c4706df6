package liquid

// The bounds of one post. The posts of real blogs do with a hundredth of them.
const (
	// maxText bounds the result, and each string made on the way, in bytes.
	maxText = 4 << 20
	// maxSteps bounds all work. Every tag, variable, turn of a loop and value of a
	// list that a filter returns costs nodeCost, every byte made one. That is some
	// hundred thousand turns of a loop, and what keeps memory and time finite:
	// there is no way to make bytes or repeat a tag without paying. A step is meant
	// to take about 20 ns, so that no post takes a processor for a second.
	maxSteps    = 16 << 20
	nodeCost    = 16
	problemCost = 40 * nodeCost
	// wordCost is that of a word of an expression that is read.
	wordCost = 2 * nodeCost
	// laxCost is that of a byte of what is not written as it should be, and is read again.
	laxCost = 2 * nodeCost
	// readCost is that of reading an expression, besides its length.
	readCost = 32 * nodeCost
	// maxItems bounds a list made from a range or a string.
	maxItems = 10_000
	// maxWeight bounds the values in a list, with all that is in them, counted as
	// often as they are reached: a list that holds another twice, which holds
	// another twice, is small in memory only.
	maxWeight = 4_000_000
	// maxNesting bounds the blocks in each other, and maxIncludes the includes;
	// the stack must hold the product.
	maxNesting  = 100
	maxIncludes = 20
	// maxInner bounds expressions in expressions, as where_exp has them, and the values
	// that a value is written with.
	maxInner = 8
	// maxExpression bounds the text of one tag, in bytes.
	maxExpression = 16 << 10
	// maxProblems bounds what one post is told.
	maxProblems = 100
)

// cost is what a filter takes, in steps.
type cost struct {
	call   int // each time it is applied
	byte   int // for each byte that it is given
	square int // for the square of the KiB that it is given
}

// costs are those of the filters that do more than to read through their text.
// Markdown may compare each mark with all before it.
var costs = map[string]cost{
	"absolute_url":    {call: 2 * nodeCost, byte: 2},
	"escape_once":     {byte: 4},
	"markdownify":     {call: 256 * nodeCost, byte: 4 * nodeCost, square: 2048},
	"newline_to_br":   {byte: 4},
	"number_of_words": {byte: 2},
	"relative_url":    {call: 2 * nodeCost, byte: 2},
	"slugify":         {byte: 8},
	"smartify":        {byte: 4},
	"split":           {byte: 1},
	"strip_html":      {byte: 4},
	"strip_index":     {byte: 2},
	"strip_newlines":  {byte: 4},
	"truncatewords":   {byte: 2},
	"url_decode":      {byte: 4},
}

// of returns what it costs to apply a filter to a text.
func (c cost) of(s string) int {
	kib := min(len(s)>>10, 256) // at which there are no steps left anyway
	return c.call + c.byte*len(s) + c.square*kib*kib
}
