"""Puts the facts of each city into a column of its own: a table for each city, both cities in one cell, a city with its country.

``Cities: Nanning and Murcia`` and ``7.3 million (Nanning), 450,000 (Murcia)`` say of both sides in one cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ucapdesk.formats.glance.dates_in_text import dates_in
from ucapdesk.formats.paper_contents import Aside, Row
from ucapdesk.formats.phrases.field_labels import BY_KEY, bare, field_of, head_of, key_of
from ucapdesk.formats.phrases.places_in_text import country_first, unbracketed
from ucapdesk.formats.phrases.small_texts import NOT_AVAILABLE, brackets, country, inside, split_outside, squash
from ucapdesk.model.rules.country_facts import known_city

PLACE_ROWS = ("state_country", "state", "country")


def filled(row: Row) -> list[str]:
    return [cell for cell in row.cells if squash(cell)]


# -- a row for each city --------------------------------------------------------------------------


def of_each_city(rows: Sequence[Row], asides: list[Aside]) -> list[Row]:
    """Return rows with a column for each city, where a row tells of one: "Chinese city", "European city", "Area of Dalian"."""
    pair = next((filled(row) for row in rows if key_of(row.label) == "cities" and len(filled(row)) > 1), [])
    named = [at for at, row in enumerate(rows) if _ONE_CITY.fullmatch(bare(row.label)) and len(filled(row)) == 1]
    cells = pair or [filled(rows[at])[0] for at in named]
    if len(cells) != 2:
        return list(rows)
    names = [bare_name(cell) for cell in cells]
    made = [] if pair else [Row(BY_KEY["cities"].label, tuple(cells))]
    replaced = [] if pair else [squash(rows[at].label) for at in named]
    open_rows: dict[str, int] = {}
    for at, row in enumerate(rows):
        if at in named and not pair:
            continue
        told = [n for n, name in enumerate(names) if name.casefold() in row.label.casefold()]
        column = told[0] if len(told) == 1 else None
        rest = row.label if column is None else re.sub(re.escape(names[column]), " ", row.label, flags=re.IGNORECASE)
        said = field_of(rest)
        if said is None or column is None or not said.by_side or said.key == "visits" or len(filled(row)) != 1:
            made.append(row)
            continue
        replaced.append(squash(row.label))
        if said.key not in open_rows:
            open_rows[said.key] = len(made)
            made.append(Row(said.label, ("", "")))
        cells = list(made[open_rows[said.key]].cells)
        cells[column] = filled(row)[0]
        made[open_rows[said.key]] = Row(said.label, tuple(cells))
    asides += [Aside("aside_head", " | ".join(replaced))] if replaced else []
    return made


_ONE_CITY = re.compile(
    r"(?:name of (?:the )?)?(?:chinese|european|eu|indian|asian|partner) (?:partner )?city(?: name)?|city in (?:china|europe|india|the eu)|"
    r"ciudad (?:china|europea)|citt[aà] (?:cinese|europea)|(?:chinesische|europ[aä]ische) (?:partner)?stadt|(?:中方|欧方|中国|欧洲|欧盟)城市",
    re.IGNORECASE,
)


def without_remarks(rows: Sequence[Row]) -> list[Row]:
    """Return rows without the column of remarks; what stands in it has rows of its own."""
    at = next((at for at, row in enumerate(rows) if key_of(row.label) == "cities" or len(filled(row)) > 2), None)
    heads = rows[at].cells if at is not None else ()
    column = next((n for n, cell in enumerate(heads) if n > 1 and head_of(cell) == "outcome"), None)
    if column is None:
        return list(rows)
    made: list[Row] = []
    for row in rows:
        said = row.cells[column] if column < len(row.cells) else ""
        made.append(replace(row, cells=tuple(cell for n, cell in enumerate(row.cells) if n != column)))
        made += [Row(squash(heads[column]), (said, ""))] if squash(said) and said != heads[column] else []
    return made


# -- a table for each city ------------------------------------------------------------------------


def side_by_side(rows: Sequence[Row]) -> list[Row]:
    """Return rows with a column for each city, where each city has rows of its own below one another."""
    starts = [at for at, row in enumerate(rows) if key_of(row.label) == "cities" and len(filled(row)) == 1]
    others = [row for row in rows if key_of(row.label) == "cities" and len(filled(row)) > 1]
    if len(starts) < 2 or others or starts[1] - starts[0] < 2:
        return list(rows)
    ends = [*starts[1:], len(rows)]
    parts = [list(rows[start:end]) for start, end in zip(starts, ends, strict=True)]
    told = [known for row in parts[0] if (known := field_of(row.label))]
    own = {known.key for known in told if known.by_side or known.key == "contacts"}
    taken: list[dict[str, Row]] = []
    rest: list[Row] = []
    for part in parts:
        mine: dict[str, Row] = {}
        for row in part:
            if key_of(row.label) in own and key_of(row.label) not in mine:
                mine[key_of(row.label)] = row
            else:
                rest.append(row)
        taken.append(mine)
    names = [filled(part[0])[0] for part in parts]
    return [*rows[: starts[0]], *_joined(taken, names), *rest]


def _joined(taken: Sequence[dict[str, Row]], names: Sequence[str]) -> list[Row]:
    made = []
    for key in dict.fromkeys(key for mine in taken for key in mine):
        found = [mine.get(key) for mine in taken]
        if key == "contacts":
            made += [
                replace(row, label=f"{row.label.rstrip(' :：')}: {squash(name)}")
                for row, name in zip(found, names, strict=True)
                if row is not None
            ]
            continue
        label = next(row.label for row in found if row is not None)
        made.append(Row(label, tuple("\n".join(filled(row)) if row else "" for row in found)))
    return made


# -- a pairing that names its cities, a city that names its country ---------------------------------


def with_named_pair(rows: Sequence[Row], title: str) -> list[Row]:
    """Return rows with one of cities: a row of the pairing that names them, else the title does."""
    if any(key_of(row.label) == "cities" for row in rows):
        return list(rows)
    for at, row in enumerate(rows):
        cells = filled(row)
        if key_of(row.label) == "pairing" and cells and not any(dates_in(c) or NOT_AVAILABLE.match(c) for c in cells):
            return [*rows[:at], replace(row, label=BY_KEY["cities"].label), *rows[at + 1 :]]
    names = [part for part in split_outside(title, r"\s*[–—:：/&,|]\s*|\s+(?:-|and|y|e|und)\s+|(?<=市)[-—–]") if part]
    known = [name for part in names if (name := _city_in(part))]
    return [Row(BY_KEY["cities"].label, tuple(known)), *rows] if len(known) == 2 else list(rows)


def _city_in(text: str) -> str | None:
    """Return the city of the list that a part of a title is, or ends or begins with."""
    words = squash(text).split()
    tries = [text, *(" ".join(words[-n:]) for n in (3, 2, 1)), *(" ".join(words[:n]) for n in (3, 2, 1))]
    return next((squash(said) for said in tries if said and known_city(said)), None)


def with_countries(rows: Sequence[Row]) -> list[Row]:
    """Return rows with one of countries, where the row of cities names them: ``Wuhan (Hubei, China)``."""
    at = next((at for at, row in enumerate(rows) if key_of(row.label) == "cities"), None)
    if at is None or any(key_of(row.label) in PLACE_ROWS and filled(row) for row in rows):
        return list(rows)
    parted = [_located(cell) for cell in rows[at].cells]
    if not any(place for _, place in parted):
        return list(rows)
    cities = replace(rows[at], cells=tuple(name for name, _ in parted))
    countries = Row(BY_KEY["state_country"].label, tuple(place for _, place in parted))
    return [*rows[:at], cities, countries, *rows[at + 1 :]]


def _located(cell: str) -> tuple[str, str]:
    """Return the city of a cell and where it lies; the cell as it is where it names several cities or no country."""
    spans = list(brackets(cell))
    if len(spans) == 1 and not squash(cell[spans[0][1] :]):
        place = inside(cell[slice(*spans[0])])
        parts = split_outside(place, r"[,;，；、]")
        if parts and country(parts[-1]) and len(split_outside(cell, r"[,;\n，；、]")) == 1:
            return squash(cell[: spans[0][0]]), place
    parts = split_outside(cell, r"[,;\n，；、]|\s[–—-]\s")
    countries = [bool(country(part)) for part in parts]
    if 1 < len(parts) < 5 and countries.count(True) == 1 and countries[-1] and not any(map(known_city, parts[1:-1])):
        return parts[0], ", ".join(parts[1:])
    first = country_first(cell)
    if len(parts) == 1 and len(first) == 2 and first[1]:
        return first[1], first[0]
    return cell, ""


def bare_name(name: str) -> str:
    """Return a city's name without the country behind it."""
    located, place = _located(name)
    return located if place else unbracketed(name)


