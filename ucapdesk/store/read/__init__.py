"""Reading: records, lists, titles, order, history, possible duplicates."""
