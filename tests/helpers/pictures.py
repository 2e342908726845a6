"""Draws the window and the page on the sample, for looking at: ``make pictures``. No test compares them."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("no-fonts.conf"))

import pypdfium2

from ucapdesk.base import settings
from ucapdesk.base.i18n import PSEUDO, use_language
from ucapdesk.services import Desk, papers, records, sample

# What stands in a folder of its own is for checking only; git does not keep it.
VIEWS = (
    # name, language, dark, text size, width, height
    ("window", "en", False, 100, 1280, 720),
    ("window-zh-dark", "zh", True, 100, 1280, 720),
    ("check/window-large", "en", False, 200, 1280, 720),
    ("check/window-small", "zh", False, 100, 1024, 600),
    ("check/window-pseudo", PSEUDO, False, 100, 1280, 720),
)
PAGES = (
    ("page", ("en", "zh")),
    ("check/page-zh-en", ("zh", "en")),
    ("check/page-en", ("en",)),
    ("check/page-zh", ("zh",)),
)


def draw_pages(desk: Desk, ucap: str, folder: Path) -> None:
    """The first page of the UCAP at a glance in every order of languages."""
    for name, languages in PAGES:
        file = io.BytesIO()
        papers.brief(desk, [ucap], file, languages=languages)
        document = pypdfium2.PdfDocument(file.getvalue())
        document[0].render(scale=1.5).to_pil().save(folder / f"{name}.png", optimize=True)
        document.close()


def draw_windows(desk: Desk, ucap: str, folder: Path) -> None:
    """The window in light and dark, in both languages, large, small, and in the pseudo-language."""
    from PySide6.QtWidgets import QApplication

    from ucapdesk.ui.look import theme
    from ucapdesk.ui.shell.window import DeskWindow

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    for name, language, dark, text_size, width, height in VIEWS:
        use_language(language)
        theme.apply(application, dark=dark, text_size=text_size, lang=language)
        window = DeskWindow(desk, lambda _: None)
        window.resize(width, height)
        window.show()
        window.show_record(ucap)
        application.processEvents()
        window.grab().save(str(folder / f"{name}.png"))
        window.close()
        window.deleteLater()
        application.processEvents()
    use_language("en")


def main() -> None:
    """Draw everything into the folder named on the command line."""
    folder = Path(sys.argv[1])
    (folder / "check").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "config")
        settings.save(settings.Settings().with_(person="Ana"))
        with sample.make(Path(scratch) / "sample") as desk:
            ucap = next(iter(records.listing(desk, "ucap")))
            draw_pages(desk, ucap, folder)
            draw_windows(desk, ucap, folder)


if __name__ == "__main__":
    main()
