"""The section of meeting briefs: participants, agenda, objectives, key messages, and actions left open."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial
from itertools import zip_longest

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Para, Section, Words
from ucapdesk.model.kinds.meeting_kinds import ActionItem, AgendaItem, Meeting
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.rules.sides import SIDES
from ucapdesk.papers.documents.action_list import open_before
from ucapdesk.papers.occasions import chairs_label
from ucapdesk.papers.paper_parts import bullets, cell, column, field_label, file_name, label, table, text
from ucapdesk.papers.paper_sides import by_party, side_name, sides_of
from ucapdesk.papers.paper_words import bracketed, listed, of_code, of_room, of_text
from ucapdesk.papers.participants import Participant, participants, person_name, posted
from ucapdesk.papers.record_parts import ColumnOf, facts_of, table_of, value_of
from ucapdesk.papers.sections.actions_section import action_rows
from ucapdesk.papers.sections.common import is_narrow, joined, venue
from ucapdesk.papers.visit_facts import VisitFacts

OPEN_TO_ALL = ("objectives", "background")
TO_SAY = ("lines_to_take", "their_points", "questions", "if_raised")


def meetings(of: VisitFacts) -> list[Section]:
    """Return one or two pages for each meeting; for the media only what the press may know."""
    found = [Section(())]
    told: list[list[ActionItem]] = []
    for meeting in of.meetings:
        left = open_before(of.reader, meeting)
        blocks = (
            _for_the_press(of, meeting) if of.edition == "media" else brief(of, meeting, [] if left in told else left)
        )
        told.append(left)
        if blocks:
            found.append(Section(tuple(blocks), of_text(meeting.title), level=2))
    return found if len(found) > 1 else []


def brief(of: VisitFacts, meeting: Meeting, left: Sequence[ActionItem]) -> list[Block]:
    """Return everything about one meeting that this edition may hold; ``left``: actions still open that no brief before it tells."""
    blocks = _head(of, meeting)
    for name in OPEN_TO_ALL:
        blocks += text(of_text(getattr(meeting, name)), field_label(f"meeting.{name}"))
    blocks += facing(of, meeting)
    blocks += agenda(of, meeting)
    for name in TO_SAY:
        blocks += text(of_text(getattr(meeting, name)), field_label(f"meeting.{name}"))
    blocks += text(of_text(meeting.do_not_raise), field_label("meeting.do_not_raise"), "warning")
    blocks += bullets(map(file_name, of.reader.children(Attachment, meeting.id)), label(Message("paper", "Documents")))
    if left:
        blocks += action_rows(of, left, label(Message("paper", "Open actions from earlier meetings")))
    return blocks


def _head(of: VisitFacts, meeting: Meeting) -> list[Block]:
    chairs = of.reader.all(Person, [c for c in (meeting.chair_a, meeting.chair_b) if c])
    interpreting = bracketed(of_code("interpretation", meeting.interpretation), _interpreters(of, meeting))
    return facts_of(
        of.reader, meeting, "when", (Message("paper", "Place"), _where(of, meeting)),
        (chairs_label(meeting), listed(map(person_name, chairs))),
        "spoken", (Message("paper", "Interpreting"), interpreting), "online_link",
    )  # fmt: skip


def _where(of: VisitFacts, meeting: Meeting) -> Words:
    places = of.reader.all(Place, meeting.places)
    if not places:
        return joined(of_code("meeting_mode", meeting.mode), of_room(meeting.room))
    first, *others = places
    return listed([venue(of.reader, first, meeting.room), *(venue(of.reader, place) for place in others)])


def _interpreters(of: VisitFacts, meeting: Meeting) -> Words:
    """Return the interpreters of the meeting, and of its programme items."""
    named = [
        each.person.id for each in participants(of.reader, meeting.id) if each.role == "interpreter" and each.person
    ]
    named += [item.interpreter for item in of.items if item.meeting == meeting.id and item.interpreter]
    return listed(person_name(person) for person in of.reader.all(Person, dict.fromkeys(named)))


def facing(of: VisitFacts, meeting: Meeting) -> list[Block]:
    """Return the participants of each party facing the others, in its own order, the hosts first; others below."""
    people = participants(of.reader, meeting.id)
    named = sides_of(of.reader, meeting)
    parted = by_party(of.reader, named, [each for each in people if each.side in SIDES])
    parted.sort(key=lambda part: part[1][0].side == of.travellers)
    in_lists = {each.person.id for each in of.everybody if each.person} if of.has("delegation", "hosts") else set()
    place = partial(_place, in_lists)
    rows: list[tuple[Cell, ...]] = [tuple(map(place, row)) for row in zip_longest(*(members for _, members in parted))]
    blocks = table([column(name, 50) for name, _ in parted], rows)
    said = [joined(each.name, posted(each)) for each in people if each.side not in SIDES]
    return [*blocks, *bullets(said, label(Message("paper", "Others present")))]


def _place(in_lists: Container[str], person: Participant | None) -> Cell:
    """Return name and post; the organisation of those of whom no list of the same paper tells it."""
    if person is None:
        return ()
    told = person.person is not None and person.person.id in in_lists
    known = (person.post,) if told else (person.post, person.organisation)
    return (Para(person.name, "lead"), *(Para(words, "note", close=True) for words in known if not words.empty))


def agenda(of: VisitFacts, meeting: Meeting) -> list[Block]:
    """Return time, topic and speaker; the length where no time is set."""

    def who(point: AgendaItem) -> Words:
        speakers = value_of(of.reader, point, "speakers")
        return speakers if not speakers.empty or not point.side else side_name(sides_of(of.reader, meeting), point.side)

    columns = (
        ColumnOf(_time, 44 if is_narrow(of) else 22, Message("paper", "Time")),
        ColumnOf(
            lambda point: cell(of_text(point.title), of_text(point.note)), 80, Message("paper", "Topic"), split=True
        ),
        ColumnOf(who, 40, Message("paper", "Speakers")),
    )
    return table_of(of.reader, of.reader.children(AgendaItem, meeting.id), columns, label(Message("paper", "Agenda")))


def _time(point: AgendaItem) -> Words:
    """Return from when to when; how long, where no time is set."""
    if not point.minutes:
        return Words.plain(point.starts or "")
    if not point.starts:
        return label(Message("paper", "{n} min", {"n": point.minutes}))
    hour, minute = map(int, point.starts.split(":"))
    end = (hour * 60 + minute + point.minutes) % (24 * 60)
    return Words.plain(f"{point.starts}–{end // 60:02}:{end % 60:02}")


def _for_the_press(of: VisitFacts, meeting: Meeting) -> list[Block]:
    head = facts_of(of.reader, meeting, "when", (Message("paper", "Place"), _where(of, meeting)))
    return [*head, *text(of_text(meeting.press_line), field_label("meeting.press_line"))]
