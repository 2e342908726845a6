"""The oddities a UCAP paper can hold: the texts about each, and about what was done.

The texts are for a coordinator who has the paper in the other hand; ``Notes`` collects them while reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ucapdesk.base.i18n import Message
from ucapdesk.formats.glance.glance_parts import Oddity


def _odd(what: str, done: str) -> tuple[Message, Message]:
    return Message("glance", what), Message("glance", done)


TEXTS: Mapping[str, tuple[Message, Message]] = MappingProxyType(
    {
        "no_date": _odd(
            "The paper bears no date, version or author.",
            "Left open; the source record keeps the file's name, its hash and the day of import.",
        ),
        "lost_heading": _odd(
            "The label begins “{print}”: the heading above it was lost.", "Read as the row of cooperation themes."
        ),
        "missing_label": _odd("A row without a label follows a page break.", "Read as going on with “{label}”."),
        "unknown_row": _odd(
            "This row is none of a UCAP at a glance.", "Kept word for word with the source; not taken into any field."
        ),
        "second_row": _odd("The row “{label}” appears twice.", "The second was added to the first."),
        "extra_cell": _odd(
            "This row has more cells than there are sides.", "The further cells were read with the second side."
        ),
        "left_over": _odd(
            "These words reached no field: {print}.", "Kept word for word with the source; please look at them."
        ),
        "aside_header": _odd("The header of the pages says “{print}”.", "Not taken into any field."),
        "aside_footer": _odd("The footer of the pages says “{print}”.", "Not taken into any field."),
        "aside_box": _odd("A text box beside the table says “{print}”.", "Not taken into any field."),
        "aside_note": _odd("A footnote says “{print}”.", "Not taken into any field."),
        "aside_comment": _odd("A comment in the file says “{print}”.", "Not taken into any field."),
        "aside_deleted": _odd(
            "“{print}” was deleted with tracked changes.", "Read without it, as if all changes had been accepted."
        ),
        "aside_mail": _odd("The e-mail says “{print}”.", "Not taken into any field."),
        "aside_closing": _odd("The paper closes with “{print}”.", "Not taken into any field."),
        "aside_included": _odd("The document brings in the file {print}, which is not read.", "It was left out."),
        "aside_attachment": _odd("The e-mail brings the file {print}, which is no such paper.", "It was left out."),
        "aside_unread": _odd(
            "The e-mail brings the file {print}, which is damaged or cannot be read.", "It was left out."
        ),
        "aside_numbering": _odd(
            "A table within a cell counts its lines: “{print}”.", "The lines were read, their numbers left out."
        ),
        "head_row": _odd("“{print}” heads a part of the table.", "Not taken into any field."),
        "aside_head": _odd("Above the columns stands “{print}”.", "Read as the heads of the columns."),
        "doubtful_date": _odd(
            "“{print}” may have the day or the month first.",
            "Read as {edtf}, like the other dates of the paper, and marked as uncertain.",
        ),
        "said_twice": _odd(
            "“{print}” says the same once more in Chinese.", "The first was read; please look whether both agree."
        ),
        "second_language": _odd(
            "The two languages of this row do not have the same number of items.",
            "The Chinese was left out, since nobody can say what belongs to what: {print}.",
        ),
        "differs": _odd(
            "On record stands “{here}”, in this paper “{file}”.",
            "The record was left as it is; both values and both sources are kept, please decide.",
        ),
        "stray_text": _odd(
            "“{print}” stands where nothing is expected.",
            "Kept word for word with the source; not taken into any field.",
        ),
        "label_spacing": _odd(
            "The label has a space before the superscript: “{print}”.",
            "Read as square kilometres, the value's unit likewise.",
        ),
        "not_available": _odd("“{print}” for {cities}.", "Kept as “stated as not available”: neither zero nor empty."),
        "about": _odd("“{print}” is a rounded number.", "Stored as about {value}, with the print."),
        "no_number": _odd(
            "“{print}” holds no number that could be read.",
            "Kept word for word with the source; the number was left open.",
        ),
        "unlikely_area": _odd("An area of “{print}” is unlikely for {cities}.", "Kept as printed; please check it."),
        "partial_date": _odd(
            "Dates are given without a day: {print}.", "Stored as exact as printed ({edtf}); no day was made up."
        ),
        "no_dates": _odd("“{print}” holds no date that could be read.", "The words were kept, the date left open."),
        "date_per_side": _odd(
            "The pairing date is printed once for each side: {print}.", "Kept as two dates, one for each side."
        ),
        "several_visits": _odd(
            "One phrase tells of {n} visits: “{print}”.", "Made into {n} visits; the phrase was kept."
        ),
        "agenda_misnamed": _odd(
            "“{print}” stands for the Urban Agenda of the European Union.",
            "Read as EU Urban Agenda; the label was kept as printed.",
        ),
        "sdg_misspelt": _odd("“{print}” is misspelt for SDG.", "Read as SDG {goals} and marked as corrected."),
        "sdg_unspaced": _odd("“{print}” is printed without a space.", "Read as SDG {goals}."),
        "sdg_several": _odd("“{print}” names several goals at once.", "Read as SDG {goals}."),
        "sdg_unknown": _odd("“{print}”: there is no goal of that number.", "The print was kept, no goal was linked."),
        "partnership_forms": _odd(
            "The Urban Partnerships are written in different ways: {print}.",
            "All read as partnerships of the Urban Agenda; the prints were kept.",
        ),
        "partnership_short": _odd("“{print}” lacks the words “Urban Partnership”.", "Read as the partnership {name}."),
        "partnership_unlikely": _odd(
            "“{print}” is an unlikely partnership for “{theme}”, perhaps carried over from above.",
            "Kept as printed; please ask the authors.",
        ),
        "partnership_unknown": _odd(
            "“{print}” is no known partnership of the Urban Agenda.", "The print was kept, no partnership was linked."
        ),
        "themes_run_on": _odd(
            "{n} themes run on in one cell without line breaks.", "Parted after each bracket of references."
        ),
        "references_open": _odd(
            "“{theme}” has {projects} projects and {brackets} brackets of references; "
            "which belongs to which is not printed.",
            "All references stand at the theme; please link them to the projects.",
        ),
        "no_project": _odd("“{theme}” names no project.", "The theme was made without one."),
        "place_in_region": _odd(
            "“{print}” is named, while the list of cities has “{region}”.", "Made a place of its own within {region}."
        ),
        "place_included": _odd(
            "“{print}” holds further places.", "Made places of their own within {region}, with the role “included”."
        ),
        "place_not_partner": _odd(
            "{place} hosts a meeting but is not in the list of cities.", "Made a place without a part in the UCAP."
        ),
        "district": _odd(
            "“{place}” is named in the text only.", "Made a district of {city}, the one city of the first side."
        ),
        "district_open": _odd(
            "“{place}” is named in the text only, and the first side has several cities.",
            "Made a district; its city was left open.",
        ),
        "countries_open": _odd(
            "{countries}: the paper does not say which city lies in which country.",
            "The countries stand at the side; the cities' countries were left open.",
        ),
        "country_unknown": _odd("“{print}” is no known country.", "Read as a state or province."),
        "participants_least": _odd(
            "“{print}” gives a lower bound only.", "Stored as at least {value}, with the print."
        ),
        "meetings_unvisited": _odd(
            "{meetings} meetings are counted through, but there are {visits} visits.",
            "Meetings are numbered within the UCAP; those outside any visit stand alone: {alone}.",
        ),
        "meetings_out_of_order": _odd(
            "The numbers of the meetings have gaps, doubles or another order: {print}.", "Kept as printed."
        ),
        "mou_count": _odd(
            "“{print}”: a number, without one document named.",
            "Kept as a reported count of {count}; no document was made up.",
        ),
        "city_council": _odd(
            "“City Council” is written of a Chinese city.",
            "Kept as printed; in Chinese it is probably the city government (市政府), please check.",
        ),
        "capitals_first": _odd(
            "“{print}”: the family name stands first and in capitals.",
            "Family name {family}; the order and the capitals were kept for this person.",
        ),
        "capitals_last": _odd(
            "“{print}”: the family name is in capitals, after the given name.",
            "Family name {family}; the order and the capitals were kept for this person.",
        ),
        "title_stop": _odd(
            "“{print}” has a full stop after the title, the others have none.",
            "Read as the same title; the print was kept.",
        ),
        "family_first": _odd(
            "“{print}” has the form of a Chinese name, without capitals.",
            "Suggested: family name {family}, printed first; please confirm.",
        ),
        "name_parts": _odd(
            "“{print}”: where the family name begins is not marked.", "Suggested: family name {family}; please confirm."
        ),
        "no_title": _odd("“{print}” has no title (Mr, Ms).", "Left open."),
        "contact_outside": _odd(
            "{person} is the contact for {place}, which is not in the list of cities.",
            "Allowed; {place} has the role “contact only”.",
        ),
        "contacts_joined": _odd(
            "{people} are joined by “/”, with “{bracket}” only after the last.",
            "Made into {n} people, all with the same bracket.",
        ),
        "contact_missing": _odd("No contact person is named for {places}.", "Left open."),
        "contact_no_place": _odd("“{print}” has no bracket that names a city or an organisation.", "Left open."),
        "contact_group": _odd("The label does not say whose contacts these are.", "The side was left open."),
        "no_addresses": _odd("No e-mail address or telephone number is given for anyone.", "Left open."),
    }
)


def told(code: str, row: str, args: Mapping[str, object]) -> Oddity:
    """Return the oddity ``code`` in the row with the label ``row``; ``args`` fill both of its texts."""
    what, done = (Message(text.context, text.text, MappingProxyType(dict(args))) for text in TEXTS[code])
    return Oddity(code, row, what, done)


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
