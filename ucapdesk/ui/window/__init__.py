"""The frame of the window: sections, commands, search and navigation."""
