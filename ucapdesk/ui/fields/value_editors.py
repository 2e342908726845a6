"""Editors of values that are chosen or typed: short lists, pictures, dates, numbers, addresses, times at a place, and names of people.

What is typed in one line or several is said back in words, and saved when the last line is left. A whole name is parted by its writing, and the pinyin of a Chinese name is offered, never put in without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QElapsedTimer, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QPushButton, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, dotted, language, pair, tr
from ucapdesk.model.dates.zones import offset, zone_city, zone_labels
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import KindField
from ucapdesk.model.rules.limits import doubt
from ucapdesk.model.text.assignments import read_value
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.model.text.person_names import split_name
from ucapdesk.model.text.typed_fields import as_typed, echo, example_of, read_day, read_hours, read_typed
from ucapdesk.model.values import FileRef, HanName, PartialDate, PersonName, When
from ucapdesk.model.values.groups import GroupType
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files, completion, records, search
from ucapdesk.ui.fields.editor import HINT, WARNING, Editor, field_head
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import ask_file
from ucapdesk.ui.toolkit.layouts import STRETCH, flow, left, panel, row
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.widgets import (
    ElidedButton,
    ElidedComboBox,
    PlainLabel,
    button,
    label,
    named,
    set_tool_tip,
    set_up,
)

FORGET = 1000  # milliseconds after which a letter begins a new search


# Keys that go from one choice to another.
WALK = frozenset([
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
])  # fmt: skip


class _Rows(QListView):
    """The rows of an open list; letters find one by its beginning, a word in it, or its pinyin."""

    def __init__(self, parent: QComboBox) -> None:
        super().__init__(parent)
        self.typed = ""
        self._since = QElapsedTimer()

    def keyboardSearch(self, letters: str) -> None:
        if self._since.isValid() and self._since.elapsed() > FORGET:
            self.typed = ""
        self._since.start()
        self.typed += letters
        rows = [self.model().index(row, 0) for row in range(self.model().rowCount())]
        found = search.named(self.typed, {str(number): str(row.data()) for number, row in enumerate(rows)})
        if found:
            self.setCurrentIndex(rows[int(found[0])])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Take the choice, and go on to the next field or the one before; Qt leaves the list open."""
        QApplication.sendEvent(self, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
        box = self.window().parentWidget()
        return box is not None and box.focusNextPrevChild(forward)


class Choice(ElidedComboBox):
    """A combo box. Letters open it and search in it, arrows open it; the wheel scrolls the form and never changes the value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.addItem("—", None)

    @cached_property
    def _list(self) -> _Rows:
        """The list, made when it is first opened: a page has many of these boxes, and few are opened."""
        made = _Rows(self)
        self.setView(made)
        return made

    def showPopup(self) -> None:
        """Open the list at the choice; Qt leaves it where somebody last went in it."""
        self._list.setCurrentIndex(self.model().index(self.currentIndex(), 0))
        super().showPopup()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list on a letter or an arrow, so that nothing is chosen before Enter; Qt would choose what is passed over."""
        letters = event.text()
        if letters.isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._list.typed = ""
            self.showPopup()
            self._list.keyboardSearch(letters)
        elif event.key() in WALK and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.showPopup()
        else:
            super().keyPressEvent(event)


class ChoiceEditor(Editor):
    def __init__(self, field: KindField, choices: Iterable[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = named(Choice(self), f"{self.objectName()}.box", field.label())
        for value, text in choices:
            self.box.addItem(text, value)
        self.box.activated.connect(self.commit)
        self.finish_layout(field_head(field, self), self.box)

    def rename(self, field: KindField) -> None:
        super().rename(field)
        for at in range(1, self.box.count()) if field.meta.codes else ():
            self.box.setItemText(at, field.code_label(self.box.itemData(at)))

    def set_read_only(self) -> None:
        self.box.setEnabled(False)

    def _show(self, value: Any) -> None:
        at = self.box.findData(value)
        if at < 0:
            self.box.addItem(self.field.code_label(value) if self.field.meta.codes else str(value), value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)

    def _typed(self) -> Any:
        return self.box.currentData()


THUMBNAIL = (160, 48)  # width and height of the picture at most


class PictureEditor(Editor):
    def __init__(self, field: KindField, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._desk = desk
        self._chosen: FileRef | None = None
        self._shown, self._name = PlainLabel(parent=self), label(role="second", wrap=False, parent=self)
        name, said = f"field.{field.name}", field.label()
        self.choose = button(f"{name}.choose", tr("form", "Choose…"), self._ask)
        self.remove = button(f"{name}.remove", tr("form", "Remove"), lambda: self._take(None), "quiet")
        for each in (self.choose, self.remove):
            each.setAccessibleName(f"{said}: {each.text()}")
        self.finish_layout(
            field_head(field, self), self._shown, row(self._name, self.choose, self.remove, STRETCH, gap=theme.GAP)
        )

    def set_read_only(self) -> None:
        for each in (self.choose, self.remove):
            each.hide()

    def _ask(self) -> None:
        forms = tr("form", "Pictures") + " (*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp)"
        if file := ask_file(self.window(), self.field.label(), forms):
            self.take_file(file)

    def take_file(self, file: Path) -> None:
        """Take a picture into the workspace; say under the field where it is none."""
        try:
            self._take(attached_files.picture(self._desk, file))
        except UserError as error:
            self._say(error.say())

    def _take(self, value: FileRef | None) -> None:
        self._chosen = value
        self.commit()

    def _show(self, value: Any) -> None:
        self._chosen = value
        files = self._desk.workspace.files
        picture = QPixmap()
        if value is not None and value.sha256 and files.has(value.sha256):
            picture.loadFromData(QByteArray(attached_files.thumbnail(files.read(value.sha256), *THUMBNAIL)))
        if not picture.isNull():
            size = QSize(*(theme.px(each) for each in THUMBNAIL))
            picture = picture.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self._shown.setPixmap(picture)
        self._shown.setVisible(not picture.isNull())
        self._name.setText((value.name or "") if value is not None else tr("form", "(none)"))
        self.remove.setVisible(value is not None and not self.choose.isHidden())

    def _typed(self) -> Any:
        return self._chosen


class LinesEditor(Editor):
    """A value with a line for each part. A part is checked when it is left, and problems are shown at once."""

    def __init__(self, field: KindField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.lines: dict[str, LineEdit | TextEdit] = {}
        # confirms in words how the typed text was read; it takes no room while empty
        self._echo = label("", HINT, name=f"{self.objectName()}.echo", parent=self)
        self._echo.setMinimumWidth(1)
        self._echo.hide()

    def add_line(self, key: str, name: str = "", *, long: bool = False) -> LineEdit | TextEdit:
        """Return a line for a part; a screen reader says its ``name``, if it has one, after the field's label."""
        line = TextEdit(self) if long else LineEdit(self)
        self.lines[key] = named(line, f"{self.objectName()}.{key}", ": ".join(filter(None, (self.field.label(), name))))
        self.add_box(line)
        line.left.connect(lambda: self._leave(line))
        line.edited.connect(self.typing)
        line.edited.connect(self._follow)
        return line

    def set_read_only(self) -> None:
        for line in self.lines.values():
            line.setReadOnly(True)
            line.setPlaceholderText("")
        for part in self.findChildren(QPushButton) + self.findChildren(QComboBox):
            part.setEnabled(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save the value too when the group is left from a part that is no line."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            to, reason = QApplication.focusWidget(), event.reason()
            inside = to is not None and self.isAncestorOf(to)
            if not inside and reason != Qt.FocusReason.PopupFocusReason:
                self.commit()
        return False

    def _leave(self, line: LineEdit | TextEdit) -> None:
        to = QApplication.focusWidget()
        if not line.hasFocus() and to is not None and self.isAncestorOf(to):
            try:  # a part is checked as soon as another one is focused
                self.change()
            except UserError as error:
                self.refuse(error.say())
        elif self.commit() and not line.hasFocus():
            self._show(self._saved)

    def _follow(self) -> None:
        try:
            value = self._typed()
        except (UserError, ValueError):
            self._echo.say("")
            return
        self._say_back(value)
        if self.refused:
            self._say("")

    def _show_reading(self, value: Any) -> None:
        """Say a saved value in words, in a table row as a tooltip."""
        self._say_back(value)
        if self._compact:
            for line in self.lines.values():
                set_tool_tip(line, self._echo.text())
            self._echo.say("")

    _say_back: Callable[[Any], None]  # says a value in words under the parts


LATIN = ("email", "phone", "url", "colour")
_SHAPES = {"day": "date", "clock": "time"}  # shapes of texts that are typed like dates and times


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
        self._read: tuple[str, Any] = ("", None)  # the text read last, and its value
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
            self._read = text, read_typed(self.field, text, today(self._desk.workspace.clock), language(), self._saved)
        return self._read[1]

    def _say_back(self, value: Any) -> None:
        self._echo.say(dotted(echo(value, both_languages(), self.line.said()), completion.day_note(self._desk, value)))
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


DAY, HOUR = 168, 70  # widths of the lines for a day and for an hour
BRIEF_DAY, BRIEF_HOUR = 92, 52  # the same widths in a table row
BETWEEN = 6  # pixels between the parts


def zone_options(find: str, chosen: Sequence[str]) -> dict[str, str]:
    """Return the zones whose city, country or own name matches the typed text, in either script or by pinyin; all for no text."""
    labels = zone_labels(language())
    if not find.strip():
        return {**{zone: zone_city(zone) for zone in chosen}, **labels}
    wide = {zone: f"{label} {zone.replace('_', ' ').replace('/', ' ')}" for zone, label in labels.items()}
    return {zone: labels[zone] for zone in search.named(find, wide)}


class ZoneButton(QPushButton):
    """A button that shows the time zone of the hours and opens the list of zones."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.zone: str | None = None
        self._name = name
        self.setProperty("role", "quiet")

    def put(self, zone: str | None, day: str | None) -> None:
        self.zone = zone
        said = tr("form", "Time zone…")
        if zone:
            stands = offset(zone, datetime.fromisoformat(PartialDate(day).bounds[0])) if day else ""
            said = dotted(zone_city(zone), stands)
        self.setText(said)
        self.setAccessibleName(f"{self._name}: {said}")

    def choose(self) -> bool:
        """Ask for another zone; return whether one was chosen."""
        chosen = [self.zone] if self.zone else []
        dialog = PickerDialog(tr("form", "Time zone"), zone_options, chosen, self.window(), several=False)
        if accepted := dialog.ask():
            self.zone = next(iter(dialog.chosen), None)
        return accepted


class WhenEditor(LinesEditor):
    """A day, hours and a zone in one row; of a journey also the day and the zone of the arrival in a second one."""

    wide = True

    def __init__(self, field: KindField, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._desk = desk
        day = self._day_line("line", tr("form", "Date"), example_of(field, "date"))
        start, end = self._hour("start", tr("form", "From")), self._hour("end", tr("form", "Until"))
        end_day = self._day_line("end_date", tr("form", "Date of the end"), tr("form", "Date of the end"))
        self.zone, self.end_zone = self._zone_button("zone"), self._zone_button("end_zone")
        self._arrival = panel(flow(end_day, self.end_zone, gap=BETWEEN), self)
        self._arrival.setVisible(field.meta.shape == "journey")
        self.finish_layout(
            field_head(field, self),
            panel(flow(day, start, end, self.zone, gap=BETWEEN), self),
            self._arrival,
            self._echo,
        )

    def _day_line(self, key: str, name: str, example: str) -> QWidget:
        line = self.add_line(key, name)
        line.setPlaceholderText(example)
        line.setFixedWidth(theme.px(DAY))
        return line

    def _hour(self, key: str, name: str) -> QWidget:
        line = self.add_line(key, name)
        line.prefer_latin()
        line.setPlaceholderText(name)
        line.setFixedWidth(theme.px(HOUR))
        if key == "start":
            return line
        pair = QWidget(self)  # the dash stays with the hour it leads to
        row(PlainLabel("–", pair), line, on=pair, gap=4, margins=0)
        return pair

    def _zone_button(self, key: str) -> ZoneButton:
        said = f"{self.field.label()}: {tr('form', 'Time zone')}"
        button = named(ZoneButton(said, self), f"{self.objectName()}.{key}")
        button.clicked.connect(lambda: button.choose() and self.commit())
        button.installEventFilter(self)
        return button

    def make_compact(self) -> None:
        super().make_compact()
        for key, line in self.lines.items():
            line.setFixedWidth(theme.px(BRIEF_DAY if key in ("line", "end_date") else BRIEF_HOUR))
        self.zone.hide()
        self._arrival.hide()

    # -- what the lines show and what they mean ----------------------------------------------------

    def _texts(self, value: When | None) -> dict[str, str]:
        held, lang = value or When(), language()
        return {
            "line": held.date or "" if self._compact else as_typed(held.day, lang),
            "start": held.start or "",
            "end": held.end or "",
            "end_date": as_typed(PartialDate(held.end_date) if held.end_date else None, lang),
        }

    def _show(self, value: Any) -> None:
        held = value or When()
        for key, text in self._texts(value).items():
            self.lines[key].put(text)
        self.zone.put(held.tz, held.date)
        self.end_zone.put(held.end_tz, held.end_date or held.date)
        journey = self.field.meta.shape == "journey" or bool(held.end_date or held.end_tz)
        self._arrival.setVisible(journey and not self._compact)
        self._show_reading(value)

    def _typed(self) -> Any:
        """Read only the lines that the user changed; keep the saved parts of the others."""
        held, shown = self._saved or When(), self._texts(self._saved)
        texts = {key: line.said() for key, line in self.lines.items()}
        fresh = {key for key, text in texts.items() if text.strip() != shown[key]}
        value = replace(held, tz=self.zone.zone, end_tz=self.end_zone.zone)
        behind: tuple[str | None, str | None] = (None, None)
        if "line" in fresh:
            day, behind = self._day(texts["line"])
            value = replace(value, date=day)
        if "end_date" in fresh:
            value = replace(value, end_date=self._day(texts["end_date"])[0])
        if "start" in fresh:
            start, end = read_hours(texts["start"])
            value = replace(value, start=start, end=end or value.end)
        if "end" in fresh:
            value = replace(value, end=read_hours(texts["end"])[0])
        if behind[0]:
            value = replace(value, start=behind[0], end=behind[1])
        return value if value != When() else None

    def _day(self, said: str) -> tuple[str | None, tuple[str | None, str | None]]:
        return read_day(said, today(self._desk.workspace.clock), language(), self._saved)

    def _say_back(self, value: When | None) -> None:
        self._echo.say(dotted(echo(value, both_languages()), completion.day_note(self._desk, value)))


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
        for code, text in ORDERS.items():
            self.order.addItem(text.say(), code)
        self.order.setItemText(0, tr("name", "Automatic order"))
        self.order.activated.connect(self.commit)
        self.order.installEventFilter(self)
        return self.order

    def offer(self, name: PersonName | None) -> None:
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
        said = str(value or "")
        self._echo.say(tr("name", "Shown: {name}", name=said) if said else "")
