"""Reads visits, activities and outputs: who travels where and when, meetings with their topics, statements with their counts.

A visit is a phrase: ``Haikou in Nice: 12–20 September 2018``, 昆明代表团2018年9月访问格拉纳达. Meetings are numbered or dated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.formats.paper_contents import (
    Notes,
    Output,
    PaperMeeting,
    PaperPlace,
    PaperQuantity,
    PaperVisit,
    SubEvent,
)
from ucapdesk.formats.phrases.places_in_text import Register, names_in
from ucapdesk.formats.phrases.small_texts import (
    BULLET,
    SUB_BULLET,
    brackets,
    inside,
    number_of,
    numbers_by_word,
    quantity,
    ringed,
    squash,
)
from ucapdesk.model.dates.in_text import DateStyle, PaperDate, placed_dates

_TO = re.compile(
    r"(?:\b(?:in|to|at|into|en|a|ad|à|aux?|em|nach|naar|w|do|vers|para|in der|in die|"  # a preposition
    r"visits?|visited|visiting|visita|visit[oò]|besucht|travels? to)"  # or a verb
    r"\s+(?:the\s+|la\s+|el\s+)?(?:city of\s+|stadt\s+|ciudad de\s+)?"
    r"|→\s*|->\s*|>\s*|[–-]\s*"
    r"|访问|出访|赴|到访|前往|在|到)$",
    re.IGNORECASE,
)
# The place behind a date is where one travels: ``15–19 October 2018 (Turin)``.
_TO_BEHIND = re.compile(rf"(?:{_TO.pattern})|[(（]\s*(?:in\s+)?$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]")
_ARROW = re.compile(r"(?:→|➔|➜|⇒|»)(?=\s)")
_TAIL = re.compile(
    r"[\s,:：;–—-]*\b(?:in|on|from|during|between|at|en|el|del|vom|im|am|zu|dal|nel|il|a)?\s*$", re.IGNORECASE
)
_SIZE = re.compile(
    r"(?:\b(?P<n>\d{1,4}|[A-Za-zÀ-ÿ]{3,12})[\s-]+(?:[\w-]+\s+){0,2}?"  # twelve (city) delegates
    r"(?:representatives?|delegates?|members?|people|persons|experts?|officials|participants|"
    r"representantes|personas|delegados|rappresentanti|persone|delegati|vertreter\w*|personen|teilnehmer\w*)\b)"
    r"|\b(?:delegation|team|group|delegación|delegazione|Delegation) (?:of|de|di|von) (?P<d>\d{1,4}|[a-z]+)\b"
    r"|(?P<zh>\d{1,4}|[一二两三四五六七八九十]+)\s*(?:人|名|位)(?!民)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(rf"\n|[;；。]|{BULLET}|(?<=\d)\.\s+(?=[A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class _Context:
    """Who travels where, as a phrase says it."""

    subject: str
    travellers: tuple[PaperPlace, ...]
    hosts: tuple[PaperPlace, ...]
    size: PaperQuantity | None


def visits_in(
    text: str, side: str, travellers: Sequence[str], register: Register, style: DateStyle
) -> list[PaperVisit]:
    """Return the visits of a cell in the column of ``side``; ``travellers`` where that column is one city's alone."""
    phrase = squash(text)
    text = _with_signs(text, register)
    found: list[PaperVisit] = []
    dates = placed_dates(text, style)
    last: _Context | None = None
    for start, end in _clauses(text, dates):
        inside = [each for each in dates if start <= each[0] < end]
        for context, date in _clause(text[:end], start, inside, last, register):
            last = context
            found.append(_visit(context, date, side, travellers, phrase))
    return found


