"""Printing: what of a record goes on paper, how it will look, and what still lacks."""
