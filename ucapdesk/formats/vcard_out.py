"""Writes business cards as .vcf files that every phone and mail program reads.

A card is a vCard 3.0, which everything takes, or 4.0 where it is asked for. Its name is the one of the language it is written
for; the name in the other script stands as the nickname, where people see it, and both with their parts in
``X-UCAPDESK-NAME``, from which we read them again. The first post stands alone, where every program looks; further ones stand in
groups of their own.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ucapdesk.formats.vcard import NAME, ORDER, OUR_GROUP, OURS, PHONETIC, PICTURES, WECHAT, WHATSAPP, VCard
from ucapdesk.formats.whole_files import write_file
from ucapdesk.model.rules.names import in_order, say_han
from ucapdesk.model.values import HanName, PersonName

VERSIONS = ("3.0", "4.0")
FOLD = 74
"""Characters of a line after which it is folded onto the next one."""


def write_cards(target: Path, cards: Iterable[VCard], lang: str = "en", version: str = VERSIONS[0]) -> None:
    """Write cards, each under the name that it has in a language."""
    write_file(target, "".join(card_text(card, lang, version) for card in cards).encode())


def card_text(card: VCard, lang: str = "en", version: str = VERSIONS[0]) -> str:
    """Return one card."""
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
    shown = shown or card.house or card.email
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
    """Add a property, where it has a value."""
    if value:
        line = card.add(name)
        line.value, line.group = value, group
        line.params.update({key: [said] for key, said in params.items()})
