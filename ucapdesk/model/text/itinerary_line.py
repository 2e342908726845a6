"""Reads a programme item typed in one line: hours, type, people, place, group and journey; the rest is its title.

``0930 1030 meet drc liuzhou`` · ``15:45-17:00 visit smart energy @ Liudong + lmy`` · ``９点半到１０点半 会面 氢能工作组`` ·
``LO91 Warsaw to Beijing 1505 0640+1``. What was understood is told piece by piece; nothing is guessed in silence: a
word that nobody takes stays in the title, and a piece that somebody drops goes back to it.

Of the words for types of items, longer ones stand before shorter ones of which they are part. A point that is named by such a word
alone has it as its title in both languages; the Chinese ones are drafts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import tr, typed
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.dates.hours import DURATION, NEXT_DAY, minutes, part_follows, split_hours, type_hours
from ucapdesk.model.dates.zones import zone_named
from ucapdesk.model.text.typed_lines import Find, LinePiece, LineReader, Understood, nobody
from ucapdesk.model.text.typed_text import JOINS, WIDE_TO_NARROW, in_languages
from ucapdesk.model.values import Bilingual

ITINERARY_KINDS = "itinerary_kind"


class KindWord(NamedTuple):
    """A word, the type it stands for, and the title of an item named by it alone."""

    word: str
    kind: str
    en: str
    zh: str


def _of_list() -> Iterator[KindWord]:
    for code in codes(ITINERARY_KINDS):
        en, zh = (code_label(ITINERARY_KINDS, code, lang) for lang in ("en", "zh"))
        for spelling in codes(ITINERARY_KINDS)[code].spellings:
            yield KindWord(spelling.casefold().replace("_", " "), code, en, zh)


def _typed(name: str) -> Iterator[KindWord]:
    return (KindWord(word, *said) for word, said in typed(name).items())


_BY_WORD = {each.word: each for each in (*_of_list(), *_typed("programme"), *_typed("rides"))}
WORDS = tuple(sorted(_BY_WORD.values(), key=lambda each: -len(each.word)))  # All words, the longest first
# Words that stand for a ride only where they are alone or a way follows: “tram depot” and “plans for the metro” are
# subjects.
RIDES = frozenset(typed("rides"))

# Words that stand for a ride unless another word says what of it is meant: “bus factory”, “flight academy”, 火车站.
VEHICLES = frozenset(typed("vehicles"))
_OF = re.compile(r"\b(?:of|of the|for|di|del|della|dei|de|de la|del|für|der|des|von)\s+$")


def first_kind(text: str) -> KindWord | None:
    """Return the word for a type with which a text begins, whole; the text is narrow and in lower case."""
    return next((each for each in WORDS if text.startswith(each.word) and _ends_word(text, len(each.word))), None)


def any_kind(text: str, rides: Callable[[str], bool] = bool) -> KindWord | None:
    """Return the last word for a type anywhere in a text: ``welcome dinner`` is a meal, ``发改委圆桌会议`` a meeting.

    ``rides`` tells whether the words behind a vehicle are those of a ride.
    """
    found = [
        (at.end(), -at.start(), each)
        for each in WORDS
        if each.word not in RIDES
        for at in re.finditer(re.escape(each.word), text)
        if _ends_word(text, at.end()) and (at.start() == 0 or not _glued(text[at.start() - 1], text[at.start()]))
        if each.word not in VEHICLES or (rides(text[at.end() :]) and not _OF.search(text[: at.start()]))
    ]
    return max(found, key=lambda place: place[:2])[2] if found else None


def _ends_word(text: str, at: int) -> bool:
    return at >= len(text) or not _glued(text[at - 1], text[at])


def _glued(one: str, other: str) -> bool:
    """Return whether two letters belong to one word: only Latin letters and figures do."""
    return all(sign.isalnum() and ord(sign) < 0x2E80 for sign in (one, other))


NUMBER = re.compile(
    r"(?<![\w])((?:[A-Z]{2}|[A-Z]\d|\d[A-Z]) ?\d{2,4}|[GDCZTK]\d{1,4}|ICE ?\d{1,4}|AVE ?\d{1,5})(?![\w])"
)
_WAY = re.compile(
    r"^(?:from\s+)?(.+?)\s*(?:→|->|=>|>|\s-\s)\s*(.+)$|^from\s+(.+?)\s+to\s+(.+)$|^从\s*(.+?)\s*(?:到|至|飞往|前往)\s*(.+)$",
    re.IGNORECASE,
)
# A route as it is written after the number of a flight or a train.
_LOOSE_WAY = re.compile(
    r"^([A-Z]{3})\s?[-–—/]\s?([A-Z]{3})$|^(?:from\s+)?(\S.*?)\s+(?:to|nach)\s+(\S.*)$|^从?\s*(.+?)\s*(?:飞往|前往|到|至|飞|—+|–|-)\s*(.+)$"
)
_BY_RAIL = re.compile(r"[GDCZTK]\d|ICE|AVE")
# Means of transport of the types of items that may have a number.
MODES = {"flight": "flight", "arrival": "flight", "departure": "flight", "train": "train"}
SPACES = " \t,;:，：；、\u3000"


def way_of(text: str) -> tuple[str, str] | None:
    """Return origin and destination of a text that is nothing but a route, with words or an arrow."""
    return _route_ends(_WAY.match(text))


def loose_way_of(text: str) -> tuple[str, str] | None:
    """Return the same for words that may also be a title: ``Warsaw to Beijing``, ``WAW-PEK``, ``华沙到北京``."""
    return _route_ends(_LOOSE_WAY.match(text))


def kind_by_number(text: str) -> tuple[str, str] | None:
    """Return the number at the start of a text whose rest is only a route, and whether it is a flight or a train."""
    found = NUMBER.match(text)
    rest = text[found.end() :].strip(SPACES) if found else ""
    if not found or not (way_of(rest) or loose_way_of(rest)):
        return None
    return found[1], "train" if _BY_RAIL.match(found[1]) else "flight"


def _route_ends(found: re.Match[str] | None) -> tuple[str, str] | None:
    if found is None:
        return None
    one, other = (part.strip() for part in found.groups() if part)
    return one, other


LONGEST_HOURS = 32  # Maximum number of characters that are read as hours
LONGEST_LINE = 2_000  # Maximum number of characters of a line that names anything; a longer text is a title
_FIXED = re.compile(r"[\s,(]*(?<![a-z])(fixed|fest|fij[oa]|fiss[oa]|固定)[\s)]*$|\s*(!)$")
_GROUP = re.compile(
    r"(?<![\w])(?:\+\s*)?(?:(?:group|gruppe|gruppo|grupo)\s+([a-z]\d?|\d{1,2}[a-z]?)|([a-z0-9])\s?组|([甲乙丙丁一二三四])组|组\s?([a-z0-9]))(?![a-z0-9])"
)
_ROOM = re.compile(r"^(?:room|hall|floor|sala|raum|salón)\s.+$|^.*\d.*(?:会议室|厅|室|楼|层)$|^.+(?:会议室|厅)$")
_PLUS = re.compile(r"\s*\+\s*([^+@,;]+)")
_WITH = re.compile(r"(?:\s+(?:with|mit|con)\s+)(.+)$|(?:和|与|同|陪同[:：]?)\s*(.+)$")
_AND = re.compile(r"\s*(?:,|;|、|&|\b(?:and|und|y|e)\b|\+|和|与)\s*")
_PLACE = re.compile(r"\s*@\s*([^+@,;]+)")
_AT = re.compile(r"\s+(?:at|in)\s+([^+@,;]+)$|(?:^|(?<=\s))(?:在|于)\s*([^+@,;\s]+)")
_GOES_ON = re.compile(rf" (?:(?:{JOINS}) |dell['’])")
_DAY_AND_MONTH = re.compile(r"\d\.(?:0?[1-9]|1[0-2])$")
# Types whose word after another one belongs to a name: ``dinner reception``, ``signing ceremony``.
NAMED_EVENT_KINDS = frozenset({"meal", "banquet", "signing", "meeting"})
# Words that may also begin the name of something else, where a word for a type ends it.
DOUBTFUL = frozenset({"free", "rest", "break", "car", "sign", "leave", "talk", "walk", "coach", "internal"})
# Where a ride goes: ``4 to the port``, ``zum Hafen``, ``3号线到机场``.
_SOMEWHERE = re.compile(
    r"(?:(?:line |linie |línea |linea )?\w{1,3} )?(?:to|nach|ins|zu[mr]?|al?|alla|hasta)\s|(?:\d+号线)?(?:到|至|去|前往)"
)

# Words that follow a vehicle where somebody rides in it, besides a place, a way or a number: “bus 3”, “bus back”,
# “train departs”.
_RIDES_ON = re.compile(
    r"(?:[a-z0-9]{1,3}|airport|hotel|flughafen|aeropuerto|aeroporto|机场|酒店|宾馆)?$|(?:from|back|ride|trip|journey|transfer|von|vom|zurück|de|desde|da|dal|"
    r"depart\w*|leav\w*|arriv\w*|board\w*|fährt|sale|parte)\b|[从由回返抵]"
)


def understand(
    typed: str, find: Find = nobody, rejected: Collection[tuple[str, str]] = (), lang: str = "en"
) -> Understood:
    """Read a line.

    Args:
        typed: The text, in half or full width.
        find: Looks up named records.
        rejected: Type and words of the parts that the user rejected.
        lang: The language of the names shown.
    """
    return _ItineraryReader(typed, find, rejected, lang).read()


class _ItineraryReader(LineReader):
    """Reads a line; what is left becomes the title."""

    def __init__(self, typed: str, find: Find, rejected: Collection[tuple[str, str]], lang: str) -> None:
        super().__init__(typed.translate(WIDE_TO_NARROW), find, rejected, lang)
        self._said = Understood(pieces=self._pieces)

    def read(self) -> Understood:
        """Read everything, the most certain parts first."""
        if len(self._left) > LONGEST_LINE:
            self._title(None)
            return self._said
        self._hours()
        self._group()  # before what names may be new: they take all words up to the next sign
        self._fixed()
        self._people()
        self._place()
        if not self._said.people:  # they may have stood before the place
            self._people()
        word = self._kind()
        self._journey()
        self._title(word)
        order = ("time", "fixed", "kind", "number", "way", "organisation", "title", "place", "room", "person", "group")
        people = self._said.people
        self._pieces.sort(key=lambda p: (order.index(p.what), people.index(p) if p in people else 0))
        return self._said

    @property
    def _low(self) -> str:
        """The rest in lower case, of the same length letter by letter."""
        return "".join(low if len(low := sign.lower()) == 1 else sign for sign in self._left)

    def _cut(self, start: int, end: int) -> None:
        """Take words out of the line; their surroundings join."""
        left, right = self._left[:start].rstrip(SPACES), self._left[end:].lstrip(SPACES)
        glue = " " if left and right and not (HAN_RUN.match(left[-1]) and HAN_RUN.match(right[0])) else ""
        self._left = left + glue + right

    # -- hours ------------------------------------------------------------------------------------

    def _hours(self) -> None:
        typed = self._left
        behind = NEXT_DAY.sub(" ", typed)
        self._left = behind
        found = self._leading() or self._behind_number() or self._trailing()
        if found is None:
            self._left = typed
            return
        (start, end), at = found
        if at[0] == 0 and end is None and (long := DURATION.match(self._low, at[1])):
            end = _after(start, minutes(long))
            at = (0, long.end())
        next_day = behind != typed or (end is not None and end < start)
        shown = (f"{start}–{end}" if end else start) + (" +1" if next_day else "")
        if self._note("time", self._left[slice(*at)], shown):
            self._said.start, self._said.end = start, end
            self._said.next_day = next_day
            self._cut(*at)
        else:
            self._left = typed

    def _behind_number(self) -> tuple[tuple[str, str | None], tuple[int, int]] | None:
        """Read hours between the number of a flight or a train and its route."""
        number = NUMBER.match(self._left)
        rest = self._left[number.end() :].lstrip(SPACES) if number else ""
        return self._leading(len(self._left) - len(rest)) if rest else None

    def _leading(self, begin: int = 0) -> tuple[tuple[str, str | None], tuple[int, int]] | None:
        for end in range(min(begin + LONGEST_HOURS, len(self._left)), begin, -1):
            words = self._left[begin:end]
            if (
                words != words.rstrip()
                or not _clear(words)
                or _runs_on(self._left, end)
                or part_follows(self._left[end:])
            ):
                continue
            try:
                return type_hours(words), (begin, end)
            except ValueError:
                continue
        return None

    def _trailing(self) -> tuple[tuple[str, str | None], tuple[int, int]] | None:
        for before, hours in split_hours(self._left):
            words = self._left[len(before) :].strip(SPACES)
            if before and _clear(words):
                return hours, (len(before), len(self._left))
        return None

    # -- marks and links --------------------------------------------------------------------------

    def _fixed(self) -> None:
        if (found := _FIXED.search(self._low)) and self._note(
            "fixed", found[1] or found[2], tr("itinerary", "fixed", self._lang)
        ):
            self._said.fixed = True
            self._cut(found.start(), len(self._left))

    def _people(self) -> None:
        """Read people: ``+ lmy`` names also new ones, ``with lmy`` only those on record."""
        for found in reversed(list(_PLUS.finditer(self._left))):
            new = {each.strip(): self._linked("person", each.strip(), new=True) for each in found[1].split("、")}
            if people := [piece for piece in new.values() if piece]:
                self._said.people[:0] = people
                self._cut(found.start(), found.end())
                self._left = " ".join((self._left, *(words for words, piece in new.items() if not piece))).strip()
        if named := _last(_WITH, self._left):
            names = [name for name in _AND.split(named[1] or named[2]) if name]
            if names and all(self._find("person", name) for name in names):
                pieces = [self._linked("person", name) for name in names]
                if all(pieces):
                    self._said.people += [piece for piece in pieces if piece]
                    self._cut(named.start(), len(self._left))

    def _place(self) -> None:
        """Read the place: ``@ hall`` names also a new one; ``at hall`` and words after a comma only one on record."""
        new, behind_commas = _PLACE.search(self._left), re.split(r"[,;]", self._left)[1:]
        if found := new or _last(_AT, self._left):
            words = next(filter(None, found.groups())).strip()
            self._said.place = self._linked("place", words, new=new is not None)
            if self._said.place:
                self._cut(found.start(), found.end())
        for part in behind_commas:
            self._behind_comma(part.strip())

    def _behind_comma(self, words: str) -> None:
        at = self._left.rfind(words) if words else -1
        if at < 0:
            return
        if not self._said.place and self._find("place", words):
            self._said.place = self._linked("place", words)
        elif self._find("person", words):
            self._said.people += [piece for piece in (self._linked("person", words),) if piece]
        elif not self._said.room and _ROOM.match(words.casefold()):
            self._said.room = words if self._note("room", words, words) else None
        else:
            return
        if any(piece.words == words for piece in self._pieces):
            self._cut(at, at + len(words))

    def _linked(self, what: str, words: str, *, new: bool = False) -> LinePiece | None:
        known = self._find(what, words)
        if not words or (known is None and not new):
            return None
        return self._note(what, words, self._name_of(known) if known else words, known.id if known else "")

    def _group(self) -> None:
        if (found := _GROUP.search(self._low)) and self._note(
            "group", found[0], self._left[found.start() : found.end()].strip()
        ):
            self._said.group = next(filter(None, found.groups())).upper()
            self._cut(found.start(), found.end())

    def _kind(self) -> KindWord | None:
        """Read the type, and take its word out where the line begins with it and it is no part of the title."""
        word = first_kind(self._low)
        rest = self._low[len(word.word) :].strip(SPACES) if word else ""
        last = any_kind(rest, self._rides) if rest else None
        riding = bool(word and word.word in RIDES and rest and not way_of(rest))
        if word and (word.word in DOUBTFUL or riding) and last and rest.endswith(last.word):
            word = None  # "free trade talks" are talks
        if (riding and not _SOMEWHERE.match(rest)) or (word and word.word in VEHICLES and not self._rides(rest)):
            word = None  # a "tram depot" is no ride, nor is a "bus factory"
        if word and self._note("kind", word.word, code_label(ITINERARY_KINDS, word.kind, self._lang), word.kind):
            self._said.kind = word.kind
            named = last is not None and last.word == rest and last.kind in NAMED_EVENT_KINDS
            if named or riding or _GOES_ON.match(self._low, len(word.word)):
                return None  # "tour of the port" and "dinner banquet" are titles
            self._cut(0, len(word.word))
            return word
        found = any_kind(self._low, self._rides)
        if found and self._note("kind", found.word, code_label(ITINERARY_KINDS, found.kind, self._lang), found.kind):
            self._said.kind = found.kind
        return None

    def _rides(self, rest: str) -> bool:
        """Return whether the words behind a vehicle are those of a ride: none, where it goes, its number, a known place."""
        rest = rest.strip(SPACES)
        if _RIDES_ON.match(rest) or _SOMEWHERE.match(rest) or NUMBER.match(rest.upper()) or way_of(rest):
            return True
        ends = loose_way_of(rest) or (rest,)
        return all(self._zone_of(end) or self._find("place", end) for end in ends)

    def _journey(self) -> None:
        """Read the number of a flight or a train and its route; a number with a route tells the type as well."""
        named = kind_by_number(self._left) if self._said.kind is None else None  # nothing but a number and a route
        if named and self._note("kind", named[0], code_label(ITINERARY_KINDS, named[1], self._lang), named[1]):
            self._said.kind = named[1]
        if self._said.kind not in {*MODES, "transfer"}:
            return
        found = NUMBER.search(self._left) if self._said.kind in MODES else None
        if found and self._note("number", found[1], found[1]):
            self._said.number = found[1].replace(" ", "")
            self._cut(found.start(), found.end())
        if way := self._way():
            one, other = way
            if self._note("way", self._left, f"{one} → {other}"):
                self._said.way = one, other
                self._said.zone, self._said.end_zone = self._zone_of(one), self._zone_of(other)
                self._left = f"{one} → {other}"

    def _way(self) -> tuple[str, str] | None:
        """Read a route; in words that may be a title, only after a number or between known places."""
        word = first_kind(self._low)
        left = self._left[len(word.word) :].strip(SPACES) if word and word.kind == self._said.kind else self._left
        loose = loose_way_of(left)
        sure = loose and (self._said.number or all(map(self._zone_of, loose)))
        return way_of(left) or (loose if sure else None)

    def _zone_of(self, place: str) -> str | None:
        known = self._find("place", place)
        return (known.zone if known else None) or zone_named(place)

    # -- the title --------------------------------------------------------------------------------

    def _title(self, word: KindWord | None) -> None:
        left = " ".join(self._left.split()).strip(SPACES)
        known = self._find("organisation", left) if left and not self._said.way else None
        if known and self._note("organisation", left, self._name_of(known), known.id):
            self._said.title = known.names
            return
        if left:
            self._said.title = in_languages(left)
            if not self._said.way:
                self._note("title", left, left)
        elif word:
            number = f" {self._said.number}" if self._said.number else ""
            self._said.title = Bilingual(en=word.en + number, zh=word.zh + number)


def _after(start: str, minutes: int) -> str:
    return f"{datetime.fromisoformat(f'2000-01-01T{start}') + timedelta(minutes=minutes):%H:%M}"


def _clear(words: str) -> bool:
    """Return whether figures can only be hours. A single small number, or two with a space between, may count something; ``1h``
    is how long.
    """
    return re.fullmatch(r"\d{1,2}(?:\s+\d{1,3})?|.*\s\d{1,2}\s?h", words.strip().lower()) is None


def _runs_on(text: str, at: int) -> bool:
    """Return whether a word or a number continues at a position."""
    one, other = text[at - 1 : at], text[at : at + 1]
    if not other or other.isspace():
        return False
    return (
        other in "小个点时"
        or (other == "." and _DAY_AND_MONTH.search(text, 0, at) is not None)
        or (other.isdigit() and one.isdigit())
        or (other.isalpha() and ord(other) < 0x2E80 and one.isalnum() and ord(one) < 0x2E80)
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the match that begins last, also within another one."""
    last = None
    while found := pattern.search(text, last.start() + 1 if last else 0):
        last = found
    return last
