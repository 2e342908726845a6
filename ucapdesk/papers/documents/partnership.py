"""The partnership of a UCAP drawn: cities of both sides, themes and MoUs between them; below it the same in words."""

from __future__ import annotations

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Paper
from ucapdesk.briefing.figures import Network, NetworkLine, NetworkPoint
from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.ucap_kinds import Theme, Ucap
from ucapdesk.papers.document import Document
from ucapdesk.papers.paper_parts import cell, column, label, note, paper, section, table
from ucapdesk.papers.paper_words import listed, of_text
from ucapdesk.papers.partnership_facts import PartnershipFacts, partnership_facts
from ucapdesk.papers.record_parts import name_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

PARTNERSHIP = Message("partnership", "Partnership")
LEGEND = Message(
    "partnership",
    "Solid lines: meetings, the more the thicker. Dotted lines: themes and MoUs in which a city takes part.",
)


def _make(reader: RedactedReader, request: Request) -> Paper:
    ucap = reader.get(Ucap, request.ids[0])
    told = partnership_facts(reader, ucap.id)
    made = [
        *section(_picture(told)),
        *section(_met(told), Message("kind", "Meetings")),
        *section(_belong(told), Message("paper", "Themes and MoUs")),
    ]
    return paper(reader, request, PARTNERSHIP, of_text(ucap.title), made, marked=ucap)


def _picture(told: PartnershipFacts) -> list[Block]:
    points = list(told.points)
    at = {record.id: n for n, (record, _) in enumerate(points)}
    drawn = tuple(NetworkPoint(name_of(record), column_, isinstance(record, Place)) for record, column_ in points)
    lines = tuple(NetworkLine(at[link.a], at[link.b], link.met) for link in told.links)
    return [Network(drawn, lines), note(LEGEND)] if drawn else []


def _met(told: PartnershipFacts) -> list[Block]:
    """Return how often two cities met, the most first."""
    names = {place.id: name_of(place) for side in told.sides for place in side}
    found = sorted((link for link in told.links if link.met), key=lambda link: -link.met)
    rows = [(cell(names[link.a]), cell(names[link.b]), cell(Words.plain(str(link.met)))) for link in found]
    heads = (Message("paper", "City"), Message("paper", "City"), Message("kind", "Meetings"))
    return table([column(head, share) for head, share in zip(heads, (6, 6, 3), strict=True)], rows)


def _belong(told: PartnershipFacts) -> list[Block]:
    """Return the cities of each theme and MoU."""
    names = {place.id: name_of(place) for side in told.sides for place in side}
    rows = []
    for record in told.between:
        cities = [names[link.a] for link in told.links if link.b == record.id and link.a in names]
        kind = Message("kind", "Theme") if isinstance(record, Theme) else Message("kind", "MoU")
        rows.append((cell(label(kind)), cell(name_of(record)), cell(listed(cities))))
    columns = (column(None, 2), column(Message("paper", "Title"), 7), column(Message("paper", "Cities"), 6))
    return table(columns, rows)


DOCUMENTS = (Document("partnership", PARTNERSHIP, _make, kinds=("ucap",), order=325, pages=("A4-landscape", "A4")),)
