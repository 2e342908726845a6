"""The full-text search and its index."""
