"""The page of an MoU: its status bar, its parties, and its signing."""
