"""Every paper of a record of which nothing is known yet."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.unit.papers.printed import OF_A_COPY, text
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk
from ucapdesk.services.records import records

NAMES = [name for name in sorted(DOCUMENTS) if name not in OF_A_COPY]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A workspace with an empty record of each kind that is printed."""
    folder = tmp_path_factory.mktemp("empty") / "desk"
    with Desk.create(folder, name="Own", person="Ana", clock=FrozenClock()) as desk:
        kinds = {kind for name in NAMES for kind in DOCUMENTS[name].kinds} - {"itinerary_item"}
        ids = {kind: str(records.add(desk, kind, {})) for kind in sorted(kinds)}
        ids["itinerary_item"] = str(records.add(desk, "itinerary_item", {"owner": ids["visit"]}))
    return folder, ids


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh",)], ids=",".join)
@pytest.mark.parametrize("name", NAMES)
def test_it_prints_and_says_what_it_would_be(
    empty: tuple[Path, dict[str, str]], name: str, languages: tuple[str, ...]
) -> None:
    folder, ids = empty
    with Desk.open(folder, clock=FrozenClock(), read_only=True) as desk:
        for kind in DOCUMENTS[name].kinds:
            file = io.BytesIO()
            papers.render(papers.paper(desk, [ids[kind]], document=name, languages=languages), file)
            assert text(file.getvalue()).strip()
            papers.gaps(desk, [ids[kind]], document=name, languages=languages)
