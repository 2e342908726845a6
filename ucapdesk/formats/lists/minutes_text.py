"""Reads minutes written as text, as in an e-mail: who was there, what was said and decided, who does what by when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ucapdesk.formats.glance.contact_pieces import Kind
from ucapdesk.formats.glance.dates_in_text import DateStyle, placed_dates
from ucapdesk.formats.glance.paper_languages import in_languages
from ucapdesk.formats.glance.text import folded, squash
from ucapdesk.formats.lists.hours import hours_said
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget, place_in_order
from ucapdesk.formats.lists.list_file import ListFile
from ucapdesk.formats.lists.mail_thread import mails_in
from ucapdesk.formats.lists.minutes_lines import ENTRIES, LABELS, OF_ACTION, PEOPLE, TITLE, MinutesEntry, MinutesLines
from ucapdesk.formats.lists.people_list import people_into
from ucapdesk.formats.lists.programme_days import WEEKDAY
from ucapdesk.formats.lists.text_lines import bare_lines
from ucapdesk.formats.lists.whose_people import kind_of_words, name_and_post, people_of_line
from ucapdesk.formats.people_rows import apart, look_at
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.rules.names import HAN_NAME
from ucapdesk.model.text.parse.minutes_line import ACTION, MINUTE_MARKS, MinutesLine, read_minutes
from ucapdesk.model.values import PartialDate

LONGEST_HEAD = 20
"""Lines among which a title and what stands below it are."""
_PART_OF_MONTH = re.compile(r"(?<=月)(?:[上中下]{1,2}旬|[初中])(?:[之以]?前)?$")
_TOLD = re.compile(r"[)）\s]*[,，(（]\s*")
"""What stands before the post and the organisation of somebody."""
_TAIL = re.compile(
    r"\s*(?:[(（\[]([^()（）\[\]]{3,80})[)）\]]|\s[—–-]\s?([^—–]{3,80})|→\s?(.{3,80})|[，,]\s?([^，,]{2,30}前)(?:完成|提交|落实|办结))\s*[.。]?$"
)
_PARTED = re.compile(r"\s*(?:[,，;；]|(?<!\d)/|/(?!\d))\s*|\s+(?=by\s|bis\s|entro\s)")
_LEADS = re.compile(r"([\u3400-\u9fff·]{2,12}?)(?:负责|牵头)")
"""Who sees to it, with what they do behind: 欧阳建国负责提交草案."""
_BY = re.compile(r"^(?:by|until|before|due|bis|entro|antes|para|于|在)\s+(?:(?:the|il|del?|el|zum)\s+)?", re.IGNORECASE)
HEAD = ["Name", "Post", "Organisation", "E-mail", "Telephone"]


def is_minutes(file: ListFile) -> bool:
    """Return whether a text is minutes: it says so in its title, or holds decisions and actions or people."""
    return any(_reads(mail) for mail, _ in mails_in(file.lines))


def _reads(said: Sequence[str]) -> bool:
    """Return whether lines are minutes."""
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
    """Makes drafts of minutes that were read."""

    minutes: MinutesLines
    made: ListDrafts
    today: date

    def drafts(self, visit: str) -> ListDrafts:
        """Return the drafts of the meeting, its people, its agenda and its entries."""
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
        """Return the meeting, with what the minutes say of it as a whole."""
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
                houses = [said for said in more if kind_of_words(said) == Kind.ORGANISATION]
                one = "某" if HAN_NAME.match(name) else name  # which only has to be told from a post
                told = look_at([one, *(said for said in more if said not in houses)]) if more else {"post": post}
                told |= {"organisation": ", ".join(houses)} if houses else {}
                row = [name, *(told.get(key, "") for key in ("post", "organisation", "email", "phone"))]
                key = folded(apart(name)[1])
                rows[key] = [max(said, key=len) for said in zip(rows.get(key, row), row, strict=True)]
                side = {"side": self.minutes.sides[said]} if said in self.minutes.sides else {}
                part = roles.setdefault(key, {"attendance": "attended"})
                part |= side | (
                    {"attendance": "excused"} if role == "excused" else {"role": role} if role != "present" else {}
                )
        return people_into(self.made, [HEAD, *rows.values()], {folded(row[0]): roles[key] for key, row in rows.items()})

    def _action(self, said: MinutesEntry, people: dict[str, str]) -> dict[str, object]:
        """Return the values of an action: who does it by when stand in labelled parts, behind @, or at its end."""
        made = self.made
        labelled = () if said.who or said.due else reversed(list(OF_ACTION.parts(said.text)))
        parts = {means or "text": text for means, _, text in labelled}
        text = parts.get("text", said.text).strip(" ,，;；/(（—–-")
        who, due = said.who or parts.get("who", ""), said.due or parts.get("due", "")
        if not who and not due:
            text, who, due = self._tail(text)
        if not who and (lead := _LEADS.match(text)) and folded(lead[1]) in people:
            who = lead[1]
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
        if before and kind_of_words(name := next(filter(None, before.groups()))) == Kind.NAME:
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
    """Return the text of a line in one, Chinese behind."""
    return " ".join(text for _, text in sorted((read.text or {}).items(), key=lambda each: each[0] == "zh"))
