"""Writing packages."""
