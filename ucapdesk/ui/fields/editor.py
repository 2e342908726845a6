"""The base class of field editors: the label, the message under the field, and when a typed value is saved.

A message is told by icon, word and colour, and takes no room while empty. A mark beside the label says that a field is private to the own side or to this laptop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import KindField
from ucapdesk.model.rules.limits import longest
from ucapdesk.model.text.amounts import say_number
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layouts import STRETCH, Part, add, column, flow, grow, row, top
from ucapdesk.ui.toolkit.text_inputs import TextInput, text_boxes
from ucapdesk.ui.toolkit.widgets import PlainLabel, icon, label, set_tool_tip


class Caption(PlainLabel):
    """A label that never makes the form wider."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "caption")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())


_MARK_PX, _MARK_LINE_PX = 14, 18


def field_head(field: KindField, parent: QWidget, *, text: str = "") -> QWidget:
    """Return the caption of a field, followed by a sign and a word where it is private; ``text`` replaces its label."""
    sign, word, why = _privacy(field)
    if not word:
        return Caption(text or field.label(), parent)
    head = QWidget(parent)
    picture = PlainLabel(parent=head)
    said = label(word, "caption", name=f"field.{field.name}.private", wrap=False, parent=head)
    picture.setMinimumHeight(theme.px(_MARK_LINE_PX))
    picture.setPixmap(icon(sign, _MARK_PX, "text2").pixmap(theme.px(_MARK_PX)))
    for each in (picture, said):
        set_tool_tip(each, why)
    flow(Caption(text or field.label(), head), picture, said, on=head, gap=4)
    return head


def _privacy(field: KindField) -> tuple[str, str, str]:
    """Return an icon, a word and a sentence; empty for fields everybody may see."""
    if field.meta.local:
        why = tr("form", "Stays on this laptop: it is never sent to others, and only a protected workspace holds it.")
        return "lock_closed", tr("form", "this laptop only"), why
    if field.meta.internal:
        why = tr("form", "For your own side: it is left out of papers for others.")
        return "eye_off", tr("form", "private"), why
    return "", "", ""


HINT, WARNING, ERROR = "hint", "warning", "error"
# For each level, which is also the role of its text: an icon and the icon's colour.
_SIGNS = {HINT: ("info", "text2"), WARNING: ("warning", "warn"), ERROR: ("error_circle", "error")}
_ICON_PX = 16


class FieldMessage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = HINT
        self._sign, self._text = PlainLabel(parent=self), label(parent=self)
        row(top(self._sign), grow(self._text), on=self, gap=4, margins=0)
        self.hide()

    def say(self, level: str, sentence: str) -> None:
        self._text.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self.level = level
            name, colour = _SIGNS[level]
            theme.role(self._text, level)
            self._sign.setPixmap(icon(name, _ICON_PX, colour).pixmap(theme.px(_ICON_PX)))
            self._sign.setAccessibleName(spoken(level))

    def text(self) -> str:
        return self._text.text()


def spoken(level: str) -> str:
    """Return the word for a level, for readers who do not see its colour."""
    return {HINT: tr("form", "Hint"), WARNING: tr("form", "Check this"), ERROR: tr("form", "Not saved")}[level]


Seen = Mapping[str, list[int]]


