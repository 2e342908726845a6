"""Lines of a text that somebody wrote or mailed: without marks of quotation, bullets and numbers; their labels and hours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ucapdesk.base.fold import simplify
from ucapdesk.formats.lists.list_file import ListFile
from ucapdesk.model.codes import folded, word_table
from ucapdesk.model.text.date_words import months, weekday_names
from ucapdesk.model.text.parse.itinerary_way import NEXT_DAY

MOST_LINES, MOST_SIGNS = 1_000, 300_000
"""A longer text is neither a programme nor minutes."""
_QUOTED = re.compile(r"^(?:[>|]\s?)+(?=\S)|^[>|]+\s*$")
_BULLET = re.compile(r"^(?:[-–—•·●○▪■◦*‣✓☐]\s+|[•●○▪■◦‣☐]\s*)")
_HEADING = re.compile(r"^#{1,4}\s+")
_NUMBER = re.compile(
    r"^(?:[(（]?\d{1,2}(?:\.\d{1,2}){0,2}[.)）、](?!\d)\s*|[(（]?[一二三四五六七八九十]{1,3}[、)）.．]\s*|\d{1,2}(?:\.\d{1,2})+\s+)"
)
_DAYTIME = r"(?:上午|下午|中午|晚上|早上|早晨|傍晚|凌晨|晚|早)"
_CLOCK = (
    rf"(?:{_DAYTIME}\s*)?(?:(?:[01]?\d|2[0-4])\s?(?:[:：.h]\s?[0-5]\d(?!\d)|[点點时時](?:\s?[0-5]?\d\s?分?|半|一刻|三刻|整)?)"
    r"(?:\s?(?:[ap]\.?m\b\.?|hrs?\b|h\b|u[hu]r\b))?|\d{1,2}\s?(?:[ap]\.?m\b\.?|u[hu]r\b|h\b))"
)
_FIRST = rf"(?:{_CLOCK}|(?:{_DAYTIME}\s*)?\d{{1,2}}(?=\s?(?:[-–—−~〜～至到]|\b(?:a|alle|bis|to)\b)\s?\d{{1,2}}\s?(?:[:：.h]\s?[0-5]\d(?!\d)|[点點时時]|h\b|u[hu]r\b|[ap]\.?m\b))|[0-2]\d[0-5]\d(?=\s?[-–—−~]\s?[0-2]\d[0-5]\d\b|\s?(?:hrs|h)\b))"
_HOURS = re.compile(
    rf"(?:(?:from|at|von|um|ab|de|dalle|alle|ore|a las|à|às|godz\.|ca\.?|approx\.?|约|大约)\s*){{0,2}}(?:{_FIRST}|(?<=ore\s)\d{{1,2}}(?=\s))"
    rf"(?:\s?(?:[-–—−－~〜～至到/]+|to|until|till|bis|a|alle|hasta)\s?(?:{NEXT_DAY.pattern})?(?:{_CLOCK}|[0-2]\d[0-5]\d\b|\d{{1,2}}\b)|\s?(?:[-–—−－~〜～至到]|起|开始)(?!\s?\d))?"
    rf"(?:\s?(?:hrs|h|u[hu]r)\b)?(?!\d)(?:{NEXT_DAY.pattern})?",
    re.IGNORECASE,
)  # fmt: skip
_PART_OF_DAY = re.compile(
    r"(?:morning|noon|afternoon|evening|night|all day|whole day|vormittags?|nachmittags?|abends?|ganztägig|mañana|tarde|mattina|pomeriggio|sera"
    r"|上午|中午|下午|晚上|早上|傍晚|全天)(?=\s*[:：\t|–—-]|(?<=[\u4e00-\u9fff])\s)",
    re.IGNORECASE,
)
_SHORT_DAYS = (
    "mon tue tues wed thu thur thurs fri sat sun mo di mi do fr sa so lun mar mié mie jue vie sáb sab dom mer gio ven"
)
_DAY_OF_MONTH = re.compile(
    rf"\d{{1,2}}\.\s*(?:{'|'.join(map(re.escape, sorted(months(), key=len, reverse=True)))})\.?(?=\s+\d{{4}}|\s*[,:：–—-]|\s*$)",
    re.IGNORECASE,
)
"""A day such as ``12. April 2027``, whose figure is no number of a list."""
WEEKDAY = re.compile(
    r"[(（]?\s{0,3}(?:(?:[周週]|星期|[礼禮]拜)[一二三四五六日天]|\b(?:" + "|".join(sorted(
        map(re.escape, (*weekday_names(), *_SHORT_DAYS.split())), key=len, reverse=True,
    )) + r")\b\.?)\s*[)）]?", re.IGNORECASE,
)  # fmt: skip
_DAY_IN_FIGURES = re.compile(rf"\d{{1,2}}\.\d{{1,2}}\.\s*(?:{WEEKDAY.pattern}\s*(?=$|[,:：\d–—-])|$)", re.IGNORECASE)
"""A day such as ``31.12.`` by itself or before its weekday, which is no number of a list either."""
DAY_NUMBER = re.compile(
    r"第([一二三四五六七八九十\d]{1,3})天|\b(?:day|d[ií]a|giorno|tag|jour|dag|dzień) (\d{1,2})\b[:：]?", re.IGNORECASE
)
_PARTING = " \t:：-–—|,，;；"


class Bare(NamedTuple):
    """A line without its marks: its text, whether it begins an item of a list, whether it is indented, the marks, and all of it."""

    text: str
    item: bool
    indented: bool
    marks: str
    whole: str


def pasted_text(name: str, text: str) -> ListFile:
    """Return text as a file of lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ListFile(name, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), (), text=tuple(lines))


