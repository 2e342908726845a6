"""Reads field assignments typed at the command line or pasted into a form, as changes of fields.

``title.zh=会议`` one language · ``name.family=Wu`` one part of a group · ``tags+=a`` and ``tags-=b`` · ``sdgs=7,11`` · ``country=CN`` ·
``name=Wu Wenneng`` a whole name · ``when={"date": "2019-06"}`` JSON for groups · ``room=`` empties · ``summary.en=@file`` reads a file (``@@`` is an @).

Short forms of dates, times, numbers, money and names are read into the parts they stand for. Neither today's date nor the reader's
language counts (as it does in ``typed_fields``): a script must mean the same on every day.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import LANGUAGES, Message, language
from ucapdesk.base.ids import ID
from ucapdesk.base.json_text import Json, loads
from ucapdesk.model.codes import code_label, codes, find_code, folded
from ucapdesk.model.dates.formatting import zone_told
from ucapdesk.model.dates.parsing import parse_date
from ucapdesk.model.errors import IMPOSSIBLE_VALUE, LOCAL_FIELD, UNKNOWN_CODE
from ucapdesk.model.field_change import FieldChange, Step
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds.partnership_kinds import LISTED_COUNTRIES, country_id
from ucapdesk.model.rules.limits import LONGEST_OF_MACHINES
from ucapdesk.model.serialize import type_word
from ucapdesk.model.text.amounts import read_counts, read_money, read_quantity
from ucapdesk.model.text.person_names import HAN_NAME, read_latin, whole_han
from ucapdesk.model.text.typed_text import narrow
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import TEXT_MARKS, BilingualType
from ucapdesk.model.values.cells import CellType, CountsType
from ucapdesk.model.values.groups import GroupType, HanName, Money, PersonName, Quantity, When
from ucapdesk.model.values.partial_date import PartialDateType

_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_WHEN = re.compile(
    rf"(?P<date>.*?)(?:[ T]*(?P<start>{_CLOCK})(?:\s*[-–—~〜至到]\s*(?P<end>{_CLOCK}))?)?"
    r"(?:\s+(?P<tz>[A-Z]\w+(?:/\w+)+)|\s*\((?P<clock>[^()]+)\))?"
)


def read_shorthand(type_: CellType[object], said: Json, lang: str | None = None) -> Json:
    """Return the parts that a short form stands for; any other text is left to the type.

    Args:
        type_: The type of the field.
        said: What was written.
        lang: The language whose signs part thousands and decimals.
    """
    if not isinstance(said, str) or not said.strip():
        return said
    said = said.strip()
    if isinstance(type_, PartialDateType):
        return parse_date(said)
    if isinstance(type_, CountsType):
        return dict(read_counts(said))
    if isinstance(type_, GroupType):
        reader = _READERS.get(type_.cls)
        return reader(said, lang) if reader else said
    return said


def _when(said: str, _: str | None) -> Json:
    said = narrow(said)
    try:
        return _moment(said)
    except ValueError:
        begin, end = map(_moment, said.split(" – "))
        zone = end["tz"] if end["tz"] != begin["tz"] else None
        return {**begin, "end": end.get("start"), "end_date": end["date"], "end_tz": zone}


def _moment(said: str) -> dict[str, str | None]:
    match = _WHEN.fullmatch(said)
    zone = match and (match["tz"] or (match["clock"] and zone_told(match["clock"])))
    if not match or (match["clock"] and not zone):
        raise ValueError(said)
    padded = {key: match[key].zfill(5) for key in ("start", "end") if match[key]}
    return {"date": parse_date(match["date"].strip(" ,，")).edtf, "tz": zone, **padded}


def _name(said: str, _: str | None) -> Json:
    if HAN_NAME.search(said):
        raise ValueError(said)
    return asdict(read_latin(" ".join(said.split())))


_READERS: dict[type, Callable[[str, str | None], Json]] = {
    Quantity: read_quantity,
    Money: read_money,
    When: _when,
    PersonName: _name,
    HanName: lambda said, _: asdict(whole_han(said)),
}


_ASSIGNMENT = re.compile(r"\s*([A-Za-z_][\w.]*)\s*([+-]?=)(.*)", re.DOTALL)

ACCEPTS = {
    "text": Message("entry", "a text"),
    "bilingual": Message("entry", "a text, or texts by language as JSON"),
    "date": Message("entry", "a date such as 2019, 2019-06, 2019-06-12, 2019-06-09/2019-06-15 or June 2019"),
    "whole": Message("entry", "a whole number"),
    "yes_no": Message("entry", "yes, no or nothing"),
    "link": Message("entry", "the id of a record"),
    "country": Message("entry", "the code or the name of a country or region, or its id"),
    "set": Message("entry", "values separated by commas"),
    "code": Message("entry", "a code of its list"),
    "when": Message("entry", "a date with hours such as 2019-06-12 09:00-10:30 Europe/Madrid, or JSON"),
    "quantity": Message("entry", "a number, N/A, or JSON with value, is, print and year"),
    "person_name": Message(
        "entry",
        "a whole name in Latin letters (Chinese characters go into name_han), or its parts family, given and order, singly or as JSON",
    ),
    "han_name": Message("entry", "a whole name, or its parts family and given, singly or as JSON"),
    "money": Message("entry", "an amount with its currency such as 1000 EUR, or JSON"),
    "counts": Message("entry", "numbers with the codes of their languages such as 2 EN, 2 ZH, or JSON"),
    "geo": Message("entry", "its parts lat and lon, singly or as JSON"),
    "file_ref": Message("entry", "a file, which is attached rather than entered"),
}

T = TypeVar("T")


def parse_assignments(
    kind: Kind, assignments: Iterable[str], *, new: bool = False, local: bool = False
) -> dict[str, FieldChange]:
    """Return the changes that assignments ask for, by field.

    Args:
        kind: The kind of the record.
        assignments: As in the module's description, in their order.
        new: The record is being made, so its owner may be named.
        local: Passport and visa data may be entered.
    """
    changes: dict[str, FieldChange] = {}
    for assignment in assignments:
        match = _ASSIGNMENT.fullmatch(assignment)
        if not match:
            raise UserError(
                "“{said}” is not of the form field=value; nothing was changed.", code="no-assignment", said=assignment
            )
        path, operator, said = match.groups()
        name, _, part = path.partition(".")
        found = find_field(kind, name)
        if found.meta.owner and not new:
            raise UserError(
                "What a record belongs to is never edited; nothing was changed. Add a new one where it belongs instead.",
                code="owner-fixed",
            )
        if found.meta.local and not local:
            raise LOCAL_FIELD(field=found.name)
        if found.by_program:
            raise UserError(
                "“{field}” is written by the program alone and never edited; nothing was changed.",
                code="written-by-program",
                field=found.name,
            )
        _add(changes.setdefault(found.name, FieldChange(found)), _step(found, part, operator, _said(found, said)))
    return changes


def _add(change: FieldChange, step: Step) -> None:
    """Add a step to a change; parts of one group are set together."""
    last = change.steps[-1] if change.steps else None
    if isinstance(step, _Parts) and isinstance(last, _Parts):
        last.parts.update(step.parts)
    else:
        change.steps.append(step)


def find_field(kind: Kind, name: str) -> KindField:
    """Return the field of that name; raise an error that names similar ones if there is none."""
    if name in kind.fields:
        return kind.fields[name]
    near = difflib.get_close_matches(name, kind.fields, 3, 0.5) or list(kind.fields)[:8]
    raise UserError(
        "{kind} has no field “{field}” (nearest: {near}); nothing was changed.",
        code="unknown-field",
        kind=Message("kind", kind.cls.label),
        field=name,
        near=", ".join(near),
    )


def read_value(found: KindField, said: Json, current: Any = None, lang: str | None = None) -> Any:
    """Return the value of a whole field for a text; codes may be given by their labels, dates and numbers freely.

    Args:
        found: The field.
        said: What was written.
        current: The present value.
        lang: The language in which numbers are written; scripts write them as in English.
    """
    return _value(found, _json(found, said), said, current, lang)


def _json(found: KindField, said: Json) -> Json:
    """Parse JSON where the field takes it; a title may begin with a brace all the same."""
    if not isinstance(said, str):
        return said
    if isinstance(found.type, BilingualType) and said.startswith("{"):
        try:
            return loads(said)
        except ValueError:
            return said
    takes_it = (
        said.startswith("[")
        if found.is_set
        else said.startswith("{") and isinstance(found.type, GroupType | CountsType)
    )
    return _checked(found, said, lambda: loads(said)) if takes_it else said


def _value(found: KindField, said: Json, shown: Json, current: Any, lang: str | None = None) -> Any:
    if isinstance(found.type, BilingualType):
        return _texts(found, current or Bilingual(), said)
    value: Any = _checked(found, shown, lambda: found.type.read(read_shorthand(found.type, said, lang)))
    if found.is_set:
        return type(value)(_member(found, one, current or ()) for one in value)
    if isinstance(value, str) and (found.meta.codes or found.meta.kinds):
        return _member(found, value, (current,))
    return value


def _said(found: KindField, said: str) -> str:
    """Return the text of an assignment, from a file where it names one."""
    if not said.startswith("@") or said.startswith("@@"):
        return said.removeprefix("@")
    try:
        with Path(said[1:]).open(encoding="utf-8") as file:
            return file.read(LONGEST_OF_MACHINES + 1)  # a device gives text without end
    except (OSError, ValueError):
        raise UserError(
            "The file {file} for “{field}” cannot be read as text; nothing was changed.",
            code="unreadable-file",
            file=said[1:],
            field=found.name,
        ) from None


def _step(found: KindField, part: str, operator: str, said: str) -> Step:
    if operator == "=" and not part:
        return lambda current: _same_in_both(found, said, current)
    if operator == "=":
        return _part_step(found, part, said)
    if not found.is_set or part:
        raise UserError(
            "“{field}” holds one value: use {field}=… rather than += or -=; nothing was changed.",
            code="not-aset",
            field=found.name,
        )
    empty: Any = found.type.read(None)
    if operator == "+=":
        return lambda current: (current or empty).plus(*read_value(found, said, current))
    return lambda current: (current or empty).minus(*_removed(found, said))


def _same_in_both(found: KindField, said: str, current: Any) -> Any:
    """Return the value of a text, whose numbers are written as in English; refuse one that the user's language reads otherwise."""
    value = read_value(found, said, current)
    if isinstance(found.type, GroupType) and read_value(found, said, current, language()) != value:
        raise UserError(
            "The separator in “{said}” for “{field}” may part thousands or decimals; nothing was changed. "
            "Write thousands without it, and decimals with a point and not exactly three of them (196700, 196.7000).",
            code="two-numbers",
            said=said,
            field=found.name,
        )
    return value


