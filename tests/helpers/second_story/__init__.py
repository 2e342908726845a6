"""The second story: Łódź and Thessaloniki visit Zhengzhou, 12 to 15 April 2027, told six days before they leave.

Beside the sample it holds what the sample does not: three parties, rare characters and long names, Chinese for about four
texts in five, flights over three time zones and two hotels, and actions, meetings and MoUs in most of their statuses.
Whoever stands in it is invented.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.helpers.clock import FrozenClock
from tests.helpers.second_story import agreements, meetings, people, places, programme, visit
from tests.helpers.second_story.teller import SecondStory, Teller
from ucapdesk.services import Desk

__all__ = ["NAME", "NOW", "SecondStory", "make"]

NAME = "the Zhengzhou story"
NOW = datetime(2027, 4, 6, 9, 30, tzinfo=UTC)


def make(folder: Path) -> SecondStory:
    with Desk.create(folder, name="Zhengzhou 2027", person="Maria Kowalska", clock=FrozenClock(NOW)) as desk:
        return tell(desk)


def tell(desk: Desk) -> SecondStory:
    """Tell the story in an open workspace, in one save; chapters follow what they lead to."""
    with desk.save(["sample.make", {}]) as work:
        teller = Teller(desk, work)
        for chapter in (places, people, visit, meetings, programme, agreements):
            chapter.tell(teller)
        return teller.story
