"""Reads the cell of activities and outputs: meetings, numbered or dated, with topics, and statements with their counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ucapdesk.formats.glance.dates_in_text import DateStyle, placed_dates
from ucapdesk.formats.glance.glance_parts import Meeting, Output, PartialDate, Quantity, SubEvent
from ucapdesk.formats.glance.glance_places import Register, names_in
from ucapdesk.formats.glance.list_marks import ringed
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.small_numbers import number_of, numbers_by_word
from ucapdesk.formats.glance.text import BULLET, SUB_BULLET, brackets, inside, quantity, squash

_ORDINALS = numbers_by_word("ordinals")
_MEET = (
    r"meetings?|reuni[oó]n(?:es)?|encuentro|riunione|incontro|treffen|sitzung|besprechung|workshop|visit|visita|besuch|mission|"
    r"conference|seminar|session|mission"
)
_NUMBER = r"(?:(?P<number>\d{1,2})(?:st|nd|rd|th|\.?\s?[ªº°]|\.|a|o)?|(?P<word>" + "|".join(_ORDINALS) + "))"
_MEETING = re.compile(
    rf"(?:{_NUMBER}\s+(?:[\w-]+\s+)?(?:{_MEET})\b|(?P<behind>(?:meeting|reuni[oó]n|riunione|incontro|treffen)\s+(?:no\.?\s*)?(?P<after>\d{{1,2}}))(?=\s*[:：(（,，–—-])"
    r"|第\s*(?P<han>[一二三四五六七八九十\d]{1,3})\s*次(?:\w{0,4}?)(?:会议|会面|会谈|会晤|见面|交流|访问|研讨会))",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?P<listed>\d{1,2})[.)、]\s+")
_GATHERING = re.compile(
    r"\b(meetings?|webinars?|workshops?|seminars?|conferences?|kick-?off|video\s?-?conferences?|round\s?tables?|forum|visits?|missions?|"
    r"study tours?|reuni[oó]n|seminario|conferencia|jornada|taller|visita|riunione|incontro|convegno|treffen|besuch|konferenz|tagung)\b"
    r"|会议|研讨会|论坛|洽谈会|座谈会|访问|考察|会谈|视频会|网络会议",
    re.IGNORECASE,
)
_FURTHER = re.compile(rf"[\s-](?:[\w-]+\s)?(?:{_GATHERING.pattern})", re.IGNORECASE)
_TOPICS = re.compile(r"(?:\b(?:topics?|agenda|temas?|argomenti|themen)|议题|主题)\s*[:：][ \t]*", re.IGNORECASE)
_ONLINE = re.compile(
    r"^\W*((held )?(on-?line|en l[ií]nea|virtual\w*|video\s?-?(conference|call|konferenz|conferencia|conferenza)?|webinar|remote|web|digital)\b|线上|在线|视频|网络).*$",
    re.IGNORECASE | re.DOTALL,
)
_ONLINE_IN = re.compile(
    r"\b(on-?line|virtual\w*|video\s?-?conference|webinar|en l[ií]nea)\b|线上|在线|视频会议|网络", re.IGNORECASE
)
_PEOPLE_WORD = r"(?:participants?|people|persons|attendees|delegates|guests|experts?|stakeholders|representatives|officials|participantes|asistentes|personas|partecipanti|persone|teilnehmer\w*|personen)\b|人"
_PEOPLE = re.compile(rf"\d.{{0,60}}?(?:{_PEOPLE_WORD})", re.IGNORECASE)
_PEOPLE_RUN = re.compile(
    rf"(?:\b(?:over|about|around|more than|some|approx\.?|nearly|at least|m[aá]s de|oltre|rund|[uü]ber|circa|unos)\s+|约|超过)?(?<!\d)\d[\d.,]{{0,12}}\s*(?:\+\s*)?(?:[余多]?[名位]?|\w+\s)(?:{_PEOPLE_WORD})",
    re.IGNORECASE,
)
_MOUS = re.compile(
    r"\b(?P<n>\d{1,3}|[^\W\d]+)\s+(?:signed\s+|new\s+)?(?:Memorand(?:um|a|ums|os)\s+(?:of|de)\s+(?:Understanding|Entendimiento)(?:\s*\(MoUs?\))?|MoUs?\b|MdE\b)"
    r"|(?P<zh>\d{1,3}|[一二两三四五六七八九十]+)\s*(?:份|项|个)\s*(?:合作)?(?:谅解)?备忘录"
)
_INTO = re.compile(r"[\s,，–-]*(?:(?:in|at|to|en|a|ad|nach|held in|taking place in)\b\s*|[在于赴])?")
_ON = re.compile(
    r"[\s,，]*\b(?:on|from|in|during|between|am|vom|im|el|del|en|il|dal|nel|le|du)?\s*(?:the)?\s*$", re.IGNORECASE
)
_NAME = re.compile(r"(?:[A-ZÀ-Ý][\w’'-]+\s?){1,3}")
_ENDS = re.compile(r"[.。;；:：](?=\s|$|[\u3400-\u9fff])")


@dataclass(slots=True)
class Activities:
    """The contents of the cell: meetings and outputs, each in order."""

    meetings: list[Meeting] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of an item: what it is called, its number, when and where, and the text behind it."""

    heading: str
    ordinal: int | None
    date: PartialDate | None
    places_print: str
    rest: str


