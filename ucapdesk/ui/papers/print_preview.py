"""Pages as they will be printed: drawn, shown, and printed from the very file that was previewed.

A preview follows a moment after each change, at the same page and place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.base.pdfium import PDFIUM
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import SCREEN_MARGIN, Dialog
from ucapdesk.ui.toolkit.layouts import column, discard, grow, row
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.widgets import label, named
from ucapdesk.ui.window.background_jobs import Job, JobRunner, Task

PRINT_DPI = 300


def page_image(page: pypdfium2.PdfPage, dpi: float) -> QImage:
    with PDFIUM:
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
        form = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
        return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()


def prepared(pdf: bytes, copies: int, *, both_sides: bool) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        across, down = document[0].get_size()
        document.close()
    nearly = QPageSize.SizeMatchPolicy.FuzzyMatch  # a page may differ from A4 by points, and still be A4
    size = QPageSize(QSizeF(min(across, down), max(across, down)), QPageSize.Unit.Point, "", nearly)
    way = QPageLayout.Orientation.Landscape if across > down else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, way, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    printer.setCopyCount(copies)
    printer.setCollateCopies(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if both_sides else QPrinter.DuplexMode.DuplexNone)
    return printer


def asked(printer: QPrinter, parent: QWidget) -> bool:
    dialog = QPrintDialog(printer, parent)
    wanted = bool(dialog.exec())
    dialog.deleteLater()
    return wanted


def print_pages(pdf: bytes, printer: QPrinter, told: Callable[[int, int], object] = lambda _n, _of: None) -> None:
    """Draw the wanted pages on a printer, at 300 dpi; ``told`` is called with number and count for each page."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
    pages = range(max(printer.fromPage() - 1, 0), min(printer.toPage() or len(document), len(document)))
    in_file = printer.outputFormat() == QPrinter.OutputFormat.PdfFormat  # a file is wanted once
    copies = 1 if in_file or printer.supportsMultipleCopies() else printer.copyCount()
    painter = QPainter(printer)
    for at, number in enumerate([*pages] * copies):
        if at:
            printer.newPage()
        painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), page_image(document[number], PRINT_DPI))
        told(at + 1, copies * len(pages))
    painter.end()
    with PDFIUM:
        document.close()


DRAWN = 8  # Number of pages kept as pictures; the others are drawn again when they come into view
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)  # Zoom steps, relative to the real size on the screen
DPI = 96


