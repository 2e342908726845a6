"""Keeps the text of a line that is not added yet as a draft, and shows it again when its record is shown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from ucapdesk.base.errors import UserError
from ucapdesk.services import Desk
from ucapdesk.services.records import draft_texts
from ucapdesk.ui.toolkit.timers import single_shot

DRAFT_AFTER = 1500
"""Milliseconds between the first unsaved key and the draft."""


class LineDraft(QObject):
    """The draft of one line of one record; it goes with the line."""

    def __init__(self, desk: Desk, id_: Callable[[], str], line: QLineEdit) -> None:
        """``id_`` tells the record; a new one gets another id when it is created."""
        super().__init__(line)
        self._desk, self._id, self._line = desk, id_, line
        self._kept_for = id_()
        self._kept = draft_texts.line(desk, self._kept_for, line.objectName())
        if self._kept and not line.text():
            line.setText(self._kept)
        self._soon = single_shot(self, DRAFT_AFTER, self.keep)
        line.textChanged.connect(self._changed)
        if line.text():
            line.installEventFilter(self)

    def _changed(self, text: str) -> None:
        """Keep the text soon; forget at once what was added. Only a line that holds something is watched for being left."""
        if not text:
            self._line.removeEventFilter(self)
            self.keep()
        elif not self._soon.isActive():
            self._line.installEventFilter(self)
            self._soon.start()

    def keep(self) -> None:
        """Keep the text now, if it changed."""
        if not isValid(self._line):  # it is being removed with its page, and was left before
            return
        self._soon.stop()
        text, id_, name = self._line.text(), self._id(), self._line.objectName()
        if (text, id_) != (self._kept, self._kept_for):
            with suppress(UserError):  # the line still holds it, and is kept with the next key
                if self._kept and id_ != self._kept_for:
                    draft_texts.keep_line(self._desk, self._kept_for, name, "")
                draft_texts.keep_line(self._desk, id_, name, text)
                self._kept, self._kept_for = text, id_

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.keep()
        return False
