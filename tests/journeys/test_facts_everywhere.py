"""One fact, one answer: what window, command line, papers, calendars and sheets say of the second story is compared."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.helpers.clock import COMPUTER, FrozenClock
from tests.helpers.second_story import NOW, SecondStory
from tests.helpers.surfaces import FACTS, Fact, Surfaces, tight

LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module", params=LANGUAGES)
def on(
    second_story_made: tuple[Path, SecondStory],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    qapp: QApplication,
) -> Iterator[Surfaces]:
    made, story = second_story_made
    folder = tmp_path_factory.mktemp("facts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder / "config"))
        COMPUTER.set(NOW)
        on = Surfaces(shutil.copytree(made, folder / "desk"), story, request.param, FrozenClock(NOW), qapp)
        with on.at_window():
            yield on


@pytest.fixture(autouse=True)
def _six_days_before(computer_clock: FrozenClock) -> None:
    computer_clock.set(NOW)


@pytest.mark.parametrize(
    ("fact", "surface"),
    [(fact, name) for fact in FACTS for name in fact.surfaces],
    ids=lambda each: getattr(each, "name", each),
)
def test_every_surface_says_the_same(on: Surfaces, fact: Fact, surface: str) -> None:
    said = str(fact.surfaces[surface](on))
    assert tight(fact.said(surface, on.lang)).casefold() in tight(said).casefold()


def test_what_somebody_cannot_eat_is_told_to_the_kitchen_alone(on: Surfaces) -> None:
    packs = [on.contents("visit_pack", "visit", edition=edition) for edition in ("hosts", "drivers", "media")]
    packs.append(on.paper("visit_pack", "visit", edition="principal"))
    dates = [str(dict(event)) for event in on.calendar("visit", "visit").values()]
    assert not any("hazelnuts" in said for said in (*packs, *dates))
    assert "hazelnuts" in on.paper("catering_list", "visit")
    assert "hazelnuts" in on.contents("catering_list", "visit")


def test_what_is_put_off_is_neither_late_nor_in_a_calendar(on: Surfaces) -> None:
    with pytest.raises(AssertionError, match=r"nothing for a calendar|没有可写入日历"):
        on.calendar("action_item", "action deferred")
    assert on.plain("action deferred")["computed"] == {"overdue": False}
    late = {"en": "overdue", "zh": "逾期"}[on.lang]
    assert late not in on.shown("action deferred").casefold()
    assert set(on.found(late)) == {on.story["action blocked"], on.story["protocol"]}
