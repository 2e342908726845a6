"""A Word document described: paragraphs, tables, pictures, header and footer, each text with its language, and the named styles.

Every paragraph and table has a style, so that a whole paper is restyled in one place. Names that Word has itself are used where
there are any, since outline, contents and screen readers go by them. ``word_writer`` makes a file of the description.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ucapdesk.base.i18n import LANGUAGE_FACTS

TAGS = {code: each["tag"] for code, each in LANGUAGE_FACTS.items() if "tag" in each}  # Languages as Word names them
_OFFICIAL_SIZE, _OFFICIAL_LINE = 16.0, 28.9  # Points of text and line in official papers: 3号, 22 lines on a page
_LARGEST_EDGE = 1.33  # The scale of header and footer in large print


@dataclass(frozen=True, slots=True)
class WordLook:
    """Faces, colours and scale. ``official``: the faces and lines of Chinese offices."""

    accent: str = "0F5FA6"
    tint: str = "EEF4FA"
    ink: str = "1C2430"
    grey: str = "4B5666"
    rule: str = "C9D0D9"
    warning: str = "7A5200"
    red: str = "E60012"
    latin: str = "Arial"
    chinese: str = "Microsoft YaHei"
    rare: str = "SimSun-ExtB"
    scale: float = 1.0
    official: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. ``colour`` is a field of ``WordLook``; ``level`` is the place in the outline from 1."""

    name: str
    size: float
    colour: str = "ink"
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    level: int = 0
    align: str = ""
    follows: str = ""
    indent: float = 0.0

    @property
    def id(self) -> str:
        """The name without spaces, as documents refer to it."""
        return self.name.replace(" ", "")


# The styles by the names that the program uses.
STYLES: dict[str, Style] = {
    "text": Style("Body Text", 9.5, after=4),
    "title": Style("Title", 17, bold=True, after=4, keep=True, follows="text"),
    "cover": Style("Cover Title", 25, bold=True, before=90, after=10, keep=True, follows="text"),
    "subtitle": Style("Subtitle", 12, "grey", after=8, keep=True, follows="text"),
    "heading1": Style("Heading 1", 14, bold=True, before=16, after=6, keep=True, level=1, follows="text"),
    "heading2": Style("Heading 2", 12, bold=True, before=12, after=4, keep=True, level=2, follows="text"),
    "heading3": Style("Heading 3", 10.5, bold=True, before=10, after=3, keep=True, level=3, follows="text"),
    "label": Style("Label", 10, "accent", bold=True, before=8, after=3, keep=True, follows="text"),
    "cell": Style("Table Text", 9),
    "second": Style("Second Language", 8.5, "grey"),
    "head": Style("Table Head", 8, bold=True, keep=True),
    "group": Style("Table Group", 8.5, "accent", bold=True, before=3, keep=True),
    "fact": Style("Fact Label", 8.5, "grey", bold=True),
    "note": Style("Note", 8.5, "grey", after=3),
    "warning": Style("Warning", 9.5, "warning", bold=True, after=4),
    "large": Style("Read Aloud", 18, bold=True, after=6),
    "large second": Style("Read Aloud Second", 12, "grey", after=6),
    "picture": Style("Picture", 9.5, after=4),
    "letter": Style("Letter", 12, after=8),
    "letter title": Style("Letter Title", 17, bold=True, before=12, after=12, align="center", keep=True),
    "header": Style("Header", 7.5, "grey"),
    "footer": Style("Footer", 7.5, "grey"),
    "letterhead": Style("Letterhead", 9, "accent", bold=True),
    "contents": Style("TOC Heading", 14, bold=True, after=6, keep=True),
    "contents1": Style("TOC 1", 9.5, before=5),
    "contents2": Style("TOC 2", 9.5, indent=14),
    "number": Style("Page Number Line", 14, align="center"),
}
_OFFICIAL: dict[str, Style] = {
    "title": Style("Title", 22, "ink", after=14, align="center", keep=True, follows="text"),
    "subtitle": Style("Subtitle", _OFFICIAL_SIZE, after=29, align="center", keep=True, follows="text"),
    **{
        f"heading{n}": Style(f"Heading {n}", _OFFICIAL_SIZE, keep=True, level=n, follows="text", bold=n > 1)
        for n in (1, 2, 3)
    },
    "text": Style("Body Text", _OFFICIAL_SIZE),
    "warning": Style("Warning", _OFFICIAL_SIZE, bold=True),
    "label": Style("Label", _OFFICIAL_SIZE, bold=True, keep=True),
    "cell": Style("Table Text", 12),
    "head": Style("Table Head", 12, bold=True, keep=True),
    "group": Style("Table Group", 12, bold=True, keep=True),
    "fact": Style("Fact Label", 12, bold=True),
    "official line": Style("Official Line", _OFFICIAL_SIZE),
    "red head": Style("Red Head", 36, "red", bold=True, align="center", follows="official line"),
    "red foot": Style("Red Foot", 2, "red", follows="official line"),
}
# Faces of headings of official papers; all else is in Fangsong.
_HEADINGS_OFFICIAL = {"title": "SimSun", "heading1": "SimHei", "red head": "SimSun"}
# The double rules of an official letter: below its head, thick over fine, and at the foot of its first page, fine
# over thick.
_RULES = {"red head": ("bottom", "thickThinSmallGap", 8), "red foot": ("top", "thinThickSmallGap", 0)}
_FRAME = {"w": 9638, "vAnchor": "page", "hAnchor": "margin", "xAlign": "center"}
# Paragraphs at their place on the page, 30 mm from its upper and 20 mm from its lower edge, as wide as those rules:
# 170 mm.
FRAMES: dict[str, dict[str, object]] = {
    "red head": {**_FRAME, "wrap": "notBeside", "y": 1701},
    "red foot": {**_FRAME, "wrap": "around", "y": 15704},
}


