"""The texts of every surface of the program: window, command line, papers, calendars and sheets of one workspace.

Each is the real one, asked anew: the widgets of the window, the text of a PDF, an .ics and an .xlsx file read by other libraries
than wrote them.
"""

from __future__ import annotations

import io
import json
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
from click.testing import CliRunner
from icalendar import Calendar, Event
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from tests.helpers.clock import FrozenClock
from tests.helpers.flaws import seen
from tests.helpers.second_story import SecondStory
from tests.helpers.stage import Stage
from ucapdesk.base import settings
from ucapdesk.base.i18n import use_language, use_pair
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.cli import cli
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk
from ucapdesk.ui.screens.visit_screen import ITINERARY_TAB, VisitScreen
from ucapdesk.ui.window.sections import HOME


def tight(text: str) -> str:
    """A text without its spaces and line ends, which differ from surface to surface, nor the mark of a hyphen at one."""
    return "".join(text.split()).replace("\ufffe", "-")


class Surfaces:
    """One workspace in one language; what was asked once is kept. Records are asked for by the names of a story."""

    def __init__(self, folder: Path, story: SecondStory, lang: str, clock: FrozenClock, app: QApplication) -> None:
        self.folder, self.story, self.lang, self.clock, self.app = folder, story, lang, clock, app
        self._stage: Stage
        self._opened: frozenset[str] = frozenset()
        for asked in ("paper", "calendar", "sheet", "window", "_command"):
            setattr(self, asked, cache(getattr(self, asked)))

    # the command line

    def shown(self, record: str) -> str:
        return self._command("show", self.story[record])

    def listed(self, kind: str, record: str) -> str:
        lines = self._command("list", kind).splitlines()
        return next(line for line in lines if line.startswith(self.story[record]))

    def value(self, record: str, label: Mapping[str, str]) -> str:
        rows = (line.partition("\t") for line in self.shown(record).splitlines())
        return next(said for head, _, said in rows if head == label[self.lang])

    def plain(self, record: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._command("show", self.story[record], "--json"))
        return found

    def found(self, text: str) -> list[str]:
        return [hit["id"] for hit in json.loads(self._command("search", text, "--json"))]

    def command(self, name: str, *words: str) -> str:
        """Any other command, with the workspace after its name."""
        return self._command(name, *words)

    def _command(self, name: str, *words: str) -> str:
        use_language(self.lang)
        result = CliRunner().invoke(cli, [name, str(self.folder), *words, "--lang", self.lang])
        assert result.exit_code == 0, result.output
        return result.stdout

    # papers

    def paper(self, document: str, record: str, **choices: str) -> str:
        """The text of a PDF in this language alone."""
        file = io.BytesIO()
        with self._desk(self.folder) as desk:
            papers.brief(desk, [self.story[record]], file, document=document, languages=(self.lang,), **choices)  # type: ignore[arg-type]
        document_ = pypdfium2.PdfDocument(file.getvalue())
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document_)
        finally:
            document_.close()

    def contents(self, document: str, record: str, **choices: str) -> str:
        """Every text of a paper's contents, in any language, not yet laid out; without version and appended files."""
        with self._desk(self.folder) as desk:
            made = papers.paper(desk, [self.story[record]], document=document, languages=(self.lang,), **choices)  # type: ignore[arg-type]
        return "\n".join(text for words, _ in all_words(made) for text in words.text.values() if text)

    # files

    def calendar(self, kind: str, record: str) -> Mapping[str, Event]:
        file = self._exported(kind, record, "ics")
        found = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        return {str(event["SUMMARY"]): event for event in found if isinstance(event, Event)}

    def sheet(self, kind: str, record: str) -> Mapping[str, str]:
        sheet: Any = load_workbook(self._exported(kind, record, "xlsx")).active
        rows = list(sheet.iter_rows(values_only=True))
        heads = next(row for row in rows if row[0])
        row = rows[-1]
        return {str(head): str(cell or "") for head, cell in zip(heads, row, strict=True)}

    def _exported(self, kind: str, record: str, suffix: str) -> Path:
        file = self.folder.parent / f"{self.story[record]}-{self.lang}.{suffix}"
        self._command("export", kind, "--id", self.story[record], "-o", str(file))
        return file

    # the window

    @contextmanager
    def at_window(self) -> Iterator[None]:
        """A window for all that is asked meanwhile, on a copy of the workspace: the one that commands use is closed."""
        copy = shutil.copytree(self.folder, self.folder.with_name("shown"))
        settings.save(self._settings)
        with self._desk(copy) as desk:
            self._stage = Stage(self.app, desk)
            self._stage.dress(self.lang)
            self._opened = self._stage.window.sections.opened
            self.window(HOME)  # its clock runs from here on, as long as the window
            yield
            self._stage.close()

    def window(self, place: str, tab: str = "") -> str:
        """Everything that can be read with a record, or a section of the window, in front."""
        settings.save(self._settings)
        use_language(self.lang)
        use_pair(self._settings.record_languages)
        window = self._stage.window
        window.sections.unfold(self._opened)  # as at the first look; another record may have unfolded them
        if place in self.story.named:
            window.show_record(self.story[place])
        else:
            window.enter_section(place)
        screen = window.record.special
        if isinstance(screen, VisitScreen):
            screen.show_tab(tab or ITINERARY_TAB)
        else:
            assert not tab
        return self._shown()

    def _shown(self) -> str:
        window = self._stage.window
        while (window.home is not None and window.home.counting) or window.section_counts.counting:
            self.app.processEvents()
            time.sleep(0.001)  # who counts beside the window would have to wait for it
        self._stage.settle()
        return "\n".join(filter(None, _read(window)))

    @property
    def _settings(self) -> settings.Settings:
        return settings.Settings(person="Ana", interface_language=self.lang)

    def _desk(self, folder: Path) -> Desk:
        use_language(self.lang)
        return Desk.open(folder, clock=self.clock)


def _read(page: QWidget) -> Iterator[str]:
    """Yield the texts of labels, buttons, tabs, lists and fields, not the choices behind them."""
    for widget in seen(page):
        if isinstance(widget.parentWidget(), QTabBar):
            continue
        yield widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield widget.currentText()
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(n) for n in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            columns = range(1 if isinstance(widget, QListView) else model.columnCount(QModelIndex()))
            rows = range(model.rowCount(QModelIndex()))
            yield from (str(model.index(row, at).data() or "") for row in rows for at in columns)
