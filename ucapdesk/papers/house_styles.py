"""The house style of a paper: which one it has, read from its record, and put on what was made without one."""

from __future__ import annotations

import re
from dataclasses import replace

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.briefing.blocks.content import Block, Cover, Letter, Paper
from ucapdesk.briefing.blocks.elements import (
    BoardCard,
    CardForm,
    CardLine,
    Cards,
    Face,
    House,
    Picture,
    Words,
    alternative,
)
from ucapdesk.model.kinds.paper_kinds import HouseStyle
from ucapdesk.model.kinds.people_kinds import Organisation
from ucapdesk.model.rules.limits import COLOUR
from ucapdesk.papers.facts.participants import own_name_of
from ucapdesk.papers.facts.wording import of_text
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import NO_STYLE
from ucapdesk.store.desk import Desk

PICTURES = ("logo", "second_logo", "cover", "event_logo")
_LOGO, _COVER = (60.0, 25.0), (174.0, 90.0)
_BADGE_LOGO, _BADGE_EVENT = 0.1, 0.085  # Parts of the height of a badge


def styles(desk: Desk) -> list[HouseStyle]:
    """Return the house styles of the workspace, by name; not those that packs were printed with."""
    return [each for each in desk.read.listed(HouseStyle, order="sort_en") if each.owner is None]


def usual_style(desk: Desk) -> str:
    """Return the id of the style that papers have on this laptop: the one chosen here, else the one that was written here most."""
    known = {each.id: each for each in styles(desk)}
    chosen: str = settings.load().house_styles.get(desk.workspace.id, "")
    if chosen in known or chosen == NO_STYLE:
        return chosen
    if len(known) < 2:
        return next(iter(known), NO_STYLE)
    return max(known, key=lambda id_: sum(desk.read.is_own(id_, cell) for cell in desk.heads(id_)))


def style_of_then(desk: Desk, pack: str) -> str:
    return next((each.id for each in desk.read.children(pack, HouseStyle)), NO_STYLE)


def dressed(paper: Paper, reader: RedactedReader, style: str) -> Paper:
    """Return a paper in a house style, by its id; pages to sign carry nothing of ours."""
    record = reader.aside.desk.read.get(HouseStyle, style) if style != NO_STYLE else None
    if record is None or record.is_deleted or paper.bare:
        return paper
    house, name = _house(reader, record), _organisation(reader, record)
    sections = tuple(
        replace(section, blocks=tuple(_in_style(block, house, name) for block in section.blocks))
        for section in paper.sections
    )
    return replace(paper, sections=sections, house=house)


def _organisation(reader: RedactedReader, record: HouseStyle) -> Words | None:
    found = reader.aside.one(Organisation, record.organisation)
    return own_name_of(found) if found else None


def is_shown(data: bytes) -> bool:
    from ucapdesk.briefing.blocks.pictures import is_picture  # layout: most styles that are read have no picture

    return is_picture(data)


def _house(reader: RedactedReader, record: HouseStyle) -> House:
    alt = alternative(of_text(record.office))
    pictures = {
        name: Picture(
            data, *(_COVER if name == "cover" else _LOGO), align="centre" if name == "cover" else "left", alt=alt
        )
        for name in PICTURES
        if (data := reader.file(getattr(record, name))) and is_shown(data)
    }
    colour = COLOUR.fullmatch((record.accent or "").strip())
    red_head = of_text(record.red_head)
    return House(
        office=of_text(record.office),
        address=of_text(record.address),
        reach=tuple(Words.plain(text) for text in (record.phone, record.email, record.website) if text),
        red_head=Words(red_head.text, dict.fromkeys(LANGUAGES, "not_needed")),
        accent=f"#{colour.group(1).upper()}" if colour else "",
        event=of_text(record.event),
        footer=of_text(record.footer),
        **pictures,
    )


# -- what is made of the blocks -------------------------------------------------------------------


def _in_style(block: Block, house: House, organisation: Words | None) -> Block:
    match block:
        case Cover() if house.cover is not None:
            return replace(block, picture=house.cover)
        case Letter() if _is_ours(block, organisation):
            return _letter(block, house)
        case Cards():
            cards = tuple(
                BoardCard(_face(card.front, house, block.form), card.back and _face(card.back, house, block.form))
                for card in block.cards
            )
            return replace(block, cards=cards)
    return block


def _is_ours(letter: Letter, organisation: Words | None) -> bool:
    """Return whether the office of the style sends a letter: it is the organisation named there, or none is."""
    sender = letter.sender[0].text if letter.sender else {}
    return organisation is None or not sender or sender == organisation.text


def _letter(letter: Letter, house: House) -> Letter:
    """Return a letter whose head is that of the house; the red one says the name that the house gives it."""
    if house.office.empty:
        return letter
    office = {lang: (text or "").splitlines()[0] for lang, text in house.office.text.items() if text}
    if house.red_head.has("zh"):
        office["zh"] = re.sub(r"\s", "", house.red_head.text["zh"] or "")
    sender = (Words(office, house.office.states), house.address, *house.reach)
    return replace(letter, ours=True, sender=tuple(each for each in sender if not each.empty), logo=house.logo)


def _face(face: Face, house: House, form: CardForm) -> Face:
    """Return a badge with logo and event; other cards, which show no role in colour, stay as they are."""
    if not face.colour:
        return face
    logo = house.event_logo or house.logo
    small = replace(logo, height=_BADGE_LOGO * form.height) if logo is not None else None
    size = max(7.5, min(_BADGE_EVENT * form.height, 12.0))
    event = () if house.event.empty else (CardLine(house.event, size, quiet=True, before=1.0),)
    return replace(face, logo=small, lines=(*face.lines, *event))
