"""Workspaces in which the story of one delegation is told in different ways, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.clock import START, FrozenClock
from tests.helpers.second_story import NAME as ZHENGZHOU
from tests.helpers.second_story import NOW, SecondStory
from tests.unit.papers.story import Story, Telling, tell
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import sample

LONG = (" International Cooperation Centre for Sustainable Urban Development" * 7, "国际可持续城市发展合作中心" * 38)
TELLINGS = {
    "as it should be": Telling(),
    "long names": Telling(longer=LONG, items=2),
    "no Chinese": Telling(languages=("en",)),
    "no English": Telling(languages=("zh",)),
    "sixty people, forty points a day, twenty pages of minutes": Telling(people=27, items=40, minutes=320),
    "strange characters": Telling(strange="😀 𠀀𪚥 שלום עולם مرحبا 𝒳 👩‍👩‍👧 e\u0301"),
}
SAMPLE = "the Liuzhou sample"
CLOCKS = {ZHENGZHOU: NOW}  # When a story is told, if not when all others are
Told = Callable[[str], tuple[Desk, Story]]


def _sample(folder: Path) -> Story:
    """The sample as everybody gets it, told by the kinds that can be printed."""
    with sample.make(folder) as desk:
        kinds = sorted({kind for document in DOCUMENTS.values() for kind in document.kinds})
        return Story({kind: ids for kind in kinds if (ids := records.listing(desk, kind))})


@pytest.fixture(scope="session")
def _told(
    tmp_path_factory: pytest.TempPathFactory, second_story_made: tuple[Path, SecondStory]
) -> Callable[[str], tuple[Path, Story]]:
    made: dict[str, tuple[Path, Story]] = {ZHENGZHOU: second_story_made}

    def make(name: str) -> tuple[Path, Story]:
        if name not in made:
            folder = tmp_path_factory.mktemp("papers") / "workspace"
            if name == SAMPLE:
                made[name] = (folder, _sample(folder))
                return made[name]
            with Desk.create(folder, name="Liuzhou", person="Ana", clock=FrozenClock()) as desk:
                made[name] = (folder, tell(desk, TELLINGS[name]))
        return made[name]

    return make


@pytest.fixture(scope="session")
def told(_told: Callable[[str], tuple[Path, Story]]) -> Iterator[Told]:
    """Gives the workspace of a telling, opened for reading once for all tests, and what it holds."""
    with ExitStack() as opened:

        @cache
        def open_(name: str) -> tuple[Desk, Story]:
            folder, story = _told(name)
            desk = Desk.open(folder, clock=FrozenClock(CLOCKS.get(name, START)), read_only=True)
            return opened.enter_context(desk), story

        yield open_


@pytest.fixture
def desk(told: Told) -> Desk:
    """The story as it should be."""
    return told("as it should be")[0]


@pytest.fixture
def story(told: Told) -> Story:
    """What the story is made of."""
    return told("as it should be")[1]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Desk]:
    """An empty workspace of this test's own."""
    with Desk.create(tmp_path / "own", name="Own", person="Ana", clock=FrozenClock()) as opened:
        yield opened


@pytest.fixture
def add(own: Desk) -> Callable[..., str]:
    """Records one thing in it."""
    return lambda kind, **values: records.add(own, kind, values)
