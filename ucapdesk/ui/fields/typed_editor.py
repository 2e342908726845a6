"""Editors of values typed in one line and read when the line is left (dates, numbers, addresses), and of read-only values."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import dotted, language, pair, tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.rules.plausibility import doubt
from ucapdesk.model.text.format.fields_in_words import say
from ucapdesk.model.text.parse.echo import echo
from ucapdesk.model.text.parse.typed_value import as_typed, example_of, read_typed
from ucapdesk.model.values import PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.records import day_notes, records
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.field_message import WARNING
from ucapdesk.ui.fields.form_head import field_head
from ucapdesk.ui.fields.lines_editor import LinesEditor
from ucapdesk.ui.toolkit.text_label import label

LATIN = ("email", "phone", "url", "colour")
_SHAPES = {"day": "date", "clock": "time"}
"""Shapes of texts that are typed like dates and times."""


def both_languages() -> tuple[str, str]:
    """Return both languages of the records, the reader's first."""
    first, second = pair()
    return (second, first) if second == language() else (first, second)


class TypedEditor(LinesEditor):
    """A value typed as one line (a date, a number, an address), said back in words under it as it is typed.

    Only what a person typed is read, and once: the line of a saved value shows it in words, and reading these again, on
    another day or in another language, could give another value.
    """

    def __init__(self, field: KindField, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._desk = desk
        self.wide = field.meta.long
        self._read: tuple[str, Any] = ("", None)
        """The text read last, and its value."""
        self._doubted = False
        self.line = self.add_line("line", long=field.meta.long)
        if field.meta.shape in (*LATIN, "clock"):
            self.line.prefer_latin()
        self.finish_layout(field_head(field, self), self.line, self._echo)
        self.line.setPlaceholderText(example_of(field, _SHAPES.get(field.meta.shape, "")))

    def _show(self, value: Any) -> None:
        if not (self.line.hasFocus() and self._read == (self.line.said(), value)):
            self.line.put(self._as_typed(value))  # under the cursor the text stays as typed
        self._show_reading(value)
        if odd := self._doubts(value):
            self.say(WARNING, odd)
        self._doubted = bool(odd)

    def _as_typed(self, value: Any) -> str:
        is_day = isinstance(value, PartialDate) and value.precision == "day" and value.edtf[-1].isdigit()
        return value.edtf if self._compact and is_day else as_typed(value, language())

    def _typed(self) -> Any:
        text = self.line.said()
        if text.strip() == self._as_typed(self._saved).strip():
            return self._saved
        if text != self._read[0]:
            now = today(self._desk.workspace.clock)
            self._read = text, read_typed(self.field, text, now, language(), self._saved)
        return self._read[1]

    def _say_back(self, value: Any) -> None:
        self._echo.say(dotted(echo(value, both_languages(), self.line.said()), day_notes.note(self._desk, value)))
        if self._doubted and not self._doubts(value):
            self._say("")
            self._doubted = False

    def _doubts(self, value: Any) -> str:
        odd = doubt(self.field.meta.shape, value) if self.field.meta.shape in LATIN else None
        return odd.say() if odd else ""


class ReadOnly(Editor):
    """A value that is shown but not typed, such as a stored file or what the program wrote when it printed."""

    def __init__(self, field: KindField, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._names = partial(records.title_or_id, desk)
        self._label = label(parent=self)
        self.finish_layout(field_head(field, self), self._label)

    def _show(self, value: Any) -> None:
        said = "" if value is None else say(self.field, value, language(), self._names)
        self._label.setText(said or tr("form", "(none)"))

    def _typed(self) -> Any:
        return self._saved
