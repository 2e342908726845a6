"""Interprets a table: every row goes to its field, every oddity is reported, no word is lost.

Rows are assigned to their fields, and columns to the two sides, before anything is interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ucapdesk.formats.glance.activities import Activities, ActivityReader, challenge_items, joined, unvisited, visits_in
from ucapdesk.formats.glance.city_columns import PLACE_ROWS
from ucapdesk.formats.glance.contact_rows import PROGRAMME, People
from ucapdesk.formats.glance.provenance import left_over
from ucapdesk.formats.glance.theme_cells import partnerships_in, sdgs_in, theme_of_cells, themes_in
from ucapdesk.formats.glance.two_languages import joined_oddities, parted
from ucapdesk.formats.paper_contents import (  # fmt: skip
    City,
    Glance,
    GlanceTable,
    Notes,
    PaperMeeting,
    PaperPlace,
    PaperQuantity,
    PaperSide,
    PaperTheme,
    PaperVisit,
    PartnershipRef,
    Row,
    RowLabel,
    SdgRef,
)
from ucapdesk.formats.phrases.field_labels import ESSENTIAL, field_of, is_exact, key_of, label_set, lacking
from ucapdesk.formats.phrases.places_in_text import (
    Register,
    bracketed_countries,
    cities_in,
    countries_in,
    european,
    names_in,
)
from ucapdesk.formats.phrases.small_texts import NOT_AVAILABLE, bullet_items, quantity, squash
from ucapdesk.model.dates.in_text import DateStyle, PaperDate, dates_in

_LISTS = ("cities", "state_country", "country", "state")  # Fields whose columns are put together with commas


@dataclass(slots=True)
class Entry:
    label: str
    cells: list[str]

    def add(self, cells: list[str]) -> None:
        width = max(len(self.cells), len(cells))
        mine, other = (some + [""] * (width - len(some)) for some in (self.cells, cells))
        self.cells = [f"{a}\n{b}" if a.strip() and b.strip() else a or b for a, b in zip(mine, other, strict=True)]

    def at(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def text(self) -> str:
        return "\n".join(dict.fromkeys(cell.strip() for cell in self.cells if cell.strip()))


@dataclass(slots=True)
class Gathered:
    """The result of gathering: entries by field, contact rows, rows without a field, and the columns of each side."""

    notes: Notes = field(default_factory=Notes)
    labels: list[RowLabel] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    visits: list[Entry] = field(default_factory=list)
    contacts: list[Entry] = field(default_factory=list)
    unplaced: list[Row] = field(default_factory=list)
    columns: tuple[list[int], list[int]] = field(default_factory=lambda: ([0], [1]))
    style: DateStyle = field(default_factory=DateStyle)

    def cell(self, key: str, side: int) -> tuple[str, str]:
        entry = self.entries.get(key)
        if entry is None:
            return "", ""
        said = [text for column in self.columns[side] if squash(text := entry.at(column))]
        return entry.label, ", ".join(said) if key in _LISTS else "\n".join(dict.fromkeys(said))

    def column(self, key: str, column: int) -> tuple[str, str]:
        entry = self.entries.get(key)
        return (entry.label, entry.at(column)) if entry else ("", "")

    def whole(self, key: str) -> tuple[str, str]:
        entry = self.entries.get(key)
        return (entry.label, entry.text) if entry else ("", "")

    def dates_in(self, text: str) -> list[PaperDate]:
        return dates_in(text, self.style)


# The heading of a part of the table, across all of its columns.
_SECTION = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:[、．.]|部分)|（[一二三四五六七八九十]{1,3}）|[IVX]{1,4}[.)]\s|[A-H][.)]\s)"
)


def filled_fields(table: GlanceTable) -> set[str]:
    return {key for row in table.rows if any(map(squash, row.cells)) and (key := key_of(row.label))}


def gather(table: GlanceTable, columns: tuple[list[int], list[int]] | None = None) -> Gathered:
    """Assign every row to its field; rows without a label continue the one before. ``columns``: those of the sides, if known."""
    gathered = Gathered(style=DateStyle.of("\n".join(" ".join(row.cells) for row in table.rows)))
    last: Entry | None = None
    for row in table.rows:
        known, label = field_of(row.label), squash(row.label)
        cells = [*row.cells, ""][: max(2, len(row.cells))]
        if (
            label
            and not any(map(squash, cells))
            and (_SECTION.match(label) or (known is not None and not is_exact(label)))
        ):
            gathered.notes.add("head_row", "", print=label)
            last = None
        elif not label and last is not None:
            gathered.notes.add("missing_label", last.label, label=last.label)
            last.add(cells)
        elif known is None:
            gathered.unplaced.append(Row(label, tuple(map(squash, row.cells))))
            gathered.notes.add("unknown_row" if label else "stray_text", label, print=squash(" ".join(row.cells)))
            last = None
        else:
            gathered.labels.append(RowLabel(known.key, label))
            _odd_label(known.key, label, gathered.notes)
            if not known.by_side and len(set(map(squash, filter(squash, cells)))) == 1:
                cells = [next(filter(squash, cells)), ""]  # said in both columns
            if known.key == "themes" and (theme := theme_of_cells(label, cells)):
                cells = [theme, ""]
            last = _enter(gathered, known.key, Entry(label, cells))
    gathered.columns = columns or _columns(gathered)
    return gathered


def _enter(gathered: Gathered, key: str, entry: Entry) -> Entry:
    """Return the entry for the cells of a row: contact rows and visits have their own, any other repeated row continues."""
    earlier = gathered.entries.get(key)
    if key == "contacts":
        gathered.contacts.append(entry)
    elif key == "visits":
        gathered.visits.append(entry)
        gathered.entries.setdefault(key, Entry(entry.label, [])).add(entry.cells)
    elif earlier and key == "cities" and _filled(earlier) < 2 <= _filled(entry):
        gathered.notes.add("stray_text", earlier.label, print=squash(earlier.text))
        gathered.entries[key] = entry
    elif earlier:
        gathered.notes.add("second_row", entry.label, label=entry.label)
        earlier.add(entry.cells)
        return earlier
    else:
        gathered.entries[key] = entry
    return entry


def _filled(entry: Entry) -> int:
    return sum(bool(squash(cell)) for cell in entry.cells)


# -- columns and sides ----------------------------------------------------------------------------


def _columns(gathered: Gathered) -> tuple[list[int], list[int]]:
    """Return the columns of the Chinese (or other non-European) side and those of the European one."""
    cities = gathered.entries.get("cities")
    wide = [column for column in range(len(cities.cells)) if squash(cities.at(column))] if cities else []
    most = max((len(entry.cells) for entry in gathered.entries.values()), default=2)
    columns = wide if len(wide) > 1 else [0, 1]
    europe = {column: _is_european(gathered, column) for column in columns}
    home = [column for column in columns if europe[column] is False]
    away = [column for column in columns if europe[column] is True]
    unsure = [column for column in columns if europe[column] is None]
    if not home and not away:
        first, *others = columns
        sides = ([first], others)
    elif len(columns) == 2 and unsure:
        sides = (home or unsure, away or unsure)
    elif not home or not away:
        sides = (columns[:1], columns[1:])
    else:
        sides = (home + [c for c in unsure if c < min(away)], away + [c for c in unsure if c > min(away)])
    if stray := [c for c in range(most) if c not in columns and c > max(columns)]:
        sides[1].extend(stray)
        for entry in gathered.entries.values():
            if any(squash(entry.at(column)) for column in stray):
                gathered.notes.add("extra_cell", entry.label)
    return sides


def _is_european(gathered: Gathered, column: int) -> bool | None:
    """Return whether a column is of a European city, by its country or a city known; None where nothing tells."""
    parts = (part for key in _LISTS[1:] for part in names_in(gathered.column(key, column)[1]))
    told = [each for part in parts if (each := european(part)) is not None]
    if not told:
        said = names_in(gathered.column("cities", column)[1])
        told = [each for part in said if (each := european(part, city=True)) is not None]
    return None if not told else all(told)


def _odd_label(key: str, label: str, notes: Notes) -> None:
    if key == "themes" and re.search(r"^\W*including\b", label, re.IGNORECASE):
        notes.add("lost_heading", label, print=label[:60])
    if match := re.search(r"\bU[EA] ?U?A\b(?<!EUA)", label):
        notes.add("agenda_misnamed", label, print=match.group())
    if re.search(r"km\s+(²|2\b)", label):
        notes.add("label_spacing", label, print=label)


_ENOUGH_ROWS = 6  # A paper with so many known rows is one of the family, whatever it lacks
_SCALE = re.compile(
    r"[(（,/]\s*(?:in\s+)?(millions?|thousands?|mio\.?|mn|mln|millones|miles|milioni|migliaia|millionen|tausend|tsd\.?|lakhs?|crores?|[十百千]?万|亿)",
    re.IGNORECASE,
)
_AS_VALUE = {"miles": "mil", "migliaia": "mila", "thousands": "thousand"}
_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")
_LABEL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def understand(table: GlanceTable, *, by_hand: bool = False) -> Glance:
    """Read the meaning of a table.

    Args:
        table: the table.
        by_hand: somebody assigned its text and so vouches for what it is; then the row of cities is enough.

    Raises:
        NotAGlance: when the row of cities, or more than one other essential row, is missing or empty.
    """
    parts = parted(table)
    if parts is None:
        return left_over(table, _understood(table, by_hand=by_hand))
    columns = gather(parts[0]).columns  # its countries are known by more of their names
    first, second = (_understood(part, by_hand=True, columns=columns) for part in parts)
    oddities = (*first.oddities, *joined_oddities(first, second))
    return left_over(table, replace(first, second=second, rows=table.rows, oddities=oddities))


def _understood(table: GlanceTable, *, by_hand: bool, columns: tuple[list[int], list[int]] | None = None) -> Glance:
    known = filled_fields(table)
    missing = [key for key in ESSENTIAL if key not in known]
    if "cities" in missing or (len(missing) > 1 and len(known) < _ENOUGH_ROWS and not by_hand):
        raise lacking(table.source.file, *missing)
    gathered = gather(table, columns)
    sides = (_side(gathered, 0), _side(gathered, 1))
    if not any(side.cities for side in sides):
        raise lacking(table.source.file, "cities")
    return _assembled(table, gathered, sides)


# -- sides ----------------------------------------------------------------------------------------


def _side(gathered: Gathered, at: int) -> PaperSide:
    cities_print = gathered.cell("cities", at)[1]
    said = [gathered.cell(key, at) for key in PLACE_ROWS]
    place_label = next((label for label, text in reversed(said) if squash(text)), "")
    places_print = ", ".join(text for _, text in said if squash(text))
    states, countries = countries_in(places_print)
    countries = countries or bracketed_countries(cities_print)
    cities = _cities(gathered, at)
    pairing = _pairing_text(gathered, at)
    several = len(gathered.columns[at]) > 1 and len(cities) > 1
    side = PaperSide(
        side="AB"[at],
        cities=cities,
        cities_print=squash(cities_print),
        states=states,
        countries=tuple(dict.fromkeys(countries)),
        countries_print=squash(places_print),
        population=None if several else _quantity(gathered, "population", at, cities_print),
        area=None if several else _quantity(gathered, "area", at, cities_print),
        pairing=_shared_pairing(cities) if several else next(iter(gathered.dates_in(pairing)), None),
        pairing_print=squash(pairing),
        visits_phrase=squash(gathered.cell("visits", at)[1]),
        mayor="" if several else squash(gathered.cell("mayor", at)[1]),
    )
    if len(set(countries)) > 1 and len(cities) > 1 and not several:
        gathered.notes.add("countries_open", place_label, countries=side.countries_print)
    if places_print and not countries:
        gathered.notes.add("country_unknown", place_label, print=side.countries_print)
    return side


def _pairing_text(gathered: Gathered, at: int) -> str:
    """Return the words of a side's signing date; an agreement is signed by both, so one cell may speak for the other."""
    own = gathered.cell("pairing", at)[1]
    return own if squash(own) else gathered.whole("pairing")[1] if len(gathered.columns[at]) == 1 else ""


