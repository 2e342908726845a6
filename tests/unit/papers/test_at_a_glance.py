"""The page "UCAP at a glance" of the sample, read back from the PDF as it is drawn."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pypdfium2
import pytest

from tests.helpers.drawn_lines import drawn_lines, extracted
from tests.unit.papers.conftest import SAMPLE, Told
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.briefing.text.styles import MM
from ucapdesk.papers import printing as papers

Glance = Callable[[tuple[str, ...]], bytes]
lines_of = cache(drawn_lines)  # The lines of a file, read once; nobody changes them


@pytest.fixture(scope="module")
def glance(told: Told) -> Glance:
    """Prints the page in some languages, each once for all tests."""
    desk, story = told(SAMPLE)

    @cache
    def printed(languages: tuple[str, ...]) -> bytes:
        target = BytesIO()
        papers.brief(desk, [story.one("ucap")], target, languages=languages, version=3)
        return target.getvalue()

    return printed


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh", "en")])
def test_both_languages_of_a_pair_begin_at_the_same_height(glance: Glance, languages: tuple[str, ...]) -> None:
    lines = lines_of(glance(languages))
    for en, zh in [
        ("Key challenges of cooperation theme", "合作主题的主要挑战"),
        ("Internationalisation of EU", "欧盟城市面向中国"),
        ("Launch concrete", "在上述领域启动"),
        ("3rd meeting", "第3次会议"),
        ("Ms Bettina Stollar", "贝蒂娜·斯托拉尔女士"),
        ("Mr David Linse", "大卫·林泽先生"),
    ]:
        left = next(line for line in lines if line.text.startswith(en))
        right = next(line for line in lines if line.text.startswith(zh))
        assert left.page == right.page
        assert left.y == pytest.approx(right.y, abs=0.1)
        assert (left.x < right.x) == (languages[0] == "en")


def test_chinese_first_swaps_the_column_widths(glance: Glance) -> None:
    def second_column(languages: tuple[str, ...], start: str) -> float:
        return next(line.x for line in lines_of(glance(languages)) if line.text.startswith(start))

    assert second_column(("en", "zh"), "欧盟城市面向中国") == pytest.approx((24 + 86 + 6) * MM, abs=1.5)
    assert second_column(("zh", "en"), "Internationalisation") == pytest.approx((24 + 76 + 6) * MM, abs=1.5)


@pytest.mark.row("M1")
def test_every_row_of_the_form_stands_in_its_order(glance: Glance) -> None:
    text = extracted(glance(("en",)))
    rows = [
        "Cities",
        "State/Country or region",
        "Population",
        "Size in km²",
        "Pairing agreement",
        "Date of city visit",
        "Cooperation themes",
        "Smart Energy District",
        "Biotechnology",
        "Key challenges",
        "Main objective",
        "1st meeting",
        "5th meeting",
        "Expected results",
        "Liuzhou contact",
        "EU cities contact",
        "IUC Asia",
    ]
    places = [text.index(row) for row in rows]
    assert places == sorted(places)


def test_what_the_source_does_not_know_is_said_in_both_languages(glance: Glance) -> None:
    lines = [line.text for line in lines_of(glance(("en", "zh")))]
    assert lines.count("N/A不详") == 2
    assert any("10 reported, 0 recorded" in line for line in lines)
    assert any("文件所载10份，已录入0份" in line for line in lines)


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (("en", "zh"), ["Page 1 of 2", "第1页，共2页", "Page 2 of 2", "第2页，共2页"]),
        (("en",), ["Page 1 of 2", "Page 2 of 2"]),
        (("zh",), ["第1页，共1页"]),
    ],
)
def test_the_footer_counts_pages_in_every_language_of_the_paper(
    glance: Glance, languages: tuple[str, ...], said: list[str]
) -> None:
    lines = [line.text for line in lines_of(glance(languages)) if line.y < 50]
    joined = " ".join(lines)
    assert all(page in joined for page in said)
    assert "v3" in joined
    assert getpass.getuser() in joined


def test_the_header_names_the_paper_and_then_its_title_in_both_languages(glance: Glance) -> None:
    lines = lines_of(glance(("en", "zh")))
    top = {page: [line.text for line in lines if line.page == page and line.y > 785] for page in (1, 2)}
    assert top[1] == ["The Urban Cooperation Action Plan (UCAP) at a glance", "城市合作行动计划（UCAP）概览"]
    assert top[2] == [
        "Liuzhou – Barcelona, Granada, Rome, Stuttgart Regio, Mannheim",
        "柳州—巴塞罗那、格拉纳达、罗马、斯图加特地区、曼海姆",
    ]


@pytest.mark.row("B16")
@pytest.mark.parametrize(("languages", "tag"), [(("en", "zh"), b"en"), (("zh",), b"zh-Hans"), (("es", "zh"), b"es")])
def test_the_file_says_its_language_title_and_author(glance: Glance, languages: tuple[str, ...], tag: bytes) -> None:
    data = glance(languages)
    assert b"/Lang (" + tag + b")" in data
    document = pypdfium2.PdfDocument(data)
    about = document.get_metadata_dict()
    assert "柳州" in about["Title"] or "Liuzhou" in about["Title"]
    assert about["Author"] == getpass.getuser(), "who made the sample"
    assert next(entry.get_title() for entry in document.get_toc()).startswith(("Liuzhou", "柳州"))
    document.close()


@pytest.mark.row("M7")
def test_only_our_own_faces_are_in_the_file(glance: Glance) -> None:
    data = glance(("en", "zh"))
    assert b"Helvetica" not in data
    fonts = set(re.findall(rb"/BaseFont /([\w+-]+)", data))
    assert fonts
    assert all(b"NotoSans" in name for name in fonts)


def test_every_word_of_the_records_is_on_the_paper(told: Told, glance: Glance) -> None:
    desk, story = told(SAMPLE)
    gone = re.compile(r"[\s\x02\ufffe-]")  # readers drop a hyphen at the end of a line
    text = gone.sub("", extracted(glance(("en", "zh"))))
    for words, _ in all_words(papers.paper(desk, [story.one("ucap")])):
        for language in ("en", "zh"):
            # columns are read side by side in a row of a table, so long texts are looked for by their beginnings
            piece = re.split("[，,;；/]", gone.sub("", words.text.get(language) or ""))[0]
            assert piece in text, piece
