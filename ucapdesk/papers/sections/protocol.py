"""The section of protocol notes: forms of address, customs, dress, gifts, and topics to avoid."""

from __future__ import annotations

from collections.abc import Iterator

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Section, Words
from ucapdesk.model.rules.delegation import post_code
from ucapdesk.papers.paper_parts import bullets, field_label, label, text
from ucapdesk.papers.paper_words import bracketed, combined, listed, of_code, of_text
from ucapdesk.papers.participants import address, main_post, person_name
from ucapdesk.papers.record_parts import ColumnOf, table_of
from ucapdesk.papers.sections.common import day_name, gift_line, joined
from ucapdesk.papers.visit_facts import VisitFacts

ADVICE = (
    Message("paper", "Address people by title and family name, never by the first name."),
    Message("paper", "Chinese names have the family name first."),
    Message(
        "paper",
        "Give and take business cards with both hands, the text towards the receiver; read it before you put it away.",
    ),
    Message("paper", "Greet in order of rank; wait to be shown to your seat."),
    Message("paper", "At a banquet the host faces the door and the guest of honour sits at the host's right."),
    Message("paper", "The host proposes the first toast; answer it before the meal is half over."),
    Message("paper", "Gifts are given and received with both hands, and registered."),
)


def protocol(of: VisitFacts) -> list[Section]:
    """Return forms of address and customs; gifts and red lines only where this copy may hold them."""
    posts = {person: main_post(of.reader, person) for person in of.people}
    columns = (
        ColumnOf(lambda person: person_name(person, salutation=False), 50, Message("paper", "Name")),
        ColumnOf(lambda person: address(person, posts[person]), 50, "person.address_as"),
        ColumnOf("pronunciation", 40, Message("paper", "Pronunciation")),
    )
    told = [
        person
        for person, post in posts.items()
        if person.salutation or person.salutation_free or person.pronunciation or post_code(post)
    ]
    blocks: list[Block] = [
        *table_of(of.reader, told, columns),
        *bullets(map(label, ADVICE), label(Message("paper", "Please note"))),
    ]
    blocks += bullets(_dress(of), label(Message("paper", "Dress")))
    blocks += bullets((gift_line(of, gift) for gift in of.gifts), label(Message("paper", "Gifts")))
    return [Section((*blocks, *_taboos(of)))]


def _dress(of: VisitFacts) -> Iterator[Words]:
    """Yield the dress of each day in a line; that of a single item stands with it."""
    for day in of.days:
        worn = [of_code("dress_code", day.record.dress)] if day.record and day.record.dress else []
        worn += [
            bracketed(of_code("dress_code", item.dress), of_text(item.title))
            for item in day.items
            if item.dress and not (day.record and day.record.dress == item.dress)
        ]
        if worn:
            yield joined(day_name(day.date), listed(worn))


def _taboos(of: VisitFacts) -> list[Block]:
    """Return the topics to avoid, meeting by meeting."""
    found = [
        bracketed(of_text(each.do_not_raise), of_text(each.title)) for each in of.meetings if each.do_not_raise
    ]  # fmt: skip
    return text(combined(found, lambda said, _: "\n".join(said)), field_label("meeting.do_not_raise"), "warning")
