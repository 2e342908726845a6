"""The worklist of texts without a translation."""
