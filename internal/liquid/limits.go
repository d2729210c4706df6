package liquid

// The bounds of one post. The posts of real blogs do with a hundredth of them.
const (
	// maxText bounds the result, and each string made on the way, in bytes.
	maxText = 4 << 20
	// maxSteps bounds all work. Every tag, variable, turn of a loop and value of a
	// list that a filter returns costs nodeCost, every byte made one. That is some
	// hundred thousand turns of a loop, and what keeps memory and time finite:
	// there is no way to make bytes or repeat a tag without paying.
	maxSteps    = 32 << 20
	nodeCost    = 16
	problemCost = 20 * nodeCost
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
	// maxInner bounds expressions in expressions, as where_exp has them.
	maxInner = 8
	// maxExpression bounds the text of one tag, in bytes.
	maxExpression = 16 << 10
	// maxProblems bounds what one post is told.
	maxProblems = 100
)
