"""Badges in five sizes: name in both scripts, post, organisation, role in word and colour, whom they are with in shape, portrait, a code to scan."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ucapdesk.base.i18n import Message
from ucapdesk.base.marks import NO_MARK, GroupMark
from ucapdesk.briefing.boards import CARD_FORMS, BoardCard, CardForm, CardLine, Cards, Face
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.page_setup import PageSetup
from ucapdesk.briefing.text_elements import NO_WORDS, QR, Picture, Words, alternative
from ucapdesk.model.rules.names import in_order, say_han
from ucapdesk.papers.audience import OUTSIDE
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.card_papers import cards_paper
from ucapdesk.papers.occasions import Occasion, dates_of, occasion, people_of, place_of
from ucapdesk.papers.paper_sides import around, group_name, groups_of
from ucapdesk.papers.paper_words import READ_IN, in_all
from ucapdesk.papers.participants import Participant
from ucapdesk.papers.record_parts import name_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

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
    """Return the inside of a folded badge: occasion, dates and place."""
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


DOCUMENTS = (
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
