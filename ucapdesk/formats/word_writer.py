"""A Word document described: paragraphs, tables, pictures, header and footer, each text with its language, and the named styles.

Every paragraph and table has a style, so that a whole paper is restyled in one place. Names that Word has itself are used where
there are any, since outline, contents and screen readers go by them. ``word_writer`` makes a file of the description.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from ucapdesk.base.i18n import LANGUAGE_FACTS
from ucapdesk.formats.whole_files import write_file

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


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RARE = re.compile("([\U00020000-\U0003ffff]+)")
_TWIPS = 1440 / 25.4  # Of a millimetre
_INSET = 4.0  # Millimetres of white in a cell
_HANG = 284  # Twips that a mark hangs before its paragraph


def built(told: WordFile) -> Any:
    document = docx.Document()
    restyle(document, told.look, told.languages, told.page.room)
    _set_up(document, told)
    known = document.core_properties
    title, person = told.title[:255], told.person[:255]  # no more may be told of a file
    known.title, known.author, known.last_modified_by, known.comments = title, person, person, ""
    known.created = known.modified = told.time.replace(tzinfo=None)
    known.language = TAGS.get(told.languages[0], told.languages[0])
    maker = _Maker(document, told.look, told.page.room)
    end = document.element.body.sectPr
    for each in told.blocks:
        for made in maker.block(each):
            end.addprevious(made)
    _edges(document.sections[0], told, maker)
    return document


def _set_up(document: Any, told: WordFile) -> None:
    page, section = told.page, document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.header_distance, section.footer_distance = Mm(page.header), Mm(page.footer)
    settings = document.settings.element
    for old in ("w:zoom", "w:rsids", "w:savePreviewPicture", "w:themeFontLang"):
        for each in settings.findall(qn(old)):
            settings.remove(each)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")
    if page.mirrored:
        settings.insert(0, element("w:mirrorMargins"))
    links = document.part.package.rels  # the picture of an empty page that new documents come with
    for id_ in [id_ for id_, link in links.items() if link.reltype.endswith("/thumbnail")]:
        links.pop(id_)


def element(tag: str, /, *inside: Any, **values: object) -> Any:
    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(each for each in inside if each is not None)
    return made


class _Maker:
    def __init__(self, document: Any, look: WordLook, room: float) -> None:
        self.part, self.look, self.room = document.part, look, room
        self.anchors: dict[str, int] = {}

    def block(self, block: WordBlock) -> Iterable[Any]:
        match block:
            case WordPara():
                yield self.para(block)
            case WordTable():
                yield self.table(block)
                yield element(
                    "w:p", element("w:pPr", element("w:spacing", before=0, after=0, line=120, lineRule="exact"))
                )
            case WordPicture():
                yield from self.picture(block)
            case WordBreak():
                yield element("w:p", element("w:r", element("w:br", type="page")))
            case WordContents():
                yield from self.contents(block)

    # -- paragraphs -------------------------------------------------------------------------------

    def para(self, para: WordPara) -> Any:
        style = style_of(para.style, self.look)
        frame = element("w:framePr", **FRAMES[para.style]) if para.style in FRAMES else None
        shape = element("w:pPr", element("w:pStyle", val=style.id), frame)
        hang = round(20 * para.hang) or _HANG
        if para.mark:
            shape.append(element("w:tabs", element("w:tab", val="left", pos=hang)))
        if para.before:
            shape.append(element("w:spacing", before=round(20 * (style.before + para.before))))
        if para.mark:
            shape.append(element("w:ind", left=hang, hanging=hang))
        if para.inset:
            shape.append(element("w:ind", right=round(20 * para.inset)))
        if para.align:
            shape.append(element("w:jc", val={"centre": "center"}.get(para.align, para.align)))
        if para.listed:  # Word takes it up when it counts the pages of the contents again
            shape.append(element("w:outlineLvl", val=0))
        made = element("w:p", shape)
        runs = [Run(f"{para.mark}\t", para.runs[0].lang if para.runs else "en")] if para.mark else []
        inside = [part for run in (*runs, *para.runs) for part in self.run(run)]
        if para.anchor:
            number = self.anchors.setdefault(para.anchor, len(self.anchors) + 1)
            start = element("w:bookmarkStart", id=number, name=para.anchor)
            inside = [start, *inside, element("w:bookmarkEnd", id=number)]
        made.extend(inside)
        return made

    def run(self, run: Run) -> Iterable[Any]:
        """Yield the runs of a text: characters beyond the first plane have a face of their own."""
        if run.field:
            yield from self.counted(run)
            return
        text = _NOT_XML.sub("", run.text)
        for n, part in enumerate(_RARE.split(text)):
            if part:
                yield self._run(part, run, rare=bool(n % 2))

    def _run(self, text: str, run: Run, *, rare: bool = False) -> Any:
        made = element("w:r", self._properties(run, rare=rare))
        made.text = text
        return made

    def _properties(self, run: Run, *, rare: bool = False) -> Any:
        """Return the properties of a run in the order of the standard: style, face, weight, language."""
        chinese = run.lang == "zh"
        said = TAGS.get(run.lang, run.lang)
        face = {"eastAsia": self.look.rare, "ascii": self.look.rare, "hAnsi": self.look.rare} if rare else {}
        return element(
            "w:rPr",
            element("w:rStyle", val="StandIn") if run.grey else None,
            element("w:rFonts", hint="eastAsia", **face) if chinese or rare else None,
            *(element(tag) for tag in ("w:b", "w:bCs") if run.bold),
            *(element(tag, val=round(2 * run.size)) for tag in ("w:sz", "w:szCs") if run.size),
            element("w:lang", **({"eastAsia": said} if chinese else {"val": said})),
        )

    def counted(self, run: Run, shown: str = "1", *, dirty: bool = False) -> Iterable[Any]:
        """Yield a field that Word counts, with what stands there until it does."""
        more = {"dirty": "true"} if dirty else {}
        yield element("w:r", self._properties(run), element("w:fldChar", fldCharType="begin", **more))
        code = element("w:instrText")
        code.text = f" {run.field} "
        code.set(qn("xml:space"), "preserve")
        yield element("w:r", self._properties(run), code)
        yield element("w:r", self._properties(run), element("w:fldChar", fldCharType="separate"))
        if shown:
            yield self._run(shown, run)
        yield element("w:r", self._properties(run), element("w:fldChar", fldCharType="end"))

    def contents(self, contents: WordContents) -> Iterable[Any]:
        """Yield a field of contents that holds the headings already, as links; their pages stand there once Word has counted them."""
        last = len(contents.entries) - 1
        depth = max((level for _, level, _ in contents.entries), default=1)
        field = list(self.counted(Run("", field=f'TOC \\o "1-{depth}" \\h \\z \\u'), "", dirty=True))
        for n, (runs, level, anchor) in enumerate(contents.entries):
            made = self.para(WordPara((), f"contents{min(level, 2)}"))
            if n == 0:
                made.extend(field[:-1])
            link = element("w:hyperlink", anchor=anchor, history=1)
            link.extend(part for run in runs for part in self.run(run))
            made.append(link)
            if n == last:
                made.append(field[-1])
            yield made

    # -- pictures ---------------------------------------------------------------------------------

    def picture(self, picture: WordPicture, room: float = 0.0) -> Iterable[Any]:
        """Yield a paragraph with a picture; nothing where Word could not show it."""
        width = min(picture.width, room or self.room)
        size = Mm(width), Mm(picture.height * width / picture.width)
        try:
            inline = self.part.new_pic_inline(io.BytesIO(picture.data), *size)
        except (UnrecognizedImageError, OSError, ValueError, KeyError):
            return
        inline.docPr.set("descr", _NOT_XML.sub("", picture.alt))
        made = self.para(WordPara((), "picture", align="" if picture.align == "left" else picture.align))
        made.append(element("w:r", element("w:drawing", inline)))
        yield made

    # -- tables -----------------------------------------------------------------------------------

    def table(self, table: WordTable, room: float = 0.0) -> Any:
        """Return a table with fixed columns, whose heads repeat and whose rows stay whole."""
        whole = (room or self.room) * _TWIPS
        widths = [round(whole * share / sum(table.shares)) for share in table.shares]
        shown = {"val": "0620" if table.heads else "0600", "firstRow": int(bool(table.heads))}
        look = element("w:tblLook", **shown, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
        made = element(
            "w:tbl",
            element(
                "w:tblPr",
                element("w:tblStyle", val=TABLES[table.form].replace(" ", "")),
                element("w:tblW", w=sum(widths), type="dxa"),
                element("w:tblLayout", type="fixed"),
                look,
            ),
            element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        )
        for number, row in enumerate(table.rows):
            made.append(self._row(table, number, row, widths))
        return made

    def _row(self, table: WordTable, number: int, row: Sequence[WordCell], widths: Sequence[int]) -> Any:
        height = element("w:trHeight", val=round(table.height * _TWIPS), hRule="atLeast") if table.height else None
        head = element("w:tblHeader") if number < table.heads else None
        made = element("w:tr", element("w:trPr", element("w:cantSplit"), height, head))
        if number in table.whole:
            made.append(self._cell(row[0] if row else (), sum(widths), element("w:gridSpan", val=len(widths))))
            return made
        for n, (cell, width) in enumerate(zip((*row, *((),) * (len(widths) - len(row))), widths, strict=True)):
            tall = table.tall and n == len(widths) - 1
            merge = (element("w:vMerge", val="restart") if number == 0 else element("w:vMerge")) if tall else None
            made.append(self._cell(cell, width, merge))
        return made

    def _cell(self, cell: WordCell, width: int, merge: Any = None) -> Any:
        made = element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="dxa"), merge))
        for part in cell:
            made.extend(
                [self.para(part)] if isinstance(part, WordPara) else self.picture(part, width / _TWIPS - _INSET)
            )
        if len(made) == 1:
            made.append(self.para(WordPara((), "cell")))
        return made


# -- header and footer ----------------------------------------------------------------------------


def _edges(section: Any, told: WordFile, maker: _Maker) -> None:
    edges = told.edges
    section.different_first_page_header_footer = edges.first_header is not None or edges.first_footer is not None
    _fill(section.header, edges.header, maker)
    _fill(section.footer, edges.footer, maker)
    if section.different_first_page_header_footer:
        _fill(section.first_page_header, edges.header if edges.first_header is None else edges.first_header, maker)
        _fill(section.first_page_footer, edges.footer if edges.first_footer is None else edges.first_footer, maker)


def _fill(edge: Any, blocks: Iterable[WordPara | WordTable], maker: _Maker) -> None:
    edge.is_linked_to_previous = False
    own = edge._element  # noqa: SLF001 (no public way to put a made element into a header)
    for each in list(own):
        own.remove(each)
    body, maker.part = maker.part, edge.part
    for block in blocks:
        own.append(maker.para(block) if isinstance(block, WordPara) else maker.table(block))
    maker.part = body
    own.append(element("w:p", element("w:pPr", element("w:pStyle", val="Header"))))


def write_word(target: Path, told: WordFile) -> None:
    write_file(target, word_of(told))


def word_of(told: WordFile) -> bytes:
    """Return a document as bytes: the same for the same contents."""
    held = io.BytesIO()
    built(told).save(held)
    return _dated(held, told.time)


def _dated(held: io.BytesIO, time: datetime) -> bytes:
    """Return the archive with the time of its contents instead of the computer's."""
    dated = io.BytesIO()
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, time.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, made.read(name))
    return dated.getvalue()
