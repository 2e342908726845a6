"""The page as it will be printed: what is previewed is the file that is printed and saved."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap
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

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import write_atomically
from ucapdesk.base.i18n import LANGUAGE_NAMES, ntr, tr
from ucapdesk.services import Desk, papers

LANGUAGE_CHOICES = (("en", "zh"), ("zh", "en"), ("en",), ("zh",))
SCREEN_DPI, PRINT_DPI = 110, 300


def page_images(pdf: bytes, dpi: int) -> list[QImage]:
    """Every page as a picture."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        images = []
        for page in document:
            bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
            picture = bytes(bitmap.buffer)
            form = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
            images.append(QImage(picture, bitmap.width, bitmap.height, bitmap.stride, form).copy())
        return images
    finally:
        document.close()


class PreviewDialog(QDialog):
    """Shows a paper in the languages chosen; prints it or saves it."""

    def __init__(self, desk: Desk, id_: str, document: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._id, self._document = desk, id_, document
        self.pdf = b""
        self.setObjectName("preview")
        self.setWindowTitle(tr("preview", "Preview"))
        self.resize(960, 820)
        self.languages = QComboBox(self)
        self.languages.setObjectName("preview.languages")
        self.languages.setAccessibleName(tr("preview", "Languages of the paper"))
        for choice in LANGUAGE_CHOICES:
            self.languages.addItem(" · ".join(LANGUAGE_NAMES[lang] for lang in choice), choice)
        self.languages.activated.connect(self.build)
        self._note = QLabel(self)
        self._note.setProperty("role", "caption")
        self._note.setWordWrap(True)
        save = QPushButton(tr("preview", "Save PDF…"), self)
        save.setObjectName("preview.save")
        save.clicked.connect(self._save)
        print_ = QPushButton(tr("preview", "Print…"), self)
        print_.setObjectName("preview.print")
        print_.setProperty("role", "main")
        print_.clicked.connect(self._print)
        row = QHBoxLayout()
        row.addWidget(self.languages)
        row.addWidget(self._note, 1)
        row.addWidget(save)
        row.addWidget(print_)
        self._pages = QScrollArea(self)
        self._pages.setWidgetResizable(True)
        self._pages.setAccessibleName(tr("preview", "Pages"))
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        self.build()

    def build(self) -> None:
        """Make the paper anew and show it."""
        with tempfile.TemporaryDirectory(prefix="ucapdesk-") as folder:
            target = Path(folder) / "paper.pdf"
            try:
                report = papers.brief(
                    self._desk, [self._id], target, document=self._document, languages=self.languages.currentData()
                )
            except UserError as error:
                self._note.setText(error.say())
                return
            self.pdf = target.read_bytes()
        notes = [ntr("preview", "{n} page", "{n} pages", report.pages)]
        if report.missing:
            notes.append(ntr("preview", "{n} text untranslated", "{n} texts untranslated", report.missing))
        if report.drafts:
            notes.append(ntr("preview", "{n} draft translation", "{n} draft translations", report.drafts))
        if report.missing_glyphs:
            signs = " ".join(dict.fromkeys(sign for sign, _ in report.missing_glyphs))
            notes.append(tr("preview", "cannot print: {signs}", signs=signs))
        self._note.setText(" · ".join(notes))
        self._show(page_images(self.pdf, SCREEN_DPI))

    def _show(self, images: list[QImage]) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        for number, image in enumerate(images, 1):
            page = QLabel(sheet)
            page.setPixmap(QPixmap.fromImage(image))
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            page.setAccessibleName(tr("preview", "Page {n}", n=number))
            column.addWidget(page)
        column.addStretch(1)
        self._pages.setWidget(sheet)

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("preview", "Save PDF…"), "ucap.pdf", "PDF (*.pdf)")
        if name:
            write_atomically(Path(name), self.pdf)

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            print_pages(self.pdf, printer)
        dialog.deleteLater()


def print_pages(pdf: bytes, printer: QPrinter) -> None:
    """Draw every page on a printer, at 300 dpi."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    painter = QPainter(printer)
    for number, image in enumerate(page_images(pdf, PRINT_DPI)):
        if number:
            printer.newPage()
        painter.drawImage(QRectF(printer.pageLayout().paintRectPixels(printer.resolution())), image)
    painter.end()
