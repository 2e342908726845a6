"""Exchange with colleagues: packages, conflicts, joining, files for other programs."""
