"""The texts of the window in one language: which are drafts, what a reader words anew, and the file for us.

What a reader wrote or agreed with lies as a catalogue of its own in the user's folder. It is shown instead of ours at once.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from ucapdesk.base import i18n
from ucapdesk.base.errors import UserError
from ucapdesk.base.files import write_atomically
from ucapdesk.base.paths import resource


@dataclass(frozen=True, slots=True)
class InterfaceText:
    """A text of the window.

    Attributes:
        context: Where it stands.
        english: The English text, and its plural if it has one.
        said: The translation, in as many forms as the language has.
        own: Whether the reader wrote it or agreed with it.
    """

    context: str
    english: tuple[str, ...]
    said: tuple[str, ...]
    own: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.english[0]


def drafts(lang: str, find: str = "") -> list[InterfaceText]:
    """Return the drafts of a language and what the reader made of them, in which a word occurs; what is still to read comes first."""
    own = {_key(message): message for message in _read(_own(lang), lang) if message.id}
    wanted = find.casefold()
    shipped = [each for each in _read(_shipped(lang), lang) if each.fuzzy]
    found = [_text(own.get(_key(each), each), own=_key(each) in own) for each in shipped]
    listed = [each for each in found if wanted in " ".join((*each.english, *each.said)).casefold()]
    return sorted(listed, key=lambda each: each.own)


def word(lang: str, text: InterfaceText, said: Sequence[str]) -> None:
    """Keep a reader's wording of a text, and show it from now on.

    Raises:
        PlacesDiffer: If it does not hold the same places to fill in.
        WordingEmpty: If there is no text.
    """
    if not all(each.strip() for each in said):
        raise UserError(
            "Nothing was saved: the text is empty. “Use ours again” takes back what you wrote.", code="wording-empty"
        )
    wanted = _places(text.english[-1])
    if any(_places(each) != wanted for each in said):
        raise UserError(
            "Nothing was saved: the text must hold {places}, as the English one does, and nothing else in braces.",
            code="places-differ",
            places=", ".join(f"{{{name}}}" for name in sorted(wanted or ())) or "–",
        )
    own = _read(_own(lang), lang)
    own.delete(text.english[0], context=text.context)
    several = len(text.english) > 1
    own.add(text.english if several else text.english[0], tuple(said) if several else said[0], context=text.context)
    _keep(lang, own)


def take_back(lang: str, text: InterfaceText) -> None:
    own = _read(_own(lang), lang)
    own.delete(text.english[0], context=text.context)
    _keep(lang, own)


def export(lang: str, file: Path) -> int:
    own = {_key(message): message for message in _read(_own(lang), lang) if message.id}
    whole = _read(_shipped(lang), lang)
    for message in whole:
        if message.id and (mine := own.get(_key(message))):
            message.string = mine.string
            message.flags.discard("fuzzy")
    write_atomically(file, _po(whole))
    return len(own)


def _shipped(lang: str) -> Path:
    return resource("locale") / lang / "LC_MESSAGES" / f"{i18n.DOMAIN}.po"


def _own(lang: str) -> Path:
    return i18n.own_wording() / lang / "LC_MESSAGES" / f"{i18n.DOMAIN}.po"


def _read(file: Path, lang: str) -> Catalog:
    """Return a catalogue; an own one that cannot be read, or is not there yet, is empty."""
    try:
        with file.open("rb") as opened:
            return read_po(opened, locale=lang, abort_invalid=True)
    except (FileNotFoundError, PoFileError, UnicodeError):
        return Catalog(locale=lang, domain=i18n.DOMAIN, fuzzy=False)


def _keep(lang: str, own: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, own)
    _own(lang).parent.mkdir(parents=True, exist_ok=True)
    write_atomically(_own(lang), _po(own), private=True)
    write_atomically(_own(lang).with_suffix(".mo"), compiled.getvalue(), private=True)
    i18n.catalogue.cache_clear()


def _po(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False)
    return out.getvalue()


def _text(message: Message, *, own: bool) -> InterfaceText:
    return InterfaceText(message.context or "", _forms(message.id), _forms(message.string), own)


def _forms(said: object) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said) if isinstance(said, list | tuple) else ("",)


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _forms(message.id)[0]


def _places(text: str) -> set[str] | None:
    """Return the names in braces; None where the braces do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
