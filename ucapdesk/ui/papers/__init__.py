"""Printing: options, preview and gaps of a paper."""
