"""Translations, their files, and the glossary."""
