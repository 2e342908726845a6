"""Whatever a paper holds, on whatever page: it prints, and nothing leaves its place."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.paper_flaws import flaws
from tests.unit.briefing.everything import BOTH, META, photo
from ucapdesk.base.marks import NO_MARK
from ucapdesk.briefing.blocks import content
from ucapdesk.briefing.blocks.content import LAYOUTS, PageSetup
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
from ucapdesk.briefing.pages.render import render
from ucapdesk.model.rules.sides import PARTY_MARKS

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
    target = BytesIO()
    render(paper, target)
    return [flaw for flaw in flaws(target.getvalue(), paper) if any(fault in flaw for fault in FAULTS)]


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
