package liquid

// Hurry gives posts so few steps that fuzzing gets on.
func (r *Renderer) Hurry() { r.steps = maxSteps / 128 }