class ActivityReader:
    """Reads the activities of one paper."""

    def __init__(self, label: str, register: Register, notes: Notes, style: DateStyle) -> None:
        self._label = label
        self._register = register
        self._notes = notes
        self._style = style

    def read(self, text: str) -> Activities:
        """Read the whole cell, continuation rows included."""
        found = Activities()
        for chunk, items in _chunks(text):
            head = self._head(chunk)
            if head:
                found.meetings.append(self._meeting(head, items))
            else:
                said = [part for part in (chunk, *items) if re.search(r"\w", part)]
                found.outputs += [_output(part, self._label, self._notes) for part in said]
        numbers = [meeting.ordinal for meeting in found.meetings if meeting.ordinal]
        if numbers and numbers != list(range(1, len(numbers) + 1)):
            self._notes.add("meetings_out_of_order", self._label, print=", ".join(map(str, numbers)))
        return found

    def _head(self, chunk: str) -> _Head | None:
        """Return the head of a meeting; None for an item that tells of none."""
        numbered = _MEETING.match(chunk)
        dates = placed_dates(chunk, self._style)
        dates = [each for each in dates if len(each[2].edtf) > 4] or (dates if numbered else [])
        listed = None if numbered or (dates and dates[0][0] == 0) else _LISTED.match(chunk)
        at = numbered.end() if numbered else listed.end() if listed else 0
        ordinal = _ordinal(numbered) if numbered else int(listed["listed"]) if listed else None
        first = dates[0] if dates else None
        if numbered:
            first = first if first and first[0] - at < 80 and not _ENDS.search(chunk, at + 3, first[0]) else None
        elif not first:
            return None
        elif first[0] - at >= 4:
            named = _GATHERING.search(chunk)
            if (
                not named
                or not named.start() < first[0] < 90
                or _ENDS.search(chunk, _behind_name(chunk, named), first[0])
            ):
                return None
            at = _name_end(chunk, named)
        return self._headed(chunk, at, first, ordinal)

    def _headed(self, chunk: str, at: int, first: tuple[int, int, PartialDate] | None, ordinal: int | None) -> _Head:
        begin, date = (first[1], first[2]) if first else (at, None)
        bracket = next(((s, e) for s, e in brackets(chunk) if s >= at), None)
        colon = re.search("[:：]", chunk[begin:])
        stop = begin + colon.start() if colon else len(chunk)
        if bracket and bracket[0] <= stop and bracket[0] - begin < 60 and not _PEOPLE.search(chunk[slice(*bracket)]):
            rest = chunk[bracket[1] :].lstrip(" :：,，–-")
            places = inside(chunk[slice(*bracket)])
            return _Head(squash(chunk[: bracket[1]]), ordinal, date, places, squash(rest))
        if not first:
            rest = re.sub(r"^\s*[:：]", "", chunk[at:]).lstrip(" ,")
            return _Head(squash(chunk[:at]), ordinal, None, "", squash(rest))
        end = _ENDS.search(chunk, begin)
        stop = min(end.start() if end else len(chunk), begin + 80)
        places, length = self._places_print(chunk[begin:stop])
        if not places and at < first[0]:
            places = self._places_print(re.sub(r"^[\s,:：–-]+", "", chunk[at : first[0]]), whole=True)[0]
        stop = begin + length
        return _Head(squash(chunk[:stop]), ordinal, date, places, squash(chunk[stop:].lstrip(" :：.,，。;–-")))

    def _places_print(self, text: str, *, whole: bool = False) -> tuple[str, int]:
        """Return the places that a short text names, and where they end; without ``whole`` other words may follow them."""
        begin = _INTO.match(text).end()  # type: ignore[union-attr]
        said = _ON.sub("", text[begin:]).rstrip(" ,，.。")
        names = names_in(said)
        known = [bool(self._register.resolve(name) or _ONLINE.match(name)) for name in names]
        plain = [is_known or _NAME.fullmatch(name) for is_known, name in zip(known, names, strict=True)]
        if names and len(names) <= 5 and all(plain):
            return said, len(text)
        leading = next((at for at, is_known in enumerate(known) if not is_known), len(known))
        mentioned = self._register.mentions(said)
        if not whole and not leading and mentioned and mentioned[0][0] == 0:
            return said[: mentioned[0][1]], begin + mentioned[0][1]
        if whole or not leading:
            return "", 0
        end = said.find(names[leading - 1]) + len(names[leading - 1])
        return said[:end], begin + end

    def _meeting(self, head: _Head, items: Sequence[str]) -> Meeting:
        told = names_in(_without_dates(head.places_print, self._style))
        listed = [part for name in told for part in self._register.apart(name)]
        online = _ONLINE.match(head.places_print) is not None or (
            not head.places_print and _ONLINE_IN.search(head.heading) is not None
        )
        names = [name for name in listed if not _ONLINE.match(name)] if not online else []
        mode = "online" if online else "hybrid" if len(names) < len(listed) else "in_person"
        rest, topics, topics_heading = head.rest, tuple(items), ""
        if match := _TOPICS.search(rest):
            topics_heading = squash(match.group())
            after = squash(rest[match.end() :])
            topics = (*([after] if after else []), *items)
            rest = rest[: match.start()]
        events, outside = _sub_events(rest, self._label, self._notes)
        return Meeting(
            ordinal=head.ordinal,
            heading=head.heading,
            date=head.date,
            places=tuple(dict.fromkeys(self._register.host(name, self._label).name for name in names)),
            places_print=head.places_print,
            mode=mode if head.places_print or online else None,
            summary=squash(rest),
            sub_events=tuple(events),
            topics_heading=topics_heading,
            topics=topics,
            participants=outside,
        )


