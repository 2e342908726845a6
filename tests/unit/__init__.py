"""Unit tests, a folder for each layer."""
