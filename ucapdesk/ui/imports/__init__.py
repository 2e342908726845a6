"""Import of UCAP papers: assigning text by hand, and the report."""
