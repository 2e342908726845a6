"""Texts that lack a translation, written one after another."""
