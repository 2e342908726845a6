"""Giving, receiving and deciding: the place in the window where work is handed over."""