def _name_end(chunk: str, named: re.Match[str]) -> int:
    """Return where the words end that call a meeting: "Kick-off meeting"."""
    end = named.end()
    while more := _FURTHER.match(chunk, end):
        end = more.end()
    return end


def _behind_name(chunk: str, named: re.Match[str]) -> int:
    """Return where to look for the end of a meeting's head: behind the colon of "Kick-off meeting: Eindhoven, …"."""
    end = _name_end(chunk, named)
    return end + 1 if chunk[end : end + 1] in (":", "：") else 3


def _without_dates(text: str, style: DateStyle) -> str:
    for start, end, _ in reversed(placed_dates(text, style)):
        text = f"{text[:start]} {text[end:]}"
    return text.strip(" ,;，、")


def _ordinal(match: re.Match[str]) -> int | None:
    if number := match["number"] or match["after"]:
        return int(number)
    if word := match["word"]:
        return _ORDINALS[word.casefold()]
    return number_of(match["han"])


def _chunks(text: str) -> list[tuple[str, list[str]]]:
    """Return first-level items with their second-level ones. A numbered meeting begins an item, bullet or not."""
    chunks: list[tuple[str, list[str]]] = []
    starts = "|".join([BULLET, rf"(?<=[.:)\s。；;])(?={_MEETING.pattern}[\s，,:：][^.。]{{0,60}}[(（:：\d])"])
    for item in _split(starts, _bulleted(ringed(text))):
        lines = re.split(SUB_BULLET, item)
        chunks.append((squash(lines[0]), [squash(line) for line in lines[1:]]))
    return [
        (chunk, [i for i in items if i])
        for chunk, items in chunks
        if (chunk and not re.fullmatch(r"\W*\d{1,2}[.)、]?\W*", chunk)) or any(items)
    ]


