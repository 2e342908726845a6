"""Reads people from pasted text: rows without heads, and the foot of a letter as a business card.

Each cell is known by its look, and what is left stands in the usual order: post, organisation, diet. Rows with heads are a list
as offices keep them (``formats/lists``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from email.utils import getaddresses

from ucapdesk.formats.address_words import BRACKET, CLOSING, EMAIL, SALUTATIONS, form_of_address, titled
from ucapdesk.formats.vcard import Position, VCard
from ucapdesk.model.codes import folded, word_table
from ucapdesk.model.text.person_names import HAN_NAME, read_latin, telling, whole_han

MAX_PEOPLE_ROWS = 500
_PHONE = re.compile(r"\+?[\d\s()./-]{6,}")
_NUMBER = re.compile(r"\d{1,3}[.)]?")
_NESTED = re.compile(r"\([^()]*\(")  # Brackets within brackets, which Python reads as deep as they are
# A receiver as Outlook writes one: ``Nowak, Anna <a@lodz.pl>``.
_FAMILY_FIRST = re.compile(r"""(?:(?<=[;；\n])|^)( ?)([^"<>;；\n@,]{1,40}, ?[^"<>;；\n@,]{1,40}?)(?= ?<)""")
CHINESE_MOBILE = re.compile(r"(?:(?:\+|00)?86[ -]?)?1\d\d(?:[ -]?\d{4}){2}")


LONGEST_SIGNATURE, LONGEST_RECEIVER = 20, 80
_DIGITS = r"\s*[:：.]?\s*(\+?[\d(][\d ()/.-]{5,}\d)"
_SIGNS = {
    "mobile": re.compile(
        r"(?:mobile|mob|cell|手机|móvil|cellulare|handy|mobil|\bm(?=[:：]))\.?" + _DIGITS, re.IGNORECASE
    ),
    "phone": re.compile(
        r"(?:telephone|phone|tel(?:\s?/\s?fax)?|电话|teléfono|telefono|telefon|\b[tp](?=[:：]))\.?" + _DIGITS,
        re.IGNORECASE,
    ),
    "wechat": re.compile(r"(?:wechat|weixin|微信)\s*[:：]?\s*([A-Za-z][\w-]{4,})", re.IGNORECASE),
}


def people_in(text: str) -> list[VCard]:
    """Return the people of a table or list; none where the text is neither, so that a single name stays what it is."""
    if senders := _of_addresses(text):
        return senders
    rows = _rows(text)
    heads = {head for words in word_table("list_heads").values() for head in words}
    headed = rows and heads.issuperset(cell.casefold().strip(":： *") for cell in rows[0] if cell)
    people = rows[1:] if headed else rows
    table = any(len(row) > 1 for row in rows)
    if not people or len(rows) > MAX_PEOPLE_ROWS or not (table or len(people) > 1):
        return []
    return [*filter(None, map(_card, map(look_at, people)))]


def _of_addresses(text: str) -> list[VCard]:
    """Return the people of a copied line of receivers: ``Anna Nowak <a@lodz.pl>; "Li, Wei" <li@zz.cn>``; none of any other text."""
    if text.count("@") < 2 or "<" not in text or _NESTED.search(text) or len(text) > MAX_PEOPLE_ROWS * LONGEST_RECEIVER:
        return []
    found = getaddresses([re.sub(r"[;；，\n]", ",", _FAMILY_FIRST.sub(r'\1"\2"', text))])
    found = [(" ".join(name.split()), email) for name, email in found if name or email]
    if not all(EMAIL.fullmatch(email) and len(name) <= LONGEST_RECEIVER for name, email in found):
        return []
    return [
        _card({"han" if HAN_NAME.fullmatch(name) else "name": name, "email": email}) or VCard(email=email)
        for name, email in dict.fromkeys(found)
    ]


def _rows(text: str) -> list[list[str]]:
    """Return the cells of the rows, without those of an empty row or of a title over the whole table."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
    apart = "\t" if "\t" in text else ";" if text.count(";") >= len(lines) else ""
    cells = csv.reader(lines, delimiter=apart) if apart else ([line] for line in lines)
    rows = [[" ".join(cell.split()) for cell in row] for row in cells]
    rows = [row for row in rows if any(row)]
    widest = max((sum(map(bool, row)) for row in rows), default=0)
    while len(rows) > 1 and widest > 2 and sum(map(bool, rows[0])) == 1:
        rows = rows[1:]
    return rows