def _shared_pairing(cities: tuple[City, ...]) -> PaperDate | None:
    dates = {city.pairing.edtf: city.pairing for city in cities if city.pairing}
    return next(iter(dates.values())) if len(dates) == 1 and all(city.pairing for city in cities) else None


def _cities(gathered: Gathered, at: int) -> tuple[City, ...]:
    """Return the cities of a side; one with a column of its own has its own facts."""
    columns = gathered.columns[at]
    if len(columns) < 2:
        return cities_in(gathered.cell("cities", at)[1])
    found: list[City] = []
    for column in columns:
        for city in cities_in(gathered.column("cities", column)[1]):
            said = ", ".join(text for key in PLACE_ROWS if squash(text := gathered.column(key, column)[1]))
            states, countries = countries_in(said)
            facts = replace(
                city, states=states, countries=countries,
                population=_quantity_of(gathered, "population", gathered.column("population", column), city.name),
                area=_quantity_of(gathered, "area", gathered.column("area", column), city.name),
                pairing=next(iter(gathered.dates_in(gathered.column("pairing", column)[1])), None),
            )  # fmt: skip
            found.append(facts)
    return tuple(found)


def _quantity(gathered: Gathered, key: str, at: int, cities: str) -> PaperQuantity | None:
    number = _quantity_of(gathered, key, gathered.cell(key, at), cities or "AB"[at])
    # A Chinese prefecture-level city has thousands of square kilometres; below 100 is a slip in such a paper.
    if number and key == "area" and at == 0 and isinstance(number.value, int) and number.value < 100:
        gathered.notes.add("unlikely_area", gathered.cell(key, at)[0], print=number.print, cities=squash(cities))
    return number


