"""Exports texts for translation tools as XLIFF 1.2, with their state, and reads them back.

A file that came back is read as a stream and never as a tree, so that its depth costs nothing; one that declares words of its
own (a DTD, entities) is refused before they are looked at. Marks of a translator's program inside a text are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from xml.etree.ElementTree import ParseError, XMLParser
from xml.sax.saxutils import escape, quoteattr

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.formats.whole_files import read_file, write_file

MEGABYTES, MAX_UNITS = 50, 200_000
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
CODES = {"zh": "zh-CN"}  # Language codes of translation tools where they differ from ours
TO_DO = ("new", "needs-translation")  # States of a text that is not translated yet
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 200
_TEXTS = ("source", "target")


TEXTS_TOO_LARGE = Failure(
    "texts-too-large",
    "The file {file} is too large: at most {limit} MB and {most} texts are read at once. "
    "Nothing was changed; ask the translator for a smaller file.",
)


TEXTS_DAMAGED = Failure(
    "texts-damaged",
    "The file {file} is not an XLIFF file, or is incomplete. Nothing was changed; ask the translator to "
    "save it again as XLIFF 1.2.",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One text.

    Attributes:
        key: Names it.
        source: Its language.
        target: The language it is translated into.
        text: What is to be translated.
        translation: What there is in the other language.
        state: ``new`` and ``needs-…`` where it is not done, ``translated``, ``final`` …; empty where nobody said.
        note: Where it stands, for the translator.
    """

    key: str
    source: str
    target: str
    text: str
    translation: str = ""
    state: str = ""
    note: str = ""

    @property
    def to_do(self) -> bool:
        """Whether the text is untouched, or only copied from its source."""
        return self.state in TO_DO and self.translation in ("", self.text)

    @property
    def unsure(self) -> bool:
        return self.state in TO_DO or self.state.startswith("needs-")

    @property
    def confirmed(self) -> bool:
        return bool(self.state) and not self.unsure


# -- out ------------------------------------------------------------------------------------------


def write_xliff(target: Path, name: str, units: Iterable[Unit]) -> None:
    """Write texts for a translator, grouped by source and target language."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<xliff version="1.2" xmlns="{NAMESPACE}">']
    languages = attrgetter("source", "target")
    pairs = groupby(sorted(units, key=languages), key=languages)
    for number, ((source, into), texts) in enumerate(pairs, 1):
        lines.append(
            f'<file original={_attribute(f"{name}-{number}")} datatype="plaintext" '
            f'source-language="{_code(source)}" target-language="{_code(into)}">\n<body>'
        )
        lines += [_unit(text) for text in texts]
        lines.append("</body>\n</file>")
    lines.append("</xliff>\n")
    write_file(target, "\n".join(lines).encode())


def _unit(unit: Unit) -> str:
    done = "yes" if unit.confirmed else "no"
    parts = [
        f'<trans-unit id={_attribute(unit.key)} resname={_attribute(unit.key)} approved="{done}" xml:space="preserve">',
        f'<source xml:lang="{_code(unit.source)}">{_text(unit.text)}</source>',
    ]
    if unit.translation:
        state = f" state={_attribute(unit.state)}" if unit.state else ""
        parts.append(f'<target xml:lang="{_code(unit.target)}"{state}>{_text(unit.translation)}</target>')
    if unit.note:
        parts.append(f"<note>{_text(unit.note)}</note>")
    return "\n".join([*parts, "</trans-unit>"])


def _code(lang: str) -> str:
    return CODES.get(lang, lang)


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


# -- in -------------------------------------------------------------------------------------------


def read_xliff(path: Path) -> list[Unit]:
    """Return the texts of a returned file. Raises a ``UserError`` for an invalid or malicious one."""
    reader = _XliffReader(path.name)
    parser = XMLParser(target=reader)  # noqa: S314 (``_Reader.doctype`` refuses what makes XML dangerous)
    too_large = TEXTS_TOO_LARGE(file=path.name, limit=MEGABYTES, most=MAX_UNITS)
    try:
        parser.feed(read_file(path, MEGABYTES << 20, too_large))
        parser.close()
    except (ParseError, ValueError, LookupError):
        raise TEXTS_DAMAGED(file=path.name) from None
    if not reader.is_xliff:
        raise TEXTS_DAMAGED(file=path.name)
    return reader.units


class _XliffReader:
    def __init__(self, file: str) -> None:
        self._file = file
        self.units: list[Unit] = []
        self.is_xliff = False
        self._path: list[str] = []
        self._languages = ("", "")
        self._of_unit: dict[str, str] | None = None
        self._of_target: dict[str, str] = {}
        self._said: dict[str, list[str]] = {}
        self._into = ""  # The text being read, and its depth
        self._at = 0

    def doctype(self, *_: object) -> None:
        raise UserError(
            "The file {file} begins with definitions (DOCTYPE), which no translator needs and this program does not read. "
            "Nothing was changed; ask the translator to save it again as XLIFF 1.2.",
            code="texts-forbidden",
            file=self._file,
        )

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self._path:
            self._begin(name, given)
        self._path.append(name)
        if len(self._path) > _DEEPEST:
            raise TEXTS_DAMAGED(file=self._file)
        if name == "file":
            self._languages = (_ours(given.get("source-language", "")), _ours(given.get("target-language", "")))
        elif name == "trans-unit":
            self._of_unit, self._of_target, self._said = given, {}, {}
        elif self._of_unit is not None and name in _TEXTS and self._path[-2] == "trans-unit":
            self._into, self._at = name, len(self._path)
            if name == "target":
                self._of_target = given

    def _begin(self, name: str, given: dict[str, str]) -> None:
        self.is_xliff = name == "xliff"
        version = given.get("version", "")
        if self.is_xliff and not version.startswith("1."):
            raise UserError(
                "The file {file} is XLIFF {version}; this program reads XLIFF 1.2, as it writes it. "
                "Nothing was changed; ask the translator to save it as XLIFF 1.2.",
                code="texts-of-another-version",
                file=self._file,
                version=version or "?",
            )

    def data(self, text: str) -> None:
        """Add text, also text inside inline markup."""
        if self._into:
            self._said.setdefault(self._into, []).append(text)

    def end(self, tag: str) -> None:
        if self._into and len(self._path) == self._at:
            self._into = ""
        if self._path.pop() == "trans-unit" and self._of_unit is not None:
            self._keep(self._of_unit)
            self._of_unit = None

    def _keep(self, given: dict[str, str]) -> None:
        state = self._of_target.get("state") or ("final" if given.get("approved") == "yes" else "")
        source, target = ("".join(self._said.get(name, ())) for name in ("source", "target"))
        self.units.append(Unit(given.get("resname") or given.get("id", ""), *self._languages, source, target, state))
        if len(self.units) > MAX_UNITS:
            raise TEXTS_TOO_LARGE(file=self._file, limit=MEGABYTES, most=MAX_UNITS)

    def close(self) -> None:
        """Finish at the end of the file."""


def _ours(code: str) -> str:
    """Return our code for a language: ``zh-CN`` and ``zh_Hans`` are ``zh``."""
    return re.split("[-_]", code.strip().lower(), maxsplit=1)[0]
