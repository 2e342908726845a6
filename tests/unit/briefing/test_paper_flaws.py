"""The eye that looks at papers sees what is wrong: each fault planted once, on a page drawn by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.helpers.paper_flaws import flaws
from tests.unit.briefing.everything import META, TITLE
from tests.unit.briefing.sample import bi
from ucapdesk.briefing.blocks.content import Column, Paper, Section, Table, Text
from ucapdesk.briefing.blocks.elements import Para
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.styles import MM

A4 = (210 * MM, 297 * MM)
LEFT = 26 * MM
SAID = bi("Call +34 600 000 000 about the Commission and EUR 75,000", "请拨打+34 600 000 000，商定75,000欧元")
PAPER = Paper(TITLE, ("en", "zh"), META, (Section((Text((Para(SAID),)),)),))
FOOT = (LEFT, 12 * MM, "Page 1 of 1 第1页，共1页", 7.5)
Put = tuple[float, float, str, float]


def drawn(lines: Sequence[Put], more: Callable[[Canvas], None] = lambda _: None, foot: Put | None = FOOT) -> bytes:
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
    return flaws(drawn(lines, more, foot), PAPER)


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
    assert flaws(drawn([*at("Point of the day"), *row], foot=foot), paper) == []
    assert any("no head" in flaw for flaw in flaws(drawn(row, foot=foot), paper))
