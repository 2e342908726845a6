"""Changes in the records of a paper since it was printed: new, gone or different.

Told from the history of the records that the paper would be made of today, and of what was taken out of them; nothing
that its readers may not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.blocks.content import Block, Cell, Group
from ucapdesk.briefing.blocks.elements import Words
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, Participation, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values.cells import TextType
from ucapdesk.papers.facts.parts import cell, column, label, table
from ucapdesk.papers.facts.wording import combined, in_all, of_code, when
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.store.read import history_in_words as history

STATE = ".state"
TOO_SHORT = 2
"""Letters that would be found anywhere."""
_CLOCK = re.compile(r" ?[(（][^()（）]+[)）]")
UNTOLD = frozenset({"pos", "owner"})


@dataclass
class Change:
    """The change of one field of a record.

    Attributes:
        of: The field.
        before: The old value, by language; empty for nothing.
        after: The new value.
    """

    of: KindField
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)


@dataclass
class Changed:
    """A record that is new, gone or different."""

    record: Record
    what: str
    """``new``, ``gone``, ``off`` (cancelled) or ``changed``."""
    changes: list[Change] = field(default_factory=list)


def changes_since(reader: RedactedReader, pack: Pack) -> list[Changed]:
    """Return the changes in the records of a pack since its record was created.

    Args:
        reader: What the pack read when it was made again today.
        pack: The pack.
    """
    first = next(iter(reader.desk.history(pack.id)), None)
    if first is None:  # nothing is written of it, also not when it was printed
        return []
    since = first.n
    found = [_changed(reader, record, since) for record in list(reader.seen.values())]
    found += [_gone(reader, record, since) for record in _hidden(reader)]
    return [each for each in found if each is not None]


def _changed(reader: RedactedReader, record: Record, since: int) -> Changed | None:
    one = reader.as_one(record)
    written = [change.n for id_ in one for change in reader.desk.history(id_)]
    if not written or max(written) <= since:
        return None
    if min(written) > since:
        return Changed(record, "new")
    changes: dict[_Written, Change] = {}
    for lang in LANGUAGES:
        told = [_told(reader, record, history.of(reader.desk, id_, lang), lang) for id_ in one]
        for key in [key for each in told for key, entries in each.items() if any(entry.n > since for entry in entries)]:
            change = changes.setdefault(key, Change(KINDS[type(record).__tablename__].fields[key[0]]))
            said = [each[key] for each in told if key in each]
            change.before[lang] = next(filter(None, (_before(entries, since) for entries in said)), "")
            change.after[lang] = next(filter(None, (entries[-1].after for entries in said)), "")
    left = [change for change in changes.values() if change.before != change.after]
    off = is_called_off(record) and any(change.of.name == "status" for change in left)
    return Changed(record, "off" if off else "changed", left) if left else None


_Written = tuple[str, str]
"""The name of a field, and of a set the member."""


def _told(
    reader: RedactedReader, record: Record, entries: Iterable[history.HistoryEntry], lang: str
) -> dict[_Written, list[history.HistoryEntry]]:
    """Return a history by field. A text is told in each language by itself, so that both stand in one row; of a set every member is
    told.
    """
    known = ((_known(reader, record, entry, lang), entry) for entry in entries)
    return grouped(((of.name, f"{entry.old or entry.new}" if of.is_set else ""), entry) for of, entry in known if of)


def _before(entries: Sequence[history.HistoryEntry], since: int) -> str:
    """Return the value before the first entry since; where there is none, the one it has."""
    return next((entry.before for entry in entries if entry.n > since), entries[-1].after)


def _known(reader: RedactedReader, record: Record, entry: history.HistoryEntry, lang: str) -> KindField | None:
    """Return the field of an entry, if its language and these readers are meant."""
    name, _, part = entry.field.partition(".")
    known = KINDS[type(record).__tablename__].fields.get(name)
    if known is None or name in UNTOLD or entry.field.endswith(STATE) or (part in LANGUAGES and part != lang):
        return None
    return known if reader.circle.sees(known, private=reader.private) else None


def _hidden(reader: RedactedReader) -> Iterator[Record]:
    """Yield the parts of the pack's records that are in the Trash now."""
    for record in list(reader.seen.values()):
        for kind in KINDS[type(record).__tablename__].children:
            if kind.name not in ("pack", "attachment") and not kind.cls.reserved:
                yield from reader.desk.read.children(record.id, kind.cls, hidden=True)


def _gone(reader: RedactedReader, record: Record, since: int) -> Changed | None:
    """Return a record that disappeared since the pack; None for one created after it."""
    told = reader.desk.history(record.id)
    if not reader.may_read(record) or not told or told[0].n > since or told[-1].n <= since:
        return None
    return Changed(record, "gone")


