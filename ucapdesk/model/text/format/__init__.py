"""Values in words of each language: dates, hours, numbers, names, codes, and any field at all."""
