"""Every kind of block, on every kind of page, from kind and from hostile records: read back as drawn, nothing is wrong."""

from __future__ import annotations

import itertools
import os
import re
from dataclasses import replace
from io import BytesIO

import pytest

from tests.helpers.drawn_lines import Drawn, drawn_lines
from tests.helpers.paper_flaws import flaws
from tests.unit.briefing.everything import (
    BOTH,
    META,
    PEOPLE,
    PHONE,
    PURPOSE,
    TITLE,
    bi,
    cards,
    label,
    letter,
    members,
    pack,
    programme,
    signatures,
)
from ucapdesk.briefing.blocks.content import Block, Column, PageSetup, Paper, Section, Table, Text
from ucapdesk.briefing.blocks.elements import CARD_FORMS, Para, Words
from ucapdesk.briefing.pages.render import RenderReport, render
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.styles import MM

SERIF = "NotoSerif-Regular"  # Latin words on official pages: a name has one face, whatever its letters
PAGES = {
    "a5": PageSetup(size="A5"),
    "a3 lying": PageSetup(size="A3", landscape=True),
    "lying": PageSetup(landscape=True),
    "booklet": PageSetup(booklet=True),
    "large": PageSetup(large=True),
    "duplex": PageSetup(duplex=True),
    "official": PageSetup(official=True, duplex=True),
}


def printed(paper: Paper) -> bytes:
    return reported(paper)[0]


def reported(paper: Paper) -> tuple[bytes, RenderReport]:
    target = BytesIO()
    report = render(paper, target)
    return target.getvalue(), report


def one(*blocks: Block, languages: tuple[str, ...] = BOTH, **options: object) -> Paper:
    section = Section(tuple(blocks), label("Meeting", "会谈"), "1")
    return Paper(TITLE, languages, META, (section,), **options)  # type: ignore[arg-type]


SOAK = bool(os.environ.get("UCAPDESK_SOAK"))


@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("languages", [BOTH, ("zh",), ("de", "zh"), *([("zh", "en"), ("en",)] if SOAK else [])])
def test_nothing_is_wrong_in_any_language(languages: tuple[str, ...], hostile: bool) -> None:
    paper = pack(languages, hostile=hostile)
    assert flaws(printed(paper), paper) == []


@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("layout", ["stacked", "facing"])
def test_nothing_is_wrong_in_any_layout(layout: str, hostile: bool) -> None:
    paper = pack(layout=layout, hostile=hostile)
    assert flaws(printed(paper), paper) == []


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_nothing_is_wrong_on_any_page(page: PageSetup) -> None:
    paper = pack(page=page, hostile=True)
    assert flaws(printed(paper), paper) == []


@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("form", CARD_FORMS)
def test_nothing_is_wrong_with_any_card(form: str, hostile: bool) -> None:
    paper = cards(form, hostile=hostile)
    assert flaws(printed(paper), paper) == []


@pytest.mark.parametrize("only", ["en", "zh"])
def test_a_workspace_in_one_language_prints_in_both(only: str) -> None:
    paper = _only(pack(), only)
    assert flaws(printed(paper), paper) == []


def _only(thing: object, language: str) -> Paper:
    """The same paper of records that know one language."""

    def strip(part: object) -> object:
        if isinstance(part, Words):
            return part if part.states.get("zh") == "same" else Words({language: part.text.get(language)})
        if isinstance(part, tuple):
            return tuple(map(strip, part))
        if hasattr(part, "__dataclass_fields__") and not isinstance(part, PageSetup):
            return replace(part, **{name: strip(getattr(part, name)) for name in part.__dataclass_fields__})  # type: ignore[type-var]
        return part

    stripped = strip(thing)
    assert isinstance(stripped, Paper)
    return stripped


@pytest.mark.parametrize("hostile", [False, True])
def test_letters_stand_on_a_page_of_their_own_in_the_form_of_each_language(hostile: bool) -> None:
    paper = Paper(TITLE, BOTH, META, (Section((letter(hostile),)),))
    file, report = reported(paper)
    assert flaws(file, paper) == []
    if hostile:
        return
    assert report.pages == 2
    lines = drawn_lines(file)
    english, chinese = ([line for line in lines if line.page == page] for page in (1, 2))
    assert english[0].text == "City of Barcelona"
    _in_order(english, "Barcelona, 1 October 2026", "Dear Vice Mayor Li,", "Yours sincerely,", "Bettina Stollar")
    _in_order(chinese, "邀请函", "尊敬的李副市长：", "此致", "敬礼！", "贝蒂娜·斯托拉尔", "2026年10月1日")
    margin = min(line.x for line in chinese)
    find = {line.text: line for line in chinese}
    em = find["此致"].size
    assert find["尊敬的李副市长："].x == pytest.approx(margin, abs=1.5)
    assert find["敬礼！"].x == pytest.approx(margin, abs=1.5)
    assert find["此致"].x - margin == pytest.approx(2 * em, abs=1.5)
    assert find["2026年10月1日"].x > 105 * MM
    assert not any(line.text.startswith("Page") for line in lines), "a letter of one page bears no number"


