"""A Word document described: paragraphs, tables, pictures, contents, header and footer, each text with its language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ucapdesk.formats.word_styles import WordLook


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one language.

    ``grey``: they stand in for a translation; ``field``: what Word counts, such as ``PAGE``; ``size``: points where they are
    not those of the style.
    """

    text: str
    lang: str = "en"
    bold: bool = False
    grey: bool = False
    field: str = ""
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class WordPara:
    """A paragraph.

    Attributes:
        runs: Its words.
        style: A name in ``word_styles.STYLES``.
        align: ``left``, ``centre`` or ``right``; empty: as the style has it.
        mark: A bullet or number that hangs before it.
        hang: Points that it hangs; 0: as in lists.
        before: Points of space above it beside those of the style, such as room to sign.
        inset: Points that it ends before the right edge.
        anchor: A name by which the contents lead to it.
        listed: Whether it stands in the contents whatever its style.
    """

    runs: tuple[Run, ...]
    style: str = "text"
    align: str = ""
    mark: str = ""
    hang: float = 0.0
    before: float = 0.0
    inset: float = 0.0
    anchor: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture that Word can show, with the millimetres it takes; ``alt`` tells it to those who do not see it."""

    data: bytes
    width: float
    height: float
    alt: str = ""
    align: str = "left"


WordCell = tuple[WordPara | WordPicture, ...]


@dataclass(frozen=True, slots=True)
class WordTable:
    """Rows of cells; the ``heads`` rows repeat on each page, and a row is never torn.

    Attributes:
        rows: From above; in those of ``whole`` the first cell spans all columns.
        shares: Of the columns in the width.
        heads: How many rows are heads.
        form: ``lines`` under the rows, ``open`` without any, to align texts, ``ruled`` to write on, ``tinted``.
        whole: Numbers of rows whose first cell spans all columns.
        height: Of a row at least, in mm.
        tall: Whether the last column is one cell over all rows, such as for a portrait.
    """

    rows: tuple[tuple[WordCell, ...], ...]
    shares: tuple[float, ...]
    heads: int = 0
    form: str = "lines"
    whole: frozenset[int] = frozenset()
    height: float = 0.0
    tall: bool = False


@dataclass(frozen=True, slots=True)
class WordBreak:
    """A page break before what follows."""


@dataclass(frozen=True, slots=True)
class WordContents:
    """The contents, which Word numbers: the runs, level and anchor of each heading."""

    entries: tuple[tuple[tuple[Run, ...], int, str], ...]


WordBlock = WordPara | WordTable | WordPicture | WordBreak | WordContents


@dataclass(frozen=True, slots=True)
class WordEdges:
    """Header and footer: of every page, and of the first one where it has others."""

    header: tuple[WordPara | WordTable, ...] = ()
    footer: tuple[WordPara | WordTable, ...] = ()
    first_header: tuple[WordPara | WordTable, ...] | None = None
    first_footer: tuple[WordPara | WordTable, ...] | None = None


@dataclass(frozen=True, slots=True)
class WordPage:
    """The page: its measures in mm, and whether even pages have their margins mirrored."""

    width: float = 210.0
    height: float = 297.0
    left: float = 24.0
    right: float = 18.0
    top: float = 22.0
    bottom: float = 20.0
    header: float = 9.0
    footer: float = 9.0
    mirrored: bool = False

    @property
    def room(self) -> float:
        """Width of the type area."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class WordFile:
    """A whole document.

    Attributes:
        blocks: The contents.
        title: Its title, for the list of files and for those who do not see it.
        person: Who made it.
        time: Of the newest change in it.
        languages: In the order of reading.
        page: Its page.
        edges: Header and footer.
        look: Faces, sizes and colours.
    """

    blocks: Sequence[WordBlock]
    title: str
    person: str
    time: datetime
    languages: tuple[str, ...] = ("en", "zh")
    page: WordPage = WordPage()
    edges: WordEdges = WordEdges()
    look: WordLook = field(default_factory=WordLook)
