"""The section of protocol notes: forms of address, customs, dress, gifts, and topics to avoid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Section
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.rules.delegation import post_code
from ucapdesk.papers.paper_parts import bullets, field_label, label, text
from ucapdesk.papers.paper_words import bracketed, day_name, joined, joined_by, listed, of_code, of_text
from ucapdesk.papers.participants import address, has_chinese, main_post, person_name
from ucapdesk.papers.people_lists import CHINESE_NAME_LACKING
from ucapdesk.papers.record_parts import ColumnOf, name_of, table_of
from ucapdesk.papers.sections.common import gift_line
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
    columns = (
        ColumnOf(partial(bare_name, of), 50, Message("paper", "Name")),
        ColumnOf(lambda person: address(person, main_post(of.reader, person)), 50, "person.address_as"),
        ColumnOf("pronunciation", 40, Message("paper", "Pronunciation")),
    )
    blocks: list[Block] = [
        *table_of(of.reader, filter(partial(is_addressed, of), of.people), columns),
        *bullets(map(label, ADVICE), label(Message("paper", "Please note"))),
    ]
    blocks += bullets(_dress(of), label(Message("paper", "Dress")))
    blocks += bullets((gift_line(of.reader, gift) for gift in of.gifts), label(Message("paper", "Gifts")))
    return [Section((*blocks, *_taboos(of)))]


def is_addressed(of: VisitFacts, person: Person) -> bool:
    """Return whether something is known of how to address somebody."""
    known = person.salutation or person.salutation_free or person.pronunciation
    return bool(known or post_code(main_post(of.reader, person)))


def bare_name(of: VisitFacts, person: Person) -> Cell:
    """Return a name in both scripts; where the Chinese one is not known, a remark says so."""
    name = person_name(person, salutation=False)
    if has_chinese(name) or len(of.request.languages) == 1 or "zh" not in of.request.languages:
        return (Para(name),)
    lacking = CHINESE_NAME_LACKING.say("zh")
    return (Para(replace(name, text={**name.text, "zh": lacking}, states={**name.states, "zh": ""})),)


def _dress(of: VisitFacts) -> Iterator[Words]:
    """Yield the dress of each day in a line; that of a single item stands with it."""
    for day in of.days:
        own = day.record.dress if day.record else None
        others = [item for item in day.items if item.dress and item.dress != own]
        worn = [of_code("dress_code", own)] if own else []
        worn += [bracketed(of_code("dress_code", item.dress), name_of(item)) for item in others]
        if worn:
            yield joined(day_name(day.date), listed(worn))


def _taboos(of: VisitFacts) -> list[Block]:
    """Return the topics to avoid, meeting by meeting."""
    found = [bracketed(of_text(each.do_not_raise), name_of(each)) for each in of.meetings if each.do_not_raise]
    return text(joined_by("\n", *found), field_label("meeting.do_not_raise"), "warning")
