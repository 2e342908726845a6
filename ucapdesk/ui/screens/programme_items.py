"""The days of a programme and the items of a day, as rows, as screen readers say them, and in tooltips.

Plain lists underneath, so that a screen reader and the arrows have what the eye has. Items are dragged, and moved by keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QStyleOptionViewItem, QWidget

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.dates.formatting import say_day, say_end, say_when
from ucapdesk.model.dates.zones import offset, zone_city
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.rules.itinerary import Slot
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services.visits.visit_itinerary import DayProgramme, ProgrammeDay
from ucapdesk.ui.lists.list_views import ALT, CTRL, ID_ROLE, NO_KEY, lacking
from ucapdesk.ui.screens.part_panel import KEYS, PartRows
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import list_item
from ucapdesk.ui.toolkit.row_delegate import ASIDE, Index, Line, Row, RowChip, RowDelegate, font_of
from ucapdesk.ui.toolkit.widgets import named


def day_name(date: str) -> str:
    """Return ``Wed 25 Nov``; items without a day have a label of their own."""
    return say_day(PartialDate(date)) if date else tr("visit", "No date yet")


def item_hours(when: When | None, *, arrives: bool = False) -> tuple[str, str]:
    """Return start and end on the clock of the place: ``15:05`` and ``06:40 +1``; ``arrives``: the end alone."""
    if when is None or not when.start:
        return "", ""
    if arrives:
        return when.end or "", ""
    return when.start, say_end(when) if when.end else ""


def item_title(item: ItineraryItem, *, arrives: bool = False) -> str:
    """Return the title of an item, or the word for its type where it has none."""
    said = title_of(item, language()) if item.title else item_type(item) or tr("visit", "Without a title")
    return tr("visit", "Arrival: {title}", title=said) if arrives else said


def item_type(item: ItineraryItem) -> str:
    return code_label("itinerary_kind", item.type) if item.type else ""


def item_details(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> str:
    """Return the second line: type, place or address, room, number of people, group, and the clock where it differs from the day's."""
    people, venue = whole.people.get(item.id, 0), whole.venues[item.id]
    parts = [
        item_type(item),
        two_clocks(whole.times.get(item.id), day.zone),
        whole.titles.get(venue.place, "") if venue.place else (item.address or Bilingual()).said(language()),
        venue.room or "",
        ntr("visit", "{n} person", "{n} people", people) if people else "",
        tr("visit", "group {name}", name=item.group) if item.group else "",
    ]
    return dotted(*(" ".join(part.split()) for part in parts if part))


def two_clocks(when: When | None, zone: str | None) -> str:
    """Return ``08:55 Madrid – 11:40 Berlin`` where the clocks at both ends, or that of the day, differ; else nothing."""
    if when is None or not when.start:
        return ""
    first, last = when.tz, when.end_tz or when.tz
    if first == last == zone or not (first or last):
        return ""
    ends = [(when.start, first), *([(say_end(when), last)] if when.end else [])]
    return " – ".join(f"{hour} {zone_city(name)}" if name else hour for hour, name in ends)


def missing_language(item: ItineraryItem) -> str:
    """Return a tag for the language in which the title is missing; empty where none is."""
    return next(iter(lacking(item.title)), "")


