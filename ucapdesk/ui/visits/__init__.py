"""The page of a visit, and the calendar: its programme by days, who comes, what is to prepare."""
