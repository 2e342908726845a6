"""Reads business cards (.vcf files) of any version, from any phone or mail program, and writes them for all of them.

Which part of a name is the family name is taken only from where the card says so. Posts and organisations that belong together
are told by their group, by ALTID (vCard 4.0), else by their order; those in several languages are one. Of a photo only the bytes
are taken that are in the card: nothing is ever fetched.

A card that is written is a vCard 3.0, which everything takes, or 4.0 where it is asked for. Its name is the one of the language
it is written for; the name in the other script stands as the nickname, where people see it, and both with their parts in
``X-UCAPDESK-NAME``, from which we read them again. The first post stands alone, where every program looks; further ones stand in
groups of their own.
"""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.formats.whole_files import read_file, text_of, write_file
from ucapdesk.model.text.person_names import in_order, say_han, split_name
from ucapdesk.model.values import HanName, PersonName
from ucapdesk.model.values.cells import tidy


def texts_of(said: Mapping[str, list[Any]], name: str) -> list[str]:
    return [text for each in said.get(name, ()) if (text := text_of_line(each))]


def text_of_line(line: Any) -> str:
    """Return the text of a line; of one in parts, all of them."""
    value = line.value
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(each).strip() for each in value if str(each).strip())
    return tidy(value).strip() if isinstance(value, str) else ""


def name_part(value: Any) -> str:
    return " ".join(tidy(each).strip() for each in ([value] if isinstance(value, str) else value or ()) if each)


def bare(text: str) -> str:
    """Return a name to compare, without spaces and commas."""
    return "".join(text.replace(",", " ").split()).casefold()


def param(line: Any, name: str) -> str:
    """Return a parameter of a line; empty where it has none."""
    return next(iter(line.params.get(name, ())), "")


def language_of(line: Any, text: str) -> str:
    marked = param(line, "LANGUAGE")[:2].lower()
    return marked if marked in LANGUAGES else "zh" if HAN_RUN.search(text) else "en"


def kinds_of(line: Any) -> set[str]:
    """Return what a line says it is: ``work``, ``cell``, ``pref``."""
    words = (word for each in (*line.params.get("TYPE", ()), *line.singletonparams) for word in each.split(","))
    return {word.strip().lower() for word in words}


def number_of(said: str) -> str:
    """Return a number as it is dialled, also of a link ``tel:+86-991-2816000;ext=102``."""
    number, *more = said.removeprefix("tel:").split(";") if said.startswith("tel:") else [said]
    extension = next((part[4:] for part in more if part.startswith("ext=")), "")
    return f"{number} ext. {extension}" if extension else number


def label_of(said: Mapping[str, list[Any]], line: Any) -> str:
    """Return the label of one's own that a telephone gives to a line: ``item1.X-ABLabel``."""
    labels = [text_of_line(each) for each in said.get("x-ablabel", ()) if line.group and each.group == line.group]
    return next((label for label in labels if not label.startswith("_$!<")), "")


