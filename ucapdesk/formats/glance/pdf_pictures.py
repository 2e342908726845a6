"""Draws the pages of a PDF as pictures, for a scan whose text somebody types beside them."""

from __future__ import annotations

from typing import Any

from ucapdesk.base.pdf_forms import draws_too_much
from ucapdesk.formats.errors import DocumentDamaged

WIDTH, TALLEST, MOST_PAGES = 900, 3_000, 12
"""Pixels across, pixels down at most, and how many pages are drawn."""
PagePicture = tuple[int, int, bytes]
"""Width and height in pixels, and four bytes a pixel (blue, green, red, unused), row by row."""


def page_pictures(name: str, data: bytes) -> list[PagePicture]:
    """Return the pages of a PDF as pictures. Raises DocumentDamaged."""
    import pypdfium2

    if draws_too_much(data):
        raise DocumentDamaged(file=name)
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            return [_picture(document[at]) for at in range(min(len(document), MOST_PAGES))]
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise DocumentDamaged(file=name) from error


def _picture(page: Any) -> PagePicture:
    width, height = page.get_size()
    drawn = page.render(scale=min(WIDTH / max(width, 1.0), TALLEST / max(height, 1.0)), prefer_bgrx=True)
    raw, across = bytes(drawn.buffer), drawn.width * 4
    rows = (raw[at * drawn.stride : at * drawn.stride + across] for at in range(drawn.height))
    return drawn.width, drawn.height, b"".join(rows)
