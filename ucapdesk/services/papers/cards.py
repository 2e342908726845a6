"""Cards to cut out and fold: place cards in four sizes, badges with a code for telephones, address cards for drivers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import CARD_FORMS, QR, Card, CardLine, Cards, Face, Paper, Picture, Section, Words
from ucapdesk.model.kinds.people import Organisation
from ucapdesk.model.kinds.places import Place
from ucapdesk.model.kinds.visits import ItineraryDay, ItineraryItem, Visit
from ucapdesk.model.record import Record
from ucapdesk.services.papers.circles import OUTSIDE
from ucapdesk.services.papers.guests import STAFF, Guest, main_post
from ucapdesk.services.papers.occasions import Occasion, occasion, people_of, title_of_occasion
from ucapdesk.services.papers.parts import NONE, paper, section
from ucapdesk.services.papers.reading import Reading
from ucapdesk.services.papers.request import Document, Option, Request
from ucapdesk.services.papers.seating_plan import Wanted, room_of, seats_of, usual_room
from ucapdesk.services.papers.words import of_text

PLACE_CARDS = Message("document", "Place cards")
BADGES = Message("document", "Badges")
ADDRESS_CARDS = Message("document", "Address cards for drivers")
_SIZES = {"place-210x140": (92, 44, 20), "place-200x150": (88, 42, 20), "place-a4-three": (70, 34, 16),
          "place-banquet": (30, 15, 9)}  # fmt: skip
"""Points of the first name, of the second and of what stands under them."""
_SHAPES = {"A": "●", "B": "■"}


def _place_cards(reading: Reading, request: Request) -> Paper:
    record = occasion(reading, request.ids[0])
    form = CARD_FORMS[request.option("card")]
    seated = _ordered(reading, record, request.option("order"))
    cards = tuple(
        Card(_name_face(reading, each, request)) for each in seated if each.role not in ("driver", "security")
    )
    return _cards_paper(reading, request, PLACE_CARDS, record, Cards(cards, form) if cards else None)


def _cards_paper(
    reading: Reading, request: Request, document: Message, record: Record | None, cards: Cards | None
) -> Paper:
    title = title_of_occasion(record) if record is not None else NONE
    sections: Sequence[Section] = section([cards]) if cards else ()
    return paper(reading, request, Words.label(document), title, sections, marked=record, titled=cards is None)


def _ordered(reading: Reading, record: Occasion, how: str) -> list[Guest]:
    """In the order of the list, or along the seats of the plan, row by row; whoever has no seat comes last."""
    people = people_of(reading, record)
    if how != "seat":
        return people
    wanted = Wanted(usual_room(reading, record))
    room = room_of(seats_of(reading, record, wanted), wanted)
    along = sorted(room.places, key=lambda place: (place.group, round(place.y, 2), place.x))
    at = {place.who: n for n, place in enumerate(along)}
    return sorted(people, key=lambda each: at.get(each.id, len(at)))


def _name_face(reading: Reading, who: Guest, request: Request) -> Face:
    """The name alone, as large as it goes: the first language large, the second under it, what is the same only once."""
    first, second, small = _SIZES[request.option("card")]
    lines = []
    for n, lang in enumerate(request.languages):
        size = first if n == 0 else second
        if lang != "zh" and n == 0:
            size = round(first * 0.7)
        lines.append(CardLine(who.bare, size, bold=True, spread=lang == "zh", only=lang, before=2.0 if n else 0.0))
    if request.option("show") == "post":
        lines += [CardLine(words, small, quiet=True, before=1.5) for words in (who.post, who.organisation)]
    logo = _logo(reading, who) if request.option("show") == "logo" else None
    return Face(tuple(line for line in lines if not line.words.empty), logo=Picture(logo, 60, 25) if logo else None)


def _logo(reading: Reading, who: Guest) -> bytes | None:
    """The logo of the organisation somebody is with."""
    post = main_post(reading, who.person) if who.person else None
    house = reading.one(Organisation, post.organisation) if post else None
    return reading.file(house.logo) if house else None


def _badges(reading: Reading, request: Request) -> Paper:
    record = occasion(reading, request.ids[0])
    form = CARD_FORMS[request.option("card")]
    large = form.height > 100
    cards = tuple(Card(_badge(reading, each, large=large)) for each in people_of(reading, record))
    return _cards_paper(reading, request, BADGES, record, Cards(cards, form) if cards else None)


def _badge(reading: Reading, who: Guest, *, large: bool) -> Face:
    scale = 1.0 if large else 0.62
    lines = [
        CardLine(who.bare, 26 * scale, bold=True),
        CardLine(who.post, 13 * scale, before=2.0),
        CardLine(who.organisation, 12 * scale, quiet=True, before=1.0),
    ]
    portrait = reading.file(who.person.portrait) if who.person else None
    code = vcard(who)
    role = who.said_role
    return Face(
        lines=tuple(line for line in lines if not line.words.empty),
        picture=Picture(portrait, 30 * scale, 40 * scale) if portrait else None,
        qr=QR(code, 24 if large else 17) if code else None,
        role=role if not role.empty else None,
        shape="◆" if who.role in STAFF else _SHAPES.get(who.side, "○"),
    )


def vcard(who: Guest) -> str:
    """A business card for telephones, short enough to be read from a badge; nothing for people who are not on record."""
    person = who.person
    if person is None:
        return ""
    name = person.name
    shown = str(person.name_han or "") or str(name or "")
    family, given = (name.family or "", name.given or "") if name else ("", "")
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(family)};{_escaped(given)};;;" if family or given else f"N:{_escaped(shown)};;;;",
        f"FN:{_escaped(str(name or '') or shown)}",
        _line("NICKNAME", str(person.name_han or "")),
        _line("ORG", _short(who.organisation)),
        _line("TITLE", _short(who.post)),
        _line("EMAIL", person.email),
        _line("TEL;TYPE=WORK", person.phone),
        "END:VCARD",
    ]
    return "\r\n".join(filter(None, lines))


def _short(words: Words) -> str:
    return (words.text.get("en") or words.text.get("zh") or "")[:60]


def _line(name: str, text: str | None) -> str:
    return f"{name}:{_escaped(text[:80])}" if text else ""


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\r", "").replace("\n", "\\n")


# -- addresses ------------------------------------------------------------------------------------


def _address_cards(reading: Reading, request: Request) -> Paper:
    """A card for every place: the Chinese address large, to be shown to a driver."""
    cards: list[Card] = []
    first: Record | None = None
    for id_ in request.ids:
        kind = reading.desk.read.kind_of(id_)
        if kind == "visit":
            visit = reading.get(Visit, id_)
            cards += _of_visit(reading, visit)
            first = first or visit
        elif kind == "place":
            place = reading.get(Place, id_)
            cards += _of_place(reading, place)
            first = first or place
        else:
            house = reading.get(Organisation, id_)
            cards += _card(of_text(house.name), of_text(house.address), house.phone, None)
            first = first or house
    made = Cards(tuple(cards), CARD_FORMS["address-a6"]) if cards else None
    return _cards_paper(reading, request, ADDRESS_CARDS, first, made)


def _of_visit(reading: Reading, visit: Visit) -> list[Card]:
    """The places of the programme in their order, then the hotels; each once."""
    items = reading.children(ItineraryItem, visit.id)
    days = reading.children(ItineraryDay, visit.id)
    ids = [item.place for item in items] + [day.hotel for day in days] + list(visit.hotels or ())
    places = reading.all(Place, dict.fromkeys(id_ for id_ in ids if id_))
    cards = [card for place in places for card in _of_place(reading, place)]
    written = {
        str(item.address["zh"]): item for item in items if item.address and item.address.get("zh") and not item.place
    }
    for item in written.values():
        cards += _card(of_text(item.title), of_text(item.address), None, None)
    return cards


def _of_place(reading: Reading, place: Place) -> list[Card]:
    house = reading.one(Organisation, place.organisation)
    address = place.address or (house.address if house else None)
    phone = place.phone or (house.phone if house else None)
    return _card(of_text(place.name), of_text(address), phone, reading.file(place.map))


def _card(name: Words, address: Words, phone: str | None, map_: bytes | None) -> list[Card]:
    """The Chinese address in 18 points, the other language under it; no card where there is no address."""
    if address.empty:
        return []
    local = "zh" if address.has("zh") else address.source(("zh", "en")) or "en"
    lines = [
        CardLine(name, 15, bold=True),
        CardLine(address, 18, bold=True, only=local, before=3.0),
        *(
            CardLine(address, 11, only=lang, quiet=True, before=2.0)
            for lang in ("en", "zh")
            if lang != local and address.has(lang)
        ),
    ]
    if phone:
        lines.append(CardLine(Words.plain(phone), 13, before=3.0))
    picture = Picture(map_, 90, 60) if map_ else None
    return [Card(Face(tuple(line for line in lines if not line.words.empty), picture=picture, align="left"))]


# -- declared -------------------------------------------------------------------------------------


def _sizes(*known: tuple[str, Message]) -> Option:
    return Option("card", Message("paper setup", "Size"), known)


DOCUMENTS = (
    Document(
        "place_cards", PLACE_CARDS, _place_cards, circle=OUTSIDE, layouts=("stacked",),
        options=(
            _sizes(
                ("place-210x140", Message("paper setup", "210 × 140 mm")),
                ("place-200x150", Message("paper setup", "200 × 150 mm")),
                ("place-a4-three", Message("paper setup", "A4 folded in three")),
                ("place-banquet", Message("paper setup", "Banquet, 90 × 55 mm")),
            ),
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
        "badges", BADGES, _badges, circle=OUTSIDE, layouts=("stacked",),
        options=(
            _sizes(
                ("badge-96x82", Message("paper setup", "96 × 82 mm")),
                ("badge-a6", Message("paper setup", "A6")),
                ("badge-90x55", Message("paper setup", "90 × 55 mm")),
            ),
        ),
    ),
    Document("address_cards", ADDRESS_CARDS, _address_cards, several=True, circle=OUTSIDE, layouts=("stacked",)),
)  # fmt: skip
