"""Prints a PDF: the pages are drawn from the very file that was previewed."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ucapdesk.base.pdfium import PDFIUM

PRINT_DPI = 300


def page_image(page: pypdfium2.PdfPage, dpi: float) -> QImage:
    """Return a page as a picture."""
    with PDFIUM:
        bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
        form = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
        return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()


def prepared(pdf: bytes, copies: int, *, both_sides: bool) -> QPrinter:
    """Return a printer set up for the paper: its page size, without margins, with so many collated copies."""
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
    """Show the system's print dialog; return whether the user wants to print."""
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
