"""Whatever the text, reading it ends with a paper or with one sentence, and no word of a paper is lost."""

from __future__ import annotations

import re
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.formats.papers import LIUZHOU, as_text, rows, said_in, words
from ucapdesk.base.errors import UserError
from ucapdesk.formats.glance import provenance
from ucapdesk.formats.glance.extract import understand
from ucapdesk.formats.glance.glance_table import read
from ucapdesk.formats.glance.record_drafts import drafts
from ucapdesk.formats.glance.theme_cells import theme_of_cells
from ucapdesk.formats.paper_contents import GlanceTable, Row, Source
from ucapdesk.formats.people_rows import card_of_signature
from ucapdesk.formats.phrases.field_labels import FIELDS
from ucapdesk.model.kinds import KINDS

TITLE, TABLE = rows()
LABELS = [field.label for field in FIELDS] + ["Liuzhou contact person", "European city contact person", ""]
PIECES = st.sampled_from(
    ["SDG", "SGD 9&11", "(", ")", "→", "○", ":", ";", ",", "/", "Mr", "Ms. LI Na", "2019", "31 June 2019", "June", "N/A",
     "1st meeting", "first meeting May", "Topics:", "MoUs", "10 MoUs", "EU UP", "Housing", "incl.", "New District", "万"]
)  # fmt: skip
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map(" ".join)


SOURCE = Source("any.txt", "0" * 64, "txt")
ESSENTIAL = (
    Row("Cities", ("Eastford", "Westford")),
    Row("Cooperation themes", ("Trams: New lines", "")),
    Row("Main objective", ("Learn", "")),
)


def _holds_all_words(table: GlanceTable) -> None:
    glance = understand(table)
    # what is no date, or less exact than it stands, is told as it stands: of a period nothing else keeps it
    undated = [str(odd.what.args["print"]) for odd in glance.oddities if odd.code in {"no_dates", "partial_date"}]
    held = Counter(word for text in (*said_in(glance), *undated) for word in words(text))
    rows_said = (text for row in table.rows for text in (row.label, *row.cells))
    wanted = Counter(word for text in rows_said for word in words(unicodedata.normalize("NFC", text)))
    # "and" between two names parts them, as a comma does.
    kept = set(provenance.words(" ".join(held)))
    assert {w for w in wanted if w not in held and not set(provenance.words(w)) <= kept} <= provenance.PARTING
    for oddity in glance.oddities:
        assert oddity.what.say("en")
        assert oddity.done.say("en")
    made = drafts(glance)
    assert len({draft.id for draft in made}) == len(made)
    for draft in made:
        for name, value in draft.values.items():
            KINDS[draft.kind].fields[name].type.read(value)


def _read_or_sentence(make: Callable[[], GlanceTable]) -> None:
    """Nothing but a sentence may stand in the way of a paper."""
    try:
        table = make()
        understand(table)
    except UserError as raised:
        said = raised.say("en")
    else:
        _holds_all_words(table)
        said = "read"
    assert said


@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_any_bytes_end_with_a_paper_or_a_sentence(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any"
        path.write_bytes(data)
        _read_or_sentence(lambda: read(path))


@given(st.lists(st.tuples(st.sampled_from(LABELS), TEXT, TEXT), max_size=14))
def test_any_cells_under_known_labels_end_with_a_paper_or_a_sentence(cells: list[tuple[str, str, str]]) -> None:
    table = [Row(label, (a, b)) for label, a, b in cells]
    _read_or_sentence(lambda: GlanceTable("Made up", tuple(table), SOURCE))
    _holds_all_words(GlanceTable("Made up", (*ESSENTIAL, *table), SOURCE))


@given(st.data())
def test_a_damaged_liuzhou_paper_still_loses_no_word(data: st.DataObject) -> None:
    table = [Row(row.label, row.cells) for row in TABLE]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(table) - 1))
        row = table[at]
        cell = data.draw(st.integers(0, 1))
        text = row.cells[cell]
        where = data.draw(st.integers(0, max(len(text) - 1, 0)))
        match data.draw(st.sampled_from(["row", "label", "cut", "character", "insert", "twice"])):
            case "row" if len(table) > 1:
                del table[at]
            case "label":
                table[at] = Row("", row.cells)
            case "cut":
                table[at] = Row(row.label, _with(row.cells, cell, text[:where]))
            case "character":
                table[at] = Row(row.label, _with(row.cells, cell, text[:where] + text[where + 1 :]))
            case "insert":
                table[at] = Row(row.label, _with(row.cells, cell, text[:where] + data.draw(TEXT) + text[where:]))
            case _:
                table.insert(at, row)
    _read_or_sentence(lambda: GlanceTable(TITLE, tuple(table), SOURCE))


def _with(cells: tuple[str, ...], at: int, text: str) -> tuple[str, ...]:
    return (*cells[:at], text, *cells[at + 1 :])


@given(st.sampled_from("()[]→○:,/\t\n&"))
def test_a_paper_without_any_sign_of_one_kind_still_loses_no_word(sign: str) -> None:
    text = LIUZHOU.read_text("utf-8").replace(sign, " " if sign not in "\t\n" else sign)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(text, "utf-8")
        _holds_all_words(read(path))


def test_a_very_long_run_of_signs_is_read_in_no_time() -> None:
    for sign in ("(", "A ", "1", "→ ", "Mr ", "ana", "SDG 1", "9,", "x: ", "["):
        long = sign * (60_000 // len(sign))
        table = [
            Row(row.label, (long, long)) if row.label.startswith(("-", "Short", "Main", "Liu")) else row
            for row in TABLE
        ]
        began = time.thread_time()
        understand(GlanceTable(TITLE, tuple(table), SOURCE))
        theme_of_cells("1", ("Trams", long))
        card_of_signature(f"{long} a@b.example")
        assert time.thread_time() - began < 5, sign


def test_cells_and_text_can_be_turned_into_one_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(as_text(TITLE, TABLE), "utf-8")
    again = read(tmp_path / "a.txt")
    assert [re.sub(r"\s+", " ", row.cells[0]) for row in again.rows] == [re.sub(r"\s+", " ", r.cells[0]) for r in TABLE]
