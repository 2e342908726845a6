"""The page of one record: its form, its parts, its history."""
