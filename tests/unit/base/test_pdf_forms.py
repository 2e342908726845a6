"""A PDF that would be drawn forever is known before it is drawn; others are not suspected."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import foreign_pdfs
from ucapdesk.base.pdf_forms import draws_too_much

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
    assert draws_too_much(b" ".join(parts)) in {True, False}
