"""The errors of spreadsheets that cannot be read or written. Nothing has been changed in any of these cases."""

from __future__ import annotations

from ucapdesk.base.errors import UserError


class SheetUnreadable(UserError):
    """The file is damaged, or no spreadsheet at all."""

    sentence = (
        "The file {file} cannot be read as a spreadsheet. "
        "Nothing was changed; open it in Excel or LibreOffice, save it as .xlsx or .csv and choose that file."
    )


class SheetTooLarge(UserError):
    """The file is larger than anybody records by hand, or unpacks to something enormous."""

    sentence = (
        "The spreadsheet {file} is too large: at most {rows} rows and {limit} MB are read. "
        "Nothing was changed; split it into several files."
    )
