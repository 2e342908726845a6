"""A PDF that would be drawn forever is known before it is drawn; others are not suspected."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import foreign_pdfs
from ucapdesk.base.pdfium import draws_too_much

PAPERS = sorted((Path(__file__).parents[2] / "data").rglob("*.pdf"))


def test_a_form_that_draws_itself_twice_never_ends() -> None:
    assert draws_too_much(foreign_pdfs.forms("/X Do /X Do", itself=True))


def test_forms_of_which_each_draws_the_next_one_twice_take_too_long() -> None:
    assert draws_too_much(foreign_pdfs.forms("/X Do /X Do", 25))
    assert not draws_too_much(foreign_pdfs.forms("/X Do /X Do", 8))


def test_a_long_row_of_forms_is_not_followed_to_its_end() -> None:
    assert draws_too_much(foreign_pdfs.forms("/X Do /X Do", 5_000))


def test_a_form_that_names_itself_and_does_not_draw_itself_is_well() -> None:
    assert not draws_too_much(foreign_pdfs.forms("0 0 m 9 9 l S", itself=True))


def test_what_is_packed_is_counted_too() -> None:
    names = zlib.compress(b"6 0 << /XObject << /X 5 0 R >> >>")
    drawing = zlib.compress(b"/X Do /X Do")
    pdf = (
        b"5 0 obj << /Subtype /Form /Resources 6 0 R /Filter /FlateDecode >> stream\n"
        + drawing
        + b"\nendstream endobj\n"
        b"7 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >> stream\n" + names + b"\nendstream endobj\n"
    )
    assert draws_too_much(pdf)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_papers_are_not_suspected(paper: Path) -> None:
    assert not draws_too_much(paper.read_bytes())


def test_nor_is_an_invitation_with_a_form_to_fill_in() -> None:
    assert not draws_too_much(foreign_pdfs.invitation(3))


@given(st.lists(st.sampled_from(
    [b"5 0 obj", b"<< /Subtype /Form >>", b" stream\n", b"/X 5 0 R ", b"endstream", b"endobj", b"/ObjStm /First 3", b"\xff"]
)))  # fmt: skip
def test_anything_may_be_given(parts: list[bytes]) -> None:
    assert not draws_too_much(b" ".join(parts)), "nothing is drawn"


def test_two_names_of_one_form_are_counted_together() -> None:
    row = b"".join(
        b"%d 0 obj << /Subtype /Form /Resources << /XObject << /X %d 0 R /Y %d 0 R >> >> >> stream\n/X Do /Y Do\nendstream endobj\n"
        % (n, n + 1, n + 1)
        for n in range(5, 30)
    )
    assert draws_too_much(row)


TRAPS = {
    "objects without an end": b"1 0 obj " * 500_000,
    "streams without an end": b"1 0 obj << /Subtype /Form >> " + b"stream " * 500_000,
    "contents without an end": b"1 0 obj << /Type /Page /Subtype /Form " + b"/Contents [ " * 400_000,
    "a number without an end": b"1 0 obj << /Type /Page /Subtype /Form /Contents [" + b"1" * 4_000_000 + b"] >> endobj",
    "places back and forth": b"1 0 obj << /Subtype /Form /Type /ObjStm /First 4000000 >> stream\n"
    + (b"9 0 9 3000000 " * 300_000).ljust(8_000_000) + b"endstream endobj",
    "names by names": b"".join(
        b"%d 0 obj << /Subtype /Form /Resources 9999 0 R >> stream\n/N Do\nendstream endobj\n" % n for n in range(5_000)
    ) + b"9999 0 obj << " + b"/A 1 0 R " * 20_000 + b">> endobj",
}  # fmt: skip


@pytest.mark.parametrize("name", TRAPS)
def test_the_count_itself_is_no_trap(name: str) -> None:
    began = time.thread_time()
    draws_too_much(TRAPS[name])
    assert time.thread_time() - began < 10


def test_streams_that_grow_without_an_end_are_too_much() -> None:
    bomb = zlib.compress(bytes(64 * 2**20), 9)
    stream = (
        b"%d 0 obj << /Subtype /Form /Filter /FlateDecode >> stream\n"
        + bomb.replace(b"%", b"%%")
        + b"\nendstream endobj\n"
    )
    assert draws_too_much(b"".join(stream % n for n in range(6)))
