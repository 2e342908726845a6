"""Papers are as short as offices print them: nothing is told twice, and no page is left nearly empty."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from tests.helpers.drawn_lines import drawn_lines
from tests.helpers.second_story import SecondStory
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk

THIRD = 1 / 3


def printed(desk: Desk, id_: str, document: str, **choices: Any) -> tuple[bytes, int]:
    file = BytesIO()
    pages = papers.brief(desk, [id_], file, document=document, **choices).pages
    return file.getvalue(), pages


@pytest.mark.row("B18")
def test_its_large_edition_has_sixty_pages_at_most_and_a_cover_on_one(
    second_desk: Desk, second_story: SecondStory
) -> None:
    file = BytesIO()
    choices: Any = {"document": "visit_pack", "edition": "hosts", "page": "large"}
    assert papers.brief(second_desk, [second_story["visit"]], file, **choices).pages <= 60
    lines = drawn_lines(file.getvalue())
    assert any(line.text.startswith("Contents") for line in lines if line.page == 2)
    assert max(line.size for line in lines if line.page == 9) >= 16


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh", "en")])
@pytest.mark.parametrize("edition", ["delegation", "hosts"])
def test_the_pack_of_a_visit_of_seventeen_people_has_forty_pages_at_most(
    second_desk: Desk, second_story: SecondStory, edition: str, languages: tuple[str, str]
) -> None:
    pdf, pages = printed(second_desk, second_story["visit"], "visit_pack", edition=edition, languages=languages)
    assert pages <= 40
    sparse = [page for page, used in _used(pdf) if used < THIRD]
    assert set(sparse) <= {*_ends_of_parts(pdf), pages}, "but at the end of a part"


def test_the_programme_of_four_days_has_three_pages_at_most(second_desk: Desk, second_story: SecondStory) -> None:
    assert printed(second_desk, second_story["visit"], "itinerary")[1] <= 3


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh", "en")])
def test_seventeen_people_sign_in_on_one_page(
    second_desk: Desk, second_story: SecondStory, languages: tuple[str, str]
) -> None:
    assert printed(second_desk, second_story["visit"], "attendance_sheet", languages=languages)[1] == 1


def _used(pdf: bytes) -> list[tuple[int, float]]:
    """How much of its type area each page uses."""
    lines = drawn_lines(pdf)
    found = []
    for page in sorted({line.page for line in lines}):
        inside = [line.low for line in lines if line.page == page and 58 < line.low < 842 - 62]
        found.append((page, (780 - min(inside, default=780)) / 722))
    return found


def _ends_of_parts(pdf: bytes) -> set[int]:
    """Pages before one that begins with a part."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        begun = {mark.get_dest().get_index() + 1 for mark in document.get_toc() if mark.level == 1}
    finally:
        document.close()
    return {page - 1 for page in begun}


@pytest.mark.parametrize(("document", "pages"), [("attendance_sheet", 2), ("itinerary", 5)])
def test_a_list_of_one_page_on_facing_pages_has_no_page_for_its_title_alone(
    second_desk: Desk, second_story: SecondStory, document: str, pages: int
) -> None:
    pdf, n = printed(second_desk, second_story["visit"], document, layout="facing")
    assert n == pages
    titles = {line.page for line in drawn_lines(pdf) if line.size > 13 and "Łódź" in line.text}
    assert titles == {1}, "in English on the left page, in Chinese on the right"
    assert (b"/TwoPageLeft" if pages == 2 else b"/TwoPageRight") in pdf


def test_the_large_edition_of_the_principal_has_sixty_pages_at_most(
    second_desk: Desk, second_story: SecondStory
) -> None:
    pdf, pages = printed(second_desk, second_story["visit"], "visit_pack", edition="principal")
    assert pages <= 60
    sparse = [page for page, used in _used(pdf) if used < THIRD]
    assert set(sparse) <= {*_ends_of_parts(pdf), pages}, "but at the end of a part"
