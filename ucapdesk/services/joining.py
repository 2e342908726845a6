"""Whoever joins a colleague's workspace: what came with the package, and which of the people in it they may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ucapdesk.base.fold import fold_accents
from ucapdesk.base.i18n import language
from ucapdesk.exchange import devices
from ucapdesk.model.values import PersonName
from ucapdesk.model.wording import title_of
from ucapdesk.services import records
from ucapdesk.store.desk import Desk

WORK = (("contact_role", "person"), ("action_item", "person"), ("participation", "person"))
"""Where people stand who work on it: contacts first, then who has something to do, then who takes part."""
MOST = 8
TOLD = ("ucap", "visit", "meeting", "agreement", "person", "organisation")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who may be sitting there: a key of plain letters, and the name in the reader's language."""

    key: str
    name: str


def newcomers(desk: Desk) -> list[Newcomer]:
    """The people who work on it, those named most first, then who wrote in it; each once."""
    found: dict[str, None] = {}
    for kind, field in WORK:
        found |= dict.fromkeys(id_ for id_, _ in desk.read.in_use(kind, field))
    others = [each for each in devices.listed(desk) if each.trust != devices.ME]
    people: list[Any] = [one for one in records.several(desk, [*found][: 3 * MOST]) if not one.is_deleted]
    named = {_key(person.name, title_of(person, language())): title_of(person, language()) for person in people}
    written = {_key(None, each.person): each.person for each in others if each.person}
    both = {key: name for key, name in {**named, **written}.items() if key and name}
    return [Newcomer(key, name) for key, name in list(both.items())[:MOST]]


def _key(name: object, title: str) -> str:
    """``chenyan``: the name in plain letters, or in whatever it is written."""
    latin = f"{name.family or ''}{name.given or ''}" if isinstance(name, PersonName) else ""
    return re.sub(r"\W|_", "", fold_accents(latin or title))


def contents(desk: Desk) -> Sequence[tuple[str, int]]:
    """How much there is of what matters most: kind and number."""
    counted = ((kind, records.count(desk, kind)) for kind in TOLD)
    return [(kind, n) for kind, n in counted if n]
