"""Readers of typed text: dates, hours, numbers, fields, lines of a programme."""
