"""Lines of a text that somebody wrote or mailed: without marks of quotation, bullets and numbers; their labels and hours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ucapdesk.base.fold import simplify
from ucapdesk.formats.lists.hours import hours_of
from ucapdesk.formats.lists.list_file import ListFile
from ucapdesk.formats.lists.list_heads import ways_to_say
from ucapdesk.formats.lists.programme_days import NUMBERED_DAY
from ucapdesk.model.codes import folded, word_table

MOST_LINES, MOST_SIGNS = 1_000, 300_000
"""A longer text is neither a programme nor minutes."""
_QUOTED = re.compile(r"^(?:[>|]\s?)+(?=\S)|^[>|]+\s*$")
_BULLET = re.compile(r"^(?:[-–—•·●○▪■◦*‣✓☐]\s+|[•●○▪■◦‣☐]\s*)")
_HEADING = re.compile(r"^#{1,4}\s+")
_NUMBER = re.compile(
    r"^(?:[(（]?\d{1,2}(?:\.\d{1,2}){0,2}[.)）、](?!\d)\s*|[(（]?[一二三四五六七八九十]{1,3}[、)）.．]\s*|\d{1,2}(?:\.\d{1,2})+\s+)"
)


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
        if (found := pattern.match(text)) and not (NUMBERED_DAY.match(folded(text)) or hours_of(text)[0]):
            marks += found[0]
            text = text[found.end() :].lstrip()
    return Bare(text, bool(marks), plain[:2] in ("  ", "　　") or plain[:1] == "\t", marks.strip(), plain)


def goes_on(line: Bare) -> bool:
    """Return whether a line goes on with the one before, broken by the width of a mail."""
    return not line.item and "\t" not in line.text and (line.indented or line.text[:1].islower())


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels that begin a line or a part of it: ``Venue: city hall``, ``地点：市政府``."""

    means: Mapping[str, str]
    """Word in lower case → meaning."""
    within: re.Pattern[str]
    """Finds one of the words before a colon, wherever a part of a line may begin."""

    @classmethod
    def of(cls, name: str, *keys: str) -> Labels:
        """Return the labels of a table in ``resources/words``: all, or those that mean one of ``keys``."""
        means = {word: key for key, words in word_table(name).items() if not keys or key in keys for word in words}
        words = "|".join(map(re.escape, sorted(means, key=len, reverse=True)))
        return cls(means, re.compile(rf"(?:^|[\s;；,，。.(（|/—–-])({words})\s*[:：]\s*", re.IGNORECASE))

    def head(self, text: str) -> tuple[str, str, str]:
        """Return meaning, label and rest of a line that begins with a label; empty ones where it does not."""
        label, sign, rest = re.match(r"([^:：]{0,60})([:：]?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        said = re.sub(r"^[\[【(（*]+|[\]】)）*]+$|\s*\d{1,2}$|^.方(?=[\u3400-\u9fff]{2})", "", label.strip()).strip()
        whole, outside, *scripts = (self.means.get(way, "") for way in ways_to_say(said))
        means = whole or outside or (scripts[0] if len(set(scripts)) == 1 else "")  # 决定 Decision, but not Action 王刚
        return (means, label.strip(), rest.strip()) if means and (sign or not rest) else ("", "", text)

    def parts(self, text: str) -> Iterator[tuple[str, str, str]]:
        """Yield the parts of a line that labels begin; the first has none: meaning, label and text of each."""
        found = list(self.within.finditer(simplify(text)))
        ends = [each.start() for each in found[1:]] + [len(text)]
        yield "", "", text[: found[0].start()] if found else text
        for each, end in zip(found, ends, strict=False):
            said = text[each.end() : end].strip(" ;；,，。.|/—–-")
            said = said if re.search("[(（]", said) else said.rstrip(")） ")  # of the bracket around the label
            yield self.means[each[1].casefold()], text[slice(*each.span(1))], said
