"""The sentences of the record view: nothing is chosen, a record is in the Trash, text could not be saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.ui.record.message_bar import BarAnswer, MessageBar
from ucapdesk.ui.record.saving import Saving
from ucapdesk.ui.toolkit.layout_builder import STRETCH, add
from ucapdesk.ui.toolkit.text_label import label


def lay_out_empty(column: QVBoxLayout, page: QWidget) -> str:
    """Fill a page without a record; return what it says."""
    said = tr("record", "Select a record in the list.")
    empty = label(said, "second", parent=page)
    empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
    add(column, STRETCH, empty, STRETCH)
    return said


def say_trashed(bar: MessageBar, restore: Callable[[], None] | None) -> None:
    """Say that the record is in the Trash, with the way back where the workspace can be written."""
    answers = [BarAnswer("restore", tr("action", "Restore"), restore)] if restore else []
    bar.say("trash", tr("record", "This record is in the Trash."), *answers, closes=False)


def say_unsaved(bar: MessageBar, saving: Saving, error: UserError) -> str:
    """Say that text could not be saved, and offer to try again or to copy it; return the sentence."""

    def copy() -> None:
        QApplication.clipboard().setText(saving.unsaved_text())
        saving.discard()

    said = tr("record", "Not saved: {reason}", reason=error.say())
    again = BarAnswer("again", tr("record", "Try again"), saving.try_again)
    bar.say("saving", said, again, BarAnswer("copy", tr("record", "Copy text"), copy), problem=True, closes=False)
    return said
