"""The paper "UCAP at a glance", read back from the PDF as it is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from tests.helpers.drawn_lines import Drawn, drawn_lines, extracted
from tests.unit.briefing.sample import GlanceData, at_a_glance, bi, label, liuzhou
from ucapdesk.briefing.blocks.content import STACKED, missing_glyphs
from ucapdesk.briefing.pages.render import RenderReport, render
from ucapdesk.briefing.text.characters import NO_END, NO_START
from ucapdesk.briefing.text.styles import MM

ORDERS = [("en", "zh"), ("zh", "en"), ("en",), ("zh",), ("es", "zh"), ("de", "it")]
HAN = re.compile("[\u4e00-\u9fff]")
lines_of = cache(drawn_lines)
"""The lines of a file, read once; nobody changes them."""


def printed(languages: tuple[str, ...], data: GlanceData | None = None, layout: str = "side-by-side") -> bytes:
    return reported(languages, data, layout)[0]


def reported(
    languages: tuple[str, ...], data: GlanceData | None = None, layout: str = "side-by-side"
) -> tuple[bytes, RenderReport]:
    if data is None:
        return usual(languages, layout)
    target = BytesIO()
    report = render(at_a_glance(data, languages, layout), target)
    return target.getvalue(), report


@cache
def usual(languages: tuple[str, ...], layout: str) -> tuple[bytes, RenderReport]:
    """The paper on the sample, made once for all tests that read it."""
    return reported(languages, liuzhou(), layout)


def body(lines: list[Drawn]) -> list[Drawn]:
    return [line for line in lines if 50 < line.y < 785]


@pytest.mark.parametrize("layout", ["side-by-side", STACKED])
@pytest.mark.parametrize("languages", ORDERS)
def test_no_line_starts_or_ends_with_a_mark_that_must_not(languages: tuple[str, ...], layout: str) -> None:
    lines = body(lines_of(printed(languages, layout=layout)))
    assert len(lines) > 50
    for line in lines:
        text = line.text.removeprefix("–").strip()  # the mark of a list
        assert text[0] not in NO_START, line
        assert text[-1] not in NO_END, line


@pytest.mark.parametrize("languages", ORDERS)
def test_nothing_stands_outside_the_type_area(languages: tuple[str, ...]) -> None:
    for line in lines_of(printed(languages)):
        assert line.x >= 24 * MM - 0.5, line
        assert line.right <= 192 * MM + 0.5, line
        assert 12 * MM - 1 < line.y < 290 * MM, line


def test_two_languages_take_two_pages_and_chinese_alone_takes_one() -> None:
    assert reported(("en", "zh"))[1].pages == 2
    assert reported(("zh", "en"))[1].pages == 2
    assert reported(("zh",))[1].pages == 1


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh", "en")])
def test_both_languages_of_a_pair_begin_at_the_same_height(languages: tuple[str, ...]) -> None:
    lines = lines_of(printed(languages))
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


def test_chinese_first_swaps_the_column_widths() -> None:
    def second_column(languages: tuple[str, ...], start: str) -> float:
        return next(line.x for line in lines_of(printed(languages)) if line.text.startswith(start))

    assert second_column(("en", "zh"), "欧盟城市面向中国") == pytest.approx((24 + 86 + 6) * MM, abs=1.5)
    assert second_column(("zh", "en"), "Internationalisation") == pytest.approx((24 + 76 + 6) * MM, abs=1.5)


@pytest.mark.row("M1")
def test_every_row_of_the_form_stands_in_its_order() -> None:
    text = extracted(printed(("en",)))
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
        "European city",
        "IUC Asia",
    ]
    places = [text.index(row) for row in rows]
    assert places == sorted(places)


def test_every_word_of_the_records_is_on_the_paper() -> None:
    gone = re.compile(r"[\s\x02\ufffe-]")  # readers drop a hyphen at the end of a line
    text = gone.sub("", extracted(printed(("en", "zh"))))
    data = liuzhou()
    wanted = [data.challenges, data.objective, data.results, *data.outputs]
    wanted += [meeting.summary for meeting in data.meetings if not meeting.summary.empty]
    wanted += [words for theme in data.themes for words in (theme.name, *theme.projects, *theme.partnerships)]
    for words in wanted:
        for language in ("en", "zh"):
            piece = gone.sub("", words.text[language] or "")
            # columns are read side by side in a row of a table, so long texts are looked for by their halves
            assert piece in text or all(part in text for part in re.split("[，,;；/]", piece)[:1]), piece


def test_what_the_source_does_not_know_is_said_in_both_languages() -> None:
    lines = [line.text for line in lines_of(printed(("en", "zh")))]
    assert lines.count("N/A不详") == 2
    assert any("10 reported, 0 recorded" in line for line in lines)
    assert any("文件所载10份，已录入0份" in line for line in lines)


def test_a_missing_translation_is_printed_in_the_other_language_with_its_tag() -> None:
    data, report = reported(("en", "zh"))
    lines = [line.text for line in lines_of(data)]
    assert "［英文］Ms Wang Qian" in lines
    assert "Ms Wang Qian" in lines
    assert report.missing_translations == 3
    chinese_only = replace(liuzhou(), objective=bi(None, "推进主题网络建设"))
    assert any(line.startswith("[ZH]") for line in (d.text for d in lines_of(printed(("en", "zh"), chinese_only))))


def test_drafts_are_counted_and_the_paper_says_so() -> None:
    data, report = reported(("en", "zh"))
    assert report.drafts > 40
    text = extracted(data)
    assert f"Translations not yet reviewed: {report.drafts}." in text
    assert f"尚未审校的译文：{report.drafts}处。" in text
    assert "not yet reviewed" not in extracted(printed(("en",)))


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (("en", "zh"), ["Page 1 of 2", "第1页，共2页", "Page 2 of 2", "第2页，共2页"]),
        (("en",), ["Page 1 of 2", "Page 2 of 2"]),
        (("zh",), ["第1页，共1页"]),
    ],
)
def test_the_footer_counts_pages_in_every_language_of_the_paper(languages: tuple[str, ...], said: list[str]) -> None:
    lines = [line.text for line in lines_of(printed(languages)) if line.y < 50]
    joined = " ".join(lines)
    assert all(page in joined for page in said)
    assert "v3" in joined
    assert "Anna Ferrer" in joined


def test_the_header_names_the_paper_and_then_its_title_in_both_languages() -> None:
    lines = lines_of(printed(("en", "zh")))
    top = {page: [line.text for line in lines if line.page == page and line.y > 785] for page in (1, 2)}
    assert top[1] == ["The Urban Cooperation Action Plan (UCAP) at a glance", "城市合作行动计划（UCAP）概览"]
    assert top[2] == [
        "Liuzhou – Barcelona, Granada, Rome, Stuttgart Regio, Mannheim",
        "柳州—巴塞罗那、格拉纳达、罗马、斯图加特地区、曼海姆",
    ]


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    render(at_a_glance(liuzhou(), ("en", "zh")), first)
    render(at_a_glance(liuzhou(), ("en",)), tmp_path / "between.pdf")
    render(at_a_glance(liuzhou(), ("en", "zh")), second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.row("B16")
@pytest.mark.parametrize(("languages", "tag"), [(("en", "zh"), b"en"), (("zh",), b"zh-Hans"), (("es", "zh"), b"es")])
def test_the_file_says_its_language_title_and_author(languages: tuple[str, ...], tag: bytes) -> None:
    data = printed(languages)
    assert b"/Lang (" + tag + b")" in data
    document = pypdfium2.PdfDocument(data)
    about = document.get_metadata_dict()
    assert "柳州" in about["Title"] or "Liuzhou" in about["Title"]
    assert about["Author"] == "Anna Ferrer"
    assert next(entry.get_title() for entry in document.get_toc()).startswith(("Liuzhou", "柳州"))
    document.close()


@pytest.mark.row("M7")
def test_only_our_own_faces_are_in_the_file() -> None:
    data = printed(("en", "zh"))
    assert b"Helvetica" not in data
    fonts = set(re.findall(rb"/BaseFont /([\w+-]+)", data))
    assert fonts
    assert all(b"NotoSans" in name for name in fonts)


def test_rare_characters_of_names_can_be_copied_and_searched() -> None:
    data = replace(liuzhou(), objective=label("Mr 𬱖 and 𫖯", "𬱖先生与𫖯女士、𬭸"))
    file, report = reported(("en", "zh"), data)
    text = extracted(file)
    assert "𬱖先生与𫖯女士、𬭸" in text
    assert report.missing_glyphs == ()


def test_characters_without_a_glyph_are_named_and_printed_as_codes() -> None:
    data = replace(liuzhou(), objective=bi("See you 🎉 in שלום", "再见"))
    paper = at_a_glance(data, ("en", "zh"))
    named = missing_glyphs(paper)
    assert ("🎉", "Main objective of UCAP") in named
    assert {char for char, _ in named} == set("🎉שלום")
    file, report = reported(("en", "zh"), data)
    assert report.missing_glyphs == tuple(named)
    assert "[U+1F389]" in extracted(file)
