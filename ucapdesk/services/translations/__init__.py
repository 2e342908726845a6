"""Translations of records (``translations``), their files, the glossary, and the texts of the window."""
