"""Exchange with colleagues: packages, conflicts, joining."""