class Editor(QWidget):
    """The editor of one field.

    Signals:
        committed(Change): the field was left, or Enter was pressed, with a changed value.
        typing(): the user typed something.
        opened(str): a linked record was clicked.
        held_back(): the field holds something that was not saved.
    """

    committed = Signal(object)
    typing = Signal()
    opened = Signal(str)
    held_back = Signal()
    wide = False  # true where the editor takes the whole width of the form
    _compact = False

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.seen: Seen = {}  # heads of the record when the value shown was read
        self.refused = False  # true while the field holds something that could not be saved
        self.setObjectName(f"field.{field.name}")
        self._column = column(on=self, gap=4, margins=0)
        self._under: FieldMessage | None = None  # the message line; most fields never need it
        self._saved: Any = None

    def finish_layout(self, *parts: Part) -> None:
        add(self._column, *parts, STRETCH)

    def add_box(self, box: TextInput) -> None:
        """Let a box take what the field takes; report under the field a text that it refuses."""
        box.most = longest(self.field)
        box.overfull.connect(self._say_overfull)

    def _say_overfull(self, signs: int, most: int) -> None:
        said = tr(
            "form",
            "This would put {signs} characters into “{field}”, which takes {most} at most. Nothing was "
            "pasted; paste a part of it, or attach the whole text to the record as a file.",
            field=self.field.label(),
            signs=say_number(signs),
            most=say_number(most),
        )
        self._say(said)

    # -- what the form does with it ---------------------------------------------------------------

    def rename(self, field: KindField) -> None:
        before, self.field, now = self.field.label(), field, field.label()
        for child in self.findChildren(QWidget) if now != before else ():
            if isinstance(child, Caption) and child.text() == before:
                child.setText(now)
            if child.accessibleName().startswith(before):
                child.setAccessibleName(now + child.accessibleName().removeprefix(before))

    def set_value(self, value: Any, seen: Seen) -> None:
        self.base_on(value, seen)
        self.refused = False
        self._say("")
        self._show(value)

    def base_on(self, value: Any, seen: Seen) -> None:
        """Take this saved value as the new base of comparison and keep what was typed."""
        self._saved, self.seen = value, seen

    def commit(self) -> bool:
        """Emit the typed value if it differs; show the error if it is not valid. Return True where nothing is left unsaved."""
        for box in text_boxes(self):
            box.finish()
        try:
            change = self.change()
        except UserError as error:
            self.refuse(error.say())
            return False
        except ValueError:
            self.refuse(tr("form", "This holds a character that cannot be stored. Remove it, then it is saved."))
            return False
        self.refused = False
        self._say("")
        if change is not None:
            self.hand_on(change)
        return not self.refused

    def hand_on(self, change: FieldChange) -> None:
        """Emit a change to be saved; the text under the cursor stays as typed."""
        boxes = text_boxes(self)
        for box in boxes:
            box.as_typed = True
        self.committed.emit(change)
        for box in boxes:
            box.as_typed = False

    def refuse(self, message: str) -> None:
        """Show under the field why its text was not saved; the text stays there to be corrected."""
        self.refused = True
        self._say(message)
        self.held_back.emit()

    @property
    def _message(self) -> FieldMessage:
        if self._under is None:
            self._under = FieldMessage(self)
            self.put_below(self._under)
        return self._under

    def put_below(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)

    @property
    def message(self) -> str:
        return self._under.text() if self._under else ""

    def say(self, level: str, message: str) -> None:
        """Show a hint, a warning or an error under the field (see ``message``); an empty sentence hides it."""
        if not message and not self.message:
            return
        before = self.accessibleDescription()
        described = f"{spoken(level)}: {message}" if message else ""
        self._message.say(level, message)
        self.setAccessibleDescription(described)
        for child in self.findChildren(QWidget):  # a screen reader reads the focused widget
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and (message or child.accessibleDescription() == before):
                child.setAccessibleDescription(described)

    def _say(self, message: str) -> None:
        self.say(ERROR, message)

    def say_damaged(self, raw: str | None) -> None:
        """Show the stored content from which no value can be read; None where all is well."""
        if raw is not None:
            self.say(
                ERROR,
                tr("form", "This holds “{raw}”, which cannot be shown or printed. Fill it in again.", raw=raw[:60]),
            )

    # -- what each editor fills in ----------------------------------------------------------------

    def change(self) -> FieldChange | None:
        """Return the change the user made, or None. Raises where the text is not a valid value."""
        value = self._typed()
        return None if value == self._saved else FieldChange(self.field, [lambda _: value])

    def typed_cells(self) -> dict[str, Json]:
        """Return the typed value by cell, to be kept as a draft. Raises where it is not a valid value yet."""
        value = self._typed()
        return {} if value == self._saved else {self.field.name: self.field.type.plain(value)}

    def set_read_only(self) -> None:
        """Make the field read-only."""

    def make_compact(self) -> None:
        """Lay the editor out for a table row, where column heads replace its label."""
        self._compact = True
        for child in self.findChildren(QWidget):
            if self._column.indexOf(child) == 0 and not child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.hide()

    _show: Callable[[Any], None]
    _typed: Callable[[], Any]
