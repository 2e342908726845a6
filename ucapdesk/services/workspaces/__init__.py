"""Workspaces as a whole: created, opened, the sample, maintenance."""