def _removed(found: KindField, said: str) -> set[str]:
    """Return the members to take out of a set, as written and as their codes; unknown ones do no harm."""
    members: Any = _checked(found, said, lambda: found.type.read(said))
    return {m for one in members for m in (one, find_code(found.meta.codes, one) if found.meta.codes else None) if m}


def _part_step(found: KindField, part: str, said: str) -> Step:
    if isinstance(found.type, BilingualType):
        lang, _, state = part.partition(".")
        _known_part(found, lang, LANGUAGES)
        if not state:
            return lambda current: _texts(found, current or Bilingual(), {lang: said})
        _known_part(found, state, ("state",))
        if said not in TEXT_MARKS:
            raise UNKNOWN_CODE(said=said, field=f"{found.name}.{part}", choices=", ".join(TEXT_MARKS))
        return lambda current: (current or Bilingual()).mark(lang, said)
    if isinstance(found.type, CountsType):
        _known_part(found, part, codes("languages"))
        return lambda current: read_value(found, {**(current or {}), part: said})
    if not isinstance(found.type, GroupType):
        raise UserError(
            "“{field}” has neither languages nor parts: write {field}=… rather than {field}.{part}=…; nothing was changed.",
            code="without-parts",
            field=found.name,
            part=part,
        )
    _known_part(found, part, found.type.keys)
    return _Parts(found, {part: said})


