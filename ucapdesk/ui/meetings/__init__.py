"""The page of a meeting: who was there, the minutes, and what is to be done."""