class PageView(QWidget):
    """One page, drawn when it comes into view."""

    def __init__(self, page: pypdfium2.PdfPage, sheet: PagesView) -> None:
        super().__init__(sheet)
        self._page, self._sheet = page, sheet
        self.size_in_points = page.get_size()

    def fit(self, scale: float) -> None:
        across, down = self.size_in_points
        self.setFixedSize(round(across * scale * DPI / 72), round(down * scale * DPI / 72))

    def paintEvent(self, event: QPaintEvent) -> None:
        dpi = self.width() * 72 / self.size_in_points[0] * self.devicePixelRatioF()
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._sheet.picture(self._page, dpi))
        painter.setPen(theme.tokens().border)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PagesView(QScrollArea):
    """Pages one below another.

    Signals:
        moved(): another page is at the top, or the pages are larger or smaller.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "pack.pages", tr("preview", "Pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.pages: list[PageView] = []
        self.zoom = 0.0  # The chosen zoom; 0 for the width of the view
        self._document: pypdfium2.PdfDocument | None = None
        self.picture = lru_cache(DRAWN)(page_image)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.moved.emit())

    def wait(self, said: str) -> None:
        if not self.pages:
            self.setWidget(label(said, "second"))

    def show_pdf(self, pdf: bytes) -> None:
        at = self._place()
        self.close_document()
        with PDFIUM:
            self._open(pdf)
        self._go(at)

    def _open(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        sheet = named(QWidget(), "page")
        layout = column(on=sheet, gap=theme.FIELDS, margins=theme.GAP)
        self.pages = [PageView(page, self) for page in self._document]
        for number, page in enumerate(self.pages, 1):
            page.setAccessibleName(tr("preview", "Page {n}", n=number))
            layout.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()
        self.setWidget(sheet)
        sheet.show()

    def close_document(self) -> None:
        self.pages = []
        self.picture.cache_clear()
        discard(self.takeWidget())
        if self._document is not None:
            with PDFIUM:
                self._document.close()
            self._document = None

    def outline(self) -> list[tuple[str, int, int]]:
        """Return the sections with their headings, first pages from 1, and page counts."""
        if self._document is None:
            return []
        with PDFIUM:
            marks = [(each.get_title(), each.get_dest()) for each in self._document.get_toc() if each.level == 1]
            at = [(title, dest.get_index() + 1) for title, dest in marks if dest is not None]
        after = [page for _, page in at[1:]] + [len(self._document) + 1] * bool(at)  # cards and letters have none
        return [(title, page, max(end - page, 1)) for (title, page), end in zip(at, after, strict=True)]

    # -- places and sizes -------------------------------------------------------------------------

    @property
    def current(self) -> int:
        """The page at the top, from 1; 0 without pages."""
        return self._place()[0] + 1 if self.pages else 0

    @property
    def scale(self) -> float:
        if self.zoom or not self.pages or self._document is None:
            return self.zoom or 1.0
        return float(self.pages[0].minimumWidth() * 72 / DPI / self.pages[0].size_in_points[0])

    def turn(self, by: int) -> None:
        if self.pages:
            self._go((min(max(self.current - 1 + by, 0), len(self.pages) - 1), 0.0))

    def resize_pages(self, step: int) -> None:
        """Change to the next larger or smaller size; 0 for the width of the view."""
        at, now = self._place(), self.scale
        steps = [each for each in ZOOMS if (each > now + 0.01 if step > 0 else each < now - 0.01)]
        self.zoom = 0.0 if not step else (steps or [now])[0 if step > 0 else -1]
        self._fit()
        self._go(at)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        at = self._place()
        super().resizeEvent(event)
        if not self.zoom and event.size().width() != event.oldSize().width():
            self._fit()
            self._go(at)
            self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.resize_pages(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def _fit(self) -> None:
        for page in self.pages:
            across = page._page.get_width() * DPI / 72  # noqa: SLF001 (one thing in two classes)
            page.fit(self.zoom or max(self.viewport().width() - 2 * theme.GAP, 100) / across)
        if (sheet := self.widget()) is not None:
            sheet.adjustSize()

    def _place(self) -> tuple[int, float]:
        at = self.verticalScrollBar().value()
        for number, page in enumerate(self.pages):
            if page.y() + page.height() > at:
                return number, max(at - page.y(), 0) / max(page.height(), 1)
        return max(len(self.pages) - 1, 0), 0.0

    def _go(self, place: tuple[int, float]) -> None:
        if not self.pages or (sheet := self.widget()) is None:
            return
        layout = sheet.layout()
        assert layout is not None
        layout.activate()
        page = self.pages[min(place[0], len(self.pages) - 1)]
        top = page.y() - (theme.GAP if not place[1] else 0)
        self.verticalScrollBar().setValue(round(top + place[1] * page.height()))


SIZE = (1180, 760)
REBUILD_DELAY_MS = 300


class PreviewDialog(Dialog):
    """The frame.

    Attributes:
        view: The pages.
        build: Builds them in the background with ``run``, and shows them when they are ready.
        say_failed: Says why there are none.
    """

    view: PagesView
    build: Callable[[], None]
    say_failed: Callable[[UserError], None]

    def __init__(self, name: str, title: str, work: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._work = work
        self._making: Task | None = None
        self._later = single_shot(self, REBUILD_DELAY_MS, self.build)

    def lay_beside(self, left: QWidget | QLayout, right: QLayout) -> None:
        row(left, grow(right), on=self, gap=theme.MARGIN, margins=theme.FIELDS)
        room = self.screen().availableGeometry().size() - SCREEN_MARGIN
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))

    def run(self, title: str, job: Job, done: Callable[[Any], object]) -> Task:
        """Do something in the background; nobody is told what came of it once the dialog is gone."""
        return self._work.run(
            title,
            job,
            lambda made: done(made) if isValid(self) else None,
            lambda error: self.say_failed(error) if isValid(self) else None,
        )

    def stop_building(self) -> None:
        self._later.stop()
        if self._making is not None:
            making, self._making = self._making, None
            self._work.drop(making)

    def done(self, result: int) -> None:
        super().done(result)
        self.stop_building()
        self.view.close_document()
