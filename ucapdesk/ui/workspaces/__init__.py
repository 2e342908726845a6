"""First start, and dialogs about a workspace as a whole."""
