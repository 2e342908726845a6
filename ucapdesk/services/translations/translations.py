"""Texts that lack a translation: listed, and translated one after another.

What is done here says of a text what a person said: that it is translated, right as it stands, the same, or not needed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGES, language, pair
from ucapdesk.model.codes import codes, folded
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.paper_kinds import GlossaryTerm
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.listing import TEXTS, Condition
from ucapdesk.model.record import OWN_NOTES, Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import BilingualType, text_hash
from ucapdesk.services.records.records import children, get
from ucapdesk.store.desk import Desk

WORK_STATES = ("missing", "outdated", "draft")  # The states that need work, the most urgent first
NOT_OURS = ("country", "source_document")


@dataclass(frozen=True, slots=True)
class Item:
    """One text to translate.

    Attributes:
        id: Its record.
        field: The field.
        where: The kind of the record and the field, in words.
        title: What the record is called, with what it belongs to.
        source: The language it is translated from.
        target: The language it is translated into.
        state: ``missing``, ``outdated`` or ``draft``.
        text: In the source language.
        translation: In the target language, if there is one.
        long: Whether it has several lines.
    """

    id: str
    field: str
    where: str
    title: str
    source: str
    target: str
    state: str
    text: str
    translation: str
    long: bool

    @property
    def key(self) -> str:
        """The key of the text in files for translators: record, field, which source is translated, and how until now."""
        return f"{self.id}.{self.field}.{self.target}.{text_hash(self.text)[:8]}.{text_hash(self.translation)[:8]}"


# -- the list -------------------------------------------------------------------------------------


def worklist(
    desk: Desk, target: str, source: str | None = None, *, among: Collection[str] | None = None,
    states: Collection[str] = WORK_STATES, limit: int | None = None,
) -> list[Item]:  # fmt: skip
    """Return the texts to be translated into a language, kind by kind, the most urgent first.

    Args:
        desk: The workspace.
        target: The language they lack.
        source: The language to translate from; by default the reader's own pair, else whatever there is.
        among: Only those of these records.
        states: Only those that stand so.
        limit: Not more than so many, the most urgent.
    """
    found: list[tuple[Record, KindField, str]] = []
    for kind in LISTED.values():
        texts = [field for field in kind.fields.values() if isinstance(field.type, BilingualType)]
        texts = [field for field in texts if field.name not in OWN_NOTES]
        if not texts or kind.name in NOT_OURS:
            continue
        ids = desk.read.ids(kind.name, conditions=[Condition(TEXTS, (f"{target}.missing", "draft", "outdated"))])
        ids = [id_ for id_ in ids if among is None or id_ in among]
        for record in desk.read.page(kind.cls, ids):
            for field in texts:
                state = _state(getattr(record, field.name), target, source)
                if state in states and not (state == "missing" and field.meta.untranslated):
                    found.append((record, field, state))
    found.sort(key=lambda each: WORK_STATES.index(each[2]))
    return _told(desk, found[:limit], target, source)


def items_of(desk: Desk, texts: Sequence[tuple[str, str, str]]) -> list[Item]:
    """Return given texts (record, field, language) as a worklist, without those that need nothing."""
    wanted = dict.fromkeys((id_, field.partition(".")[0], lang) for id_, field, lang in texts)
    there = {record.id: record for record in desk.read.many([id_ for id_, _, _ in wanted])}
    found: list[Item] = []
    for id_, name, lang in wanted:
        record = there.get(id_)
        field = KINDS[type(record).__tablename__].fields.get(name) if record is not None else None
        if record is None or field is None or not isinstance(field.type, BilingualType):
            continue
        if state := _state(getattr(record, name), lang, None):
            found += _told(desk, [(record, field, state)], lang, None)
    return found


def _state(value: Bilingual | None, target: str, source: str | None) -> str:
    """Return the state of a text in a language; empty where there is nothing to do."""
    if not value or not _source_of(value, target, source):
        return ""
    state = value.state(target, _source_of(value, target, source))
    return state if state in WORK_STATES else ""


def _source_of(value: Bilingual, target: str, source: str | None) -> str:
    order = (source, *pair(), *LANGUAGES) if source else (*pair(), *LANGUAGES)
    return next((lang for lang in order if lang and lang != target and lang in value), "")


def _told(desk: Desk, found: Sequence[tuple[Record, KindField, str]], target: str, source: str | None) -> list[Item]:
    roots = desk.read.roots({record.id for record, _, _ in found})
    titles = desk.read.titles({*roots, *roots.values()}, language())
    items = []
    for record, field, state in found:
        value = getattr(record, field.name)
        kind = KINDS[field.kind]
        own, root = titles.get(record.id, ""), titles.get(roots.get(record.id, record.id), "")
        title = " › ".join(dict.fromkeys(filter(None, (" ".join(root.split()), " ".join(own.split())))))
        of = _source_of(value, target, source)
        items.append(
            Item(record.id, field.name, f"{kind.label()} › {field.label()}", title, of, target, state, value[of],
                 value.get(target, ""), field.meta.long)
        )  # fmt: skip
    return items


def within(desk: Desk, id_: str) -> list[str]:
    """Return a record with all its parts; for a visit also its meetings and participants."""
    found = dict.fromkeys(_below(desk, id_))
    for meeting in desk.read.ids(Meeting, where={"visit": id_}):
        found |= dict.fromkeys(_below(desk, meeting))
    linked = [link for record in desk.read.many(list(found)) for link in _linked(record)]
    for link in linked:
        found |= dict.fromkeys(_below(desk, link))
    return list(found)


def _below(desk: Desk, id_: str) -> list[str]:
    parts = [part for of_kind in children(desk, id_).values() for part in of_kind]
    return [id_, *(each for part in parts for each in _below(desk, part.id))]


def _linked(record: Record) -> list[str]:
    fields = (each for each in kind_of(record).fields.values() if not each.meta.owner)
    told = (each for each in fields if {*each.meta.kinds} & {"person", "place", "organisation"})
    return [link for field in told for link in field.links(getattr(record, field.name))]


# -- one text -------------------------------------------------------------------------------------


def current(desk: Desk, item: Item) -> Item:
    """Return the text in its present state, which is empty where nothing is left to do."""
    record = get(desk, item.id)
    value: Bilingual = getattr(record, item.field) or Bilingual()
    state = "" if record.is_deleted else _state(value, item.target, item.source)
    return replace(item, state=state, text=value.get(item.source, ""), translation=value.get(item.target, ""))


def translate(desk: Desk, item: Item, text: str) -> bool:
    """Write a translation, or confirm the existing one; return False where nothing was given."""
    text = text.strip()
    if not text:
        return False
    _write_one(desk, item, lambda value: translated(value, item, text, read=item.state != "missing"))
    return True


def mark(desk: Desk, item: Item, state: str) -> None:
    """Mark a text as the ``same`` in both languages, or ``not_needed`` in this one."""

    def said(value: Bilingual) -> Bilingual:
        if state == "same":
            value = value.put(item.target, value.get(item.source))
        return value.mark(item.target, state, item.source)

    _write_one(desk, item, said)


def translated(value: Bilingual, item: Item, text: str, *, read: bool) -> Bilingual:
    """Return the texts with a translation. ``read``: somebody compared it with its source: no draft, and not outdated."""
    if not read:
        return value.write(item.target, text)
    return value.put(item.target, text).mark(item.target, "reviewed", item.source)


def _write_one(desk: Desk, item: Item, change: Any) -> None:
    kind = KINDS[type(get(desk, item.id)).__tablename__]
    label = ["record.edit", {"id": item.id, "kind": kind.name, "fields": [f"{item.field}.{item.target}"]}]
    with desk.save(label) as work:
        record = work.get(kind.cls, item.id)
        setattr(record, item.field, change(getattr(record, item.field) or Bilingual()))


# Code lists whose labels are terms.
TERM_LISTS = ("glossary", "posts", "rank_levels", "organisation_type", "contact_role", "participation_role", "meeting_kind",
         "visit_kind", "place_kind", "agenda_kind", "agreement_type", "iuc_topics")  # fmt: skip
# Fields whose texts are terms wherever they occur again.
WRITTEN = {"affiliation": "post", "place": "name", "organisation": "name", "programme": "name", "theme": "name"}
MAX_TERM_CHARS, SHORTEST = 120, 2  # Length limits, in characters, of a text that can be a term as a whole
MAX_GLOSSARY_HITS = 40


@dataclass(frozen=True, slots=True)
class Term:
    """A term in two languages. ``instead``: ``source`` should not be used, and ``target`` is what is said instead of it."""

    source: str
    target: str
    instead: bool = False


def counterpart(desk: Desk, text: str, source: str, target: str) -> str:
    """Return the known counterpart of a whole text in another language; empty where there is none, or it is the same."""
    wanted = _bare(text)
    if not SHORTEST <= len(wanted) <= MAX_TERM_CHARS:
        return ""
    known = (each for each in _known(desk, text, source, target) if _bare(each.source) == wanted)
    return next((each.target for each in known if _bare(each.target) not in ("", wanted)), "")


def _known(desk: Desk, text: str, source: str, target: str) -> Iterator[Term]:
    yield from of_workspace(desk, source, target)
    found = _of_lists(source, target).get(_bare(text))
    if found is not None:
        yield found
    yield from _written(desk, text, source, target)


def of_workspace(desk: Desk, source: str, target: str) -> Iterator[Term]:
    for record in desk.read.listed(GlossaryTerm):
        term = record.term or Bilingual()
        if term.get(source) and term.get(target):
            yield Term(term[source], term[target])


@cache
def _of_lists(source: str, target: str, lists: tuple[str, ...] = TERM_LISTS) -> Mapping[str, Term]:
    """Return the labels of our code lists by term; where two differ, the first."""
    labels = (code.labels for name in lists for code in codes(name).values())
    terms = (Term(each[source], each[target]) for each in labels if each.get(source) and each.get(target))
    return {bare: known[0] for bare, known in grouped((_bare(term.source), term) for term in terms).items()}


def _written(desk: Desk, text: str, source: str, target: str) -> Iterator[Term]:
    hits = desk.read.search(text, kinds=tuple(WRITTEN), limit=MAX_GLOSSARY_HITS)
    for kind, ids in grouped((hit.kind, hit.id) for hit in hits).items():
        for record in desk.read.page(KINDS[kind].cls, ids):
            value = getattr(record, WRITTEN[kind])
            if isinstance(value, Bilingual) and value.get(source) and value.get(target):
                yield Term(value[source], value[target])


def occurring(desk: Desk, text: str, source: str, target: str) -> list[Term]:
    """Return the terms in a text, longer ones first; those of the workspace before those of our lists."""
    own = {_bare(term.source): term for term in of_workspace(desk, source, target)}
    known = {**_of_lists(source, target, ("glossary",)), **own}
    found = [term for term in known.values() if _occurs(term.source, text)]
    found.sort(key=lambda term: -len(term.source))
    kept: list[Term] = []
    for term in found:
        if not any(_occurs(term.source, longer.source) for longer in kept):
            kept.append(term)
    return kept


def avoided(desk: Desk, text: str, lang: str) -> list[Term]:
    """Return the terms of which a text uses a variant to avoid: ``source`` is the variant, ``target`` the term."""
    told = ((variant, record.term) for record in desk.read.listed(GlossaryTerm) for variant in record.avoid or ())
    terms = [Term(variant, (term or Bilingual()).get(lang, ""), instead=True) for variant, term in told]
    return [each for each in terms if each.target and _occurs(each.source, text) and not _occurs(each.target, text)]


def _occurs(term: str, text: str) -> bool:
    """Return whether a text has a term, in Latin script as whole words."""
    bare, within = folded(term), folded(text)
    if not bare:
        return False
    if HAN_RUN.search(bare):
        return bare in within
    return re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", within) is not None


def _bare(text: str) -> str:
    return " ".join(folded(text).split())
