"""People, business cards and countries."""
