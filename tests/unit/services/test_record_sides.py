"""What the sides of a record are called, asked again only where it may differ."""

from __future__ import annotations

from tests.helpers.second_story import SecondStory
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.services import ChangeEvent, Desk
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits

OF_EACH_KIND = 3


def test_no_text_renames_a_side_after_which_nobody_asks_again(second_desk: Desk, second_story: SecondStory) -> None:
    desk, changes = second_desk, list[ChangeEvent]()
    asked = [second_story.ids[kind][0] for kind in ("ucap", "visit", "meeting", "agreement")]
    desk.subscribe(changes.append)
    spared, asked_again = set[str](), set[str]()
    for kind in KINDS.values():
        texts = [name for name, field in kind.fields.items() if isinstance(field.type, BilingualType)]
        for id_ in desk.read.ids(kind.name)[:OF_EACH_KIND] if texts and not kind.cls.reserved else ():
            before = [visits.side_names(desk, each) for each in asked]
            records.edit(desk, id_, {name: Bilingual(en=f"Other {name}", zh="别的") for name in texts})
            after = [visits.side_names(desk, each) for each in asked]
            may = visits.sides_may_differ(changes[-1])
            (asked_again if may else spared).add(kind.name)
            assert may or after == before, kind.name
    assert {"visit", "meeting", "agenda_item", "person"} <= spared
    assert {"place", "organisation", "ucap_side"} <= asked_again


def test_whatever_is_no_text_may_rename_a_side(second_desk: Desk, second_story: SecondStory) -> None:
    changes = list[ChangeEvent]()
    second_desk.subscribe(changes.append)
    meeting = second_story["meeting"]
    records.edit(second_desk, meeting, {"ucap": None})
    records.edit(second_desk, meeting, {"title": Bilingual(en="Other", zh="别的"), "ucap": second_story["ucap"]})
    records.trash(second_desk, records.children(second_desk, meeting)["participation"][0].id)
    assert [visits.sides_may_differ(each) for each in changes] == [True] * 3
