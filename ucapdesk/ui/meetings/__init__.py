"""The page of a meeting: participants, minutes and actions."""
