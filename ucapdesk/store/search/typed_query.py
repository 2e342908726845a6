"""Turns what somebody typed into a query of the index: every word in all the ways in which it may be written there.

A text is cut at its spaces, quotes keep words together. Each piece must be found: as a phrase, its last Latin word as a
beginning, a piece in Latin letters also as pinyin (liuzhou) and as initials (lzfgw) of Chinese names, without the e of
Mueller, in two words (kickoff). Pieces that together are a name known in other languages, a day, a telephone number or a
goal are found by that too.

Other names of places and offices are the labels of reference lists in five languages: who types one finds the others (Sevilla is
Seville, 发改委 is 发展和改革委员会). A Latin name that only spells the sound of the Chinese one is no other name: the index knows it
by its sound.

Near words differ from a typed one by a letter: one too many, one missing, another one, or two changed round. The index has no list
of its words that is quick to read, so it is asked for every spelling a slip may have come from: some
four hundred for a word of seven letters, fifty in one question, which takes less than a millisecond.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection

from ucapdesk.base.fold import HAN_RUN, fold_accents, fold_letters
from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.base.pinyin import SYLLABLE, family_reading, readings, spellings
from ucapdesk.model.codes import codes
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.dates.parsing import parse_date
from ucapdesk.model.gazetteer import gazetteer
from ucapdesk.model.values import PartialDate
from ucapdesk.store.search.index_words import (
    GOAL,
    SHORTEST_NUMBER,
    asked_words,
    compact,
    day_sign,
    goal,
    numbers,
    office_names,
    whole,
)
from ucapdesk.store.workspace.database import driver_of

MIN_WORD_CHARS = 4  # Letters of a word that may be mistyped; of shorter ones every second is another
MAX_WORD_CHARS = 24
# So many words of a question may be mistyped; a whole text that is pasted is no question of somebody who slipped.
MAX_NEAR_WORDS = 6
MOST_SPOKEN = 24
_LETTERS = string.ascii_lowercase


def fits(word: str) -> bool:
    return MIN_WORD_CHARS <= len(word) <= MAX_WORD_CHARS and word.isascii() and word.isalpha()


def distance(typed: str, title: str) -> int:
    """Return how far a title is from folded words that may be mistyped: -1 it is them, 0 begins so, 1 has such words, 2 none."""
    from rapidfuzz.distance import OSA

    said, words = typed.split(), title.split()
    for at in range(len(words) - len(said) + 1):
        if all(OSA.distance(one, other) <= 1 for one, other in zip(said, words[at:], strict=False)):
            return -1 if len(words) == len(said) else min(at, 1)
    return 2


class IndexWords:
    """Tells which words the index holds, and which are near a typed one; each is looked for once."""

    def __init__(self, connection: Connection, *, near: bool = False) -> None:
        """Args:
        connection: One that reads.
        near: Whether words may be mistyped; otherwise ``near`` gives none.
        """
        self._db, self._near_too = driver_of(connection), near
        self._found: dict[str, list[str]] = {}

    def begun(self, word: str) -> bool:
        return self._any([f'{{names}}: "{word}"*'])

    def near(self, word: str) -> Sequence[str]:
        """Return the questions of the index for the words one letter away that it holds.

        There are none for a short word, and for one with figures or Chinese characters.
        """
        if word not in self._found:
            looked_for = self._near_too and fits(word) and len(self._found) < MAX_NEAR_WORDS
            self._found[word] = list(self._near(word)) if looked_for else []
        return self._found[word]

    def _near(self, word: str) -> Iterator[str]:
        spoken, is_spoken = set[str](), re.compile(f"{SYLLABLE}{{2,}}").fullmatch
        for at in range(len(word) + 1):
            slips = sorted(set(_slips(word, at)) - {word})
            spoken.update(filter(is_spoken, slips))
            yield from self._existing([f'{{names body}}: "{each}"' for each in slips])
        said = sorted((tuple(spellings(each)[0][0]) for each in spoken), key=lambda sounds: (len(sounds), sounds))
        yield from self._existing([f'{{pinyin}}: "{" ".join(each)}"' for each in said[:MOST_SPOKEN]])

    def _existing(self, asked: list[str]) -> list[str]:
        """Return those of some questions that find something, parting them until each is known to do so or not."""
        if not asked or not self._any(asked):
            return []
        if len(asked) == 1:
            return asked
        middle = len(asked) // 2
        return [*self._existing(asked[:middle]), *self._existing(asked[middle:])]

    def _any(self, asked: list[str]) -> bool:
        sql = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"
        return self._db.execute(sql, (" OR ".join(asked),)).fetchone() is not None


def _slips(word: str, at: int) -> Iterator[str]:
    before, rest = word[:at], word[at:]
    yield from (before + letter + rest for letter in _LETTERS)
    if rest:
        yield before + rest[1:]
        yield from (before + letter + rest[1:] for letter in _LETTERS)
    if len(rest) > 1:
        yield before + rest[1] + rest[0] + rest[2:]


LISTS = ("cities", "places_elsewhere", "short_forms", "bodies", "countries")
MIN_BEGUN_CHARS = 5  # So many letters of a name are enough while it is typed
MAX_BEGUN_NAMES = 4
MAX_OFFICE_CHARS = 24  # Characters among which a short form is looked for
_ENDINGS = ("壮族自治区", "维吾尔自治区", "回族自治区", "自治区", "大区", "地区", "市", "省", "州")


@cache
def _by_name() -> dict[str, dict[str, None]]:
    """Return all names of a thing by each of its names, compact; Chinese ones also without what kind of place it is."""
    found: dict[str, dict[str, None]] = {}
    for listed in (*map(codes, LISTS), gazetteer()):
        for code in listed.values():
            spellings = dict.fromkeys((*code.labels.values(), *code.facts.get("aliases", ())))
            names = {short: None for spelling in spellings for short in _shorter(spelling)}
            for name in names:
                found.setdefault(compact(name), {}).update(names)
    return found


def _shorter(name: str) -> tuple[str, ...]:
    """Return a name as it is searched for: 柳州市 is found by its first two characters, and may be typed in full."""
    ending = next((each for each in _ENDINGS if name.endswith(each) and len(name) - len(each) >= 2), "")
    return (name[: -len(ending)], name) if ending else (name,)


def others(typed: str, *, begun: bool = False) -> tuple[str, ...]:
    """Return the other names of what somebody typed; ``begun``: or may be about to type."""
    known, said = _by_name(), compact(typed)
    found = dict(known.get(said, ()))
    if begun and not found and len(said) >= MIN_BEGUN_CHARS and said.isascii():
        begins = [each for each in known if each.startswith(said)][:MAX_BEGUN_NAMES]
        found = {name: None for each in begins for name in known[each]}
    sounds = _sound(said)
    return tuple(name for name in found if compact(name) not in (said, sounds) and not _holds(found, name))


def _holds(names: dict[str, None], name: str) -> bool:
    return any(short in names for short in _shorter(name)[:-1])


def _sound(said: str) -> str:
    bare = _shorter(said)[0]
    return "".join(readings(bare)[0]) if HAN_RUN.fullmatch(bare) else ""


def inside(typed: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield the longest office, else place, within Chinese characters: what is before it, itself, behind it, its other names."""
    for known in (office_names(), _by_name()):
        for length in range(len(typed) - 1, 1, -1) if len(typed) <= MAX_OFFICE_CHARS else ():
            for at in range(len(typed) - length + 1):
                name = typed[at : at + length]
                if name in known:
                    yield _shorter(typed[:at])[0], name, typed[at + length :], others(name)
                    return


