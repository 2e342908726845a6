"""Reads the cell of activities and outputs: numbered meetings with topics, and statements with their counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ucapdesk.formats.glance.glance_parts import Meeting, Output, PartialDate, Quantity, SubEvent
from ucapdesk.formats.glance.glance_places import Register, names_in
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.text import BULLET, SUB_BULLET, brackets, dates_in, inside, quantity, squash

_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = rf"(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_WORDS)}))"
_MEETING = re.compile(rf"{_ORDINAL}\s+(?:[\w-]+\s+)?meeting\b", re.IGNORECASE)
_TOPICS = re.compile(r"\b(?:topics?|agenda)\s*:[ \t]*", re.IGNORECASE)
_ONLINE = re.compile(
    r"^\W*(held )?(on-?line|virtual(ly)?|video(-?\s?conference)?|webinar|remote|web)\b.*$", re.IGNORECASE
)
_PEOPLE = re.compile(r"\d.*\b(participants?|people|persons|attendees|delegates|guests)\b", re.IGNORECASE)
_MOUS = re.compile(
    r"\b(\d{1,3})\s+(?:signed\s+)?(?:Memorand(?:um|a|ums)\s+of\s+Understanding(?:\s*\(MoUs?\))?|MoUs?\b)"
)


@dataclass(slots=True)
class Activities:
    """The contents of the cell: meetings and outputs, each in order."""

    meetings: list[Meeting] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)


def activities_in(text: str, label: str, register: Register, notes: Notes) -> Activities:
    """Read the whole cell, continuation rows included."""
    found = Activities()
    for chunk, items in _chunks(text):
        if _MEETING.match(chunk):
            found.meetings.append(_meeting(chunk, items, label, register, notes))
        else:
            found.outputs += [_output(part, label, notes) for part in (chunk, *items) if re.search(r"\w", part)]
    numbers = [meeting.ordinal for meeting in found.meetings]
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        notes.add("meetings_out_of_order", label, print=", ".join(map(str, numbers)))
    return found


def _chunks(text: str) -> list[tuple[str, list[str]]]:
    """Return first-level items with their second-level ones. A numbered meeting begins an item, bullet or not."""
    chunks: list[tuple[str, list[str]]] = []
    starts = "|".join([BULLET, rf"(?<=[.:)\s])(?={_MEETING.pattern}\s[^.]{{0,60}}\()"])
    for item in _split(starts, _bulleted(text)):
        lines = re.split(SUB_BULLET, item)
        chunks.append((squash(lines[0]), [squash(line) for line in lines[1:]]))
    return [(chunk, [i for i in items if i]) for chunk, items in chunks if chunk or any(items)]


def _bulleted(text: str) -> str:
    """Return the paragraphs of a cell without bullets as if they had them: after ``Topics:`` each one is a topic."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or re.search(f"{BULLET}|{SUB_BULLET}", text):
        return text
    under = False
    for at, line in enumerate(lines):
        under = under and not _MEETING.match(line.strip())
        lines[at] = f"{'○' if under else '→'} {line}"
        under = under or ((match := _TOPICS.search(line)) is not None and match.end() == len(line.rstrip()))
    return "\n".join(lines)


def _split(pattern: str, text: str) -> list[str]:
    """``re.split`` without the groups of the pattern."""
    pieces, last = [], 0
    for match in re.finditer(pattern, text, re.IGNORECASE):
        pieces.append(text[last : match.start()])
        last = match.end()
    return [*pieces, text[last:]]


