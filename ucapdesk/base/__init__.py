"""The foundations of every layer: errors, texts in several languages, ids, clock, paths, settings, logs."""
