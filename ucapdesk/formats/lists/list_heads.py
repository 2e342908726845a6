"""Finds the head of a list and what each of its columns means: one line or two, in five languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ucapdesk.base.fold import HAN_RUN, simplify
from ucapdesk.base.i18n import LANGUAGE_NAMES
from ucapdesk.formats.glance.paper_languages import PAIR, both_languages, in_languages
from ucapdesk.formats.glance.text import folded, squash
from ucapdesk.formats.lists.hours import FIRST_HOUR, hours_said
from ucapdesk.formats.name_titles import FAMILY_AND_GIVEN, FAMILY_FIRST
from ucapdesk.model.codes import word_table
from ucapdesk.model.rules.names import HAN_NAME

_BY_HEAD: Mapping[str, str] = {folded(head): what for what, heads in word_table("list_heads").items() for head in heads}
"""The heads of columns; Chinese ones are Simplified."""
_TEXTS = frozenset(["organisation", "department", "post", "city", "content", "place", "remarks", "diet"])
"""What a list may say in two languages, each in a column of its own."""
_LANGUAGES = {folded(name) for code, own in LANGUAGE_NAMES.items() for name in (code, own)} | {
    "cn", "chinese", "german", "italian", "spanish", "英文", "chinesisch", "englisch"}  # fmt: skip
"""What stands below a head in the columns of its languages."""
DEEPEST_HEAD = 15
OF_GROUP = "content "
"""Begins the meaning of a column of what one group does; the group follows."""
_GROUP = re.compile(
    r"(?<!\w)(?:group|gruppe|gruppo|grupo|track)\s*([a-z]|\d{1,2})(?!\w)|(?<!\w)([a-z]|\d{1,2})\s?(?:组|組)|第?([甲乙丙丁一二三四])(?:组|組)"
    r"|^([\u3400-\u9fff]{2,6}(?:组|組))$",
    re.IGNORECASE,
)
_LATIN = re.compile("[A-Za-zÀ-ÿ]{2}")


@dataclass(frozen=True, slots=True)
class ListHead:
    """The head of a table: for each column what it means and how it is called."""

    keys: tuple[str | None, ...]
    heads: tuple[str, ...]

    @property
    def in_two(self) -> frozenset[str]:
        """The meanings of columns whose heads are in Chinese and in another language, as their cells are then."""
        return frozenset(
            "content" if key.startswith(OF_GROUP) else key
            for key, head in zip(self.keys, self.heads, strict=True)
            if key and HAN_NAME.search(head) and _LATIN.search(head)
        )

    @property
    def family_first(self) -> str:
        """The head that says that names begin with the family name; empty where none does."""
        heads = (head for key, head in zip(self.keys, self.heads, strict=True) if key in ("name", "latin"))
        return next(filter(FAMILY_FIRST.search, heads), "")

    def said(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by what they mean; a text of two columns, one of them Chinese, as ``PAIR`` says."""
        found: dict[str, str] = {}
        for key, cell in zip(self.keys, row, strict=False):
            if key and (said := squash(cell)):
                found[key] = _beside(key, found[key], said) if key in found else said
        return found

    def texts(self, key: str, said: str, lang: str) -> dict[str, str]:
        """Return the text of a column by language; both where its head, or its columns, are in both."""
        return (both_languages if key in self.in_two or PAIR in said else in_languages)(said, lang)

    def again(self, row: Sequence[str]) -> bool:
        """Return whether a row says the head once more, as on a new page."""
        cells = [folded(cell) for cell in row if squash(cell)]
        return len(cells) > 1 and all(cell in {folded(head) for head in self.heads} or key_of(cell) for cell in cells)


def _beside(key: str, said: str, more: str) -> str:
    """Return two cells of one meaning as one: a text in two languages, the first and the last hour, else one behind the other."""
    if key == "time":
        return said if said == more else f"{said} – {more}"
    han, other = sorted((said, more), key=lambda each: not HAN_RUN.search(each))
    in_two = HAN_RUN.search(han) and not HAN_RUN.search(other) and _LATIN.search(other)
    may_be = PAIR not in said and (key in _TEXTS or key.startswith(OF_GROUP))
    return f"{han}{PAIR}{other}" if may_be and in_two else f"{said} {more}"


def key_of(cell: str) -> str | None:
    """Return what the head of a column means; None for a head that is unknown."""
    whole = squash(cell).strip(":：*＊ ")
    ways = [*ways_to_say(whole), *(folded(way) for way in re.split(r"\s*[/／|、]\s*", _unbracketed(whole)))]
    if FAMILY_AND_GIVEN.fullmatch(_unbracketed(whole)):
        return "latin"
    return next((_BY_HEAD[way] for way in ways if way in _BY_HEAD), None) or _of_group(whole)


def ways_to_say(head: str) -> list[str]:
    """Return a head as tables of words may have it: whole, without what stands in brackets, in one of its two scripts."""
    close = _closed_up(head)
    latin = " ".join(re.findall(r"[^\u3400-\u9fff()（）]+", close)).strip(" /|·-")
    han = "".join(re.findall(r"[\u3400-\u9fff]+", close))
    ways = [close, _unbracketed(head), *([han] if latin else []), *([latin] if han else [])]
    return [folded(simplify(way)) for way in ways]


