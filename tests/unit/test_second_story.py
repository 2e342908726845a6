"""The second story is as hard as it says: rare names, zones nobody names, Chinese for about four texts in five."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.second_story import SecondStory
from tests.helpers.second_story.meetings import ACTIONS
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.services import Desk


def test_about_four_texts_in_five_have_chinese(second_desk: Desk, second_story: SecondStory) -> None:
    texts = [
        text
        for kind, ids in second_story.ids.items()
        for record in second_desk.read.many(ids)
        for name, field in KINDS[kind].fields.items()
        if isinstance(field.type, BilingualType) and (text := getattr(record, name)) and "en" in text
    ]
    share = sum("zh" in text for text in texts) / len(texts)
    assert share == pytest.approx(0.8, abs=0.05)


def test_no_point_in_zhengzhou_names_a_zone(second_desk: Desk, second_story: SecondStory) -> None:
    asked: list[Any] = second_desk.read.many([second_story["visit"], second_story["zhengzhou"]])
    assert [each.time_zone for each in asked] == [None, None]
    points: list[Any] = second_desk.read.many(second_story.ids["itinerary_item"])
    named = {point.id for point in points if point.when.tz}
    assert named == {second_story[each] for each in ("flight of Łódź", "flight to Istanbul", "flight to Beijing")}


def test_every_status_of_an_action_is_there(second_desk: Desk, second_story: SecondStory) -> None:
    actions: list[Any] = second_desk.read.many(second_story.ids["action_item"])
    assert sorted(action.status for action in actions) == sorted(ACTIONS)
