"""Opening a workspace, the first start, and the dialogs about a workspace as a whole."""
