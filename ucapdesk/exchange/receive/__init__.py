"""Receiving packages."""