def _quantity_of(gathered: Gathered, key: str, cell: tuple[str, str], cities: str) -> PaperQuantity | None:
    label, text = cell
    hectares = key == "area" and re.search(r"\bha\b|hectare|公顷", label, re.IGNORECASE)
    bare = re.fullmatch(r"[\d\s.,]+", text)
    scale = _SCALE.search(label) if bare else None
    unit = " ha" if hectares and bare else f" {_AS_VALUE.get(scale[1].casefold(), scale[1])}" if scale else ""
    number = quantity(f"{text}{unit}", area=key == "area")
    if number is None:
        return None
    if number.year is None and number.value is not None and (year := _LABEL_YEAR.search(label)):
        number = replace(number, year=int(year[1]))
    if number.is_ == "not_available":
        gathered.notes.add("not_available", label, print=number.print, cities=squash(cities))
    elif number.value is None:
        gathered.notes.add("no_number", label, print=number.print)
    elif number.is_ == "about":
        value = f"{number.value:,}" if isinstance(number.value, int) else number.value
        gathered.notes.add("about", label, print=number.print, value=value)
    return number


def _dated(gathered: Gathered, label: str, text: str, dates: list[PaperDate]) -> list[PaperDate]:
    """Note dates without a day, doubtful ones, and a text without a date."""
    partial = [date for date in dates if any(len(bound.rstrip("?")) < 10 for bound in date.edtf.split("/"))]
    if partial:
        prints, edtfs = (", ".join(dict.fromkeys(getattr(d, name) for d in partial)) for name in ("print", "edtf"))
        gathered.notes.add("partial_date", label, print=prints, edtf=edtfs)
    for date in dates:
        if date.edtf.endswith("?"):
            gathered.notes.add("doubtful_date", label, print=date.print, edtf=date.edtf)
    if not dates and NOT_AVAILABLE.match(squash(text)):
        gathered.notes.add("not_available", label, print=squash(text), cities="–")
    elif not dates and squash(text):
        gathered.notes.add("no_dates", label, print=squash(text))
    return dates


