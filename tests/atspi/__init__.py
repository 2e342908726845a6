"""The window as screen readers see it: read over a real bus, page by page; see ``read_pages.sh``."""
