"""Tells where in a paper a fact stands, and what became of each of its words: a field, an oddity, a label, or nothing.

What is compared are the letters and figures alone, so that line breaks, bullets and signs between two languages make no
difference. The words are those of the file, not of the rows that were made of it: what was lost on the way there is found too.
Words that are in none of these are told as one more oddity.
"""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from ucapdesk.formats.glance.record_drafts import RecordDraft
from ucapdesk.formats.paper_contents import Accounted, Glance, GlanceTable, Row, oddity
from ucapdesk.formats.phrases.field_labels import field_of
from ucapdesk.formats.phrases.small_texts import ring_end, ringed
from ucapdesk.model.codes import codes
from ucapdesk.model.dates.in_text import placed_dates
from ucapdesk.model.kinds import KINDS

_NOT_WORDS = frozenset("oddities row key parent organisation rows source labels accounted pairing_print".split())
WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_RUNS = re.compile(r"\w+")
PARTING = frozenset(["and", "y", "e", "und", "&", "和", "及", "与"])  # Words that only part two names, as a comma does


def words(text: str) -> list[str]:
    """Return the words of a text; each Chinese character is one."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def left_over(table: GlanceTable, glance: Glance) -> Glance:
    """Return what was read, with an oddity for the words of each row that reached nothing."""
    held = {word for text in _texts_in(glance) for word in words(text)} | PARTING
    held |= {word for odd in glance.oddities for said in odd.what.args.values() for word in words(str(said))}
    oddities, unplaced = list(glance.oddities), list(glance.unplaced)
    for row in table.rows:
        label = "" if field_of(row.label) else row.label
        texts = (unicodedata.normalize("NFC", text) for text in (label, *map(ringed, row.cells)))
        runs = [run for text in texts for run in _RUNS.findall(text)]
        missing = [run for run in runs if not all(word in held for word in words(run))]
        if missing:
            print_ = " ".join(dict.fromkeys(missing))
            oddities.append(oddity("left_over", row.label, {"print": print_}))
            unplaced.append(Row(row.label, (print_,)))
    return replace(glance, oddities=tuple(oddities), unplaced=tuple(unplaced))


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts_in(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from _texts_in(getattr(value, name))


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls) if field.name not in _NOT_WORDS)


_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSES = re.compile(r"\n|(?<=[.;。；:：])\s+|\s*[→○]\s*")
# Words that only head a list within a cell.
HEADINGS = frozenset(["topic", "topics", "agenda", "议", "题", "议题", "temas", "temi", "themen"])
# Fields of codes that stand in a paper as words; goals stand there by their number, kinds and sides not at all.
_SAID_IN_WORDS = frozenset(["salutation", "partnerships"])
_MOST = 40  # Of a text that stands more often than this the further places are not marked


@dataclass(frozen=True, slots=True)
class TextSpan:
    line: int
    start: int
    end: int


class PaperText:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)

    @cached_property
    def _bare(self) -> tuple[str, list[tuple[int, int]]]:
        """The letters and figures of all lines in one run, and where each of them stands."""
        signs: list[str] = []
        places: list[tuple[int, int]] = []
        for number, line in enumerate(self.lines):
            for at, sign in enumerate(line):
                if sign.isalnum():
                    folded = sign.casefold()
                    signs.append(folded)
                    places += [(number, at)] * len(folded)
        return "".join(signs), places

    @cached_property
    def dates(self) -> Mapping[str, tuple[TextSpan, ...]]:
        """Where each date stands, by its EDTF text without a mark of doubt."""
        found: dict[str, list[TextSpan]] = {}
        for number, line in enumerate(self.lines):
            for start, end, date in placed_dates(line):
                for edtf in {date.edtf.rstrip("?~%"), *(part.rstrip("?~%") for part in date.edtf.split("/"))}:
                    found.setdefault(edtf, []).append(TextSpan(number, start, end))
        return {edtf: tuple(marks) for edtf, marks in found.items()}

    def find(self, text: str, *, every: bool = False) -> tuple[TextSpan, ...]:
        """Return where a text stands; where it does not stand in one run, where its clauses do."""
        if whole := self._whole(text, every=every):
            return whole
        clauses = [clause for clause in _CLAUSES.split(text) if len(clause.strip()) > 3]
        return tuple(mark for clause in clauses if clause != text for mark in self._whole(clause, every=every))

    def _whole(self, text: str, *, every: bool) -> tuple[TextSpan, ...]:
        bare, places = self._bare
        wanted = "".join(sign.casefold() for sign in text if sign.isalnum())
        found: list[TextSpan] = []
        at = bare.find(wanted) if wanted else -1
        runs = 0
        while at >= 0 and runs < _MOST:
            first, last = places[at], places[at + len(wanted) - 1]
            if self._stands_alone(first, last):
                found += self._run(first, last)
                runs += 1
                if not every:
                    break
            at = bare.find(wanted, at + 1)
        return tuple(found)

    def _stands_alone(self, first: tuple[int, int], last: tuple[int, int]) -> bool:
        """Return whether a run begins and ends at the bounds of words."""
        before = self.lines[first[0]][first[1] - 1 : first[1]]
        behind = self.lines[last[0]][last[1] + 1 : last[1] + 2]
        return not any(
            side.isalnum() and sign.isalnum() and not _HAN.match(side) and not _HAN.match(sign)
            for side, sign in ((before, self.lines[first[0]][first[1]]), (behind, self.lines[last[0]][last[1]]))
        )

    def _run(self, first: tuple[int, int], last: tuple[int, int]) -> Iterator[TextSpan]:
        for line in range(first[0], last[0] + 1):
            start = first[1] if line == first[0] else 0
            end = last[1] + 1 if line == last[0] else len(self.lines[line])
            if self.lines[line][start:end].strip():
                yield TextSpan(line, start, end)

    def of_value(self, kind: str, field: str, value: Any, *, every: bool = False) -> tuple[TextSpan, ...]:
        """Return where the value of a field of a draft stands."""
        marks: dict[TextSpan, None] = {}
        declared = KINDS[kind].fields.get(field)
        if declared is not None and declared.meta.codes:
            return self._of_codes(declared.meta.codes, value, every=every) if field in _SAID_IN_WORDS else ()
        for text in _texts(value):
            found = self.dates.get(text.rstrip("?~%"), ()) if re.match(r"\d{4}", text) else ()
            marks |= dict.fromkeys(found or self.find(text, every=every))
        return tuple(marks)

    def _of_codes(self, name: str, value: Any, *, every: bool) -> tuple[TextSpan, ...]:
        known = [codes(name)[code] for code in _texts(value) if code in codes(name)]
        marks = (self.find(spelling, every=every) for code in known for spelling in code.spellings if len(spelling) > 1)
        return tuple(dict.fromkeys(mark for found in marks for mark in found))

    # -- accounting -------------------------------------------------------------------------------

    def account(
        self, drafts: Iterable[RecordDraft], oddities: Iterable[str], labels: Iterable[str], read: Iterable[str] = ()
    ) -> Accounted:
        """Count what became of each word of the file.

        Args:
            drafts: The records that were made.
            oddities: The texts that the oddities quote.
            labels: The labels of its rows that are known.
            read: Texts that became dates, hours or codes.
        """
        values = [
            (draft.kind, name, value)
            for draft in drafts
            for name, value in draft.values.items()
            if draft.kind != "source_document" or name == "title"  # a source holds the rows word for word
        ]
        noted = list(oddities)
        in_fields = self._covered(mark for each in values for mark in self.of_value(*each, every=True))
        in_oddities = self._covered(mark for text in noted for mark in self.find(text, every=True))
        texts = [value for kind, name, value in values if not _is_coded(kind, name)]
        held = _held(json.dumps(texts, ensure_ascii=False)) | _held(" ".join(read)) | PARTING
        odd, known = _held(" ".join(noted)), _held(" ".join(labels))
        counts = {"fields": 0, "oddities": 0, "labels": 0}
        nothing = []
        for number, line in enumerate(self.lines):
            label = _label_end(line) or ring_end(line)
            for token in WORD.finditer(line):
                word, place = token[0].casefold(), (number, token.start())
                if token.end() <= label:
                    counts["labels"] += 1
                elif place in in_fields or word in held:
                    counts["fields"] += 1
                elif place in in_oddities or word in odd:
                    counts["oddities"] += 1
                elif word in known or word in HEADINGS:
                    counts["labels"] += 1
                else:
                    nothing.append(token[0])
        return Accounted(**counts, nothing=tuple(nothing))

    @staticmethod
    def _covered(marks: Iterable[TextSpan]) -> set[tuple[int, int]]:
        return {(mark.line, at) for mark in dict.fromkeys(marks) for at in range(mark.start, mark.end)}


def _is_coded(kind: str, name: str) -> bool:
    """Return whether a field holds a code, which stands in a paper as a word of ours."""
    declared = KINDS[kind].fields.get(name)
    return bool(declared and declared.meta.codes)


def _label_end(line: str) -> int:
    """Return where the label of a line ends: all of it, what stands before its first colon or tab, or nothing."""
    if field_of(line) is not None:
        return len(line)
    for sign in ("\t", ":", "："):
        before, found, _ = line.partition(sign)
        if found and len(before) < 90 and field_of(before) is not None:
            return len(before)
    return 0


def _held(text: str) -> set[str]:
    return {word.casefold() for word in words(text)}


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a plain value: a name in both orders, a number as printed, a text in each of its languages."""
    if isinstance(value, dict):
        if "family" in value or "given" in value:
            family, given = value.get("family") or "", value.get("given") or ""
            yield from (f"{given} {family}".strip(), f"{family} {given}".strip())
        elif "print" in value:
            yield from (str(value[key]) for key in ("print", "year") if value.get(key))
        else:
            yield from (str(part) for part in value.values() if part)
    elif isinstance(value, list):
        yield from map(str, value)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