def _with_signs(text: str, register: Register) -> str:
    """Return a text whose arrows between two cities are no bullets: ``Guangzhou → Lyon``."""
    mentions = register.mentions(text)
    for arrow in _ARROW.finditer(text):
        before = any(not text[end : arrow.start()].strip(" )）") and end <= arrow.start() for _, end, _ in mentions)
        behind = any(not text[arrow.end() : start].strip() and start >= arrow.end() for start, _, _ in mentions)
        if before and behind:
            text = f"{text[: arrow.start()]}>{text[arrow.end() :]}"
    return text


def _clauses(text: str, dates: Sequence[tuple[int, int, PaperDate]]) -> Iterator[tuple[int, int]]:
    """Yield where clauses begin and end; a line without a date goes on with the next one."""
    last = 0
    for match in _CLAUSES.finditer(text):
        behind = _CLAUSES.search(text, match.end())
        end = behind.start() if behind else len(text)
        within = any(at < match.start() < stop for at, stop, _ in dates)
        if within or (match[0] == "\n" and not any(last <= at < match.start() for at, _, _ in dates)):
            continue
        if match[0] in ";；" and not any(match.end() <= at < end for at, _, _ in dates):
            continue  # "; 6 delegates" belongs to the visit before it
        yield last, match.start()
        last = match.end()
    yield last, len(text)


def _clause(
    text: str, start: int, dates: list[tuple[int, int, PaperDate]], last: _Context | None, register: Register
) -> Iterator[tuple[_Context, PaperDate]]:
    """Yield the dates of a clause, each with the words it belongs to: those before it, else those of the date before."""
    at = start
    for number, (begin, stop, date) in enumerate(dates):
        before = text[at:begin]
        bracket = _BRACKET.match(text, stop)
        stop = bracket.end() if bracket else stop
        behind = text[stop:] if number == len(dates) - 1 else ""
        behind = f"{bracket[0]}{behind}" if bracket else behind
        own = _context(before, behind, register)
        words = re.sub(r"\b(and|und|y|e|in|on|from|to|at|en|im|nel|zu)\b", "", before)
        told = re.search(r"[^\W\d]{2,}", words) or own.travellers or own.hosts
        context = own if last is None or told else replace(last, size=own.size or last.size)
        last = context
        yield context, date
        at = stop


def _context(before: str, behind: str, register: Register) -> _Context:
    text = f"{before} {behind}"
    travellers: list[PaperPlace] = []
    hosts: list[PaperPlace] = []
    for start, _, place in register.mentions(text):
        is_host = (_TO if start < len(before) else _TO_BEHIND).search(text[:start]) is not None or (
            bool(hosts) and re.search(r"(?:,|and|&|、|和)\s*$", text[:start])
        )
        (hosts if is_host else travellers).append(place)
    alone = re.sub(r"^[\s,，–-]+|[\s.,，。]+$", "", behind)
    if not hosts and len(travellers) == 1 and register.resolve(alone) is travellers[0]:
        hosts, travellers = travellers, []  # 10–14 September 2018, Bilbao
    sizes = ((found, number_of(next(filter(None, found.groups())))) for found in _SIZE.finditer(text))
    size, count = next(((found, number) for found, number in sizes if number), (None, None))
    subject = squash(_TAIL.sub("", squash(before)))
    if HAN_RUN.search(behind):
        subject = squash(f"{subject}{squash(behind).strip(' ，,。')}")
    return _Context(
        subject.strip(" ,:：(（"),
        tuple(dict.fromkeys(travellers)),
        tuple(dict.fromkeys(hosts)),
        PaperQuantity(squash(size[0]), count, "exact") if size and count else None,
    )


def _visit(context: _Context, date: PaperDate, side: str, alone: Sequence[str], phrase: str) -> PaperVisit:
    """Return a visit; the side that travels is told by the words, else by the column."""
    told = next((place.side for place in context.travellers if place.side), None)
    hosted = next((place.side for place in context.hosts if place.side), None)
    travelling = told or ({"A": "B", "B": "A"}[hosted] if hosted else side)
    hosts = tuple(place.name for place in context.hosts if place.side != travelling)
    names = tuple(place.name for place in context.travellers if place.side == travelling) or tuple(alone)
    subject = context.subject or " / ".join(names)
    return PaperVisit(0, travelling, date, subject, phrase, hosts=hosts, travellers=names, size=context.size)


