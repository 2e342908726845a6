"""How values are said in each language: dates, hours, numbers, names, codes, and any field at all."""
