"""The page of an MoU: how far it is, and its signing."""
