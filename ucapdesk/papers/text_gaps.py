"""Gaps in the texts of a paper: missing translations, names without a Chinese form, characters that no typeface has.

``Gap`` is one gap or clash of any paper, and where to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ucapdesk.base.i18n import Message, tr
from ucapdesk.base.pinyin import is_pinyin
from ucapdesk.briefing.blocks.content import Letter, Paper, missing_glyphs
from ucapdesk.briefing.blocks.elements import Cards, Words
from ucapdesk.model.codes import code_label
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import HouseStyle
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.record import OWN_NOTES, Record
from ucapdesk.model.text.person_names import say_person
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.papers.facts.wording import of_written
from ucapdesk.papers.house_styles import PICTURES, is_shown
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import NO_STYLE, Request


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap or clash in a paper.

    Attributes:
        code: What sort of gap it is.
        kind: The kind of the record to mend; empty where none is to blame.
        id: Its id.
        field: Its field.
        text: What lacks, in a sentence of the reader's language.
        language: The language that lacks, where one does.
    """

    code: str
    kind: str
    id: str
    field: str
    text: str
    language: str = ""


# Fields written once, on which somebody's health depends.
HEALTH = {"person": ("allergies",), "participation": ("diet",)}


def names_lacking(reader: RedactedReader, asked: Request) -> Iterator[Gap]:
    """Yield people of the paper without a form of their name that one of its languages writes.

    Whose name is pinyin has one in characters; others, also with the family name first, are written as they sound.
    """
    people = [record for record in reader.seen.values() if isinstance(record, Person)]
    latin = [lang for lang in asked.languages if lang != "zh"]
    for record in people if "zh" in asked.languages else ():
        if not _phonetic(record, "zh") and not (record.name_han and str(record.name_han)):
            han = record.name and record.name.order == "family_first" and all(map(is_pinyin, str(record.name).split()))
            said = tr("gap", "{name} has no name in Chinese", name=say_person(record, salutation=False))
            yield Gap("no_chinese_name", "person", record.id, "name_han" if han else "name_phonetic", said)
    for record in people:
        if not (record.name and str(record.name)) and any(not _phonetic(record, lang) for lang in latin):
            said = tr("gap", "{name} has no name in Latin letters", name=say_person(record, salutation=False))
            yield Gap("no_latin_name", "person", record.id, "name", said)


def _phonetic(person: Person, lang: str) -> str | None:
    return person.name_phonetic.get(lang) if person.name_phonetic else None


def translations(printed: str, reader: RedactedReader, asked: Request) -> Iterator[Gap]:
    """Yield texts that the paper prints in another language than the one wanted; ``printed``: all its texts."""
    for record, field, value in _values(reader):
        if not isinstance(value, Bilingual) or field.name in OWN_NOTES or field.meta.untranslated:
            continue
        for lang in asked.languages:
            if value and value.state(lang) == "missing" and _is_in(value.values(), printed):
                said = tr("gap", "{field} of “{title}” is missing in {language}", field=field.label(),
                          title=reader.title(record), language=code_label("languages", lang))  # fmt: skip
                yield Gap("no_translation", type(record).__tablename__, record.id, field.name, said, lang)


def written_once(printed: str, reader: RedactedReader, asked: Request) -> Iterator[Gap]:
    """Yield allergies and diets that the paper prints and that are written in one of its languages only: the cook reads the other."""
    for record, field, value in _values(reader):
        if field.name not in HEALTH.get(type(record).__tablename__, ()) or not value or not _is_in([value], printed):
            continue
        for lang in asked.languages:
            if of_written(value).is_missing(lang):
                parts = {"field": field.label(), "title": reader.title(record), "text": value}
                said = tr("gap", "{field} of “{title}” cannot be read in {language}: {text}", **parts,
                          language=code_label("languages", lang))  # fmt: skip
                yield Gap("not_readable", type(record).__tablename__, record.id, field.name, said, lang)


