"""Texts for translators and back: as a spreadsheet, as XLIFF, or as a table copied into a mail.

A text that comes back counts as reviewed, unless an XLIFF file says that it is still to be looked at; where its source has
changed meanwhile it is shown and left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.fold import one_line
from ucapdesk.base.i18n import LANGUAGE_NAMES, LANGUAGES, language, pair, tr
from ucapdesk.formats.sheets.sheet import read_sheets, write_sheet
from ucapdesk.formats.whole_files import SHEET_MODULES, ending_of
from ucapdesk.formats.xliff import Unit, read_xliff, write_xliff
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import BilingualType, text_hash
from ucapdesk.services.files.incoming_files import Plan, PlanLine, was_imported
from ucapdesk.services.records import history, records
from ucapdesk.services.translations.translations import Item, current, translated
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

XLIFF = (".xlf", ".xliff")
SUFFIXES = (*SHEET_MODULES, *XLIFF)
MAX_TEXT_CHARS = 80
OUT = {"missing": "", "outdated": "needs-translation", "draft": "needs-review-translation"}


NOTHING_TO_PASTE = Failure(
    "nothing-to-paste",
    "The clipboard holds no translations: each line must begin with the number of its text. Nothing was "
    "changed; copy the whole table that came back, with its numbers.",
)


# -- out ------------------------------------------------------------------------------------------


def _heads(items: Sequence[Item]) -> list[str]:
    source, target = (items[0].source, items[0].target) if items else pair()
    return [tr("translations", "No."), tr("translations", "Where"), tr("translations", "Record"),
            LANGUAGE_NAMES[source], LANGUAGE_NAMES[target], tr("translations", "State"), "key"]  # fmt: skip


def export(items: Sequence[Item], target: Path) -> int:
    if ending_of(target, SUFFIXES) in XLIFF:
        write_xliff(target, "ucapdesk", map(_unit, items))
        return len(items)
    state = partial(code_label, "translation_states")
    rows = [
        (number, item.where, item.title, item.text, item.translation, state(item.state), item.key)
        for number, item in enumerate(items, 1)
    ]
    write_sheet(target, tr("translations", "Texts"), _heads(items), rows, "ucapdesk translations")
    return len(items)


def _unit(item: Item) -> Unit:
    note = ": ".join(filter(None, (item.where, item.title)))
    return Unit(item.key, item.source, item.target, item.text, item.translation, OUT.get(item.state, ""), note)


def as_table(items: Sequence[Item]) -> str:
    """Return texts as columns for a mail or a document: number, source, translation."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerows((number, item.text, item.translation) for number, item in enumerate(items, 1))
    return out.getvalue()


# -- in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Back:
    """A text that came back. ``item`` is None where it is none of ours; ``draft``: somebody is to look at it again;
    ``confirmed``: it is right even where it says what is here already; ``copied``: a program may have put its source there;
    ``key``: that under which it was sent.
    """

    item: Item | None
    text: str
    draft: bool = False
    confirmed: bool = False
    copied: bool = False
    key: str = ""


