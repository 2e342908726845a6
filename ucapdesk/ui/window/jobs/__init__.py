"""Background jobs, their progress and their results."""
