"""Reads who travels where and when: ``Haikou in Nice: 12–20 September 2018``, 昆明代表团2018年9月访问格拉纳达."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.formats.glance.dates_in_text import DateStyle, placed_dates
from ucapdesk.formats.glance.glance_parts import PaperPlace, PartialDate, Quantity, Visit
from ucapdesk.formats.glance.glance_places import Register
from ucapdesk.formats.glance.small_numbers import number_of
from ucapdesk.formats.glance.text import BULLET, squash

_TO = re.compile(
    r"(?:\b(?:in|to|at|into|en|a|ad|à|aux?|em|nach|naar|w|do|vers|para|in der|in die|visits?|visited|visiting|visita|visit[oò]|besucht|travels? to)\s+(?:the\s+|la\s+|el\s+)?"
    r"(?:city of\s+|stadt\s+|ciudad de\s+)?|→\s*|->\s*|>\s*|[–-]\s*|访问|出访|赴|到访|前往|在|到)$",
    re.IGNORECASE,
)
_TO_BEHIND = re.compile(rf"(?:{_TO.pattern})|[(（]\s*(?:in\s+)?$", re.IGNORECASE)
"""The place behind a date is where one travels: ``15–19 October 2018 (Turin)``."""
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]")
_ARROW = re.compile(r"(?:→|➔|➜|⇒|»)(?=\s)")
_TAIL = re.compile(
    r"[\s,:：;–—-]*\b(?:in|on|from|during|between|at|en|el|del|vom|im|am|zu|dal|nel|il|a)?\s*$", re.IGNORECASE
)
_SIZE = re.compile(
    r"(?:\b(?P<n>\d{1,4}|[A-Za-zÀ-ÿ]{3,12})[\s-]+(?:[\w-]+\s+){0,2}?(?:representatives?|delegates?|members?|people|persons|experts?|officials|participants|"
    r"representantes|personas|delegados|rappresentanti|persone|delegati|vertreter\w*|personen|teilnehmer\w*)\b)"
    r"|\b(?:delegation|team|group|delegación|delegazione|Delegation) (?:of|de|di|von) (?P<d>\d{1,4}|[a-z]+)\b|(?P<zh>\d{1,4}|[一二两三四五六七八九十]+)\s*(?:人|名|位)(?!民)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(rf"\n|[;；。]|{BULLET}|(?<=\d)\.\s+(?=[A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class _Context:
    """Who travels where, as a phrase says it."""

    subject: str
    travellers: tuple[PaperPlace, ...]
    hosts: tuple[PaperPlace, ...]
    size: Quantity | None


def visits_in(text: str, side: str, travellers: Sequence[str], register: Register, style: DateStyle) -> list[Visit]:
    """Return the visits of a cell in the column of ``side``; ``travellers`` where that column is one city's alone."""
    phrase = squash(text)
    text = _with_signs(text, register)
    found: list[Visit] = []
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


def _clauses(text: str, dates: Sequence[tuple[int, int, PartialDate]]) -> Iterator[tuple[int, int]]:
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
    text: str, start: int, dates: list[tuple[int, int, PartialDate]], last: _Context | None, register: Register
) -> Iterator[tuple[_Context, PartialDate]]:
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
        Quantity(squash(size[0]), count, "exact") if size and count else None,
    )


def _visit(context: _Context, date: PartialDate, side: str, alone: Sequence[str], phrase: str) -> Visit:
    """Return a visit; the side that travels is told by the words, else by the column."""
    told = next((place.side for place in context.travellers if place.side), None)
    hosted = next((place.side for place in context.hosts if place.side), None)
    travelling = told or ({"A": "B", "B": "A"}[hosted] if hosted else side)
    hosts = tuple(place.name for place in context.hosts if place.side != travelling)
    names = tuple(place.name for place in context.travellers if place.side == travelling) or tuple(alone)
    subject = context.subject or " / ".join(names)
    return Visit(0, travelling, date, subject, phrase, hosts=hosts, travellers=names, size=context.size)


def _is_one(visit: Visit, other: Visit) -> bool:
    """Return whether two columns may tell of the same journey."""
    apart = visit.hosts and other.hosts and not set(visit.hosts) & set(other.hosts)
    return not apart and (visit.date.edtf, visit.travelling_side) == (other.date.edtf, other.travelling_side)


def joined(visits: Sequence[Visit]) -> list[Visit]:
    """Return visits by date; what two columns tell of the same journey is one visit of both cities."""
    found: list[Visit] = []
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
