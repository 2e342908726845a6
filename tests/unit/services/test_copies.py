"""A record made again with its parts."""

from __future__ import annotations

import pytest

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.visit_kinds import AgendaItem, MinuteEntry
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import InTrash


@pytest.mark.parametrize("kind", ["country", "place", "ucap", "person", "visit", "ucap_side", "affiliation"])
def test_every_kind_is_copied_in_one_step(liuzhou: Desk, kind: str) -> None:
    before = maintenance.digest(liuzhou)
    first = records.listing(liuzhou, kind)[0]
    copy = records.copy_with_parts(liuzhou, first)
    assert copy != first
    assert history.next_undo(liuzhou, "en") == (
        f"Duplicated “{records.titles(liuzhou, [first], 'en')[first]}” ({KINDS[kind].label('en')})"
    )
    history.undo(liuzhou)
    assert maintenance.digest(liuzhou) == before


def test_a_copy_has_all_the_parts_and_all_their_values(liuzhou: Desk) -> None:
    first = records.listing(liuzhou, "ucap")[0]
    copy = records.copy_with_parts(liuzhou, first)
    for kind, parts in records.children(liuzhou, first).items():
        copied = records.children(liuzhou, copy)[kind]
        names = [name for name in KINDS[kind].fields if name != "owner"]
        assert [[getattr(part, name) for name in names] for part in copied] == [
            [getattr(part, name) for name in names] for part in parts
        ]


def test_links_among_the_parts_of_a_copy_lead_to_the_copied_parts(liuzhou: Desk) -> None:
    meeting = records.listing(liuzhou, "meeting")[0]
    topic = records.add(liuzhou, "agenda_item", {"owner": meeting, "title": Bilingual(en="Topic")})
    values = {"owner": meeting, "text": Bilingual(en="Said"), "agenda_item": topic}
    records.add(liuzhou, "minute_entry", values)
    with liuzhou.save(["record.add", {}]) as work:
        work.new(Pack, owner=meeting, document="agenda", version=1)
    copy = records.copy_with_parts(liuzhou, meeting)
    (line,) = liuzhou.read.children(copy, MinuteEntry)
    topics = [each.id for each in liuzhou.read.children(copy, AgendaItem) if each.title == Bilingual(en="Topic")]
    assert [line.agenda_item] == topics != [topic]
    assert liuzhou.read.children(copy, Pack) == [], "nothing was printed of it"


def test_what_is_in_the_trash_is_not_copied(liuzhou: Desk) -> None:
    meeting = records.listing(liuzhou, "meeting")[0]
    records.trash(liuzhou, meeting)
    with pytest.raises(InTrash):
        records.copy_with_parts(liuzhou, meeting)