logging.getLogger("vobject").setLevel(logging.CRITICAL + 1)
"""It writes into the log what a card says."""
MEGABYTES, MAX_CARDS, MAX_LINES = 20, 10_000, 2_000  # Limits above which a file is no one's address book
_MOBILE = frozenset({"cell", "mobile", "iphone"})
OURS, NAME, PHONETIC, ORDER = "urn:uuid:", "x-ucapdesk-name", "x-ucapdesk-phonetic", "ORDER"
WECHAT, WHATSAPP = ("x-wechat", "x-weixin"), ("x-whatsapp",)
# Properties that are read, or tell nothing about a person.
TAKEN = frozenset(
    {"version", "prodid", "rev", "uid", "n", "fn", "nickname", "org", "title", "email", "tel", "bday", "note", "sort-string", "photo",
     "x-phonetic-last-name", "x-phonetic-first-name", "x-ablabel", "x-abadr", "x-abshowas", "kind", "adr", "url", "role", NAME, PHONETIC,
     *WECHAT, *WHATSAPP}
)  # fmt: skip
_SALUTATIONS = dict.fromkeys("mr herr sr sig 先生".split(), "mr") | dict.fromkeys(
    "ms mrs frau sra sig.ra 女士 小姐".split(), "ms"
)
_ADDRESS = ("box", "extended", "street", "city", "region", "code", "country")
# A name as people keep it in WeChat: with where somebody works in brackets.
_BRACKET = re.compile(r"(?P<name>[^()（）]{2,})[（(](?P<inner>[^()（）]{2,})[)）]")
# The same without brackets: a Chinese name, a space, an office or a post.
_HAN_AND_OFFICE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,3})[ \u3000_-]+(?P<inner>[\u4e00-\u9fff]+"
    r"(?:[局委办厅处科院校所会社馆长]|中心|政府|公司|集团|大学|银行|主任|经理|书记|教授|老师|秘书|翻译|司机))"
)
_POST = re.compile(
    r"(?:长|主任|经理|书记|科员|教授|老师|秘书|总监|总裁|董事|工程师|翻译|司机|director|manager|mayor|officer)$",
    re.IGNORECASE,
)
_BEGIN, _END = (re.compile(f"^{sign}:VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE) for sign in ("BEGIN", "END"))
# Where a line goes on in the next; after ``=`` of quoted-printable the library looks itself.
_FOLD = re.compile(r"(?<!=)\n[ \t]")
# A photo as vCard 4.0 writes it, which the library would cut at its first comma.
_LINKED_PHOTO = re.compile(
    r"^((?:[\w-]+\.)?PHOTO)\b[^:\n]*:data:image/(jpe?g|png);base64,", re.IGNORECASE | re.MULTILINE
)
PICTURES = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}  # The first bytes of files accepted as a photo
LARGEST_PHOTO = 4 << 20
OUR_GROUP = "post"  # Prefix of the groups in which our files keep further posts


@dataclass(frozen=True, slots=True)
class Position:
    """A post at an organisation, by language."""

    organisation: Mapping[str, str] = field(default_factory=dict)
    post: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VCard:
    """A business card. Texts with a language are keyed by it; ``left_out`` names the properties without a field of ours.

    Attributes:
        plain_name: The whole name, where its parts are unknown.
        name_phonetic: The name as other scripts write it by its sound.
        positions: All posts, the main one first.
        besides: What else it says, each with the name of its property or with its own label: further numbers, a fax,
            addresses.
        photo: A JPEG or PNG file.
        is_organisation: Whether it is the card of an organisation.
    """

    uid: str = ""
    name: PersonName | None = None
    name_han: HanName | None = None
    plain_name: str = ""
    name_phonetic: Mapping[str, str] = field(default_factory=dict)
    name_other: str = ""
    positions: tuple[Position, ...] = ()
    email: str = ""
    mobile: str = ""
    phone: str = ""
    wechat: str = ""
    whatsapp: str = ""
    birthday: str = ""
    note: str = ""
    diet: str = ""
    salutation: str = ""
    academic_title: str = ""
    besides: tuple[tuple[str, str], ...] = ()
    photo: bytes = b""
    left_out: tuple[str, ...] = ()
    is_organisation: bool = False

    @property
    def organisation(self) -> str:
        return next((name for each in self.positions[:1] for name in each.organisation.values()), "")


# -- in -------------------------------------------------------------------------------------------


def read_cards(path: Path) -> tuple[list[VCard], int]:
    """Return the cards of a file, and the number of unreadable ones. Raises a ``UserError`` where there is none."""
    too_large = UserError(
        "The file {file} is too large: at most {limit} MB and {cards} cards are read at once. "
        "Nothing was changed; export fewer contacts into it.",
        code="cards-too-large",
        file=path.name,
        limit=MEGABYTES,
        cards=MAX_CARDS,
    )
    text = text_of(read_file(path, MEGABYTES << 20, too_large))
    if sum(1 for _ in _BEGIN.finditer(text)) > MAX_CARDS:
        raise too_large
    cards, unreadable = cards_in(text)
    if not cards and not unreadable:
        raise UserError(
            "In the file {file} no business card was found. "
            "Nothing was changed; export the contacts again as vCard (.vcf) and choose that file.",
            code="no-cards",
            file=path.name,
        )
    return cards, unreadable


def cards_in(text: str) -> tuple[list[VCard], int]:
    text = _FOLD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    cards = [_read_one(f"BEGIN:VCARD\n{part[: end.end()]}") if (end := _END.search(part)) else None
             for part in _BEGIN.split(text)[1:]]  # fmt: skip
    found = [card for card in cards if card is not None]
    return found, len(cards) - len(found)


def _read_one(text: str) -> VCard | None:
    import vobject

    if text.count("\n") > MAX_LINES:
        return None
    try:
        text = _LINKED_PHOTO.sub(r"\1;ENCODING=b;TYPE=\2:", text)
        card = _card(next(vobject.readComponents(text, allowQP=True, ignoreUnreadable=True)).contents)
    except Exception:  # noqa: BLE001 (whatever a damaged or hostile card makes of the library)
        return None
    return card if card.name or card.name_han or card.plain_name or card.email or card.organisation else None


def _card(said: Mapping[str, list[Any]]) -> VCard:
    latin, han, plain = _names(said)
    phonetic = {language_of(line, text): text for line in said.get(PHONETIC, ()) if (text := text_of_line(line))}
    shown, *further_shown = texts_of(said, "fn") or [""]
    plain, in_bracket, called = _without_bracket(plain, shown, han=bool(han))
    known = {bare(str(each)) for each in (latin, han, plain, *phonetic.values(), *texts_of(said, "org")) if each}
    names = dict.fromkeys((*texts_of(said, "nickname"), called, *further_shown))
    mobile, phone, numbers = _numbers(said)
    title, salutation = _title(said)
    email, mails = _preferred(said.get("email", ()))
    born = re.fullmatch(r"(?:\d{4}|--)-?(\d\d)-?(\d\d)(?:T.*)?", next(iter(texts_of(said, "bday")), "").strip())
    photo = next(filter(None, map(_picture, said.get("photo", ()))), b"")
    wechat, whatsapp = _messenger(said, "wechat", WECHAT), _messenger(said, "whatsapp", WHATSAPP)
    left_out = {name.upper() for name in said if name not in TAKEN and not (name == "impp" and (wechat or whatsapp))}
    return VCard(
        uid=next(iter(texts_of(said, "uid")), "").removeprefix(OURS),
        name=latin,
        name_han=han,
        plain_name=plain,
        name_phonetic=phonetic,
        name_other=", ".join(other for other in names if other and bare(other) not in known),
        positions=tuple(_positions(said)) or in_bracket,
        email=email,
        mobile=mobile,
        phone=phone,
        wechat=wechat,
        whatsapp=whatsapp,
        birthday=f"{born[1]}-{born[2]}" if born else "",  # the year is private
        note="\n".join(texts_of(said, "note")),
        salutation=salutation,
        academic_title=title,
        besides=(*numbers, *(("EMAIL", mail) for mail in mails), *_besides(said)),
        photo=photo,
        left_out=tuple(sorted(left_out | ({"PHOTO"} if "photo" in said and not photo else set()))),
        is_organisation=_is_organisation(said, plain),
    )


def _names(said: Mapping[str, list[Any]]) -> tuple[PersonName | None, HanName | None, str]:
    """Return the name in Latin letters, the name in characters, and the whole name where its parts are unknown."""
    latin: PersonName | None = None
    han: HanName | None = None
    for each in said.get(NAME, ()):
        family, _, given = (part.strip() for part in tidy(str(each.value)).partition(";"))
        if param(each, "LANGUAGE") == "zh":
            han = HanName(family or None, given or None)
        else:
            order = param(each, ORDER)
            latin = PersonName(family or None, given or None, order if order in PersonName.ORDERS else None)
    if latin or han:
        return latin, han, ""
    found = [_names_of(said, line, fn) for line, fn in _name_lines(said)]
    latin = next((each[0] for each in found if each[0]), None)
    han = next((each[1] for each in found if each[1]), None)
    return latin, han, "" if latin or han else found[0][2]


def _name_lines(said: Mapping[str, list[Any]]) -> list[tuple[Any, str]]:
    shown = said.get("fn", ())
    first = next(filter(None, map(text_of_line, shown)), "")
    lines = said.get("n", ())
    if len(lines) < 2:
        return [(next(iter(lines), None), first)]
    by_language = {param(line, "LANGUAGE"): text_of_line(line) for line in shown}
    return [(line, by_language.get(param(line, "LANGUAGE"), first)) for line in lines]


def _names_of(said: Mapping[str, list[Any]], name: Any, shown: str) -> tuple[PersonName | None, HanName | None, str]:
    """Return what one structured name and the whole name beside it say, as ``_names``."""
    latin: PersonName | None = None
    family, given = (name_part(getattr(name.value, part, "")) for part in ("family", "given")) if name else ("", "")
    if HAN_RUN.search(family + given):
        split = HanName(family, given) if family and given else split_name(family + given)
        han = split if isinstance(split, HanName) and _is_chinese(split) else None
        spoken = [next(iter(texts_of(said, f"x-phonetic-{part}-name")), "") for part in ("last", "first")]
        if han and any(spoken) and not HAN_RUN.search("".join(spoken)):
            latin = PersonName(spoken[0] or None, spoken[1] or None, "family_first")
        return latin, han, "" if han else shown or family + given
    if family and given:
        whole = bare(shown)
        first = bare(f"{family} {given}") in whole and bare(f"{given} {family}") not in whole
        middle = name_part(getattr(name.value, "additional", ""))
        return PersonName(family, f"{given} {middle}".strip(), "family_first" if first else None), None, ""
    return None, None, shown or family or given


def _is_organisation(said: Mapping[str, list[Any]], plain: str) -> bool:
    """Return whether a card is that of an organisation: it says so, or is called as its organisation is."""
    told = {text.casefold() for name in ("kind", "x-abshowas") for text in texts_of(said, name)}
    houses = {bare(text) for text in texts_of(said, "org")}
    return bool(told & {"org", "group", "company"}) or bool(plain and bare(plain) in houses)


def _is_chinese(name: HanName) -> bool:
    """Return whether a name was originally written in characters, rather than transcribed from abroad."""
    return len(str(name)) <= 4 and not set("·•・") & set(str(name))


def _positions(said: Mapping[str, list[Any]]) -> list[Position]:
    """Return the posts with their organisations, in the order of the card."""
    organisations, posts = said.get("org", ()), said.get("title", ())
    paired = {line.group for line in organisations} & {line.group for line in posts} - {None}
    marked = [{param(line, "ALTID") for line in lines} for lines in (organisations, posts)]
    found: dict[tuple[str, str], tuple[dict[str, str], dict[str, str]]] = {}
    for at, lines in enumerate((organisations, posts)):
        seen: dict[str, int] = {}
        alone: dict[str, int] = {}
        for line in lines:
            if not (text := text_of_line(line)):
                continue
            lang, mark = language_of(line, text), param(line, "ALTID")
            if line.group in paired or (line.group or "").startswith(OUR_GROUP):
                key = "group", str(line.group)
            elif mark and mark in marked[1 - at]:
                key = "altid", mark
            elif mark:  # one in several languages, beside others by their order
                key = "order", str(alone.setdefault(mark, len(alone)))
            else:
                key = "order", str(seen.get(lang, 0))
                seen[lang] = seen.get(lang, 0) + 1
            found.setdefault(key, ({}, {}))[at].setdefault(lang, text)
    return [Position(organisation, post) for organisation, post in found.values()]


def _picture(line: Any) -> bytes:
    """Return the bytes of a photo; empty for a link and for anything that is no picture."""
    value = line.value
    fits = isinstance(value, bytes) and value.startswith(tuple(PICTURES.values())) and len(value) <= LARGEST_PHOTO
    return value if fits else b""


def _messenger(said: Mapping[str, list[Any]], service: str, names: Iterable[str]) -> str:
    """Return the name in a messenger: from its own property, or from ``IMPP;X-SERVICE-TYPE=WeChat:x-apple:name``."""
    if own := next((text for name in names for text in texts_of(said, name)), ""):
        return own
    called = {service, *(name.removeprefix("x-") for name in names)}
    for line in said.get("impp", ()):
        scheme, _, name = text_of_line(line).rpartition(":")
        if called & {param(line, "X-SERVICE-TYPE").lower(), scheme.lower()}:
            return name
    return ""


def _preferred(lines: Iterable[Any]) -> tuple[str, list[str]]:
    found = sorted(((("pref" not in kinds_of(line)), at, text_of_line(line)) for at, line in enumerate(lines)))
    first, *others = dict.fromkeys(text.removeprefix("mailto:") for _, _, text in found if text) or [""]
    return first, others


def _numbers(said: Mapping[str, list[Any]]) -> tuple[str, str, list[tuple[str, str]]]:
    """Return the mobile number, one for the office, and all others with their labels; a fax is none of the first two.

    Neither a second mobile nor the number of somebody's home is one of the office.
    """
    spoken = [(kinds_of(line), number_of(text_of_line(line)), label_of(said, line)) for line in said.get("tel", ())]
    spoken = [each for each in spoken if each[1]]
    calls = [(kinds, number) for kinds, number, _ in spoken if "fax" not in kinds]
    mobile = next((number for kinds, number in calls if kinds & _MOBILE), "")
    phone = next((number for kinds, number in calls if number != mobile and "work" in kinds), "")
    phone = phone or next(
        (number for kinds, number in calls if number != mobile and not kinds & {"home", *_MOBILE}), ""
    )
    others = {number: label or ("FAX" if "fax" in kinds else "TEL") for kinds, number, label in spoken}
    return mobile, phone, [(label, number) for number, label in others.items() if number not in (mobile, phone)]


def _title(said: Mapping[str, list[Any]]) -> tuple[str, str]:
    """Return academic title and salutation, as they stand before the name."""
    name = next(iter(said.get("n", ())), None)
    prefix = name_part(getattr(name.value, "prefix", "")) if name else ""
    salutation = _SALUTATIONS.get(prefix.casefold().rstrip("."), "")
    return "" if salutation else prefix, salutation


def _besides(said: Mapping[str, list[Any]]) -> Iterator[tuple[str, str]]:
    """Yield addresses, links, and the role where no title says the same."""
    for line in said.get("adr", ()):
        parts = [name_part(getattr(line.value, part, "")) for part in _ADDRESS]
        if text := ", ".join(part.replace("\n", ", ") for part in parts if part):
            yield label_of(said, line) or "ADR", text
    for name in ("url", "role"):
        yield from (
            (label_of(said, line) or name.upper(), text) for line in said.get(name, ()) if (text := text_of_line(line))
        )
    suffix = next((name_part(getattr(line.value, "suffix", "")) for line in said.get("n", ())), "")
    if suffix:
        yield "SUFFIX", suffix


def _without_bracket(plain: str, shown: str, *, han: bool) -> tuple[str, tuple[Position, ...], str]:
    """Return a name without its bracket: a post or an organisation, or another name of somebody whose family name is known."""
    found = _BRACKET.fullmatch(plain or shown) or _HAN_AND_OFFICE.fullmatch(plain or shown)
    inner = found["inner"].strip() if found else ""
    if found is None or not (plain or (han and HAN_RUN.search(inner))):
        return plain, (), inner
    said = {"zh" if HAN_RUN.search(inner) else "en": inner}
    position = Position(post=said) if _POST.search(inner) else Position(said)
    return plain and found["name"].strip(), (position,), ""


VERSIONS = ("3.0", "4.0")
FOLD = 74  # Characters of a line after which it is folded onto the next one


def write_cards(target: Path, cards: Iterable[VCard], lang: str = "en", version: str = VERSIONS[0]) -> None:
    write_file(target, "".join(card_text(card, lang, version) for card in cards).encode())


def card_text(card: VCard, lang: str = "en", version: str = VERSIONS[0]) -> str:
    import vobject

    made = vobject.vCard()
    made.add("version").value = version
    _add_names(made, card, lang)
    _add(made, "uid", f"{OURS}{card.uid}" if card.uid else "")
    _add_positions(made, card, lang, new=version != VERSIONS[0])
    _add(made, "email", card.email, **({"TYPE": "INTERNET"} if version == VERSIONS[0] else {}))
    _add(made, "tel", card.mobile, TYPE="CELL")
    _add(made, "tel", card.phone, TYPE="WORK")
    _add(made, WECHAT[0], card.wechat)
    _add(made, WHATSAPP[0], card.whatsapp)
    _add(made, "bday", f"--{card.birthday}" if card.birthday else "")
    _add(made, "note", card.note)
    text: str = made.serialize(validate=False)
    head, end, rest = text.rpartition("END:VCARD")
    return f"{head}{_photo(card.photo, version)}{end}{rest}"


def _photo(photo: bytes, version: str) -> str:
    """Return a photo as a line of the card; the library would escape the commas of vCard 4.0."""
    kind = next((name for name, begins in PICTURES.items() if photo.startswith(begins)), "")
    if not kind:
        return ""
    data = base64.b64encode(photo).decode()
    old = version == VERSIONS[0]
    line = f"PHOTO;ENCODING=b;TYPE={kind.upper()}:{data}" if old else f"PHOTO:data:image/{kind};base64,{data}"
    return "\r\n ".join(line[at : at + FOLD] for at in range(0, len(line), FOLD)) + "\r\n"


def _add_names(made: Any, card: VCard, lang: str) -> None:
    from vobject.vcard import Name

    latin, han = str(in_order(card.name, card.name_han) or card.plain_name or ""), say_han(card.name_han, card.name)
    by_sound = "" if han else card.name_phonetic.get("zh", "")
    han = han or by_sound
    # none where it is written by its sound, which has no parts
    main: PersonName | HanName | None = card.name_han if (lang == "zh" and han) or not card.name else card.name
    shown = han if isinstance(main, HanName) or (lang == "zh" and by_sound) else latin or han
    shown = shown or card.organisation or card.email
    family, given = (main.family, main.given) if main else ("", shown)
    made.add("n").value = Name(family=family or "", given=given or "", prefix=card.academic_title)
    made.add("fn").value = shown
    other = latin if shown == han else han
    _add(made, "nickname", ", ".join(filter(None, (other if other != shown else "", card.name_other))))
    if shown == han and card.name:
        _add(made, "x-phonetic-last-name", card.name.family or "")
        _add(made, "x-phonetic-first-name", card.name.given or "")
    for key, name in (("en", card.name), ("zh", card.name_han)):
        if name:
            said = ";".join((part or "").replace(";", ",") for part in (name.family, name.given))
            order = name.order if isinstance(name, PersonName) else None
            _add(made, NAME, said, LANGUAGE=key, **({ORDER: order} if order else {}))
    for key, said in card.name_phonetic.items():
        _add(made, PHONETIC, said, LANGUAGE=key)


def _add_positions(made: Any, card: VCard, lang: str, *, new: bool) -> None:
    """Add organisations and posts, each in its languages, that of the card first; in vCard 4.0 these are marked as one."""
    for number, each in enumerate(card.positions, 1):
        group = f"{OUR_GROUP}{number}" if number > 1 else None
        mark = {"ALTID": str(number)} if new else {}
        for said in sorted(each.organisation, key=lambda said: said != lang):
            _add(made, "org", [each.organisation[said]], group, LANGUAGE=said, **mark)
        for said in sorted(each.post, key=lambda said: said != lang):
            _add(made, "title", each.post[said], group, LANGUAGE=said, **mark)


def _add(card: Any, name: str, value: str | list[str], group: str | None = None, **params: str) -> None:
    if value:
        line = card.add(name)
        line.value, line.group = value, group
        line.params.update({key: [said] for key, said in params.items()})
