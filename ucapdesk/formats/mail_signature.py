"""Reads the foot of a letter as a business card: only what is unmistakable."""

from __future__ import annotations

import re

from ucapdesk.formats.vcard import VCard

LONGEST_SIGNATURE = 20
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = r"\s*[:：.]?\s*(\+?[\d(][\d ()/.-]{5,}\d)"
_SIGNS = {
    "mobile": re.compile(r"(?:mobile|mob|cell|手机|móvil|cellulare|handy|mobil)\.?" + _NUMBER, re.IGNORECASE),
    "phone": re.compile(r"(?:telephone|phone|tel|电话|teléfono|telefono|telefon)\.?" + _NUMBER, re.IGNORECASE),
    "wechat": re.compile(r"(?:wechat|weixin|微信)\s*[:：]?\s*([A-Za-z][\w-]{4,})", re.IGNORECASE),
}


def card_of_signature(text: str) -> VCard | None:
    """Return a card from a mail signature: only what is unmistakable; the whole text is kept as a note.

    The first line becomes the name where it is short and has no number. None where there is no e-mail address.
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
    return VCard(plain_name=first if named else "", email=email[0], note="\n".join(lines),
                mobile=numbers["mobile"], phone=numbers["phone"], wechat=numbers["wechat"])  # fmt: skip
