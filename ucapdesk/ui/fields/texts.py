"""Editors for text: in two languages side by side, and for values that are typed as one line."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ucapdesk.base.i18n import LANGUAGE_NAMES, language, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.entry import read_value
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import Bilingual, Money, PartialDate, Quantity, When
from ucapdesk.model.values.cells import tidy
from ucapdesk.model.wording import say
from ucapdesk.ui.fields.editor import Editor, Line, Lines

SHOWN_STATES = ("missing", "draft", "outdated", "same", "not_needed")


class BilingualEditor(Editor):
    """A text in the two languages of the window, one beside the other; one of the two is enough."""

    def __init__(self, field: KindField, languages: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.texts: dict[str, Line | Lines] = {}
        self._states: dict[str, QLabel] = {}
        self._value = Bilingual()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for column, lang in enumerate(languages):
            self._add(grid, column, lang)
        self._column.addLayout(grid)
        self.finish_layout()

    def _add(self, grid: QGridLayout, column: int, lang: str) -> None:
        name = f"{self.field.label()} · {LANGUAGE_NAMES[lang]}"
        state = QLabel(self)
        state.setProperty("role", "chip")
        box = Lines(self) if self.field.meta.long else Line(self)
        box.setObjectName(f"{self.objectName()}.{lang}")
        box.setAccessibleName(name)
        box.left.connect(self.commit)
        box.textChanged.connect(self.typing)
        self.texts[lang], self._states[lang] = box, state
        grid.addWidget(self.caption(name), 0, column, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(state, 0, column, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(box, 1, column)
        grid.setColumnStretch(column, 1)

    def _show(self, value: Any) -> None:
        self._value = value or Bilingual()
        self._saved = self._value
        for lang, box in self.texts.items():
            text = self._value.get(lang, "")
            # never set the text under a cursor: it would end a composition and forget the field's own undo
            if _text(box) != text and not (box.hasFocus() and box.composing):
                box.setPlainText(text) if isinstance(box, Lines) else box.setText(text)
            state = self._value.state(lang) if self._value else ""
            self._states[lang].setText(code_label("translation_state", state) if state in SHOWN_STATES else "")
            self._states[lang].setVisible(state in SHOWN_STATES)

    def typed_cells(self) -> dict[str, str]:
        return {f"{self.field.name}.{lang}": _text(box) for lang, box in self.texts.items()}

    def _typed(self) -> Bilingual:
        value = self._value
        for lang, box in self.texts.items():
            text = tidy(_text(box)).strip()
            if text != value.get(lang, ""):
                value = value.put(lang, text or None)
        return value


def _text(box: Line | Lines) -> str:
    return box.toPlainText() if isinstance(box, Lines) else box.text()


class TypedEditor(Editor):
    """A value typed as one line (a date, a number, an address) and echoed in words where that helps."""

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = Lines(self) if field.meta.long else Line(self)
        self.line.setObjectName(f"{self.objectName()}.line")
        self.line.setAccessibleName(field.label())
        self.line.left.connect(self.commit)
        self.line.textChanged.connect(self.typing)
        self._echo = self.caption("")
        self._column.addWidget(self.caption(field.label()))
        self._column.addWidget(self.line)
        self._column.addWidget(self._echo)
        self.finish_layout()

    def _show(self, value: Any) -> None:
        text = as_typed(value)
        if _text(self.line) != text and not (self.line.hasFocus() and self.line.composing):
            self.line.setPlainText(text) if isinstance(self.line, Lines) else self.line.setText(text)
        said = say(self.field, value, language()) if isinstance(value, PartialDate | When | Quantity | Money) else ""
        self._echo.setText(said)
        self._echo.setVisible(bool(said) and said != text)

    def typed_cells(self) -> dict[str, str]:
        return {self.field.name: _text(self.line)}

    def _typed(self) -> Any:
        text = _text(self.line)
        if text == as_typed(self._saved):
            return self._saved  # only what a person typed is read, so a value is never read twice
        return read_value(self.field, text, self._saved)


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
        case Quantity():
            if value.is_ == "not_available":
                return value.print or "N/A"
            mark = {"about": "~", "at_least": ">"}.get(value.is_, "")
            return f"{mark}{value.value}"
        case Money():
            return " ".join(filter(None, (value.currency, value.value)))
    return str(value)


class ReadOnly(Editor):
    """A value that is shown but not typed, such as a stored file."""

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._column.addWidget(self.caption(field.label()))
        self._column.addWidget(self._label)
        self.finish_layout()

    def _show(self, value: Any) -> None:
        self._label.setText(say(self.field, value, language()) or tr("form", "(none)"))

    def _typed(self) -> Any:
        return self._saved
