"""The merge: the values that follow from the log, the same on every desk."""
