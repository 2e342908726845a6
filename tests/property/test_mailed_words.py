"""No word of a mailed programme or of minutes is lost, whatever stands where: each is in a field, told, or a label."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget
from ucapdesk.formats.lists.list_file import pasted_text
from ucapdesk.formats.lists.minutes_text import minutes_of
from ucapdesk.formats.lists.programmes import itinerary_of, programme_in

PIECES = st.sampled_from(
    ["Monday, 12 April 2027", "4月13日（周二）", "09:00–10:30 ", "下午3点半 ", "Morning: ", "Venue: ", "地点：", "Host: ", "陪同：",
     "Present: ", "参会人员：", "Apologies: ", "Decision: ", "决定：", "Action: ", "待办：", "Open question: ", "Date: ", "Agenda: ",
     "Next meeting: ", "- ", "1. ", "> ", "! ", "? ", "@Nowak", "@ City Hall", "(Nowak, by 5 May)", "（责任人：李明，完成时间：5月5日前）", "by June 2027",
     "Anna Nowak (Deputy Mayor, City of Łódź)", "李明", "港口", "talks on ports", "Minutes of the port group", "会议纪要", "", "  ", "\t",
     "Best regards", "budget 3 million", ", ", "; ", "、"]
)  # fmt: skip
LINES = st.lists(st.lists(PIECES, max_size=4).map("".join), max_size=14)
TARGET = ListTarget("a" * 8, days=("2027-04-12", "2027-04-16"))


def _lost(found: ListDrafts | None) -> tuple[str, ...]:
    return found.accounted.nothing if found else ()


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_no_word_of_minutes_is_lost(lines: list[str]) -> None:
    assert _lost(minutes_of(pasted_text("x", "\n".join(lines)), TARGET, date(2026, 11, 2), whole=True)) == ()
    assert _lost(minutes_of(pasted_text("x", "\n".join(lines)), ListTarget(), date(2026, 11, 2))) == ()


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_no_word_of_a_programme_is_lost(lines: list[str]) -> None:
    tour = programme_in(pasted_text("x", "\n".join(lines)), "2027-04-14")
    assert tour is None or _lost(itinerary_of(tour, TARGET)) == ()
