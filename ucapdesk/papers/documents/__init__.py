"""The documents that can be printed: a module declares one, or a few that share their making, as ``DOCUMENTS``."""
