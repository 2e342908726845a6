"""The formats of tables, by suffix: file dialogs know them before any of them is imported."""

from __future__ import annotations

WORKBOOK, TEXT = ".xlsx", ".csv"
SHEET_MODULES = {WORKBOOK: "xlsx_sheet", TEXT: "csv_sheet"}
"""The module of ``formats.sheets`` that reads and writes such files, the usual one first; it is imported for such a file."""
