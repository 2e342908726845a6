"""The sentence that tells what became of each word of a file: "nothing was left out" only where that was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ucapdesk.base.i18n import ntr, sentences, tr

if TYPE_CHECKING:
    from ucapdesk.formats.glance.glance_parts import Accounted


def say_accounted(found: Accounted) -> str:
    """Return how many words are in fields and labels, how many are only quoted as odd, and which reached none of them."""
    counts = {"n": found.words, "fields": found.fields, "labels": found.labels}
    said = tr("import", "{n} words: {fields} in fields, {labels} in labels.", **counts)
    if found.oddities:
        said = tr(
            "import", "{n} words: {fields} in fields, {labels} in labels, {odd} in no field but quoted as odd.",
            **counts, odd=found.oddities,
        )  # fmt: skip
    if not found.nothing:
        return sentences(said, tr("import", "Nothing was left out."))
    left = ntr("import", "{n} reached nothing: {words}.", "{n} reached nothing: {words}.", len(found.nothing),
               words=" ".join(dict.fromkeys(found.nothing)))  # fmt: skip
    return sentences(said, left)
