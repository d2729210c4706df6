package dialect

import (
	"slices"
	"testing"

	"broadsheet/internal/dialect/internal/rules"
)

// Add adds a row to the table, as long as a test runs.
func Add(t *testing.T, d *rules.Dialect) {
	before := table
	t.Cleanup(func() { table = before })
	table = append(slices.Clone(table), d)
}
