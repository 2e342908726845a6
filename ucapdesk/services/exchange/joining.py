"""Joining a colleague's workspace: what the package contains, and who among its people the user may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ucapdesk.base.fold import fold_accents
from ucapdesk.base.i18n import language
from ucapdesk.exchange.trust import devices
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.values import PersonName
from ucapdesk.services.records import records
from ucapdesk.store.desk import Desk

WORK = (("contact_role", "person"), ("action_item", "person"), ("participation", "person"))
"""Roles of people who work in the workspace: contacts first, then those with actions, then participants."""
MAX_PEOPLE_OFFERED = 8
TOLD = ("ucap", "visit", "meeting", "agreement", "person", "organisation")


def newcomers(desk: Desk) -> dict[str, str]:
    """Return who the user may be, by the name in plain letters: who works in the workspace, the most frequent first, then its authors."""
    found = dict.fromkeys(id_ for kind, field in WORK for id_, _ in desk.read.in_use(kind, field))
    others = [each for each in devices.listed(desk) if each.trust != devices.ME]
    people: list[Any] = [one for one in desk.read.many([*found][: 3 * MAX_PEOPLE_OFFERED]) if not one.is_deleted]
    named = {_key(person.name, title_of(person, language())): title_of(person, language()) for person in people}
    written = {_key(None, each.person): each.person for each in others if each.person}
    both = {key: name for key, name in {**named, **written}.items() if key and name}
    return dict([*both.items()][:MAX_PEOPLE_OFFERED])


def _key(name: object, title: str) -> str:
    """Return ``chenyan``: the name in plain letters, or in its own script."""
    latin = f"{name.family or ''}{name.given or ''}" if isinstance(name, PersonName) else ""
    return re.sub(r"\W|_", "", fold_accents(latin or title))


def contents(desk: Desk) -> Sequence[tuple[str, int]]:
    """Return kind and number of the most important records."""
    return [(kind, n) for kind in TOLD if (n := records.count(desk, kind))]
