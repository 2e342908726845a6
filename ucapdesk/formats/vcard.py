"""Business cards as .vcf files: in from any telephone or mail program, out so that all of them read it.

A card of ours is a vCard 3.0, which everything takes. Its name is the one of the language it is written for; the name in the
other script stands as the nickname, where people see it, and both with their parts in ``X-UCAPDESK-NAME``, from which we
read them again. Which part of a name is the family name is taken only from where the card says so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import write_atomically
from ucapdesk.model.stubs import split_name
from ucapdesk.model.values import HanName, PersonName
from ucapdesk.model.values.cells import tidy

logging.getLogger("vobject").setLevel(logging.CRITICAL + 1)
"""It writes into the log what a card says."""
MEGABYTES, MOST = 20, 10_000
"""Larger files, and more cards, are no address book of a person."""
OURS, NAME, ORDER = "urn:uuid:", "x-ucapdesk-name", "ORDER"
WECHAT = ("x-wechat", "x-weixin")
WHATSAPP = ("x-whatsapp",)
TAKEN = frozenset(
    {"version", "prodid", "rev", "uid", "n", "fn", "nickname", "org", "title", "email", "tel", "bday", "note", "sort-string",
     "x-phonetic-last-name", "x-phonetic-first-name", "x-ablabel", "x-abadr", "x-abshowas", NAME, *WECHAT, *WHATSAPP}
)  # fmt: skip
"""What is read, or says nothing about a person."""
_CARD = re.compile(r"^BEGIN:VCARD[ \t]*$.*?^END:VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LONGEST_SIGNATURE = 20
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = r"\s*[:：.]?\s*(\+?[\d(][\d ()/.-]{5,}\d)"
_SIGNS = {
    "mobile": re.compile(r"(?:mobile|mob|cell|手机|móvil|cellulare|handy|mobil)\.?" + _NUMBER, re.IGNORECASE),
    "phone": re.compile(r"(?:telephone|phone|tel|电话|teléfono|telefono|telefon)\.?" + _NUMBER, re.IGNORECASE),
    "wechat": re.compile(r"(?:wechat|weixin|微信)\s*[:：]?\s*([A-Za-z][\w-]{4,})", re.IGNORECASE),
}
_ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")


class CardsNotOpened(UserError):
    """The operating system would not give the file."""

    sentence = (
        "The file {file} could not be opened ({reason}). Nothing was changed; check that it is there and may be read."
    )


class NoCards(UserError):
    """Some other file, or one that was cut off in its first card."""

    sentence = (
        "In the file {file} no business card was found. "
        "Nothing was changed; export the contacts again as vCard (.vcf) and choose that file."
    )


class CardsTooLarge(UserError):
    """More than anybody's address book."""

    sentence = (
        "The file {file} is too large: at most {limit} MB and {cards} cards are read at once. "
        "Nothing was changed; export fewer contacts into it."
    )


class CardsNotWritten(UserError):
    """The operating system would not take the file."""

    sentence = "The file {file} could not be written ({reason}). Your records are untouched; choose another place."


@dataclass(frozen=True, slots=True)
class Card:
    """What a business card says. Texts with a language are kept by it; ``left_out`` names what no field of ours holds."""

    uid: str = ""
    name: PersonName | None = None
    name_han: HanName | None = None
    plain_name: str = ""
    """The whole name, where its parts are not told."""
    name_other: str = ""
    post: Mapping[str, str] = field(default_factory=dict)
    organisation: Mapping[str, str] = field(default_factory=dict)
    email: str = ""
    mobile: str = ""
    phone: str = ""
    wechat: str = ""
    whatsapp: str = ""
    birthday: str = ""
    note: str = ""
    left_out: tuple[str, ...] = ()


# -- in -------------------------------------------------------------------------------------------


def read_cards(path: Path) -> tuple[list[Card], int]:
    """The cards of a file, and how many of them cannot be read. Raises a ``UserError`` where there is none."""
    try:
        if path.stat().st_size > MEGABYTES << 20:
            raise CardsTooLarge(file=path.name, limit=MEGABYTES, cards=MOST)
        raw = path.read_bytes()
    except OSError as error:
        raise CardsNotOpened(file=path.name, reason=error.strerror) from None
    cards, unreadable = cards_in(_decoded(raw))
    if not cards and not unreadable:
        raise NoCards(file=path.name)
    if len(cards) > MOST:
        raise CardsTooLarge(file=path.name, limit=MEGABYTES, cards=MOST)
    return cards, unreadable


def cards_in(text: str) -> tuple[list[Card], int]:
    """The cards of a text, and how many of them cannot be read."""
    found = [_read_one(match.group()) for match in _CARD.finditer(text.replace("\r\n", "\n").replace("\r", "\n"))]
    cut = len(re.findall("^BEGIN:VCARD", text, re.IGNORECASE | re.MULTILINE)) - len(found)
    cards = [card for card in found if card is not None]
    return cards, len(found) - len(cards) + max(0, cut)


