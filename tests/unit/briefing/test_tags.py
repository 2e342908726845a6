"""Whoever hears a paper hears headings, pairs in their languages, tables cell by cell, and what a picture shows; and the rest of the file."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from tests.helpers.paper_structure import Heard, heard
from tests.unit.briefing.everything import META, pack, photo, printed
from tests.unit.briefing.sample import bi, label
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
from ucapdesk.briefing.pages.render import render


def parts(pdf: bytes) -> list[Heard]:
    return [each for page in heard(pdf) for each in page]


def drawn(paper: Paper) -> bytes:
    target = BytesIO()
    render(paper, target)
    return target.getvalue()


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
    assert [each.language for each in parts(drawn(paper)) if "线路" in each.text] == ["zh-Hans"]


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
    file = drawn(pack(hostile=hostile))
    document = pypdfium2.PdfDocument(file)
    try:
        assert all(page for page in heard(file)), "no page is silent"
        assert document.get_metadata_dict()["CreationDate"].startswith(f"D:{META.printed:%Y%m%d%H%M%S}")
    finally:
        document.close()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file
    assert file == drawn(pack(hostile=hostile)), "the same bytes again"


def test_contents_are_heard_in_their_languages() -> None:
    said = [each for each in parts(drawn(pack())) if "TOCI" in each.within]
    for language in ("en", "zh-Hans"):
        assert [each for each in said if each.language == language]
    assert not [each for each in said if re.search("[\u4e00-\u9fff]{2}", each.text) and each.language != "zh-Hans"]


def test_a_table_on_facing_pages_has_its_heads_in_each_language_however_long_it_is() -> None:
    columns = (Column(label("Name", "姓名"), 5), Column(label("Post", "职务"), 5))
    people = tuple(((Para(bi(f"Person {n}", f"人{n}")),), (Para(bi(f"Post {n}", f"职{n}")),)) for n in range(90))
    paper = replace(pack(), layout=FACING, sections=(Section((Table(columns, people),)),))
    file = drawn(paper)
    assert len(heard(file)) > 4
    assert (file.count(b"/S /Table"), file.count(b"/S /TH")) == (2, 4), "a table for each language, not one a page"
    said = [each for each in parts(file) if "Table" in each.within]
    assert not [each for each in said if each.language != ("en" if each.text.isascii() else "zh-Hans")]
