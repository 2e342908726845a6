"""Spreadsheets of one kind of record: columns from the declarations, .xlsx and .csv, written and read."""

from ucapdesk.formats.sheets.sheet_columns import SheetColumn, columns_of_sheet, match_heads
from ucapdesk.formats.sheets.sheet_reader import Sheet, SheetRow, read_sheets
from ucapdesk.formats.sheets.sheet_writer import write_csv, write_xlsx

__all__ = [
    "Sheet",
    "SheetColumn",
    "SheetRow",
    "columns_of_sheet",
    "match_heads",
    "read_sheets",
    "write_csv",
    "write_xlsx",
]