def _closed_up(head: str) -> str:
    """Return a head without the spaces between its characters: 姓 名."""
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", head)


def _unbracketed(head: str) -> str:
    return re.sub(r"\s*[(（].*$", "", _closed_up(head))


def _of_group(head: str) -> str | None:
    """Return the meaning of a column that says whose it is, as "A组 Group A" or "A组 地点"; None for any other."""
    found = _GROUP.search(head)
    if not found:
        return None
    rest = _GROUP.sub("", head).strip(" |/()（）")
    means = key_of(rest) if rest else None
    if means and not means.startswith("content"):
        return means
    return f"{OF_GROUP}{next(filter(None, found.groups())).upper()}"


def column_group(head: str) -> bool:
    """Return whether the head of a column names a group that has a programme of its own."""
    return (key_of(head) or "").startswith(OF_GROUP)


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table with its head: what stands above it, and the rows below; without one where it is no table of the list."""

    head: ListHead | None
    above: Sequence[Sequence[str]]
    rows: Sequence[Sequence[str]]
    labels: tuple[str, ...] = ()
    """The words of its head; none where it goes on with the table of the page before, under the same head."""


def tables_under(tables: Sequence[Sequence[Sequence[str]]], is_head: Callable[[set[str]], bool]) -> list[HeadedTable]:
    """Return tables with their heads; nothing where none of them has one."""
    found: list[HeadedTable] = []
    before: ListHead | None = None
    for rows in tables:
        goes_on = before is not None and rows and len(rows[0]) == len(before.keys)
        table = table_under(rows, is_head) or HeadedTable(before if goes_on else None, (), rows)
        before = table.head or before
        found.append(table)
    return found if before else []


def table_under(rows: Sequence[Sequence[str]], is_head: Callable[[set[str]], bool]) -> HeadedTable | None:
    """Return a table under its head, of one line or two; None where there is none among its first rows."""
    for at, row in enumerate(rows[:DEEPEST_HEAD]):
        one = [(key_of(cell), squash(cell)) for cell in row]
        if sum(key is not None for key, _ in one) < 2:
            continue
        two = _in_two(row, rows[at + 1]) if at + 1 < len(rows) else []
        for columns, first in ((two, at + 2), (one, at + 1)):
            keys = _timed([key for key, _ in columns], rows[first:])
            if is_head({key for key in keys if key}):
                labels = tuple(cell for line in rows[at:first] for cell in line)
                return HeadedTable(_head(keys, [said for _, said in columns]), rows[:at], rows[first:], labels)
    return None


def _timed(keys: Sequence[str | None], below: Sequence[Sequence[str]]) -> list[str | None]:
    """Return meanings where a first or last hour is a time, and nothing where no hours stand below: From may be a place."""

    def is_time(at: int) -> bool:
        said = (row[at][:40] for row in below if at < len(row))
        return any(re.search(FIRST_HOUR, each, re.IGNORECASE) or hours_said(each)[0] for each in said)

    return [("time" if is_time(at) else None) if key == "hour" else key for at, key in enumerate(keys)]


def _head(keys: Sequence[str | None], heads: Sequence[str]) -> ListHead:
    """Return a head; a title beside a column of posts is that before the name, a name beside one part of names the other one."""
    posts, parted = keys.count("post"), {"family", "given"} - set(keys)
    apart = [
        "salutation" if posts > 1 and key == "post" and folded(head) == "title"
        else "given" if parted == {"given"} and (key == "name" or folded(head) == "name")
        else "family" if parted == {"family"} and folded(head) == "name"
        else key
        for key, head in zip(keys, heads, strict=True)
    ]  # fmt: skip
    apart = [None if key == "time" and _other_clock(heads[at], heads[:at]) else key for at, key in enumerate(apart)]
    named = [at for at, key in enumerate(apart) if key and key.startswith(OF_GROUP) and key.endswith(("组", "組"))]
    if len(named) == 1 and "content" in apart:
        apart[named[0]] = None  # the group that sees to a point: 责任组
    return ListHead(tuple(apart), tuple(heads))


def _other_clock(head: str, before: Sequence[str]) -> bool:
    """Return whether a column has the same hours by another clock: "Time (Beijing)" beside "Time (CET)"."""
    _, bracket, said = head.replace("（", "(").partition("(")
    names_clock = bool(bracket) and key_of(said.rstrip(")） ")) not in ("time", "hour")
    return names_clock and folded(_unbracketed(head)) in {folded(_unbracketed(each)) for each in before}


def _in_two(row: Sequence[str], below: Sequence[str]) -> list[tuple[str | None, str]]:
    """Return meaning and words of each column of a head in two lines; nothing where the second is no part of the head."""
    told = [cell for cell in below if squash(cell)]
    apart = [cell for cell in told if folded(cell) not in {folded(each) for each in row}]
    if not apart or not all(key_of(cell) or folded(cell) in _LANGUAGES for cell in apart):
        return []
    made, over = [], ""
    for at in range(max(len(row), len(below))):
        upper, lower = (squash(line[at]) if at < len(line) else "" for line in (row, below))
        over = upper or (over if lower else "")
        means = key_of(over) if lower else None
        of_language = folded(lower) in _LANGUAGES and means in _TEXTS
        made.append((means if of_language else key_of(lower) or key_of(upper) or means, lower or upper))
    return made
