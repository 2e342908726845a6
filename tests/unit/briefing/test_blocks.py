"""What each block owes its reader: plans name everybody once, charts need no colour, booklets fold, codes are those of ReportLab.

A seating plan names everybody at the seat, in one size, or nobody; it stands on the page it was asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from random import Random

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from tests.helpers.drawn_lines import Drawn, drawn_lines, extracted
from tests.helpers.paper_flaws import flaws, rendered
from tests.unit.briefing.everything import (
    BOTH,
    HOSTILE,
    META,
    TITLE,
    banquet,
    bi,
    cover,
    label,
    pack,
    photo,
    plan,
    printed,
    signatures,
    timeline,
)
from ucapdesk.briefing.blocks.content import (
    FACING,
    SIDE_BY_SIDE,
    STACKED,
    Column,
    Fact,
    Facts,
    Group,
    PageSetup,
    Paper,
    Ruled,
    Section,
    Signatures,
    Table,
    Text,
)
from ucapdesk.briefing.blocks.elements import (
    CARD_FORMS,
    QR,
    Bar,
    BoardCard,
    CardLine,
    Cards,
    Chart,
    Face,
    Para,
    Picture,
    Plan,
    Seat,
    Thing,
    Words,
)
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.blocks.qr_code import modules_of
from ucapdesk.briefing.pages.render import impose, render
from ucapdesk.briefing.text.paragraphs import Box, ParagraphLayout, Wanted, fit
from ucapdesk.briefing.text.styles import MM, Sheet, StyleSheet
from ucapdesk.model.rules.sides import PARTY_MARKS


def images(pdf: bytes) -> list[tuple[float, float, float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            thing.get_bounds()
            for page in document
            for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=2)
        ]
    finally:
        document.close()


# -- plans ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [PageSetup(), PageSetup(size="A3", landscape=True), PageSetup(size="A5")])
def test_everybody_stands_on_a_plan_once_or_under_it(page: PageSetup) -> None:
    seats = 9
    names = [bi(f"Person{n:02d} Ofnumber{n:02d}", f"第{n:02d}号先生") for n in range(2 * seats)]
    names[4] = HOSTILE[0]
    places = tuple(
        Seat(
            20 * (n % seats + 0.5),
            30 if n < seats else 60,
            name,
            PARTY_MARKS[n // seats],
            str(n + 1),
            None,
            "above" if n < seats else "below",
        )
        for n, name in enumerate(names)
    )
    room = Plan((Thing("table", 0, 36, 20 * seats, 18),), places, rows=True)
    for languages in (("en",), ("zh",)):
        text = re.sub(r"\s", "", extracted(printed(room, languages=languages, page=page)))
        for n, name in enumerate(names):
            if n != 4:
                assert text.count(re.sub(r"\s", "", name.text[languages[0]] or "")) == 1, (n, page)
    assert "5国际可持续城市" in text, "a name without room stands under the plan, after the number of its seat"


def test_sides_with_names_of_a_whole_page_leave_the_room_as_it_is() -> None:
    room = plan()
    legend = (bi("Side " * 400, "一方" * 600), bi("Other " * 300, "另一方" * 400))
    sides = tuple(zip(PARTY_MARKS, legend, strict=False))
    lines = drawn_lines(printed(Plan(room.things, room.seats, sides, rows=True)))
    table = next(line for line in lines if line.text == "Talks")
    door = next(line for line in lines if line.text == "Door")
    assert (table.page, table.y > door.y) == (door.page, True)


def test_numbers_stand_inside_their_seats() -> None:
    lines = [line for line in drawn_lines(printed(plan(seats=7))) if line.text in {str(n) for n in range(1, 15)}]
    assert sorted(int(line.text) for line in lines) == list(range(1, 15))
    upper = [line for line in lines if int(line.text) <= 7]
    lower = [line for line in lines if int(line.text) > 7]
    assert len({round(line.y) for line in upper}) == len({round(line.y) for line in lower}) == 1
    for above, below in zip(sorted(upper, key=_middle), sorted(lower, key=_middle), strict=True):
        assert _middle(above) == pytest.approx(_middle(below), abs=0.6)
    assert len({line.size for line in lines}) == 1


def _middle(line: Drawn) -> float:
    return (line.x + line.right) / 2


def test_a_round_table_has_names_outside_it() -> None:
    lines = drawn_lines(printed(banquet()))
    table = next(line for line in lines if line.text == "Table 1")
    for line in lines:
        if line.text.startswith(("Mr ", "Ms ")):
            assert abs(line.y - table.y) > 20 or abs(_middle(line) - _middle(table)) > 60


# -- tables ---------------------------------------------------------------------------------------


def test_numbers_and_their_head_end_at_the_right_of_their_column() -> None:
    columns = (
        Column(label("Car", "车辆"), 5),
        Column(label("Seats", "座位数"), 3, align="right"),
        Column(label("For", "用途"), 4),
    )
    rows = tuple(
        ((Para(bi("Bus", "大巴")),), (Para(Words.plain(n)),), (Para(bi("all", "全体")),)) for n in ("7", "1,200")
    )
    lines = drawn_lines(printed(Table(columns, rows)))
    ends = [line.right for line in lines if line.text in ("7", "1,200")] + [
        max(line.right for line in lines if line.text.endswith("座位数"))
    ]
    assert max(ends) - min(ends) < 1.5
    assert any(line.text.startswith("Seats") for line in lines)


def test_a_column_of_numbers_keeps_its_head_whole_where_the_others_ask_for_more_than_there_is() -> None:
    long = Words.plain("Internationalisation")
    columns = (Column(label("No.", "序号"), 1, numbered=True), *(Column(label("Word", "词"), 9) for _ in range(6)))
    table = Table(columns, (((), *[(Para(long),)] * 6),))
    assert {"No.", "序号"} <= {
        line.text
        for line in drawn_lines(rendered(Paper(TITLE, BOTH, META, (Section((table,)),), page=PageSetup(size="A5"))))
    }


@pytest.mark.parametrize("layout", [STACKED, FACING])
def test_a_label_whose_words_find_no_room_beside_its_text_stands_above_it(layout: str) -> None:
    names = Words({"de": "Wichtigste Herausforderungen des Kooperationsthemas", "zh": "合作主题的主要挑战"})
    text = Text((Para(Words({"de": "Finanzierung", "zh": "融资"})),), names)
    target = BytesIO()
    paper = Paper(TITLE, ("de", "zh"), META, (Section((text,)),), layout=layout, page=PageSetup(size="A5"))
    render(paper, target)
    assert flaws(target.getvalue(), paper) == []
    assert "Kooperationsthemas" in " ".join(line.text for line in drawn_lines(target.getvalue()))


def test_a_text_that_stands_in_has_room_for_its_tag_beside_the_other_language() -> None:
    target = BytesIO()
    table = Table(
        (Column(label("Place", "地点"), 1), Column(label("Note", "备注"), 1)), (((Para(bi("Hall", "厅")),), ()),)
    )
    render(Paper(TITLE, ("es", "zh"), META, (Section((table,)),)), target)
    texts = [line.text.replace("\u00a0", " ") for line in drawn_lines(target.getvalue())]
    assert {"[EN] Place", "地点"} <= set(texts), "with white between them"


@pytest.mark.parametrize(
    ("layout", "official"), [(SIDE_BY_SIDE, False), (STACKED, False), (FACING, False), (STACKED, True)]
)
def test_what_lacks_a_chinese_text_stands_in_the_other_language_of_the_paper(layout: str, official: bool) -> None:
    lacking = Words({"en": "Waterfront", "es": "Malecón"})
    led = Para(Words.plain("Malik"), lead=bi("Chair", "主持"))
    table = Table((Column(label("Theme", "主题"), 5),), (((Para(lacking),),), ((led,),)))
    sections = (Section((Text((Para(lacking),)), table), heading=lacking),)
    texts = [
        line.text
        for line in drawn_lines(
            rendered(Paper(lacking, ("es", "zh"), META, sections, layout=layout, page=PageSetup(official=official)))
        )
    ]
    assert any("Malecón" in text for text in texts)
    assert ("［西班牙文］Malecón" in texts) == (layout != STACKED or official), "or it says that it is not translated"
    assert not any("Waterfront" in text for text in texts)
    assert "主持：Malik" in texts, "what it is said of is told in each language, though the name is the same"


def test_what_is_said_of_a_day_stands_on_the_page_on_which_its_table_begins() -> None:
    hotel = Fact(label("Hotel", "酒店"), (Para(bi("Lapland", "拉普兰")),))
    people = tuple(
        Fact(label(each, each), (Para(Words.plain(each)),))
        for each in ("Dress", "Turku side", "Dalian side", "Interpreter")
    )
    facts = Facts((hotel, *people))
    table = Table((Column(label("Time", "时间"), 5),), (((Para(Words.plain("Arrival")),),),))
    for n in range(16, 40, 3):
        above = Section((Text(tuple(Para(bi("Line", "行")) for _ in range(n))),))
        pages = {
            line.text: line.page
            for line in drawn_lines(
                rendered(Paper(TITLE, BOTH, META, (above, Section((facts, table), label("Day", "日程")))))
            )
        }
        assert pages["Hotel"] == pages["Arrival"], n


def test_a_word_rather_parts_behind_its_slash_and_a_tag_before_its_word_than_within_one() -> None:
    paragraphs = ParagraphLayout(StyleSheet(), ("it", "zh"))
    narrow = Box(0.0, 0.0, 0.95 * paragraphs.width("Coordinatore/", "it", paragraphs.styles.style("text")))

    def lines(words: Words) -> list[str]:
        return [line.line.text for line in paragraphs.para(Para(words), "it", paragraphs.styles.style("text"), narrow)]

    assert lines(Words.plain("Coordinatore/trice")) == ["Coordinatore/", "trice"]
    assert lines(Words({"en": "Photographers"})) == ["[EN]", "Photographers"]


def test_what_is_not_yet_translated_is_said_in_whole_words_in_a_narrow_column() -> None:
    paper = Paper(TITLE, ("zh", "en"), META, ())
    both = LanguageLayout(paper, Sheet(), StyleSheet())
    styles = both.styles_of("text")
    narrow = Box(0.0, 0.0, 0.95 * both.paragraphs.width("translated]", "en", styles[1]))
    lines = both.both(Para(Words({"zh": "上海"})), narrow, *styles)
    assert [line.line.text for line in lines] == ["上海", "[not yet", "translated]"]


def test_the_title_of_facing_pages_has_one_page_alone_however_long_it_is() -> None:
    long = bi("Cooperation Centre for Sustainable Urban Development " * 8, "国际可持续城市发展合作中心" * 44)
    sections = tuple(Section((Text((Para(bi("Talks", "会谈")),)),), new_page=True) for _ in range(2))
    page = PageSetup(landscape=True)
    paper = Paper(long, BOTH, replace(META, dates=long), sections, FACING, page=page)
    target = BytesIO()
    assert render(paper, target).pages == 1 + 2 * len(sections)
    assert flaws(target.getvalue(), paper) == []


def test_a_group_that_runs_over_a_page_says_so_on_the_next_one() -> None:
    columns = (Column(label("Time", "时间"), 1), Column(label("Programme", "日程"), 4))
    rows = tuple(
        ((Para(Words.plain(f"{n // 4:02}:{n % 4 * 15:02}")),), (Para(bi("Talks", "会谈")),)) for n in range(60)
    )
    lines = drawn_lines(printed(Table(columns, (Group(bi("Monday", "星期一")), *rows))))
    pages = max(line.page for line in lines)
    assert pages > 1
    assert [line.page for line in lines if line.text.startswith("Monday (continued)")] == list(range(2, pages + 1))
    assert sum("星期一（续）" in line.text for line in lines) == pages - 1


def test_what_finds_no_room_at_all_is_left_out_and_named() -> None:
    styles = StyleSheet.of(PageSetup())
    wanted = [Wanted("abc", "en", styles.style("text")), Wanted("a long name indeed", "en", styles.style("text"))]
    shortened: list[str] = []
    assert fit(ParagraphLayout(styles, BOTH), wanted, 3.0, 3.0, shortened) == []
    assert shortened == ["abc", "a long name indeed"]


# -- charts, timelines, places to sign ------------------------------------------------------------


def test_series_of_a_chart_are_told_apart_in_black_and_white() -> None:
    one = Chart((Bar(label("2019", "2019年"), (10.0, 10.0, 10.0, 10.0)),), tuple(bi(f"S{n}") for n in range(4)))
    document = pypdfium2.PdfDocument(printed(one, languages=("en",)))
    grey = document[0].render(scale=4, grayscale=True).to_pil()
    lines = [line for line in drawn_lines(printed(one, languages=("en",))) if line.text == "10"]
    assert len(lines) == 4
    looks = set()
    for line in lines:
        right, middle = (line.x - 14) * 4, (297 * MM - line.y - 0.36 * line.size) * 4
        patch = grey.crop((int(right - 300), int(middle - 8), int(right), int(middle + 8)))
        dark = sum(value < 128 for value in patch.tobytes()) / (patch.width * patch.height)
        light = sum(value > 250 for value in patch.tobytes()) / (patch.width * patch.height)
        looks.add((round(dark, 1), round(light, 1)))
    assert len(looks) == 4, looks
    document.close()


@pytest.mark.parametrize("values", [(), (0.0, 0.0), (-3.0, float("nan")), (1e300, 1.0), (float("inf"), 2.0)])
def test_a_chart_of_any_numbers_prints(values: tuple[float, ...]) -> None:
    printed(Chart((Bar(label("x", "某"), values), Bar(HOSTILE[0], values)), (label("A", "甲"), label("B", "乙"))))


def test_a_timeline_runs_on_over_pages_and_names_what_happened() -> None:
    lines = drawn_lines(printed(timeline(), timeline(), timeline()))
    said = Counter(line.text.split(":")[0] for line in lines if line.text.startswith(("Visit:", "Memorandum:")))
    assert said == {"Visit": 6, "Memorandum": 3}


def test_the_party_that_keeps_the_copy_signs_at_the_left() -> None:
    both = signatures()
    for parties in (both.parties, both.parties[::-1]):
        lines = drawn_lines(printed(Signatures(parties)))
        first, second = (
            next(line for line in lines if line.text == (party.party.text["en"] or "")) for party in parties
        )
        assert first.x < second.x
        assert first.y == second.y


def test_lines_to_write_on_fill_the_rest_of_the_page_and_no_more() -> None:
    document = pypdfium2.PdfDocument(printed(Text((Para(bi("Notes", "备注")),)), Ruled()))
    assert len(document) == 1
    rules = [
        thing.get_bounds()
        for thing in document[0].get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,))
        if thing.get_bounds()[2] - thing.get_bounds()[0] > 160 * MM
    ]
    lowest = min(bottom for _, bottom, *_ in rules)
    assert 20 * MM - 1 <= lowest <= 20 * MM + 10 * MM
    document.close()


# -- pages ----------------------------------------------------------------------------------------


@pytest.mark.row("B18")
@pytest.mark.parametrize("pages", [1, 4, 5, 8, 19])
def test_a_booklet_folds_into_its_order(pages: int) -> None:
    sides = impose(pages)
    assert len(sides) % 2 == 0
    order: dict[int, int | None] = {}
    for leaf, front in enumerate(range(0, len(sides), 2)):  # the outermost sheet comes first
        (last, first), (second, before_last) = sides[front], sides[front + 1]
        total = 2 * len(sides)
        order |= {2 * leaf: first, 2 * leaf + 1: second, total - 2 * leaf - 2: before_last, total - 2 * leaf - 1: last}
    read = [order[at] for at in range(2 * len(sides))]
    assert read == [*range(1, pages + 1), *[None] * (len(read) - pages)]


def test_a_booklet_is_two_pages_on_a_lying_sheet() -> None:
    target = BytesIO()
    report = render(pack(page=PageSetup(booklet=True)), target)
    document = pypdfium2.PdfDocument(target.getvalue())
    assert len(document) == -(-report.pages // 4) * 2
    assert document[0].get_size() == pytest.approx((2 * 148 * MM, 210 * MM), abs=0.5)
    document.close()


@pytest.mark.row("B18")
def test_large_print_is_sixteen_points() -> None:
    lines = drawn_lines(printed(Text((Para(bi("Large words", "大字")),)), page=PageSetup(large=True)))
    assert next(line.size for line in lines if line.text == "Large words") == pytest.approx(16, abs=0.1)


def test_a_cover_is_one_page_with_its_portrait_beside_the_title() -> None:
    for languages, layout in ((BOTH, "side-by-side"), (BOTH, FACING), (("zh",), "stacked")):
        paper = Paper(TITLE, languages, META, (Section((cover(),)),), layout)
        target = BytesIO()
        assert render(paper, target).pages == 1
        assert flaws(target.getvalue(), paper) == []
        faces = [box for box in images(target.getvalue()) if box[3] - box[1] > box[2] - box[0]]
        assert len(faces) == 1
        assert faces[0][0] > 105 * MM


def test_a_crowded_cover_is_one_page_for_both_languages_of_facing_pages_too() -> None:
    long = bi(
        "To sign the memorandum of understanding on hydrogen buses and to visit the depot. " * 14, "签署备忘录。" * 8
    )
    crowded = replace(cover(), facts=(*cover().facts, Fact(label("Purpose", "访问目的"), (Para(long),))))
    paper = Paper(TITLE, BOTH, META, (Section((crowded,)),), FACING)
    target = BytesIO()
    assert render(paper, target).pages == 1
    lines = drawn_lines(target.getvalue())
    for said in ("Own delegation", "本团内部版"), ("Coordinator", "联系员"):
        assert all(any(each in line.text for line in lines) for each in said)


# -- pictures and codes ---------------------------------------------------------------------------


def test_a_picture_that_cannot_be_shown_is_left_out() -> None:
    bomb = BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")  # more than is taken for a picture
    for data in (None, b"", b"not a picture", photo()[:200], bomb.getvalue()):
        assert (
            images(printed(Picture(data, 60, 40), Facts((Fact(bi("A"), (Para(bi("b")),)),), Picture(data, 20, 20))))
            == []
        )


def test_a_picture_keeps_its_proportions_and_stays_small() -> None:
    big = BytesIO()
    Image.effect_noise((3000, 1500), 90).convert("RGB").save(big, "JPEG", quality=95)
    file = printed(Picture(big.getvalue(), 60, 60))
    ((left, bottom, right, top),) = images(file)
    assert (right - left) / MM == pytest.approx(60, abs=0.2)
    assert (top - bottom) / MM == pytest.approx(30, abs=0.2)
    assert len(file) < len(big.getvalue()) / 3


def test_a_photo_is_turned_as_the_camera_was_held_and_white_stays_white() -> None:
    turned = BytesIO()
    image = Image.new("RGB", (400, 200), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(turned, "JPEG", exif=exif)
    ((left, bottom, right, top),) = images(printed(Picture(turned.getvalue(), 50, 50)))
    assert top - bottom > right - left
    clear = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(clear, "PNG")
    document = pypdfium2.PdfDocument(printed(Picture(clear.getvalue(), 50, 50)))
    grey = document[0].render(scale=1, grayscale=True).to_pil()
    ((left, bottom, right, top),) = images(printed(Picture(clear.getvalue(), 50, 50)))
    height = grey.height
    inner = grey.crop((int(left) + 3, int(height - top) + 3, int(right) - 3, int(height - bottom) - 3))
    assert min(inner.tobytes()) > 250
    document.close()


def test_a_code_has_white_around_it_and_too_much_text_gives_none() -> None:
    from ucapdesk.briefing.blocks.pictures import qr_shapes

    shapes = qr_shapes("https://example.org", 0.0, 0.0, 100.0)
    assert min(shape.x for shape in shapes) > 8
    assert max(shape.top for shape in shapes) < 92
    assert qr_shapes("x" * 3000, 0.0, 0.0, 100.0) == []
    for text in ("x" * 2213, "x" * 2214, "x" * 3000, "", "BEGIN:VCARD"):
        printed(Cards((BoardCard(Face((CardLine(bi("Name", "姓名"), 12),), qr=QR(text, 24))),), CARD_FORMS["badge-a6"]))


def test_headings_of_a_level_have_one_size_and_long_ones_wrap() -> None:
    """Side by side, a short and a long heading that differ in size look like two levels."""
    short, long = (
        bi("Hotels", "酒店"),
        bi("Office of the " + "Commission for Sustainable " * 4 + "Works", "可持续发展委员会办公室" * 4),
    )
    words = (Text((Para(bi("Words.", "文字。")),)),)
    sections = tuple(Section(words, head, str(n), level=2) for n, head in enumerate((short, long), 1))
    made = Paper(TITLE, BOTH, META, sections)
    lines = drawn_lines(rendered(made))
    sizes = {round(line.size, 1) for line in lines if "Hotels" in line.text or "Commission" in line.text}
    assert len(sizes) == 1, sizes
    assert sum("Commission" in line.text for line in lines) > 1, "the long one wraps"


LONG = (
    ("Bożena SZCZĘŚNIAK-GRZEGŻÓŁKA", "博热娜·什琴希尼亚克-格热格茹卡"),
    ("Eleftheria PAPADOPOULOU-KARAMANLI", "埃莱夫塞里娅·帕帕佐普卢-卡拉曼利"),
    ("Grzegorz BRZĘCZYSZCZYKIEWICZ", None),
    ("Łucja ŻÓŁĆ-KRZYŻANOWSKA", "武齐娅·茹奇-克日扎诺夫斯卡"),
    ("GONG Yan", "龚䶮"),
)
names = st.lists(st.sampled_from(LONG), min_size=2, max_size=26)


def _rows(people: Sequence[tuple[str, str | None]]) -> Plan:
    """Two rows facing each other, each person told apart by a number after the name."""
    half = -(-len(people) // 2)
    seats = tuple(
        Seat(26.0 * (n % half), 22.0 if n < half else 66.0, bi(f"{en} N{n:02}", zh and f"{zh}{n:02}"), PARTY_MARKS[n // half],
             str(n + 1), None, "above" if n < half else "below")
        for n, (en, zh) in enumerate(people)
    )  # fmt: skip
    return Plan((Thing("table", 0, 33, 26.0 * half, 22),), seats, rows=True)


@given(people=names, landscape=st.booleans())
@settings(max_examples=12, deadline=None)
def test_everybody_is_named_once_and_nobody_is_left_out(people: list[tuple[str, str | None]], landscape: bool) -> None:
    pdf = printed(_rows(people), page=PageSetup(landscape=landscape))
    text = "".join(extracted(pdf).split())
    assert [text.count(f"N{n:02}") for n in range(len(people))] == [1] * len(people)


@pytest.mark.parametrize("letters", [30, 31])
def test_names_beside_each_other_have_more_between_them_than_a_space(letters: int) -> None:
    lines = drawn_lines(printed(_rows([("Wang " + "i" * letters, None)] * 12)))
    named = [(len(re.findall(r"\bN\d\d", line.text)), line.right - line.x) for line in lines if "Wang" in line.text]
    alone = max(wide for n, wide in named if n < 2)
    close = [
        (wide - n * alone) / (n - 1) for n, wide in named if n > 1
    ]  # names with little between them are read as one
    assert min(close, default=9.0) > 4.5


@pytest.mark.parametrize("landscape", [False, True])
def test_names_at_seats_have_one_size_on_the_first_page(landscape: bool) -> None:
    people = [LONG[n % len(LONG)] for n in range(16)]
    lines = drawn_lines(printed(_rows(people), page=PageSetup(landscape=landscape)))
    named = [line for line in lines if re.search(r"\bN\d\d", line.text)]
    assert len(named) == len(people), "everybody stands at a seat"
    assert {line.page for line in named} == {min(line.page for line in lines)}
    assert len({round(line.size, 1) for line in named}) == 1


def test_where_one_name_has_no_room_nobody_is_named_at_the_seats() -> None:
    people = [*LONG, ("Longest " * 60, "最长的名字" * 60)]
    lines = drawn_lines(printed(_rows(people)))
    told = [line for line in lines if re.search(r"Bożena|GONG|Grzegorz|Łucja|Eleftheria", line.text)]
    assert len(told) == len(LONG)
    assert {round(line.size, 1) for line in told} == {9.5}, "in a list, under the plan"


def test_both_facing_pages_draw_the_room_alike() -> None:
    """In Chinese the names have room above and below long rows, in English only beside turned ones."""
    people = [("Brzęczyszczykiewicz", "李明")] * 20
    lines = drawn_lines(printed(_rows(people), layout="facing"))
    seats = [line for line in lines if line.text.isdigit()]
    left, right = ([line for line in seats if line.page % 2 == side] for side in (0, 1))
    assert len(left) == len(right) >= len(people)
    down = left[0].y - right[0].y
    assert all(
        abs(one.x - other.x) < 1 and abs(one.y - other.y - down) < 1 for one, other in zip(left, right, strict=True)
    )
    assert len({line.size for line in lines if re.search(r"N\d\d", line.text)}) == 1


def test_the_names_of_all_parties_have_one_size() -> None:
    """Some stand in a second row of the legend."""
    parties = tuple((mark, bi(f"Party {n}", f"第{n}方" if n else None)) for n, mark in enumerate(PARTY_MARKS[:5]))
    lines = drawn_lines(printed(replace(_rows(LONG), legend=parties)))
    assert len({round(line.size, 1) for line in lines if "Party" in line.text}) == 1


@pytest.mark.parametrize("many", [1, 14, 90, 91, 92, 93, 333, 2213])
def test_the_mask_is_the_one_that_reportlab_chooses(many: int) -> None:
    data = bytes(Random(many).choices(range(32, 255), k=many))
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(data))
    code.make()
    assert [list(map(bool, row)) for row in code.modules] == [list(row) for row in modules_of(data)]
