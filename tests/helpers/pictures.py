"""Draws every page of the program and of the papers on the sample, for looking at: ``make pictures``. No test compares them.

What stands in the folder ``check`` is for looking only; git keeps the others, which the README shows.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterable
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("no-fonts.conf"))

from tests.helpers.clock import stand_still

stand_still()

import pypdfium2
from PIL import Image
from PySide6.QtWidgets import QApplication

from tests.helpers.manual_pictures import LOOKS, draw_desk, draw_every_paper, draw_exchange
from tests.helpers.pages import PAGES
from tests.helpers.pseudo_language import PSEUDO
from tests.helpers.stage import Page, Stage
from ucapdesk.base import settings
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import sample

# The record of the UCAP, as the README shows it.
README = (
    ("window", "en", False),
    ("window-zh-dark", "zh", True),
    *((f"window{ending}", lang, False) for lang, ending in LOOKS if lang not in {"en", "zh"}),
)
MANUAL = ("record-person", "worklist", "preview")  # Pages that the manual shows, in each of its languages
EVERY = tuple(product(("en", "zh"), (False, True), (100, 200)))
PAPERS = (
    ("check/page-en-zh", ("en", "zh")),
    ("check/page-zh-en", ("zh", "en")),
    ("check/page-en", ("en",)),
    ("check/page-zh", ("zh",)),
)


def draw_papers(desk: Desk, ucap: str, folder: Path) -> None:
    for name, languages in PAPERS:
        file = io.BytesIO()
        papers.brief(desk, [ucap], file, languages=languages)
        document = pypdfium2.PdfDocument(file.getvalue())
        document[0].render(scale=1.5).to_pil().save(folder / f"{name}.png", optimize=True)
        document.close()


def draw(stage: Stage, pages: Iterable[Page], name: str, width: int, height: int) -> None:
    for page in pages:
        with stage.shown(page, width, height) as shown:
            shown.grab().save(name.format(page=page.name))


def draw_windows(desk: Desk, folder: Path, wanted: str) -> None:
    """Every page in both languages, light and dark, with usual and with large text; and once in the pseudo-language."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    stage = Stage(application, desk)
    shown_first = [page for page in PAGES if page.name == "record-ucap"]
    for name, lang, dark in README:
        stage.dress(lang, dark=dark)
        draw(stage, shown_first, str(folder / f"{name}.png"), 1280, 720)
    for lang, ending in LOOKS:
        stage.dress(lang)
        draw(stage, [page for page in PAGES if page.name in MANUAL], str(folder / f"{{page}}{ending}.png"), 1180, 700)
    pages = [page for page in PAGES if wanted in page.name]
    for lang, dark, text_size in (*EVERY, (PSEUDO, False, 100)):
        stage.dress(lang, dark=dark, text_size=text_size)
        name = f"{{page}}-{lang}-{'dark' if dark else 'light'}-{text_size}.png"
        draw(stage, pages, str(folder / "check" / name), 1280, 720)
    stage.close()


def thin(folder: Path) -> None:
    """Reduce the pictures that git keeps to 256 colours: they travel with every installer, and nobody sees the difference."""
    for file in (*folder.glob("*.png"), *folder.glob("papers/*.png")):
        with Image.open(file) as picture:
            if picture.mode != "P":
                few = picture.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
                few.save(file, optimize=True)


def main() -> None:
    """Draw everything into the folder named on the command line, or only pages whose name holds a word named after it."""
    folder, wanted = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    (folder / "check").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "config")
        settings.save(settings.Settings().with_(person="Ana"))
        with sample.make(Path(scratch) / "sample") as desk:
            draw_papers(desk, records.listing(desk, "ucap")[0], folder)
            draw_windows(desk, folder, wanted)
        draw_every_paper(folder)
        draw_exchange(folder)
        draw_desk(folder)
    thin(folder)


if __name__ == "__main__":
    main()