def _known_part(found: KindField, part: str, parts: Iterable[str]) -> None:
    if part not in parts:
        raise UserError(
            "“{field}” has no part “{part}”, only: {parts}; nothing was changed.",
            code="no-such-part",
            field=found.name,
            part=part,
            parts=", ".join(parts),
        )


@dataclass(frozen=True, slots=True)
class _Parts:
    """Sets parts of a group all at once, since one may make sense only with another; other parts stay."""

    field: KindField
    parts: dict[str, str]

    def __call__(self, current: Any) -> Any:
        held = dict(self.field.type.plain(current) or {})
        if not self.parts.keys().isdisjoint({"value", "is"}):  # of a quantity: its print said the earlier number
            held["print"] = None
        if self.parts.get("is") == "not_available":
            held["value"] = None
        elif self.parts.get("value") and held.get("is") == "not_available":
            held["is"] = None
        given = {key: said for key, said in (held | self.parts).items() if said not in (None, "")}
        shown = " ".join(f"{key}={said}" for key, said in self.parts.items())
        return _checked(self.field, shown, lambda: self.field.type.read(given) if given else None)


def _texts(found: KindField, current: Bilingual, said: Json) -> Bilingual:
    """Return the value with texts set in the named languages; no text at all empties every language."""
    given: Any = _checked(found, said, lambda: found.type.read(said))
    if not said:
        return Bilingual()
    for lang in said if isinstance(said, Mapping) else given:
        write = current.put if found.meta.official else current.write
        current = write(lang, (given.get(lang) or "").strip() or None)
    return current


