"""Editors of one line that is read when it is left: dates, numbers, addresses; and of what is only shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.entry import read_value
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import Money, PartialDate, Quantity, When
from ucapdesk.model.wording import say
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.fields.editor import Editor, Line, Lines


class TypedEditor(Editor):
    """A value typed as one line (a date, a number, an address) and echoed in words where that helps."""

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.wide = field.meta.long
        self.line = Lines(self) if field.meta.long else Line(self)
        self.line.setObjectName(f"{self.objectName()}.line")
        self.line.setAccessibleName(field.label())
        self.line.left.connect(self.commit)
        self.line.edited.connect(self.typing)
        self._echo = Caption("", self)
        self._column.addWidget(Caption(field.label(), self))
        self._column.addWidget(self.line)
        self._column.addWidget(self._echo)
        self.finish_layout()

    def set_read_only(self) -> None:
        self.line.setReadOnly(True)

    def _show(self, value: Any) -> None:
        text = as_typed(value)
        self.line.put(text)
        said = say(self.field, value, language()) if isinstance(value, PartialDate | When | Quantity | Money) else ""
        self._echo.setText(said)
        self._echo.setVisible(bool(said) and said != text)

    def _typed(self) -> Any:
        text = self.line.said()
        if text.strip() == as_typed(self._saved):
            return self._saved  # only what a person typed is read, so a value is never read twice
        return read_value(self.field, text.strip(), self._saved)


def as_typed(value: Any) -> str:
    """A value as it could have been typed."""
    match value:
        case None:
            return ""
        case PartialDate():
            return value.edtf
        case When():
            hours = "-".join(filter(None, (value.start, value.end)))
            return " ".join(filter(None, (value.date, hours, value.tz)))
        case Quantity() if value.is_ == "not_available":
            return value.print or "N/A"
        case Quantity():
            return {"about": "~", "at_least": ">"}.get(value.is_, "") + f"{value.value}"
        case Money():
            return " ".join(filter(None, (value.currency, value.value)))
        case tuple():
            return ", ".join(value)
    return str(value)


class ReadOnly(Editor):
    """A value that is shown but not typed, such as a stored file."""

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._column.addWidget(Caption(field.label(), self))
        self._column.addWidget(self._label)
        self.finish_layout()

    def _show(self, value: Any) -> None:
        self._label.setText(say(self.field, value, language()) or tr("form", "(none)"))

    def _typed(self) -> Any:
        return self._saved
