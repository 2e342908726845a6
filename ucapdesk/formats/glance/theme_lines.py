"""Puts what is told of a theme in several cells, lines or words into one line: ``Name: project; project (SDG 9, Urban Mobility)``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ucapdesk.formats.glance.partnerships import code_of
from ucapdesk.formats.glance.text import split_outside, squash

_GOALS = r"(?:(?:UN\s+)?(?:SDGs?|SGDs?|GSDs?|ODS|OSS|ODD)|(?:UN\s+)?Sustainable Development Goals?|可持续发展目标)"
_AGENDA = (
    r"(?:(?:EU\s+)?(?:UP|UA|UAEU)\b|EU Urban\b|(?:EU\s+)?Urban (?:Agenda|Partnership)|(?:EU-?)?(?:Städteagenda|Partnerschaft)\b|Agenda Urbana|"
    r"Partenariado|Partenariato|Partenariat|Parceria|欧盟城市)"
)
_LINE_OF_REFERENCES = re.compile(
    rf"^(?!\W*[(（][^()（）]*[)）]\s*\w)\W*(?:{_GOALS}\W{{0,4}}\d|{_AGENDA})", re.IGNORECASE
)
_BEHIND = re.compile(rf"\s*(?:[–—|,;:.，；。-]\s*|\s)(?P<said>{_GOALS}\W{{0,3}}\d[^()（）\n]*)$", re.IGNORECASE)
_BRACKETED = re.compile(rf"[(（\[][^()（）\[]*(?:{_GOALS}|{_AGENDA})", re.IGNORECASE)
_NUMBERED_LABEL = re.compile(r"\d|[①-⑩]|[一二三四五六七八九十]$")


def theme_of_cells(label: str, cells: Sequence[str]) -> str | None:
    """Return the theme of a row whose cells are its name, its projects and its goals; None for any other row."""
    said = list(dict.fromkeys(cell for cell in cells if squash(cell)))
    if len(said) < 2 or len(squash(said[0])) > 80 or "\n" in said[0].strip() or re.search("[:：]", said[0]):
        return None
    told = any(_LINE_OF_REFERENCES.match(line) or _BRACKETED.search(line) for line in _lines(said[1:]))
    if (not told and not _NUMBERED_LABEL.search(label)) or _BRACKETED.search(said[0]):
        return None
    return theme_line(said[0], said[1:])


def theme_line(name: str, told: Sequence[str]) -> str:
    """Return the line of one theme: its name, its projects, and its references in brackets."""
    projects: list[str] = []
    references: list[str] = []
    for line in _lines(told):
        (references if _LINE_OF_REFERENCES.match(line) else projects).append(line.strip(" ,;；，"))
    bracket = f" ({', '.join(references)})" if references else ""
    return f"{squash(name)}: {'; '.join(projects)}{bracket}" if projects else f"{squash(name)}{bracket}"


def _lines(cells: Sequence[str]) -> list[str]:
    return [line for cell in cells for part in cell.split("\n") if (line := squash(part).lstrip("→•-– "))]


_FIRST_LEVEL = re.compile(
    r"\s*(?:[→•▪■]|[(（]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)）]|\d{1,2}、|[一二三四五六七八九十]{1,2}、)\s*"
)
_SECOND_LEVEL = re.compile(r"\s*(?:[○◦▫]|o\s)\s*")
_DASHED = re.compile(r"\s*[-–—*·•→▪]\s+")


def grouped(text: str) -> str:
    """Return a text in which the items below the name of a theme stand behind it: each theme is one line."""
    lines = [line for line in text.split("\n") if squash(line)]
    if len(lines) < 2 or (_DASHED.match(lines[0]) and not any(map(_SECOND_LEVEL.match, lines))):
        return text
    below = _SECOND_LEVEL if any(map(_SECOND_LEVEL.match, lines)) else _DASHED
    made: list[tuple[str, list[str]]] = []
    for line in lines:
        if made and (mark := below.match(line)):
            made[-1][1].append(line[mark.end() :])
        else:
            made.append((line, []))
    if not any(items for _, items in made) or len(made[0][0]) > 120:
        return text
    return "\n".join(_with_items(name, items) if items else name for name, items in made)


def _with_items(line: str, items: Sequence[str]) -> str:
    mark = _FIRST_LEVEL.match(line)
    name = line[mark.end() :] if mark else line
    if re.search("[:：].*\\w", name) or _BRACKETED.search(name):
        return "; ".join([line.rstrip(" .;"), *items])
    return f"→ {theme_line(name.rstrip(' :：'), items)}"


def bracketed(text: str) -> str:
    """Return the text of themes with the references in brackets that stand on a line of their own, or behind a dash."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and _LINE_OF_REFERENCES.match(line) and re.search(r"\w", lines[-1]):
            said = squash(line).lstrip("→•-–( ").rstrip(")")
            above = lines[-1].rstrip()
            opened = above.endswith(")") and _BRACKETED.search(above)
            lines[-1] = f"{above[:-1]}, {said})" if opened else f"{lines[-1]} ({said})"
        elif (behind := _BEHIND.search(line)) and not _BRACKETED.search(line) and _only_references(behind["said"]):
            lines.append(f"{line[: behind.start()]} ({squash(behind['said']).rstrip(' .;；。')})")
        else:
            lines.append(line)
    return "\n".join(lines)


def _only_references(text: str) -> bool:
    rest = re.sub(rf"{_GOALS}|\d+|(?<!\w)(?:and|y|e|und|&|和|及)(?!\w)", " ", text, flags=re.IGNORECASE)
    parts = split_outside(rest, r"[,;|，；、/]|\s[–—-]\s")
    return all(code_of(part) or not re.search(r"\w", part) for part in parts)