def card_of_signature(text: str) -> Card | None:
    """What the foot of a letter says of who wrote it: only what cannot be mistaken; all of it is kept as a note.

    The first line is taken for the name where it is short and holds no number; None where there is no address.
    """
    lines = [line.strip(" \t|·") for line in text.replace("\r", "\n").split("\n") if line.strip(" \t|·-_")]
    email = _EMAIL.search(text)
    if not lines or email is None or len(lines) > LONGEST_SIGNATURE:
        return None
    numbers = {"mobile": "", "phone": "", "wechat": ""}
    for line in lines:
        for name, sign in _SIGNS.items():
            if not numbers[name] and (found := sign.search(line)):
                numbers[name] = found[1].strip()
    first = lines[0].strip(",，;；")
    named = len(first) <= 40 and not re.search(r"[@\d:：/]", first)
    return Card(plain_name=first if named else "", email=email[0], note="\n".join(lines),
                mobile=numbers["mobile"], phone=numbers["phone"], wechat=numbers["wechat"])  # fmt: skip


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _read_one(text: str) -> Card | None:
    import vobject

    try:
        found = next(vobject.readComponents(text, allowQP=True, ignoreUnreadable=True))
        card = _card(found.contents)
    except Exception:  # noqa: BLE001 (whatever a damaged or hostile card makes of the library)
        return None
    return card if card.name or card.name_han or card.plain_name or card.email or card.organisation else None


def _card(said: Mapping[str, list[Any]]) -> Card:
    latin, han, plain = _names(said)
    known = {_bare(str(each)) for each in (latin, han, plain) if each}
    others = [other for other in _texts(said, "nickname") if _bare(other) not in known]
    mobile, phone = _numbers(said.get("tel", ()))
    return Card(
        uid=next(iter(_texts(said, "uid")), "").removeprefix(OURS),
        name=latin,
        name_han=han,
        plain_name=plain,
        name_other=", ".join(others),
        post=_by_language(said.get("title", ())),
        organisation=_by_language(said.get("org", ())),
        email=_preferred(said.get("email", ())),
        mobile=mobile,
        phone=phone,
        wechat=next((text for name in WECHAT for text in _texts(said, name)), ""),
        whatsapp=next((text for name in WHATSAPP for text in _texts(said, name)), ""),
        birthday=_birthday(next(iter(_texts(said, "bday")), "")),
        note="\n".join(_texts(said, "note")),
        left_out=tuple(sorted(name.upper() for name in said if name not in TAKEN)),
    )


def _names(said: Mapping[str, list[Any]]) -> tuple[PersonName | None, HanName | None, str]:
    """The name in Latin letters, in characters, and the whole of one whose parts nobody told."""
    latin: PersonName | None = None
    han: HanName | None = None
    for each in said.get(NAME, ()):
        family, _, given = (part.strip() for part in tidy(str(each.value)).partition(";"))
        if _param(each, "LANGUAGE") == "zh":
            han = HanName(family or None, given or None)
        else:
            order = _param(each, ORDER)
            latin = PersonName(family or None, given or None, order if order in PersonName.ORDERS else None)
    if latin or han:
        return latin, han, ""
    shown = next(iter(_texts(said, "fn")), "")
    name = next(iter(said.get("n", ())), None)
    family, given = (_part(getattr(name.value, part, "")) for part in ("family", "given")) if name else ("", "")
    if _HAN.search(family + given):
        split = HanName(family, given) if family and given else split_name(family + given)
        han = split if isinstance(split, HanName) and _is_chinese(split) else None
        spoken = [next(iter(_texts(said, f"x-phonetic-{part}-name")), "") for part in ("last", "first")]
        if han and any(spoken) and not _HAN.search("".join(spoken)):
            latin = PersonName(spoken[0] or None, spoken[1] or None, "family_first")
        return latin, han, "" if han else shown or family + given
    if family and given:
        first = _bare(shown) == _bare(f"{family} {given}") and _bare(shown) != _bare(f"{given} {family}")
        return PersonName(family, given, "family_first" if first else None), None, ""
    return None, None, shown or family or given


def _is_chinese(name: HanName) -> bool:
    """Whether it can be a name that was always written in characters, and not one from abroad by its sound."""
    return len(str(name)) <= 4 and not set("·•・") & set(str(name))


def _part(value: Any) -> str:
    """One part of a structured value."""
    return " ".join(tidy(each).strip() for each in ([value] if isinstance(value, str) else value or ()) if each)


def _bare(text: str) -> str:
    return "".join(text.replace(",", " ").split()).casefold()


def _texts(said: Mapping[str, list[Any]], name: str) -> list[str]:
    return [text for each in said.get(name, ()) if (text := _text(each))]


