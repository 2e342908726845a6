"""Reads minutes written as text, as in an e-mail: who was there, what was said and decided, who does what by when.

The text is taken apart line by line first: title, day and place, people, points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ucapdesk.formats.address_words import takes_leave, titled
from ucapdesk.formats.blocks.mails import mails_in
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget, place_in_order
from ucapdesk.formats.lists.list_file import Bare, Labels, ListFile, bare, bare_lines, goes_on
from ucapdesk.formats.lists.people_list import people_into
from ucapdesk.formats.people_rows import apart, look_at
from ucapdesk.formats.phrases.people_in_text import (
    NAMES,
    PieceKind,
    has_position_word,
    is_side_alone,
    kind_of_words,
    name_and_post,
    people_of_line,
    side_named,
    side_of,
)
from ucapdesk.formats.phrases.small_texts import folded_nfkc, in_languages, squash
from ucapdesk.model.dates.hours import hours_of, hours_said
from ucapdesk.model.dates.in_text import DateStyle, placed_dates
from ucapdesk.model.dates.programme_days import WEEKDAY
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.text.person_names import HAN_NAME
from ucapdesk.model.text.typed_lines import ACTION, MINUTE_MARKS, MinutesLine, read_minutes
from ucapdesk.model.values import PartialDate

LABELS = Labels.of("minutes")
OF_ACTION = Labels.of("actions")
PEOPLE, ENTRIES = ("present", "excused", "interpreter", "note_taker", "moderator"), (
    "discussion", "information", "decision", "commitment", ACTION, "open_question",
)  # fmt: skip
TITLE = re.compile(
    r"\b(?:minutes|verbale|protokoll|acta|ata d[aeo]|compte[ -]rendu|procès-verbal|protokół|notatka)\b|纪要|会议记录",
    re.IGNORECASE,
)
# The heading of a point of the agenda, which ends a list of people.
_TOPIC = re.compile(
    r"(?:TOP|Punkt|Tagesordnungspunkt|(?:agenda )?item|punto|议题)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[\s:：.、–—-]*",
    re.IGNORECASE,
)
# The number of a first point, which nobody has who stands in a list behind somebody else.
_FIRST = re.compile(r"\W*[1一](?![\d一二三四五六七八九十])")
_REASON = re.compile(r"\s*[(（]([^()（）]+)[)）]$")  # Why somebody is not there, unless it is a post


@dataclass(slots=True)
class MinutesEntry:
    """An entry; ``who`` and ``due`` are cells of a table of actions."""

    type: str
    text: str
    who: str = ""
    due: str = ""


@dataclass(slots=True)
class MinutesLines:
    """Minutes while their lines are read.

    Attributes:
        _began: Whether titles are over.
        sides: The sides of those behind a label such as 中方.
        _ended: What an empty line ended; the next side of a list of people goes on with it.
        _side: The side named on a line of its own above people.
        _head: The columns of a table of actions.
        _parting: What stands between its cells.
        _marked: Whether the people of a list are numbered, None where they have no marks; before the first, an ellipsis.
    """

    _began: bool
    cities: Mapping[str, str]
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    agenda: list[tuple[str, str]] = field(default_factory=list)
    entries: list[MinutesEntry] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    _section: str = ""
    _ended: str = ""
    _side: str | None = None
    _head: list[str] = field(default_factory=list)
    _parting: str = "\t"
    _marked: object = ...
    _open: bool = False
    _closed: bool = False

    def read(self, lines: Sequence[str]) -> None:
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
        if TITLE.search(label) and kind_of_words(rest) == PieceKind.NAME:
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
            if reason and not has_position_word(reason[1]):
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


LONGEST_HEAD = 20  # Lines among which a title and what stands below it are
_PART_OF_MONTH = re.compile(r"(?<=月)(?:[上中下]{1,2}旬|[初中])(?:[之以]?前)?$")
_TOLD = re.compile(r"[)）\s]*[,，(（]\s*")  # What stands before the post and the organisation of somebody
_TAIL = re.compile(
    r"\s*(?:[(（\[]([^()（）\[\]]{3,80})[)）\]]|\s[—–-]\s?([^—–]{3,80})|→\s?(.{3,80})|[，,]\s?([^，,]{2,30}前)(?:完成|提交|落实|办结))\s*[.。]?$"
)
_PARTED = re.compile(r"\s*(?:[,，;；]|(?<!\d)/|/(?!\d))\s*|\s+(?=by\s|bis\s|entro\s)")
_LEADS = re.compile(
    r"([\u3400-\u9fff·]{2,12}?)(?:负责|牵头)"
)  # Who sees to it, with what they do behind: 欧阳建国负责提交草案
_BY = re.compile(r"^(?:by|until|before|due|bis|entro|antes|para|于|在)\s+(?:(?:the|il|del?|el|zum)\s+)?", re.IGNORECASE)
HEAD = ["Name", "Post", "Organisation", "E-mail", "Telephone"]


def is_minutes(file: ListFile) -> bool:
    """Return whether a text is minutes: it says so in its title, or holds decisions and actions or people."""
    return any(_reads(mail) for mail, _ in mails_in(file.lines))


def _reads(said: Sequence[str]) -> bool:
    lines = [line.text for line in bare_lines(said) if line.text]
    kinds = {LABELS.head(line)[0] or (MINUTE_MARKS.get(line[:1], "") if line[1:2] == " " else "") for line in lines}
    kinds -= {"", "when", "place", "agenda", "next"}
    titled = any(TITLE.search(line) for line in lines[:3] if len(line) < 200)
    return (titled and len(lines) > 1) or (len(kinds) > 1 and bool(kinds & set(ENTRIES)))


def minutes_of(file: ListFile, target: ListTarget, today: date, visit: str = "", *, whole: bool = False) -> ListDrafts:
    """Return minutes as drafts: of the meeting of ``target``, else of a new one, which may be part of a visit.

    Of a thread of mails the newest minutes are read. ``whole``: every line is a part of them, also one before any label, but
    not a title with the day or the people below it.
    """
    mails = list(mails_in(file.lines))
    said, others = next((mail for mail in mails if _reads(mail[0])), mails[-1])
    above = [line for line in mails[0][0] if line.strip()]
    if len(mails) == 3 and len(above) == 1 and TITLE.search(above[0]):
        said, others = mails[-1]  # a memo: From, To and Date stand below its title
    lines = [line.text for line in bare_lines(said[:LONGEST_HEAD]) if line.text][:2]
    titled = len(lines) > 1 and TITLE.search(lines[0]) and LABELS.head(lines[1])[0] in ("when", "place", *PEOPLE)
    minutes = MinutesLines(whole and not titled, target.cities)
    minutes.told += filter(str.strip, others)
    minutes.read(said)
    return _Maker(minutes, ListDrafts.of(file, target), today).drafts(visit)


@dataclass(slots=True)
class _Maker:
    minutes: MinutesLines
    made: ListDrafts
    today: date

    def drafts(self, visit: str) -> ListDrafts:
        made, minutes = self.made, self.minutes
        made.heads += minutes.labels
        meeting = self._meeting(visit)
        made.target, made.kind = replace(made.target, owner=meeting, side=None, hosts=None, in_groups=False), "meeting"
        people = self._people()
        for at, (hours, title) in enumerate(minutes.agenda, 1):
            start, end, rest = hours_said(hours)
            titles = in_languages(title, made.lang)
            values: dict[str, object] = {"owner": meeting, "title": titles, "starts": start, "pos": place_in_order(at)}
            made.add("agenda_item", made.id("agenda_item", meeting, title), at, values)
            made.read += [hours] if hours else []
            if end or rest:
                made.note(title[:40], hours)
        met = Counter[str]()
        for at, entry in enumerate(minutes.entries, 1):
            key = f"{entry.type} {entry.text}"
            met[key] += 1
            id_ = made.id("minutes", meeting, key, entry.who, str(met[key]))
            values = {"owner": meeting, "pos": place_in_order(at)}
            if entry.type == ACTION:
                made.add("action_item", id_, at, values | self._action(entry, people))
            else:
                text = in_languages(entry.text, made.lang)
                made.add("minute_entry", id_, at, values | {"type": entry.type, "text": text})
        for told in minutes.told:
            made.note("", told)
        return made.finished(minutes.title or minutes.facts.get("when", "") or made.file.name)

    def _meeting(self, visit: str) -> str:
        made = self.made
        title = self.minutes.title or self.minutes.facts.get("when", "")
        values: dict[str, object] = {"when": self._when(), "places_print": self.minutes.facts.get("place")}
        if made.target.owner:
            if any(values.values()):
                made.add("meeting", made.target.owner, 1, values)
            if self.minutes.title:
                made.read.append(self.minutes.title)
            return made.target.owner
        id_ = made.id("meeting", visit, title or made.file.sha256)
        values |= {"visit": visit, "source": made.source, "title": in_languages(title, made.lang) if title else None}
        return made.add("meeting", id_, 1, values)

    def _when(self) -> dict[str, str]:
        """Return when the meeting was, from which its actions count; note what else is said of it."""
        said = self.minutes.facts.get("when", "")
        style = DateStyle.of(" ".join(self.made.file.lines)) if self.made.lang == "en" else DateStyle(sure=True)
        at, end, day = next(iter(placed_dates(said[:300], style)), (0, 0, None))
        if day and (first := PartialDate(day.edtf).bounds[0]) > "0001":
            self.today = date.fromisoformat(first)
        beside = WEEKDAY.sub(" ", squash(f"{said[:at]} {said[end:]}")).strip(" ,，")
        start, stop, told = hours_said(beside) if said != self.minutes.title else ("", "", "")
        known = day is not None and not re.search(r"[?~%/]", day.edtf)
        if known and not told:
            self.made.read.append(said)
        elif said not in ("", self.minutes.title):
            self.made.note("", said)
        when = {"date": day.edtf, "start": start, "end": stop} if day and known else {}
        return {key: value for key, value in when.items() if value}

    def _people(self) -> dict[str, str]:
        """Make the people who were there, or should have been; return their ids by name."""
        rows, roles = dict[str, list[str]](), dict[str, dict[str, str]]()
        for role in PEOPLE[::-1]:
            for said in self.minutes.people.get(role, ()):
                first, *more = _TOLD.split(said.rstrip(")） "))
                name, post = name_and_post(first)
                houses = [said for said in more if kind_of_words(said) == PieceKind.ORGANISATION]
                one = "某" if HAN_NAME.match(name) else name  # which only has to be told from a post
                told = look_at([one, *(said for said in more if said not in houses)]) if more else {"post": post}
                told |= {"organisation": ", ".join(houses)} if houses else {}
                row = [name, *(told.get(key, "") for key in ("post", "organisation", "email", "phone"))]
                key = folded_nfkc(apart(name)[1])
                rows[key] = [max(said, key=len) for said in zip(rows.get(key, row), row, strict=True)]
                side = {"side": self.minutes.sides[said]} if said in self.minutes.sides else {}
                part = roles.setdefault(key, {"attendance": "attended"})
                part |= side | (
                    {"attendance": "excused"} if role == "excused" else {"role": role} if role != "present" else {}
                )
        return people_into(
            self.made, [HEAD, *rows.values()], {folded_nfkc(row[0]): roles[key] for key, row in rows.items()}
        )

    def _action(self, said: MinutesEntry, people: dict[str, str]) -> dict[str, object]:
        """Return the values of an action: who does it by when stand in labelled parts, behind @, or at its end."""
        made = self.made
        labelled = () if said.who or said.due else reversed(list(OF_ACTION.parts(said.text)))
        parts = {means or "text": text for means, _, text in labelled}
        text = parts.get("text", said.text).strip(" ,，;；/(（—–-")
        who, due = said.who or parts.get("who", ""), said.due or parts.get("due", "")
        if not who and not due:
            text, who, due = self._tail(text)
        if not who and (lead := _LEADS.match(text)) and folded_nfkc(lead[1]) in people:
            who = lead[1]
        called = f"@{who}" if who and "@" not in who else who
        read = read_minutes(" ".join(filter(None, (">", text, called, _day_of(due)))), self.today)
        words_left = _PART_OF_MONTH.search(due) or _plain(self._due(due)) != "x"
        if due and (read.due is None or words_left):  # "mid July" is July, and the word is told
            made.note(text[:40], due)
        made.read += [said.text, said.who, said.due]
        name = who or (read.person.words if read.person else "")
        if name and (kind_of_words(name) == PieceKind.ORGANISATION or len(list(people_of_line(name))) != 1):
            made.note(text[:40], name)
            name = ""
        return {
            "status": "open",
            "text": in_languages(text if who or due else _plain(read), made.lang),
            "person": made.somebody(name.lstrip("@＠ "), people) if name else None,
            "due": read.due.edtf if read.due else None,
        }

    def _tail(self, text: str) -> tuple[str, str, str]:
        """Return an action, and who and by when where both stand at its end: ``… (Nowak, 5 Dec)``."""
        tail = _TAIL.search(text)
        said = _PARTED.split(next(filter(None, tail.groups()))) if tail else []
        dues = [part for part in said if self._due(part).due is not None]
        if not tail or len(dues) != 1 or len(said) > 2:
            return text, "", ""
        who, text = next((part for part in said if part not in dues), ""), text[: tail.start()].strip()
        before = None if who else _TAIL.search(text)
        if before and kind_of_words(name := next(filter(None, before.groups()))) == PieceKind.NAME:
            return text[: before.start()].strip(), name, dues[0]  # … – Zhou Min – 15/07/2027
        return text, who, dues[0]

    def _due(self, said: str) -> MinutesLine:
        """Read words as the end of an action "x"."""
        return read_minutes(f"> x {_day_of(said)}", self.today)


def _day_of(due: str) -> str:
    """Return the day or month of words that say by when; a whole day in figures."""
    said = _PART_OF_MONTH.sub("", _BY.sub("", due))
    at, end, day = next(iter(placed_dates(said)), (0, 0, None))
    return said[:at] + day.edtf + said[end:].lstrip("之以前") if day and is_day(day.edtf) else said


def _plain(read: MinutesLine) -> str:
    return " ".join(text for _, text in sorted((read.text or {}).items(), key=lambda each: each[0] == "zh"))