_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
LATIN = re.compile("[a-zü]{2,}")
_SOUNDS = 32  # letters; a longer word is no name typed by its sound
_TOGETHER = 6  # So many pieces may be one name, day or number
_MOST_JOINED = 4
_SHORTEST_SPLIT = 6
_PLAINER = re.compile("(?<![aeiouq])([aou])e(?=[a-z])|aa")
_ROUNDED = re.compile("([ln])(?:yu|v|ü)")
MAYBE_PLAINER = re.compile("[aou]e|aa|[ln](?:yu|v)")  # Finds what may be spelt plainer in folded words, quickly
# So many letters a plainer spelling has, or it stands for the whole word alone: aero is not the beginning of around.
_BEGUN = 5
_NUMBER = re.compile(r"\+?[\d\s()/.-]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LONGEST_DATE = 40
NAMES_SAID = 3  # How many other names are told where nothing is found
_LONGEST_NAME = 4  # So many Chinese characters may be a name that a record holds in Latin letters only
_EDGE = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_PART_OF_YEAR = re.compile(r"(?:\d{1,2}\s*月\s*\d{1,2}\s*[日号]?|\d{1,2}\D{2,12}|\D{3,12}\d{1,2})\D{0,3}")
YEARS = range(2010, 2041)  # Years in which a day is looked for that was typed without one
_LEAP_YEAR = "2028"


class SearchTerm(NamedTuple):
    """A word or a quoted phrase. ``words`` are folded letters and digits, everything else as a space."""

    typed: str
    words: str
    quoted: bool


def pieces(text: str) -> list[SearchTerm]:
    given = ((quoted or bare, bool(quoted)) for quoted, bare in _PIECE.findall(text))
    return [SearchTerm(said, words, quoted) for said, quoted in given if (words := _cleaned(said))]


def _cleaned(piece: str) -> str:
    """Return folded letters and digits, everything else as a space; so nothing in it is syntax of the index."""
    return " ".join(re.sub(r"[^\w\u0300-\u036f]|_", " ", fold_letters(piece)).split())


def expression(text: str, columns: str, words: IndexWords | None = None) -> str:
    """Return a text as a query of the index; empty where it holds no word.

    Args:
        text: Whatever somebody typed.
        columns: Those searched for words, ``names`` or ``names body``.
        words: Those of the index; without them no word is mistyped or written apart.
    """
    given = pieces(text)
    asked = [_all_of(given, columns, words)]
    if words is not None and 1 < len(given) <= _MOST_JOINED:
        asked += [_all_of(joined, "names", None) for joined in _joined(given, words)]
    return " OR ".join(f"({each})" for each in asked) if len(asked) > 1 else asked[0]


def everywhere(text: str, words: IndexWords | None = None) -> str:
    """Return the query for all that ``search`` finds, best or not; empty where a text holds no word."""
    asked = expression(text, "names body", words) if pieces(text) else ""
    return f"({asked}) OR ({whole})" if asked and (whole := wholes(text)) else asked


def whole_names(text: str, *, of_people: bool = False) -> frozenset[str]:
    """Return the signs of records that are called exactly so, in any of its spellings; see ``index_signs.whole``.

    Those ``of_people`` are the text's own: only places and offices have other names.
    """
    other = () if of_people else others(text)
    return frozenset(filter(None, map(whole, (text, *other, *plainer(text.casefold())))))


def wholes(text: str, *, of_people: bool = False) -> str:
    """Return the query for records that are called exactly so."""
    signs = sorted(whole_names(text, of_people=of_people))
    return f"{{initials}}: ({' OR '.join(map(_quoted, signs))})" if signs else ""


def tried(text: str) -> list[Message]:
    """Return in words how a text is looked for besides as it is typed."""
    given = pieces(text)
    loose = [each.words for each in given if not each.quoted]
    latin = [word for word in loose if LATIN.fullmatch(word)]
    names = ", ".join(others(text, begun=len(given) == 1)[:NAMES_SAID])
    number = any(map(_is_number, (text, *(each.typed for each in given))))
    apart = len(latin) > 1 or any(len(word) >= _SHORTEST_SPLIT for word in latin)
    ways = (
        (any(HAN_RUN.search(each.words) for each in given), Message("search", "Simplified and Traditional characters")),
        (latin or any(map(_is_short_han, loose)), Message("search", "pinyin and initials")),
        (names, Message("search", "other names ({names})", {"names": names})),
        (number, Message("search", "the number with and without country code")),
        (_day(text) or _day_of_year(text), Message("search", "other ways to write the date")),
        (goal(text), Message("search", "the goal by number and name")),
        (apart, Message("search", "words together and apart")),
        (may_be_mistyped(text), Message("search", "one letter different")),
    )
    return [way for is_so, way in ways if is_so]


def may_be_mistyped(text: str) -> bool:
    return any(fits(fold_accents(each.words)) for each in pieces(text) if not each.quoted)


def plainer(word: str) -> tuple[str, ...]:
    """Return a word as it is written by who drops what Mueller writes for ü, or writes ü as v or yu in pinyin."""
    found = (_PLAINER.sub(lambda match: match[1] or "a", word), rounded(word))
    return tuple(dict.fromkeys(each for each in found if each != word))


def rounded(word: str) -> str:
    """Return pinyin with lv, lyu and lü as lu, the way the index holds it in Latin names; any other word unchanged."""
    if not _ROUNDED.search(word):
        return word
    said = _ROUNDED.sub(r"\1v", word)
    return said.replace("v", "u") if any(not begun for _, begun in spellings(said)) else word


def _joined(given: Sequence[SearchTerm], words: IndexWords) -> Iterator[list[SearchTerm]]:
    """Yield the pieces with two neighbours written together, where a name begins so."""
    for at in range(len(given) - 1):
        one, other = given[at : at + 2]
        both = one.words + other.words
        joined = LATIN.fullmatch(both) or (both.isascii() and both.isalnum() and not both.isdigit())
        if not (one.quoted or other.quoted) and joined and words.begun(both):
            yield [*given[:at], SearchTerm(one.typed + other.typed, both, quoted=True), *given[at + 2 :]]


def _all_of(given: Sequence[SearchTerm], columns: str, words: IndexWords | None) -> str:
    parts: list[str] = []
    at = 0
    while at < len(given):
        length, ways = _known(given[at:], columns)
        window = given[at : at + length]
        own = [_any_of(_ways(each, columns, words, last=each is given[-1])) for each in window]
        parts.append(_any_of([" AND ".join(own), *ways]))
        at += length
    return " AND ".join(parts)


def _any_of(ways: Sequence[str]) -> str:
    return f"({' OR '.join(ways)})"


def _known(rest: Sequence[SearchTerm], columns: str) -> tuple[int, list[str]]:
    """Return how many of the next pieces are one thing that is known, and how else it may be written."""
    for length in range(min(_TOGETHER, len(rest)), 0, -1):
        window = rest[:length]
        if length > 1 and any(each.quoted for each in window):
            continue
        typed = " ".join(each.typed for each in window)
        names = others(typed, begun=length == len(rest) == 1)
        ways = [way for name in names if (way := _phrase(name, columns))]
        if "body" in columns:
            ways += _signed(typed, columns, last=length == len(rest))
        if ways:
            return length, ways
    return 1, []


def _signed(typed: str, columns: str, *, last: bool) -> list[str]:
    """Return how a goal, a telephone number or a day is found."""
    ways = []
    if number := goal(typed):
        written = (f"SDG {number}", f"SDG{number}", f"目标{number}")
        ways += [_sign(GOAL + number), *(_phrase(each, columns) for each in written)]
    if _is_number(typed):
        ways += [_sign(each, begun=last) for each in numbers(typed)]
    if said := _day(typed):
        ways += _dated(said, columns)
    elif day := _day_of_year(typed):
        ways.append(_any_of([_sign(day_sign(f"{year}{day}")) for year in YEARS]))
    return ways


def _day_of_year(typed: str) -> str:
    """Return the day that somebody typed without a year, as ``-04-12``; empty where it is none."""
    if not _PART_OF_YEAR.fullmatch(typed.strip()):
        return ""
    said = _day(f"{_LEAP_YEAR}年{typed}" if "月" in typed else f"{typed} {_LEAP_YEAR}")
    return said.edtf.removeprefix(_LEAP_YEAR) if said and said.precision == "day" else ""


def _is_number(typed: str) -> bool:
    figures = _NUMBER.fullmatch(typed) is not None and sum(map(str.isdigit, typed)) >= SHORTEST_NUMBER
    return figures and _day(typed) is None


def _day(typed: str) -> PartialDate | None:
    """Return the day, month or interval that somebody typed; a year alone is a number like others."""
    if len(typed) > _LONGEST_DATE or not _YEAR.search(fold_letters(typed)) or typed.strip().isdigit():
        return None
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _dated(said: PartialDate, columns: str) -> list[str]:
    """Return how a date is found: by its signs, and as texts say it."""
    ends = [end.rstrip("~?%") for end in dict.fromkeys(said.ends) if end != ".."]
    signs = " AND ".join(_sign(day_sign(end), begun=end.count("-") < 2) for end in ends)
    texts = {_phrase(say_date(PartialDate(ends[0]), lang), columns) for lang in LANGUAGES} if len(ends) == 1 else set()
    return [f"({signs})", *sorted(texts)]


def _phrase(text: str, columns: str, *, begun: bool = False) -> str:
    """Return how words that follow each other are found; ``begun``: the last of them may go on."""
    words, open_ = asked_words(_cleaned(text))
    return f"{{{columns}}}: {_quoted(words)}{'*' if open_ or begun else ''}" if words else ""


def _sign(sign: str, *, begun: bool = False) -> str:
    return f"{{initials}}: {_quoted(sign)}{'*' if begun else ''}"


def _quoted(words: str) -> str:
    return f'"{words}"'


def _ways(piece: SearchTerm, columns: str, words: IndexWords | None, *, last: bool) -> list[str]:
    begun = last and not HAN_RUN.match(piece.words[-1])
    ways = [_phrase(piece.words, columns, begun=begun)]
    letters = piece.words.replace(" ", "")
    if LATIN.fullmatch(letters) and len(letters) <= _SOUNDS:
        ways += _sounds(letters)
        ways += [_phrase(each, columns, begun=begun and len(each) >= _BEGUN) for each in plainer(letters)]
        if not piece.quoted and len(letters) >= _SHORTEST_SPLIT:
            halves = ((letters[:at], letters[at:]) for at in range(2, len(letters) - 1))
            ways += [_phrase(f"{one} {other}", columns, begun=begun) for one, other in halves]
    elif not piece.quoted and (parted := _EDGE.sub(" ", piece.words)) != piece.words:
        ways.append(_phrase(parted, columns, begun=begun))
    elif not piece.quoted and HAN_RUN.fullmatch(piece.words):
        ways += [_phrase(each, "names") for each in _spelled(piece.words)]
        for before, name, behind, names in inside(piece.words):
            kept = [_phrase(part, columns) for part in (before, behind) if part]
            if name in office_names():  # finds all that holds the piece as it is typed, too
                ways, names = ways[1:], (name, *names)
            ways += [_any_of([" AND ".join((*kept, way))]) for each in names if (way := _phrase(each, columns))]
    if words is not None and not piece.quoted:
        ways += words.near(fold_accents(piece.words))
    return ways


def _is_short_han(words: str) -> bool:
    return 1 < len(words) <= _LONGEST_NAME and HAN_RUN.fullmatch(words) is not None


def _spelled(han: str) -> tuple[str, ...]:
    """Return a short Chinese name as a record without characters spells it: ``huzhou``, ``wu wenneng``, ``wenneng wu``."""
    said = [each.replace("v", "u") for each in family_reading(han)] if _is_short_han(han) else []
    if not said or not all(map(str.isascii, said)):
        return ()
    family, given = said[0], "".join(said[1:])
    return tuple(dict.fromkeys((family + given, f"{family} {given}", f"{given} {family}")))


def _sounds(letters: str) -> list[str]:
    """Return how Latin letters are found as pinyin and as initials."""
    said = [*spellings(letters), *(spellings(yu) if (yu := _ROUNDED.sub(r"\1v", letters)) != letters else ())]
    ways = [f"{{pinyin}}: {_quoted(' '.join(syllables))}{'*' if begun else ''}" for syllables, begun in said]
    return [*dict.fromkeys(ways), f"{{initials}}: {_quoted(letters[:8])}*"]
