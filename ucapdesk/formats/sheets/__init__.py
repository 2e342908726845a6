"""Spreadsheets of one kind of record: columns from the declarations, .xlsx and .csv, written and read."""

from ucapdesk.formats.sheets.columns import SheetColumn, columns_of_sheet, match_heads
from ucapdesk.formats.sheets.reading import Row, Sheet, read_sheets
from ucapdesk.formats.sheets.writing import write_csv, write_xlsx

__all__ = [
    "Row",
    "Sheet",
    "SheetColumn",
    "columns_of_sheet",
    "match_heads",
    "read_sheets",
    "write_csv",
    "write_xlsx",
]
