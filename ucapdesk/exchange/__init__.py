"""Exchange by file: packages given to colleagues and received from them. Nothing here ever opens a network connection."""
