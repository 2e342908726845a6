"""Papers of records nobody hoped for, and of whatever a paper may hold, on whatever page: they print, and nothing leaves its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.drawn_lines import Drawn, drawn_lines, extracted
from tests.helpers.errors import user_error
from tests.helpers.paper_flaws import flaws, rendered
from tests.unit.briefing.everything import BOTH, META, bi, label, pack, photo
from ucapdesk.base.marks import NO_MARK
from ucapdesk.briefing.blocks import content
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
from ucapdesk.briefing.pages.bands import Band
from ucapdesk.briefing.pages.render import render
from ucapdesk.briefing.text.styles import MM
from ucapdesk.model.rules.sides import PARTY_MARKS

EITHER = ("en", "zh")
HOSTILE_META = Meta(
    label("Brief", "参考"), label("Internal", "内部"), "v1", datetime(2026, 11, 24, tzinfo=UTC), "Anna Ferrer"
)


def paper(*blocks: Text | Table | Facts | Contents, languages: tuple[str, ...] = EITHER, **options: object) -> Paper:
    section = Section(tuple(blocks), label("Meeting", "会谈"), "1")
    return Paper(label("Title", "标题"), languages, HOSTILE_META, (section,), **options)  # type: ignore[arg-type]


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


@pytest.mark.parametrize("languages", [EITHER, ("zh", "en"), ("en",), ("zh",)])
def test_names_of_five_hundred_characters_are_set_smaller_and_never_cut_off(languages: tuple[str, ...]) -> None:
    long = bi(LONG_EN.strip(), LONG_ZH)
    cells = (Para(long),), (Para(long, "lead"),)
    table = Table((Column(label("Name", "姓名"), 5), Column(label("Cities", "城市"), 5)), (cells,))
    section = Section((Facts((Fact(label("Name", "姓名"), (Para(long),)),)), table), long)
    file = rendered(Paper(long, languages, replace(HOSTILE_META, person=LONG_EN.strip()), (section,)))
    inside(file)
    shown = extracted(file).replace("\r", "").replace("\n", "").replace(" ", "")
    for language, text in (("en", LONG_EN.replace(" ", "")), ("zh", LONG_ZH)):
        if language in languages:
            assert text in shown


def test_one_word_without_any_space_is_broken_inside_its_column() -> None:
    inside(rendered(paper(Text((Para(bi("x" * 500, "A" * 500)),), label("W" * 90, "W" * 90)))))


def test_a_title_in_the_second_language_only_is_printed_once() -> None:
    one = Paper(Words({"zh": "柳州代表团"}), EITHER, HOSTILE_META, (Section((), Words({"zh": "日程安排"})),))
    lines = [line.text for line in drawn_lines(rendered(one)) if line.y < 785]
    assert lines.count("柳州代表团") == 1
    assert lines.count("日程安排") == 1


@pytest.mark.parametrize("languages", [EITHER, ("zh", "en"), ("en",), ("zh",)])
@pytest.mark.parametrize("only", ["en", "zh"])
def test_records_in_one_language_only_leave_no_place_blank(languages: tuple[str, ...], only: str) -> None:
    text = "Only one language" if only == "en" else "只有一种文字"
    words = Words({only: text})
    section = Section((Text((Para(words),)), Facts((Fact(words, (Para(words),)),))), words)
    one = Paper(words, languages, HOSTILE_META, (section,))
    file = rendered(one)
    inside(file)
    assert extracted(file).count(text[-4:]) >= 3


@pytest.mark.row("B1")
@pytest.mark.parametrize(
    ("layout", "languages"),
    [*((layout, EITHER) for layout in LAYOUTS), *((LAYOUTS[0], (lang,)) for lang in EITHER)],
)
def test_a_text_of_twenty_pages_loses_nothing_and_parts_in_both_columns_at_once(
    languages: tuple[str, ...], layout: str
) -> None:
    english = " ".join(f"Sentence number {n} tells of the road map." for n in range(1, 1400))
    chinese = "".join(f"第{n}句说的是路线图。" for n in range(1, 1400))
    file = rendered(paper(Text((Para(bi(english, chinese)),)), languages=languages, layout=layout))
    lines = inside(file)
    assert max(line.page for line in lines) >= (6 if languages == ("zh",) else 10)
    shown = "".join(line.text for line in lines if line.text).replace(" ", "")
    if languages == ("zh",):
        assert chinese in "".join(line.text for line in lines if 50 < line.y < 785).replace(" ", "")
    if languages == EITHER and layout == "side-by-side":
        for page in range(2, max(line.page for line in lines)):
            inner = [line for line in lines if line.page == page and 50 < line.y < 785]
            columns = [[line for line in inner if line.x < 300], [line for line in inner if line.x > 300]]
            tops = [max(line.y for line in column) for column in columns if column]
            assert max(tops) - min(tops) < 0.1
    assert "1399" in shown


def test_a_cell_higher_than_a_page_goes_on_overleaf_under_the_same_head() -> None:
    columns = (Column(label("No", "序号"), 1), Column(label("Text", "正文"), 5, split=True))
    rows = (((Para(Words.plain("1")),), (Para(bi("Long text. " * 900, "很长的正文。" * 500)),)),)
    file = rendered(paper(Table(columns, rows)))
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
    lines = drawn_lines(rendered(paper(Table(columns, rows))))
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
        lines = drawn_lines(rendered(Paper(label("T", "题"), EITHER, HOSTILE_META, sections)))
        heading = next(line for line in lines if "HEADING" in line.text)
        under = [
            line for line in lines if line.page == heading.page and 50 < line.y < heading.y - 5 and "Word" in line.text
        ]
        assert len({round(line.y) for line in under}) >= 3


@pytest.mark.row("M7")
@pytest.mark.parametrize("languages", [EITHER, ("zh", "en"), ("zh",)])
def test_contents_name_the_page_every_section_begins_on(languages: tuple[str, ...]) -> None:
    many = tuple(Para(bi("Word and word. " * 30, "一句话。" * 40)) for _ in range(9))
    heads = [(f"Part {name}", f"第{name}部分") for name in "ABCDEFGH"]
    sections = tuple(Section((Text(many),), label(*head), str(n)) for n, head in enumerate(heads, 2))
    first = Section((Contents(),), label("Contents", "目录"), "1")
    file = rendered(Paper(label("T", "题"), languages, HOSTILE_META, (first, *sections)))
    lines = inside(file)
    for en, zh in heads:
        head = en if languages[0] == "en" else zh
        entry, heading = [line for line in lines if head in line.text][:2]
        number = next(line for line in lines if line.page == entry.page and line.y == entry.y and line.x > 520)
        assert int(number.text) == heading.page
        assert heading.size > entry.size


def test_facing_pages_hold_one_language_each_at_the_same_height() -> None:
    pairs = tuple(Para(bi(f"Paragraph {n}: " + "word " * 60, f"第{n}段：" + "文字" * 50)) for n in range(40))
    file = rendered(paper(Contents(), Text(pairs, label("Speech", "讲话")), layout="facing"))
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
    text = extracted(rendered(paper(Text((Para(words, mark="–"),)))))
    for said in ("one", "two", "three", "four", "hidden"):
        assert said in text


def test_even_pages_swap_their_margins_for_two_sided_printing() -> None:
    many = tuple(Para(bi("Word and word. " * 60, "一句话。" * 80)) for _ in range(20))
    lines = drawn_lines(rendered(paper(Text(many), languages=("en",), page=PageSetup(duplex=True))))
    left = {page: min(line.x for line in lines if line.page == page) for page in (1, 2, 3)}
    assert left[1] == pytest.approx(left[3], abs=1)
    assert left[1] - left[2] == pytest.approx(6 * MM, abs=1)


def test_a_stopped_or_impossible_printing_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    target.write_bytes(b"old")
    with user_error("printing-stopped"):
        render(pack(), target, cancelled=lambda: True)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target] or {p.name for p in tmp_path.iterdir()} == {"paper.pdf", "config"}
    with user_error("paper-not-written", match="could not be written"):
        render(pack(), tmp_path / "nowhere" / "paper.pdf")
    (tmp_path / "folder.pdf").mkdir()
    for other in (tmp_path / "folder.pdf", Path(os.devnull)):
        with user_error("paper-not-written", match="not a file"):
            render(pack(), other)


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
    render(pack(), BytesIO(), progress=lambda done, total: told.append((done, total)))
    assert len(told) > 1
    assert told == [(n, len(told)) for n in range(1, len(told) + 1)]


FAULTS = ("outside", "lies over", "runs through", "is not at its foot", "nobody is told", "a character is lost")


def some(strategy: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


SAID = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["柳州市（一）。", "EUR 75,000", "x" * 200, "（" * 40, "🎉", "\n\n", " "]
)
WORDS = st.builds(Words, st.dictionaries(st.sampled_from(["en", "zh", "es", "fr"]), st.none() | SAID, max_size=3))
MAYBE = st.none() | WORDS
MARK = st.sampled_from(["", "–", "12."])
PARA = st.builds(Para, WORDS, st.sampled_from(["text", "lead", "note", "warning", "large"]), MARK, MAYBE)
PICTURE = st.builds(Picture, st.sampled_from([None, b"?", photo()]), st.floats(1, 300), st.floats(1, 400))
CODE = st.builds(QR, st.text(st.characters(), max_size=50), st.floats(1, 200))
FACT = st.builds(content.Fact, WORDS, some(PARA, 2))
CELL = some(PARA | PICTURE, 2)
ROW = st.tuples(CELL, CELL, CELL) | st.builds(content.Group, WORDS)
COLUMNS = st.tuples(
    st.builds(
        content.Column, WORDS, st.floats(0.1, 5), numbered=st.booleans(), align=st.sampled_from(["left", "right"])
    ),
    st.builds(content.Column, WORDS, st.floats(0.1, 5), split=st.booleans()),
    st.builds(content.Column, WORDS, st.floats(0.1, 5), label=st.booleans()),
)
SEAT = st.builds(
    Seat,
    st.floats(5, 95),
    st.floats(5, 75),
    WORDS,
    st.sampled_from([*PARTY_MARKS, NO_MARK]),
    st.sampled_from(["", "1", "A12"]),
    MAYBE,
    st.sampled_from(["above", "below", "left", "right"]),
)
EVENT = st.builds(content.Event, WORDS, WORDS, some(PARA, 2), MAYBE, st.sampled_from("●■◆○?"))
FACE = st.builds(
    Face,
    some(st.builds(CardLine, WORDS, st.floats(1, 120), st.booleans(), st.booleans()), 3),
    st.none() | PICTURE,
    st.none() | PICTURE,
    st.none() | CODE,
    MAYBE,
    st.sampled_from([None, *PARTY_MARKS]),
    st.sampled_from(["left", "centre"]),
)
BLOCK = st.one_of(
    st.builds(content.Text, some(PARA, 4), MAYBE),
    st.builds(content.Facts, some(FACT, 3), st.none() | PICTURE),
    st.builds(content.Table, COLUMNS, some(ROW, 3), MAYBE, st.sampled_from([0.0, 12.0])),
    st.builds(content.Cover, some(FACT, 3), some(PARA, 2), MAYBE, some(PICTURE, 3), st.none() | PICTURE),
    st.builds(content.Timeline, some(EVENT, 3)),
    st.builds(Chart, some(st.builds(Bar, WORDS, some(st.floats(), 3)), 3), some(WORDS, 3)),
    st.builds(content.Ruled),
    st.builds(content.Signatures, some(st.builds(content.Signatory, WORDS, MAYBE, MAYBE), 3)),
    st.builds(content.Letter, WORDS, some(PARA, 2), WORDS, *[some(WORDS, 2)] * 4, title=MAYBE),
    st.builds(
        Plan,
        st.just((Thing("table", 20, 30, 60, 15),)),
        some(SEAT, 1),
        some(st.tuples(st.sampled_from(PARTY_MARKS), WORDS), 8),
        MAYBE,
        st.booleans(),
        st.booleans(),
    ),
    st.just(content.Contents()) | PICTURE,
)
SECTION = st.builds(
    content.Section, some(BLOCK, 3), MAYBE, MARK, st.booleans(), st.sampled_from([1, 2]), together=st.booleans()
)
PAGE = st.sampled_from(
    [
        PageSetup(),
        PageSetup(size="A5"),
        PageSetup(booklet=True),
        PageSetup(large=True),
        PageSetup(official=True),
        PageSetup(size="A3", landscape=True, duplex=True),
    ]
)
LANGUAGES = st.sampled_from([BOTH, ("zh", "en"), ("en",), ("zh",), ("es", "zh")])


def wrong(paper: content.Paper) -> list[str]:
    """What is wrong with a paper but for its texts, which may begin with any mark and be of any length."""
    return [flaw for flaw in flaws(rendered(paper), paper) if any(fault in flaw for fault in FAULTS)]


@settings(max_examples=25)
@given(some(SECTION, 3), WORDS, LANGUAGES, st.sampled_from(LAYOUTS), PAGE)
def test_any_contents_print_inside_their_places(
    sections: tuple[content.Section, ...],
    title: Words,
    languages: tuple[str, ...],
    layout: str,
    page: PageSetup,
) -> None:
    paper = content.Paper(title, languages, replace(META, marking=title), sections, layout, fit=2, page=page)
    assert wrong(paper) == []


@settings(max_examples=15)
@given(some(st.builds(BoardCard, FACE, st.none() | FACE), 3), st.sampled_from(list(CARD_FORMS)), LANGUAGES)
def test_any_cards_print_inside_their_faces(
    cards: tuple[BoardCard, ...], form: str, languages: tuple[str, ...]
) -> None:
    paper = content.Paper(Words({}), languages, META, (content.Section((Cards(cards, CARD_FORMS[form]),)),))
    assert wrong(paper) == []
