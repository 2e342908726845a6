"""Cards to cut out and fold: place cards in four sizes, numbers for tables, address cards for drivers, and badges.

Badges come in five sizes: name in both scripts, post, organisation, role in word and colour, whom they are with in shape, portrait, a code
to scan.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ucapdesk.base.i18n import Message
from ucapdesk.base.marks import NO_MARK, GroupMark
from ucapdesk.briefing.blocks.content import PageSetup, Paper
from ucapdesk.briefing.blocks.elements import (
    CARD_FORMS,
    NO_WORDS,
    QR,
    BoardCard,
    CardForm,
    CardLine,
    Cards,
    Face,
    Picture,
    Words,
    alternative,
)
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Organisation
from ucapdesk.model.kinds.visit_kinds import ItineraryDay, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.text.person_names import in_order, say_han
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.seating_plan import numbered
from ucapdesk.papers.facts.participants import (
    Occasion,
    Participant,
    dates_of,
    house_name,
    occasion,
    organisations_of,
    people_of,
    place_of,
    points_of,
)
from ucapdesk.papers.facts.partner_sides import around, group_name, groups_of
from ucapdesk.papers.facts.parts import NOBODY, name_of, paper, section
from ucapdesk.papers.facts.seats import Wanted, room_of, seats_of, usual_room
from ucapdesk.papers.facts.wording import READ_IN, in_all, of_text
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import OUTSIDE, Request

PLACE_CARDS = Message("document", "Place cards")
TABLE_NUMBERS = Message("document", "Table numbers")
ADDRESS_CARDS = Message("document", "Address cards for drivers")
_SIZES = {"place-210x140": (92, 70, 20), "place-200x150": (88, 66, 20), "place-a4-three": (70, 52, 16),
          "place-banquet": (30, 23, 9)}  # fmt: skip
"""Points of the first name in Chinese, of the second and of the text below."""
_LATIN = 0.7
"""Of these is a name in Latin letters, which is longer."""

_FIGURES = {"place-210x140": (190, 30, 15), "place-200x150": (190, 30, 15), "place-a4-three": (140, 24, 12),
            "place-banquet": (64, 14, 7.5)}  # fmt: skip
"""Points of the number of a table, of the word below it, and of the names of those who sit there."""
MOST_TABLES = 200
LOW = 60
"""Millimetres below which a card shows names in the first language only."""


def _place_cards(reader: RedactedReader, request: Request) -> Paper:
    record = occasion(reader, request.ids[0])
    form = CARD_FORMS[request.options["card"]]
    seated = _ordered(reader, record, request.options["order"])
    cards = tuple(_place_card(reader, each, request) for each in seated if each.role not in ("driver", "security"))
    return cards_paper(reader, request, PLACE_CARDS, record, Cards(cards, form, equal=True) if cards else None)


def cards_paper(
    reader: RedactedReader,
    request: Request,
    document: Message,
    record: Record | None,
    cards: Cards | None,
    *,
    page: PageSetup | None = None,
    lacking: Message = NOBODY,
) -> Paper:
    title = name_of(record) if record is not None else NO_WORDS
    sections = section([cards] if cards else [])
    return paper(
        reader, request, document, title, sections, marked=record, page=page, titled=cards is None, lacking=lacking
    )


def _ordered(reader: RedactedReader, record: Occasion, how: str) -> list[Participant]:
    """Return people in the order of the list, or along the seats of the plan, row by row; those without a seat come last."""
    people = people_of(reader, record)
    if how != "seat":
        return people
    wanted = Wanted(usual_room(reader, record))
    room = room_of(seats_of(reader, record, wanted), wanted)
    along = sorted(room.places, key=lambda place: (place.group, round(place.y, 2), place.x))
    at = {place.who: n for n, place in enumerate(along)}
    return sorted(people, key=lambda each: at.get(each.id, len(at)))


def _place_card(reader: RedactedReader, who: Participant, request: Request) -> BoardCard:
    """Return a card whose owner reads the own language first, and whose neighbours across the table read theirs first."""
    languages = request.languages
    own = "zh" if who.person is not None and who.person.name_han else next((n for n in languages if n != "zh"), "zh")
    near = tuple(sorted(languages, key=lambda lang: lang != own))
    return BoardCard(*(_name_face(reader, who, request, side) for side in (tuple(reversed(near)), near)))


def _name_face(reader: RedactedReader, who: Participant, request: Request, languages: Sequence[str]) -> Face:
    """Return the name alone, in both languages to be read across a table, the first one larger; a common name once."""
    first, second, small = _SIZES[request.options["card"]]
    lines = []
    for n, lang in enumerate(languages):
        size = (first if n == 0 else second) * (1.0 if lang == "zh" else _LATIN)
        before = 2.0 if n else 0.0
        lines.append(CardLine(who.bare, size, bold=True, spread=lang == "zh", only=lang, before=before, rows=3))
    if request.options["show"] == "post":
        lines += [CardLine(words, small, quiet=True, before=1.5) for words in (who.post, who.organisation)]
    logo = _logo(reader, who) if request.options["show"] == "logo" else None
    return Face(tuple(line for line in lines if not line.words.empty), logo=Picture(logo, 60, 25) if logo else None)


def _table_numbers(reader: RedactedReader, request: Request) -> Paper:
    """Return a tent card for every table of the banquet: as many as its plan has, or as were asked for."""
    record = occasion(reader, request.ids[0])
    wanted = Wanted("banquet")
    seats = seats_of(reader, record, wanted)
    places = room_of(seats, wanted).places
    asked = request.options["tables"].strip()
    if asked and not (asked.isdecimal() and 0 < int(asked) <= MOST_TABLES):
        raise request.unknown(Message("choice", "number of tables"), asked, f"1–{MOST_TABLES}")
    many = int(asked) if asked else max((max(place.group, 1) for place in places), default=0)
    form = CARD_FORMS[request.options["card"]]
    figure, word, small = _FIGURES[request.options["card"]]
    cards = []
    for n in range(1, many + 1):
        front = Face(
            (CardLine(Words.plain(str(n)), figure, bold=True), CardLine(numbered("round", n), word, before=2.0))
        )
        first = request.languages[0] if form.height < LOW else ""
        names = [seats.people[each.who].bare for each in places if max(each.group, 1) == n]
        head = CardLine(numbered("round", n), word * 0.7, bold=True, only=first)
        back = Face((head, *(CardLine(each, small, only=first) for each in names)))
        cards.append(BoardCard(front, back if names and request.options["show"] == "names" else None))
    return cards_paper(reader, request, TABLE_NUMBERS, record, Cards(tuple(cards), form) if cards else None)


def _logo(reader: RedactedReader, who: Participant) -> bytes | None:
    house = next(iter(organisations_of(reader, [who])), None)
    return reader.file(house.logo) if house else None


# -- addresses ------------------------------------------------------------------------------------


def _address_cards(reader: RedactedReader, request: Request) -> Paper:
    cards: list[BoardCard] = []
    first: Record | None = None
    for record in map(reader.subject, request.ids):
        first = first or record
        if isinstance(record, Visit):
            cards += _of_visit(reader, record)
        elif isinstance(record, Place):
            cards += _of_place(reader, record)
        elif isinstance(record, Organisation):
            cards += _card(house_name(record), of_text(record.address), record.phone, None)
    made = Cards(tuple(cards), CARD_FORMS["address-a6"]) if cards else None
    lacking = Message("paper", "No address is recorded yet.")
    return cards_paper(reader, request, ADDRESS_CARDS, first, made, lacking=lacking)


def _of_visit(reader: RedactedReader, visit: Visit) -> list[BoardCard]:
    items = points_of(reader, visit.id)
    days = reader.children(ItineraryDay, visit.id)
    ids = [item.place for item in items] + [day.hotel for day in days] + list(visit.hotels or ())
    cards = [card for place in reader.all(Place, ids) for card in _of_place(reader, place)]
    written = {
        str(item.address["zh"]): item for item in items if item.address and item.address.get("zh") and not item.place
    }
    for item in written.values():
        cards += _card(name_of(item), of_text(item.address), None, None)
    return cards


def _of_place(reader: RedactedReader, place: Place) -> list[BoardCard]:
    house = reader.one(Organisation, place.organisation)
    address = place.address or (house.address if house else None)
    phone = place.phone or (house.phone if house else None)
    return _card(of_text(place.name), of_text(address), phone, reader.file(place.map))


def _card(name: Words, address: Words, phone: str | None, map_: bytes | None) -> list[BoardCard]:
    """Return the Chinese address as large as possible, the other language below it; no card where there is no address."""
    if address.empty:
        return []
    local = "zh" if address.has("zh") else address.source(("zh", "en")) or "en"
    lines = [
        CardLine(name, 17, bold=True),
        CardLine(address, 30, bold=True, only=local, before=5.0, rows=3),
        *(
            CardLine(address, 13, only=lang, quiet=True, before=4.0, rows=2)
            for lang in ("en", "zh")
            if lang != local and address.has(lang)
        ),
        CardLine(Words.plain(phone or ""), 16, before=4.0),
    ]
    picture = Picture(map_, 90, 60) if map_ else None
    return [BoardCard(Face(tuple(line for line in lines if not line.words.empty), picture=picture, align="left"))]


# -- declared -------------------------------------------------------------------------------------


_TENTS = Option("card", Message("paper setup", "Size"), (
    ("place-210x140", Message("paper setup", "210 × 140 mm")),
    ("place-200x150", Message("paper setup", "200 × 150 mm")),
    ("place-a4-three", Message("paper setup", "A4 folded in three")),
    ("place-banquet", Message("paper setup", "Banquet, 90 × 55 mm")),
))  # fmt: skip

CARD_DOCUMENTS = (
    Document(
        "place_cards", PLACE_CARDS, _place_cards, kinds=("visit", "meeting", "itinerary_item"), order=130, circle=OUTSIDE, layouts=("stacked",), word=False,
        options=(
            _TENTS,
            Option("order", Message("paper setup", "Order"), (
                ("list", Message("paper setup", "As in the list")),
                ("seat", Message("paper setup", "By seats")),
            )),
            Option("show", Message("paper setup", "On the card"), (
                ("name", Message("paper setup", "The name alone")),
                ("post", Message("paper setup", "Name, post and organisation")),
                ("logo", Message("paper setup", "Name and logo")),
            )),
        ),
    ),
    Document(
        "table_numbers", TABLE_NUMBERS, _table_numbers, kinds=("itinerary_item", "meeting", "visit"), order=140, circle=OUTSIDE, layouts=("stacked",), word=False,
        options=(
            _TENTS,
            Option("tables", Message("paper setup", "Tables (as in the plan where empty)")),
            Option("show", Message("paper setup", "On the card"), (
                ("number", Message("paper setup", "The number on both sides")),
                ("names", Message("paper setup", "The number, and who sits there behind")),
            )),
        ),
    ),
    Document("address_cards", ADDRESS_CARDS, _address_cards, kinds=("visit", "place", "organisation"), order=220, several=True, circle=OUTSIDE, layouts=("stacked",), word=False),
)  # fmt: skip


BADGES = Message("document", "Badges")
PRINCIPALS, GUESTS, SPEECH, HOUSE, PRESS, GUARDS = "#9B1C31", "#0F5FA6", "#1B6E3C", "#8A5A00", "#6B2C91", "#4B5666"
COLOURS: Mapping[str, str] = {
    **dict.fromkeys(("head", "deputy_head", "guest_of_honour", "principal_host", "host", "signatory"), PRINCIPALS),
    **dict.fromkeys(("interpreter", "note_taker", "moderator", "assistant_signatory"), SPEECH),
    **dict.fromkeys(("coordinator", "protocol", "escort"), HOUSE),
    "press": PRESS,
    **dict.fromkeys(("security", "driver"), GUARDS),
}
"""The colour of each role; roles not listed have the colour of delegates."""
_LARGE, _SMALL = 100, 60
"""Millimetres: faces higher than the first have large type, faces lower than the second small type."""


def _badges(reader: RedactedReader, request: Request) -> Paper:
    record = occasion(reader, request.ids[0])
    size = request.options["card"]
    form = CARD_FORMS["badge-a6" if size == "badge-four" else size]
    folded = size == "badge-a4"
    cards: list[BoardCard] = []
    sides, people = around(reader, record), people_of(reader, record)
    groups = groups_of(reader, sides, {who.id: who for who in people})
    for who in people:
        group = groups.get(who.id)
        party = group_name(sides, group) if group and group.party else NO_WORDS
        face = _badge(reader, who, party, group.mark if group else NO_MARK, form)
        cards.append(BoardCard(face))
        if folded:
            cards += [BoardCard(face), BoardCard(_inside(reader, record)), BoardCard(Face())]
    page = PageSetup(size="A6") if size == "badge-a6" else None
    return cards_paper(reader, request, BADGES, record, Cards(tuple(cards), form) if cards else None, page=page)


def _badge(reader: RedactedReader, who: Participant, party: Words, mark: GroupMark, form: CardForm) -> Face:
    large = form.height > _LARGE
    scale = 1.0 if large else 0.7 if form.height > _SMALL else 0.54
    lines = [
        CardLine(who.bare, 30 * scale, bold=True),
        CardLine(who.post, 14 * scale, before=2.0),
        CardLine(who.organisation, max(12 * scale, 7.5), quiet=True, before=1.0),
    ]
    portrait = reader.file(who.person.portrait) if who.person else None
    code = vcard(who)
    known = [each for each in (who.said_role, party) if not each.empty]
    role = in_all(lambda lang: " · ".join(each.said(lang, READ_IN.get()) for each in known))  # no tags stand on cards
    return Face(
        lines=tuple(line for line in lines if not line.words.empty),
        picture=Picture(portrait, 30 * scale, 40 * scale, alt=alternative(who.bare)) if portrait else None,
        qr=QR(code, 24 if large else 17) if code else None,
        role=role if not role.empty else None,
        mark=mark,
        colour=COLOURS.get(who.role, GUESTS),
    )


def _inside(reader: RedactedReader, record: Occasion) -> Face:
    lines = (
        CardLine(name_of(record), 16, bold=True),
        CardLine(dates_of(record), 11, before=3.0),
        CardLine(place_of(reader, record), 11, quiet=True, before=1.5),
    )
    return Face(tuple(line for line in lines if not line.words.empty))


def vcard(who: Participant) -> str:
    """Return a short vCard for the code of a badge; empty for people who are not on record."""
    person = who.person
    if person is None:
        return ""
    name = in_order(person.name, person.name_han)
    han = say_han(person.name_han, name)
    shown = han or str(name or "")
    family, given = (name.family or "", name.given or "") if name else ("", "")
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(family)};{_escaped(given)};;;" if family or given else f"N:{_escaped(shown)};;;;",
        f"FN:{_escaped(str(name or '') or shown)}",
        _line("NICKNAME", han),
        _line("ORG", _short(who.organisation)),
        _line("TITLE", _short(who.post)),
        _line("EMAIL", person.email),
        _line("TEL;TYPE=WORK", person.phone),
        "END:VCARD",
    ]
    return "\r\n".join(filter(None, lines))


def _short(words: Words) -> str:
    return words.said("en")[:60]


def _line(name: str, text: str | None) -> str:
    return f"{name}:{_escaped(text[:80])}" if text else ""


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\r", "").replace("\n", "\\n")


BADGE_DOCUMENTS = (
    Document(
        "badges", BADGES, _badges, kinds=("visit", "meeting", "itinerary_item"), order=150, circle=OUTSIDE, layouts=("stacked",), word=False,
        options=(
            Option("card", Message("paper setup", "Size"), (
                ("badge-96x82", Message("paper setup", "96 × 82 mm")),
                ("badge-a6", Message("paper setup", "A6, a page each")),
                ("badge-four", Message("paper setup", "A6, four on A4")),
                ("badge-a4", Message("paper setup", "A4, folded twice")),
                ("badge-90x55", Message("paper setup", "90 × 55 mm")),
            )),
        ),
    ),
)  # fmt: skip

DOCUMENTS = (*CARD_DOCUMENTS, *BADGE_DOCUMENTS)
