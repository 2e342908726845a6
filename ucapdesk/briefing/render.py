"""The entry point of typesetting: ``render`` takes a paper, writes a PDF and reports what the reader should know.

report = render(paper, Path("glance.pdf"))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from errno import EINVAL
from pathlib import Path
from typing import BinaryIO

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.files import write_atomically
from ucapdesk.base.progress import Progress, untold
from ucapdesk.briefing.all_words import count_states, missing_glyphs
from ucapdesk.briefing.boards import Cards
from ucapdesk.briefing.card_layout import too_long
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.errors import NotTranslated
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.layout import lay_out, sheet_of
from ucapdesk.briefing.styles import StyleSheet


@dataclass(frozen=True, slots=True)
class RenderReport:
    """The result of printing.

    Attributes:
        pages: Number of pages; 0 where another program counts them.
        missing_glyphs: Characters no face holds, each with where it stands; printed as their codes.
        drafts: Number of printed texts that are draft translations.
        missing_translations: Number of texts printed in the other language.
    """

    pages: int
    missing_glyphs: tuple[tuple[str, str], ...]
    drafts: int
    missing_translations: int


def shortened(paper: Paper) -> list[str]:
    """Return the texts that do not fit on their cards, so that they can be named before printing."""
    both = Bilingual(paper, sheet_of(paper), StyleSheet.of(paper.page))
    cards = (block for section in paper.sections for block in section.blocks if isinstance(block, Cards))
    return [text for each in cards for text in too_long(each, both)]


PRINTING_STOPPED = Failure(
    "printing-stopped", "Printing was stopped. No file was written; the records are as they were."
)


def render(
    paper: Paper,
    target: Path | BinaryIO,
    *,
    progress: Progress = untold,
    cancelled: Callable[[], bool] = lambda: False,
) -> RenderReport:
    """Print a paper.

    Args:
        paper: The contents.
        target: A file, which appears complete or not at all, or an open binary stream.
        progress: Told pages drawn and pages in all, after each page.
        cancelled: Asked often; printing stops soon after it says yes.

    Raises:
        NotTranslated: It is a letter, and a text of it is not in its language.
        PaperNotWritten: The file cannot be written there.
        PrintingStopped: ``cancelled`` said yes.
    """
    from ucapdesk.briefing.draw import draw  # what only counts gaps draws nothing

    def check() -> None:
        if cancelled():
            raise PRINTING_STOPPED()

    check_translated(paper)
    sheet = sheet_of(paper)
    pages = lay_out(paper, sheet, check)

    def drawn(page: int) -> None:
        check()
        progress(page, len(pages))

    data = draw(paper, pages, sheet, drawn)
    if isinstance(target, Path):
        _write(target, data)
    else:
        target.write(data)
    return report_of(paper, len(pages))


def check_translated(paper: Paper) -> None:
    """Raise an error where a text is missing without which a paper is not handed out."""
    if paper.lacks:
        raise NotTranslated(what=paper.lacks)


def report_of(paper: Paper, pages: int = 0) -> RenderReport:
    """Return what the reader of a paper should know."""
    drafts, missing = count_states(paper)
    return RenderReport(pages, tuple(missing_glyphs(paper)), drafts, missing)


def _write(target: Path, data: bytes) -> None:
    """Write the whole file or none."""
    try:
        if target.exists() and not target.is_file():  # a folder or a device is never taken away for a file
            raise OSError(EINVAL, "not a file")
        write_atomically(target, data)
    except OSError as error:
        raise UserError(
            "The paper could not be written to {file} ({details}). Nothing was changed; choose another place and print "
            "again.",
            code="paper-not-written",
            file=str(target),
            details=error.strerror or str(error),
        ) from error