def _in_order(lines: list[Drawn], *texts: str) -> None:
    places = [next(line.y for line in lines if line.text == text) for text in texts]
    assert places == sorted(places, reverse=True)


def test_sixty_people_and_forty_items_a_day_repeat_their_heads_on_every_page() -> None:
    for block, rows in ((members(count=60), 60), (programme(items=40), 40)):
        paper = one(block)
        file = printed(paper)
        assert flaws(file, paper) == []
        lines = drawn_lines(file)
        pages = max(line.page for line in lines)
        assert pages > 2
        head = block.columns[-2].head.text["en"]
        assert head
        for page in range(1, pages + 1):
            top = [line for line in lines if line.page == page and head in line.text]
            assert len(top) == 1, page
        numbers = {line.text for line in lines if line.text.isdigit()}
        assert rows != 60 or {str(n) for n in range(1, 61)} <= numbers


@pytest.mark.parametrize("official", [False, True])
def test_minutes_of_twenty_pages(official: bool) -> None:
    paras = tuple(Para(PURPOSE, mark=f"{n}.") if n % 3 else Para(PHONE, "lead") for n in range(1, 240))
    sections = tuple(
        Section((Text(paras[n : n + 20]),), label(f"Item {n // 20 + 1}", f"议题{n // 20 + 1}"), str(n // 20 + 1))
        for n in range(0, 240, 20)
    )
    signed = Section((signatures(),), together=True)
    languages = ("zh",) if official else BOTH
    paper = Paper(TITLE, languages, META, (*sections, signed), page=PageSetup(official=official))
    file, report = reported(paper)
    assert report.pages >= 18
    assert flaws(file, paper) == []


def test_pairs_begin_at_one_height_on_every_page() -> None:
    paras = tuple(Para(bi(f"Point {n}: " + "word " * (n % 30), f"要点{n}：" + "文字" * (n % 23))) for n in range(90))
    lines = drawn_lines(printed(one(Text(paras))))
    for n in range(90):
        left = next(line for line in lines if line.text.startswith(f"Point {n}:"))
        right = next(line for line in lines if line.text.startswith(f"要点{n}："))
        assert (left.page, round(left.y, 1)) == (right.page, round(right.y, 1))


def test_words_in_a_narrow_column_get_smaller_before_they_are_broken() -> None:
    columns = (Column(label("Time", "时间"), 17),) * 8
    table = Table(columns, (((Para(Words.plain("08:00–08:15")),),) * 8,))
    times = [line for line in drawn_lines(printed(one(table))) if line.text.startswith("08:00")]
    assert [time.text for time in times] == ["08:00–08:15"] * 8
    assert all(7.5 <= time.size < 9.5 for time in times)


def test_a_section_that_belongs_on_one_page_is_set_smaller_for_it_or_moved() -> None:
    def day(n: int, count: int) -> Section:
        paras = tuple(Para(bi(f"Day {n} point {k}", f"第{n}天第{k}项")) for k in range(count))
        return Section((Text(paras),), label(f"Day {n}", f"第{n}天"), f"1.{n}", level=2, together=True)

    heading = Section((), label("Days", "每日"), "1")
    for count in (8, *range(29, 39), 100):
        paper = Paper(TITLE, BOTH, META, (heading, day(1, count), day(2, count)))
        file = printed(paper)
        assert flaws(file, paper) == []
        lines = [line for line in drawn_lines(file) if "point" in line.text]
        assert {line.page for line in lines} >= {1}, "the headings are not left alone"
        for n in (1, 2):
            pages = {line.page for line in lines if line.text.startswith(f"Day {n} ")}
            if count != 100:
                assert len(pages) <= 1 + (count > 36 and n == 1), (count, n, pages)
    assert min(line.size for line in lines) == pytest.approx(9.5)


def test_an_official_paper_has_the_measures_of_the_standard() -> None:
    text = "会议商定由双方在年底前确认加氢站选址并将可行性研究经费的承担方写入下一版路线图" * 40
    body = Section((Text((Para(bi("x", text)),)),), label("Talks", "会谈情况"), "1")
    part = Section((Text((Para(bi("x", text)),)),), label("Next", "下一步"), "1.2", level=2)
    paper = Paper(TITLE, ("zh",), META, (body, part), page=PageSetup(official=True))
    file = printed(paper)
    assert flaws(file, paper) == []
    lines = drawn_lines(file)
    assert any(line.text == "一、会谈情况" and line.bold for line in lines)
    assert any(line.text == "（二）下一步" for line in lines)
    second = [line for line in lines if line.page == 2 and line.size > 15]
    assert len(second) == 22
    assert {len(line.text) for line in second} == {28}
    steps = {round(above.y - below.y, 1) for above, below in itertools.pairwise(second)}
    assert steps == {round(225 * MM / 22, 1)}
    assert min(line.x for line in second) == pytest.approx(28 * MM, abs=2)
    first = next(line for line in lines if line.text.startswith("会议商定") and line.page == 1)
    assert first.x - 28 * MM == pytest.approx(2 * first.size, abs=2)
    text_faces = fonts.metrics(True, official=(fonts.FANGSONG, fonts.SONG))
    for said, face in (
        ("会谈，", fonts.FANGSONG),
        ("EUR 75", SERIF),
        ("Grzegorz BRZĘCZYSZCZYKIEWICZ, Łucja ŻÓŁĆ, Ελευθερία", SERIF),
        ("“", fonts.SONG),
        ("𠂇", fonts.HAN_REGULAR),
    ):
        assert {part[0] for part in text_faces.word(said)[1]} == {face}
    embedded = {name.decode() for name in re.findall(rb"/BaseFont /[A-Z]+\+([\w-]+)", file)}
    assert embedded >= {fonts.FANGSONG, fonts.SONG_BOLD, fonts.HAN_BOLD}


# -- cards ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["place-210x140", "place-a4-three", "place-banquet"])
def test_a_card_that_stands_is_read_from_both_sides(form: str) -> None:
    lines = drawn_lines(printed(cards(form, count=1)))
    upright = sorted(line.text for line in lines if not line.turned)
    turned = sorted(line.text for line in lines if line.turned)
    assert upright == turned
    assert "Mr LI Mingyu" in upright
    assert min(line.low for line in lines if line.turned) > max(line.high for line in lines if not line.turned)


def test_a_card_too_large_to_be_folded_out_of_the_page_comes_in_two_faces() -> None:
    lines = drawn_lines(printed(cards("place-200x150", count=1)))
    assert [line.page for line in lines if line.text == "Mr LI Mingyu"] == [1, 2]
    assert not any(line.turned for line in lines)
    folded = drawn_lines(printed(cards("place-200x150", count=1, page=PageSetup(size="A3"))))
    assert [line.turned for line in folded if line.text == "Mr LI Mingyu"] == [True, False]


def test_backs_of_badges_are_mirrored_so_that_they_meet_their_fronts() -> None:
    lines = drawn_lines(printed(cards("badge-90x55", count=2)))
    front = [line for line in lines if line.page == 1]
    back = [line for line in lines if line.page == 2]
    x = {page: next(line.x for line in side if line.text == "Ms Chen Yan") for page, side in ((1, front), (2, back))}
    assert x[1] > 105 * MM > x[2]


def test_a_pocket_card_is_read_on_when_the_page_is_folded() -> None:
    names = [en for en, *_ in PEOPLE]
    lines = [line for line in drawn_lines(printed(cards("pocket-a4", count=8))) if line.text in names]
    lower = sorted((line for line in lines if not line.turned), key=lambda line: line.x)
    upper = sorted((line for line in lines if line.turned), key=lambda line: -line.x)
    assert [line.text for line in lower] == names
    assert [line.text for line in upper] == names


def test_short_chinese_names_are_spread_to_one_width() -> None:
    from ucapdesk.briefing.blocks.elements import BoardCard, CardLine, Cards, Face

    names = ("李明", "李明宇", "欧阳明宇")
    made = tuple(
        BoardCard(Face((CardLine(Words.plain(name), 80, bold=True, spread=True, only="zh"),))) for name in names
    )
    paper = Paper(TITLE, BOTH, META, (Section((Cards(made, CARD_FORMS["place-210x140"]),)),))
    lines = drawn_lines(printed(paper))
    for page, name in enumerate(names, 1):
        inked = [line for line in lines if line.page == page and not line.turned]
        assert "".join(line.text for line in sorted(inked, key=lambda line: line.x)) == name
        assert max(line.right for line in inked) - min(line.x for line in inked) == pytest.approx(4 * 80, abs=12)
