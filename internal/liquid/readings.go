package liquid

// maxReadings bounds how many expressions of filters are kept.
const maxReadings = 64

// readings are the expressions that filters of a post were given, read once for each source.
type readings struct {
	conditions map[string]*condition // nil for one that cannot be read
	parts      map[string]reading
}

func newReadings() readings {
	return readings{map[string]*condition{}, map[string]reading{}}
}

// keep remembers what was read of a source, and forgets all others where they are many.
func keep[T any](kept map[string]T, source string, read T) {
	if len(kept) >= maxReadings {
		clear(kept)
	}
	kept[source] = read
}

// conditionOf reads the condition of a filter, in which "empty" is a text like any.
func (r *run) conditionOf(source string) (*condition, error) {
	if !r.charge(source, r.line) {
		return nil, errUnread
	}
	c, known := r.readings.conditions[source]
	if !known {
		var err error
		if c, err = r.strictCondition(source); err == nil {
			c.withoutEmpty()
		}
		keep(r.readings.conditions, source, c)
	}
	if c == nil || r.stopped {
		return nil, errUnread
	}
	first := *c
	first.line, first.length = r.line, len(source)
	return &first, nil
}

// expressionOf reads the expression of a filter; nil if it is too long.
func (r *run) expressionOf(source string) *expression {
	if !r.charge(source, r.line) {
		return nil
	}
	read, known := r.readings.parts[source]
	if !known {
		read = r.read(source)
		keep(r.readings.parts, source, read)
	}
	return r.expressed(read, source, r.line)
}