def style_of(name: str, look: WordLook) -> Style:
    return (_OFFICIAL.get(name) if look.official else None) or STYLES[name]


def restyle(document: Any, look: WordLook, languages: tuple[str, ...], room: float) -> None:
    """Replace the styles of a new document with those of papers, on lines of so many mm."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    styles = document.styles.element
    for each in list(styles):
        if not each.tag.endswith("}latentStyles"):
            styles.remove(each)
    western = next((TAGS[lang] for lang in languages if lang != "zh"), "en-GB")
    for n, xml in enumerate([_defaults(look, western), *_all(look, round(room * 1440 / 25.4))]):
        made = parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))
        styles.insert(len(styles) if n else 0, made)


def _all(look: WordLook, room: int) -> Iterator[str]:
    yield _style("paragraph", "Normal", "Normal", "<w:qFormat/>", default=True)
    yield _style("character", "DefaultParagraphFont", "Default Paragraph Font", "", default=True)
    yield _style("table", "TableNormal", "Normal Table", _CELLS.format(0, 0, 0), default=True)
    yield _style("numbering", "NoList", "No List", "", default=True)
    for name in {**STYLES, **(_OFFICIAL if look.official else {})}:
        yield _paragraph(name, style_of(name, look), look, room)
    yield _style("character", "StandIn", "Stand-in", _run(colour=look.grey))
    yield _style("character", "Hyperlink", "Hyperlink", _run(colour=look.accent))
    yield from _tables(look)


def _defaults(look: WordLook, western: str) -> str:
    latin, chinese = _faces("", look)
    size = 2 * round(9.5 * look.scale)
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" '
        f'w:eastAsia="{chinese}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{western}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:spacing w:after=\"0\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    )  # fmt: skip


def _faces(name: str, look: WordLook) -> tuple[str, str]:
    if not look.official:
        return look.latin, look.chinese
    return "Times New Roman", _HEADINGS_OFFICIAL.get(name, "FangSong")


def _style(kind: str, id_: str, name: str, inside: str, *, default: bool = False) -> str:
    usual = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{usual} w:styleId="{id_}"><w:name w:val="{name}"/>{inside}</w:style>'


def _paragraph(name: str, style: Style, look: WordLook, room: int) -> str:
    follows = f'<w:next w:val="{style_of(style.follows, look).id}"/>' if style.follows else ""
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    outline = f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else ""
    align = f'<w:jc w:val="{style.align}"/>' if style.align else ""
    indent = f'<w:ind w:left="{round(20 * style.indent)}"/>' if style.indent else ""
    body = look.official and (name in ("text", "label", "warning") or name.startswith("heading"))
    indent = '<w:ind w:firstLine="640" w:firstLineChars="200"/>' if body else indent
    exactly = look.official and _OFFICIAL_SIZE <= style.size < _OFFICIAL_LINE
    line = f' w:line="{round(20 * _OFFICIAL_LINE)}" w:lineRule="exact"' if exactly else ""
    spacing = f'<w:spacing w:before="{round(20 * style.before)}" w:after="{round(20 * style.after)}"{line}/>'
    pages = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{room}"/></w:tabs>' if "TOC " in style.name else ""
    shape = f"<w:pPr>{keep}{_rule(name, look)}{pages}{spacing}{indent}{align}{outline}</w:pPr>"
    scale = min(look.scale, _LARGEST_EDGE) if name in ("header", "footer", "letterhead") else look.scale
    size = style.size if look.official else style.size * scale
    latin, chinese = _faces(name, look)
    faces = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{chinese}"/>'
    colour = "000000" if look.official and style.colour != "red" else getattr(look, style.colour)
    weight = _run(colour=colour, bold=style.bold, size=size, faces=faces)
    own = f'<w:basedOn w:val="Normal"/>{follows}<w:qFormat/>{shape}{weight}'
    return _style("paragraph", style.id, style.name, own)


def _rule(name: str, look: WordLook) -> str:
    if name not in _RULES:
        return ""
    edge, line, space = _RULES[name]
    return f'<w:pBdr><w:{edge} w:val="{line}" w:sz="24" w:space="{space}" w:color="{look.red}"/></w:pBdr>'


def _run(*, colour: str, bold: bool = False, size: float = 0.0, faces: str = "") -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    sizes = f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>' if size else ""
    return f'<w:rPr>{faces}{weight}<w:color w:val="{colour}"/>{sizes}</w:rPr>'


_CELLS = (
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="{2}" w:type="dxa"/><w:left w:w="{0}" w:type="dxa"/>'
    '<w:bottom w:w="{2}" w:type="dxa"/><w:right w:w="{1}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
# The table styles by the form of a table: lines between rows alone, no boxes.
TABLES = {"lines": "Paper Table", "open": "Paper Columns", "ruled": "Paper Lines", "tinted": "Paper Field"}
# Twips of white in their cells: at the left, at the right, above and below.
_INSETS = {"lines": (85, 85, 40), "open": (0, 200, 0), "ruled": (0, 100, 40), "tinted": (85, 85, 60)}


def _tables(look: WordLook) -> Iterator[str]:
    field = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{look.tint}"/></w:tcPr>'
    head = f'<w:tblStylePr w:type="firstRow">{field}</w:tblStylePr>'
    for form, name in TABLES.items():
        shape = _CELLS.format(*_INSETS[form])
        drawn = {"lines": ("top", "bottom", "insideH"), "ruled": ("bottom", "insideH")}.get(form, ())
        edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{look.rule}"/>' for edge in drawn)
        if edges:
            shape = shape.replace("<w:tblCellMar>", f"<w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>")
        more = {"lines": head, "tinted": field}.get(form, "")
        yield _style("table", name.replace(" ", ""), name, f'<w:basedOn w:val="TableNormal"/>{shape}{more}')


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
