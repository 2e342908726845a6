"""Titles of records for lists, chips and history, including those named after another record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ucapdesk.base.json_text import dumps
from ucapdesk.model.codes import code_label
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.person_names import dotted, in_order, say_han
from ucapdesk.model.values import Bilingual, FileRef, HanName, PersonName
from ucapdesk.store.merge.row_state import by_kind
from ucapdesk.store.read.duplicate_records import Sames, joined, sames
from ucapdesk.store.workspace.database import Database

_DEEPEST = 4  # a contact is called after its person; further than this nothing is named by another

_Link = tuple[str]  # the id of the record that gives the title


def titles(db: Database, ids: Collection[str], lang: str, same: Sames | None = None) -> dict[str, str]:
    """Return titles by id, in a language or the nearest there is; empty for a record without one. Unknown ids are left out.

    ``same``: which records are one, where that is known.
    """
    said: dict[str, str | _Link] = {}
    asked, same = set(ids), sames(db) if same is None else same
    for _ in range(_DEEPEST):
        said.update(_read(db, asked, lang, same))
        asked = {link[0] for link in said.values() if isinstance(link, tuple)} - said.keys()
        if not asked:
            break
    return {id_: _follow(said, id_) for id_ in ids if id_ in said}


def title(kind: Kind, values: Mapping[str, Any], lang: str) -> str | _Link:
    fields = _fields(kind)
    if lang == "zh":
        fields.sort(key=lambda field: _in_chinese(field, values.get(field.name)))
    for field in fields:
        if value := values.get(field.name):
            if isinstance(value, HanName | PersonName):
                latin = next((each for each in values.values() if isinstance(each, PersonName)), None)
                han = next((each for each in values.values() if isinstance(each, HanName)), None)
                return say_han(han, latin) if isinstance(value, HanName) else str(in_order(latin, han))
            return (value,) if field.meta.kinds or kind.cls.called_after else _said(field, value, lang)
    return ""


def _fields(kind: Kind) -> list[KindField]:
    others = [field for field in kind.fields.values() if field.meta.untranslated]
    return [*(kind.fields[name] for name in kind.cls.title_fields), *others]


def _in_chinese(field: KindField, value: Any) -> int:
    """Return the order of names in Chinese: by characters, then as transcribed, then in Latin letters."""
    if isinstance(value, HanName):
        return 0
    return 1 if field.meta.untranslated and value and "zh" in value else 2


def _said(field: KindField, value: Any, lang: str) -> str:
    if isinstance(value, Bilingual):
        said = value.said(lang, "en")
        return dotted(said) if field.meta.untranslated else said
    if isinstance(value, FileRef):
        return value.name or ""
    return code_label(field.meta.codes, value, lang) if field.meta.codes else str(value)


def _read(db: Database, ids: set[str], lang: str, same: Sames) -> dict[str, str | _Link]:
    there = by_kind(db, same.all_of(ids))
    found: dict[str, str | _Link] = {}
    for kind in (KINDS[name] for name in there if name in KINDS):
        fields = _fields(kind)
        columns = "".join(f', "{field.name}"' for field in fields)
        sql = f'SELECT id{columns} FROM "{kind.name}" WHERE id IN (SELECT value FROM json_each(?))'
        rows = db.execute(sql, (dumps(there[kind.name]),))
        values = {id_: {f.name: f.type.load(raw) for f, raw in zip(fields, own, strict=True)} for id_, *own in rows}
        for id_, own in values.items():
            one = same.of(id_)
            found[id_] = title(kind, joined(kind, (values[each] for each in one)) if one[1:] else own, lang)
    return found


def _follow(said: Mapping[str, str | _Link], id_: str) -> str:
    for _ in range(_DEEPEST):
        told = said.get(id_, "")
        if isinstance(told, str):
            return told
        id_ = told[0]
    return ""