def look_at(row: Sequence[str]) -> dict[str, str]:
    """Return what the cells of one person are, by their look; the name comes before post and organisation."""
    said: dict[str, str] = {}
    rest: list[str] = []
    for at, cell in enumerate(row):
        if not cell or (at == 0 and len(row) > 1 and _NUMBER.fullmatch(cell)):
            continue
        if (found := EMAIL.search(cell)) and "email" not in said:
            said["email"] = found[0]
        elif _PHONE.fullmatch(cell) and "phone" not in said:
            said["phone"] = cell
        elif HAN_NAME.search(cell) and len(cell) <= 4 and "han" not in said and not rest:
            said["han"] = cell
        elif "name" not in said and not rest and not HAN_NAME.search(cell):
            said["name"] = cell
        else:
            rest.append(cell)
    if len(rest) == 2 and telling("post").search(rest[1]) and not telling("post").search(rest[0]):
        rest.reverse()
    return said | dict(zip(("post", "organisation", "diet"), rest, strict=False))


def _card(said: dict[str, str]) -> VCard | None:
    name, han = said.get("name", ""), said.get("han", "")
    (before, name), (behind, han) = apart(name), apart(han)
    latin = read_latin(name) if name and not HAN_NAME.search(name) else None
    whole = latin is not None and bool(latin.family and latin.given)
    position = Position(_in_language(said.get("organisation", "")), _in_language(said.get("post", "")))
    if not han and not any(map(str.isalpha, name)):  # nothing, or hours of a programme
        return None
    address, phone, mobile = form_of_address(f"{before} {behind}"), said.get("phone", ""), said.get("mobile", "")
    if not mobile and CHINESE_MOBILE.fullmatch(phone):
        phone, mobile = "", phone
    return VCard(
        name=latin if whole else None,
        name_han=whole_han(han) if han and HAN_NAME.search(han) else None,
        plain_name=name if name and not whole else "",
        salutation=address["salutation"], academic_title=address["academic_title"],
        positions=(position,) if position.organisation or position.post else (),
        email=said.get("email", ""), phone=phone, mobile=mobile, diet=said.get("diet", ""),
    )  # fmt: skip


def apart(name: str) -> tuple[str, str]:
    """Return titles and forms of address before a name, behind it or in brackets, and the name."""
    found = BRACKET.search(name)
    if found and folded(found[1]).rstrip(".") in SALUTATIONS:
        titles, bare = titled(name[: found.start()])
        return f"{titles} {found[1]}".strip(), bare
    return titled(name)


def _in_language(text: str) -> dict[str, str]:
    return {"zh" if HAN_NAME.search(text) else "en": text} if text else {}


def card_of_signature(text: str) -> VCard | None:
    """Return a card from a mail signature: only what is unmistakable; the whole text is kept as a note.

    The first line becomes the name where it is short and has no number. None where there is no e-mail address.
    """
    lines = [line.strip(" \t|·") for line in text.replace("\r", "\n").split("\n") if line.strip(" \t|·-_")]
    email = EMAIL.search(text)
    if not lines or email is None or len(lines) > LONGEST_SIGNATURE or _of_addresses(text):
        return None
    numbers = {"mobile": "", "phone": "", "wechat": ""}
    for line in lines:
        for name, sign in _SIGNS.items():
            if not numbers[name] and (found := sign.search(line)):
                numbers[name] = found[1].strip()
    first = next((line for line in lines if not all(map(CLOSING.match, line.split("/")))), "").strip(",，;；")
    named = len(first) <= 40 and not re.search(r"[@\d:：/]", first)
    titles, name = apart(first) if named else ("", "")
    address = form_of_address(titles)
    return VCard(
        plain_name=name, salutation=address["salutation"], academic_title=address["academic_title"], email=email[0],
        note="\n".join(lines), mobile=numbers["mobile"], phone=numbers["phone"], wechat=numbers["wechat"],
    )  # fmt: skip
