"""The oddities a UCAP paper can hold: the texts about each, and about what was done.

The texts are for a coordinator who has the paper in the other hand; ``Notes`` collects them while reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ucapdesk.base.i18n import Message
from ucapdesk.formats.glance.glance_parts import Oddity

TEXTS: Mapping[str, tuple[Message, Message]] = MappingProxyType(
    {
        "no_date": (
            Message("glance", "The paper bears no date, version or author."),
            Message("glance", "Left open; the source record keeps the file's name, its hash and the day of import."),
        ),
        "lost_heading": (
            Message("glance", "The label begins “{print}”: the heading above it was lost."),
            Message("glance", "Read as the row of cooperation themes."),
        ),
        "missing_label": (
            Message("glance", "A row without a label follows a page break."),
            Message("glance", "Read as going on with “{label}”."),
        ),
        "unknown_row": (
            Message("glance", "This row is none of a UCAP at a glance."),
            Message("glance", "Kept word for word with the source; not taken into any field."),
        ),
        "second_row": (
            Message("glance", "The row “{label}” appears twice."),
            Message("glance", "The second was added to the first."),
        ),
        "extra_cell": (
            Message("glance", "This row has more cells than there are sides."),
            Message("glance", "The further cells were read with the second side."),
        ),
        "left_over": (
            Message("glance", "These words reached no field: {print}."),
            Message("glance", "Kept word for word with the source; please look at them."),
        ),
        "aside_header": (
            Message("glance", "The header of the pages says “{print}”."),
            Message("glance", "Not taken into any field."),
        ),
        "aside_footer": (
            Message("glance", "The footer of the pages says “{print}”."),
            Message("glance", "Not taken into any field."),
        ),
        "aside_box": (
            Message("glance", "A text box beside the table says “{print}”."),
            Message("glance", "Not taken into any field."),
        ),
        "aside_note": (
            Message("glance", "A footnote says “{print}”."),
            Message("glance", "Not taken into any field."),
        ),
        "aside_comment": (
            Message("glance", "A comment in the file says “{print}”."),
            Message("glance", "Not taken into any field."),
        ),
        "aside_deleted": (
            Message("glance", "“{print}” was deleted with tracked changes."),
            Message("glance", "Read without it, as if all changes had been accepted."),
        ),
        "aside_mail": (
            Message("glance", "The e-mail says “{print}”."),
            Message("glance", "Not taken into any field."),
        ),
        "aside_closing": (
            Message("glance", "The paper closes with “{print}”."),
            Message("glance", "Not taken into any field."),
        ),
        "aside_included": (
            Message("glance", "The document brings in the file {print}, which is not read."),
            Message("glance", "It was left out."),
        ),
        "aside_attachment": (
            Message("glance", "The e-mail brings the file {print}, which is no such paper."),
            Message("glance", "It was left out."),
        ),
        "aside_unread": (
            Message("glance", "The e-mail brings the file {print}, which is damaged or cannot be read."),
            Message("glance", "It was left out."),
        ),
        "aside_numbering": (
            Message("glance", "A table within a cell counts its lines: “{print}”."),
            Message("glance", "The lines were read, their numbers left out."),
        ),
        "head_row": (
            Message("glance", "“{print}” heads a part of the table."),
            Message("glance", "Not taken into any field."),
        ),
        "aside_head": (
            Message("glance", "Above the columns stands “{print}”."),
            Message("glance", "Read as the heads of the columns."),
        ),
        "doubtful_date": (
            Message("glance", "“{print}” may have the day or the month first."),
            Message("glance", "Read as {edtf}, like the other dates of the paper, and marked as uncertain."),
        ),
        "said_twice": (
            Message("glance", "“{print}” says the same once more in Chinese."),
            Message("glance", "The first was read; please look whether both agree."),
        ),
        "second_language": (
            Message("glance", "The two languages of this row do not have the same number of items."),
            Message("glance", "The Chinese was left out, since nobody can say what belongs to what: {print}."),
        ),
        "differs": (
            Message("glance", "On record stands “{here}”, in this paper “{file}”."),
            Message("glance", "The record was left as it is; both values and both sources are kept, please decide."),
        ),
        "stray_text": (
            Message("glance", "“{print}” stands where nothing is expected."),
            Message("glance", "Kept word for word with the source; not taken into any field."),
        ),
        "label_spacing": (
            Message("glance", "The label has a space before the superscript: “{print}”."),
            Message("glance", "Read as square kilometres, the value's unit likewise."),
        ),
        "not_available": (
            Message("glance", "“{print}” for {cities}."),
            Message("glance", "Kept as “stated as not available”: neither zero nor empty."),
        ),
        "about": (
            Message("glance", "“{print}” is a rounded number."),
            Message("glance", "Stored as about {value}, with the print."),
        ),
        "no_number": (
            Message("glance", "“{print}” holds no number that could be read."),
            Message("glance", "Kept word for word with the source; the number was left open."),
        ),
        "unlikely_area": (
            Message("glance", "An area of “{print}” is unlikely for {cities}."),
            Message("glance", "Kept as printed; please check it."),
        ),
        "partial_date": (
            Message("glance", "Dates are given without a day: {print}."),
            Message("glance", "Stored as exact as printed ({edtf}); no day was made up."),
        ),
        "no_dates": (
            Message("glance", "“{print}” holds no date that could be read."),
            Message("glance", "The words were kept, the date left open."),
        ),
        "date_per_side": (
            Message("glance", "The pairing date is printed once for each side: {print}."),
            Message("glance", "Kept as two dates, one for each side."),
        ),
        "several_visits": (
            Message("glance", "One phrase tells of {n} visits: “{print}”."),
            Message("glance", "Made into {n} visits; the phrase was kept."),
        ),
        "agenda_misnamed": (
            Message("glance", "“{print}” stands for the Urban Agenda of the European Union."),
            Message("glance", "Read as EU Urban Agenda; the label was kept as printed."),
        ),
        "sdg_misspelt": (
            Message("glance", "“{print}” is misspelt for SDG."),
            Message("glance", "Read as SDG {goals} and marked as corrected."),
        ),
        "sdg_unspaced": (
            Message("glance", "“{print}” is printed without a space."),
            Message("glance", "Read as SDG {goals}."),
        ),
        "sdg_several": (
            Message("glance", "“{print}” names several goals at once."),
            Message("glance", "Read as SDG {goals}."),
        ),
        "sdg_unknown": (
            Message("glance", "“{print}”: there is no goal of that number."),
            Message("glance", "The print was kept, no goal was linked."),
        ),
        "partnership_forms": (
            Message("glance", "The Urban Partnerships are written in different ways: {print}."),
            Message("glance", "All read as partnerships of the Urban Agenda; the prints were kept."),
        ),
        "partnership_short": (
            Message("glance", "“{print}” lacks the words “Urban Partnership”."),
            Message("glance", "Read as the partnership {name}."),
        ),
        "partnership_unlikely": (
            Message("glance", "“{print}” is an unlikely partnership for “{theme}”, perhaps carried over from above."),
            Message("glance", "Kept as printed; please ask the authors."),
        ),
        "partnership_unknown": (
            Message("glance", "“{print}” is no known partnership of the Urban Agenda."),
            Message("glance", "The print was kept, no partnership was linked."),
        ),
        "themes_run_on": (
            Message("glance", "{n} themes run on in one cell without line breaks."),
            Message("glance", "Parted after each bracket of references."),
        ),
        "references_open": (
            Message(
                "glance",
                "“{theme}” has {projects} projects and {brackets} brackets of references; "
                "which belongs to which is not printed.",
            ),
            Message("glance", "All references stand at the theme; please link them to the projects."),
        ),
        "no_project": (
            Message("glance", "“{theme}” names no project."),
            Message("glance", "The theme was made without one."),
        ),
        "place_in_region": (
            Message("glance", "“{print}” is named, while the list of cities has “{region}”."),
            Message("glance", "Made a place of its own within {region}."),
        ),
        "place_included": (
            Message("glance", "“{print}” holds further places."),
            Message("glance", "Made places of their own within {region}, with the role “included”."),
        ),
        "place_not_partner": (
            Message("glance", "{place} hosts a meeting but is not in the list of cities."),
            Message("glance", "Made a place without a part in the UCAP."),
        ),
        "district": (
            Message("glance", "“{place}” is named in the text only."),
            Message("glance", "Made a district of {city}, the one city of the first side."),
        ),
        "district_open": (
            Message("glance", "“{place}” is named in the text only, and the first side has several cities."),
            Message("glance", "Made a district; its city was left open."),
        ),
        "countries_open": (
            Message("glance", "{countries}: the paper does not say which city lies in which country."),
            Message("glance", "The countries stand at the side; the cities' countries were left open."),
        ),
        "country_unknown": (
            Message("glance", "“{print}” is no known country."),
            Message("glance", "Read as a state or province."),
        ),
        "participants_least": (
            Message("glance", "“{print}” gives a lower bound only."),
            Message("glance", "Stored as at least {value}, with the print."),
        ),
        "meetings_unvisited": (
            Message("glance", "{meetings} meetings are counted through, but there are {visits} visits."),
            Message("glance", "Meetings are numbered within the UCAP; those outside any visit stand alone: {alone}."),
        ),
        "meetings_out_of_order": (
            Message("glance", "The numbers of the meetings have gaps, doubles or another order: {print}."),
            Message("glance", "Kept as printed."),
        ),
        "mou_count": (
            Message("glance", "“{print}”: a number, without one document named."),
            Message("glance", "Kept as a reported count of {count}; no document was made up."),
        ),
        "city_council": (
            Message("glance", "“City Council” is written of a Chinese city."),
            Message("glance", "Kept as printed; in Chinese it is probably the city government (市政府), please check."),
        ),
        "capitals_first": (
            Message("glance", "“{print}”: the family name stands first and in capitals."),
            Message("glance", "Family name {family}; the order and the capitals were kept for this person."),
        ),
        "capitals_last": (
            Message("glance", "“{print}”: the family name is in capitals, after the given name."),
            Message("glance", "Family name {family}; the order and the capitals were kept for this person."),
        ),
        "title_stop": (
            Message("glance", "“{print}” has a full stop after the title, the others have none."),
            Message("glance", "Read as the same title; the print was kept."),
        ),
        "family_first": (
            Message("glance", "“{print}” has the form of a Chinese name, without capitals."),
            Message("glance", "Suggested: family name {family}, printed first; please confirm."),
        ),
        "name_parts": (
            Message("glance", "“{print}”: where the family name begins is not marked."),
            Message("glance", "Suggested: family name {family}; please confirm."),
        ),
        "no_title": (
            Message("glance", "“{print}” has no title (Mr, Ms)."),
            Message("glance", "Left open."),
        ),
        "contact_outside": (
            Message("glance", "{person} is the contact for {place}, which is not in the list of cities."),
            Message("glance", "Allowed; {place} has the role “contact only”."),
        ),
        "contacts_joined": (
            Message("glance", "{people} are joined by “/”, with “{bracket}” only after the last."),
            Message("glance", "Made into {n} people, all with the same bracket."),
        ),
        "contact_missing": (
            Message("glance", "No contact person is named for {places}."),
            Message("glance", "Left open."),
        ),
        "contact_no_place": (
            Message("glance", "“{print}” has no bracket that names a city or an organisation."),
            Message("glance", "Left open."),
        ),
        "contact_group": (
            Message("glance", "The label does not say whose contacts these are."),
            Message("glance", "The side was left open."),
        ),
        "no_addresses": (
            Message("glance", "No e-mail address or telephone number is given for anyone."),
            Message("glance", "Left open."),
        ),
    }
)


def told(code: str, row: str, args: Mapping[str, object]) -> Oddity:
    """Return the oddity ``code`` in the row with the label ``row``; ``args`` fill both of its texts."""
    what, done = (Message(text.context, text.text, MappingProxyType(dict(args))) for text in TEXTS[code])
    return Oddity(code, row, what, done)


def as_lines(oddities: Iterable[object]) -> str:
    """Return plain oddities as JSON, each on a line of its own: what two laptops change in different ones is merged by itself."""
    return "[" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in oddities) + "]"


def as_plain(oddities: Iterable[Oddity]) -> list[dict[str, object]]:
    """Return oddities without their texts, to be kept and worded later in any language."""
    return [{"code": odd.code, "row": odd.row, "args": dict(odd.what.args)} for odd in oddities]


def from_plain(kept: Iterable[Mapping[str, Any]]) -> list[Oddity]:
    """Return the oddities that ``as_plain`` gave, without those that this version does not know."""
    return [told(odd["code"], odd["row"], odd["args"]) for odd in kept if odd["code"] in TEXTS]


class Notes:
    """Collects oddities in the order they are met, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Oddity] = {}

    def add(self, code: str, row: str, /, **args: object) -> None:
        """Note the oddity ``code`` in the row with the label ``row``; ``args`` fill both of its texts."""
        self._found.setdefault((code, row, str(sorted(args.items()))), told(code, row, args))

    def in_order(self, labels: Sequence[str]) -> tuple[Oddity, ...]:
        """Return all oddities in the order of the paper's rows; those of the whole document come last."""
        place = {label: at for at, label in reversed(list(enumerate(labels)))}
        return tuple(sorted(self._found.values(), key=lambda odd: place.get(odd.row, len(place))))