_BETWEEN = r"[,;/，；、／]|\s(?:and|&|y|e|und)\s|\s[–—-]\s|[–—]"
_STRONG = r"[;/；／]|\s(?:and|&|y|e|und)\s|\s[–—-]\s|\n"
_APART = r"\s*(?:[;；]|\s/\s|／|\n)\s*"
_AROUND = " ,;:：()（）/–-"


def in_columns(rows: Sequence[Row]) -> list[Row]:
    """Return rows with a cell for each side, where the row of cities names two in one cell and no row has two."""
    by_side = [row for row in rows if (known := field_of(row.label)) and known.by_side]
    cities = next((row for row in by_side if key_of(row.label) == "cities"), None)
    if cities is None or any(len(filled(row)) > 1 for row in by_side):
        return list(rows)
    said = filled(cities)
    tries = (split_outside(said[0], between) for between in (_BETWEEN, _STRONG)) if said else ()
    names = next((found for found in tries if len(found) == 2), [])
    if len(names) != 2:
        return list(rows)
    return [_parted(row, names, is_cities=row is cities) for row in rows]


def _parted(row: Row, names: Sequence[str], *, is_cities: bool) -> Row:
    known, said = field_of(row.label), filled(row)
    if is_cities:
        return replace(row, cells=tuple(names))
    if known is None or not known.by_side or known.key == "visits" or not said:
        return row
    cells = _by_names(said[0], [bare_name(name) for name in names]) or _by_signs(said[0])
    return replace(row, cells=cells) if cells else row


def _by_names(text: str, names: Sequence[str]) -> tuple[str, str] | None:
    """Return the parts of a text that names both: each name stands before its part, or in brackets behind it."""
    at = [text.find(name) for name in names]
    if min(at) < 0 or len(set(at)) < 2:
        return None
    order = sorted((0, 1), key=lambda side: at[side])
    first, second = order
    if text[: at[first]].strip(_AROUND):  # the value comes first
        cut = at[first] + len(names[first])
        parts = {first: text[:cut], second: text[cut:]}
    else:
        parts = {first: text[: at[second]], second: text[at[second] :]}
    a, b = (_bare(parts[side].replace(names[side], " ")) for side in (0, 1))
    return a, b


def _bare(text: str) -> str:
    """Return a part without the signs that held the name of its city."""
    text = re.sub(r"[(（]\s*[)）]", " ", text).strip(" ,;:：/–-\n")
    return text.lstrip(")） ,;:：").rstrip("(（ ,;")


def _by_signs(text: str) -> tuple[str, str] | None:
    parts = (
        split_outside(text, _APART) if "\n" not in text else [part for part in map(squash, text.split("\n")) if part]
    )
    return (parts[0], parts[1]) if len(parts) == 2 else None
