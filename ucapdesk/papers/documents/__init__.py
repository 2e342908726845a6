"""The documents that can be printed, a module each."""
