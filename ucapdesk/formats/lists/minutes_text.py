"""Reads minutes written as text, as in an e-mail: who was there, what was said and decided, who does what by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ucapdesk.formats.closings import takes_leave
from ucapdesk.formats.glance.contact_pieces import Kind, tells_position
from ucapdesk.formats.glance.dates_in_text import placed_dates
from ucapdesk.formats.glance.paper_languages import in_languages
from ucapdesk.formats.glance.text import folded, squash
from ucapdesk.formats.lists.hours import hours_of, hours_said
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget, place_in_order
from ucapdesk.formats.lists.list_file import ListFile
from ucapdesk.formats.lists.mail_thread import mails_in
from ucapdesk.formats.lists.people_list import people_into
from ucapdesk.formats.lists.programme_days import WEEKDAY
from ucapdesk.formats.lists.text_lines import Bare, Labels, bare_lines, goes_on
from ucapdesk.formats.lists.whose_people import kind_of_words, name_and_post, people_of_line, side_of
from ucapdesk.formats.people_rows import look_at
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.text.parse.minutes_line import ACTION, MINUTE_MARKS, MinutesLine, read_minutes
from ucapdesk.model.values import PartialDate

_LABELS = Labels.of("minutes")
_OF_ACTION = Labels.of("actions")
PEOPLE, ENTRIES = ("present", "excused", "interpreter", "note_taker", "moderator"), (
    "discussion", "information", "decision", "commitment", ACTION, "open_question",
)  # fmt: skip
_TITLE = re.compile(r"\b(?:minutes|verbale|protokoll|acta)\b|纪要|会议记录", re.IGNORECASE)
LONGEST_HEAD = 20
"""Lines among which a title and what stands below it are."""
_TOPIC = re.compile(
    r"(?:TOP|Punkt|Tagesordnungspunkt|(?:agenda )?item|punto|议题)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[\s:：.、–—-]*",
    re.IGNORECASE,
)
"""The heading of a point of the agenda, which ends a list of people."""
_FIRST = re.compile(r"\W*[1一](?![\d一二三四五六七八九十])")
"""The number of a first point, which nobody has who stands in a list behind somebody else."""
_PART_OF_MONTH = re.compile(r"(?<=月)(?:[上中下]{1,2}旬|[初中])(?:[之以]?前)?$")
_TOLD = re.compile(r"[)）\s]*[,，(（]\s*")
"""What stands before the post and the organisation of somebody."""
_REASON = re.compile(r"\s*[(（]([^()（）]+)[)）]$")
"""Why somebody is not there, unless it is a post."""
_TAIL = re.compile(r"\s*(?:[(（\[]([^()（）\[\]]{3,80})[)）\]]|\s[—–-]\s?([^—–]{3,80})|→\s?(.{3,80}))\s*[.。]?$")
_BY = re.compile(r"^(?:by|until|before|due|bis|entro|antes|para|于|在)\s+(?:(?:the|il|del?|el|zum)\s+)?", re.IGNORECASE)
HEAD = ["Name", "Post", "Organisation", "E-mail", "Telephone"]


def is_minutes(file: ListFile) -> bool:
    """Return whether a text is minutes: it says so in its title, or holds decisions and actions or people."""
    return any(_reads(mail) for mail, _ in mails_in(file.lines))


def _reads(said: Sequence[str]) -> bool:
    """Return whether lines are minutes."""
    lines = [line.text for line in bare_lines(said) if line.text]
    kinds = {_LABELS.head(line)[0] or (MINUTE_MARKS.get(line[:1], "") if line[1:2] == " " else "") for line in lines}
    kinds -= {"", "when", "place", "agenda", "next"}
    titled = any(_TITLE.search(line) for line in lines[:3] if len(line) < 200)
    return (titled and len(lines) > 1) or (len(kinds) > 1 and bool(kinds & set(ENTRIES)))


def minutes_of(file: ListFile, target: ListTarget, today: date, visit: str = "", *, whole: bool = False) -> ListDrafts:
    """Return minutes as drafts: of the meeting of ``target``, else of a new one, which may be part of a visit.

    Of a thread of mails the newest minutes are read. ``whole``: every line is a part of them, also one before any label, but
    not a title with the day or the people below it.
    """
    mails = list(mails_in(file.lines))
    said, others = next((mail for mail in mails if _reads(mail[0])), mails[-1])
    above = [line for line in mails[0][0] if line.strip()]
    if len(mails) == 3 and len(above) == 1 and _TITLE.search(above[0]):
        said, others = mails[-1]  # a memo: From, To and Date stand below its title
    lines = [line.text for line in bare_lines(said[:LONGEST_HEAD]) if line.text][:2]
    titled = len(lines) > 1 and _TITLE.search(lines[0]) and _LABELS.head(lines[1])[0] in ("when", "place", *PEOPLE)
    made = _Minutes(file, said, target, today, visit, whole and not titled)
    made.told += filter(str.strip, others)
    return made.read()


@dataclass(slots=True)
class _Said:
    """One entry, and whether it is an action of a table, told cell by cell."""

    type: str
    text: str
    who: str = ""
    due: str = ""


@dataclass(slots=True)
class _Minutes:
    """Minutes while their lines are read."""

    file: ListFile
    lines: Sequence[str]
    target: ListTarget
    today: date
    visit: str
    _began: bool
    """Whether titles are over."""
    title: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    """The sides of those behind a label such as 中方."""
    agenda: list[tuple[str, str]] = field(default_factory=list)
    entries: list[_Said] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    _section: str = ""
    _head: list[str] = field(default_factory=list)
    """The columns of a table of actions."""
    _marked: object = ...
    """Whether the people of a list are numbered, None where they have no marks; before the first, an ellipsis."""
    _open: bool = False
    _closed: bool = False

    def read(self) -> ListDrafts:
        """Read all lines, then make the drafts."""
        for line in bare_lines(self.lines):
            if line.text:
                self._line(line)
            else:
                self._open, self._head = False, []
                if self._section in (*PEOPLE, "agenda"):
                    self._section = ""
        return self._made()

    # -- lines ------------------------------------------------------------------------------------

    def _line(self, line: Bare) -> None:
        topic = _TOPIC.match(line.text)
        means, label, rest = _LABELS.head(line.text[topic.end() :] if topic else line.text)
        if self._closed or takes_leave(line.text):
            self._closed = True
            self.told.append(line.text)
        elif self._cells(line.whole):
            return
        elif means and (rest or not _TITLE.search(label) or (self.title and (means in ENTRIES or line.text != label))):
            self.labels += [topic[0]] if topic else []
            self._labelled(means, label, rest)
        elif topic and self._began:
            self._section = ""
            self._entry("discussion", line.text)
        elif line.text[:1] in MINUTE_MARKS:
            self._entry(MINUTE_MARKS[line.text[:1]], line.text[1:].strip())
        elif self._section in PEOPLE and not _ends_people(line.text) and self._goes_on_with(line):
            self._name(self._section, line.text)
        elif self._section == "agenda":
            self.agenda.append(hours_of(line.text))
        elif not self._began and not self._section and not line.item:
            self._preamble(line.text)
        elif self._open and self.entries and goes_on(line):
            self.entries[-1].text += f" {line.text}"
        else:
            self._section = "" if self._section in PEOPLE else self._section
            self._entry(self._section or "discussion", line.text)
        if line.marks:
            self.labels.append(line.marks)

    def _goes_on_with(self, line: Bare) -> bool:
        """Return whether a line is in the list of people that began below the label; what is marked otherwise ends it."""
        kind = line.marks[:1].isalnum() if line.marks else None
        if kind is None and line.text[-1] in ":：":
            self._marked = ...
            return True
        alone = self._marked is None and len(self.people.get(self._section, ())) == 1
        if self._marked is ... or (alone and not _FIRST.match(line.marks)):
            self._marked = kind
        if kind != self._marked:
            self._section = ""
        return kind == self._marked

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
        if means in ("when", "place", "next"):
            self._section = "" if means == "next" else self._section
            if rest and means != "next" and means not in self.facts:
                self.facts[means] = rest
            else:
                self.told += [f"{label}: {rest}"] if rest else []
            return
        self._section, self._marked = means, None if rest else ...
        if means in PEOPLE and rest:
            self._name(means, rest)
        elif means == "agenda":
            self.agenda += [hours_of(rest)] if rest else []
        elif rest:
            self._entry(means, rest)
        self._began = self._began or means in ENTRIES

    def _entry(self, type_: str, text: str) -> None:
        self._began = self._open = True
        if text:
            self.entries.append(_Said(type_, text))

    def _name(self, role: str, text: str) -> None:
        if text[-1] in ":：":  # a head of some of them: "For Turin:"
            self._whose(text)
            return
        for name, side, label in people_of_line(text):
            self._whose(label)
            reason = _REASON.search(name) if role == "excused" else None
            if reason and not tells_position(reason[1]):
                self.told.append(reason[1])
                name = name[: reason.start()]
            self.people.setdefault(role, []).append(name)
            self.sides |= {name: side} if side else {}

    def _whose(self, label: str) -> None:
        """Take what says whose people follow; what names no side is told."""
        if label:
            (self.labels if side_of(label) else self.told).append(label)

    def _cells(self, raw: str) -> bool:
        """Take a row of a table of actions; its head says what the columns are."""
        cells = [squash(cell) for cell in raw.split("\t")]
        if len(cells) < 2:
            return False
        keys = [_OF_ACTION.means.get(cell.casefold(), "") for cell in cells]
        if "text" in keys and {"who", "due"} & set(keys):
            self._head, self._began = keys, True
            self.labels += cells
            return True
        if not self._head:
            return False
        said = {key: cell for key, cell in zip(self._head, cells, strict=False) if key and cell}
        spare = [cell for key, cell in zip([*self._head, *[""] * len(cells)], cells, strict=False) if not key and cell]
        self.entries.append(_Said(ACTION, said.get("text", ""), said.get("who", ""), said.get("due", "")))
        self.labels += [cell for cell in spare if cell.strip(".)").isdigit()]
        self.told += [cell for cell in spare if not cell.strip(".)").isdigit()]
        return True

    # -- drafts -----------------------------------------------------------------------------------

    def _made(self) -> ListDrafts:
        made = ListDrafts.of(self.file, self.target)
        made.heads += self.labels
        meeting = self._meeting(made)
        made.target, made.kind = replace(self.target, owner=meeting, side=None, hosts=None, in_groups=False), "meeting"
        people = self._people(made)
        for at, (hours, title) in enumerate(self.agenda, 1):
            start, end, told = hours_said(hours)
            titles = in_languages(title, made.lang)
            values = {"owner": meeting, "title": titles, "starts": start, "pos": place_in_order(at)}
            made.add("agenda_item", made.id("agenda_item", meeting, title), at, values)
            made.read += [hours] if hours else []
            if end or told:
                made.note(title[:40], hours)
        met: dict[str, int] = {}
        for at, said in enumerate(self.entries, 1):
            key = f"{said.type} {said.text}"
            met[key] = met.get(key, 0) + 1
            id_ = made.id("minutes", meeting, key, said.who, str(met[key]))
            (self._action if said.type == ACTION else self._minute)(made, said, at, (meeting, id_), people)
        for text in self.told:
            made.note("", text)
        return made.finished(self.title or self.facts.get("when", "") or self.file.name)

    def _meeting(self, made: ListDrafts) -> str:
        """Return the meeting, with what the minutes say of it as a whole."""
        title = self.title or self.facts.get("when", "")
        values = {"when": self._when(made), "places_print": self.facts.get("place")}
        if self.target.owner:
            if any(values.values()):
                made.add("meeting", self.target.owner, 1, values)
            if self.title:
                made.read.append(self.title)
            return self.target.owner
        id_ = made.id("meeting", self.visit, title or self.file.sha256)
        titles = in_languages(title, made.lang) if title else None
        more = {"visit": self.visit or None, "source": made.source, "title": titles}
        return made.add("meeting", id_, 1, values | more)

    def _when(self, made: ListDrafts) -> dict[str, str]:
        """Return when the meeting was, from which its actions count; note what else is said of it."""
        said = self.facts.get("when", "")
        at, end, day = next(iter(placed_dates(said[:300])), (0, 0, None))
        if day and (first := PartialDate(day.edtf).bounds[0]) > "0001":
            self.today = date.fromisoformat(first)
        beside = WEEKDAY.sub(" ", squash(f"{said[:at]} {said[end:]}")).strip(" ,，")
        start, stop, told = hours_said(beside) if said != self.title else ("", "", "")
        known = day is not None and not re.search(r"[?~%/]", day.edtf)
        if known and not told:
            made.read.append(said)
        elif said not in ("", self.title):
            made.note("", said)
        when = {"date": day.edtf, "start": start, "end": stop} if day and known else {}
        return {key: value for key, value in when.items() if value}

    def _people(self, made: ListDrafts) -> dict[str, str]:
        """Make the people who were there, or should have been; return their ids by name."""
        rows, roles = dict[str, list[str]](), dict[str, dict[str, str]]()
        for role in PEOPLE[::-1]:
            for said in self.people.get(role, ()):
                first, *more = _TOLD.split(said.rstrip(")） "))
                name, post = name_and_post(first)
                houses = [said for said in more if kind_of_words(said) == Kind.ORGANISATION]
                told = look_at([name, *(said for said in more if said not in houses)]) if more else {"post": post}
                told |= {"organisation": ", ".join(houses)} if houses else {}
                row = [name, *(told.get(key, "") for key in ("post", "organisation", "email", "phone"))]
                rows[folded(name)] = [one or more for one, more in zip(rows.get(folded(name), row), row, strict=True)]
                side = {"side": self.sides[said]} if said in self.sides else {}
                roles.setdefault(folded(name), {"attendance": "attended"}).update(side)
                roles[folded(name)] |= (
                    {"attendance": "excused"} if role == "excused" else {"role": role} if role != "present" else {}
                )
        return people_into(made, [HEAD, *rows.values()], roles)

    def _minute(self, made: ListDrafts, said: _Said, at: int, ids: tuple[str, str], _: dict[str, str]) -> None:
        entry = {"owner": ids[0], "type": said.type, "text": in_languages(said.text, made.lang)}
        made.add("minute_entry", ids[1], at, entry | {"pos": place_in_order(at)})

    def _action(self, made: ListDrafts, said: _Said, at: int, ids: tuple[str, str], people: dict[str, str]) -> None:
        """Make an action: who does it by when stand in labelled parts, behind @, or at its end."""
        labelled = () if said.who or said.due else reversed(list(_OF_ACTION.parts(said.text)))
        parts = {means or "text": text for means, _, text in labelled}
        text = parts.get("text", said.text).strip(" ,，;；(（—–-")
        who, due = said.who or parts.get("who", ""), said.due or parts.get("due", "")
        if not who and not due:
            text, who, due = self._tail(text)
        called = f"@{who}" if who and "@" not in who else who
        read = read_minutes(" ".join(filter(None, (">", text, called, _day_of(due)))), self.today)
        words_left = _PART_OF_MONTH.search(due) or _plain(self._due(due)) != "x"
        if due and (read.due is None or words_left):  # "mid July" is July, and the word is told
            made.note(text[:40], due)
        made.read += [said.text, said.who, said.due]
        name = who or (read.person.words if read.person else "")
        if name and (kind_of_words(name) == Kind.ORGANISATION or len(list(people_of_line(name))) != 1):
            made.note(text[:40], name)
            name = ""
        values = {
            "owner": ids[0], "status": "open", "pos": place_in_order(at),
            "text": in_languages(text if who or due else _plain(read), made.lang),
            "person": made.somebody(name.lstrip("@＠ "), people) if name else None,
            "due": read.due.edtf if read.due else None,
        }  # fmt: skip
        made.add("action_item", ids[1], at, values)

    def _tail(self, text: str) -> tuple[str, str, str]:
        """Return an action, and who and by when where both stand at its end: ``… (Nowak, 5 Dec)``."""
        tail = _TAIL.search(text)
        said = re.split(r"\s*[,，;；/]\s*|\s+(?=by\s|bis\s|entro\s)", next(filter(None, tail.groups()))) if tail else []
        dues = [part for part in said if self._due(part).due is not None]
        if not tail or len(dues) != 1 or len(said) > 2:
            return text, "", ""
        who = next((part for part in said if part not in dues), "")
        return text[: tail.start()].strip(), who, dues[0]

    def _due(self, said: str) -> MinutesLine:
        """Read words as the end of an action "x"."""
        return read_minutes(f"> x {_day_of(said)}", self.today)


def _day_of(due: str) -> str:
    """Return the day or month of words that say by when; a whole day in figures."""
    said = _PART_OF_MONTH.sub("", _BY.sub("", due))
    at, end, day = next(iter(placed_dates(said)), (0, 0, None))
    return said[:at] + day.edtf + said[end:].lstrip("之以前") if day and is_day(day.edtf) else said


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


def _plain(read: MinutesLine) -> str:
    """Return the text of a line in one, Chinese behind."""
    return " ".join(text for _, text in sorted((read.text or {}).items(), key=lambda each: each[0] == "zh"))
