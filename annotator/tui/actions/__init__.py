"""Actions: what several modes do, or one does at length; functions over the context."""
