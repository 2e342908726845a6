"""Reads lists of people as offices keep them: a title, a head such as 序号 姓名 职务 单位, the people, and notes below."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from ucapdesk.base.ids import derived_id
from ucapdesk.formats.errors import DocumentDamaged, FileUnreadable
from ucapdesk.formats.glance.contact_pieces import EMAIL, PHONE
from ucapdesk.formats.glance.glance_records import RecordDraft
from ucapdesk.formats.glance.paper_languages import in_languages, plain_person
from ucapdesk.formats.glance.text import folded, squash
from ucapdesk.formats.glance.text_blocks import decoded
from ucapdesk.formats.people_rows import HEADS
from ucapdesk.model.codes import find_code
from ucapdesk.model.rules.names import HAN_NAME

_MEANS = {"any": "name", "han": "name", "name": "latin", "phone": "mobile", "number": "number"}
_BY_HEAD = {folded(head): _MEANS.get(what, what) for what, heads in HEADS.items() for head in heads} | {
    folded(head): "gender" for head in ("性别", "gender", "sex")
}
_MOST_ROWS, _MOST_COLUMNS = 5_000, 60


@dataclass(slots=True)
class OfficeList:
    """A list as drafts of records, and what of it has no place."""

    drafts: list[RecordDraft] = field(default_factory=list)
    not_placed: list[str] = field(default_factory=list)


def read_office_list(path: Path) -> OfficeList | None:
    """Return the people of a list; None for a sheet that is no such list."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(file=path.name, reason=error.strerror or type(error).__name__) from error
    rows = _rows_of_sheet(path.name, data) if data.startswith(b"PK") else _rows_of_text(path.name, data)
    at = next((n for n, row in enumerate(rows[:12]) if _is_head(row)), None)
    if at is None:
        return None
    made = OfficeList()
    made.not_placed += [said for row in rows[:at] if (said := squash(" ".join(row)))]
    title = made.not_placed[0] if made.not_placed else path.stem
    source = derived_id("glance", "list", hashlib.sha256(data).hexdigest())
    values = {"title": in_languages(title, "en"), "file_name": path.name, "sha256": hashlib.sha256(data).hexdigest(),
              "rows": json.dumps(rows, ensure_ascii=False), "oddities": "[]"}  # fmt: skip
    made.drafts.append(RecordDraft("source_document", source, "1", values))
    _People(made, source, rows[at]).read(rows[at + 1 :])
    return made


def _is_head(row: Sequence[str]) -> bool:
    keys = {key for cell in row if (key := _key(cell))}
    return (
        bool(keys & {"name", "latin"})
        and bool(keys & {"organisation", "post"})
        and not any(folded(cell) == "id" for cell in row)
    )


def _key(cell: str) -> str | None:
    return _BY_HEAD.get(folded(re.sub(r"[\s（(].*$", "", squash(cell)) or cell)) or _BY_HEAD.get(folded(squash(cell)))


def _rows_of_sheet(name: str, data: bytes) -> list[list[str]]:
    try:
        sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
        below: dict[tuple[int | None, int | None], Any] = {
            (row, column): sheet.cell(area.min_row, area.min_col).value
            for area in sheet.merged_cells.ranges
            if area.min_col == area.max_col
            for row in range(area.min_row + 1, min(area.max_row, _MOST_ROWS) + 1)
            for column in (area.min_col,)
        }
        cells = sheet.iter_rows(max_row=min(sheet.max_row, _MOST_ROWS), max_col=min(sheet.max_column, _MOST_COLUMNS))
        return [[_text(below.get((c.row, c.column), c.value)) for c in row] for row in cells]
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise DocumentDamaged(file=name) from error


def _rows_of_text(name: str, data: bytes) -> list[list[str]]:
    text = decoded(name, data)
    first = next((line for line in text.splitlines() if "姓名" in line or "name" in line.lower()), "")
    sign = max("\t;,，；", key=first.count)
    if sign in "，；":
        text = text.replace(sign, "\t")
        sign = "\t"
    return [[squash(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=sign)][:_MOST_ROWS]


def _text(value: Any) -> str:
    return (
        "" if value is None else squash(str(int(value) if isinstance(value, float) and value.is_integer() else value))
    )


class _People:
    """Makes the drafts of the people of one list."""

    def __init__(self, made: OfficeList, source: str, head: Sequence[str]) -> None:
        self._made = made
        self._source = source
        self._keys = [_key(cell) for cell in head]
        self._head = [squash(cell) for cell in head]
        self._organisations: dict[str, str] = {}

    def read(self, rows: Sequence[Sequence[str]]) -> None:
        for number, row in enumerate(rows, 1):
            said = {key: cell for key, cell in zip(self._keys, row, strict=False) if key and squash(cell)}
            name = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", said.get("name") or said.get("latin", ""))
            if not name or not (HAN_NAME.fullmatch(name) or len(name.split()) > 1) or len(said) < 2:
                if text := squash(" ".join(dict.fromkeys(row))):
                    self._made.not_placed.append(text)
                continue
            self._made.drafts += self._person(number, name, said)
            self._left(name, row)

    def _left(self, name: str, row: Sequence[str]) -> None:
        """Note the cells for which there is no field: numbers of passports are kept in protected workspaces only."""
        for key, head, cell in zip(self._keys, self._head, row, strict=False):
            if key is None and head and squash(cell):
                self._made.not_placed.append(f"{name}, {head}: {squash(cell)}")

    def _person(self, number: int, name: str, said: dict[str, str]) -> Iterator[RecordDraft]:
        id_ = self._id("person", f"{name} {said.get('organisation', '')}")
        phone, mail = PHONE.search(said.get("mobile", "")), EMAIL.search(said.get("email", ""))
        diet = said.get("diet", "")
        code = find_code("dietary", diet) or ("none" if diet in ("无", "无要求") else None)
        allergic = re.search("过敏|allerg", diet, re.IGNORECASE) is not None
        values: dict[str, Any] = {
            **plain_person(name if "name" not in said else f"{name} {said.get('latin', '')}".strip()),
            "salutation": {"男": "mr", "女": "ms", "m": "mr", "f": "ms"}.get(folded(said.get("gender", ""))),
            "email": mail[0] if mail else None,
            "mobile": squash(phone[0]) if phone else None,
            "diet": [code] if code else None,
            "diet_note": in_languages(diet, "en") if diet and not code and not allergic else None,
            "allergies": diet if allergic else None,
            "source": self._source,
        }
        yield from self._organisation(said.get("organisation"))
        yield RecordDraft("person", id_, str(number), {key: value for key, value in values.items() if value})
        organisation = self._organisations.get(said.get("organisation", ""))
        if organisation or said.get("post"):
            post = in_languages(said["post"], "en") if said.get("post") else None
            links = {"owner": id_, "organisation": organisation, "post": post, "pos": "b01V"}
            kept = {key: value for key, value in links.items() if value}
            yield RecordDraft("affiliation", self._id("affiliation", id_), str(number), kept)

    def _organisation(self, name: str | None) -> Iterator[RecordDraft]:
        if name and name not in self._organisations:
            id_ = self._organisations[name] = self._id("organisation", name)
            yield RecordDraft("organisation", id_, name, {"name": in_languages(name, "en"), "source": self._source})

    def _id(self, kind: str, said: str) -> str:
        return derived_id("glance", "list", kind, folded(said))
