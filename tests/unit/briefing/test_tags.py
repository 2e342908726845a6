"""Whoever hears a paper hears headings, pairs in their languages, tables cell by cell, and what a picture shows.

The eye that looks at papers sees what is wrong: each fault planted once, on a page drawn by hand.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.helpers.paper_flaws import flaws, rendered
from tests.helpers.paper_structure import Heard, heard
from tests.unit.briefing.everything import META, TITLE, bi, label, pack, photo, printed
from ucapdesk.briefing.blocks.content import (
    FACING,
    Column,
    Contents,
    Facts,
    Group,
    PageSetup,
    Paper,
    Section,
    Table,
    Text,
)
from ucapdesk.briefing.blocks.content import Fact as OneFact
from ucapdesk.briefing.blocks.elements import Para, Picture, Words
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.styles import MM


def parts(pdf: bytes) -> list[Heard]:
    return [each for page in heard(pdf) for each in page]


def test_pairs_are_heard_one_after_the_other_each_in_its_language() -> None:
    pairs = tuple(Para(bi(f"Sentence {n}.", f"第{n}句。")) for n in range(12))
    said = [(each.language, each.text) for each in parts(printed(Text(pairs))) if each.role == "P"]
    wanted = [pair for n in range(12) for pair in (("en", f"Sentence {n}."), ("zh-Hans", f"第{n}句。"))]
    assert [each for each in said if each in wanted] == wanted


def test_headings_have_levels_without_a_gap() -> None:
    levels = [
        int(role[1])
        for each in parts(printed(_headed()))
        for role in (each.role, *each.within)
        if re.fullmatch(r"H\d", role)
    ]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_a_heading_in_another_language_is_heard_in_it_on_official_pages_too() -> None:
    section = Section((Text((Para(bi("One", "一")),)),), Words({"zh": "线路与场站"}), "2")
    paper = replace(pack(), languages=("en",), sections=(section,), page=PageSetup(official=True))
    assert [each.language for each in parts(rendered(paper)) if "线路" in each.text] == ["zh-Hans"]


def _headed() -> Text:
    return Text((Para(bi("One", "一")),), label("Head", "标题"))


def test_a_table_is_heard_cell_by_cell_with_its_heads_once() -> None:
    columns = (Column(label("Name", "姓名"), 5), Column(label("Post", "职务"), 5))
    people = tuple(((Para(bi(f"Person {n}", f"人{n}")),), (Para(bi(f"Post {n}", f"职{n}")),)) for n in range(60))
    pages = heard(printed(Table(columns, (Group(label("City", "城市")), *people))))
    assert len(pages) > 1
    cells = [(each.within[-2:], each) for page in pages for each in page if "Table" in each.within]
    heads = [each.text for _, each in cells if "TH" in (each.role, *each.within)]
    assert heads == ["Name", "姓名", "Post", "职务"], "once, however many pages"
    said = [
        each.text
        for _, each in cells
        if each.text.startswith(("Person", "Post ", "人", "职")) and each.text[-1].isdigit()
    ]
    assert said == [text for n in range(60) for text in (f"Person {n}", f"人{n}", f"Post {n}", f"职{n}")]


def test_a_picture_is_heard_as_what_it_shows() -> None:
    portrait = Picture(photo(), 20, 30, alt=(("en", "Ms Ana"), ("zh", "安娜女士")))
    figures = [
        each.text
        for each in parts(printed(Facts((OneFact(bi("A", "甲"), (Para(bi("b", "乙")),)),), portrait)))
        if each.role == "Figure"
    ]
    assert figures == ["Ms Ana"]


def test_lists_and_contents_are_heard_as_such() -> None:
    found = parts(printed(Contents(), Text((Para(bi("Point", "要点"), mark="–"),))))
    assert any("LI" in each.within and "Point" in each.text for each in found)


def test_addresses_and_numbers_lead_somewhere() -> None:
    file = printed(Text((Para(Words.plain("ana@example.org, +34 958 000 000, www.example.org")),)))
    for target in (b"mailto:ana@example.org", b"tel:+34958000000", b"https://www.example.org"):
        assert target in file


@pytest.mark.parametrize("hostile", [False, True])
def test_everything_that_is_printed_is_heard_or_marked_as_decoration(hostile: bool) -> None:
    file = rendered(pack(hostile=hostile))
    document = pypdfium2.PdfDocument(file)
    try:
        assert all(page for page in heard(file)), "no page is silent"
        assert document.get_metadata_dict()["CreationDate"].startswith(f"D:{META.printed:%Y%m%d%H%M%S}")
    finally:
        document.close()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file
    assert file == rendered(pack(hostile=hostile)), "the same bytes again"


def test_contents_are_heard_in_their_languages() -> None:
    said = [each for each in parts(rendered(pack())) if "TOCI" in each.within]
    for language in ("en", "zh-Hans"):
        assert [each for each in said if each.language == language]
    assert not [each for each in said if re.search("[\u4e00-\u9fff]{2}", each.text) and each.language != "zh-Hans"]


def test_a_table_on_facing_pages_has_its_heads_in_each_language_however_long_it_is() -> None:
    columns = (Column(label("Name", "姓名"), 5), Column(label("Post", "职务"), 5))
    people = tuple(((Para(bi(f"Person {n}", f"人{n}")),), (Para(bi(f"Post {n}", f"职{n}")),)) for n in range(90))
    paper = replace(pack(), layout=FACING, sections=(Section((Table(columns, people),)),))
    file = rendered(paper)
    assert len(heard(file)) > 4
    assert (file.count(b"/S /Table"), file.count(b"/S /TH")) == (2, 4), "a table for each language, not one a page"
    said = [each for each in parts(file) if "Table" in each.within]
    assert not [each for each in said if each.language != ("en" if each.text.isascii() else "zh-Hans")]


A4 = (210 * MM, 297 * MM)
LEFT = 26 * MM
SAID = bi("Call +34 600 000 000 about the Commission and EUR 75,000", "请拨打+34 600 000 000，商定75,000欧元")
PAPER = Paper(TITLE, ("en", "zh"), META, (Section((Text((Para(SAID),)),)),))
FOOT = (LEFT, 12 * MM, "Page 1 of 1 第1页，共1页", 7.5)
Put = tuple[float, float, str, float]


def drawn_by_hand(
    lines: Sequence[Put], more: Callable[[Canvas], None] = lambda _: None, foot: Put | None = FOOT
) -> bytes:
    """A page with lines at places."""
    target = BytesIO()
    for face in (fonts.REGULAR, fonts.HAN_REGULAR):
        fonts.font(face)
    canvas = Canvas(target, pagesize=A4)
    more(canvas)
    for x, y, text, size in (*lines, *([foot] if foot else [])):
        han = any(char >= "\u3000" for char in text)
        canvas.setFont(fonts.HAN_REGULAR if han else fonts.REGULAR, size)
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def found(lines: Sequence[Put], more: Callable[[Canvas], None] = lambda _: None, foot: Put | None = FOOT) -> list[str]:
    return flaws(drawn_by_hand(lines, more, foot), PAPER)


def at(*texts: str, y: float = 700.0) -> list[Put]:
    """Lines under each other."""
    return [(LEFT, y - 14 * n, text, 9.5) for n, text in enumerate(texts)]


def test_a_good_page_has_no_flaw() -> None:
    assert found(at("Call +34 600 000 000 about the", "Commission and EUR 75,000")) == []
    assert found(at("3", "4")) == [], "numbers of rows"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("请拨打电话", "，商定"), "begins with “，”"),
        (("请拨打（", "电话"), "ends with “（”"),
        (("Call about the Commis", "sion and more"), "“Commis|sion” is broken"),
        (("Call about the Commission and EUR", "75,000"), "“EUR|75,000” is broken"),
        (("Call about the Commission and EUR 75,", "000"), "is broken"),
        (("Call +34 600", "000 000 about the Commission"), "is broken"),
        (("Call about [U+1F389]",), "nobody is told that U+1F389"),
        (("Call about the Comm…",), "cut off"),
    ],
)
def test_what_is_wrong_with_lines(lines: tuple[str, ...], said: str) -> None:
    assert any(said in flaw for flaw in found(at(*lines)))


@pytest.mark.parametrize("place", [(8 * MM, 700.0), (180 * MM, 700.0), (LEFT, 2 * MM)])
def test_what_stands_outside(place: tuple[float, float]) -> None:
    assert any("outside" in flaw for flaw in found([(*place, "Call about the Commission", 9.5)]))


def test_what_lies_over_something_else() -> None:
    for beside in ((LEFT, 696, "Commission", 9.5), (LEFT + 30, 700, "Commission", 9.5)):
        assert any("lies over “" in flaw for flaw in found([*at("Call about"), beside]))

    def picture(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), LEFT, 690, 40, 40)

    over = found(at("Call about"), picture)
    assert any("over a picture" in flaw for flaw in over)
    ruled = found(at("Call about"), lambda canvas: canvas.rect(LEFT, 702.5, 100, 0.4, stroke=0, fill=1))
    assert any("a rule runs through" in flaw for flaw in ruled)
    under = found(at("Call about"), lambda canvas: canvas.rect(LEFT, 695, 100, 0.4, stroke=0, fill=1))
    assert under == []


def test_pages_without_contents_or_number() -> None:
    assert any("empty" in flaw for flaw in found([]))
    assert "no page says anything" in found([], foot=None)
    wrong = (LEFT, 12 * MM, "Page 2 of 3 第2页，共3页", 7.5)
    assert sum("is not at its foot" in flaw for flaw in found(at("Call"), foot=wrong)) == 2
    bold = fonts.font(fonts.BOLD).fontName

    def heading(canvas: Canvas) -> None:
        canvas.setFont(bold, 14)
        canvas.drawString(LEFT, 700, "1 Commission")

    assert any("only a heading" in flaw for flaw in found([], heading))


def test_two_languages_that_do_not_begin_at_one_height() -> None:
    right = (LEFT + 260, 700.0, "请拨打+34 600 000 000", 9.5)
    both = [*at("Call +34 600 000 000 about"), right]
    assert found(both) == []
    assert any("at one height" in flaw for flaw in found([*at("Call +34 600 000 000 about", y=686), right]))


def test_a_row_over_which_no_head_stands() -> None:
    table = Table((Column(bi("Point of the day", "当日事项"), 1),), (((Para(SAID),),),))
    paper = Paper(TITLE, ("en",), META, (Section((table,)),))
    foot = (LEFT, 12 * MM, "Page 1 of 1", 7.5)
    row = at("Call +34 600 000 000 about the", "Commission and EUR 75,000", y=686)
    assert flaws(drawn_by_hand([*at("Point of the day"), *row], foot=foot), paper) == []
    assert any("no head" in flaw for flaw in flaws(drawn_by_hand(row, foot=foot), paper))
