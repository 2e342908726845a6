"""The dialogs of the Help menu: the manual in the window's language, and what the program is.

The latter says where newer versions are, and under which licences its parts are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QShowEvent, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QTextEdit, QWidget

from ucapdesk import __version__
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.base.paths import manual
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.listing import is_date
from ucapdesk.model.values import PartialDate, When
from ucapdesk.services import Desk, licences
from ucapdesk.services.records import records
from ucapdesk.ui.lists.record_table import RecordTable
from ucapdesk.ui.toolkit import fonts, theme
from ucapdesk.ui.toolkit.dialogs import Dialog, fit_dialog
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.toolkit.layouts import column, flow, grow, panel, row, split, top
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import ElidedComboBox, PlainLabel, button, label, named, program_icon

SIDE = 56
# The least height of the parts and of a licence; on a small screen in large text the sentences above need the room.
LEAST = 72


class AboutDialog(Dialog):
    """Shows the version, and the licence texts of the part that is chosen."""

    by_enter = False

    def __init__(self, copy_details: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("about", tr("about", "About UCAPDesk"), parent)
        self._parts = licences.parts()
        picture = PlainLabel(parent=self)
        picture.setPixmap(program_icon().pixmap(QSize(theme.px(SIDE), theme.px(SIDE)), self.devicePixelRatio()))
        said = tr("window", "UCAPDesk {version}: UCAPs, visits, meetings and MoUs in two languages, without a network.")
        newer = tr(
            "about",
            "Get newer versions where you got this one and install them over it; workspaces and settings stay.",
        )
        texts = column(label(said.format(version=__version__), name="about.version"), label(newer, name="about.newer"))
        heads = (tr("about", "Part"), (tr("about", "Version"), 110), tr("about", "Licence"))
        self.table = TextTable("about.parts", tr("about", "Parts of the program"), heads, self)
        self.table.fill([(part.name, part.release, part.licence) for part in self._parts])
        self.table.currentCellChanged.connect(self._choose)
        self.text = named(QTextBrowser(self), "about.text", tr("about", "Licence"))
        self.text.setTabChangesFocus(True)
        for half in (self.table, self.text):
            half.setMinimumHeight(LEAST)
        parts = split(self.table, self.text, sizes=(theme.px(220), theme.px(260)), parent=self, upright=True)
        self.foot.beside("about.details", tr("action", "Copy support details"), copy_details)
        self.foot.out(tr("notice", "Close"), "about.close", role="main")
        self.lay_out(row(top(picture), grow(texts), gap=theme.GAP), grow(parts), size=(820, 640), gap=None)
        self.table.selectRow(0)
        self.table.setFocus()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._parts):
            part = self._parts[row]
            source = tr("about", "Source: {address}", address=part.source) if part.source else ""
            self.text.setPlainText("\n\n".join(filter(None, (source, part.text))))


FURTHER = ("people", "papers", "exchange")
ASIDE = 32  # Pixels a page takes beside its pictures: edges and a scroll bar
SMALL = "papers/"  # The folder of pictures that stand three side by side
MAX_HEADING_LEVEL = 3
ABOVE, BELOW = (2, 16), 6  # Space above a paragraph and above a heading, and below both


def pages_of(lang: str) -> list[str]:
    """Return the files of the manual in a language, in reading order; a page it lacks is English."""
    said = [(f"{lang}.md", "en.md"), *((f"{name}.{lang}.md", f"{name}.md") for name in FURTHER)]
    return [own if (manual() / own).is_file() else english for own, english in said]


def _title(name: str) -> str:
    return (manual() / name).read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")


class ManualBrowser(QTextBrowser):
    """Shows one page; pictures are no wider than the page. Tab skips the links: the contents list all pages."""

    def focusNextPrevChild(self, on: bool) -> bool:
        return QTextEdit.focusNextPrevChild(self, on)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        found = super().loadResource(kind, name)
        image = QImage.fromData(found) if kind == QTextDocument.ResourceType.ImageResource.value else QImage()
        if image.isNull():
            return found
        room = self.viewport().width() - theme.px(ASIDE)
        address = name.toString() if isinstance(name, QUrl) else name
        wide = max(1, min(image.width(), room // 3 - theme.GAP if SMALL in address else room))
        sharp = self.devicePixelRatio()
        shown = image.scaledToWidth(round(wide * sharp), Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(sharp)
        return shown


class ManualDialog(Dialog):
    """The window of the manual. It stays open until it is closed or the language changes."""

    by_enter = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("manual", tr("manual", "The manual"), parent)
        self._lang = language()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages = named(ManualBrowser(self), "manual.pages", self.windowTitle())
        self.pages.sourceChanged.connect(self._list_contents)
        self._said = label("", "second", parent=self)
        self._said.hide()
        back = button("manual.back", tr("worklist", "‹ Back"), self.pages.backward)
        back.setEnabled(False)
        self.pages.backwardAvailable.connect(back.setEnabled)
        self.contents = named(ElidedComboBox(self), "manual.contents", tr("manual", "Contents of this page"))
        self.contents.setMinimumContentsLength(24)
        self.contents.activated.connect(lambda at: self._go_to(self.contents.itemData(at)))
        said = tr("manual", "Find in the manual")
        self.line = named(LineEdit(self, hint=said), "manual.find", said)
        self.line.setMinimumWidth(theme.px(240))
        self.line.returnPressed.connect(self.find_next)
        self.foot.out(tr("notice", "Close"), "manual.close", role="main")
        self.lay_out(panel(flow(back, self.contents, self.line), self), self._said, grow(self.pages), gap=None)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.line.setFocus)
        fit_dialog(self, 940, 680)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.pages.source().isEmpty():  # now it is known how wide pictures can be
            self._open(pages_of(self._lang)[0])
            self.pages.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and language() != self._lang:
            self.close()

    def _open(self, name: str) -> None:
        self.pages.setSource(QUrl.fromLocalFile(str(manual() / name)))

    # -- finding one's way ------------------------------------------------------------------------

    def _list_contents(self) -> None:
        """List the headings of a new page, and set the spacing that Markdown does not."""
        self.contents.clear()
        fonts.load_fonts_for(self.pages.toPlainText())
        cursor, block = QTextCursor(self.pages.document()), self.pages.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if 0 < level <= MAX_HEADING_LEVEL:
                self.contents.addItem(block.text(), block.position())
            cursor.setPosition(block.position())
            if cursor.currentTable() is None:
                white = QTextBlockFormat()
                white.setTopMargin(theme.px(ABOVE[bool(level)]))
                white.setBottomMargin(theme.px(BELOW))
                cursor.mergeBlockFormat(white)
            block = block.next()
        for name in pages_of(self._lang):
            if name != self.pages.source().fileName():
                self.contents.addItem(f"› {_title(name)}", name)

    def _go_to(self, position: int | str) -> None:
        if isinstance(position, str):
            self._open(position)
            return
        cursor = QTextCursor(self.pages.document())
        cursor.setPosition(position)
        self.pages.setTextCursor(cursor)
        bar = self.pages.verticalScrollBar()
        bar.setValue(bar.value() + self.pages.cursorRect().top())
        self.pages.setFocus()

    def find_next(self) -> None:
        text = self.line.said().strip()
        found = not text or self.pages.find(text) or self._find_elsewhere(text)
        self._said.say("" if found else tr("manual", "“{text}” is not in the manual.", text=text))

    def _find_elsewhere(self, text: str) -> bool:
        names = pages_of(self._lang)
        now = self.pages.source().fileName()
        at = names.index(now) if now in names else -1
        for name in (*names[at + 1 :], *names[: at + 1]):
            if text.casefold() in (manual() / name).read_text(encoding="utf-8").casefold():
                self._open(name)
                self.pages.moveCursor(QTextCursor.MoveOperation.Start)
                if self.pages.find(text):
                    return True
        return False


class DateDialog(Dialog):
    """One line for a day; below it, how it was read."""

    def __init__(self, today: date, parent: QWidget | None = None, *, due: bool = False, title: str = "") -> None:
        """``due``: the day is not to be gone to, but set as the one by which something is to be done; ``title``: what else it is for."""
        title = title or (tr("window", "Due on") if due else tr("window", "Go to date"))
        super().__init__("date", title, parent)
        self._today = today
        self.date: PartialDate | None = None
        self.line = named(LineEdit(self, hint=tr("window", "25.11., 25 Nov, 2026-11-25")), "date.line", title)
        self.line.textChanged.connect(self._read)
        self._echo = label("", "second", name="date.echo")
        buttons = QDialogButtonBox.StandardButton
        self.foot.setStandardButtons(buttons.Ok | buttons.Cancel)
        self.foot.accepted.connect(self._accept)
        self.foot.rejected.connect(self.reject)
        self._read("")
        self.lay_out(label(title, "caption", wrap=False), self.line, self._echo, size=(340, 0), gap=None)

    def _read(self, said: str) -> None:
        self.date = None
        text = ""
        if said.strip():
            try:
                self.date = type_date(said, self._today, language())
                text = say_date(self.date, language(), weekday=True)
            except UserError as error:
                text = error.say()
            except ValueError:
                text = tr("window", "Not a date yet.")
        self._echo.setText(text)
        self.line.setAccessibleDescription(text)
        self.foot.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.date is not None)

    def _accept(self) -> None:
        if self.date is not None and not self.line.preedit:
            self.accept()


def row_from(table: RecordTable, desk: Desk, day: str) -> int | None:
    """Return the first row whose date is a day or later (earlier, where the list is descending).

    The number of rows where there is none, None where the list is not sorted by a date.
    """
    order = table.view.order or records.order_of(table.kind)
    if order not in table.kind.fields or not is_date(table.kind.fields[order]):
        return None

    def is_reached(row: int) -> bool:
        (record,) = records.page(desk, table.kind.name, [table.id_at(row)])
        found = _day(getattr(record, order))
        # rows without a date stand last in either direction
        return not found or (found <= day if table.view.descending else found >= day)

    return bisect_left(range(table.rowCount()), True, key=is_reached)


def _day(value: Any) -> str:
    date = value.day if isinstance(value, When) else value
    return date.bounds[0] if isinstance(date, PartialDate) else ""
