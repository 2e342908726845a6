"""By which clock things are told: of the item, its place, its day's city, the visit, the country; never of a neighbour."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, TransportLeg
from ucapdesk.model.listing import ListView
from ucapdesk.model.values import Bilingual, Codes, PartialDate, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.registry import request
from ucapdesk.services import line_entry
from ucapdesk.services.files.sheets import export, import_sheet
from ucapdesk.services.records import records
from ucapdesk.services.visits import calendars, visit_itinerary
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import place_time, with_derived
from ucapdesk.ui.screens.programme_items import clocks_of

FIRST, SECOND = "2027-04-12", "2027-04-13"


def add(desk: Desk, kind: str, **values: Any) -> str:
    return records.add(desk, kind, values)


def country(desk: Desk, alpha2: str) -> str:
    return add(desk, "country", alpha2=alpha2)


@pytest.fixture
def changsha(desk: Desk) -> str:
    return add(desk, "place", name=Bilingual(en="Changsha"), country=country(desk, "CN"))


@pytest.fixture
def visit(desk: Desk, changsha: str) -> str:
    return add(desk, "visit", dates=PartialDate(f"{FIRST}/{SECOND}"), host_places=Refs([changsha]))


def point(desk: Desk, visit: str, start: str, end: str | None = None, **more: Any) -> str:
    when = When(more.pop("date", FIRST), start, end, tz=more.pop("tz", None), end_tz=more.pop("end_tz", None))
    return add(desk, "itinerary_item", owner=visit, when=when, **more)


def zone(desk: Desk, item: str) -> str | None:
    found = desk.read.get(ItineraryItem, item)
    assert found is not None
    return place_time(desk).ends(found)[0]


def test_a_city_of_a_country_with_one_clock_has_that_and_not_the_one_of_a_flight_beside_it(
    desk: Desk, visit: str
) -> None:
    for day in (FIRST, SECOND):
        point(desk, visit, "08:00", "12:00", date=day, tz="Europe/Warsaw", type="flight")
    assert zone(desk, point(desk, visit, "15:00")) == "Asia/Shanghai"
    whole = visit_itinerary.programme(desk, visit)
    assert (whole.zone, whole.day(FIRST).zone) == ("Asia/Shanghai", "Asia/Shanghai")


def test_a_country_with_several_clocks_tells_none(desk: Desk) -> None:
    granada = add(desk, "place", name=Bilingual(en="Granada"), country=country(desk, "ES"))
    visit = add(desk, "visit", host_places=Refs([granada]))
    assert zone(desk, point(desk, visit, "15:00")) is None
    records.edit(desk, records.get(desk, granada).country, {"time_zones": Codes(["Europe/Madrid"])})  # type: ignore[attr-defined]
    assert zone(desk, point(desk, visit, "15:00")) == "Europe/Madrid"
    whole = visit_itinerary.programme(desk, visit)
    assert clocks_of(whole, "") == "Times in Madrid (UTC+1/UTC+2)", "without a date nobody knows whether it is summer"


def test_the_nearest_place_tells_the_clock(desk: Desk, visit: str) -> None:
    item = point(desk, visit, "15:00")
    records.edit(desk, visit, {"time_zone": "Asia/Urumqi"})
    assert zone(desk, item) == "Asia/Urumqi"
    istanbul = add(desk, "place", name=Bilingual(en="Istanbul"), time_zone="Europe/Istanbul")
    day = visit_itinerary.day_record(desk, visit, FIRST)
    records.edit(desk, day, {"place": istanbul})
    assert zone(desk, item) == "Europe/Istanbul"
    city = add(desk, "place", name=Bilingual(en="Tbilisi"), time_zone="Asia/Tbilisi")
    hall = add(desk, "place", name=Bilingual(en="Hall"), parent=add(desk, "place", parent=city))
    records.edit(desk, item, {"place": hall})
    assert zone(desk, item) == "Asia/Tbilisi"
    assert visit_itinerary.programme(desk, visit).days[0].zone == "Europe/Istanbul"
    records.edit(desk, day, {"place": None})
    assert visit_itinerary.programme(desk, visit).days[0].zone == "Asia/Tbilisi", "where its points are"
    assert zone(desk, point(desk, visit, "16:00")) == "Asia/Tbilisi"
    point(desk, visit, "01:30", place=istanbul, type="departure")
    assert zone(desk, point(desk, visit, "17:00")) == "Asia/Tbilisi", "and not where one leaves"
    point(desk, visit, "18:00", place=istanbul)
    assert visit_itinerary.programme(desk, visit).days[0].zone == "Asia/Urumqi", "unless these are on two clocks"
    records.edit(desk, item, {"when": When(FIRST, "15:00", tz="Europe/Warsaw")})
    assert zone(desk, item) == "Europe/Warsaw"


def test_a_day_in_a_country_of_other_clocks_is_not_on_that_of_the_visit(desk: Desk, visit: str) -> None:
    chicago = add(desk, "place", name=Bilingual(en="Some town"), country=country(desk, "US"))
    records.edit(desk, visit_itinerary.day_record(desk, visit, FIRST), {"place": chicago})
    assert zone(desk, point(desk, visit, "15:00")) is None
    assert zone(desk, point(desk, visit, "15:00", date=SECOND)) == "Asia/Shanghai"


def test_host_cities_on_two_clocks_tell_none_for_the_whole_visit(desk: Desk, visit: str, changsha: str) -> None:
    other = add(desk, "place", name=Bilingual(en="Tbilisi"), time_zone="Asia/Tbilisi")
    records.edit(desk, visit, {"host_places": Refs([changsha, other])})
    assert visit_itinerary.programme(desk, visit).zone is None
    at = {
        zone: add(desk, "place", name=Bilingual(en=zone), time_zone=zone)
        for zone in ("Europe/Brussels", "Europe/Warsaw")
    }
    records.edit(desk, visit, {"host_places": Refs(at.values())})
    assert visit_itinerary.programme(desk, visit).zone == "Europe/Brussels", "both are on one clock all the year"


def test_what_went_to_the_trash_tells_no_clock(desk: Desk, visit: str, changsha: str) -> None:
    records.trash(desk, changsha)
    assert zone(desk, point(desk, visit, "15:00")) is None


def test_a_meeting_is_on_the_clock_of_its_place_else_of_the_day_of_its_visit(desk: Desk, visit: str) -> None:
    id_ = add(desk, "meeting", when=When(FIRST, "10:00"), visit=visit)

    def told() -> str | None:
        meeting = desk.read.get(Meeting, id_)
        assert meeting is not None
        when = place_time(desk).told(meeting)
        return when.tz if when else None

    assert told() == "Asia/Shanghai"
    istanbul = add(desk, "place", name=Bilingual(en="Istanbul"), time_zone="Europe/Istanbul")
    records.edit(desk, id_, {"places": Refs([istanbul])})
    assert told() == "Europe/Istanbul"
    item = point(desk, visit, "10:00", meeting=id_)
    assert zone(desk, item) == "Europe/Istanbul", "and so is the point that names it"


@pytest.mark.parametrize(
    ("way", "zones"),
    [
        (("Warsaw", "Beijing"), ("Europe/Warsaw", "Asia/Shanghai")),
        (("Warsaw Chopin Airport (WAW)", "PEK T3"), ("Europe/Warsaw", "Asia/Shanghai")),
        (("SKG", "Istanbul Airport"), ("Europe/Athens", "Europe/Istanbul")),
        (("Changsha", "Nowhere"), ("Asia/Shanghai", None)),
        (("Córdoba", "Santiago"), (None, None)),
        ((None, None), (None, None)),
    ],
)
def test_each_end_of_a_flight_is_on_its_own_clock_or_on_none(
    desk: Desk, visit: str, way: tuple[str | None, str | None], zones: tuple[str | None, str | None]
) -> None:
    names = [Bilingual(en=name) if name else None for name in way]
    leg = add(desk, "transport_leg", owner=visit, mode="flight", when=When(FIRST, "15:05", "06:40", SECOND),
              departs_from=names[0], arrives_at=names[1])  # fmt: skip
    found = desk.read.get(TransportLeg, leg)
    assert found is not None
    assert place_time(desk).ends(found) == zones
    train = records.add(desk, "transport_leg", {"owner": visit, "mode": "train", "when": When(FIRST, "15:05", "16:40")})
    ground = desk.read.get(TransportLeg, train)
    assert ground is not None
    assert place_time(desk).ends(ground) == ("Asia/Shanghai", "Asia/Shanghai"), (
        "a train stays on the clock of the visit"
    )


def test_one_flight_has_one_hour_and_one_zone_on_every_surface(desk: Desk, visit: str) -> None:
    """Programme, papers, week, first page, calendar and lists; over three zones, none of them said by the points on the ground."""
    lines = (
        ("TK1884 SKG-IST 2010 2140", "2027-04-11"),
        ("LO91 Warsaw to Beijing 1505 0640+1", FIRST),
        ("0930 1030 meet", SECOND),
    )
    ids = [
        line_entry.add_itinerary_line(desk, visit, day, line_entry.read_itinerary_line(desk, line))
        for line, day in lines
    ]
    whole = visit_itinerary.programme(desk, visit)
    told = [whole.times[id_] for id_ in ids]
    assert [(when.start, when.tz, when.end, when.end_tz or when.tz) for when in told] == [
        ("20:10", "Europe/Athens", "21:40", "Europe/Istanbul"),
        ("15:05", "Europe/Warsaw", "06:40", "Asia/Shanghai"),
        ("09:30", "Asia/Shanghai", "10:30", "Asia/Shanghai"),
    ]
    facts = VisitFacts(RedactedReader(desk), request(desk, [visit]), visit)
    assert [item.when for item in facts.items] == told
    assert [leg.when for leg in facts.legs] == told[:2]
    assert [event.when for event in calendars.of(desk, "visit", [visit]).events] == told
    listed = with_derived(desk, [record for id_ in ids if (record := desk.read.get(ItineraryItem, id_))])
    assert [item.when for item in listed] == told
    found = visit_itinerary.week(desk, date(2027, 4, 12))
    assert [entry.hours for day in found.days for entry in day] == [
        "15:05 (Warsaw) – 06:40\xa0+1 (Beijing)", "06:40", "09:30–10:30",
    ]  # fmt: skip
    assert found.zone == "Asia/Shanghai"
    read = io.BytesIO()
    papers.brief(desk, [visit], read, languages=["en"], sections=["programme", "logistics"])
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(read.getvalue()))
    for said in (
        "15:05 (Warsaw)",
        "06:40 +1 (Beijing)",
        "20:10 (Athens)",
        "21:40 (Istanbul)",
        "09:30–10:30",
        "Arrival:",
    ):
        assert said in text.replace("\xa0", " ").replace("\r\n", " "), said
    assert "All times are local (Beijing)." in text


def test_a_sheet_tells_the_clock_and_what_it_only_told_is_not_written_when_it_comes_back(
    desk: Desk, visit: str, tmp_path: Path
) -> None:
    id_ = point(desk, visit, "15:00", "16:00", title=Bilingual(en="Talks"))
    target = tmp_path / "programme.csv"
    export(desk, ListView("itinerary_item"), target)
    assert "15:00–16:00 (Beijing time)" in target.read_text(encoding="utf-8-sig")
    assert import_sheet(desk, target).changed == 0
    records.edit(desk, visit, {"time_zone": "Asia/Urumqi"})
    assert zone(desk, id_) == "Asia/Urumqi", "nothing froze the old one"
    told = import_sheet(desk, target)
    assert (told.changed, len(told.troubles)) == (0, 1), "nor does the sheet of before"
    for clock in (None, "Asia/Urumqi"):
        later = When(FIRST, "17:00", "18:00", tz=clock)
        records.edit(desk, id_, {"when": later})
        told = import_sheet(desk, target)
        assert (told.changed, len(told.troubles)) == (0, 1)
        assert vars(records.get(desk, id_))["when"] == later
