"""Values as texts: read from what people type, and written in the words of each language."""