def _is_one(visit: PaperVisit, other: PaperVisit) -> bool:
    """Return whether two columns may tell of the same journey."""
    apart = visit.hosts and other.hosts and not set(visit.hosts) & set(other.hosts)
    return not apart and (visit.date.edtf, visit.travelling_side) == (other.date.edtf, other.travelling_side)


def joined(visits: Sequence[PaperVisit]) -> list[PaperVisit]:
    """Return visits by date; what two columns tell of the same journey is one visit of both cities."""
    found: list[PaperVisit] = []
    for visit in sorted(visits, key=lambda each: (each.date.edtf, each.travelling_side)):
        same = next((at for at, each in enumerate(found) if _is_one(each, visit)), None)
        if same is None:
            found.append(visit)
            continue
        before = found[same]
        travellers = tuple(dict.fromkeys([*before.travellers, *visit.travellers]))
        alone = before.subject in before.travellers and visit.subject in visit.travellers
        found[same] = replace(
            before,
            subject=", ".join(travellers) if alone else before.subject,
            hosts=tuple(dict.fromkeys([*before.hosts, *visit.hosts])),
            travellers=travellers,
            size=before.size or visit.size,
        )
    return [replace(visit, position=position) for position, visit in enumerate(found, 1)]


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
_PEOPLE_WORD = (
    r"(?:participants?|people|persons|attendees|delegates|guests|experts?|stakeholders|representatives|officials|"
    r"participantes|asistentes|personas|partecipanti|persone|teilnehmer\w*|personen)\b|人"
)
_PEOPLE = re.compile(rf"\d.{{0,60}}?(?:{_PEOPLE_WORD})", re.IGNORECASE)
_PEOPLE_RUN = re.compile(
    r"(?:\b(?:over|about|around|more than|some|approx\.?|nearly|at least|m[aá]s de|oltre|rund|[uü]ber|circa|unos)\s+|约|超过)?"
    rf"(?<!\d)\d[\d.,]{{0,12}}\s*(?:\+\s*)?(?:[余多]?[名位]?|\w+\s)(?:{_PEOPLE_WORD})",
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

    meetings: list[PaperMeeting] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of an item: what it is called, its number, when and where, and the text behind it."""

    heading: str
    ordinal: int | None
    date: PaperDate | None
    places_print: str
    rest: str


class ActivityReader:
    def __init__(self, label: str, register: Register, notes: Notes, style: DateStyle) -> None:
        self._label = label
        self._register = register
        self._notes = notes
        self._style = style

    def read(self, text: str) -> Activities:
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

    def _headed(self, chunk: str, at: int, first: tuple[int, int, PaperDate] | None, ordinal: int | None) -> _Head:
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

    def _meeting(self, head: _Head, items: Sequence[str]) -> PaperMeeting:
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
        return PaperMeeting(
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


def _sub_events(text: str, label: str, notes: Notes) -> tuple[list[SubEvent], PaperQuantity | None]:
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
            events.append(SubEvent(title, PaperQuantity(body, number.value, number.is_)))
        else:
            alone = alone or PaperQuantity(body, number.value, number.is_)
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


def unvisited(meetings: list[PaperMeeting], visits: int, label: str, notes: Notes) -> None:
    """Note that the meetings are numbered through both directions while some stand outside any visit."""
    alone = [meeting for meeting in meetings if meeting.visit is None]
    if visits and alone:
        said = ", ".join(f"{each.ordinal or '–'}{f' ({each.date.print})' if each.date else ''}" for each in alone)
        notes.add("meetings_unvisited", label, meetings=len(meetings), visits=visits, alone=said)
