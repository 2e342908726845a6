"""Interprets a table: every row goes to its field, every oddity is reported, no word is lost."""

from __future__ import annotations

import re
from dataclasses import replace

from ucapdesk.formats.errors import NotAGlance
from ucapdesk.formats.glance import labels
from ucapdesk.formats.glance.activities import Activities, activities_in, challenge_items, unvisited
from ucapdesk.formats.glance.gather import Draft, gather, missing_labels
from ucapdesk.formats.glance.glance_parts import (
    Glance,
    GlanceTable,
    Meeting,
    PartialDate,
    PartnershipRef,
    Quantity,
    Row,
    SdgRef,
    Side,
    Theme,
    Visit,
)  # fmt: skip
from ucapdesk.formats.glance.glance_people import People
from ucapdesk.formats.glance.glance_places import Register, cities_in, countries_in
from ucapdesk.formats.glance.glance_themes import partnerships_in, sdgs_in, themes_in
from ucapdesk.formats.glance.labels import BY_KEY
from ucapdesk.formats.glance.text import NOT_AVAILABLE, bullet_items, dates_in, quantity, squash


def understand(table: GlanceTable, *, by_hand: bool = False) -> Glance:
    """Read the meaning of a table.

    Args:
        table: the table.
        by_hand: somebody assigned its text and so vouches for what it is; then the row of cities is enough.

    Raises:
        NotAGlance: when the row of cities, or more than one other essential row, is missing or empty.
    """
    missing = missing_labels(table)
    if BY_KEY["cities"].label in missing or (len(missing) > 1 and not by_hand):
        raise NotAGlance(file=table.source.file, missing=", ".join(f"“{label}”" for label in missing))
    draft = gather(table)
    sides = (_side(draft, 0), _side(draft, 1))
    if not any(side.cities for side in sides):
        raise NotAGlance(file=table.source.file, missing=f"“{BY_KEY['cities'].label}”")
    return _assembled(table, draft, sides)


def _side(draft: Draft, at: int) -> Side:
    cities_print = draft.cell("cities", at)[1]
    said = [draft.cell(key, at) for key in ("state_country", "state", "country")]
    place_label = next((label for label, text in reversed(said) if squash(text)), "")
    places_print = ", ".join(text for _, text in said if squash(text))
    states, countries = countries_in(places_print)
    cities = cities_in(cities_print)
    pairing = draft.cell("pairing", at)[1]
    side = Side(
        side="AB"[at],
        cities=cities,
        cities_print=squash(cities_print),
        states=states,
        countries=countries,
        countries_print=squash(places_print),
        population=_quantity(draft, "population", at, cities_print),
        area=_quantity(draft, "area", at, cities_print),
        pairing=next(iter(dates_in(pairing)), None),
        pairing_print=squash(pairing),
        visits_phrase=squash(draft.cell("visits", at)[1]),
    )
    if len(countries) > 1 and len(cities) > 1:
        draft.notes.add("countries_open", place_label, countries=side.countries_print)
    if places_print and not countries:
        draft.notes.add("country_unknown", place_label, print=side.countries_print)
    return side


def _quantity(draft: Draft, key: str, at: int, cities: str) -> Quantity | None:
    label, text = draft.cell(key, at)
    number = quantity(text)
    if number is None:
        return None
    if number.is_ == "not_available":
        draft.notes.add("not_available", label, print=number.print, cities=squash(cities) or "AB"[at])
    elif number.value is None:
        draft.notes.add("no_number", label, print=number.print)
    elif number.is_ == "about":
        draft.notes.add("about", label, print=number.print, value=f"{number.value:,}")
    # A Chinese prefecture-level city has thousands of square kilometres; below 100 is a slip in such a paper.
    if key == "area" and at == 0 and isinstance(number.value, int) and number.value < 100:
        draft.notes.add("unlikely_area", label, print=number.print, cities=squash(cities))
    return number


def _dated(draft: Draft, label: str, text: str, dates: list[PartialDate]) -> list[PartialDate]:
    """Note dates without a day, and a text without a date."""
    partial = [date for date in dates if any(len(bound) < 10 for bound in date.edtf.split("/"))]
    if partial:
        prints, edtfs = (", ".join(dict.fromkeys(getattr(d, name) for d in partial)) for name in ("print", "edtf"))
        draft.notes.add("partial_date", label, print=prints, edtf=edtfs)
    if not dates and squash(text) and not NOT_AVAILABLE.match(squash(text)):
        draft.notes.add("no_dates", label, print=squash(text))
    return dates


def _visits(draft: Draft, sides: tuple[Side, Side]) -> list[Visit]:
    """Return the visits of both sides by date; each side's phrase stands in its own column."""
    visits: list[Visit] = []
    for at, side in enumerate(sides):
        label, text = draft.cell("visits", at)
        dates = _dated(draft, label, text, dates_in(text))
        if len(dates) > 1:
            draft.notes.add("several_visits", label, n=len(dates), print=side.visits_phrase)
        first = squash(text).find(dates[0].print) if dates else -1
        subject = re.sub(r"[\s,:]*\b(in|on|from|during)?\s*$", "", squash(text)[: max(first, 0)])
        visits += [Visit(0, side.side, date, subject, side.visits_phrase) for date in dates]
    visits.sort(key=lambda visit: (visit.date.edtf, visit.travelling_side))
    return [replace(visit, position=position) for position, visit in enumerate(visits, 1)]