def _bulleted(text: str) -> str:
    """Return the paragraphs of a cell without bullets as if they had them: after ``Topics:`` each one is a topic."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or re.search(f"{BULLET}|{SUB_BULLET}", text):
        return text
    under = False
    for at, line in enumerate(lines):
        under = under and not _MEETING.match(line.strip())
        said = re.sub(r"^\s*[-–*]\s+", "", line)
        lines[at] = f"{'○' if under else '→'} {said}"
        under = under or ((match := _TOPICS.search(line)) is not None and match.end() == len(line.rstrip()))
    return "\n".join(lines)


def _split(pattern: str, text: str) -> list[str]:
    """``re.split`` without the groups of the pattern."""
    return re.sub(pattern, "\0", text, flags=re.IGNORECASE).split("\0")


def _sub_events(text: str, label: str, notes: Notes) -> tuple[list[SubEvent], Quantity | None]:
    """Return the sentences with a bracket that counts people, and a number of people told outside of brackets."""
    events, last, outside, alone = [], 0, [], None
    for start, end in brackets(text):
        outside.append(text[last:start])
        body = inside(text[start:end])
        number = quantity(body) if _PEOPLE.search(body) else None
        if number is None or number.value is None:
            continue
        if number.is_ == "at_least":
            notes.add("participants_least", label, print=body, value=number.value)
        sentences = [s for s in re.split(r"(?<=[.;。；])\s*", text[last:start]) if re.search(r"\w", s)]
        title = squash(sentences[-1]) if sentences else ""
        if title:
            events.append(SubEvent(title, Quantity(body, number.value, number.is_)))
        else:
            alone = alone or Quantity(body, number.value, number.is_)
        last = end
    told = _PEOPLE_RUN.search(" ".join([*outside, text[last:]])) if not events else None
    return events, alone or (quantity(told[0]) if told else None)


def _output(text: str, label: str, notes: Notes) -> Output:
    match = _MOUS.search(text)
    if re.search(r"\bCity Council\b", text) and not re.search(r"\bCity Councils? of\b", text):
        notes.add("city_council", label)
    count = number_of(match["n"] or match["zh"]) if match else None
    if match is None or count is None:
        return Output(text)
    notes.add("mou_count", label, print=squash(match.group()), count=count)
    return Output(text, count)


def challenge_items(text: str) -> tuple[str, ...]:
    """Return the items of the challenges: bullets, paragraphs or semicolons; else clauses that begin ``noun of/to/for …``."""
    for pattern in (f"{BULLET}|{SUB_BULLET}", r"\n", r"[;；]"):
        if len(pieces := _split(pattern, text)) > 1:
            break
    else:
        pieces = _split(r",\s+(?:and\s+)?(?=[\w-]+\s+(?:of|to|for|towards?|in|on|with|between|by)\s)", text)
    return tuple(item for item in (squash(piece).strip(" .,;；。") for piece in pieces) if re.search(r"\w", item))


def unvisited(meetings: list[Meeting], visits: int, label: str, notes: Notes) -> None:
    """Note that the meetings are numbered through both directions while some stand outside any visit."""
    alone = [meeting for meeting in meetings if meeting.visit is None]
    if visits and alone:
        said = ", ".join(f"{each.ordinal or '–'}{f' ({each.date.print})' if each.date else ''}" for each in alone)
        notes.add("meetings_unvisited", label, meetings=len(meetings), visits=visits, alone=said)
