"""Keeps a page in a scroll area as high as its contents, also while they grow during layout."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

LOOKS = 10


def let_grow(page: QWidget, looks: int = LOOKS) -> None:
    """Check a few times, when idle, whether a page that was just shown has its full height.

    A text finds out how high it is when it has its width; Qt loses that where it is in the middle of laying out.
    """
    layout = page.layout()
    if layout is not None and page.height() < max(page.heightForWidth(page.width()), page.minimumSizeHint().height()):
        layout.update()
    if looks:
        QTimer.singleShot(0, page, lambda: let_grow(page, looks - 1))
