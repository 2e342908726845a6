"""The editor of a person's name in the parts of its script, and how it will be shown. A whole name is parted by its writing,
and the pinyin of a Chinese name is offered, never put in without a word.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import Message, tr
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import KindField
from ucapdesk.model.rules.names import split_name
from ucapdesk.model.text.parse.quick_line import read_value
from ucapdesk.model.values import HanName, PersonName
from ucapdesk.model.values.groups import GroupType
from ucapdesk.ui.fields.choice_editors import Choice
from ucapdesk.ui.fields.field_message import HINT
from ucapdesk.ui.fields.form_head import field_head
from ucapdesk.ui.fields.lines_editor import LinesEditor
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import set_up
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.layout_builder import flow, left, panel
from ucapdesk.ui.toolkit.named import named

PARTS = {
    "family": Message("name", "Family name"),
    "given": Message("name", "Given name"),
    "order": Message("name", "Order"),
}
ORDERS = {
    "family_first": Message("name", "Family name first"),
    "given_first": Message("name", "Given name first"),
}
WIDTHS = {"family": 150, "given": 190, "order": 180}


class NameEditor(LinesEditor):
    """Family and given name in lines of their own, in Latin letters also their order; under them the name as it is shown."""

    wide = True

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        assert isinstance(field.type, GroupType)
        self.order: Choice | None = None
        parts = {key: self._order() if key == "order" else self._line(key) for key in field.type.keys}
        for key, part in parts.items():
            part.setFixedWidth(theme.px(WIDTHS[key]))
        self._offered: PersonName | None = None
        take = ElidedButton("", self)  # a long name in large text must not widen the form
        self._take = set_up(take, f"{self.objectName()}.offered", self._take_offered)
        self._take.installEventFilter(self)
        self._take.hide()
        self.finish_layout(field_head(field, self), panel(flow(*parts.values()), self), self._echo, left(take))

    def _line(self, key: str) -> QWidget:
        name = PARTS[key].say()
        line = self.add_line(key, name)
        line.setPlaceholderText(name)
        if isinstance(self.field.type, GroupType) and self.field.type.cls is HanName:
            line.speak("zh")
        return line

    def _order(self) -> Choice:
        said = f"{self.field.label()}: {PARTS['order'].say()}"
        self.order = named(Choice(self), f"{self.objectName()}.order", said)
        for code, label in ORDERS.items():
            self.order.addItem(label.say(), code)
        self.order.setItemText(0, tr("name", "Automatic order"))
        self.order.activated.connect(self.commit)
        self.order.installEventFilter(self)
        return self.order

    def offer(self, name: PersonName | None) -> None:
        """Offer a name that one key accepts, or none."""
        self._offered = name
        self._take.setText(tr("name", "Use pinyin: {name}", name=str(name)) if name else "")
        self._take.setVisible(name is not None)

    def _take_offered(self) -> None:
        name = self._offered
        if name is not None:
            self.hand_on(FieldChange(self.field, [lambda _: name]))
            self.offer(None)  # which moves the focus; the line that gets it shows the name by then
            self.lines["family"].setFocus()

    def _show(self, value: Any) -> None:
        plain = self.field.type.plain(value) or {}
        for key, line in self.lines.items():
            line.put(plain.get(key) or "")
        if self.order:
            self.order.setCurrentIndex(max(0, self.order.findData(plain.get("order"))))
        self._say_back(value)

    def _typed(self) -> Any:
        said = {key: line.said().strip() for key, line in self.lines.items()}
        if self.order:
            said["order"] = self.order.currentData()
        given = {key: text for key, text in said.items() if text}
        parts = split_name(self._whole())
        if isinstance(parts, self.field.type.cls):
            return parts
        return read_value(self.field, given, self._saved) if given else None

    def _whole(self) -> str:
        """Return what is new in the family name's line if it may be a whole name, which has all of the given name beside it."""
        whole, given = (self.lines[key].said().strip() for key in ("family", "given"))
        is_new = whole != (getattr(self._saved, "family", None) or "")
        return whole if is_new and {*given.split()} <= {*whole.replace(",", " ").split()} else ""

    def commit(self) -> bool:
        """Save the name; a whole name in the family name's line is split where its writing is clear, else the user is asked."""
        whole = self._whole()
        if not whole and not self.refused and self._typed() == self._saved:
            return True  # left again without a change: the message about the name stays
        saved = super().commit()
        if saved and (parts := split_name(whole)) and parts == self._saved:
            said = {"family": parts.family, "given": parts.given}
            self.say(HINT, tr("name", "Family name {family}, given name {given}: correct it if this is wrong.", **said))
        elif saved and " " in whole:
            self.say(HINT, tr("name", "Is all of this the family name? The given name has a field of its own."))
        return saved

    def _say_back(self, value: PersonName | HanName | None) -> None:
        """Show the name as papers and lists will write it."""
        said = str(value or "")
        self._echo.say(tr("name", "Shown: {name}", name=said) if said else "")
