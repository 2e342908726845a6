"""Saved views: lists with a filter, an order and columns under a name; this person's own, so kept in the settings.

A view is no record: it is not given to colleagues, and leaves nothing in the log. Those of a protected workspace tell of its
records, so they are kept in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from ucapdesk.base import settings
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.i18n import joined, language
from ucapdesk.model.codes import folded
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.listing import ListView, read_view
from ucapdesk.services.records.lists import say
from ucapdesk.store.desk import Desk
from ucapdesk.store.safety.erase import erased_names, holds_a_name

_NAME = "views"


VIEW_NAME_TAKEN = Failure(
    "view-name-taken", "There is a view called “{name}” already. Nothing was saved; choose another name."
)


class SavedView(NamedTuple):
    """A list under a name."""

    name: str
    view: ListView


def saved(desk: Desk) -> list[SavedView]:
    """Return the saved views of this workspace, by name."""
    found = [SavedView(name, view) for name, plain in _kept(desk).items() if (view := read_view(plain))]
    return sorted(found, key=lambda each: folded(each.name))


def keep(desk: Desk, name: str, view: ListView, *, replace: bool = False) -> None:
    """Save a list under a name. Raises ViewNameTaken unless the one of that name is to be replaced."""
    name = _proper(name)
    kept = _kept(desk)
    if name in kept and not replace:
        raise VIEW_NAME_TAKEN(name=name)
    _write(desk, {**kept, name: view.plain()})


def rename(desk: Desk, name: str, to: str) -> None:
    """Give a view another name."""
    to, kept = _proper(to), _kept(desk)
    if to != name and to in kept:
        raise VIEW_NAME_TAKEN(name=to)
    _write(desk, {to if each == name else each: plain for each, plain in kept.items()})


def delete(desk: Desk, name: str) -> SavedView | None:
    """Delete a view; return it, so that ``keep`` can bring it back."""
    gone = next((each for each in saved(desk) if each.name == name), None)
    _write(desk, {each: plain for each, plain in _kept(desk).items() if each != name})
    return gone


def forget_names(desk: Desk, names: Collection[str]) -> None:
    """Delete the views that contain one of these names as a word."""
    if not names:
        return
    sought = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    _forget(desk, lambda said: sought.search(said) is not None)


def forget_erased(desk: Desk) -> None:
    """Delete those that hold a full name of somebody whose data was removed, as far as its hash tells."""
    if _kept(desk):
        with desk.alone():
            gone = erased_names(desk.log)
        _forget(desk, lambda said: holds_a_name(said, gone))


def _forget(desk: Desk, holds: Callable[[str], bool]) -> None:
    """Delete the views whose name and contents hold what is to be forgotten."""
    kept = _kept(desk)
    left = {each: plain for each, plain in kept.items() if not holds(f"{each} {json.dumps(plain, ensure_ascii=False)}")}
    if len(left) < len(kept):
        _write(desk, left)


def suggested_name(desk: Desk, view: ListView) -> str:
    """Return a free name for a view."""
    kind = LISTED[view.kind]
    said = [say(desk, kind, each) for each in view.conditions]
    said += [f"“{find}”"] if (find := view.find.strip()) else []
    name = joined(said, language())
    name = f"{kind.plural()}: {name}" if name else kind.plural()
    taken = _kept(desk)
    return next(each for each in (name, *(f"{name} {n}" for n in range(2, len(taken) + 3))) if each not in taken)


def _proper(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError("A view needs a name. Nothing was saved; the list stays as it is.", code="view-needs-name")
    return name


def withdraw(desk: Desk) -> None:
    """Move the views of a protected workspace, which earlier versions kept in the settings, into it."""
    if desk.workspace.protected and _in_settings(desk):
        _write(desk, _kept(desk))


def _kept(desk: Desk) -> dict[str, Any]:
    return _in_settings(desk) | (json.loads(desk.marked(_NAME) or "{}") if desk.workspace.protected else {})


def _write(desk: Desk, views: dict[str, Any]) -> None:
    if desk.workspace.protected:
        desk.mark(_NAME, json.dumps(views, ensure_ascii=False))
        views = {}
    others = settings.kept(_NAME)
    others.pop(desk.workspace.id, None)
    settings.keep(_NAME, {**others, desk.workspace.id: views} if views else others)


def _in_settings(desk: Desk) -> dict[str, Any]:
    own = settings.kept(_NAME).get(desk.workspace.id)
    return dict(own) if isinstance(own, dict) else {}
