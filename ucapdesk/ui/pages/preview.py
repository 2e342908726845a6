"""The page as it will be printed: what is previewed is the file that is printed and saved.

It is made beside the window; pages are drawn from it in the window's own thread, since PDFium allows but one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base import settings
from ucapdesk.base.files import write_atomically
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.services import Desk, papers, records
from ucapdesk.ui.look import theme
from ucapdesk.ui.pages.paper_languages import in_words, language_choices
from ucapdesk.ui.shell.work import Progress, Task

if TYPE_CHECKING:
    from ucapdesk.ui.shell.window import DeskWindow

PRINT_DPI = 300


def page_image(page: pypdfium2.PdfPage, dpi: float) -> QImage:
    """A page as a picture."""
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
    form = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
    return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()


class PageView(QWidget):
    """One page, drawn when it comes into view, as wide as there is room."""

    def __init__(self, page: pypdfium2.PdfPage, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._image = page, QImage()
        across, down = page.get_size()
        self._dpi = width * 72 / across
        self.setFixedSize(width, round(width * down / across))

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._image.isNull():
            self._image = page_image(self._page, self._dpi * ratio)
        painter = QPainter(self)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(theme.tokens().border)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PreviewDialog(QDialog):
    """Shows a paper in the languages chosen; prints it or saves it."""

    def __init__(self, desk: Desk, id_: str, window: DeskWindow) -> None:
        super().__init__(window)
        self._desk, self._id, self._work = desk, id_, window.work
        self._making: Task | None = None
        self.pdf = b""
        self.pages: list[PageView] = []
        self._shown: pypdfium2.PdfDocument | None = None
        self.setObjectName("preview")
        self._title = records.titles(desk, [id_], language()).get(id_, "")
        self.setWindowTitle(f"{tr('preview', 'Preview')} · {self._title}")
        self.resize(900, 660)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.FIELDS, theme.FIELDS, theme.FIELDS, 0)
        column.addLayout(self._make_bar())
        self._area = QScrollArea(self)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("preview", "Pages"))
        column.addWidget(self._area, 1)
        self.build()

    def _make_bar(self) -> QHBoxLayout:
        self.languages = QComboBox(self)
        self.languages.setObjectName("preview.languages")
        self.languages.setAccessibleName(tr("preview", "Languages of the paper"))
        preferred = settings.load().paper_languages
        for choice in language_choices():
            self.languages.addItem(in_words(choice), choice)
            if choice == preferred:
                self.languages.setCurrentIndex(self.languages.count() - 1)
        self.languages.activated.connect(self.build)
        self._note = QLabel(self)
        self._note.setProperty("role", "second")
        self._note.setWordWrap(True)
        save = QPushButton(tr("preview", "Save PDF…"), self)
        save.setObjectName("preview.save")
        save.clicked.connect(self._save)
        print_ = QPushButton(tr("preview", "Print…"), self)
        print_.setObjectName("preview.print")
        print_.setProperty("role", "main")
        print_.clicked.connect(self._print)
        self._buttons = (save, print_)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.languages)
        row.addWidget(self._note, 1)
        row.addWidget(save)
        row.addWidget(print_)
        return row

    def build(self) -> None:
        """Make the paper anew, beside the window, and show it when it is there."""
        chosen: Sequence[str] = self.languages.currentData()

        def job(progress: Progress) -> tuple[bytes, papers.RenderReport]:
            file, ids = io.BytesIO(), [self._id]
            report = papers.brief(
                self._desk, ids, file, languages=chosen, progress=progress.pages, cancelled=progress.stopped
            )
            return file.getvalue(), report

        self._drop()
        self._ready(tr("preview", "Making the pages…"))
        title = tr("preview", "Making the pages of “{title}”", title=self._title)
        self._making = self._work.run(
            title, job, lambda made: self._made(*made), lambda error: self._ready(error.say())
        )

    def _drop(self) -> None:
        if self._making is not None:
            making, self._making = self._making, None
            self._work.drop(making)

    def _ready(self, note: str, *, ready: bool = False) -> None:
        self._note.setText(note)
        for button in self._buttons:
            button.setEnabled(ready)

    def _made(self, pdf: bytes, report: papers.RenderReport) -> None:
        self._making, self.pdf = None, pdf
        self._ready(_summary(report), ready=True)
        self._show()

    def _show(self) -> None:
        document = pypdfium2.PdfDocument(self.pdf)
        sheet = QWidget()
        sheet.setObjectName("page")
        width = self.width() - 2 * theme.FIELDS - 40
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(theme.FIELDS)
        self.pages = [PageView(page, width, sheet) for page in document]
        for number, page in enumerate(self.pages, 1):
            page.setAccessibleName(tr("preview", "Page {n}", n=number))
            column.addWidget(page)
        at = self._area.verticalScrollBar().value()
        self._area.setWidget(sheet)
        self._area.verticalScrollBar().setValue(at)
        self._close_document()
        self._shown = document

    def _close_document(self) -> None:
        if self._shown is not None:
            self._shown.close()
            self._shown = None

    def done(self, result: int) -> None:
        super().done(result)
        self._drop()
        self._close_document()

    def _save(self) -> None:
        suggested = f"{self._title or 'UCAP'}.pdf".replace("/", "-")
        name, _ = QFileDialog.getSaveFileName(self, tr("preview", "Save PDF…"), suggested, "PDF (*.pdf)")
        if name:
            try:
                write_atomically(Path(name), self.pdf)
            except OSError:
                said = tr("preview", "It could not be saved there. Nothing was written; choose another folder.")
                self._note.setText(said)

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            print_pages(self.pdf, printer)
        dialog.deleteLater()


def _summary(report: papers.RenderReport) -> str:
    """What to know before printing."""
    notes = [ntr("preview", "{n} page", "{n} pages", report.pages)]
    if report.missing_translations:
        notes.append(ntr("preview", "{n} text untranslated", "{n} texts untranslated", report.missing_translations))
    if report.drafts:
        notes.append(ntr("preview", "{n} draft translation", "{n} draft translations", report.drafts))
    if report.missing_glyphs:
        signs = " ".join(dict.fromkeys(sign for sign, _ in report.missing_glyphs))
        notes.append(tr("preview", "cannot print: {signs}", signs=signs))
    return " · ".join(notes)


def print_pages(pdf: bytes, printer: QPrinter) -> None:
    """Draw every page on a printer, at 300 dpi."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    document = pypdfium2.PdfDocument(pdf)
    painter = QPainter(printer)
    for number, page in enumerate(document):
        if number:
            printer.newPage()
        painter.drawImage(
            QRectF(printer.pageLayout().paintRectPixels(printer.resolution())), page_image(page, PRINT_DPI)
        )
    painter.end()
    document.close()
