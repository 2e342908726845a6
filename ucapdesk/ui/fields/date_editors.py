"""The editor of a time at a place: a day, start, end and time zone, each typed freely and confirmed together in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.text.format.zones import offset, zone_city, zone_labels
from ucapdesk.model.text.parse.echo import echo
from ucapdesk.model.text.parse.typed_value import as_typed, example_of, read_day, read_hours
from ucapdesk.model.values import PartialDate, When
from ucapdesk.services import Desk
from ucapdesk.services.records import day_notes, search
from ucapdesk.ui.fields.form_head import field_head
from ucapdesk.ui.fields.lines_editor import LinesEditor
from ucapdesk.ui.fields.typed_editor import both_languages
from ucapdesk.ui.record.picker import PickerDialog
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import flow, panel, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import PlainLabel

DAY, HOUR = 168, 70
"""Widths of the lines for a day and for an hour."""
BRIEF_DAY, BRIEF_HOUR = 92, 52
"""The same widths in a table row."""
BETWEEN = 6
"""Pixels between the parts."""


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
        """Show a zone with its UTC offset on that day."""
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
        begin = panel(flow(day, start, end, self.zone, gap=BETWEEN), self)
        self.finish_layout(field_head(field, self), begin, self._arrival, self._echo)

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
        """Lay the editor out for a table row: figures only, and no zone."""
        super().make_compact()
        for key, line in self.lines.items():
            line.setFixedWidth(theme.px(BRIEF_DAY if key in ("line", "end_date") else BRIEF_HOUR))
        self.zone.hide()
        self._arrival.hide()

    # -- what the lines show and what they mean ----------------------------------------------------

    def _texts(self, value: When | None) -> dict[str, str]:
        """Return the text of each input line for a value."""
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
        self._echo.say(dotted(echo(value, both_languages()), day_notes.note(self._desk, value)))
