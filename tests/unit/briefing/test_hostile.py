"""Papers of the records nobody hoped for: very long names, one language only, whole books in a cell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from tests.helpers.drawn_lines import Drawn, drawn_lines, extracted
from tests.helpers.errors import user_error
from tests.unit.briefing.sample import GlanceData, GlanceSide, at_a_glance, bi, label, liuzhou
from ucapdesk.briefing.blocks.block_layout import BlockLayout
from ucapdesk.briefing.blocks.content import (
    LAYOUTS,
    Block,
    Column,
    Contents,
    Fact,
    Facts,
    Meta,
    PageSetup,
    Paper,
    Section,
    Table,
    Text,
)
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.briefing.pages.bands import Band
from ucapdesk.briefing.pages.render import render
from ucapdesk.briefing.text.styles import MM

BOTH = ("en", "zh")
META = Meta(label("Brief", "参考"), label("Internal", "内部"), "v1", datetime(2026, 11, 24, tzinfo=UTC), "Anna Ferrer")


def printed(paper: Paper) -> bytes:
    target = BytesIO()
    render(paper, target)
    return target.getvalue()


def paper(*blocks: Text | Table | Facts | Contents, languages: tuple[str, ...] = BOTH, **options: object) -> Paper:
    section = Section(tuple(blocks), label("Meeting", "会谈"), "1")
    return Paper(label("Title", "标题"), languages, META, (section,), **options)  # type: ignore[arg-type]


def inside(data: bytes) -> list[Drawn]:
    """The lines of a paper, none of which reaches out of its type area."""
    lines = drawn_lines(data)
    for line in lines:
        assert line.x >= 24 * MM - line.size / 8, line
        assert line.right <= 192 * MM + line.size / 8, line
        assert 6.5 * MM < line.y < 290 * MM, line
    return lines


LONG_EN = "International Cooperation Centre for Sustainable Urban Development and Innovation " * 7
LONG_ZH = "国际可持续城市发展与创新合作中心" * 32


@pytest.mark.parametrize("languages", [BOTH, ("zh", "en"), ("en",), ("zh",)])
def test_names_of_five_hundred_characters_are_set_smaller_and_never_cut_off(languages: tuple[str, ...]) -> None:
    long = bi(LONG_EN.strip(), LONG_ZH)
    data = liuzhou()
    side = replace(data.sides[0], name=long, cities=long)
    data = replace(data, title=long, sides=(side, data.sides[1]))
    file = printed(at_a_glance(data, languages, person=LONG_EN.strip()))
    inside(file)
    shown = extracted(file).replace("\r", "").replace("\n", "").replace(" ", "")
    for language, text in (("en", LONG_EN.replace(" ", "")), ("zh", LONG_ZH)):
        if language in languages:
            assert text in shown


def test_one_word_without_any_space_is_broken_inside_its_column() -> None:
    inside(printed(paper(Text((Para(bi("x" * 500, "A" * 500)),), label("W" * 90, "W" * 90)))))


def test_a_title_in_the_second_language_only_is_printed_once() -> None:
    one = Paper(Words({"zh": "柳州代表团"}), BOTH, META, (Section((), Words({"zh": "日程安排"})),))
    lines = [line.text for line in drawn_lines(printed(one)) if line.y < 785]
    assert lines.count("柳州代表团") == 1
    assert lines.count("日程安排") == 1


@pytest.mark.parametrize("languages", [BOTH, ("zh", "en"), ("en",), ("zh",)])
@pytest.mark.parametrize("only", ["en", "zh"])
def test_records_in_one_language_only_leave_no_place_blank(languages: tuple[str, ...], only: str) -> None:
    text = "Only one language" if only == "en" else "只有一种文字"
    words = Words({only: text})
    section = Section((Text((Para(words),)), Facts((Fact(words, (Para(words),)),))), words)
    one = Paper(words, languages, META, (section,))
    file = printed(one)
    inside(file)
    assert extracted(file).count(text[-4:]) >= 3


def test_a_paper_without_any_record_still_prints() -> None:
    empty = GlanceSide(NO_WORDS)
    data = GlanceData(
        title=NO_WORDS,
        sides=(empty, empty),
        themes=(),
        challenges=NO_WORDS,
        objective=NO_WORDS,
        meetings=(),
        outputs=(),
        results=NO_WORDS,
        contacts=(),
        mou_reported=None,
        mou_recorded=0,
    )
    for languages in (BOTH, ("zh",)):
        bare = at_a_glance(data, languages)
        inside(printed(replace(bare, meta=replace(bare.meta, marking=NO_WORDS, version="", person=""))))


@pytest.mark.row("B1")
@pytest.mark.parametrize(
    ("layout", "languages"),
    [*((layout, BOTH) for layout in LAYOUTS), *((LAYOUTS[0], (lang,)) for lang in BOTH)],
)
def test_a_text_of_twenty_pages_loses_nothing_and_parts_in_both_columns_at_once(
    languages: tuple[str, ...], layout: str
) -> None:
    english = " ".join(f"Sentence number {n} tells of the road map." for n in range(1, 1400))
    chinese = "".join(f"第{n}句说的是路线图。" for n in range(1, 1400))
    file = printed(paper(Text((Para(bi(english, chinese)),)), languages=languages, layout=layout))
    lines = inside(file)
    assert max(line.page for line in lines) >= (6 if languages == ("zh",) else 10)
    shown = "".join(line.text for line in lines if line.text).replace(" ", "")
    if languages == ("zh",):
        assert chinese in "".join(line.text for line in lines if 50 < line.y < 785).replace(" ", "")
    if languages == BOTH and layout == "side-by-side":
        for page in range(2, max(line.page for line in lines)):
            inner = [line for line in lines if line.page == page and 50 < line.y < 785]
            columns = [[line for line in inner if line.x < 300], [line for line in inner if line.x > 300]]
            tops = [max(line.y for line in column) for column in columns if column]
            assert max(tops) - min(tops) < 0.1
    assert "1399" in shown


def test_a_cell_higher_than_a_page_goes_on_overleaf_under_the_same_head() -> None:
    columns = (Column(label("No", "序号"), 1), Column(label("Text", "正文"), 5, split=True))
    rows = (((Para(Words.plain("1")),), (Para(bi("Long text. " * 900, "很长的正文。" * 500)),)),)
    file = printed(paper(Table(columns, rows)))
    lines = inside(file)
    pages = max(line.page for line in lines)
    assert pages > 1
    for page in range(1, pages + 1):
        assert any(line.page == page and line.text.startswith("Text") for line in lines)


def test_rows_stay_whole_and_heads_come_again() -> None:
    columns = (Column(label("Who", "人员"), 2), Column(label("What", "事项"), 5, split=True))
    rows = tuple(
        ((Para(Words.plain(f"Person {n}")),), (Para(bi(f"begins {n} " + "goes on " * 20 + f"ends {n}", "很长" * 30)),))
        for n in range(40)
    )
    lines = drawn_lines(printed(paper(Table(columns, rows))))
    for n in range(40):
        (begin,) = {line.page for line in lines if f"begins {n} " in line.text + " "}
        (end,) = {line.page for line in lines if line.text.endswith(f"ends {n}") or f"ends {n} " in line.text}
        assert begin == end
    pages = max(line.page for line in lines)
    assert sum(line.text.startswith("Who") for line in lines) == pages > 2


def test_a_heading_keeps_three_lines_with_it_wherever_it_falls() -> None:
    filler = tuple(Text((Para(bi(f"Line {n}", f"第{n}行")),)) for n in range(70))
    for before in range(10, 45):
        sections = (
            Section(filler[:before]),
            Section((Text((Para(bi("Word and word. " * 40, "一句话。" * 60)),)),), label("HEADING", "标题行"), "2"),
        )
        lines = drawn_lines(printed(Paper(label("T", "题"), BOTH, META, sections)))
        heading = next(line for line in lines if "HEADING" in line.text)
        under = [
            line for line in lines if line.page == heading.page and 50 < line.y < heading.y - 5 and "Word" in line.text
        ]
        assert len({round(line.y) for line in under}) >= 3


@pytest.mark.row("M7")
@pytest.mark.parametrize("languages", [BOTH, ("zh", "en"), ("zh",)])
def test_contents_name_the_page_every_section_begins_on(languages: tuple[str, ...]) -> None:
    many = tuple(Para(bi("Word and word. " * 30, "一句话。" * 40)) for _ in range(9))
    heads = [(f"Part {name}", f"第{name}部分") for name in "ABCDEFGH"]
    sections = tuple(Section((Text(many),), label(*head), str(n)) for n, head in enumerate(heads, 2))
    first = Section((Contents(),), label("Contents", "目录"), "1")
    file = printed(Paper(label("T", "题"), languages, META, (first, *sections)))
    lines = inside(file)
    for en, zh in heads:
        head = en if languages[0] == "en" else zh
        entry, heading = [line for line in lines if head in line.text][:2]
        number = next(line for line in lines if line.page == entry.page and line.y == entry.y and line.x > 520)
        assert int(number.text) == heading.page
        assert heading.size > entry.size


def test_facing_pages_hold_one_language_each_at_the_same_height() -> None:
    pairs = tuple(Para(bi(f"Paragraph {n}: " + "word " * 60, f"第{n}段：" + "文字" * 50)) for n in range(40))
    file = printed(paper(Contents(), Text(pairs, label("Speech", "讲话")), layout="facing"))
    assert b"/TwoPageRight" in file, "a screen shows them side by side too"
    lines = drawn_lines(file)
    for n in range(40):
        left = next(line for line in lines if line.text.startswith(f"Paragraph {n}:"))
        right = next(line for line in lines if line.text.startswith(f"第{n}段："))
        assert left.page % 2 == 0, "both are seen at once in what is printed on both sides: 2 and 3, 4 and 5"
        assert right.page == left.page + 1
        assert left.y == right.y


def test_typed_line_ends_and_invisible_characters_do_no_harm() -> None:
    words = bi("one\ntwo\r\nthree\u2028four\u200b\u202ehidden\x00\ud800", "一\n二\u3000三")
    text = extracted(printed(paper(Text((Para(words, mark="–"),)))))
    for said in ("one", "two", "three", "four", "hidden"):
        assert said in text


def test_even_pages_swap_their_margins_for_two_sided_printing() -> None:
    many = tuple(Para(bi("Word and word. " * 60, "一句话。" * 80)) for _ in range(20))
    lines = drawn_lines(printed(paper(Text(many), languages=("en",), page=PageSetup(duplex=True))))
    left = {page: min(line.x for line in lines if line.page == page) for page in (1, 2, 3)}
    assert left[1] == pytest.approx(left[3], abs=1)
    assert left[1] - left[2] == pytest.approx(6 * MM, abs=1)


def test_a_stopped_or_impossible_printing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"old")
    with user_error("printing-stopped"):
        render(at_a_glance(liuzhou(), BOTH), target, cancelled=lambda: True)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target] or {p.name for p in tmp_path.iterdir()} == {"paper.pdf", "config"}
    with user_error("paper-not-written", match="could not be written"):
        render(at_a_glance(liuzhou(), BOTH), tmp_path / "nowhere" / "paper.pdf")
    (tmp_path / "folder.pdf").mkdir()
    for other in (tmp_path / "folder.pdf", Path(os.devnull)):
        with user_error("paper-not-written", match="not a file"):
            render(at_a_glance(liuzhou(), BOTH), other)


def test_whether_to_stop_is_asked_between_the_rows_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Band] = []
    whole = BlockLayout.block

    def counted(layout: BlockLayout, block: Block) -> Iterator[Band]:
        for band in whole(layout, block):
            made.append(band)
            yield band

    monkeypatch.setattr(BlockLayout, "block", counted)
    rows = tuple(((Para(bi(f"Row {n}", f"第{n}行")),),) for n in range(40))
    with user_error("printing-stopped"):
        render(paper(Table((Column(bi("Name", "名称"), 1),), rows)), BytesIO(), cancelled=lambda: len(made) > 5)
    assert len(made) < 20


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    render(at_a_glance(liuzhou(), BOTH), BytesIO(), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