# -- where it is told -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A numbered section of a pack with what it was made of.

    Attributes:
        number: Its number.
        label: Its heading.
        seen: The records it read, the visit itself only where that is told of.
        text: Everything it says, in all languages.
    """

    number: str
    label: Message
    seen: Mapping[str, Record]
    text: str


def is_told(each: Changed, told: NumberedSection) -> bool:
    """Return whether a section says something else now. A gone or cancelled record was in the section of its kind."""
    if each.what == "off" and isinstance(each.record, Meeting):  # as a point of the programme too
        kinds: tuple[type[Record], ...] = (Meeting, ItineraryItem)
        return any(_is_named(one, told) for one in told.seen.values() if isinstance(one, kinds))
    if each.what == "gone":
        owner = getattr(each.record, "owner", None)
        kin = [r for r in told.seen.values() if type(r) is type(each.record) and getattr(r, "owner", None) == owner]
        return any(_is_named(one, told) for one in kin)
    if each.record.id not in told.seen:  # of the visit itself, what stands there word for word
        return isinstance(each.record, Visit) and any(_word_for_word(c) and _is_said(c, told) for c in each.changes)
    return (
        _is_named(each.record, told) if each.what == "new" else any(_shows(c, each.record, told) for c in each.changes)
    )


def _is_named(record: Record, told: NumberedSection) -> bool:
    return any(title_of(record, lang) in told.text for lang in LANGUAGES)


def _shows(change: Change, record: Record, told: NumberedSection) -> bool:
    """Return whether a section shows a change: texts are searched word for word, for dates and codes the record is searched."""
    in_words = any(change.after.values()) and _word_for_word(change)
    return _is_said(change, told) or (not in_words and _is_named(record, told))


def _is_said(change: Change, told: NumberedSection) -> bool:
    texts = (text.strip() for text in change.after.values())
    return any(len(text) > TOO_SHORT and text in told.text for text in texts)


def _word_for_word(change: Change) -> bool:
    return bool(change.of.type.keyed or (isinstance(change.of.type, TextType) and not change.of.meta.codes))


# -- in words -------------------------------------------------------------------------------------

WHAT = {"new": Message("paper", "New"), "gone": Message("paper", "No longer"), "changed": Message("paper", "Changed")}


def change_table(reader: RedactedReader, changed: Sequence[Changed]) -> list[Block]:
    columns = (
        column(Message("paper", "What"), 44),
        column(Message("paper", "Before"), 58),
        column(Message("paper", "Now"), 58),
    )
    rows: list[tuple[Cell, ...] | Group] = []
    for each in _once(changed):
        rows.append(Group(_head(reader, each)))
        rows += [(cell(in_all(c.of.label)), cell(_words(c.before)), cell(_words(c.after))) for c in each.changes]
    return table(columns, rows)


def _once(changed: Sequence[Changed]) -> Iterator[Changed]:
    """Yield the changes, those of a programme item without what its meeting or its transport tells just so; who is new as a
    participant is not told again as a new person.
    """
    joined = {each.record.person for each in changed if each.what == "new" and isinstance(each.record, Participation)}
    told = {each.record.id: [_said(c) for c in each.changes] for each in changed}
    for each in changed:
        if each.what == "new" and isinstance(each.record, Person) and each.record.id in joined:
            continue
        if not isinstance(each.record, ItineraryItem) or each.what != "changed":
            yield each
            continue
        known = [*told.get(each.record.meeting or "", ()), *told.get(each.record.transport or "", ())]
        own = [c for c in each.changes if _said(c) not in known]
        if own:
            yield Changed(each.record, each.what, own)


def _said(change: Change) -> tuple[str, list[str]]:
    """Return what a change says; of hours, whether or not their clock is named."""
    texts = [*change.before.values(), *change.after.values()]
    return change.of.name, [_CLOCK.sub("", text) for text in texts] if change.of.name == "when" else texts


def _head(reader: RedactedReader, each: Changed) -> Words:
    """Return ``Changed: Programme item, Talks on hydrogen buses, Tue 24 Nov 2026, 10:00–12:00``, by which the record is found.

    What was called off is headed by its status: ``Cancelled``, ``Postponed``.
    """

    def names(lang: str) -> str:
        return reader.desk.read.titles([each.record.id], lang).get(each.record.id) or title_of(each.record, lang)

    kind = KINDS[type(each.record).__tablename__]
    off = each.what == "off"
    what = of_code(kind.fields["status"].meta.codes, each.record.status) if off else label(WHAT[each.what])  # type: ignore[attr-defined]
    moment = getattr(each.record, "when", None)
    found = [what, in_all(kind.label), in_all(names), *([when(moment, zone=False)] if moment else [])]

    def said(words: Sequence[str], lang: str) -> str:
        first, thing, *name = words
        return f"{first}：{thing} {'，'.join(name)}" if lang == "zh" else f"{first}: {', '.join((thing, *name))}"

    return combined(found, said)


def _words(said: dict[str, str]) -> Words:
    return Words({lang: text for lang, text in said.items() if text}, dict.fromkeys(LANGUAGES, "same"))
