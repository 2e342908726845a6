"""The errors of printing."""

from __future__ import annotations

from ucapdesk.base.errors import UserError


class PaperNotWritten(UserError):
    """The file could not be written where it was wanted."""

    sentence = (
        "The paper could not be written to {file} ({details}). Nothing was changed; choose another place and print "
        "again."
    )


class NotTranslated(UserError):
    """A letter would go out with a text in another language than its own."""

    sentence = (
        "The letter cannot be printed before it is translated: {what}. Nothing was written; complete the texts, or leave out "
        "that language."
    )


class PrintingStopped(UserError):
    """The reader stopped the printing."""

    sentence = "Printing was stopped. No file was written; the records are as they were."
