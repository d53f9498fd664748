"""What the doctor looks at, part by part, and what follows where something is damaged."""
