"""The sentence of the record view that text could not be saved."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.ui.record.message_bar import BarAnswer, MessageBar
from ucapdesk.ui.record.saving import Saving


def say_unsaved(bar: MessageBar, saving: Saving, error: UserError) -> str:
    """Say that text could not be saved, and offer to try again or to copy it; return the sentence."""

    def copy() -> None:
        QApplication.clipboard().setText(saving.unsaved_text())
        saving.discard()

    said = tr("record", "Not saved: {reason}", reason=error.say())
    again = BarAnswer("again", tr("record", "Try again"), saving.try_again)
    bar.say("saving", said, again, BarAnswer("copy", tr("record", "Copy text"), copy), problem=True, closes=False)
    return said