def _matched(visits: list[Visit], meetings: list[Meeting], register: Register) -> tuple[list[Visit], list[Meeting]]:
    """Join a meeting held somewhere to the one visit of the same month; its places host that visit."""
    matched = list(meetings)
    for at, meeting in enumerate(meetings):
        month = meeting.date.edtf[:7] if meeting.date and meeting.mode != "online" else None
        same = [visit for visit in visits if month and visit.date.edtf[:7] == month]
        if len(same) != 1:
            continue
        matched[at] = replace(meeting, visit=same[0].position)
        places = [place for name in meeting.places if (place := register.get(name))]
        visits[same[0].position - 1] = replace(
            visits[same[0].position - 1],
            hosts=tuple(p.name for p in places if p.side and p.side != same[0].travelling_side),
            other_places=tuple(p.name for p in places if not p.side or p.side == same[0].travelling_side),
        )
    return visits, matched


def _related(draft: Draft) -> tuple[tuple[SdgRef, ...], tuple[PartnershipRef, ...]]:
    """Return goals and partnerships given for the whole UCAP, as the older label set has them."""
    label, text = draft.whole("related")
    sdgs, left = sdgs_in(text, label, draft.notes)
    return sdgs, partnerships_in(";".join(bullet_items(left)), label, draft.notes)


def _activities(draft: Draft, register: Register, visits: list[Visit]) -> tuple[list[Visit], Activities]:
    """Return meetings and outputs, with the meetings joined to the visits."""
    label, text = draft.whole("activities")
    activities = activities_in(text, label, register, draft.notes)
    _dated(draft, label, "", [meeting.date for meeting in activities.meetings if meeting.date])
    visits, activities.meetings = _matched(visits, activities.meetings, register)
    unvisited(activities.meetings, len(visits), label, draft.notes)
    return visits, activities


def _districts(draft: Draft, themes: tuple[Theme, ...], sides: tuple[Side, Side], register: Register) -> None:
    """Register the districts that projects and results name; a theme's own name may end in "District" and is none."""
    home = sides[0].cities[0].name if len(sides[0].cities) == 1 else None
    for theme in themes:
        register.districts(". ".join(theme.projects), draft.whole("themes")[0], home)
    for key in ("objective", "results"):
        label, text = draft.whole(key)
        register.districts(text, label, home)


def _assembled(table: GlanceTable, draft: Draft, sides: tuple[Side, Side]) -> Glance:
    notes, register = draft.notes, Register(draft.notes)
    for at, side in enumerate(sides):
        register.listed(side, draft.cell("cities", at)[0])
    _pairing(draft, sides)
    visits = _visits(draft, sides)
    themes_label, themes_text = draft.whole("themes")
    themes = themes_in(themes_text, themes_label, notes)
    visits, activities = _activities(draft, register, visits)
    sdgs, partnerships = _related(draft)
    _districts(draft, themes, sides, register)
    people = _people(draft, sides, register)
    period = draft.whole("period")
    _undated(table, draft)
    results = draft.whole("results")[1]
    return Glance(
        title=squash(table.title),
        label_set=labels.label_set(table.title, set(draft.entries)),
        labels=tuple(draft.labels),
        sides=sides,
        places=register.found(),
        programme=next((o.name for o in people.organisations if o.parent is None and _is_programme(o.name)), None),
        period=next(iter(_dated(draft, *period, dates_in(period[1]))), None),
        period_print=squash(period[1]),
        themes=themes,
        sdgs=sdgs,
        partnerships=partnerships,
        focus=squash(draft.whole("focus")[1]),
        challenges=squash(draft.whole("challenges")[1]),
        challenge_items=challenge_items(draft.whole("challenges")[1]),
        objective=squash(draft.whole("objective")[1]),
        meetings=tuple(activities.meetings),
        visits=tuple(visits),
        outputs=tuple(activities.outputs),
        reported_mou_count=_highest([output.reported_count for output in activities.outputs]),
        results="\n".join(bullet_items(results)),
        result_items=tuple(bullet_items(results)),
        organisations=tuple(people.organisations),
        contacts=tuple(people.contacts),
        unplaced=(*draft.unplaced, *(Row("", (text,)) for text in people.unread)),
        oddities=notes.in_order([label.print for label in draft.labels]),
        rows=table.rows,
        source=table.source,
    )


def _pairing(draft: Draft, sides: tuple[Side, Side]) -> None:
    label = draft.cell("pairing", 0)[0]
    dates = [side.pairing for side in sides if side.pairing]
    if len(dates) == 2:
        draft.notes.add("date_per_side", label, print=", ".join(side.pairing_print for side in sides))
    for side in sides:
        _dated(draft, label, side.pairing_print, [side.pairing] if side.pairing else [])


def _people(draft: Draft, sides: tuple[Side, Side], register: Register) -> People:
    people = People(sides, register, draft.notes)
    for entry in draft.contacts:
        people.read(entry.text, entry.label)
    labels = [entry.label for entry in draft.contacts]
    people.check(" ".join(entry.text for entry in draft.contacts), labels[0] if len(labels) == 1 else "")
    return people


def _is_programme(name: str) -> bool:
    return re.search(r"\bIU(R)?C\b", name) is not None


def _highest(counts: list[int | None]) -> int | None:
    return max((count for count in counts if count is not None), default=None)


def _undated(table: GlanceTable, draft: Draft) -> None:
    """Note that the paper has no date: one could only stand in its title or in a row of no field."""
    if not dates_in(" ".join([table.title, *(" ".join(row.cells) for row in draft.unplaced)])):
        draft.notes.add("no_date", "")
