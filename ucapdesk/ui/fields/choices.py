"""Editors for values that are chosen: codes, yes or no, links to records, and names in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.entry import read_value
from ucapdesk.model.kind import KindField
from ucapdesk.model.values.groups import GroupType
from ucapdesk.model.values.members import Refs
from ucapdesk.ui.fields.editor import Editor, Line

PARTS = {
    "family": Message("name", "Family name"),
    "given": Message("name", "Given name"),
    "order": Message("name", "Order"),
    "lat": Message("name", "Latitude"),
    "lon": Message("name", "Longitude"),
}
ORDERS = {
    "family_first": Message("name", "Family name first"),
    "given_first": Message("name", "Given name first"),
}


class ChoiceEditor(Editor):
    """One of a list, or nothing. A code this version does not know is shown as it is."""

    def __init__(self, field: KindField, choices: Iterable[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QComboBox(self)
        self.box.setObjectName(f"{self.objectName()}.box")
        self.box.setAccessibleName(field.label())
        self.box.addItem("—", None)
        for value, label in choices:
            self.box.addItem(label, value)
        self.box.activated.connect(self.commit)
        self._column.addWidget(self.caption(field.label()))
        self._column.addWidget(self.box)
        self.finish_layout()

    def _show(self, value: Any) -> None:
        at = self.box.findData(value)
        if at < 0:
            self.box.addItem(code_label(self.field.meta.codes, value) if self.field.meta.codes else str(value), value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)

    def _typed(self) -> Any:
        return self.box.currentData()


def code_choices(field: KindField) -> list[tuple[Any, str]]:
    """The codes of a field with their labels in the reader's language."""
    return [(code.code, code.label(language())) for code in codes(field.meta.codes).values()]


def yes_or_no() -> list[tuple[Any, str]]:
    """Yes and No."""
    return [(True, tr("form", "Yes")), (False, tr("form", "No"))]


class Picker(Protocol):
    """Asks a person for records of a kind."""

    def __call__(self, kind: str, chosen: Refs, *, several: bool) -> Refs | None:
        """The records chosen, or None where the person thought better of it."""


class LinkEditor(Editor):
    """A link to one record, or to several: their titles, and a button to choose others."""

    def __init__(
        self, field: KindField, pick: Picker, names: Callable[[Iterable[str]], dict[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(field, parent)
        self._pick, self._names, self._several = pick, names, field.is_set
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self.button = QPushButton(tr("form", "Choose…"), self)
        self.button.setObjectName(f"{self.objectName()}.choose")
        self.button.setAccessibleName(f"{field.label()}: {tr('form', 'Choose…')}")
        self.button.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self._label, 1)
        row.addWidget(self.button)
        self._column.addWidget(self.caption(field.label()))
        self._column.addLayout(row)
        self.finish_layout()

    def _choose(self) -> None:
        chosen = self._pick(self.field.meta.kinds[0], self._refs(), several=self._several)
        if chosen is not None and chosen != self._refs():
            self.committed.emit(chosen if self._several else next(iter(chosen), None))

    def _refs(self) -> Refs:
        if self._several:
            return Refs(self._saved or ())
        return Refs([self._saved] if self._saved else [])

    def _show(self, value: Any) -> None:
        refs = self._refs()
        names = self._names(refs)
        self._label.setText("\n".join(names.get(id_, id_) for id_ in refs) or "—")

    def _typed(self) -> Any:
        return self._saved


class PartsEditor(Editor):
    """A value of several parts, one line each: a name."""

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        if not isinstance(field.type, GroupType):
            raise TypeError(field.name)
        self.parts: dict[str, Line | QComboBox] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        for key in field.type.keys:
            row.addWidget(self._part(key), 1)
        self._column.addWidget(self.caption(field.label()))
        self._column.addLayout(row)
        self.finish_layout()

    def _part(self, key: str) -> QWidget:
        name = PARTS[key].say()
        if key == "order":
            box = QComboBox(self)
            box.addItem("—", None)
            for code, label in ORDERS.items():
                box.addItem(label.say(), code)
            box.activated.connect(self.commit)
            self.parts[key] = box
        else:
            line = Line(self)
            line.setPlaceholderText(name)
            line.left.connect(self.commit)
            line.textChanged.connect(self.typing)
            self.parts[key] = line
        self.parts[key].setAccessibleName(f"{self.field.label()}: {name}")
        self.parts[key].setObjectName(f"{self.objectName()}.{key}")
        return self.parts[key]

    def _show(self, value: Any) -> None:
        plain = self.field.type.plain(value) or {}
        for key, part in self.parts.items():
            if isinstance(part, QComboBox):
                part.setCurrentIndex(max(0, part.findData(plain.get(key))))
            elif part.text() != (plain.get(key) or "") and not (part.hasFocus() and part.composing):
                part.setText(plain.get(key) or "")

    def _typed(self) -> Any:
        said = {
            key: part.currentData() if isinstance(part, QComboBox) else part.text().strip() or None
            for key, part in self.parts.items()
        }
        given = {key: value for key, value in said.items() if value}
        return read_value(self.field, given, self._saved) if given else None