def item_problem(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> str:
    """Return the problem of an item in words (meeting cancelled, other hours, a clash, no time for the way …); empty for none."""
    if item.id in whole.off:
        return tr("visit", "meeting: {status}", status=whole.off[item.id].label())
    if item.id in whole.differing:
        return whole.differing[item.id]
    if skipped := day.marks.skipped.get(item.id):
        listed = tr("log", ", ").join(skipped)
        return tr("visit", "no such hour: {hours}", hours=listed)
    starts = {each.id: item_hours(whole.times.get(each.id), arrives=day.arrives(each))[0] for each in day.points}
    if clashes := day.marks.clashes.get(item.id):
        listed = tr("log", ", ").join(starts.get(id_, "") for id_ in clashes)
        return tr("visit", "clashes with {hours}", hours=listed)
    if hurry := day.marks.hurries.get(item.id):
        before = day.point(hurry[0])
        place = whole.titles.get(whole.venues[before.id].place or "", "") if before else ""
        return ntr("visit", "{n} minute from {place}", "{n} minutes from {place}", hurry[1], place=place)
    if item.id in day.marks.backward:
        return tr("visit", "ends before it begins")
    return ""


def duration_in_words(minutes: int) -> str:
    whole, rest = divmod(abs(minutes), 60)
    if not whole:
        return tr("visit", "{n} min", n=rest)
    return tr("visit", "{h} h {n} min", h=whole, n=rest) if rest else tr("visit", "{h} h", h=whole)


def item_aloud(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> str:
    """Return a row as it is read aloud, and found by typing."""
    arrives = day.arrives(item)
    start, end = item_hours(whole.times.get(item.id), arrives=arrives)
    clock = tr("visit", "{start} to {end}", start=start, end=end) if end and not arrives else f"{start} {end}".strip()
    named = item_title(item, arrives=arrives)
    parts = (
        clock,
        named if named != item_type(item) else "",  # its type is said next
        item_details(item, day, whole),
        tr("itinerary", "fixed") if item.fixed else "",
        missing_language(item),
        item_problem(item, day, whole),
    )
    return tr("log", ", ").join(filter(None, parts))


def item_tooltip(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> str:
    lines = [
        say_when(when, full=True) if (when := whole.times.get(item.id)) else "",
        hours_here(when),
        item_problem(item, day, whole),
    ]
    return "\n".join(filter(None, lines))


def hours_here(when: When | None) -> str:
    """Return the time on this computer's clock; nothing where the clocks agree."""
    slot = Slot("", when)
    if not slot.timed or when is None or not when.tz:
        return ""
    own = local_time(slot.begins)
    there = datetime.fromisoformat(f"{when.date}T{when.start}")
    if own.replace(tzinfo=None) == there:
        return ""
    day = "" if own.date() == there.date() else day_name(own.date().isoformat())
    return tr("visit", "{time} on this computer", time=" ".join(filter(None, (day, f"{own:%H:%M}"))))


def clocks_of(whole: DayProgramme, date: str) -> str:
    """Return on which clocks the hours are given: ``Times in Madrid (UTC+1)``; without a date that of winter and of summer."""
    zone = whole.day(date).zone or ("" if date else whole.zone)
    if not zone:
        return tr("visit", "Local times; the time zone is not known")
    days = [date] if date else ["2000-01-01", "2000-07-01"]
    away = dict.fromkeys(offset(zone, datetime.fromisoformat(f"{day}T12:00")) for day in days)
    return tr("visit", "Times in {city} ({away})", city=zone_city(zone), away="/".join(away))


DATE, LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
MIN_DAYS_PX = 140  # minimum width of the days where they stand beside the items
ANY = 16_777_215


class _Columns(RowDelegate):
    """The name of a day at the left, its numbers at the right, where those of all days stand below each other."""

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        return Row((index.data(LINE),))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE)
        words = (line.text, *(chip.word for chip in line.chips), line.right)
        wide = sum(option.fontMetrics.horizontalAdvance(word) + theme.GAP for word in words if word)
        return QSize(wide + 2 * ASIDE + theme.GAP, super().sizeHint(option, index).height())


class Days(QListWidget):
    """One row for each day.

    Signals:
        chosen(str): the date of another day; empty for points without one.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._beside = False
        self.setItemDelegate(_Columns(self))
        named(self, "itinerary.days", tr("visit", "Days"))
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(str(item.data(DATE))) if item else None)

    def show_days(self, days: Sequence[ProgrammeDay], date: str) -> None:
        with QSignalBlocker(self):
            self.clear()
            for day in days:
                self.addItem(self._row(day))
        self.mark(date)
        self.fit(beside=self._beside)

    @staticmethod
    def _row(day: ProgrammeDay) -> QListWidgetItem:
        name, count, trouble = day_name(day.date), len(day.items), day.marks.count
        trouble_said = f"⚠{trouble}" if trouble else ""
        line = Line(name, chips=(RowChip(trouble_said),) if trouble else (), right=str(count or ""))
        said = [name, ntr("visit", "{n} item", "{n} items", count)]
        if trouble:
            said.append(ntr("visit", "{n} to check", "{n} to check", trouble))
        spoken, text = tr("log", ", ").join(said), "  ".join(filter(None, (name, line.right, trouble_said)))
        return list_item(text, {DATE: day.date, LINE: line}, said=spoken, tip=spoken)

    def mark(self, date: str) -> None:
        with QSignalBlocker(self):
            self.setCurrentRow(next((at for at in range(self.count()) if self.item(at).data(DATE) == date), -1))

    def step(self, by: int) -> None:
        at = self.currentRow() + by
        if 0 <= at < self.count():
            self.setCurrentRow(at)

    def date_at(self, place: QPoint) -> str:
        """Return the date of the day at a place of the screen; empty where there is none."""
        at = self.viewport().mapFromGlobal(place)
        item = self.itemAt(at) if self.viewport().rect().contains(at) else None
        return str(item.data(DATE)) if item is not None else ""

    def fit(self, *, beside: bool) -> None:
        """Stand below each other in the width of the longest day beside the items, else side by side in one row."""
        self._beside = beside
        flows = QListWidget.Flow
        self.setFlow(flows.TopToBottom if beside else flows.LeftToRight)
        wide = min(max(self.sizeHintForColumn(0) + theme.px(28), theme.px(MIN_DAYS_PX)), theme.px(2 * MIN_DAYS_PX))
        bar = self.horizontalScrollBar().sizeHint().height() if not beside else 0
        high = self.sizeHintForRow(0) + 2 * self.frameWidth() + bar
        self.setMinimumSize(wide if beside else 0, 0 if beside else high)
        self.setMaximumSize(wide if beside else ANY, ANY if beside else high)
        bars = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(bars.ScrollBarAlwaysOff if beside else bars.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(bars.ScrollBarAsNeeded if beside else bars.ScrollBarAlwaysOff)


ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HOURS_GAP_PX = 8
END_DRAG = "end drag"


class _Painter(RowDelegate):
    """The rows, with their hours in a column as wide as any hour."""

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        row: Row = index.data(ROW_ROLE)
        small = QFontMetrics(font_of(option.font, Line("", small=True)))
        hours = max(option.fontMetrics.horizontalAdvance("00:00"), small.horizontalAdvance("00:00 +1"))
        return row._replace(gutter=hours + HOURS_GAP_PX)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(0, 2 * line + 8 if len(index.data(ROW_ROLE).lines) > 1 else line + 2)


class DayRows(PartRows):
    """The rows of one day.

    Signals:
        dropped(str, int): an item was dragged to a place among the others.
        dropped_outside(str, QPoint): an item was dropped elsewhere on the screen.
    """

    dropped = Signal(str, int)
    dropped_outside = Signal(str, QPoint)
    keys = {
        **KEYS,
        (Qt.Key.Key_Up, ALT): "up", (Qt.Key.Key_Down, ALT): "down",
        (Qt.Key.Key_Up, CTRL): "earlier", (Qt.Key.Key_Down, CTRL): "later",
        (Qt.Key.Key_Left, NO_KEY): "day before", (Qt.Key.Key_Right, NO_KEY): "day after",
    }  # fmt: skip

    def __init__(self, parent: QWidget) -> None:
        super().__init__("itinerary.items", tr("visit", "Items of the day"), parent)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.asked.connect(lambda what: self._end_drag() if what == END_DRAG else None)
        self.read_only = False
        self._pressed: tuple[str, QPoint] | None = None
        # Position in pixels where a dragged row would land; None while nothing is dragged.
        self._line: int | None = None

    # -- rows -------------------------------------------------------------------------------------

    def show_day(self, day: ProgrammeDay, whole: DayProgramme) -> None:
        self.fill(lambda: self._add_points(day, whole))

    def _add_points(self, day: ProgrammeDay, whole: DayProgramme) -> None:
        for item in day.points:
            if minutes := day.marks.gaps.get(item.id):
                free = tr("visit", "{time} free", time=duration_in_words(minutes))
                self._add("", Row((Line(f"╌ {free} ╌", quiet=True, small=True),)), free)
            told = item_aloud(item, day, whole), item_tooltip(item, day, whole)
            self._add(item.id, _row_of(item, day, whole), *told)

    def _add(self, id_: str, row: Row, spoken: str, tip: str = "") -> None:
        item = list_item(spoken, {ID_ROLE: id_, ROW_ROLE: row}, tip=tip)
        if not id_:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    # -- dragging ---------------------------------------------------------------------------------

    def command_of(self, event: QKeyEvent) -> Any:
        escape = event.key() == Qt.Key.Key_Escape and self._line is not None
        return END_DRAG if escape else super().command_of(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        item = self.itemAt(event.position().toPoint())
        may = event.button() == Qt.MouseButton.LeftButton and not self.read_only
        if may and item is not None and item.data(ID_ROLE):
            self._pressed = str(item.data(ID_ROLE)), event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        if self._line is None and (at - self._pressed[1]).manhattanLength() < QApplication.startDragDistance():
            return
        above = self._above(at)
        self._line = self.visualItemRect(above[-1]).bottom() + 1 if above else 1
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, dragging = self._pressed, self._line is not None
        at = event.position().toPoint()
        self._end_drag()
        if pressed is None or not dragging:
            return
        if self.viewport().rect().contains(at):
            place = len(self._above(at))
            self.dropped.emit(pressed[0], place - 1 if place > self.ids.index(pressed[0]) else place)
        else:
            self.dropped_outside.emit(pressed[0], event.globalPosition().toPoint())

    def _end_drag(self) -> None:
        self._pressed, self._line = None, None
        self.viewport().update()

    def _above(self, at: QPoint) -> list[QListWidgetItem]:
        items = [self.item(n) for n in range(self.count()) if self.item(n).data(ID_ROLE)]
        return [item for item in items if self.visualItemRect(item).center().y() < at.y()]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._line is not None:
            painter = QPainter(self.viewport())
            painter.fillRect(QRect(0, self._line - 1, self.viewport().width(), 3), QColor(theme.tokens().accent))
            painter.end()


def _row_of(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> Row:
    """Return the two lines of an item, its hours before them."""
    arrives, trouble = day.arrives(item), item_problem(item, day, whole)
    start, end = item_hours(whole.times.get(item.id), arrives=arrives)
    fixed = tr("itinerary", "fixed") if item.fixed else ""
    marks = ((trouble and f"⚠ {trouble}", "warn"), (fixed, "info"), (missing_language(item), "warn"))
    chips = tuple(RowChip(word, level) for word, level in marks if word)
    title = Line(item_title(item, arrives=arrives), chips=chips, strong=True)
    below = Line(item_details(item, day, whole), quiet=True, small=True)
    before = Line(start or "–"), Line(end, quiet=True, small=True)
    return Row((title, below), before, bar=theme.itinerary(item.type or "")[0], rule=True)
