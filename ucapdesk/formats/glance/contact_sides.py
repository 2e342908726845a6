"""Tells whose contacts a row holds, a city's or the programme's, by the words of its label."""

from __future__ import annotations

import re

from ucapdesk.formats.glance.glance_parts import PaperSide
from ucapdesk.formats.glance.glance_places import Register, unbracketed
from ucapdesk.formats.glance.text import folded, squash

PROGRAMME = re.compile(
    r"(?<![A-Za-z])I\.?U\.?(?:R\.?)?C(?![A-Za-z])|programme|programa|programma|project team|secretariat|项目(?!部)",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:local\s+)?contacts?\b(\s+(persons?|people|points?|details|info\w*)\b)?\s*(of|for|in)?\W*|\b(?:persona|personas)\s+de\s+contacto\b\W*(?:de\b|del\b)?|"
    r"\bpersone?\s+di\s+contatto\b\W*|\bansprech\w+\b\W*|\bkontakt\w*\b\W*|\bfocal points?\b\W*|\bcontactos?\b\W*|\bcontatt[oi]\b\W*|项目联系人|联系人|联络人|联系方式|对接人",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:project |programme )?(?:team|office|secretariat|staff|management unit)\b|项目(?:办公室|办|组)?|团队|办公室",
    re.IGNORECASE,
)
_REGIONS = {"亚洲": " Asia", "印度": " India", "中国": " China", "拉美": " Latin America"}


def programme_said(label: str) -> str:
    """Return what a label calls the programme: "IUC亚洲项目联系人" says IUC Asia."""
    said = CONTACT.sub(" ", squash(label)).strip(" :-–")
    for han, latin in _REGIONS.items():
        said = said.replace(han, latin)
    return squash(_TEAM.sub(" ", said)).strip(" :-–")


def group_of(label: str, sides: tuple[PaperSide, PaperSide], register: Register | None = None) -> str | None:
    """Return whose contacts a row holds, by the words of its label."""
    whose = folded(CONTACT.sub(" ", label))
    for side in sides:
        if any(folded(name) in whose for city in side.cities for name in (city.name, unbracketed(city.name)) if name):
            return side.side
    if PROGRAMME.search(whose):
        return "programme"
    if register and (mentioned := register.mentions(CONTACT.sub(" ", label))):
        return mentioned[0][2].side
    if re.search(r"\b(europe(an)?|eu|europea|europeo|europäische\w*)\b|欧方|欧盟|欧洲", whose):
        return "B"
    asian = r"\b(chinese|china|asian?|indian?|japan\w*|latin|chin[oa]|cinese|chinesische\w*)\b|中方|中国|印方"
    return "A" if re.search(asian, whose) else None