def _pairing(gathered: Gathered, sides: tuple[PaperSide, PaperSide]) -> None:
    label = gathered.cell("pairing", 0)[0]
    dates = [side.pairing for side in sides if side.pairing]
    if len(dates) == 2 and sides[0].pairing_print and squash(gathered.cell("pairing", 1)[1]):
        gathered.notes.add("date_per_side", label, print=", ".join(side.pairing_print for side in sides))
    for side in sides:
        own = [city.pairing for city in side.cities if city.pairing]
        _dated(gathered, label, side.pairing_print, [side.pairing] if side.pairing else own)


# -- visits and meetings --------------------------------------------------------------------------


def _visits(gathered: Gathered, sides: tuple[PaperSide, PaperSide], register: Register) -> list[PaperVisit]:
    """Return the visits of both sides by date; each side's phrases stand in its own columns."""
    visits: list[PaperVisit] = []
    for entry in gathered.visits:
        for at, side in enumerate(sides):
            columns = gathered.columns[at]
            for column in columns:
                text = entry.at(column)
                if squash(text) and register.mentions(entry.label):
                    bracket = _BRACKETED.search(entry.label)
                    text = f"{bracket[1] if bracket else entry.label}: {text}"
                city = names_in(gathered.column("cities", column)[1])
                alone = [place.name for name in city if (place := register.resolve(name))]
                found = visits_in(text, side.side, alone if len(columns) > 1 else (), register, gathered.style)
                _dated(gathered, entry.label, text, [visit.date for visit in found])
                if len(found) > 1:
                    gathered.notes.add("several_visits", entry.label, n=len(found), print=squash(text))
                visits += found
    return joined(visits)


