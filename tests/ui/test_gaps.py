"""The way from what lacks in a paper: the record, or the row of its owner, opens with the keys in the field."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import User
from ucapdesk.model.values import Bilingual, Codes, HanName, PartialDate, PersonName, Quantity, Refs, When
from ucapdesk.papers.gaps import gaps
from ucapdesk.papers.text_gaps import Gap
from ucapdesk.services.records import records
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.window.commands.file_commands import print_record


def at(date: str, start: str, end: str) -> When:
    return When(date, start, end, tz="Asia/Shanghai")


@pytest.fixture
def visit(user: User) -> str:
    """A visit in which one of everything lacks or clashes."""

    def add(kind: str, **values: Any) -> str:
        return records.add(user.desk, kind, values)

    ucap = add("ucap", title=Bilingual(en="Plan", zh="计划"))
    visit = add("visit", title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2026-11-23/2026-11-25"),
                travelling_side="B", time_zone="Asia/Shanghai", ucaps=Refs([ucap]),
                purpose=Bilingual(en="To talk \U0001f600"))  # fmt: skip
    add("itinerary_day", owner=visit, date="2026-11-24")
    add("itinerary_item", owner=visit, title=Bilingual(en="First", zh="甲"), when=at("2026-11-24", "09:00", "10:30"))
    add("itinerary_item", owner=visit, title=Bilingual(en="Other", zh="乙"), when=at("2026-11-24", "10:00", "11:00"))
    add("itinerary_item", owner=visit, title=Bilingual(en="Late", zh="丙"), when=at("2026-11-29", "10:00", "11:00"))
    add("transport_leg", owner=visit, number="Bus", seats=1, when=at("2026-11-24", "15:00", "14:00"))
    room = add("place", name=Bilingual(en="Room", zh="房间"), capacity=Quantity("1"))
    meeting = add("meeting", title=Bilingual(en="Talks", zh="会谈"), visit=visit, places=Refs([room]),
                  when=at("2026-11-24", "12:00", "13:00"))  # fmt: skip
    for side, spoken in (("A", "zh"), ("B", "es")):
        known = {"name": PersonName("Mo", side, "family_first"), "spoken": Codes([spoken])}
        person = add("person", **known, name_han=HanName("莫", "芳") if side == "A" else None)
        for owner in (visit, meeting):
            add("participation", owner=owner, person=person, side="B" if owner == visit else side)
    left = add("transport_leg", owner=visit, when=at("2026-11-23", "09:00", "10:00"))
    gone = add("person", name_han=HanName("吴", "文能"))
    add("participation", owner=visit, person=gone, side="B", departure=left)
    add(
        "itinerary_item",
        owner=visit,
        title=Bilingual(en="Tour", zh="丁"),
        our_lead=gone,
        when=at("2026-11-24", "16:00", "17:00"),
    )
    mou = add("agreement", title=Bilingual(en="MoU", zh="备忘录"), ucap=ucap, status="negotiation",
              signing_planned=PartialDate("2026-11-24"))  # fmt: skip
    add("agreement_party", owner=mou, free_name=Bilingual(en="City", zh="市"), role="party")
    return visit


ALL = {
    "outside", "overlap", "impossible_transfer", "no_hotel", "too_few_seats", "no_interpreter", "text_not_agreed",
    "no_signatory", "away", "no_chinese_name", "no_latin_name", "no_translation", "no_glyph", "no_number",
}  # fmt: skip

SHOWN_ELSEWHERE = {("agreement", "status"): "mou.bar"}
"""Fields that their page shows in a way of its own, not in the form."""


def test_every_gap_leads_to_its_field(user: User, visit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = gaps(user.desk, [visit]).found
    assert {gap.code for gap in found} == ALL

    for gap in found:
        lead(user, monkeypatch, visit, gap)
        assert user.record is not None
        assert user.record.id in (gap.id, user.window.record.place_of(gap.id))
        place = SHOWN_ELSEWHERE.get((gap.kind, gap.field), f"field.{gap.field}")
        assert _is_in(user.focus(), place), (gap.code, gap.kind, gap.field)


def lead(user: User, monkeypatch: pytest.MonkeyPatch, visit: str, gap: Gap) -> None:
    """Choose a gap in the paper of the visit."""

    def chosen(dialog: PaperDialog) -> int:
        dialog.leads_to = gap.id, gap.field
        dialog.done(1)
        return 1

    monkeypatch.setattr(PaperDialog, "exec", chosen)
    print_record(user.window.commands, visit)


def _is_in(widget: QWidget | None, place: str) -> bool:
    while widget is not None:
        if f"{widget.objectName()}.".startswith(f"{place}."):
            return True
        widget = widget.parentWidget()
    return False
