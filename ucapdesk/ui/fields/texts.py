"""The editor of a text in two languages, side by side or one under the other."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ucapdesk.base.i18n import LANGUAGE_NAMES
from ucapdesk.base.json_text import Json
from ucapdesk.model.codes import code_label
from ucapdesk.model.entry import Change
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.cells import tidy
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.fields.editor import Editor, Line, Lines
from ucapdesk.ui.look import theme

SHOWN_STATES = ("missing", "draft", "outdated", "same", "not_needed")
STACK_BELOW = 280
"""A column narrower than this is too narrow to write in; then the two languages stand one under the other."""


class BilingualEditor(Editor):
    """A text in the two languages of the window, one beside the other; one of the two is enough."""

    wide = True

    def __init__(self, field: KindField, languages: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.texts: dict[str, Line | Lines] = {}
        self._states: dict[str, QLabel] = {}
        self._columns = [self._make(lang) for lang in languages]
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.MARGIN)
        self._grid.setVerticalSpacing(theme.GAP)
        self._side_by_side: bool | None = None
        self._arrange(side_by_side=True)
        self._column.addLayout(self._grid)
        self.finish_layout()

    def _make(self, lang: str) -> QWidget:
        name = f"{self.field.label()} · {LANGUAGE_NAMES[lang]}"
        state = QLabel(self)
        state.setProperty("role", "chip")
        state.hide()
        box = Lines(self) if self.field.meta.long else Line(self)
        box.setObjectName(f"{self.objectName()}.{lang}")
        box.setAccessibleName(name)
        box.left.connect(self.commit)
        box.edited.connect(self.typing)
        self.texts[lang], self._states[lang] = box, state
        half = QWidget(self)
        column = QVBoxLayout(half)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Caption(name, self), 1)
        head.addWidget(state)
        column.addLayout(head)
        column.addWidget(box, 1)
        return half

    def _arrange(self, *, side_by_side: bool) -> None:
        if side_by_side == self._side_by_side:
            return
        self._side_by_side = side_by_side
        for number, half in enumerate(self._columns):
            self._grid.addWidget(half, *((0, number) if side_by_side else (number, 0)))
            self._grid.setColumnStretch(number, 1 if side_by_side or not number else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(side_by_side=self.width() >= 2 * theme.px(STACK_BELOW) + theme.MARGIN)

    def set_read_only(self) -> None:
        for box in self.texts.values():
            box.setReadOnly(True)

    def _show(self, value: Any) -> None:
        held = value or Bilingual()
        for lang, box in self.texts.items():
            box.put(held.get(lang, ""))
            state = held.state(lang) if held else ""
            label = code_label("translation_states", state) if state in SHOWN_STATES else ""
            self._states[lang].setText(label.partition(" (")[0].partition("（")[0])
            self._states[lang].setToolTip(label)
            self._states[lang].setVisible(bool(label))
            box.setAccessibleDescription(label)

    def _changed(self) -> dict[str, str | None]:
        """The texts that differ from the saved ones, by language."""
        held = self._saved or Bilingual()
        said = {lang: tidy(box.said()).strip() for lang, box in self.texts.items()}
        return {lang: text or None for lang, text in said.items() if text != held.get(lang, "")}

    def change(self) -> Change | None:
        texts = self._changed()

        def put(current: Bilingual | None) -> Bilingual:
            """Only what was typed here: another language may have been written meanwhile by somebody else."""
            value = current or Bilingual()
            for lang, text in texts.items():
                value = value.put(lang, text)
            return value

        return Change(self.field, [put]) if texts else None

    def typed_cells(self) -> dict[str, Json]:
        return {f"{self.field.name}.{lang}": text for lang, text in self._changed().items()}
