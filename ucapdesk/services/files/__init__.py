"""Files of other programs: UCAP papers, sheets, Word."""