def _matched(
    visits: list[PaperVisit], meetings: list[PaperMeeting], register: Register
) -> tuple[list[PaperVisit], list[PaperMeeting]]:
    """Join a meeting held somewhere to the one visit of the same month; its places host that visit."""
    matched = list(meetings)
    for at, meeting in enumerate(meetings):
        month = meeting.date.edtf[:7] if meeting.date and meeting.mode != "online" else None
        places = [place for name in meeting.places if (place := register.resolve(name))]
        same = [v for v in visits if month in [end[:7] for end in v.date.edtf.split("/")] and _fits(v, meeting, places)]
        if len(same) != 1:
            continue
        visit = same[0]
        matched[at] = replace(meeting, visit=visit.position)
        hosts = tuple(p.name for p in places if p.side and p.side != visit.travelling_side)
        others = tuple(p.name for p in places if not p.side or p.side == visit.travelling_side)
        visits[visit.position - 1] = replace(
            visit, hosts=visit.hosts or hosts, other_places=tuple(dict.fromkeys([*visit.other_places, *others]))
        )
    return visits, matched


def _fits(visit: PaperVisit, meeting: PaperMeeting, places: Sequence[PaperPlace]) -> bool:
    """Whether a meeting may be part of a visit: in a city that hosts it, and on its days where both are known."""
    names = {place.name for place in places}
    if visit.hosts and names and not names & set(visit.hosts):
        return False
    when = meeting.date.edtf.split("/")[0] if meeting.date else ""
    first, _, last = visit.date.edtf.partition("/")
    return len(when) < 10 or len(first) < 10 or first <= when <= (last or first)


def _activities(
    gathered: Gathered, register: Register, visits: list[PaperVisit]
) -> tuple[list[PaperVisit], Activities]:
    label, text = gathered.whole("activities")
    activities = ActivityReader(label, register, gathered.notes, gathered.style).read(text)
    _dated(gathered, label, "", [meeting.date for meeting in activities.meetings if meeting.date])
    visits, activities.meetings = _matched(visits, activities.meetings, register)
    unvisited(activities.meetings, len(visits), label, gathered.notes)
    return visits, activities


# -- the rest -------------------------------------------------------------------------------------


def _related(gathered: Gathered) -> tuple[tuple[SdgRef, ...], tuple[PartnershipRef, ...]]:
    """Return goals and partnerships given for the whole UCAP, as the older label set has them."""
    label, text = gathered.whole("related")
    sdgs, left = sdgs_in(text, label, gathered.notes)
    return sdgs, partnerships_in(";".join(bullet_items(left)), label, gathered.notes)


def _districts(
    gathered: Gathered, themes: tuple[PaperTheme, ...], sides: tuple[PaperSide, PaperSide], register: Register
) -> None:
    """Register the districts that projects and results name; a theme's own name may end in "District" and is none."""
    home = sides[0].cities[0].name if len(sides[0].cities) == 1 else None
    for theme in themes:
        register.districts(". ".join(theme.projects), gathered.whole("themes")[0], home)
    for key in ("objective", "results"):
        label, text = gathered.whole(key)
        register.districts(text, label, home)


def _themes(gathered: Gathered) -> tuple[PaperTheme, ...]:
    label, text = gathered.whole("themes")
    return themes_in(text, label, gathered.notes)


