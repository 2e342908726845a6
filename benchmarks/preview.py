"""The preview of a pack: from opening the builder to its first page on the screen, and from a change to the new pages.

Measured on a coordinator's desk after a year. Beside it Typst, loaded before, sets the words of the same pack without its
tables, lines and pictures.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks.page import FONTS
from benchmarks.rows import Row, best, row

FIRST, UPDATE, TIMES = 1500, 400, 5
NOTE = "300 ms of it are the rest after the last change, before the pages are begun"


def run() -> list[Row]:
    """The first page, and an update."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from tests.helpers import seed
    from tests.helpers.clock import FrozenClock
    from ucapdesk.base import settings
    from ucapdesk.services import Desk
    from ucapdesk.ui.toolkit.theme import apply_theme
    from ucapdesk.ui.window.desk_window import DeskWindow

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, settings.load())
    with tempfile.TemporaryDirectory() as folder:
        clock = FrozenClock(seed.NOW)
        seed.make(Path(folder) / "desk", clock)
        with Desk.open(Path(folder) / "desk", clock=clock) as desk:
            window = DeskWindow(desk, lambda _: None)
            window.resize(1280, 720)
            window.show()
            app.processEvents()
            rows = _measure(app, window)
            window.work.stop_all()
            window.close()
            window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as the program does before it ends
    return rows


def _measure(app: Any, window: Any) -> list[Row]:
    from ucapdesk.services.records import records
    from ucapdesk.ui.papers.paper_dialog import PaperDialog

    visits = records.listing(window.desk, "visit")
    ids = [max(visits, key=lambda id_: sum(map(len, records.children(window.desk, id_).values())))]

    def first() -> float:
        began = perf_counter()
        dialog = PaperDialog(window.desk, ids, window)
        dialog.show()
        took = _drawn(app, dialog, began)
        dialog.done(0)
        dialog.deleteLater()
        app.processEvents()
        return took

    opened = min(first() for _ in range(TIMES))
    dialog = PaperDialog(window.desk, ids, window)
    dialog.show()
    _drawn(app, dialog, 0)

    def update() -> float:
        began = perf_counter()
        dialog.choice.changed.emit()
        return _drawn(app, dialog, began)

    updated = min(update() for _ in range(TIMES))
    pages, pdf = len(dialog.view.pages), dialog.pdf
    dialog.done(0)
    words, set_in = _typst(pdf)
    peer = f"Typst, its words alone ({set_in} pages)"
    return [
        row(f"preview of a pack of {pages} pages: opening the builder to the first page", opened, peer, words, FIRST),
        row(f"preview of a pack of {pages} pages: update after the last change", updated, peer, words, UPDATE)
        | {"note": NOTE},
    ]


def _drawn(app: Any, dialog: Any, began: float) -> float:
    """Milliseconds until the pages that were asked for last are there and the one in sight is drawn."""
    save = dialog.findChild(object, "pack.save")
    while not save.isEnabled():
        app.processEvents()
    dialog.view.viewport().grab()
    return (perf_counter() - began) * 1000


def _typst(pdf: bytes) -> tuple[float, int]:
    """The words of a file in Typst: milliseconds, and on how many pages they stand."""
    import pypdfium2
    import typst

    document = pypdfium2.PdfDocument(pdf)
    lines = [page.get_textpage().get_text_range() for page in document]
    document.close()
    source = [
        '#set page("a4", margin: (x: 21mm, y: 21mm), numbering: "1 / 1")',
        '#set text(font: ("Noto Sans", "Noto Sans SC"), size: 9.5pt)\n#set par(justify: true)',
        *(f"#{json.dumps(line, ensure_ascii=False)}\n" for text in lines for line in text.splitlines() if line),
    ]
    made = "\n".join(source).encode()

    def compiled() -> Any:
        return typst.compile(made, font_paths=[str(FONTS)], ignore_system_fonts=True)

    took = best(compiled, TIMES)
    document = pypdfium2.PdfDocument(compiled())
    count = len(document)
    document.close()
    return took, count
