"""Lists of records, of any length."""