def _values(reader: RedactedReader) -> Iterator[tuple[Record, KindField, Any]]:
    for record in reader.seen.values():
        for name, field in KINDS[type(record).__tablename__].fields.items():
            yield record, field, getattr(record, name)


def printed_of(said: Iterable[Words]) -> str:
    return "\n".join(text for words in said for text in words.text.values() if text)


def _is_in(texts: Iterable[str], printed: str) -> bool:
    """Return whether a text is printed; long ones are searched by their first line, since paragraphs are set one by one."""
    return any(text.strip().splitlines()[0].strip() in printed for text in texts if text.strip())


def glyphs(paper: Paper, printed: str, reader: RedactedReader) -> Iterator[Gap]:
    """Yield characters that cannot be drawn, once for each field they occur in."""
    lacking = dict.fromkeys(character for character, _ in missing_glyphs(paper))
    told: set[str] = set()
    handed_over = any(isinstance(block, Cards | Letter) for section in paper.sections for block in section.blocks)
    for record, field, value in _values(reader) if lacking else ():
        texts = _texts(field, value)
        found = [character for character in lacking if any(character in text for text in texts)]
        if found and _is_in(texts, printed):
            told.update(found)
            parts = {"field": field.label(), "title": reader.title(record), "characters": _characters(found)}
            if handed_over:
                said = tr("gap", "{field} of “{title}” has characters that no font has, and room is left "
                                 "to write it by hand: {characters}", **parts)  # fmt: skip
            else:
                said = tr("gap", "{field} of “{title}” has characters that no font has: {characters}", **parts)
            yield Gap("no_glyph", type(record).__tablename__, record.id, field.name, said)
    rest = [character for character in lacking if character not in told]
    if rest:
        said = tr("gap", "No font has these characters: {characters}", characters=_characters(rest))
        yield Gap("no_glyph", "", "", "", said)


def too_long(paper: Paper, reader: RedactedReader) -> Iterator[Gap]:
    """Yield texts that a card cuts short, once for each field they occur in."""
    if not any(isinstance(block, Cards) for section in paper.sections for block in section.blocks):
        return
    from ucapdesk.briefing.pages.render import shortened  # lays out the cards

    for text in shortened(paper):
        known = ((record, field) for record, field, value in _values(reader) if _is_part(text, _texts(field, value)))
        record, field = next(known, (None, None))
        if record and field:
            said = tr("gap", "{field} of “{title}” is too long for the card and will be printed shortened",
                      field=field.label(), title=reader.title(record))  # fmt: skip
            yield Gap("too_long", type(record).__tablename__, record.id, field.name, said)
        else:
            yield Gap("too_long", "", "", "", tr("gap", "Too long for the card, printed shortened: {text}", text=text))


def _is_part(text: str, said: Sequence[str]) -> bool:
    """Return whether a printed text comes from a field: most of it, as with a name printed beside another one."""
    return any(2 * len(each) > len(text) and each.casefold() in text.casefold() for each in said)


def _texts(field: KindField, value: Any) -> list[str]:
    if value is None or field.is_set:
        return []
    if isinstance(value, Bilingual):
        return list(value.values())
    return list(value.parts) if isinstance(value, PersonName) else [field.type.text(value)]


def _characters(found: Sequence[str]) -> str:
    return " ".join(f"{character} (U+{ord(character):04X})" for character in found)


_NOT_HERE = Message("gap", "The picture “{file}” of the house style is not here yet; papers are printed without it")
_NOT_SHOWN = Message("gap", "The picture “{file}” of the house style cannot be shown; papers are printed without it")


def style_gaps(reader: RedactedReader, style: str) -> Iterator[Gap]:
    record = reader.desk.read.get(HouseStyle, style) if style != NO_STYLE else None
    for name in PICTURES if record else ():
        file = getattr(record, name)
        data = reader.file(file)
        if file and file.sha256 and not (data and is_shown(data)):
            said = replace(_NOT_HERE if data is None else _NOT_SHOWN, args={"file": file.name or ""}).say()
            yield Gap("no_picture", "house_style", style, name, said)
