"""The page view of the print preview. A new version of the paper is shown at the same page and place."""

from __future__ import annotations

from functools import lru_cache

import pypdfium2
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.base.pdfium import PDFIUM
from ucapdesk.ui.papers.printing import page_image
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import column, discard
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label

DRAWN = 8
"""Number of pages kept as pictures; the others are drawn again when they come into view."""
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Zoom steps, relative to the real size on the screen."""
DPI = 96


class PageView(QWidget):
    """One page, drawn when it comes into view."""

    def __init__(self, page: pypdfium2.PdfPage, sheet: PagesView) -> None:
        super().__init__(sheet)
        self._page, self._sheet = page, sheet
        self.size_in_points = page.get_size()

    def fit(self, scale: float) -> None:
        """Take the size the page has at this scale."""
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
        self.zoom = 0.0
        """The chosen zoom; 0 for the width of the view."""
        self._document: pypdfium2.PdfDocument | None = None
        self.picture = lru_cache(DRAWN)(page_image)
        """Returns a page as a picture, of which the last few are kept."""
        self.verticalScrollBar().valueChanged.connect(lambda _: self.moved.emit())

    def wait(self, said: str) -> None:
        """Say in place of the first pages that they are being made."""
        if not self.pages:
            self.setWidget(label(said, "second"))

    def show_pdf(self, pdf: bytes) -> None:
        """Show this file, at the page and place of the one before."""
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
        """Close the file."""
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
        """The scale of the pages, relative to their real size."""
        if self.zoom or not self.pages or self._document is None:
            return self.zoom or 1.0
        return float(self.pages[0].minimumWidth() * 72 / DPI / self.pages[0].size_in_points[0])

    def turn(self, by: int) -> None:
        """Turn to the next or previous page."""
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
        """Return the page at the top, and how much of it is above the edge."""
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
