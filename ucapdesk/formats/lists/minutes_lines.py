"""Takes minutes written as text apart, line by line: title, day and place, who was there, points, and what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ucapdesk.formats.closings import takes_leave
from ucapdesk.formats.glance.contact_pieces import Kind, tells_position
from ucapdesk.formats.glance.dates_in_text import placed_dates
from ucapdesk.formats.glance.text import squash
from ucapdesk.formats.lists.hours import hours_of
from ucapdesk.formats.lists.text_lines import Bare, Labels, bare, bare_lines, goes_on
from ucapdesk.formats.lists.whose_people import NAMES, is_side_alone, kind_of_words, people_of_line, side_named, side_of
from ucapdesk.formats.name_titles import titled
from ucapdesk.model.text.parse.minutes_line import ACTION, MINUTE_MARKS

LABELS = Labels.of("minutes")
OF_ACTION = Labels.of("actions")
PEOPLE, ENTRIES = ("present", "excused", "interpreter", "note_taker", "moderator"), (
    "discussion", "information", "decision", "commitment", ACTION, "open_question",
)  # fmt: skip
TITLE = re.compile(
    r"\b(?:minutes|verbale|protokoll|acta|ata d[aeo]|compte[ -]rendu|procès-verbal|protokół|notatka)\b|纪要|会议记录",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:TOP|Punkt|Tagesordnungspunkt|(?:agenda )?item|punto|议题)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[\s:：.、–—-]*",
    re.IGNORECASE,
)
"""The heading of a point of the agenda, which ends a list of people."""
_FIRST = re.compile(r"\W*[1一](?![\d一二三四五六七八九十])")
"""The number of a first point, which nobody has who stands in a list behind somebody else."""
_REASON = re.compile(r"\s*[(（]([^()（）]+)[)）]$")
"""Why somebody is not there, unless it is a post."""


@dataclass(slots=True)
class MinutesEntry:
    """An entry; ``who`` and ``due`` are cells of a table of actions."""

    type: str
    text: str
    who: str = ""
    due: str = ""


@dataclass(slots=True)
class MinutesLines:
    """Minutes while their lines are read."""

    _began: bool
    """Whether titles are over."""
    cities: Mapping[str, str]
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    """The sides of those behind a label such as 中方."""
    agenda: list[tuple[str, str]] = field(default_factory=list)
    entries: list[MinutesEntry] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    _section: str = ""
    _ended: str = ""
    """What an empty line ended; the next side of a list of people goes on with it."""
    _side: str | None = None
    """The side named on a line of its own above people."""
    _head: list[str] = field(default_factory=list)
    """The columns of a table of actions."""
    _parting: str = "\t"
    """What stands between its cells."""
    _marked: object = ...
    """Whether the people of a list are numbered, None where they have no marks; before the first, an ellipsis."""
    _open: bool = False
    _closed: bool = False

    def read(self, lines: Sequence[str]) -> None:
        """Read all lines."""
        for line in bare_lines(lines):
            if line.text:
                self._line(line)
            else:
                self._open, self._head = False, []
                if self._section in (*PEOPLE, "agenda"):
                    self._ended, self._section = self._section, ""

    def _line(self, line: Bare) -> None:
        topic = _TOPIC.match(line.text)
        means, label, rest = LABELS.head(line.text[topic.end() :] if topic else line.text)
        if not (means or self._began or self._section):
            means, label, rest = self._of_side(line.text)
        if self._closed or takes_leave(line.text):
            self._closed = True
            self.told.append(line.text)
        elif self._cells(line) or self._more_of_action(line.text):
            return
        elif means and (rest or not TITLE.search(label) or (self.title and (means in ENTRIES or line.text != label))):
            self.labels += [topic[0]] if topic else []
            self._labelled(means, label, rest)
        elif topic and self._began:
            self._section = ""
            self._entry("discussion", line.text)
        elif line.text[:1] in MINUTE_MARKS:
            self._entry(MINUTE_MARKS[line.text[:1]], line.text[1:].strip())
        elif {self._section, self._ended} & set(PEOPLE) and is_side_alone(line.text):
            self._section, self._side, self._marked = self._section or self._ended, side_of(line.text), ...
            self.labels.append(line.text)
        elif self._section in PEOPLE and not _ends_people(line.text) and self._goes_on_with(line):
            self._name(self._section, line.text)
        elif self._section == "agenda" and not self._ends_entries(line):
            self.agenda.append(hours_of(line.text))
        elif not self._began and not self._section and not line.item:
            self._preamble(line.text)
        elif self._open and self.entries and goes_on(line):
            self.entries[-1].text += f" {line.text}"
        else:
            self._section = "" if self._section in PEOPLE or self._ends_entries(line) else self._section
            self._entry(self._section or "discussion", line.text)
        if line.marks:
            self.labels.append(line.marks)

    def _of_side(self, text: str) -> tuple[str, str, str]:
        """Return a line that names a side and its people as if 出席 stood before it: 厦门方：林晓峰、陈佳怡; else nothing."""
        name, side, label = next(people_of_line(text, self.cities), ("", None, ""))
        is_of_side = side and label and any(kind_of_words(way) in NAMES for way in (name, titled(name)[1]))
        return ("present", label, text[len(label) + 1 :].strip()) if is_of_side else ("", "", text)

    def _goes_on_with(self, line: Bare) -> bool:
        """Return whether a line is in the list of people that began below the label; what is marked otherwise ends it."""
        kind = line.marks[:1].isalnum() if line.marks else None
        if kind is None and line.text[-1] in ":：":
            self._marked = ...
            return True
        label, colon, _ = line.text.replace("：", ":").partition(":")
        other_role = self._marked is None and self._section != "present" and colon and not side_of(label)
        alone = self._marked is None and len(self.people.get(self._section, ())) == 1
        if self._marked is ... or (alone and not _FIRST.match(line.marks)):
            self._marked = kind
        if kind != self._marked or other_role:
            self._section = ""
        return bool(self._section)

    def _ends_entries(self, line: Bare) -> bool:
        """Return whether a line ends what stands below a label: a heading, unless the first line is one; behind a label that said all, what has no bullet."""
        heading = not line.marks and line.text[-1:] in (":", "：")
        self._marked = heading if self._marked is ... else self._marked
        return not line.marks or line.marks[0].isalnum() if self._marked is None else heading and not self._marked

    def _preamble(self, text: str) -> None:
        """Take a line before the first label: the title, the day, or what is only told."""
        if not self.title:
            self.title = text
        if "when" not in self.facts and placed_dates(text[:300]):
            self.facts["when"] = text
        elif text != self.title:
            self.told.append(text)

    def _labelled(self, means: str, label: str, rest: str) -> None:
        self.labels.append(label)
        self._head = []
        if TITLE.search(label) and kind_of_words(rest) == Kind.NAME:
            means = "note_taker"  # Minutes: Anna Nowak
        if means in ("when", "place", "next"):
            self._section = "" if means == "next" else self._section
            if rest and means != "next" and means not in self.facts:
                self.facts[means] = rest
            else:
                self.told += [f"{label}: {rest}"] if rest else []
            return
        one_line = rest and means != "agenda" and (means in PEOPLE or not bare(rest).marks)
        self._section, self._ended, self._side, self._marked = means, "", None, None if one_line else ...
        if means in PEOPLE and rest:
            self._name(means, f"{label}: {rest}" if side_named(label, self.cities) else rest)
        elif means == "agenda":
            self.agenda += [hours_of(rest)] if rest else []
        elif rest:
            self._entry(means, rest)
        self._began = self._began or means in ENTRIES

    def _entry(self, type_: str, text: str) -> None:
        self._began = self._open = True
        self._ended = ""
        if text:
            self.entries.append(MinutesEntry(type_, text))

    def _name(self, role: str, text: str) -> None:
        if text[-1] in ":：":  # a head of some of them: "For Turin:"
            self._side = side_named(text, self.cities)
            self._whose(text)
            return
        for name, side, label in people_of_line(text, self.cities):
            self._whose(label)
            reason = _REASON.search(name) if role == "excused" else None
            if reason and not tells_position(reason[1]):
                self.told.append(reason[1])
                name = name[: reason.start()]
            self.people.setdefault(role, []).append(name)
            self.sides |= {name: told} if (told := side or self._side) else {}

    def _whose(self, label: str) -> None:
        """Take what says whose people follow; what names no side is told."""
        if label:
            (self.labels if side_named(label, self.cities) else self.told).append(label)

    def _more_of_action(self, text: str) -> bool:
        """Take a line right below an action that says who does it, or by when."""
        means, label, rest = OF_ACTION.head(text)
        last = self.entries[-1] if self.entries and self._open else None
        if not last or last.type != ACTION or means not in ("who", "due") or not rest or getattr(last, means):
            return False
        setattr(last, means, rest)
        self.labels.append(label)
        return True

    def _cells(self, line: Bare) -> bool:
        """Take a row of a table of actions; its head says what the columns are, and what parts them."""
        if not self._head:
            self._parting = next((sign for sign in ("\t", " | ", " / ") if sign in line.whole), "\t")
        cells = [squash(cell) for cell in (line.whole if self._parting == "\t" else line.text).split(self._parting)]
        if len(cells) < 2:
            return False
        keys = [OF_ACTION.means.get(cell.casefold(), "") for cell in cells]
        if "text" in keys and {"who", "due"} & set(keys):
            self._head, self._began = keys, True
            self.labels += cells
            return True
        if not self._head:
            return False
        said = {key: cell for key, cell in zip(self._head, cells, strict=False) if key and cell}
        spare = [cell for key, cell in zip([*self._head, *[""] * len(cells)], cells, strict=False) if not key and cell]
        self.entries.append(MinutesEntry(ACTION, said.get("text", ""), said.get("who", ""), said.get("due", "")))
        self.labels += [cell for cell in spare if cell.strip(".)").isdigit()]
        self.told += [cell for cell in spare if not cell.strip(".)").isdigit()]
        return True


def _ends_people(text: str) -> bool:
    """Return whether a line below names is none of them: a topic, or a sentence with words in small letters or a long one."""
    if _TOPIC.match(text):
        return True
    name, comma, _ = text.partition(",")
    if comma and len(name.split()) > 1 and all(each[:1].isupper() for each in name.split()):
        return False
    if re.search("[(（、;；]", text):
        return False
    small = sum(map(str.islower, text.split()))
    return (text[-1:] == "." and small > 3) or (text[-1:] == "。" and len(text) > 12)