def bare_lines(lines: Sequence[str]) -> Iterator[Bare]:
    """Yield lines without their marks; a text that was answered to has a mark of quotation in most of its lines."""
    quoted = 2 * sum(line[:1] in (">", "|") for line in lines) > sum(bool(line.strip()) for line in lines)
    for line in lines:
        yield bare(_QUOTED.sub("", line) if quoted else line)


def bare(line: str) -> Bare:
    """Return a line without bullet and number."""
    plain = line.replace("\xa0", " ").replace("**", "").rstrip()
    text = plain.strip()
    heading = _HEADING.match(text)  # which is no item of a list
    text = text[heading.end() :] if heading else text
    marks = ""
    for pattern in (_BULLET, _NUMBER):
        is_day = _DAY_IN_FIGURES.match(text) or _DAY_OF_MONTH.match(folded(text))
        if (found := pattern.match(text)) and not (is_day or _HOURS.match(text)):
            marks += found[0]
            text = text[found.end() :].lstrip()
    return Bare(text, bool(marks), plain[:2] in ("  ", "　　") or plain[:1] == "\t", marks.strip(), plain)


def goes_on(line: Bare) -> bool:
    """Return whether a line goes on with the one before, broken by the width of a mail."""
    return not line.item and (line.indented or line.text[:1].islower())


def hours_of(text: str) -> tuple[str, str]:
    """Return the hours, or the part of the day, with which a line begins, and the rest; no hours where there are none."""
    found = _HOURS.match(text) or _PART_OF_DAY.match(text)
    return (found[0].strip(), text[found.end() :].lstrip(_PARTING)) if found else ("", text)


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels that begin a line or a part of it: ``Venue: city hall``, ``地点：市政府``."""

    means: Mapping[str, str]
    """Word in lower case → meaning."""

    @classmethod
    def of(cls, name: str) -> Labels:
        """Return the labels of a table in ``resources/words``."""
        return cls({word: key for key, words in word_table(name).items() for word in words})

    def _words(self) -> str:
        return "|".join(re.escape(word) for word in sorted(self.means, key=len, reverse=True))

    def head(self, text: str) -> tuple[str, str, str]:
        """Return meaning, label and rest of a line that begins with a label; empty ones where it does not."""
        label, sign, rest = re.match(r"([^:：]{0,60})([:：]?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        said = re.sub(r"^[\[【(（*]+|[\]】)）*]+$|\s*\d{1,2}$", "", label.strip()).strip().casefold()
        said = simplify(re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", said))
        means = self.means.get(said) or self.means.get(re.sub(r"\s*[(（].*$", "", said), "")
        return (means, label.strip(), rest.strip()) if means and (sign or not rest) else ("", "", text)

    def parts(self, text: str) -> Iterator[tuple[str, str, str]]:
        """Yield the parts of a line that labels begin; the first has none: meaning, label and text of each."""
        found = list(
            re.finditer(rf"(?:^|[\s;；,，。.(（|/—–-])({self._words()})\s*[:：]\s*", simplify(text), re.IGNORECASE)
        )
        ends = [each.start() for each in found[1:]] + [len(text)]
        yield "", "", text[: found[0].start()] if found else text
        for each, end in zip(found, ends, strict=False):
            yield (
                self.means[each[1].casefold()],
                text[slice(*each.span(1))],
                text[each.end() : end].strip(" ;；,，。.)）|/—–-"),
            )
