"""Known counterparts of terms in the other language: from the glossary, the code lists, or texts written before.

Nothing is ever filled in: a counterpart is offered, and whoever writes takes it or leaves it. The glossary of the workspace
comes before our own lists, which are drafts where nobody has reviewed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.grouping import grouped
from ucapdesk.model.codes import codes, folded
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import GlossaryTerm
from ucapdesk.model.values import Bilingual
from ucapdesk.store.desk import Desk

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
