"""Personal data: exported, kept, erased, and what is internal."""
