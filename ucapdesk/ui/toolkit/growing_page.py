"""Keeps a page in a scroll area as high as its contents, also while they grow during layout."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ucapdesk.ui.toolkit.timers import repeating

LOOKS = 10


def let_grow(page: QWidget) -> None:
    """Check a few times, when idle, whether a page that was just shown has its full height.

    A text finds out how high it is when it has its width; Qt loses that where it is in the middle of laying out.
    """
    looks = iter(range(LOOKS))

    def look() -> None:
        layout = page.layout()
        if layout is not None and page.height() < max(
            page.heightForWidth(page.width()), page.minimumSizeHint().height()
        ):
            layout.update()
        if next(looks, None) is None:
            timer.stop()
            timer.deleteLater()

    timer = repeating(page, 0, look)  # ends with the page: of a single shot, PySide would keep what it was to call
    timer.start()
    look()
