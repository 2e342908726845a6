"""Spreadsheets of one kind of record: columns from the declarations, .xlsx and .csv, written and read."""
