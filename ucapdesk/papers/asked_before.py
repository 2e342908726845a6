"""The request of a pack, kept in its record so that the same copy can be asked for again.

The record has fields of its own for document, edition, languages, layout, marking and recipients. The rest stands in its
field ``sections``, as a person would type it: ``cover,programme,page=large,private_numbers=yes,since=…``.
"""

from __future__ import annotations

from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.papers.house_styles import style_of_then
from ucapdesk.papers.request import Request
from ucapdesk.papers.request_check import request
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import NoSuchRecord

PAGE, NUMBERS, SIDES = "page", "private_numbers", "both_sides"
YES = "yes"


def written(asked: Request) -> str:
    """Return the field ``sections`` for the pack of a copy."""
    parts = [*asked.sections, f"{PAGE}={asked.page}"]
    parts += [f"{NUMBERS}={YES}"] if asked.private_numbers else []
    parts += [f"{SIDES}={YES}"] if asked.both_sides else []
    return ",".join([*parts, *(f"{name}={_escaped(value)}" for name, value in sorted(asked.options.items()))])


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace(",", "%2C")


def _unescaped(value: str) -> str:
    return value.replace("%2C", ",").replace("%25", "%")


def request_of(desk: Desk, pack: str) -> Request:
    """Return the request of a pack. Raises what ``request`` raises where this version or this desk has no such copy."""
    record = desk.read.get(Pack, pack)
    if record is None or record.owner is None:
        raise NoSuchRecord(id=pack)
    parts = [part.strip() for part in (record.sections or "").split(",") if part.strip()]
    said = {name: _unescaped(value) for name, equals, value in (part.partition("=") for part in parts) if equals}
    return request(
        desk,
        [record.owner],
        document=record.document,
        languages=(record.paper_languages or "en,zh").split(","),
        layout=record.layout,
        edition=record.edition,
        page=said.pop(PAGE, None),
        both_sides=said.pop(SIDES, "") == YES,
        private_numbers=said.pop(NUMBERS, "") == YES,
        sections=[part for part in parts if "=" not in part],
        marking=record.marking,
        style=style_of_then(desk, pack),
        options=said,
    )
