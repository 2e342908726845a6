"""The page of a visit, and the calendar: programme, delegation and checklist."""
