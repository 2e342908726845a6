"""Deeds offered by the search: a paper of the record shown, its signing, another status; and a new record with a name."""

from __future__ import annotations

from collections.abc import Iterator

from ucapdesk.base.fold import fold_accents
from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.quick_create import can_begin
from ucapdesk.model.rules.agreement_rules import awaits_signature
from ucapdesk.services.records import records, search
from ucapdesk.ui.lists.empty_state import in_sentence
from ucapdesk.ui.window.command_table import Deed
from ucapdesk.ui.window.commands.command_context import CommandContext

LONGEST_NAME = 200
MAX_SURE_DEEDS = 8
"""Number of deeds that stand before the records found; more letters lead to the others."""


def offered(at: CommandContext, typed: str) -> tuple[list[Deed], list[Deed]]:
    """Return the deeds that typed words name: those of which each word begins one of theirs, and those found by their reading."""
    deeds = list(_of_record(at))
    found = [deeds[int(n)] for n in search.named(typed, {f"{n}": deed.title for n, deed in enumerate(deeds)})]
    sure = [deed for deed in found if _begins(typed, deed.title)]
    return [*_new(at, typed), *sure[:MAX_SURE_DEEDS]], [deed for deed in found if deed not in sure]


def _begins(typed: str, title: str) -> bool:
    """Return whether each word begins a word of a title, or stands in it where words are not parted."""
    folded = f" {fold_accents(title)}"
    words = fold_accents(typed).split()
    return bool(words) and all(f" {word}" in folded or (not word.isascii() and word in folded) for word in words)


def _of_record(at: CommandContext) -> Iterator[Deed]:
    """Yield what can be done to the record shown."""
    record = at.living
    if record is None:
        return
    about = dotted(KINDS[at.kind].label(), " ".join(records.title(at.desk, at.shown).split()))
    if at.writable and at.kind == "agreement" and awaits_signature(record):
        yield Deed(tr("mou", "Mark as signed…"), about, "record.sign")
    from ucapdesk.papers.paper_catalogue import documents

    for document in documents():
        if at.kind in document.kinds:
            title = tr("window", "Print: {paper}", paper=document.labels[language()])
            yield Deed(title, about, "record.print_paper", (document.name,))
    status = KINDS[at.kind].fields.get("status")
    if status is not None and status.meta.codes and at.writable:
        for code in codes(status.meta.codes):
            if code != getattr(record, "status", None) and not (at.kind == "agreement" and code == "signed"):
                title = tr("window", "Set status: {status}", status=status.code_label(code))
                yield Deed(title, about, "record.set_status", (code,))


def _new(at: CommandContext, typed: str) -> Iterator[Deed]:
    """Yield the record that “new person Anna Nowak” makes."""
    said = " ".join(typed.split())
    for kind in LISTED.values() if at.writable else ():
        if not kind.owners and can_begin(kind):
            for lang in dict.fromkeys((language(), "en")):
                begin = tr("list", "New {kind}", lang, kind=kind.label(lang))
                name = said[len(begin) :].strip(" :：，,")
                names = len(name) < LONGEST_NAME and any(map(str.isalnum, name))
                if names and said.casefold().startswith(begin.casefold()):
                    title = tr("window", "New {kind}: {name}", kind=in_sentence(kind.label()), name=name)
                    parts = tr("window", "Name, post, organisation, city: with commas between")
                    yield Deed(title, parts if kind.name == "person" else "", "record.new_named", (kind.name, name))
                    break
