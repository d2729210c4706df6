package liquid

// Hurry gives posts so few steps that fuzzing gets on.
func (r *Renderer) Hurry() { r.steps = maxSteps / 128 }

// Taken returns how many steps a body takes.
func (r *Renderer) Taken(body string) int {
	run := newRun(r, nil, "p.md")
	run.render(body, 1)
	return run.taken
}
