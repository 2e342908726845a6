"""A fact that several surfaces tell, and how it is asked of each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from icalendar import Event

from tests.helpers.surfaces import Surfaces

Ask = Callable[[Surfaces], str]


@dataclass(frozen=True)
class Fact:
    """A fact, its words in English and Chinese and for programs, and how each surface that tells of it is asked."""

    name: str
    en: str
    zh: str
    window: Ask | None = None
    command: Ask | None = None
    paper: Ask | None = None
    calendar: Ask | None = None
    sheet: Ask | None = None
    plain: str = ""
    json: Callable[[Surfaces], Any] | None = None

    def said(self, surface: str, lang: str) -> str:
        return self.plain if surface == "json" else str(getattr(self, lang))

    @property
    def surfaces(self) -> Mapping[str, Ask]:
        known = {each: getattr(self, each) for each in ("window", "command", "json", "paper", "calendar", "sheet")}
        return {name: ask for name, ask in known.items() if ask is not None}


def day(on: Surfaces, at: date) -> str:
    return f"{at.year}年{at.month}月{at.day}日" if on.lang == "zh" else f"{at.day} {at:%B} {at.year}"


def titled(on: Surfaces, kind: str, record: str, en: str, zh: str) -> Event:
    (found,) = [each for title, each in on.calendar(kind, record).items() if (zh if on.lang == "zh" else en) in title]
    return found


def event(on: Surfaces, kind: str, record: str, en: str, zh: str) -> dict[str, str]:
    found = titled(on, kind, record, en, zh)
    starts, ends = found.decoded("DTSTART"), found.decoded("DTEND")
    hours = isinstance(starts, datetime)
    return {
        "zone": str(found["DTSTART"].params.get("TZID", "")),
        "starts": day(on, starts),
        "ends": day(on, ends),
        "hours": f"{starts:%H:%M}–{ends:%H:%M}" if hours else "",
        "arrives": f"{ends:%H:%M} {found['DTEND'].params.get('TZID', '')}" if hours else "",
    }


def counted(paper: str) -> str:
    """The last number that begins a line of a paper in which lines are numbered."""
    return str(re.findall(r"(?m)^(\d+) \D", paper)[-1])


def after(paper: str, words: str) -> str:
    """Return the text close behind some words in a paper, wherever they stand."""
    text = re.sub(r"\s+", " ", paper)
    return " ".join(text[found.start() : found.start() + 240] for found in re.finditer(re.escape(words), text))
