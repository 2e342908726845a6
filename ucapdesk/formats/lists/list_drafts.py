"""The drafts of the records of a list, and what of it has no place in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from ucapdesk.base.i18n import tr
from ucapdesk.base.ids import ID, derived_id
from ucapdesk.formats.address_words import takes_leave
from ucapdesk.formats.glance.provenance import PARTING, PaperText, words
from ucapdesk.formats.glance.record_drafts import RecordDraft
from ucapdesk.formats.lists.list_file import ListFile, whole_row
from ucapdesk.formats.paper_contents import Accounted
from ucapdesk.formats.phrases.field_labels import key_of_head
from ucapdesk.formats.phrases.small_texts import folded_nfkc, in_languages, language_of_text, plain_person
from ucapdesk.model.text.person_names import HAN_NAME

# The number of a passport or of an identity card.
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?:(?=(?:[A-Z]*\d){4})(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8,10}|\d{17}[\dXx])(?![A-Za-z0-9])"
)
# The same, or one in figures alone, as British and American passports have; in a remark that is a telephone number.
_IN_A_ROW = re.compile(rf"{_NUMBER.pattern}|(?<![\w+])\d{{9}}(?!\w)", re.IGNORECASE)
_SECRET_WORDS = re.compile("护照|護照|证件号|身份证|passport|pasaporte|passaporto|reisepass|passnummer", re.IGNORECASE)
# The end of a greeting or a sentence, or one that goes on; "Programm 3.–6.5." and "… Co., Ltd." are titles.
_SENTENCE = re.compile(r"(?:[,，!！。:：]|[^\W\d_]{5,}\.|[)）]\.)$|^[a-zß-ÿ][a-zß-ÿ]* ")
# What is kept on this laptop alone, in protected workspaces; never with the source, which goes to other desks.
SECRET = frozenset(["passport", "passport_expires", "id_number"])


@dataclass(frozen=True, slots=True)
class ListTarget:
    """Where the rows of a list go.

    Attributes:
        owner: The visit, meeting or point in which people take part; the visit to which a programme belongs.
        side: The travelling side of a visit.
        days: Its first and last day as ISO texts.
        secret: Whether numbers of passports may be kept.
        in_groups: Whether those who take part come or receive, as in a visit.
        hosts: Whether they receive; None where the titles of the list say so.
        day: The day of hours that stand before any day.
        cities: The sides of those who meet, by their names.
    """

    owner: str = ""
    side: str | None = None
    days: tuple[str, str] | None = None
    secret: bool = False
    in_groups: bool = True
    hosts: bool | None = None
    day: str = ""
    cities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """Words of a list that no field took; ``secret`` ones are told but not kept."""

    where: str
    text: str
    secret: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


@dataclass(slots=True)
class ListDrafts:
    """A list as drafts of records, and what of it has no place.

    Attributes:
        lang: The language of its Latin texts.
        heads: The heads of its columns, which are labels.
        read: Cells that became dates, hours or codes.
        hidden: Numbers of passports as they stand in the file.
        named: People of whom only these words are known, by their ids.
        kind: The kind whose list shows what was made, where the target does not say.
    """

    file: ListFile
    target: ListTarget
    source: str
    lang: str = "en"
    drafts: list[RecordDraft] = field(default_factory=list)
    not_placed: list[NotPlaced] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)
    kind: str = ""

    @classmethod
    def of(cls, file: ListFile, target: ListTarget) -> ListDrafts:
        """Return the drafts of a file, none yet."""
        said = " ".join(file.lines)
        made = cls(file, target, derived_id("glance", "list", file.sha256), language_of_text(said))
        for name in file.unread:
            alone = name.lower().endswith((".ics", ".vcf"))
            where = tr("import", "An attached file to import by itself") if alone else ""
            made.note(where or tr("import", "An attached file cannot be read"), name)
        return made

    def id(self, kind: str, *said: str) -> str:
        return derived_id("glance", "list", kind, folded_nfkc(" ".join(said)))

    def add(self, kind: str, id_: str, position: int | str, values: Mapping[str, Any]) -> str:
        """Add a draft without empty values; return its id."""
        kept = {name: value for name, value in values.items() if value not in (None, "", [], {})}
        self.drafts.append(RecordDraft(kind, id_, str(position), kept))
        return id_

    def somebody(self, name: str, people: dict[str, str]) -> str:
        """Return the person whom a name means: the only one of ``people`` that it fits, else a new one."""
        words = set(folded_nfkc(name).split())
        fitting = {
            id_
            for known, id_ in people.items()
            if words <= set(known.split()) or (HAN_NAME.search(name) and folded_nfkc(name) in known)
        }
        if len(fitting) == 1:
            return fitting.pop()
        id_ = people[folded_nfkc(name)] = self.id("person", name)
        self.named[id_] = name
        return self.add("person", id_, 1, {**plain_person(name), "source": self.source})

    def note(self, where: str, text: str, *, secret: bool = False) -> None:
        self.not_placed.append(NotPlaced(where, text, secret))

    def note_rows(self, table: Sequence[Sequence[str]]) -> None:
        for text in filter(None, map(whole_row, table)):
            self.note("", text)

    def left_of(
        self, where: str, cells: Iterable[tuple[str, str]], said: Iterable[RecordDraft], known: set[str]
    ) -> None:
        """Note the words of cells, each with its head, that are neither in the drafts of their row nor known otherwise."""
        texts = (text for draft in said if draft.kind != "country" for text in _texts(draft.values))
        held = set(words(" ".join(texts).casefold()))
        for head, cell in cells:
            if cell in known:
                self.read.append(cell)
                continue
            if [word for word in words(cell.casefold()) if word not in held | PARTING]:
                self.note(f"{where}, {head}" if head else where, cell)

    @property
    def accounted(self) -> Accounted:
        told = [f"{each.where} {each.text}" for each in self.not_placed]
        return PaperText(self.file.lines).account(self.drafts, told, self.heads, self.read)

    def titled(self, titles: Sequence[str]) -> ListDrafts:
        """Return the list finished under its title; a mail that begins with a greeting is called by its subject, else by its file. Other lines are noted."""
        above = takewhile(lambda text: not takes_leave(text), titles[:2])
        title = next((text for text in above if not _SENTENCE.search(text.rstrip())), "")
        for text in dict.fromkeys(titles):
            if text != title and text not in self.read:
                self.note("", text)
        return self.finished(title or self.file.subject or re.sub(r"\.\w+$", "", self.file.name))

    def finished(self, title: str) -> ListDrafts:
        """Return the list with its source document before all other drafts."""
        told = (*self.heads, *(each.text for each in self.not_placed))
        if any(map(_SECRET_WORDS.search, told)) or SECRET & set(map(key_of_head, self.heads)):
            self._hide_numbers()
        rows = [[self._kept(cell) for cell in row] for table in self.file.tables for row in table]
        shown = (each for each in self.not_placed if not each.secret)
        left = [{"code": "left_over", "row": each.where, "args": {"print": each.text}} for each in shown]
        values = {
            "title": in_languages(title, self.lang), "file_name": self.file.name, "sha256": self.file.sha256,
            "rows": json.dumps([[self._kept(text)] for text in self.file.outside] + rows, ensure_ascii=False),
            "oddities": json.dumps(left, ensure_ascii=False),
        }  # fmt: skip
        self.drafts.insert(0, RecordDraft("source_document", self.source, "1", values))
        return self

    def _hide_numbers(self) -> None:
        """Take numbers of passports out of what was noted as it stands, such as a row that was crossed out."""
        for at, each in enumerate(self.not_placed):
            number_in = _NUMBER if each.where else _IN_A_ROW
            found = [] if each.secret else number_in.findall(each.text)
            self.hidden.update(found)
            self.not_placed += [NotPlaced(each.where, number, secret=True) for number in found]
            if found:
                self.not_placed[at] = NotPlaced(each.where, number_in.sub("…", each.text))

    def _kept(self, cell: str) -> str:
        if cell in self.hidden:
            return "…"
        return _IN_A_ROW.sub(lambda found: "…" if found[0] in self.hidden else found[0], cell)


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in a value; no ids, and no names of languages and parts."""
    if isinstance(value, str):
        yield from () if ID.fullmatch(value) else (value,)
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)


def place_in_order(number: int) -> str:
    """Return a place in a list with room before, between and after, in the store's format."""
    return f"{chr(ord('b') + min(number // 100, 20))}{number % 100:02}V"
