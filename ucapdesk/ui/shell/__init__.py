"""The frame of the window: sections, commands, search, and the way through them."""
