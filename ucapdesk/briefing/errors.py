"""The errors of printing."""

from __future__ import annotations

from ucapdesk.base.errors import UserError


class PaperNotWritten(UserError):
    """The file could not be written where it was wanted."""

    sentence = (
        "The paper could not be written to {file} ({details}). Nothing was changed; choose another place and print "
        "again."
    )


class PrintingStopped(UserError):
    """The reader stopped the printing."""

    sentence = "Printing was stopped. No file was written; the records are as they were."