def plan_pasted(desk: Desk, items: Sequence[Item], text: str) -> Plan:
    """Return the import plan of a pasted table; lines are matched by number, and their sources compared."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter="\t"))
    except csv.Error:
        raise NOTHING_TO_PASTE() from None
    found: dict[int, _Back] = {}
    for row in rows:
        number = int(row[0]) if row and row[0].strip().isdigit() and len(row[0]) < 8 else 0
        if 0 < number <= len(items) and len(row) > 2:
            item = items[number - 1]
            same = text_hash(row[1]) == text_hash(item.text)
            found[number] = _Back(item if same else replace(item, text=""), row[2], key=item.key)
    if not found:
        raise NOTHING_TO_PASTE()
    return _plan(desk, tr("translations", "Translations"), found)


def plan_file(desk: Desk, path: Path) -> Plan:
    found = _of_xliff(desk, path) if path.suffix.lower() in XLIFF else _of_sheet(desk, path)
    if found and all(back.item is None for back in found.values()):
        raise UserError(
            "{file} holds no text of this workspace. "
            "Nothing was changed; open the workspace it was sent from, or choose the file that was sent to the translator.",
            code="texts-of-others",
            file=path.name,
        )
    return _plan(desk, path.name, found)


def _of_sheet(desk: Desk, path: Path) -> dict[int, _Back]:
    for sheet in read_sheets(path):
        heads = next((row for row in sheet.rows[:10] if "key" in row.cells), None)
        if heads is not None:
            break
    else:
        raise UserError(
            "{file} holds no translations of this program: the column “{head}” is not there. "
            "Nothing was changed; choose the file that was sent to the translator.",
            code="not-a-translation-file",
            file=path.name,
            head="key",
        )
    at = heads.cells.index("key")
    names = {name: lang for lang, name in LANGUAGE_NAMES.items()}
    places = {names[head]: place for place, head in enumerate(heads.cells) if head in names}
    found: dict[int, _Back] = {}
    for number, row in enumerate((row for row in sheet.rows if row.number > heads.number), 1):
        key = row.cells[at] if at < len(row.cells) else ""
        item = _item_of(desk, key, list(places))
        place = places.get(item.target, -1) if item else -1
        if item is not None and 0 <= place < len(row.cells):
            found[number] = _Back(item, row.cells[place], key=key)
        elif key and item is None:
            found[number] = _Back(None, key)
    return found


def _of_xliff(desk: Desk, path: Path) -> dict[int, _Back]:
    found: dict[int, _Back] = {}
    for number, unit in enumerate(read_xliff(path), 1):
        item = _item_of(desk, unit.key, [unit.source])
        if item is None:
            found[number] = _Back(None, unit.text or unit.key)
        elif unit.target and unit.target != item.target:
            said, wanted = (LANGUAGE_NAMES.get(lang, lang) for lang in (unit.target, item.target))
            raise UserError(
                "{file} is translated into {said}, but its texts were sent out to be translated into {wanted}. "
                "Nothing was changed; ask the translator for the right language.",
                code="another-language",
                file=path.name,
                said=said,
                wanted=wanted,
            )
        elif not unit.to_do:
            said = unit.translation
            copied = said == unit.text and not unit.confirmed
            found[number] = _Back(item, said, draft=unit.unsure, confirmed=unit.confirmed, copied=copied, key=unit.key)
    return found


def _item_of(desk: Desk, key: str, languages: Sequence[str]) -> Item | None:
    """Return the text of a key in its present state; one whose source changed since has no text."""
    id_, field, target, of = (*key.split("."), "", "", "", "")[:4]
    record = desk.read.record(id_)
    kind = KINDS[type(record).__tablename__] if record is not None and not record.is_deleted else None
    if kind is None or field not in kind.fields or target not in LANGUAGES:
        return None
    known = kind.fields[field]
    value = getattr(record, field)
    if not isinstance(known.type, BilingualType) or not value:
        return None
    order = [lang for lang in (*languages, *LANGUAGES) if lang != target and lang in value]
    source = next((lang for lang in order if text_hash(value[lang])[:8] == of), "")
    title = desk.read.titles([id_], language()).get(id_, "")
    return Item(id_, field, f"{kind.label()} › {known.label()}", title, source or (order[0] if order else ""), target,
                "", value[source] if source else "", value.get(target, ""), known.meta.long)  # fmt: skip


def _plan(desk: Desk, name: str, found: Mapping[int, _Back]) -> Plan:
    lines = [line for number, back in found.items() if (line := _line(desk, number, back)) is not None]

    def write(work: Save, numbers: Collection[int]) -> None:
        for number in numbers:
            item, text = found[number].item, found[number].text.strip()
            assert item is not None
            record = work.get(KINDS[desk.read.kind_of(item.id) or ""].cls, item.id)
            value = translated(getattr(record, item.field) or Bilingual(), item, text, read=True)
            setattr(record, item.field, value.mark(item.target, "draft", item.source) if found[number].draft else value)

    return Plan(name, "", tuple(lines), write)


def _line(desk: Desk, number: int, back: _Back) -> PlanLine | None:
    item, said, text = back.item, back.text.strip(), one_line(back.text, MAX_TEXT_CHARS)
    if item is None:
        why = tr("translations", "no text of this workspace has this key; left out")
        return PlanLine(number, text, why, ticked=False, possible=False)
    now = current(desk, item)
    title = f"{item.where}: {item.title}"[: MAX_TEXT_CHARS * 2]
    if not said:
        return None
    if said == now.translation.strip():
        right = back.confirmed and now.state in ("draft", "outdated") and bool(item.text)
        return PlanLine(number, title, tr("translations", "“{text}” is right", text=text)) if right else None
    then, old = history.past(desk, records.get(desk, item.id), {}).states, one_line(now.translation, MAX_TEXT_CHARS)
    why, cell, sent = "", f"{item.field}.{item.target}", back.key.split(".")[4:]  # nothing in files of before
    if not item.text:
        why = tr("translations", "the source has changed since: {text}", text=text)
    elif said in [(getattr(each, item.field) or {}).get(item.target) for each in then]:
        why = tr("translations", "was here before, and was changed since: {text}", text=text)
    elif old and sent not in ([], now.key.split(".")[4:]) and not was_imported(desk, item.id, cell):
        why = tr("translations", "was translated here since, as “{old}”: {text}", old=old, text=text)
    elif back.copied:
        why = tr("translations", "is its source, maybe not translated yet: {text}", text=text)
    if why:
        return PlanLine(number, title, why, ticked=False)
    what = tr("translations", "“{old}” becomes “{new}”", old=old, new=text) if old else text
    return PlanLine(number, title, tr("translations", "{text}, as a draft", text=what) if back.draft else what)
