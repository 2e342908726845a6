"""Laws of hours: clashes and gaps are counted on one clock, and a journey has the same hours in both its records."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg
from ucapdesk.model.rules.itinerary import Slot, apart, in_order, marks, overlap
from ucapdesk.model.rules.journeys import item_after, journey_differs, leg_after, told_of
from ucapdesk.model.values import When

ZONES = ("Asia/Shanghai", "Europe/Warsaw", "Europe/Istanbul", "America/St_Johns")
START = datetime(2027, 4, 12)  # noqa: DTZ001
minutes = st.integers(0, 24 * 60 - 1)
zones = st.sampled_from(ZONES)


def hours(begins: int, length: int, tz: str | None, end_tz: str | None = None) -> When:
    start, end = START + timedelta(minutes=begins), START + timedelta(minutes=begins + length)
    later = end.date().isoformat() if end.date() != start.date() else None
    return When(start.date().isoformat(), f"{start:%H:%M}", f"{end:%H:%M}", later, tz, end_tz)


whens = st.builds(hours, minutes, st.integers(0, 20 * 60), zones)
floating = st.builds(hours, minutes, st.integers(0, 20 * 60), st.none())
slots = st.lists(st.one_of(whens, floating), max_size=6).map(
    lambda each: [Slot(str(n), when) for n, when in enumerate(each)]
)


@given(slots)
def test_a_clash_is_mutual_and_whatever_order_the_points_stand_in(row: list[Slot]) -> None:
    found = marks(row)
    assert all(one in found.clashes[other] for one, others in found.clashes.items() for other in others)
    again = marks(list(reversed(row)))
    assert {k: set(v) for k, v in again.clashes.items()} == {k: set(v) for k, v in found.clashes.items()}
    assert all(overlap(one, other) == overlap(other, one) for one in row for other in row)


@given(st.lists(whens, max_size=6), zones)
def test_clashes_and_gaps_are_the_same_on_any_clock(found: list[When], zone: str) -> None:

    def there(when: When) -> When:
        from zoneinfo import ZoneInfo

        slot = Slot("", when)
        begins, ends = (each.astimezone(ZoneInfo(zone)) for each in (slot.begins, slot.ends))
        later = ends.date().isoformat() if ends.date() != begins.date() else None
        return When(begins.date().isoformat(), f"{begins:%H:%M}", f"{ends:%H:%M}", later, zone)

    one = [Slot(str(n), when) for n, when in enumerate(found)]
    other = [Slot(str(n), there(when)) for n, when in enumerate(found)]
    here, elsewhere = marks(one), marks(other)
    assert (here.gaps, set(here.clashes)) == (elsewhere.gaps, set(elsewhere.clashes))
    assert [slot.id for slot in in_order(one)] == [slot.id for slot in in_order(other)]


@given(st.lists(floating, min_size=2, max_size=5), st.integers(0, 4), zones)
def test_a_zone_said_of_one_point_alone_changes_no_gap(found: list[When], at: int, zone: str) -> None:
    bare = [Slot(str(n), when) for n, when in enumerate(found)]
    one = [slot._replace(zone=zone, end_zone=zone) if n == at % len(bare) else slot for n, slot in enumerate(bare)]
    assert marks(bare) == marks(one)


@given(whens, whens)
def test_the_time_between_two_is_the_same_there_and_back(one: When, other: When) -> None:
    first, second = Slot("", one), Slot("", other)
    assert apart(first.begins, second.begins) == -apart(second.begins, first.begins)


def point(when: When | None, kind: str = "flight") -> ItineraryItem:
    made = ItineraryItem()
    made.__dict__.update(id="item", type=kind, transport="leg", when=when)
    return made


def transport(when: When | None) -> TransportLeg:
    made = TransportLeg()
    made.__dict__.update(id="leg", when=when, is_deleted=False)
    return made


anything = st.builds(
    lambda made, dropped: replace(made, **dict.fromkeys(dropped)),
    st.builds(hours, minutes, st.integers(0, 20 * 60), st.one_of(st.none(), zones), st.one_of(st.none(), zones)),
    st.sets(st.sampled_from([each.name for each in fields(When) if each.name not in ("date", "start", "end_date")])),
)


@given(whens, anything)
def test_what_is_written_in_a_point_is_in_its_transport_and_back(before: When, after: When) -> None:
    leg = leg_after(point(after), before, before)
    assert leg is not None
    assert all(getattr(leg, name) == getattr(after, name) for name in ("date", "start", "end", "tz"))
    assert not journey_differs(point(after), transport(leg))
    told = told_of(point(after), transport(leg))
    assert item_after(point(after), leg, leg) == filled_up(after, told)


def filled_up(after: When, told: When | None) -> When:
    """A point may lack what its transport knows; nothing that it says is changed."""
    assert told is not None
    return replace(after, **{part.name: getattr(after, part.name) or getattr(told, part.name) for part in fields(When)})


@given(whens, anything)
def test_what_is_written_in_a_transport_is_in_its_points(before: When, after: When) -> None:
    item = item_after(point(before), before, after)
    assert item is not None
    assert not journey_differs(point(item), transport(after))
    assert all(getattr(item, name) == getattr(after, name) for name in ("date", "start", "end", "tz"))