def _meeting(chunk: str, items: list[str], label: str, register: Register, notes: Notes) -> Meeting:
    heading, places_print, rest = _heading(chunk)
    date = next(iter(dates_in(heading.replace(f"({places_print})", " "))), None)
    online = _ONLINE.match(places_print) is not None
    names = [name for name in names_in(places_print) if not _ONLINE.match(name)] if not online else []
    mode = "online" if online else "hybrid" if len(names) < len(names_in(places_print)) else "in_person"
    match, topics = _TOPICS.search(rest), items
    topics_heading = squash(match.group()) if match else ""
    if match:
        after = squash(rest[match.end() :])
        topics = [*([after] if after else []), *items]
        rest = rest[: match.start()]
    ordinal = _MEETING.match(chunk)
    assert ordinal is not None, "only chunks that begin with a numbered meeting come here"
    number = int(ordinal["number"]) if ordinal["number"] else _WORDS.index(ordinal["word"].casefold()) + 1
    return Meeting(
        ordinal=number,
        heading=heading,
        date=date,
        places=tuple(register.host(name, label).name for name in names),
        places_print=places_print,
        mode=mode if places_print else None,
        summary=squash(rest),
        sub_events=tuple(_sub_events(rest, label, notes)),
        topics_heading=topics_heading,
        topics=tuple(topics),
    )


def _heading(chunk: str) -> tuple[str, str, str]:
    """Split ``5th meeting April 2020 (online): text`` into heading, places and text."""
    start, end = next(iter(brackets(chunk)), (len(chunk), len(chunk)))
    colon = chunk.find(":")
    if -1 < colon < start:
        return squash(chunk[:colon]), "", squash(chunk[colon + 1 :])
    if start == end or _PEOPLE.search(chunk[start:end]):
        match = _MEETING.match(chunk)
        stop = match.end() if match else 0
        dated = dates_in(chunk[stop:][:40])
        if dated and (at := chunk.find(dated[0].print, stop)) - stop < 3 and at >= 0:
            stop = at + len(dated[0].print)
        return squash(chunk[:stop]), "", squash(chunk[stop:])
    return squash(chunk[:end]), inside(chunk[start:end]), squash(chunk[end:].lstrip(" :"))


def _sub_events(text: str, label: str, notes: Notes) -> list[SubEvent]:
    """Return the sentences with a bracket that counts people, e.g. ``Business round table (over 50 participants)``."""
    events, last = [], 0
    for start, end in brackets(text):
        body = inside(text[start:end])
        number = quantity(body) if _PEOPLE.search(body) else None
        if number is None:
            continue
        if number.is_ == "at_least":
            notes.add("participants_least", label, print=body, value=number.value)
        sentences = [s for s in re.split(r"(?<=[.;])\s+", text[last:start]) if re.search(r"\w", s)]
        title = squash(sentences[-1]) if sentences else ""
        if title:
            events.append(SubEvent(title, Quantity(body, number.value, number.is_)))
        last = end
    return events


def _output(text: str, label: str, notes: Notes) -> Output:
    match = _MOUS.search(text)
    if re.search(r"\bCity Council\b", text) and not re.search(r"\bCity Councils? of\b", text):
        notes.add("city_council", label)
    if match is None:
        return Output(text)
    notes.add("mou_count", label, print=squash(match.group()), count=int(match[1]))
    return Output(text, int(match[1]))


def challenge_items(text: str) -> tuple[str, ...]:
    """Return the items of the challenges: bullets, paragraphs or semicolons; else clauses that begin ``noun of/to/for …``."""
    for pattern in (f"{BULLET}|{SUB_BULLET}", r"\n", r";"):
        if len(pieces := _split(pattern, text)) > 1:
            break
    else:
        pieces = _split(r",\s+(?:and\s+)?(?=[\w-]+\s+(?:of|to|for|towards?|in|on|with|between|by)\s)", text)
    return tuple(item for item in (squash(piece).strip(" .,;") for piece in pieces) if re.search(r"\w", item))


def unvisited(meetings: list[Meeting], visits: int, label: str, notes: Notes) -> None:
    """Note that the meetings are numbered through both directions while some stand outside any visit."""
    alone = [meeting for meeting in meetings if meeting.visit is None]
    if visits and alone:
        said = ", ".join(_said(meeting.ordinal, meeting.date) for meeting in alone)
        notes.add("meetings_unvisited", label, meetings=len(meetings), visits=visits, alone=said)


def _said(ordinal: int, date: PartialDate | None) -> str:
    return f"{ordinal} ({date.print})" if date else str(ordinal)