def _text(line: Any) -> str:
    value = line.value
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(each).strip() for each in value if str(each).strip())
    return tidy(value).strip() if isinstance(value, str) else ""


def _param(line: Any, name: str) -> str:
    return next(iter(line.params.get(name, ())), "")


def _by_language(lines: Iterable[Any]) -> dict[str, str]:
    """Texts by the language they are marked with, else by their script; the first of each."""
    found: dict[str, str] = {}
    for line in lines:
        if text := _text(line):
            marked = _param(line, "LANGUAGE")[:2].lower()
            lang = marked if marked in ("en", "zh", "es", "it", "de") else "zh" if _HAN.search(text) else "en"
            found.setdefault(lang, text)
    return found


def _kinds(line: Any) -> set[str]:
    words = (word for each in (*line.params.get("TYPE", ()), *line.singletonparams) for word in each.split(","))
    return {word.strip().lower() for word in words}


def _preferred(lines: Iterable[Any]) -> str:
    found = sorted(((("pref" not in _kinds(line)), at, _text(line)) for at, line in enumerate(lines)))
    return next((text.removeprefix("mailto:") for _, _, text in found if text), "")


def _numbers(lines: Iterable[Any]) -> tuple[str, str]:
    """The mobile number, and one for the office; a fax is neither."""
    spoken = [(_kinds(line), _text(line).removeprefix("tel:")) for line in lines]
    spoken = [(kinds, number) for kinds, number in spoken if number and "fax" not in kinds]
    mobile = next((number for kinds, number in spoken if kinds & {"cell", "mobile", "iphone"}), "")
    phone = next((number for kinds, number in spoken if number != mobile and "work" in kinds), "")
    return mobile, phone or next((number for _, number in spoken if number != mobile), "")


def _birthday(said: str) -> str:
    """Month and day; the year is nobody's business here."""
    found = re.fullmatch(r"(?:\d{4}|--)-?(\d\d)-?(\d\d)(?:T.*)?", said.strip())
    return f"{found[1]}-{found[2]}" if found else ""


# -- out ------------------------------------------------------------------------------------------


def write_cards(target: Path, cards: Iterable[Card], lang: str = "en") -> None:
    """Write cards, each under the name that it has in a language."""
    text = "".join(card_text(card, lang) for card in cards)
    try:
        write_atomically(target, text.encode())
    except OSError as error:
        raise CardsNotWritten(file=target.name, reason=error.strerror) from None


def card_text(card: Card, lang: str = "en") -> str:
    """One card as vCard 3.0."""
    import vobject
    from vobject.vcard import Name

    made = vobject.vCard()
    latin, han = str(card.name or card.plain_name or ""), str(card.name_han or "")
    main: PersonName | HanName | None = card.name
    if (lang == "zh" and card.name_han) or not card.name:
        main = card.name_han or card.name
    shown = han if isinstance(main, HanName) else latin or han
    shown = shown or next(iter(card.organisation.values()), "") or card.email
    made.add("n").value = Name(family=(main.family if main else "") or "", given=(main.given if main else shown) or "")
    made.add("fn").value = shown
    other = latin if shown == han else han
    _add(made, "nickname", ", ".join(filter(None, (other if other != shown else "", card.name_other))))
    if isinstance(main, HanName) and card.name:
        _add(made, "x-phonetic-last-name", card.name.family or "")
        _add(made, "x-phonetic-first-name", card.name.given or "")
    for key, name in (("en", card.name), ("zh", card.name_han)):
        if name:
            said = ";".join((part or "").replace(";", ",") for part in (name.family, name.given))
            order = name.order if isinstance(name, PersonName) else None
            _add(made, NAME, said, LANGUAGE=key, **({ORDER: order} if order else {}))
    _add(made, "uid", f"{OURS}{card.uid}" if card.uid else "")
    for each in sorted(card.organisation, key=lambda each: each != lang):
        made.add("org").value = [card.organisation[each]]
        made.org_list[-1].params["LANGUAGE"] = [each]
    for each in sorted(card.post, key=lambda each: each != lang):
        _add(made, "title", card.post[each], LANGUAGE=each)
    _add(made, "email", card.email, TYPE="INTERNET")
    _add(made, "tel", card.mobile, TYPE="CELL")
    _add(made, "tel", card.phone, TYPE="WORK")
    _add(made, WECHAT[0], card.wechat)
    _add(made, WHATSAPP[0], card.whatsapp)
    _add(made, "bday", f"--{card.birthday}" if card.birthday else "")
    _add(made, "note", card.note)
    text: str = made.serialize(validate=False)
    return text


def _add(card: Any, name: str, value: str, **params: str) -> None:
    """A line, where there is anything to say."""
    if value:
        line = card.add(name)
        line.value = value
        line.params.update({key: [said] for key, said in params.items()})