def _listed(gathered: Gathered, sides: tuple[PaperSide, PaperSide]) -> Register:
    register = Register(gathered.notes)
    for at, side in enumerate(sides):
        register.listed(side, gathered.cell("cities", at)[0])
    return register


def _assembled(table: GlanceTable, gathered: Gathered, sides: tuple[PaperSide, PaperSide]) -> Glance:
    register = _listed(gathered, sides)
    _pairing(gathered, sides)
    visits, activities = _activities(gathered, register, _visits(gathered, sides, register))
    themes = _themes(gathered)
    sdgs, partnerships = _related(gathered)
    _districts(gathered, themes, sides, register)
    people = _people(gathered, sides, register)
    period, results = gathered.whole("period"), tuple(bullet_items(gathered.whole("results")[1]))
    _note_asides(table, gathered)
    return Glance(
        title=squash(table.title),
        label_set=label_set(table.title, set(gathered.entries)),
        labels=tuple(gathered.labels),
        sides=sides,
        places=register.found(),
        programme=_programme(people, table),
        document_date=next(iter(gathered.dates_in(gathered.whole("document_date")[1])), None),
        period=next(iter(_dated(gathered, *period, gathered.dates_in(period[1]))), None),
        themes=themes,
        sdgs=sdgs,
        partnerships=partnerships,
        focus=squash(gathered.whole("focus")[1]),
        challenges=squash(gathered.whole("challenges")[1]),
        challenge_items=challenge_items(gathered.whole("challenges")[1]),
        objective=squash(gathered.whole("objective")[1]),
        meetings=tuple(activities.meetings),
        visits=tuple(visits),
        outputs=tuple(activities.outputs),
        results="\n".join(results),
        result_items=results,
        organisations=tuple(people.organisations),
        contacts=tuple(people.contacts),
        unplaced=(*gathered.unplaced, *(Row("", (text,)) for text in people.unread)),
        oddities=gathered.notes.in_order([label.print for label in gathered.labels]),
        rows=table.rows,
        source=table.source,
    )


def _people(gathered: Gathered, sides: tuple[PaperSide, PaperSide], register: Register) -> People:
    people = People(sides, register, gathered.notes)
    for entry in gathered.contacts:
        filled = [column for column in range(len(entry.cells)) if squash(entry.at(column))]
        if len(filled) < 2:
            people.read(entry.text, entry.label)
            continue
        for column in filled:
            side = next(("AB"[at] for at in (0, 1) if column in gathered.columns[at]), None)
            people.read(entry.at(column), entry.label, side)
    labels = [entry.label for entry in gathered.contacts]
    people.check(" ".join(entry.text for entry in gathered.contacts), labels[0] if len(labels) == 1 else "")
    return people


_NAMED = re.compile(
    r"(?<![A-Za-z])IUR?C(?![A-Za-z])(?:[ -](?:Asia|India|China|Latin America|North America|Japan|Korea))?"
)


def _programme(people: People, table: GlanceTable) -> str | None:
    """Return the programme: of the contacts, else the one that the paper names anywhere."""
    said = " ".join([table.title, *(" ".join([row.label, *row.cells]) for row in table.rows)])
    found: list[str] = _NAMED.findall(said)
    if people.programmes:
        of_contacts = max(people.programmes, key=len)
        return max([of_contacts, *(name for name in found if name.startswith(of_contacts))], key=len)
    named = (o.name for o in people.organisations if o.parent is None and PROGRAMME.search(o.name) and "IU" in o.name)
    return next(named, None) or max(found, key=len, default=None)


def _note_asides(table: GlanceTable, gathered: Gathered) -> None:
    """Note what stands beside the table, and that the paper has no date: one could only stand there, in its title or in a row of no field."""
    said = [table.title, gathered.whole("document_date")[1], *(" ".join(row.cells) for row in gathered.unplaced)]
    said += [aside.text for aside in table.asides if aside.code in ("aside_header", "aside_footer")]
    if not dates_in(" ".join(said)):
        gathered.notes.add("no_date", "")
    for aside in table.asides:
        gathered.notes.add(aside.code, "", print=aside.text)
