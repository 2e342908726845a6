"""What every layer stands on: errors, texts in several languages, ids, clock, paths, settings, logs."""