def _member(found: KindField, said: str, held: Iterable[str | None]) -> str:
    """Return the code or id for a text; a member already in the set stays, though this version may not know it."""
    if said in held:
        return said
    if found.meta.codes:
        code = find_code(found.meta.codes, said)
        if code is None:
            raise UNKNOWN_CODE(said=said, field=found.name, choices=_choices(found.meta.codes, said))
        return code
    if found.meta.kinds and not ID.fullmatch(said.lower()):
        to_country = found.meta.kinds == ("country",)
        if to_country and (country := find_code(LISTED_COUNTRIES, said)):
            return country_id(country)
        raise IMPOSSIBLE_VALUE(said=said, field=found.name, accepts=ACCEPTS["country" if to_country else "link"])
    return said.lower() if found.meta.kinds else said


def _choices(name: str, said: str) -> str:
    """Return the choices of a list for an error: with labels if short, without if longer, the nearest codes of a long one."""
    known = list(codes(name))
    if 10 < len(known) <= 21:
        return ", ".join(known)
    if len(known) > 21:
        spellings = {folded(s): c.code for c in codes(name).values() for s in c.spellings}
        near = difflib.get_close_matches(folded(said), spellings, 5, 0.4)
        known = [*dict.fromkeys(spellings[s] for s in near)] or known[:5]
        return ", ".join([*known, "…"])
    return ", ".join(f"{c} ({code_label(name, c)})" if folded(code_label(name, c)) != folded(c) else c for c in known)


def _checked(found: KindField, said: Json, read: Callable[[], T]) -> T:
    try:
        return read()
    except (ValueError, TypeError, ArithmeticError):
        words = " / ".join(map(str, said.values())) if isinstance(said, Mapping) else str(said)
        visible = "".join(sign if sign.isprintable() else f"[U+{ord(sign):04X}]" for sign in words)
        shown = visible if len(visible) < 80 else f"{visible[:77]}…"
        raise IMPOSSIBLE_VALUE(said=shown, field=found.name, accepts=ACCEPTS[type_word(found)]) from None
