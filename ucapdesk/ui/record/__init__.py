"""One record: its form, its parts, its history."""
