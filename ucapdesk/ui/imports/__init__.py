"""Import of papers: what is proposed, assigning text by hand, and the report."""
